// SPDX-License-Identifier: Apache-2.0
/*
 * Frames in pieces that are not the stack's own: shared with somebody, or from a driver's pool.
 */

#include "frames.h"

#include <zephyr/net/net_core.h>
#include <zephyr/net/net_pkt.h>

#define PIECE 14

static int given_back;

/* What a driver does when the stack is done with a piece; the stack must not be at work then. */
static void give_back(struct net_buf *buf)
{
	static const struct in_addr anywhere = {{{203, 0, 113, 1}}};

	(void)net_if_ipv4_select_src_iface(&anywhere);
	given_back++;
	net_buf_destroy(buf);
}

NET_BUF_POOL_FIXED_DEFINE(pieces, 16, PIECE, 0, give_back);

/* An echo request to eth with some padding; returns its length. */
static size_t padded_ping(uint8_t *frame)
{
	static const struct ends ends = {{{{192, 0, 2, 2}}}, {{{192, 0, 2, 1}}}};
	size_t len = frame_eth(frame, NET_ETH_PTYPE_IP);

	len += frame_ipv4(&frame[len], &ends, IPPROTO_ICMP, 12);
	len += frame_icmp(&frame[len], NET_ICMPV4_ECHO_REQUEST, 0, 0x00010001, "ping", 4);
	memset(&frame[len], 0, 60);

	return len + 60;
}

static void answered(void)
{
	settle();
	zassert_equal(eth.sent, 1);
	zassert_equal(wire_last(&eth)[34], NET_ICMPV4_ECHO_REPLY);
	zassert_mem_equal(&wire_last(&eth)[42], "ping", 4);
}

ZTEST(pieces, test_pieces_go_back_without_lock)
{
	uint8_t frame[160];
	size_t len = padded_ping(frame);
	struct net_pkt *pkt = net_pkt_rx_alloc_on_iface(ETH_IFACE, K_NO_WAIT);
	int count = 0;

	frame_introduce_peer();
	zassert_not_null(pkt);
	for (size_t at = 0; at < len; at += PIECE, count++) {
		struct net_buf *buf = net_buf_alloc(&pieces, K_NO_WAIT);

		zassert_not_null(buf);
		net_buf_add_mem(buf, &frame[at], MIN(PIECE, len - at));
		net_pkt_append_buffer(pkt, buf);
	}
	given_back = 0;
	zassert_ok(net_recv_data(ETH_IFACE, pkt));
	answered();
	zassert_equal(given_back, count);
}

ZTEST(pieces, test_what_somebody_else_holds_is_left_alone)
{
	uint8_t frame[160], after[160];
	size_t len = padded_ping(frame);
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(ETH_IFACE, len, AF_UNSPEC, 0, K_NO_WAIT);
	struct net_pkt *clone;

	frame_introduce_peer();
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, frame, len));
	clone = net_pkt_shallow_clone(pkt, K_NO_WAIT);
	zassert_not_null(clone);
	zassert_ok(net_recv_data(ETH_IFACE, clone));
	answered();
	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_read(pkt, after, len));
	zassert_mem_equal(after, frame, len);
	net_pkt_unref(pkt);
}

NET_BUF_POOL_FIXED_DEFINE(plain, 2, 64, 0, NULL);

ZTEST(pieces, test_an_error_quotes_headers_that_fill_their_piece)
{
	static const struct ends ends = {{{{192, 0, 2, 2}}}, {{{192, 0, 2, 1}}}};
	static const uint8_t udp[] = {0x0f, 0xa0, 0x00, 0x09, 0x00, 0x08, 0x00, 0x00};
	struct net_pkt *pkt = net_pkt_rx_alloc_on_iface(ETH_IFACE, K_NO_WAIT);
	struct net_buf *front = net_buf_alloc(&plain, K_NO_WAIT);
	struct net_buf *rest = net_buf_alloc(&plain, K_NO_WAIT);
	uint8_t frame[64];
	size_t len = frame_eth(frame, NET_ETH_PTYPE_IP);

	frame_introduce_peer();
	zassert_true(pkt && front && rest);
	len += frame_ipv4(&frame[len], &ends, IPPROTO_UDP, sizeof(udp));
	memcpy(&frame[len], udp, sizeof(udp));
	len += sizeof(udp);
	net_buf_add_mem(front, frame, len);
	/* Nothing follows the headers, in a piece with room that held something else before. */
	memset(rest->data, 0xee, 40);
	net_buf_reserve(rest, 40);
	net_pkt_append_buffer(pkt, front);
	net_pkt_append_buffer(pkt, rest);
	zassert_ok(net_recv_data(ETH_IFACE, pkt));
	settle();
	zassert_equal(eth.sent, 1);
	zassert_equal(wire_last(&eth)[34], 3, "destination unreachable");
	zassert_mem_equal(&wire_last(&eth)[42], &frame[14], len - 14);
}

ZTEST_SUITE(pieces, NULL, NULL, wire_reset, NULL, NULL);
