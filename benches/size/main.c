/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program that `cargo xtask size` links: an application that uses what its configuration offers, each call once.
 * It is never run, so that no result is looked at twice; what counts is what the linker has to keep.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>

#define PORT 4242

static char data[64];

/* One datagram in, one out. */
static void datagrams(const struct sockaddr *address, socklen_t length)
{
	struct sockaddr_in6 peer;
	socklen_t peer_length = sizeof(peer);
	int fd = zsock_socket(address->sa_family, SOCK_DGRAM, IPPROTO_UDP);

	if (zsock_bind(fd, address, length) == 0) {
		ssize_t got = zsock_recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&peer,
					     &peer_length);

		(void)zsock_sendto(fd, data, (size_t)got, 0, (struct sockaddr *)&peer, peer_length);
	}
	(void)zsock_close(fd);
}

#if defined(CONFIG_NET_TCP)
/* A connection that comes, and one that goes out. */
static void streams(const struct sockaddr *address, socklen_t length)
{
	int listener = zsock_socket(address->sa_family, SOCK_STREAM, IPPROTO_TCP);
	int fd;

	if (zsock_bind(listener, address, length) == 0 && zsock_listen(listener, 1) == 0) {
		fd = zsock_accept(listener, NULL, NULL);
		(void)zsock_send(fd, data, (size_t)zsock_recv(fd, data, sizeof(data), 0), 0);
		(void)zsock_close(fd);
	}
	(void)zsock_close(listener);

	fd = zsock_socket(address->sa_family, SOCK_STREAM, IPPROTO_TCP);
	if (zsock_connect(fd, address, length) == 0) {
		(void)zsock_send(fd, data, sizeof(data), 0);
	}
	(void)zsock_close(fd);
}
#endif

static void talk(const struct sockaddr *address, socklen_t length)
{
	datagrams(address, length);
#if defined(CONFIG_NET_TCP)
	streams(address, length);
#endif
}

int main(void)
{
#if defined(CONFIG_NET_DHCPV4)
	extern void net_dhcpv4_start(struct net_if *iface);

	net_dhcpv4_start(net_if_get_default());
#endif
#if defined(CONFIG_NET_IPV4)
	static const struct sockaddr_in in4 = {.sin_family = AF_INET, .sin_port = htons(PORT)};

	talk((const struct sockaddr *)&in4, sizeof(in4));
#endif
#if defined(CONFIG_NET_IPV6)
	static const struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};

	talk((const struct sockaddr *)&in6, sizeof(in6));
#endif
	return 0;
}
