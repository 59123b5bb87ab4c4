// SPDX-License-Identifier: Apache-2.0
/*
 * Who carries a packet of which priority.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/net_pkt_filter.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#include "cable.h"

static int sock;

static void *setup(void)
{
	cable_setup();
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(sock >= 0);
	return NULL;
}

static void teardown(void *fixture)
{
	ARG_UNUSED(fixture);
	zsock_close(sock);
}

ZTEST_SUITE(traffic_classes, NULL, setup, NULL, NULL, teardown);

static k_tid_t sender_of(int priority)
{
	struct sockaddr_in all_hosts = {.sin_family = AF_INET, .sin_port = htons(9)};

	all_hosts.sin_addr.s_addr = htonl(0xc00002ff);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_PRIORITY, &priority, sizeof(priority)));
	cable_sent = 0;
	zassert_equal(zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&all_hosts,
				   sizeof(all_hosts)), 1);
	k_sleep(K_MSEC(1));
	zassert_equal(cable_sent, 1);
	return cable_sender;
}

ZTEST(traffic_classes, test_urgent_packets_go_at_once)
{
	k_tid_t low = sender_of(NET_PRIORITY_BK), best_effort = sender_of(NET_PRIORITY_BE);

	zassert_true(low != k_current_get() && best_effort != k_current_get());
	zassert_equal_ptr(low, best_effort, "of two classes the lower");
	zassert_equal(k_thread_priority_get(low), K_PRIO_COOP(7), "as prj.conf says");
	zassert_equal_ptr(sender_of(NET_PRIORITY_CA), k_current_get());
	zassert_equal_ptr(sender_of(NET_PRIORITY_NC), k_current_get());
}

static k_tid_t carrier;

static bool note(struct npf_test *test, struct net_pkt *pkt)
{
	ARG_UNUSED(test);
	ARG_UNUSED(pkt);
	carrier = k_current_get();
	return true;
}

static struct {
	struct npf_test test;
} noting = {.test.fn = note};

static NPF_RULE(noted, NET_OK, noting);

static k_tid_t carrier_of(uint8_t priority)
{
	carrier = NULL;
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, priority));
	k_sleep(K_MSEC(1));
	return carrier;
}

ZTEST(traffic_classes, test_each_class_has_a_thread)
{
	k_tid_t low, high;

	npf_append_recv_rule(&noted);
	low = carrier_of(NET_PRIORITY_BK);
	high = carrier_of(NET_PRIORITY_EE);
	zassert_not_null(low);
	zassert_not_null(high);
	zassert_true(low != k_current_get());
	zassert_equal_ptr(carrier_of(NET_PRIORITY_CA), k_current_get());
	zassert_equal(k_thread_priority_get(low),
		      K_PRIO_COOP(5 - net_rx_priority2tc(NET_PRIORITY_BK)), "as prj.conf says");
	zassert_equal(k_thread_priority_get(high),
		      K_PRIO_COOP(5 - net_rx_priority2tc(NET_PRIORITY_EE)));
	zassert_true(npf_remove_recv_rule(&noted));
}
