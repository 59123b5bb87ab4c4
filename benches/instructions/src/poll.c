/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for many sockets of which one is ready. */

#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>

#include "bench.h"

#define MANY       1000
#define READY      617
#define FIRST_PORT 10000

void poll_1000(sa_family_t family, uint32_t count)
{
	static struct zsock_pollfd fds[MANY];
	const union endpoint to = endpoint_of(family, SERVER, FIRST_PORT + READY);
	int client;

	for (uint32_t i = 0; i < MANY; i++) {
		union endpoint any = endpoint_of(family, ENDS, FIRST_PORT + i);

		znet_instance_select(SERVER);
		fds[i].fd = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
		fds[i].events = ZSOCK_POLLIN;
		if (fds[i].fd < 0 || zsock_bind(fds[i].fd, &any.any, endpoint_size(family)) < 0) {
			bench_fail("a socket could not be opened");
		}
	}

	znet_instance_select(CLIENT);
	client = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
	if (client < 0 || zsock_sendto(client, "", 1, 0, &to.any, endpoint_size(family)) != 1) {
		bench_fail("a datagram was not sent");
	}

	znet_instance_select(SERVER);
	while (count-- > 0) {
		if (zsock_poll(fds, MANY, -1) != 1 || fds[READY].revents != ZSOCK_POLLIN) {
			bench_fail("not the one that is ready");
		}
	}
}
