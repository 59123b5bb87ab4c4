/* SPDX-License-Identifier: Apache-2.0 */
/* What has no descriptor: packets, buffers, names, addresses, interfaces, management. */

#include "noise.h"

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/net/socket.h>
#include <zephyr/net_buf.h>
#include <zephyr/ztest.h>

NET_BUF_POOL_DEFINE(own_pool, 16, 64, 4, NULL);

static void packets(struct draw *draw)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(net_if_get_default(), below(draw, 700),
							below(draw, 2) == 0 ? AF_INET : AF_INET6,
							IPPROTO_UDP, K_NO_WAIT);
	struct room room;

	if (pkt == NULL) {
		return;
	}
	fill(draw, &room);
	for (uint32_t steps = below(draw, 12); steps > 0; steps--) {
		size_t len = below(draw, ROOM + 1);

		switch (below(draw, 9)) {
		case 0:
			(void)net_pkt_write(pkt, room.bytes, len);
			break;
		case 1:
			(void)net_pkt_read(pkt, room.bytes, len);
			break;
		case 2:
			(void)net_pkt_skip(pkt, len);
			break;
		case 3:
			net_pkt_cursor_init(pkt);
			break;
		case 4:
			net_pkt_set_overwrite(pkt, below(draw, 2) == 0);
			break;
		case 5:
			(void)net_pkt_pull(pkt, len);
			break;
		case 6:
			(void)net_pkt_update_length(pkt, len);
			break;
		case 7: {
			struct net_pkt *clone = net_pkt_clone(pkt, K_NO_WAIT);

			if (clone != NULL) {
				zassert_equal(net_pkt_get_len(clone), net_pkt_get_len(pkt));
				net_pkt_unref(clone);
			}
			break;
		}
		default:
			(void)net_pkt_memset(pkt, 7, len);
			break;
		}
		zassert_true(net_pkt_remaining_data(pkt) <= net_pkt_get_len(pkt));
	}
	watch(&room);
	net_pkt_unref(pkt);
}

static void buffers(struct draw *draw)
{
	struct net_buf *buf = net_buf_alloc(&own_pool, K_NO_WAIT);
	struct room room;

	if (buf == NULL) {
		return;
	}
	fill(draw, &room);
	net_buf_reserve(buf, below(draw, 32));
	for (uint32_t steps = below(draw, 12); steps > 0; steps--) {
		size_t len = below(draw, 24);

		switch (below(draw, 7)) {
		case 0:
			if (net_buf_tailroom(buf) >= len) {
				net_buf_add_mem(buf, room.bytes, len);
			}
			break;
		case 1:
			if (net_buf_headroom(buf) >= len) {
				net_buf_push_mem(buf, room.bytes, len);
			}
			break;
		case 2:
			if (buf->len >= len) {
				net_buf_pull(buf, len);
			}
			break;
		case 3:
			if (buf->len >= len) {
				net_buf_remove_mem(buf, len);
			}
			break;
		case 4: {
			struct net_buf *more = net_buf_alloc(&own_pool, K_NO_WAIT);

			if (more != NULL) {
				buf = net_buf_frag_add(buf, more);
			}
			break;
		}
		case 5:
			zassert_true(net_buf_linearize(room.bytes, ROOM, buf, below(draw, 16),
						       below(draw, ROOM)) <= ROOM);
			break;
		default:
			(void)net_buf_append_bytes(buf, len, room.bytes, K_NO_WAIT, NULL, NULL);
			break;
		}
	}
	watch(&room);
	net_buf_unref(buf);
}

/* A string of what addresses are made of, and now and then of anything. */
static void text(struct draw *draw, char *out, size_t room)
{
	static const char some[] = "0123456789abcdef:.%[]/ x-";
	size_t len = below(draw, room);

	for (size_t i = 0; i < len; i++) {
		out[i] = below(draw, 24) == 0 ? (char)(1 + below(draw, 255))
					      : some[below(draw, sizeof(some) - 1)];
	}
	out[len] = '\0';
}

static void names(struct draw *draw)
{
	struct zsock_addrinfo hints = {.ai_family = below(draw, 3), .ai_flags = below(draw, 64)};
	struct zsock_addrinfo *found = NULL;
	char host[80], service[12];

	text(draw, host, sizeof(host));
	text(draw, service, sizeof(service));
	if (zsock_getaddrinfo(below(draw, 16) == 0 ? NULL : host,
			      below(draw, 3) == 0 ? NULL : service,
			      below(draw, 3) == 0 ? NULL : &hints, &found) == 0) {
		zassert_not_null(found);
		zsock_freeaddrinfo(found);
	}
}

static void addresses(struct draw *draw)
{
	struct sockaddr addr;
	struct in6_addr in6;
	char host[80];
	struct room room;

	text(draw, host, sizeof(host));
	(void)net_ipaddr_parse(host, strlen(host), &addr);
	fill(draw, &room);
	if (net_addr_pton(AF_INET6, host, &in6) == 0) {
		struct in6_addr again;

		zassert_not_null(net_addr_ntop(AF_INET6, &in6, (char *)room.bytes, ROOM));
		zassert_ok(net_addr_pton(AF_INET6, (char *)room.bytes, &again));
		zassert_mem_equal(&in6, &again, sizeof(in6));
	}
	(void)net_addr_ntop(below(draw, 2) == 0 ? AF_INET : AF_INET6, room.bytes,
			    (char *)room.bytes + 64, below(draw, 50));
	watch(&room);
}

static void interfaces(struct draw *draw)
{
	struct net_if *iface = net_if_get_by_index(below(draw, 4));
	struct in_addr in = {.s4_addr = {10, 0, 0, below(draw, 6)}};
	struct in6_addr in6 = {.s6_addr = {0x20, 1, 0xd, 0xb8}};

	in6.s6_addr[15] = below(draw, 6);
	if (iface == NULL) {
		return;
	}
	switch (below(draw, 6)) {
	case 0:
		(void)net_if_ipv4_addr_add(iface, &in, NET_ADDR_MANUAL, below(draw, 100));
		break;
	case 1:
		(void)net_if_ipv4_addr_rm(iface, &in);
		break;
	case 2:
		(void)net_if_ipv6_addr_add(iface, &in6, NET_ADDR_MANUAL, below(draw, 100));
		break;
	case 3:
		(void)net_if_ipv6_addr_rm(iface, &in6);
		break;
	case 4:
		(void)net_if_ipv4_addr_lookup(&in, &iface);
		break;
	default:
		(void)net_if_ipv6_addr_lookup(&in6, &iface);
		break;
	}
}

static void management(struct draw *draw)
{
	struct net_if *iface = net_if_get_by_index(below(draw, 3));
	size_t len = below(draw, ROOM + 1);
	struct room room;

	fill(draw, &room);
	switch (below(draw, 4)) {
	case 0:
		(void)net_mgmt(NET_REQUEST_STATS_GET_ALL, iface, room.bytes, len);
		break;
	case 1:
		(void)net_mgmt(NET_REQUEST_STATS_GET_UDP, iface, room.bytes, len);
		break;
	case 2:
		(void)net_mgmt(NET_REQUEST_STATS_GET_TCP, iface, room.bytes, len);
		break;
	default:
		(void)net_mgmt(NET_REQUEST_STATS_GET_IPV4, iface, room.bytes, len);
		break;
	}
	watch(&room);
}

const struct mode other_modes[] = {
	{"packets", packets}, {"buffers", buffers}, {"names", names},
	{"addresses", addresses}, {"interfaces", interfaces}, {"management", management},
};
const size_t other_modes_count = ARRAY_SIZE(other_modes);
