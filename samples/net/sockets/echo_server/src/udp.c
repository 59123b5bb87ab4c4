/* SPDX-License-Identifier: Apache-2.0 */
/* UDP: one thread for each address family, which answers a datagram before it takes the next. */

#include <errno.h>

#include <zephyr/logging/log.h>
LOG_MODULE_DECLARE(echo_server, LOG_LEVEL_INF);

#include "common.h"

/* One listening socket and what its thread needs. */
struct udp_server {
	const char *name;
	sa_family_t family;
	char datagram[ECHO_BUFFER_SIZE];
};

/* Answers one datagram. Returns a negative errno when the socket is of no more use. */
static int udp_answer(struct udp_server *server, int sock)
{
	struct sockaddr_storage peer;
	socklen_t peer_length = sizeof(peer);
	ssize_t received, sent;

	received = recvfrom(sock, server->datagram, sizeof(server->datagram), 0,
			    (struct sockaddr *)&peer, &peer_length);
	if (received < 0) {
		return -errno;
	}

	sent = sendto(sock, server->datagram, received, 0, (struct sockaddr *)&peer, peer_length);
	if (sent < 0) {
		/* The peer may be out of reach or a buffer wanting: that concerns this one only. */
		LOG_WRN("%s: %d bytes not sent back: errno %d", server->name, (int)received,
			errno);
	} else {
		LOG_DBG("%s: %d bytes sent back", server->name, (int)sent);
	}

	return 0;
}

static void udp_serve(void *p1, void *p2, void *p3)
{
	struct udp_server *server = p1;
	int sock, error;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	sock = echo_open(server->family, SOCK_DGRAM);
	if (sock < 0) {
		LOG_ERR("%s: no socket: errno %d", server->name, -sock);
		return;
	}

	LOG_INF("%s: waiting for datagrams", server->name);
	do {
		error = udp_answer(server, sock);
	} while (error == 0);

	LOG_ERR("%s: receiving failed: errno %d", server->name, -error);
	(void)close(sock);
}

#define UDP_SERVER(_name, _text, _family)                                                          \
	static struct udp_server _name = {.name = _text, .family = _family};                       \
	K_THREAD_DEFINE(_name##_thread, ECHO_STACK_SIZE, udp_serve, &_name, NULL, NULL,            \
			ECHO_PRIORITY, 0, 0)

#if defined(CONFIG_NET_IPV4)
UDP_SERVER(udp4, "UDP over IPv4", AF_INET);
#endif

#if defined(CONFIG_NET_IPV6)
UDP_SERVER(udp6, "UDP over IPv6", AF_INET6);
#endif
