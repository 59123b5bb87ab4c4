// SPDX-License-Identifier: Apache-2.0
/*
 * A link layer written in C: one byte in front of each packet.
 */

#include "frames.h"

#include <zephyr/net/net_l2.h>
#include <zephyr/net/net_pkt.h>

#define TAG 0x5a

static struct {
	struct net_if *iface;
	int enables, disables, received, sent;
	int enable_result, send_result;
	uint8_t last[FRAME_MAX];
	size_t length;
} tagged;

static enum net_verdict tagged_recv(struct net_if *iface, struct net_pkt *pkt)
{
	uint8_t tag;

	zassert_equal_ptr(iface, tagged.iface);
	tagged.received++;
	if (net_pkt_read_u8(pkt, &tag) != 0 || tag != TAG) {
		return NET_DROP;
	}
	net_buf_pull(pkt->buffer, 1);

	return NET_CONTINUE;
}

static int tagged_send(struct net_if *iface, struct net_pkt *pkt)
{
	size_t len = net_pkt_get_len(pkt);

	zassert_equal_ptr(net_pkt_iface(pkt), iface);
	if (tagged.send_result < 0) {
		return tagged.send_result;
	}
	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_read(pkt, tagged.last, len));
	tagged.length = len;
	tagged.sent++;
	net_pkt_unref(pkt);

	return (int)len + 1;
}

static int tagged_enable(struct net_if *iface, bool state)
{
	ARG_UNUSED(iface);
	if (state && tagged.enable_result == 0) {
		tagged.enables++;
	} else if (!state) {
		tagged.disables++;
	}

	return state ? tagged.enable_result : 0;
}

static enum net_l2_flags tagged_flags(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return NET_L2_POINT_TO_POINT;
}

#define TAGGED_L2_CTX_TYPE int
NET_L2_INIT(TAGGED_L2, tagged_recv, tagged_send, tagged_enable, tagged_flags);

static void tagged_init(struct net_if *iface)
{
	static uint8_t addr[] = {9};

	tagged.iface = iface;
	net_if_set_link_addr(iface, addr, sizeof(addr), NET_LINK_UNKNOWN);
	net_if_flag_set(iface, NET_IF_NO_AUTO_START);
}

static const struct net_if_api tagged_api = {.init = tagged_init};

NET_DEVICE_INIT(e_tagged, "e_tagged", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
		&tagged_api, TAGGED_L2, NET_L2_GET_CTX_TYPE(TAGGED_L2), 200);

static const struct in_addr own = {{{203, 0, 113, 1}}};
static const struct ends ping = {{{{203, 0, 113, 2}}}, {{{203, 0, 113, 1}}}};

static void before(void *fixture)
{
	struct in_addr addr = own;

	wire_reset(fixture);
	/* The fourth block of addresses is loopback's: this one takes pipe1's. */
	zassert_ok(net_if_config_ipv4_put(PIPE1_IFACE));
	zassert_ok(net_if_up(tagged.iface));
	zassert_not_null(net_if_ipv4_addr_add(tagged.iface, &addr, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(tagged.iface, &addr, &mask24));
	tagged.received = 0;
	tagged.sent = 0;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	tagged.enable_result = 0;
	tagged.send_result = 0;
	(void)net_if_down(tagged.iface);
	(void)net_if_config_ipv4_put(tagged.iface);
}

ZTEST_SUITE(foreign, NULL, NULL, before, after, NULL);

/* A tagged echo request arrives. */
static void arrive(uint8_t tag)
{
	uint8_t packet[64] = {tag};
	size_t len = frame_icmp(&packet[21], NET_ICMPV4_ECHO_REQUEST, 0, 1, "tagged", 6);

	len += frame_ipv4(&packet[1], &ping, IPPROTO_ICMP, len);
	zassert_ok(wire_receive(tagged.iface, packet, len + 1));
	settle();
}

ZTEST(foreign, test_packets_pass_the_link_layer_both_ways)
{
	arrive(TAG);
	zassert_equal(tagged.received, 1);
	zassert_equal(tagged.sent, 1);
	zassert_equal(tagged.length, 34);
	zassert_equal(tagged.last[20], NET_ICMPV4_ECHO_REPLY);
	zassert_mem_equal(&tagged.last[28], "tagged", 6);
}

ZTEST(foreign, test_the_link_layer_may_refuse_a_packet)
{
	arrive(TAG + 1);
	zassert_equal(tagged.received, 1);
	zassert_equal(tagged.sent, 0);
}

ZTEST(foreign, test_what_it_cannot_send_is_freed)
{
	tagged.send_result = -EIO;
	arrive(TAG);
	zassert_equal(tagged.sent, 0);
}

ZTEST(foreign, test_it_enables_and_disables)
{
	int enables = tagged.enables, disables = tagged.disables;

	zassert_ok(net_if_down(tagged.iface));
	zassert_equal(tagged.disables, disables + 1);
	tagged.enable_result = -EAGAIN;
	zassert_equal(net_if_up(tagged.iface), -EAGAIN);
	zassert_false(net_if_is_admin_up(tagged.iface));
	tagged.enable_result = 0;
	zassert_ok(net_if_up(tagged.iface));
	zassert_equal(tagged.enables, enables + 1);
}

ZTEST(foreign, test_it_is_found_by_its_table)
{
	zassert_equal_ptr(net_if_get_first_by_type(&NET_L2_GET_NAME(TAGGED_L2)), tagged.iface);
	zassert_equal(net_if_l2(tagged.iface)->get_flags(tagged.iface), NET_L2_POINT_TO_POINT);
	zassert_is_null(net_if_l2(tagged.iface)->alloc);
}

ZTEST(foreign, test_our_own_tables_work_too)
{
	const struct net_l2 *l2 = &NET_L2_GET_NAME(ETHERNET);
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(ETH_IFACE, 20, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_true(l2->get_flags(ETH_IFACE) & NET_L2_MULTICAST);
	zassert_true(l2->get_flags(ETH_IFACE) & NET_L2_PROMISC_MODE);
	zassert_ok(net_pkt_write(pkt, "a frame of 20 bytes.", 20));
	zassert_equal(l2->send(ETH_IFACE, pkt), 20);
	settle();
	zassert_equal(eth.lengths[0], 20);
	zassert_equal(l2->send(NULL, NULL), -EINVAL);
	zassert_ok(l2->enable(ETH_IFACE, false));
	zassert_equal(eth.stops, 1);
}
