/* SPDX-License-Identifier: Apache-2.0 */
/* What the Internet protocols would bring, and what needs none of them */

#include <zephyr/net/net_context.h>
#include <zephyr/zvfs/eventfd.h>

#include "cable.h"

#include "arp.h"
#include "connection.h"
#include "icmpv4.h"
#include "icmpv6.h"
#include "igmp.h"
#include "ipv4.h"
#include "ipv6.h"
#include "nbr.h"
#include "net_private.h"
#include "net_stats.h"
#include "packet_socket.h"
#include "route.h"
#include "tcp_internal.h"
#include "udp_internal.h"

ZTEST_SUITE(absent, NULL, NULL, before, after, NULL);

ZTEST(absent, test_families)
{
	struct net_context *context;

	FAILS(zsock_socket(AF_INET, SOCK_DGRAM, 0), EAFNOSUPPORT);
	FAILS(zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), EAFNOSUPPORT);
	FAILS(zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP), EAFNOSUPPORT);
	FAILS(zsock_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), EAFNOSUPPORT);
	FAILS(zsock_socket(AF_CAN, SOCK_RAW, 1), EAFNOSUPPORT);
	zassert_equal(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context), -EAFNOSUPPORT);
	zassert_equal(net_context_get(AF_INET6, SOCK_STREAM, IPPROTO_TCP, &context),
		      -EAFNOSUPPORT);
}

ZTEST(absent, test_packets_by_hand)
{
	const struct in_addr four = {0};
	const struct in6_addr six = {0};
	struct net_pkt *const pkt = net_pkt_alloc_with_buffer(NULL, 64, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_equal(net_ipv4_create(pkt, &four, &four), -ENOTSUP);
	zassert_equal(net_ipv4_finalize(pkt, IPPROTO_UDP), -ENOTSUP);
	zassert_equal(net_ipv6_create(pkt, &six, &six), -ENOTSUP);
	zassert_equal(net_ipv6_finalize(pkt, IPPROTO_UDP), -ENOTSUP);
	zassert_equal(net_pkt_get_len(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(absent, test_options)
{
	int sock = zsock_socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), value = 1;
	socklen_t len = sizeof(value);

	zassert_true(sock >= 0);
	FAILS(zsock_getsockopt(sock, IPPROTO_IP, IP_MTU, &value, &len), ENOPROTOOPT);
	FAILS(zsock_setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, &value, len), ENOPROTOOPT);
	FAILS(zsock_setsockopt(sock, IPPROTO_IP, IP_ADD_MEMBERSHIP, &value, len), ENOPROTOOPT);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_PRIORITY, &value, len));
	zassert_ok(zsock_close(sock));
}

/* Zephyr does not ask for the family of whom a frame goes to. */
ZTEST(absent, test_a_name_without_family)
{
	int sock = zsock_socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	struct sockaddr_ll name = {.sll_ifindex = index_of(&left)};
	uint8_t frame[60] = {0};

	zassert_true(sock >= 0);
	zassert_equal(zsock_sendto(sock, frame, 60, 0, (struct sockaddr *)&name, sizeof(name)), 60);
	name.sll_family = AF_INET;
	FAILS(zsock_sendto(sock, frame, 60, 0, (struct sockaddr *)&name, sizeof(name)),
	      EAFNOSUPPORT);
	zassert_ok(zsock_close(sock));
}

ZTEST(absent, test_pairs_and_counters)
{
	int pair[2], counter = zvfs_eventfd(1, 0);
	struct zsock_pollfd fds[2] = {{.events = ZSOCK_POLLIN}, {.events = ZSOCK_POLLIN}};
	zvfs_eventfd_t value;
	char byte = 0;

	zassert_ok(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	fds[0].fd = pair[0];
	fds[1].fd = counter;
	zassert_equal(zsock_poll(fds, 2, 0), 1);
	zassert_equal(zsock_send(pair[1], "x", 1, 0), 1);
	zassert_equal(zsock_poll(fds, 2, 0), 2);
	zassert_equal(zsock_recv(pair[0], &byte, 1, 0), 1);
	zassert_equal(byte, 'x');
	zassert_ok(zvfs_eventfd_read(counter, &value));
	zassert_equal(value, 1);
	zassert_ok(zsock_close(pair[0]));
	zassert_ok(zsock_close(pair[1]));
	zassert_ok(zsock_close(counter));
}
