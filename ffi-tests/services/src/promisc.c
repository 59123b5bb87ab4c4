// SPDX-License-Identifier: Apache-2.0
/*
 * Copies of what is received, in promiscuous mode.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/promiscuous.h>
#include <zephyr/net/udp.h>
#include <zephyr/ztest.h>

#include "cable.h"

static const uint8_t stranger[6] = {2, 0, 0, 0, 0, 0x77};

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_promisc_mode_off(CABLE);
}

ZTEST_SUITE(promiscuous, NULL, NULL, NULL, after, NULL);

ZTEST(promiscuous, test_on_and_off_once)
{
	zassert_equal(net_promisc_mode_off(CABLE), -EALREADY);
	zassert_ok(net_promisc_mode_on(CABLE));
	zassert_true(net_if_is_promisc(CABLE));
	zassert_equal(net_promisc_mode_on(CABLE), -EALREADY);
	zassert_ok(net_promisc_mode_off(CABLE));
	zassert_false(net_if_is_promisc(CABLE));
	zassert_equal(net_promisc_mode_on(NULL), -EINVAL);
	zassert_equal(net_promisc_mode_off(NULL), -EINVAL);
}

ZTEST(promiscuous, test_only_links_that_can)
{
	struct net_if *dummy = net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY));

	zassert_not_null(dummy);
	zassert_equal(net_promisc_mode_on(dummy), -ENOTSUP);
}

ZTEST(promiscuous, test_packets_for_others_are_shown_from_their_ip_header_on)
{
	struct net_udp_hdr hdr, *udp;
	struct net_pkt *pkt;

	zassert_ok(net_promisc_mode_on(CABLE));
	zassert_ok(cable_receive(stranger, &cable_peer, &cable_addr, 10, 0));
	pkt = net_promisc_mode_wait_data(K_MSEC(100));
	zassert_not_null(pkt);
	zassert_equal_ptr(net_pkt_iface(pkt), CABLE);
	zassert_equal(net_pkt_get_len(pkt), 38);
	zassert_equal(net_pkt_family(pkt), AF_INET);
	zassert_equal(NET_IPV4_HDR(pkt)->proto, IPPROTO_UDP);
	udp = net_udp_get_hdr(pkt, &hdr);
	zassert_not_null(udp);
	zassert_equal(ntohs(udp->dst_port), 4242);
	net_pkt_unref(pkt);
	zassert_is_null(net_promisc_mode_wait_data(K_MSEC(10)), "only one");
}

ZTEST(promiscuous, test_nobody_gets_what_came_before_or_was_left)
{
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 10, 0));
	k_sleep(K_MSEC(1));
	zassert_ok(net_promisc_mode_on(CABLE));
	zassert_is_null(net_promisc_mode_wait_data(K_NO_WAIT));
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 10, 0));
	k_sleep(K_MSEC(1));
	zassert_ok(net_promisc_mode_off(CABLE));
	zassert_is_null(net_promisc_mode_wait_data(K_MSEC(1)));
}

ZTEST(promiscuous, test_a_listener_that_sleeps_leaves_packets_to_the_stack)
{
	size_t kept = 0;
	struct net_pkt *pkt;

	zassert_ok(net_promisc_mode_on(CABLE));
	for (size_t i = 0; i < 2 * CONFIG_NET_PKT_RX_COUNT; i++) {
		zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 10, 0));
		k_sleep(K_MSEC(1));
	}
	while ((pkt = net_promisc_mode_wait_data(K_NO_WAIT)) != NULL) {
		net_pkt_unref(pkt);
		kept++;
	}
	zassert_between_inclusive(kept, 1, CONFIG_NET_PKT_RX_COUNT - 1);
}
