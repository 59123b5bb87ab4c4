// SPDX-License-Identifier: Apache-2.0
/* IP packets made by hand: sent whole and in fragments, received, and counted. */

#include "drivers.h"

#include <zephyr/net/icmp.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/net/socket.h>

#include "icmpv4.h"
#include "icmpv6.h"
#include "ipv4.h"
#include "ipv6.h"
#include "net_private.h"
#include "udp_internal.h"

static struct in6_addr here = DOC(1), there = DOC(2);
static struct in_addr here4 = FOUR(192, 0, 2, 1), there4 = FOUR(192, 0, 2, 2);

static void *setup(void)
{
	struct in_addr mask = FOUR(255, 255, 255, 0);

	zassert_not_null(net_if_ipv6_addr_add(plain.iface, &here, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv4_addr_add(plain.iface, &here4, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(plain.iface, &here4, &mask));
	/* What the interface itself has to say: routers are asked for, groups reported. */
	k_sleep(K_SECONDS(30));
	return NULL;
}

static void teardown(void *fixture)
{
	ARG_UNUSED(fixture);
	net_if_ipv6_addr_rm(plain.iface, &here);
	net_if_ipv4_addr_rm(plain.iface, &here4);
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_up(plain.iface);
	settle();
	fake_reset(&plain);
}

ZTEST_SUITE(doc_packets, NULL, setup, before, NULL, teardown);

static struct net_pkt *datagram(sa_family_t family, size_t length, bool mine, uint8_t ext)
{
	struct net_pkt *const pkt = net_pkt_alloc_with_buffer(plain.iface, length + ext + 8, family,
							      IPPROTO_UDP, K_NO_WAIT);

	zassert_not_null(pkt);
	if (family == AF_INET6) {
		zassert_ok(net_ipv6_create(pkt, mine ? &here : &there, mine ? &there : &here));
		if (ext != 0) {
			const uint8_t padn[8] = {IPPROTO_UDP, 0, 1, 4};

			net_pkt_set_ipv6_ext_len(pkt, ext);
			net_pkt_set_ipv6_next_hdr(pkt, NET_IPV6_NEXTHDR_HBHO);
			zassert_ok(net_pkt_write(pkt, padn, sizeof(padn)));
		}
	} else {
		zassert_ok(net_ipv4_create(pkt, mine ? &here4 : &there4, mine ? &there4 : &here4));
	}
	zassert_ok(net_udp_create(pkt, htons(4242), htons(4243)));
	for (size_t i = 0; i < length; i++) {
		zassert_ok(net_pkt_write_u8(pkt, (uint8_t)i));
	}
	zassert_ok(family == AF_INET6 ? net_ipv6_finalize(pkt, IPPROTO_UDP)
				      : net_ipv4_finalize(pkt, IPPROTO_UDP));
	return pkt;
}

ZTEST(doc_packets, test_ipv6_packet_is_sent)
{
	zassert_ok(net_send_data(datagram(AF_INET6, 10, true, 0)));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	zassert_equal(plain.length, 40 + 8 + 10);
	zassert_equal(plain.last[0] >> 4, 6);
	zassert_equal(plain.last[6], IPPROTO_UDP);
	zassert_mem_equal(&plain.last[24], &there, 16);
}

ZTEST(doc_packets, test_ipv4_packet_is_sent)
{
	zassert_ok(net_send_data(datagram(AF_INET, 10, true, 0)));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	zassert_equal(plain.length, 20 + 8 + 10);
	zassert_equal(plain.last[0], 0x45);
	zassert_equal(sys_get_be16(&plain.last[2]), 38);
}

ZTEST(doc_packets, test_to_nobody)
{
	struct net_pkt *const pkt = datagram(AF_INET6, 10, true, 0);

	memset(&pkt->buffer->data[24], 0, 16);
	zassert_equal(net_send_data(pkt), -EADDRNOTAVAIL);
	net_pkt_unref(pkt);
}

ZTEST(doc_packets, test_ipv6_in_fragments)
{
	zassert_ok(net_send_data(datagram(AF_INET6, 1600, true, 0)));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	settle();
	zassert_equal(plain.sent, 2, "%d sent", plain.sent);
	zassert_equal(plain.last[6], NET_IPV6_NEXTHDR_FRAG);
	zassert_equal(plain.last[40], IPPROTO_UDP);
	zassert_equal(sys_get_be16(&plain.last[42]) & 7, 0, "the last");
	zassert_equal((sys_get_be16(&plain.last[42]) & ~7) + plain.length - 48, 1608);
}

ZTEST(doc_packets, test_ipv6_in_fragments_with_headers)
{
	struct net_pkt *const pkt = datagram(AF_INET6, 1600, true, 8);
	uint16_t named = 0, last = 0;

	zassert_ok(net_ipv6_find_last_ext_hdr(pkt, &named, &last));
	zassert_equal(named, 40);
	zassert_equal(last, 48);
	zassert_ok(net_ipv6_send_fragmented_pkt(plain.iface, pkt, net_pkt_get_len(pkt), 1280));
	settle();
	zassert_equal(atomic_get(&pkt->atomic_ref), 1);
	net_pkt_unref(pkt);
	zassert_equal(plain.sent, 2, "%d sent", plain.sent);
	zassert_equal(plain.last[6], NET_IPV6_NEXTHDR_HBHO);
	zassert_equal(plain.last[40], NET_IPV6_NEXTHDR_FRAG);
	zassert_equal(plain.last[48], IPPROTO_UDP);
	zassert_equal((sys_get_be16(&plain.last[50]) & ~7) + plain.length - 56, 1608);
}

ZTEST(doc_packets, test_ipv4_in_fragments)
{
	zassert_ok(net_send_data(datagram(AF_INET, 1600, true, 0)));
	settle();
	zassert_equal(plain.sent, 2, "%d sent", plain.sent);
	zassert_equal(sys_get_be16(&plain.last[6]) & 0x2000, 0);
	zassert_equal((sys_get_be16(&plain.last[6]) & 0x1fff) * 8 + plain.length - 20, 1608);
}

static void receive(sa_family_t family, uint8_t ext)
{
	const int sock = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
	struct sockaddr_in6 any = {.sin6_family = family, .sin6_port = htons(4243)};
	struct zsock_pollfd poll = {.fd = sock, .events = ZSOCK_POLLIN};
	struct net_pkt *const pkt = datagram(family, 10, false, ext);
	uint8_t got[20];

	zassert_true(sock >= 0);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&any,
			      family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(any)));
	zassert_ok(net_recv_data(plain.iface, pkt));
	zassert_equal(zsock_poll(&poll, 1, 1000), 1);
	zassert_equal(zsock_recv(sock, got, sizeof(got), 0), 10);
	zassert_ok(zsock_close(sock));
}

ZTEST(doc_packets, test_received)
{
	receive(AF_INET, 0);
	receive(AF_INET6, 0);
	receive(AF_INET6, 8);
}

static int heard;

static int on_echo(struct net_icmp_ctx *ctx, struct net_pkt *pkt, struct net_icmp_ip_hdr *ip_hdr,
		   struct net_icmp_hdr *icmp_hdr, void *user_data)
{
	ARG_UNUSED(ctx);
	ARG_UNUSED(pkt);
	ARG_UNUSED(user_data);
	zassert_equal(ip_hdr->family, AF_INET6);
	zassert_equal(icmp_hdr->type, NET_ICMPV6_ECHO_REPLY);
	heard++;
	return 0;
}

static struct net_pkt *echo(uint8_t type)
{
	struct net_pkt *const pkt =
		net_pkt_alloc_with_buffer(plain.iface, 64, AF_INET6, IPPROTO_ICMPV6, K_NO_WAIT);

	zassert_ok(net_ipv6_create(pkt, &there, &here));
	zassert_ok(net_icmpv6_create(pkt, type, 0));
	zassert_ok(net_pkt_write(pkt, "\0\1\0\2", 4));
	net_pkt_cursor_init(pkt);
	zassert_ok(net_ipv6_finalize(pkt, IPPROTO_ICMPV6));
	net_pkt_cursor_init(pkt);
	return pkt;
}

ZTEST(doc_packets, test_input_at_once)
{
	static struct net_icmp_ctx ctx;
	struct net_pkt *pkt;

	heard = 0;
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV6_ECHO_REPLY, 0, on_echo));
	zassert_equal(net_ipv6_input(echo(NET_ICMPV6_ECHO_REPLY)), NET_OK);
	zassert_equal(heard, 1);
	pkt = echo(NET_ICMPV6_ECHO_REPLY);
	pkt->buffer->data[42] ^= 1;
	zassert_equal(net_icmpv6_input(pkt, NULL), NET_DROP);
	zassert_equal(heard, 1);
	net_pkt_unref(pkt);
	zassert_ok(net_icmp_cleanup_ctx(&ctx));
	zassert_equal(net_ipv6_input(NULL), NET_DROP);
	zassert_equal(net_ipv4_input(NULL), NET_DROP);
}

ZTEST(doc_packets, test_echo_requests)
{
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = there};
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr = there4};
	struct net_icmp_ping_params params = {.identifier = 7, .sequence = 9, .tc_tos = 0x44,
					      .priority = -1, .data = "abc", .data_size = 3};
	static struct net_icmp_ctx ctx, none;

	zassert_equal(net_icmp_init_ctx(NULL, 1, 0, on_echo), -EINVAL);
	zassert_equal(net_icmp_init_ctx(&ctx, NET_ICMPV6_ECHO_REPLY, 0, NULL), -EINVAL);
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV6_ECHO_REPLY, 0, on_echo));
	zassert_ok(net_icmp_send_echo_request(&ctx, plain.iface, (struct sockaddr *)&six, &params,
					      NULL));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	zassert_equal(plain.length, 40 + 8 + 3);
	zassert_equal(plain.last[40], NET_ICMPV6_ECHO_REQUEST);
	zassert_equal(sys_get_be16(&plain.last[44]), 7);
	zassert_equal(sys_get_be16(&plain.last[46]), 9);
	zassert_equal((plain.last[0] & 15) << 4 | plain.last[1] >> 4, 0x44);
	zassert_ok(net_icmp_send_echo_request(&ctx, plain.iface, (struct sockaddr *)&four, NULL,
					      NULL));
	zassert_ok(k_sem_take(&plain.some, K_SECONDS(1)));
	zassert_equal(plain.last[20], NET_ICMPV4_ECHO_REQUEST);
	zassert_equal(net_icmp_send_echo_request(NULL, plain.iface, (struct sockaddr *)&six, NULL,
						 NULL), -EINVAL);
	zassert_equal(net_icmp_send_echo_request(&ctx, plain.iface, NULL, NULL, NULL), -EINVAL);
	zassert_ok(net_icmp_cleanup_ctx(&ctx));
	memset(&none, 0, sizeof(none));
	zassert_equal(net_icmp_cleanup_ctx(NULL), -EINVAL);
	zassert_equal(net_icmp_cleanup_ctx(&none), -ENOENT);
}

ZTEST(doc_packets, test_counters)
{
	struct net_stats stats;
	struct net_stats_ip ip;
	const net_stats_t bytes = (net_mgmt(NET_REQUEST_STATS_GET_ALL, plain.iface, &stats,
					    sizeof(stats)), stats.bytes.sent);

	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IPV6, plain.iface, &ip, sizeof(ip)));
	zassert_ok(net_send_data(datagram(AF_INET6, 10, true, 0)));
	settle();
	{
		struct net_stats_ip after;

		zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IPV6, plain.iface, &after, sizeof(after)));
		zassert_equal(after.sent, ip.sent + 1);
	}
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_ALL, plain.iface, &stats, sizeof(stats)));
	zassert_equal(stats.bytes.sent, bytes + 58);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_IPV6, plain.iface, &ip, 1), -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_IPV6, plain.iface, NULL, 0), -EINVAL);
}

ZTEST(doc_packets, test_options_of_ipv4)
{
	static const uint8_t options[8] = {7, 7, 4, 1, 2, 3, 4, 0};
	struct net_pkt *const pkt =
		net_pkt_alloc_with_buffer(plain.iface, 64, AF_INET, IPPROTO_UDP, K_NO_WAIT);

	zassert_ok(net_ipv4_create(pkt, &here4, &there4));
	net_pkt_set_ipv4_opts_len(pkt, sizeof(options));
	zassert_ok(net_pkt_write(pkt, options, sizeof(options)));
	zassert_ok(net_udp_create(pkt, htons(1), htons(2)));
	zassert_ok(net_ipv4_finalize(pkt, IPPROTO_UDP));
	zassert_equal(pkt->buffer->data[0], 0x47);
	zassert_equal(net_calc_chksum_ipv4(pkt), 0);
	zassert_equal(net_calc_verify_chksum_udp(pkt), 0);
	zassert_equal(sys_get_be16(&pkt->buffer->data[28 + 4]), 8);
	net_pkt_unref(pkt);
}
