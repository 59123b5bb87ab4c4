/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host for trials with the kernel of the machine: sends back datagrams of any size on port 4242 of both
 * families, is in 239.1.2.3 and ff05::1:2:3, and leaves both when it is told "leave". Asked for "dns" it says which
 * name servers and search domains routers told of.
 */

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/znet_rdnss.h>

LOG_MODULE_REGISTER(host, LOG_LEVEL_INF);

#define PORT 4242

static const struct ip_mreqn group4 = {.imr_multiaddr = {{{239, 1, 2, 3}}}};
static const struct in6_addr group6 = {
	{{0xff, 0x05, [11] = 1, [13] = 2, [15] = 3}}};

static char data[65536];

static int open_socket(sa_family_t family)
{
	struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	bool v4 = family == AF_INET;
	int sock = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);

	if (sock < 0 ||
	    zsock_bind(sock, v4 ? (struct sockaddr *)&any4 : (struct sockaddr *)&any6,
		       v4 ? sizeof(any4) : sizeof(any6)) < 0) {
		LOG_ERR("no socket: errno %d", errno);
	}

	return sock;
}

/* Joins the groups or leaves them. */
static void groups(int sock4, int sock6, bool join)
{
	struct ipv6_mreq wanted = {
		.ipv6mr_multiaddr = group6,
		.ipv6mr_ifindex = net_if_get_by_iface(net_if_get_default()),
	};

	if (zsock_setsockopt(sock4, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
			     &group4, sizeof(group4)) < 0 ||
	    zsock_setsockopt(sock6, IPPROTO_IPV6, join ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP,
			     &wanted, sizeof(wanted)) < 0) {
		LOG_ERR("groups: errno %d", errno);
	}
}

/* Puts what routers told of into data, a word each. */
static ssize_t name_servers(void)
{
	struct in6_addr addr;
	size_t used = 0;

	for (size_t i = 0; znet_rdnss_server(i, &addr, NULL) == 0; i++) {
		zsock_inet_ntop(AF_INET6, &addr, data + used, sizeof(data) - used);
		used += strlen(data + used);
		data[used++] = ' ';
	}
	for (size_t i = 0; znet_rdnss_domain(i, data + used, sizeof(data) - used) == 0; i++) {
		used += strlen(data + used);
		data[used++] = ' ';
	}

	return used;
}

static void answer(int sock, int sock4, int sock6)
{
	struct sockaddr_in6 from;
	socklen_t length = sizeof(from);
	ssize_t n = zsock_recvfrom(sock, data, sizeof(data), 0, (struct sockaddr *)&from, &length);

	if (n == 5 && memcmp(data, "leave", 5) == 0) {
		groups(sock4, sock6, false);
	}
	if (n == 3 && memcmp(data, "dns", 3) == 0) {
		n = name_servers();
	}
	if (n < 0 || zsock_sendto(sock, data, n, 0, (struct sockaddr *)&from, length) < 0) {
		LOG_WRN("%d bytes not sent back: errno %d", (int)n, errno);
	}
}

int main(void)
{
	struct zsock_pollfd fds[] = {
		{.fd = open_socket(AF_INET), .events = ZSOCK_POLLIN},
		{.fd = open_socket(AF_INET6), .events = ZSOCK_POLLIN},
	};

	groups(fds[0].fd, fds[1].fd, true);
	LOG_INF("ready");
	while (zsock_poll(fds, ARRAY_SIZE(fds), -1) > 0) {
		for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
			if (fds[i].revents & ZSOCK_POLLIN) {
				answer(fds[i].fd, fds[0].fd, fds[1].fd);
			}
		}
	}

	LOG_ERR("polling failed: errno %d", errno);
	return 0;
}
