// SPDX-License-Identifier: Apache-2.0
/*
 * Rules that packets have to pass.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_pkt_filter.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#include "cable.h"

static int sock = -1;

/* Whether a datagram like this reaches the socket. */
static bool arrives(const struct in_addr *from, size_t len)
{
	char bytes[1500];

	zassert_ok(cable_receive(cable_mac, from, &cable_addr, len, 0));
	k_sleep(K_MSEC(1));
	return zsock_recv(sock, bytes, sizeof(bytes), ZSOCK_MSG_DONTWAIT) == (ssize_t)len;
}

static void *setup(void)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(4242)};

	cable_setup();
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(sock >= 0);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&addr, sizeof(addr)));
	return NULL;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	npf_remove_all_recv_rules();
	npf_remove_all_send_rules();
	npf_remove_all_ipv4_recv_rules();
	npf_remove_all_local_in_recv_rules();
}

static void teardown(void *fixture)
{
	ARG_UNUSED(fixture);
	zsock_close(sock);
}

ZTEST_SUITE(packet_filter, NULL, setup, NULL, after, teardown);

static NPF_SIZE_MAX(small, 100);
static NPF_SIZE_MIN(large, 1000);
static NPF_SIZE_BOUNDS(medium, 200, 300);
static NPF_RULE(accept_small, NET_OK, small);
static NPF_RULE(drop_large, NET_DROP, large);
static NPF_RULE(accept_medium, NET_OK, medium);

ZTEST(packet_filter, test_an_empty_list_lets_all_pass)
{
	zassert_true(arrives(&cable_peer, 10));
	zassert_false(npf_remove_all_recv_rules());
	zassert_false(npf_remove_recv_rule(&accept_small));
}

ZTEST(packet_filter, test_what_no_rule_names_is_dropped)
{
	npf_append_recv_rule(&accept_small);
	npf_append_recv_rule(&accept_medium);
	zassert_true(arrives(&cable_peer, 10));
	zassert_true(arrives(&cable_peer, 200));
	zassert_false(arrives(&cable_peer, 500));
	zassert_true(npf_remove_recv_rule(&accept_medium));
	zassert_false(arrives(&cable_peer, 200));
	zassert_false(npf_remove_recv_rule(&accept_medium));
	npf_append_recv_rule(&npf_default_ok);
	zassert_true(arrives(&cable_peer, 500));
	zassert_true(npf_remove_all_recv_rules());
	zassert_true(arrives(&cable_peer, 500));
}

ZTEST(packet_filter, test_the_first_rule_that_fits_decides)
{
	npf_append_recv_rule(&npf_default_ok);
	npf_append_recv_rule(&drop_large);
	zassert_true(arrives(&cable_peer, 1000), "the rule before it fits all");
	zassert_true(npf_remove_recv_rule(&drop_large));
	npf_insert_recv_rule(&drop_large);
	zassert_false(arrives(&cable_peer, 1000));
	zassert_true(arrives(&cable_peer, 900));
	npf_insert_recv_rule(&npf_default_drop);
	zassert_false(arrives(&cable_peer, 900));
}

ZTEST(packet_filter, test_all_tests_of_a_rule_must_say_yes)
{
	static struct net_eth_addr us[] = {{{2, 0, 0, 0, 0, 0x11}}};
	static struct net_eth_addr them[] = {{{2, 0, 0, 0, 0, 0x98}}, {{2, 0, 0, 0, 0, 0x99}}};
	static struct net_eth_addr vendor[] = {{{2, 0, 0, 1, 2, 3}}};
	static NPF_ETH_DST_ADDR_MATCH(to_us, us);
	static NPF_ETH_SRC_ADDR_MATCH(from_them, them);
	static NPF_ETH_SRC_ADDR_UNMATCH(not_from_them, them);
	static NPF_ETH_DST_ADDR_UNMATCH(not_to_us, us);
	static NPF_ETH_SRC_ADDR_MASK_MATCH(from_vendor, vendor, 0xff, 0xff, 0xff, 0, 0, 0);
	static NPF_ETH_DST_ADDR_MASK_MATCH(to_vendor, vendor, 0xff, 0xff, 0xff, 0xff, 0, 0);
	static NPF_ETH_TYPE_MATCH(ip, NET_ETH_PTYPE_IP);
	static NPF_ETH_TYPE_UNMATCH(not_ip, NET_ETH_PTYPE_IP);
	static NPF_RULE(exactly, NET_OK, to_us, from_them, from_vendor, ip);
	static NPF_RULE(never_1, NET_OK, to_us, from_them, not_ip);
	static NPF_RULE(never_2, NET_OK, not_from_them);
	static NPF_RULE(never_3, NET_OK, not_to_us);
	static NPF_RULE(never_4, NET_OK, to_vendor);

	npf_append_recv_rule(&never_1);
	npf_append_recv_rule(&never_2);
	npf_append_recv_rule(&never_3);
	npf_append_recv_rule(&never_4);
	zassert_false(arrives(&cable_peer, 10));
	npf_append_recv_rule(&exactly);
	zassert_true(arrives(&cable_peer, 10));
}

ZTEST(packet_filter, test_interfaces)
{
	static NPF_IFACE_MATCH(here, NULL);
	static NPF_IFACE_UNMATCH(elsewhere, NULL);
	static NPF_ORIG_IFACE_MATCH(came_here, NULL);
	static NPF_ORIG_IFACE_UNMATCH(came_elsewhere, NULL);
	static NPF_RULE(on_it, NET_OK, here, came_here);
	static NPF_RULE(off_it, NET_OK, elsewhere);
	static NPF_RULE(came_off_it, NET_OK, came_elsewhere);

	here.iface = elsewhere.iface = came_here.iface = came_elsewhere.iface = CABLE;
	npf_append_recv_rule(&off_it);
	npf_append_recv_rule(&came_off_it);
	zassert_false(arrives(&cable_peer, 10));
	npf_append_recv_rule(&on_it);
	zassert_true(arrives(&cable_peer, 10));
}

ZTEST(packet_filter, test_ip_sources)
{
	static struct in_addr friends[] = {{{{192, 0, 2, 7}}}, {{{192, 0, 2, 8}}}};
	static NPF_IP_SRC_ADDR_ALLOWLIST(allowed, friends, ARRAY_SIZE(friends), AF_INET);
	static NPF_IP_SRC_ADDR_BLOCKLIST(blocked, friends, ARRAY_SIZE(friends), AF_INET);
	static NPF_RULE(allow, NET_OK, allowed);
	static NPF_RULE(block, NET_OK, blocked);

	npf_append_ipv4_recv_rule(&allow);
	zassert_true(arrives(&friends[1], 10));
	zassert_false(arrives(&cable_peer, 10));
	zassert_true(npf_remove_ipv4_recv_rule(&allow));
	npf_append_local_in_recv_rule(&block);
	zassert_false(arrives(&friends[0], 10));
	zassert_true(arrives(&cable_peer, 10));
}

static bool note(struct npf_test *test, struct net_pkt *pkt);

static struct {
	struct npf_test test;
	size_t count;
	uint8_t first;
} noting = {.test.fn = note};

static bool note(struct npf_test *test, struct net_pkt *pkt)
{
	zassert_equal_ptr(test, &noting.test);
	noting.count++;
	noting.first = pkt->frags->data[0];
	return true;
}

ZTEST(packet_filter, test_own_tests_see_the_packet_where_their_list_begins)
{
	static NPF_RULE(noted, NET_OK, noting);
	static const struct in_addr other = {{{192, 0, 2, 200}}};

	npf_append_recv_rule(&noted);
	zassert_true(arrives(&cable_peer, 10));
	zassert_equal(noting.first, cable_mac[0], "the link header");
	zassert_true(npf_remove_recv_rule(&noted));
	npf_append_ipv4_recv_rule(&noted);
	zassert_true(arrives(&cable_peer, 10));
	zassert_equal(noting.first, 0x45, "the IP header");
	zassert_true(npf_remove_ipv4_recv_rule(&noted));
	noting.count = 0;
	npf_append_local_in_recv_rule(&noted);
	zassert_ok(cable_receive(cable_mac, &cable_peer, &other, 10, 0));
	k_sleep(K_MSEC(1));
	zassert_equal(noting.count, 0, "not to this host");
}

ZTEST(packet_filter, test_rules_for_packets_that_leave)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};

	to.sin_addr = cable_peer;
	cable_sent = 0;
	npf_append_send_rule(&npf_default_drop);
	(void)zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&to, sizeof(to));
	k_sleep(K_MSEC(1));
	zassert_equal(cable_sent, 0);
	zassert_true(npf_remove_send_rule(&npf_default_drop));
	to.sin_addr.s_addr = htonl(0xc00002ff);
	(void)zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&to, sizeof(to));
	k_sleep(K_MSEC(1));
	zassert_equal(cable_sent, 1);
}
