/* SPDX-License-Identifier: Apache-2.0 */

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		zassert_equal(_call, -1, #_call);                                                  \
		zassert_equal(errno, _errno, #_call ": errno %d", errno);                          \
	} while (false)

ZTEST_SUITE(streams, NULL, NULL, NULL, NULL, NULL);

static void echo(struct sockaddr *name, socklen_t len)
{
	int listener = zsock_socket(name->sa_family, SOCK_STREAM, IPPROTO_TCP);
	int client = zsock_socket(name->sa_family, SOCK_STREAM, 0), server;
	struct zsock_pollfd fd = {.fd = listener, .events = ZSOCK_POLLIN};
	char in[8];

	zassert_ok(zsock_bind(listener, name, len), "errno %d", errno);
	zassert_ok(zsock_listen(listener, 1));
	zassert_ok(zsock_connect(client, name, len), "errno %d", errno);
	zassert_equal(zsock_poll(&fd, 1, 1000), 1);
	server = zsock_accept(listener, NULL, NULL);
	zassert_true(server >= 0);
	zassert_equal(zsock_send(client, "hello", 5, 0), 5);
	zassert_equal(zsock_recv(server, in, sizeof(in), 0), 5);
	zassert_mem_equal(in, "hello", 5);
	zassert_ok(zsock_close(client));
	zassert_equal(zsock_recv(server, in, sizeof(in), 0), 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(listener));
}

ZTEST(streams, test_both_families)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(4242),
				   .sin_addr = INADDR_LOOPBACK_INIT};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(4242),
				   .sin6_addr = IN6ADDR_LOOPBACK_INIT};

	echo((struct sockaddr *)&four, sizeof(four));
	echo((struct sockaddr *)&six, sizeof(six));
}

ZTEST(streams, test_no_datagrams)
{
	struct net_context *context;

	FAILS(zsock_socket(AF_INET, SOCK_DGRAM, 0), EPROTONOSUPPORT);
	FAILS(zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP), EPROTONOSUPPORT);
	zassert_equal(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context),
		      -EPROTONOSUPPORT);
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &context));
	zassert_ok(net_context_put(context));
}

/* An echo request to ourselves, made by hand, is answered: request and reply are both for us. */
ZTEST(streams, test_packets)
{
	uint8_t packet[28] = {0x45, 0, 0, 28, 0, 0, 0, 0, 64, IPPROTO_ICMP, 0, 0,
			      127, 0, 0, 1, 127, 0, 0, 1, 8, 0, 0xf7, 0xff};
	int sock = zsock_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
	uint8_t in[64];

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_equal(zsock_send(sock, packet, sizeof(packet), 0), sizeof(packet));
	zassert_equal(zsock_recv(sock, in, sizeof(in), 0), sizeof(packet));
	zassert_equal(in[20], 8);
	zassert_equal(zsock_recv(sock, in, sizeof(in), 0), sizeof(packet));
	zassert_equal(in[20], 0);
	zassert_ok(zsock_close(sock));
}

ZTEST(streams, test_groups_of_a_raw_socket)
{
	int sock = zsock_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
	struct ip_mreqn group = {.imr_multiaddr = {{{239, 1, 2, 3}}},
				 .imr_ifindex = net_if_get_by_iface(net_if_get_default())};

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_setsockopt(sock, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)),
		   "errno %d", errno);
	zassert_ok(zsock_close(sock));
}
