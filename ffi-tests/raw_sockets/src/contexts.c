/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts without a transport protocol */

#include <zephyr/net/net_context.h>

#include "cable.h"

ZTEST_SUITE(contexts, NULL, NULL, before, after, NULL);

#define OURS 0x88b5

static char seen[64];
static size_t seen_len;
static K_SEM_DEFINE(got, 0, 1);

static void received(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	ARG_UNUSED(context);
	zassert_is_null(ip);
	zassert_is_null(proto);
	zassert_equal(status, 0);
	zassert_equal(user_data, &got);
	seen_len = net_pkt_remaining_data(pkt);
	zassert_ok(net_pkt_read(pkt, seen, seen_len));
	net_pkt_unref(pkt);
	k_sem_give(&got);
}

ZTEST(contexts, test_what_frames_carry)
{
	struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_protocol = htons(OURS)};
	struct net_context *a, *b;

	zassert_ok(net_context_get(AF_PACKET, SOCK_DGRAM, htons(OURS), &a));
	zassert_ok(net_context_get(AF_PACKET, SOCK_DGRAM, htons(OURS), &b));
	zassert_equal(net_context_get_family(a), AF_PACKET);
	zassert_equal(net_context_get_type(a), SOCK_DGRAM);
	name.sll_ifindex = index_of(&right);
	zassert_ok(net_context_bind(b, (struct sockaddr *)&name, sizeof(name)));
	zassert_equal_ptr(net_context_get_iface(b), right.iface);
	zassert_ok(net_context_recv(b, received, K_NO_WAIT, &got));
	name.sll_ifindex = index_of(&left);
	(void)memcpy(name.sll_addr, right.mac, 6);
	zassert_equal(net_context_sendto(a, "hello", 5, (struct sockaddr *)&name, sizeof(name),
					 NULL, K_NO_WAIT, NULL), 5);
	zassert_ok(k_sem_take(&got, K_SECONDS(1)));
	zassert_equal(seen_len, 5);
	zassert_mem_equal(seen, "hello", 5);
	zassert_equal(net_context_sendto(a, "hello", 5, NULL, 0, NULL, K_NO_WAIT, NULL),
		      -EDESTADDRREQ);
	zassert_ok(net_context_put(a));
	zassert_ok(net_context_put(b));
}

ZTEST(contexts, test_frames)
{
	struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_protocol = htons(OURS)};
	uint8_t frame[] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, OURS >> 8, OURS & 0xff, 'x'};
	struct net_context *context;

	name.sll_ifindex = index_of(&left);
	zassert_ok(net_context_get(AF_PACKET, SOCK_RAW, htons(OURS), &context));
	zassert_ok(net_context_bind(context, (struct sockaddr *)&name, sizeof(name)));
	zassert_ok(net_context_recv(context, received, K_NO_WAIT, &got));
	arrives(&left, frame, sizeof(frame));
	zassert_ok(k_sem_take(&got, K_SECONDS(1)));
	zassert_equal(seen_len, sizeof(frame));
	zassert_mem_equal(seen, frame, sizeof(frame));
	zassert_ok(net_context_put(context));
	zassert_equal(net_context_get(AF_PACKET, SOCK_STREAM, 0, &context), -EPROTONOSUPPORT);
}
