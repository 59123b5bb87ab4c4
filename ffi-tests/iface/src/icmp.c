// SPDX-License-Identifier: Apache-2.0
/*
 * Handlers of ICMP messages, and echo requests.
 */

#include "frames.h"

#include <zephyr/net/icmp.h>
#include <zephyr/net/net_pkt.h>

static struct {
	int calls;
	uint8_t type, code;
	uint8_t src;
	uint32_t rest;
	char data[8];
	size_t len;
	void *user_data;
} seen;

static struct net_icmp_ctx ctx, second;
static struct net_icmp_offload offload;

static int note(struct net_icmp_ctx *context, struct net_pkt *pkt, struct net_icmp_ip_hdr *ip_hdr,
		struct net_icmp_hdr *icmp_hdr, void *user_data)
{
	ARG_UNUSED(context);
	zassert_equal(ip_hdr->family, AF_INET);
	seen.calls++;
	seen.type = icmp_hdr->type;
	seen.code = icmp_hdr->code;
	seen.src = ip_hdr->ipv4->src[3];
	seen.user_data = user_data;
	/* The cursor stands behind the ICMP header. */
	seen.len = net_pkt_remaining_data(pkt);
	zassert_ok(net_pkt_read_be32(pkt, &seen.rest));
	if (seen.len >= 4) {
		(void)net_pkt_read(pkt, seen.data, MIN(seen.len - 4, sizeof(seen.data)));
	}

	return 0;
}

static void before(void *fixture)
{
	wire_reset(fixture);
	memset(&seen, 0, sizeof(seen));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_icmp_cleanup_ctx(&ctx);
	(void)net_icmp_cleanup_ctx(&second);
	(void)net_icmp_unregister_offload_ping(&offload);
}

ZTEST_SUITE(icmp, NULL, NULL, before, after, NULL);

/* An ICMP message arrives on pipe0. */
static void arrive(uint8_t type, uint8_t code, uint32_t rest)
{
	static const struct ends ends = {{{{198, 51, 100, 2}}}, {{{198, 51, 100, 1}}}};
	uint8_t packet[64];
	size_t len = frame_icmp(&packet[20], type, code, rest, "abcd", 4);

	len += frame_ipv4(packet, &ends, IPPROTO_ICMP, len);
	zassert_ok(wire_receive(PIPE0_IFACE, packet, len));
	settle();
}

static const struct sockaddr_in peer = {.sin_family = AF_INET,
					.sin_addr = {{{198, 51, 100, 2}}}};
#define PEER ((struct sockaddr *)&peer)

ZTEST(icmp, test_a_handler_sees_its_messages)
{
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, note));
	arrive(NET_ICMPV4_ECHO_REPLY, 0, 0x12340007);
	zassert_equal(seen.calls, 1);
	zassert_equal(seen.type, NET_ICMPV4_ECHO_REPLY);
	zassert_equal(seen.src, 2);
	zassert_equal(seen.rest, 0x12340007);
	zassert_equal(seen.len, 8);
	zassert_mem_equal(seen.data, "abcd", 4);
	arrive(NET_ICMPV4_ECHO_REQUEST, 0, 1);
	zassert_equal(seen.calls, 1, "another type");
}

ZTEST(icmp, test_a_watched_echo_request_is_still_answered)
{
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REQUEST, 0, note));
	arrive(NET_ICMPV4_ECHO_REQUEST, 0, 1);
	zassert_equal(seen.calls, 1);
	zassert_equal(pipe0.sent, 1);
}

ZTEST(icmp, test_codes)
{
	zassert_ok(net_icmp_init_ctx(&ctx, 3, 4, note));
	arrive(3, 1, 0);
	zassert_equal(seen.calls, 0);
	arrive(3, 4, 0);
	zassert_equal(seen.calls, 1);
	zassert_ok(net_icmp_init_ctx(&second, 3, 0, note));
	arrive(3, 4, 0);
	zassert_equal(seen.calls, 3, "code 0 sees all");
}

ZTEST(icmp, test_a_handler_is_gone_after_cleanup)
{
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, note));
	zassert_ok(net_icmp_cleanup_ctx(&ctx));
	zassert_equal(net_icmp_cleanup_ctx(&ctx), -ENOENT);
	arrive(NET_ICMPV4_ECHO_REPLY, 0, 1);
	zassert_equal(seen.calls, 0);
}

static int leave(struct net_icmp_ctx *context, struct net_pkt *pkt,
		 struct net_icmp_ip_hdr *ip_hdr, struct net_icmp_hdr *icmp_hdr, void *user_data)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(ip_hdr);
	ARG_UNUSED(icmp_hdr);
	ARG_UNUSED(user_data);
	seen.calls++;

	return net_icmp_cleanup_ctx(context);
}

ZTEST(icmp, test_a_handler_may_clean_itself_up)
{
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, leave));
	zassert_ok(net_icmp_init_ctx(&second, NET_ICMPV4_ECHO_REPLY, 0, leave));
	arrive(NET_ICMPV4_ECHO_REPLY, 0, 1);
	zassert_equal(seen.calls, 2);
	arrive(NET_ICMPV4_ECHO_REPLY, 0, 1);
	zassert_equal(seen.calls, 2);
}

ZTEST(icmp, test_bad_arguments)
{
	zassert_equal(net_icmp_init_ctx(NULL, 0, 0, note), -EINVAL);
	zassert_equal(net_icmp_init_ctx(&ctx, 0, 0, NULL), -EINVAL);
	zassert_equal(net_icmp_cleanup_ctx(NULL), -EINVAL);
	zassert_equal(net_icmp_send_echo_request(NULL, NULL, PEER, NULL, NULL), -EINVAL);
	zassert_equal(net_icmp_send_echo_request(&ctx, NULL, NULL, NULL, NULL), -EINVAL);
	zassert_equal(net_icmp_send_echo_request(&ctx, NULL,
						 &(struct sockaddr){.sa_family = AF_UNSPEC}, NULL,
						 NULL),
		      -EINVAL);
}

ZTEST(icmp, test_ping_and_reply)
{
	struct net_icmp_ping_params params = {.identifier = 0x1234,
					      .sequence = 7,
					      .tc_tos = 0x20,
					      .priority = -1,
					      .data = "payload",
					      .data_size = 7};
	const uint8_t *request;
	int mark;

	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, note));
	zassert_ok(net_icmp_send_echo_request(&ctx, PIPE0_IFACE, PEER, &params, &mark));
	settle();
	zassert_equal(pipe0.sent, 1);
	zassert_equal_ptr(ctx.iface, PIPE0_IFACE);
	request = wire_last(&pipe0);
	zassert_equal(pipe0.lengths[0], 20 + 8 + 7);
	zassert_equal(request[1], 0x20);
	zassert_mem_equal(&request[12], pipe_addr.s4_addr, 4);
	zassert_mem_equal(&request[16], peer.sin_addr.s4_addr, 4);
	zassert_equal(request[20], NET_ICMPV4_ECHO_REQUEST);
	zassert_equal(sys_get_be32(&request[24]), 0x12340007);
	zassert_mem_equal(&request[28], "payload", 7);
	zassert_equal(frame_checksum(request, 20), 0);
	zassert_equal(frame_checksum(&request[20], 15), 0);

	arrive(NET_ICMPV4_ECHO_REPLY, 0, 0x12340007);
	zassert_equal(seen.calls, 1);
	zassert_equal_ptr(seen.user_data, &mark);
}

ZTEST(icmp, test_a_ping_without_parameters)
{
	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, note));
	zassert_ok(net_icmp_send_echo_request_no_wait(&ctx, NULL, PEER, NULL, NULL));
	settle();
	zassert_equal(pipe0.sent, 1, "the interface is found");
	zassert_equal(pipe0.lengths[0], 20 + 8 + 4);
}

ZTEST(icmp, test_the_stack_fills_a_ping_without_data)
{
	struct net_icmp_ping_params params = {.data_size = 90};
	const uint8_t *data = &wire_last(&pipe0)[28];

	zassert_ok(net_icmp_send_echo_request(&ctx, NULL, PEER, &params, NULL));
	settle();
	data = &wire_last(&pipe0)[28];
	zassert_equal(pipe0.lengths[0], 28 + 90);
	zassert_equal(data[4], 4, "a time stamp, then a pattern");
	zassert_equal(data[89], 89);
	zassert_equal(frame_checksum(&data[-8], 98), 0);
	params.data_size = 100;
	zassert_equal(net_icmp_send_echo_request(&ctx, NULL, PEER, &params, NULL), -EMSGSIZE,
		      "beyond the MTU of 127");
}

ZTEST(icmp, test_a_ping_needs_a_way)
{
	struct sockaddr_in far = {.sin_family = AF_INET, .sin_addr = {{{203, 0, 113, 1}}}};

	zassert_equal(net_icmp_send_echo_request(&ctx, NULL, (struct sockaddr *)&far, NULL, NULL),
		      -ENETUNREACH);
	zassert_ok(net_if_down(PIPE0_IFACE));
	zassert_equal(net_icmp_send_echo_request(&ctx, PIPE0_IFACE, PEER, NULL, NULL), -ENETDOWN);
}

static int offloaded(struct net_icmp_ctx *context, struct net_if *iface, struct sockaddr *dst,
		     struct net_icmp_ping_params *params, void *user_data)
{
	net_icmp_handler_t handler;
	struct net_icmp_ip_hdr ip_hdr = {.family = AF_INET};
	struct net_icmp_hdr icmp_hdr = {.type = NET_ICMPV4_ECHO_REPLY};
	struct net_ipv4_hdr ipv4 = {.src = {0, 0, 0, 42}};
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(iface, 4, AF_INET, 0, K_NO_WAIT);

	ARG_UNUSED(params);
	zassert_equal_ptr(dst, PEER);
	ip_hdr.ipv4 = &ipv4;
	zassert_ok(net_icmp_get_offload_rsp_handler(&offload, &handler));
	zassert_ok(net_pkt_write_be32(pkt, 5));
	net_pkt_cursor_init(pkt);
	zassert_ok(handler(context, pkt, &ip_hdr, &icmp_hdr, user_data));
	net_pkt_unref(pkt);

	return 0;
}

ZTEST(icmp, test_a_device_may_ping_itself)
{
	net_icmp_handler_t handler;

	zassert_ok(net_icmp_init_ctx(&ctx, NET_ICMPV4_ECHO_REPLY, 0, note));
	zassert_ok(net_icmp_register_offload_ping(&offload, PIPE0_IFACE, offloaded));
	zassert_equal(net_icmp_register_offload_ping(&offload, PIPE0_IFACE, offloaded), -EALREADY);
	zassert_ok(net_icmp_send_echo_request(&ctx, PIPE0_IFACE, PEER, NULL, NULL));
	zassert_equal(seen.calls, 1);
	zassert_equal(seen.src, 42);
	zassert_equal(pipe0.sent, 0);
	zassert_ok(net_icmp_unregister_offload_ping(&offload));
	zassert_equal(net_icmp_unregister_offload_ping(&offload), -ENOENT);
	zassert_equal(net_icmp_get_offload_rsp_handler(&offload, &handler), -ENOENT);
	zassert_equal(net_icmp_register_offload_ping(NULL, PIPE0_IFACE, offloaded), -EINVAL);
}
