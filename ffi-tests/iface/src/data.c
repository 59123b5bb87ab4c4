// SPDX-License-Identifier: Apache-2.0
/*
 * Packets from drivers and to them.
 */

#include "frames.h"

#include <zephyr/net/loopback.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/udp.h>

static struct {
	int calls;
	int status;
	struct net_if *iface;
	struct net_linkaddr dst;
} outcome;

static struct net_if_link_cb link_cb;

static void sent(struct net_if *iface, struct net_linkaddr *dst, int status)
{
	outcome.calls++;
	outcome.status = status;
	outcome.iface = iface;
	outcome.dst = *dst;
}

static void before(void *fixture)
{
	wire_reset(fixture);
	memset(&outcome, 0, sizeof(outcome));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_if_unregister_link_cb(&link_cb);
	(void)loopback_set_packet_drop_ratio(0);
}

ZTEST_SUITE(data, NULL, NULL, before, after, NULL);

static const struct ends ping_eth = {{{{192, 0, 2, 2}}}, {{{192, 0, 2, 1}}}};
static const struct ends ping_pipe = {{{{198, 51, 100, 2}}}, {{{198, 51, 100, 1}}}};

/* An echo request without link header; returns its length. */
static size_t echo_request(uint8_t *at, const struct ends *ends)
{
	size_t len = frame_icmp(&at[NET_IPV4H_LEN], NET_ICMPV4_ECHO_REQUEST, 0, 0x12340001, "ping", 4);

	return frame_ipv4(at, ends, IPPROTO_ICMP, len) + len;
}

ZTEST(data, test_a_driver_receives_and_sends)
{
	uint8_t frame[64];
	size_t len = frame_eth(frame, NET_ETH_PTYPE_IP);
	const uint8_t *reply;

	frame_introduce_peer();
	len += echo_request(&frame[len], &ping_eth);
	zassert_ok(wire_receive(ETH_IFACE, frame, len));
	settle();
	zassert_equal(eth.sent, 1);
	zassert_equal(eth.lengths[0], len);
	reply = wire_last(&eth);
	zassert_mem_equal(reply, peer_mac, 6);
	zassert_mem_equal(&reply[6], eth_mac, 6);
	zassert_equal(reply[34], NET_ICMPV4_ECHO_REPLY);
	zassert_equal(frame_checksum(&reply[14], 20), 0);
	zassert_equal(frame_checksum(&reply[34], 12), 0);
	zassert_mem_equal(&reply[42], "ping", 4);
	zassert_equal(eth.overlaps, 0);
}

ZTEST(data, test_a_link_without_header)
{
	uint8_t packet[64];
	size_t len = echo_request(packet, &ping_pipe);

	zassert_ok(wire_receive(PIPE0_IFACE, packet, len));
	settle();
	zassert_equal(pipe0.sent, 1);
	zassert_equal(pipe0.lengths[0], len, "no link header either way");
	zassert_equal(wire_last(&pipe0)[20], NET_ICMPV4_ECHO_REPLY);
}

ZTEST(data, test_nothing_is_taken_while_down)
{
	uint8_t packet[64];
	size_t len = echo_request(packet, &ping_pipe);

	zassert_ok(net_if_down(PIPE0_IFACE));
	zassert_equal(wire_receive(PIPE0_IFACE, packet, len), -ENETDOWN);
	zassert_ok(net_if_up(PIPE0_IFACE));
	net_if_carrier_off(PIPE0_IFACE);
	zassert_ok(wire_receive(PIPE0_IFACE, packet, len), "up, though not running");
	settle();
	zassert_equal(pipe0.sent, 0);
}

ZTEST(data, test_what_a_driver_may_not_hand_over)
{
	struct net_pkt *pkt = net_pkt_rx_alloc(K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_equal(net_recv_data(ETH_IFACE, pkt), -ENODATA);
	zassert_equal(net_recv_data(NULL, pkt), -EINVAL);
	zassert_equal(net_recv_data(ETH_IFACE, NULL), -EINVAL);
	net_pkt_unref(pkt);
}

/* A packet as an application builds one. */
static struct net_pkt *built(struct net_if *iface, const void *data, size_t len)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(iface, len, AF_INET, 0, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, data, len));

	return pkt;
}

ZTEST(data, test_a_built_packet_gets_its_link_header)
{
	static const struct ends ends = {{{{192, 0, 2, 1}}}, {{{192, 0, 2, 2}}}};
	uint8_t packet[64];
	size_t len = echo_request(packet, &ends);

	frame_introduce_peer();
	zassert_ok(net_send_data(built(ETH_IFACE, packet, len)));
	settle();
	zassert_equal(eth.sent, 1);
	zassert_mem_equal(wire_last(&eth), peer_mac, 6);
	zassert_equal(wire_last(&eth)[12], 0x08);
	zassert_mem_equal(&wire_last(&eth)[14], packet, len);
	zassert_equal(net_if_send_data(ETH_IFACE, built(ETH_IFACE, packet, len)), NET_OK);
	settle();
	zassert_equal(eth.sent, 2);
}

ZTEST(data, test_an_unknown_neighbour_is_asked_for_first)
{
	static const struct ends ends = {{{{192, 0, 2, 1}}}, {{{192, 0, 2, 9}}}};
	uint8_t packet[64];
	size_t len = echo_request(packet, &ends);

	zassert_ok(net_send_data(built(ETH_IFACE, packet, len)));
	settle();
	zassert_equal(eth.sent, 1);
	zassert_equal(sys_get_be16(&wire_last(&eth)[12]), NET_ETH_PTYPE_ARP);
	zassert_equal(wire_last(&eth)[41], 9);
}

ZTEST(data, test_the_sender_keeps_what_cannot_go)
{
	static const struct ends nowhere = {{{{192, 0, 2, 1}}}, {{{203, 0, 113, 1}}}};
	uint8_t packet[64];
	size_t len = echo_request(packet, &nowhere);
	struct net_pkt *pkt = built(ETH_IFACE, packet, len);

	zassert_equal(net_send_data(pkt), -ENETUNREACH);
	zassert_equal(net_if_send_data(NULL, pkt), NET_DROP);
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_equal(net_send_data(pkt), -ENETDOWN);
	net_pkt_unref(pkt);
	zassert_equal(net_send_data(NULL), -EINVAL);
	pkt = built(PIPE0_IFACE, "no header here, but long enough", 31);
	zassert_equal(net_send_data(pkt), -EINVAL);
	net_pkt_unref(pkt);
}

ZTEST(data, test_a_complete_frame_goes_as_it_is)
{
	struct net_pkt *pkt = built(ETH_IFACE, "any bytes at all", 16);

	net_if_queue_tx(ETH_IFACE, pkt);
	settle();
	zassert_equal(eth.sent, 1);
	zassert_equal(eth.lengths[0], 16);
	zassert_mem_equal(wire_last(&eth), "any bytes at all", 16);
}

ZTEST(data, test_link_callbacks_learn_the_outcome)
{
	uint8_t frame[64];
	size_t len = frame_eth(frame, NET_ETH_PTYPE_IP);

	frame_introduce_peer();
	len += echo_request(&frame[len], &ping_eth);
	net_if_register_link_cb(&link_cb, sent);
	zassert_ok(wire_receive(ETH_IFACE, frame, len));
	settle();
	zassert_equal(outcome.calls, 1);
	zassert_equal(outcome.status, 0);
	zassert_equal_ptr(outcome.iface, ETH_IFACE);
	zassert_mem_equal(outcome.dst.addr, peer_mac, 6);

	eth.send_result = -EIO;
	zassert_ok(wire_receive(ETH_IFACE, frame, len));
	settle();
	zassert_equal(outcome.calls, 2);
	zassert_equal(outcome.status, -EIO);

	net_if_unregister_link_cb(&link_cb);
	zassert_ok(wire_receive(ETH_IFACE, frame, len));
	settle();
	zassert_equal(outcome.calls, 2);
}

ZTEST(data, test_an_application_may_call_link_callbacks)
{
	struct net_linkaddr addr = {0};

	net_if_register_link_cb(&link_cb, sent);
	net_if_call_link_cb(PIPE0_IFACE, &addr, -ENOBUFS);
	zassert_equal(outcome.calls, 1);
	zassert_equal(outcome.status, -ENOBUFS);
}

ZTEST(data, test_udp_headers_in_packets)
{
	struct net_udp_hdr in = {.src_port = htons(1), .dst_port = htons(2), .len = htons(8)};
	struct net_udp_hdr copy, *found;
	uint8_t packet[28];
	struct net_pkt *pkt;

	frame_ipv4(packet, &ping_pipe, IPPROTO_UDP, 8);
	memcpy(&packet[20], &in, sizeof(in));
	pkt = built(PIPE0_IFACE, packet, sizeof(packet));
	found = net_udp_get_hdr(pkt, &copy);
	zassert_not_null(found);
	zassert_equal(found->dst_port, htons(2));
	in.dst_port = htons(3);
	zassert_equal_ptr(net_udp_set_hdr(pkt, &in), &in);
	zassert_equal(net_udp_get_hdr(pkt, &copy)->dst_port, htons(3));
	zassert_is_null(net_udp_get_hdr(NULL, &copy));
	net_pkt_unref(pkt);
	pkt = built(PIPE0_IFACE, packet, 24);
	zassert_is_null(net_udp_get_hdr(pkt, &copy), "the packet ends too early");
	net_pkt_unref(pkt);
}

/* Sends datagrams to ourselves; returns how many arrive. */
static int datagrams_to_ourselves(int count)
{
	struct sockaddr_in addr = {.sin_family = AF_INET,
				   .sin_port = htons(7777),
				   .sin_addr = INADDR_LOOPBACK_INIT};
	int fd = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	int arrived = 0;
	char byte;

	zassert_true(fd >= 0);
	zassert_ok(zsock_bind(fd, (struct sockaddr *)&addr, sizeof(addr)));
	for (int i = 0; i < count; i++) {
		zassert_equal(zsock_sendto(fd, "x", 1, 0, (struct sockaddr *)&addr, sizeof(addr)), 1);
		settle();
		if (zsock_recv(fd, &byte, 1, ZSOCK_MSG_DONTWAIT) == 1) {
			arrived++;
		}
	}
	zassert_ok(zsock_close(fd));

	return arrived;
}

ZTEST(data, test_loopback)
{
	struct net_if *lo = net_if_get_by_index(net_if_get_by_name("lo"));
	struct in_addr addr = INADDR_LOOPBACK_INIT;

	zassert_true(net_if_is_up(lo));
	zassert_equal(net_if_ipv4_addr_lookup_by_index(&addr), net_if_get_by_iface(lo));
	zassert_equal(net_if_get_mtu(lo), CONFIG_NET_LOOPBACK_MTU);
	zassert_equal(datagrams_to_ourselves(8), 8);
}

ZTEST(data, test_loopback_loses_on_purpose)
{
	zassert_ok(loopback_set_packet_drop_ratio(0.25f));
	zassert_equal(datagrams_to_ourselves(8), 6);
	zassert_equal(loopback_get_num_dropped_packets(), 2);
	zassert_ok(loopback_set_packet_drop_ratio(1));
	zassert_equal(datagrams_to_ourselves(3), 0);
	zassert_equal(loopback_get_num_dropped_packets(), 3, "counted anew");
	zassert_equal(loopback_set_packet_drop_ratio(1.1f), -EINVAL);
	zassert_equal(loopback_set_packet_drop_ratio(-0.1f), -EINVAL);
}

static struct net_if_timestamp_cb stamp_cb;
static int stamps;

static void stamped(struct net_pkt *pkt)
{
	zassert_equal(net_pkt_timestamp(pkt)->second, 77);
	stamps++;
}

ZTEST(data, test_the_time_of_sending_is_told)
{
	struct net_ptp_time time = {.second = 77};
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(ETH_IFACE, 10, AF_INET, 0, K_NO_WAIT);
	struct net_pkt *other = net_pkt_alloc_with_buffer(PIPE0_IFACE, 10, AF_INET, 0, K_NO_WAIT);

	net_pkt_set_timestamp(pkt, &time);
	net_pkt_set_timestamp(other, &time);
	net_if_register_timestamp_cb(&stamp_cb, pkt, ETH_IFACE, stamped);
	net_if_add_tx_timestamp(other);
	net_if_add_tx_timestamp(pkt);
	zassert_equal(stamps, 0, "not on the driver's thread");
	net_pkt_unref(pkt);
	settle();
	zassert_equal(stamps, 1, "of this packet only");
	net_if_register_timestamp_cb(&stamp_cb, NULL, NULL, stamped);
	net_if_call_timestamp_cb(other);
	zassert_equal(stamps, 2);
	net_if_unregister_timestamp_cb(&stamp_cb);
	net_if_call_timestamp_cb(other);
	zassert_equal(stamps, 2);
	net_pkt_unref(other);
}
