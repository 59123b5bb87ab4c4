/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sends back whatever it receives on port 4242. Each protocol has a file of its own, whose threads
 * start by themselves; this one has what they share.
 */

#include <errno.h>

#include <zephyr/logging/log.h>
LOG_MODULE_REGISTER(echo_server, LOG_LEVEL_INF);

#include "common.h"

int echo_open(sa_family_t family, int type)
{
	struct sockaddr_storage address = {0};
	socklen_t length;
	int sock;

	/* Address zero, which the initialiser has set, stands for any address in both families. */
	if (family == AF_INET) {
		struct sockaddr_in *any = (struct sockaddr_in *)&address;

		any->sin_family = AF_INET;
		any->sin_port = htons(ECHO_PORT);
		length = sizeof(*any);
	} else if (IS_ENABLED(CONFIG_NET_IPV6) && family == AF_INET6) {
		struct sockaddr_in6 *any = (struct sockaddr_in6 *)&address;

		any->sin6_family = AF_INET6;
		any->sin6_port = htons(ECHO_PORT);
		length = sizeof(*any);
	} else {
		return -EAFNOSUPPORT;
	}

	sock = socket(family, type, type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP);
	if (sock < 0) {
		return -errno;
	}

	if (bind(sock, (struct sockaddr *)&address, length) < 0) {
		int error = errno;

		(void)close(sock);
		return -error;
	}

	return sock;
}

int main(void)
{
	LOG_INF("echo server on port %d", ECHO_PORT);
#if defined(CONFIG_NET_CONFIG_SETTINGS) && defined(CONFIG_NET_IPV4)
	LOG_INF("IPv4 address %s", CONFIG_NET_CONFIG_MY_IPV4_ADDR);
#endif

	return 0;
}
