// SPDX-License-Identifier: Apache-2.0
/*
 * The neighbour cache by hand, messages of discovery by hand, and tables of neighbours in general.
 */

#include "link.h"

#include <string.h>

#include <icmpv6.h>
#include <ipv6.h>

static struct in6_addr peer = {{{0xfe, 0x80, [15] = 0x77}}};
static struct in6_addr other = {{{0xfe, 0x80, [15] = 0x78}}};
static struct net_linkaddr peer_link, other_link;

static void *links(void)
{
	static const uint8_t mac[] = {2, 0, 0, 0, 0, 0x77}, mac2[] = {2, 0, 0, 0, 0, 0x78};

	zassert_ok(net_linkaddr_create(&peer_link, mac, sizeof(mac), NET_LINK_ETHERNET));
	zassert_ok(net_linkaddr_create(&other_link, mac2, sizeof(mac2), NET_LINK_ETHERNET));
	return NULL;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_ipv6_nbr_rm(link_iface(), &peer);
	(void)net_ipv6_nbr_rm(link_iface(), &other);
}

ZTEST_SUITE(nbr, NULL, links, link_fresh, after, NULL);

static struct net_nbr *add(struct in6_addr *addr, enum net_ipv6_nbr_state state)
{
	struct net_nbr *nbr = net_ipv6_nbr_add(link_iface(), addr, &peer_link, false, state);

	zassert_not_null(nbr);
	return nbr;
}

static void count(struct net_nbr *nbr, void *user_data)
{
	size_t *seen = user_data;

	zassert_true(nbr->ref > 0);
	*seen += net_ipv6_addr_cmp(&net_ipv6_nbr_data(nbr)->addr, &peer) ||
		 net_ipv6_addr_cmp(&net_ipv6_nbr_data(nbr)->addr, &other);
}

ZTEST(nbr, test_a_neighbour_comes_and_goes)
{
	struct net_nbr *nbr = add(&peer, NET_IPV6_NBR_STATE_REACHABLE);
	struct net_linkaddr *link;
	size_t seen = 0;

	zassert_equal_ptr(net_ipv6_nbr_lookup(link_iface(), &peer), nbr);
	zassert_equal_ptr(net_ipv6_nbr_lookup(NULL, &peer), nbr);
	zassert_is_null(net_ipv6_nbr_lookup(link_iface(), &other));
	zassert_is_null(net_ipv6_nbr_lookup(link_iface(), NULL));
	zassert_equal_ptr(nbr->iface, link_iface());
	zassert_not_equal(nbr->idx, NET_NBR_LLADDR_UNKNOWN);
	link = net_nbr_get_lladdr(nbr->idx);
	zassert_true(net_linkaddr_cmp(link, &peer_link));
	zassert_equal_ptr(net_ipv6_get_nbr(link_iface(), nbr->idx), nbr);
	zassert_equal_ptr(net_ipv6_get_nbr(NULL, nbr->idx), nbr);
	zassert_mem_equal(net_ipv6_nbr_lookup_by_index(link_iface(), nbr->idx), &peer, 16);
	zassert_equal(net_ipv6_nbr_data(nbr)->state, NET_IPV6_NBR_STATE_REACHABLE);
	zassert_true(net_ipv6_nbr_data(nbr)->reachable_timeout > 0);
	zassert_false(net_ipv6_nbr_data(nbr)->is_router);
	zassert_equal(link_heard(NET_EVENT_IPV6_NBR_ADD), 1);

	(void)add(&other, NET_IPV6_NBR_STATE_STALE);
	net_ipv6_nbr_foreach(count, &seen);
	zassert_equal(seen, 2);
	net_ipv6_nbr_foreach(NULL, NULL);

	zassert_true(net_ipv6_nbr_rm(link_iface(), &peer));
	zassert_false(net_ipv6_nbr_rm(link_iface(), &peer));
	zassert_equal(nbr->ref, 0, "who still points to it sees that it is gone");
	zassert_is_null(net_ipv6_nbr_lookup(link_iface(), &peer));
	zassert_equal(link_heard(NET_EVENT_IPV6_NBR_DEL), 1);
}

ZTEST(nbr, test_what_no_neighbour_has_is_refused)
{
	static struct in6_addr none, group = {{{0xff, 0x02, [15] = 1}}};
	static const int wrong_states[] = {-1, NET_IPV6_NBR_STATE_STATIC + 1};

	zassert_is_null(net_ipv6_nbr_add(link_iface(), &none, &peer_link, false, 2));
	zassert_is_null(net_ipv6_nbr_add(link_iface(), &group, &peer_link, false, 2));
	zassert_is_null(net_ipv6_nbr_add(link_iface(), NULL, &peer_link, false, 2));
	zassert_is_null(net_ipv6_nbr_add(NULL, &peer, &peer_link, false, 2));
	for (size_t i = 0; i < ARRAY_SIZE(wrong_states); i++) {
		zassert_is_null(net_ipv6_nbr_add(link_iface(), &peer, &peer_link, false,
						 (enum net_ipv6_nbr_state)wrong_states[i]));
	}
	zassert_is_null(net_ipv6_get_nbr(link_iface(), NET_NBR_LLADDR_UNKNOWN));
	zassert_is_null(net_ipv6_nbr_lookup_by_index(link_iface(), NET_NBR_LLADDR_UNKNOWN));
	zassert_is_null(net_nbr_get_lladdr(NET_NBR_LLADDR_UNKNOWN));
	zassert_false(net_ipv6_nbr_rm(NULL, &peer));
}

ZTEST(nbr, test_states_pass)
{
	struct net_ipv6_nbr_data *data;
	struct net_nbr *nbr = add(&peer, NET_IPV6_NBR_STATE_REACHABLE);

	data = net_ipv6_nbr_data(nbr);
	k_sleep(K_SECONDS(60));
	zassert_equal_ptr(net_ipv6_nbr_lookup(link_iface(), &peer), nbr);
	zassert_equal(data->state, NET_IPV6_NBR_STATE_STALE);
	net_ipv6_nbr_reachability_hint(link_iface(), &peer);
	(void)net_ipv6_nbr_lookup(link_iface(), &peer);
	zassert_equal(data->state, NET_IPV6_NBR_STATE_REACHABLE);
	k_sleep(K_SECONDS(60));
	net_ipv6_nbr_set_reachable_timer(link_iface(), nbr);
	zassert_equal(data->state, NET_IPV6_NBR_STATE_REACHABLE);

	nbr = net_ipv6_nbr_add(link_iface(), &peer, &other_link, true, NET_IPV6_NBR_STATE_STATIC);
	zassert_equal_ptr(net_ipv6_nbr_data(nbr), data, "the same neighbour");
	k_sleep(K_SECONDS(600));
	(void)net_ipv6_nbr_lookup(link_iface(), &peer);
	zassert_equal(data->state, NET_IPV6_NBR_STATE_STATIC);
	zassert_true(data->is_router);
	zassert_true(net_linkaddr_cmp(net_nbr_get_lladdr(nbr->idx), &other_link));
	zassert_str_equal(net_ipv6_nbr_state2str(data->state), "static");
}

ZTEST(nbr, test_one_without_a_link_address_is_asked_for)
{
	struct net_nbr *nbr;

	nbr = net_ipv6_nbr_add(link_iface(), &peer, NULL, false, NET_IPV6_NBR_STATE_INCOMPLETE);
	zassert_not_null(nbr);
	zassert_equal(nbr->idx, NET_NBR_LLADDR_UNKNOWN);
	zassert_equal(net_ipv6_nbr_data(nbr)->state, NET_IPV6_NBR_STATE_INCOMPLETE);
	zassert_true(net_ipv6_nbr_data(nbr)->send_ns > 0);
	k_sleep(K_SECONDS(10));
	zassert_true(link_sent(NET_ICMPV6_NS, NULL) > 0);
	zassert_is_null(net_ipv6_nbr_lookup(link_iface(), &peer), "nobody answered");
}

ZTEST(nbr, test_messages_by_hand)
{
	static const struct in6_addr all = {{{0xff, 0x02, [15] = 1}}};
	struct in6_addr *own = net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED);
	const uint8_t *last;

	zassert_not_null(own);
	zassert_ok(net_ipv6_send_ns(link_iface(), NULL, NULL, NULL, &peer, false));
	k_sleep(K_MSEC(1));
	zassert_equal(link_sent(NET_ICMPV6_NS, &last), 1);
	zassert_mem_equal(&last[8], &peer, 16);
	zassert_equal(last[24], NET_ICMPV6_ND_OPT_SLLAO);
	zassert_ok(net_ipv6_send_ns(link_iface(), NULL, NULL, NULL, own, true));
	k_sleep(K_MSEC(1));
	zassert_equal(link_sent(NET_ICMPV6_NS, &last), 2);
	zassert_mem_equal(last - 32, &(struct in6_addr){0}, 16, "from no address");
	zassert_equal(net_ipv6_send_ns(link_iface(), NULL, NULL, NULL, NULL, false), -EINVAL);
	zassert_equal(net_ipv6_send_ns(NULL, NULL, NULL, NULL, &peer, false), -EINVAL);

	zassert_ok(net_ipv6_send_na(link_iface(), own, &all, own, NET_ICMPV6_NA_FLAG_OVERRIDE));
	k_sleep(K_MSEC(1));
	zassert_equal(link_sent(NET_ICMPV6_NA, &last), 1);
	zassert_equal(last[4], NET_ICMPV6_NA_FLAG_OVERRIDE);
	zassert_mem_equal(&last[8], own, 16);
	zassert_equal(last[24], NET_ICMPV6_ND_OPT_TLLAO);
	zassert_equal(net_ipv6_send_na(link_iface(), NULL, &all, own, 0), -EINVAL);

	zassert_ok(net_ipv6_send_rs(link_iface()));
	k_sleep(K_MSEC(1));
	zassert_equal(link_sent(NET_ICMPV6_RS, NULL), 1);
	zassert_equal(net_ipv6_send_rs(NULL), -EINVAL);
	zassert_ok(net_ipv6_start_rs(link_iface()));
	k_sleep(K_SECONDS(10));
	zassert_equal(link_sent(NET_ICMPV6_RS, NULL), 1 + NET_MAX_RS_COUNT);
	zassert_equal(net_ipv6_start_rs(NULL), -EINVAL);
}

ZTEST(nbr, test_an_address_is_asked_for_by_hand)
{
	struct in6_addr *own = net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED);
	struct net_if_addr *slot = net_if_ipv6_addr_lookup(own, NULL);

	zassert_not_null(slot);
	zassert_ok(net_ipv6_start_dad(link_iface(), slot));
	zassert_equal(slot->addr_state, NET_ADDR_TENTATIVE);
	k_sleep(K_SECONDS(3));
	zassert_equal(slot->addr_state, NET_ADDR_PREFERRED);
	zassert_equal(link_sent(NET_ICMPV6_NS, NULL), 1);
	zassert_equal(net_ipv6_start_dad(link_iface(), NULL), -EINVAL);
	zassert_equal(net_ipv6_start_dad(NULL, slot), -EINVAL);
}

/* A table of our own. */

static int removed, cleared;

static void on_remove(struct net_nbr *nbr)
{
	ARG_UNUSED(nbr);
	removed++;
}

static void on_clear(struct net_nbr_table *table)
{
	ARG_UNUSED(table);
	cleared++;
}

struct mine {
	uint32_t number;
	uint8_t tail[3];
};

NET_NBR_POOL_INIT(pool, 3, sizeof(struct mine), on_remove, 5);
NET_NBR_POOL_INIT(plain_pool, 2, sizeof(struct mine), on_remove);
NET_NBR_TABLE_INIT(NET_NBR_LOCAL, mine, pool, on_clear);
NET_NBR_TABLE_INIT(NET_NBR_LOCAL, plain, plain_pool, NULL);

ZTEST(nbr, test_places_of_a_table)
{
	struct net_nbr *taken[3];

	removed = 0;
	for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
		taken[i] = net_nbr_get(&net_mine.table);
		zassert_not_null(taken[i]);
		zassert_equal_ptr(taken[i], &pool[i].nbr);
		zassert_equal_ptr(taken[i]->data, pool[i].data);
		memset(taken[i]->data, 0xa5, sizeof(struct mine));
		memset(net_nbr_extra_data(taken[i]), 0x5a, 5);
	}
	zassert_is_null(net_nbr_get(&net_mine.table));
	zassert_equal(taken[2]->ref, 1);
	zassert_equal_ptr(net_nbr_ref(taken[1]), taken[1]);
	net_nbr_unref(taken[1]);
	zassert_equal(removed, 0);
	net_nbr_unref(taken[1]);
	zassert_equal(removed, 1);
	zassert_equal_ptr(net_nbr_get(&net_mine.table), taken[1]);
	for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
		net_nbr_unref(taken[i]);
	}
	zassert_equal(removed, 4);
	zassert_is_null(net_nbr_get(NULL));
	zassert_is_null(net_nbr_ref(NULL));
	net_nbr_unref(NULL);
}

ZTEST(nbr, test_link_addresses_of_a_table)
{
	struct net_if *const iface = link_iface();
	struct net_nbr *a = net_nbr_get(&net_mine.table), *b = net_nbr_get(&net_mine.table);
	struct net_nbr *c = net_nbr_get(&net_plain.table);

	zassert_equal(a->idx, NET_NBR_LLADDR_UNKNOWN);
	zassert_ok(net_nbr_link(a, iface, &peer_link));
	zassert_equal(net_nbr_link(a, iface, &peer_link), -EALREADY);
	zassert_ok(net_nbr_link(b, iface, &other_link));
	zassert_ok(net_nbr_link(c, iface, &peer_link));
	zassert_equal(a->idx, c->idx, "the same station");
	zassert_not_equal(a->idx, b->idx);
	zassert_equal_ptr(a->iface, iface);
	zassert_true(net_linkaddr_cmp(net_nbr_get_lladdr(b->idx), &other_link));
	zassert_equal_ptr(net_nbr_lookup(&net_mine.table, iface, &peer_link), a);
	zassert_equal_ptr(net_nbr_lookup(&net_mine.table, iface, &other_link), b);
	zassert_equal_ptr(net_nbr_lookup(&net_plain.table, iface, &peer_link), c);
	zassert_is_null(net_nbr_lookup(&net_plain.table, iface, &other_link));
	zassert_is_null(net_nbr_lookup(&net_mine.table, NULL, &peer_link));
	zassert_is_null(net_nbr_lookup(&net_mine.table, iface, NULL));

	zassert_ok(net_nbr_unlink(a, &peer_link));
	zassert_equal(net_nbr_unlink(a, &peer_link), -EALREADY);
	zassert_is_null(net_nbr_lookup(&net_mine.table, iface, &peer_link));
	zassert_equal_ptr(net_nbr_lookup(&net_plain.table, iface, &peer_link), c, "has its own");
	cleared = 0;
	net_nbr_clear_table(&net_mine.table);
	net_nbr_clear_table(&net_plain.table);
	zassert_equal(cleared, 1);
	zassert_equal(b->idx, NET_NBR_LLADDR_UNKNOWN);
	zassert_is_null(net_nbr_lookup(&net_mine.table, iface, &other_link));
	zassert_equal(net_nbr_link(NULL, iface, &peer_link), -EINVAL);
	zassert_equal(net_nbr_link(a, iface, NULL), -EINVAL);
	zassert_equal(net_nbr_unlink(NULL, NULL), -EINVAL);
	net_nbr_clear_table(NULL);
	net_nbr_print(&net_mine.table);
	net_nbr_unref(a);
	net_nbr_unref(b);
	net_nbr_unref(c);
}

ZTEST(nbr, test_there_is_room_for_so_many_link_addresses)
{
	struct net_nbr nbr[CONFIG_NET_IPV6_MAX_NEIGHBORS + 1];
	struct net_linkaddr link = peer_link;

	for (size_t i = 0; i < ARRAY_SIZE(nbr); i++) {
		nbr[i] = (struct net_nbr){.ref = 1, .idx = NET_NBR_LLADDR_UNKNOWN};
		link.addr[0] = 0x42;
		link.addr[1] = i;
		zassert_equal(net_nbr_link(&nbr[i], link_iface(), &link),
			      i < CONFIG_NET_IPV6_MAX_NEIGHBORS ? 0 : -ENOENT);
	}
	for (size_t i = 0; i < CONFIG_NET_IPV6_MAX_NEIGHBORS; i++) {
		zassert_ok(net_nbr_unlink(&nbr[i], NULL));
	}
}

/* A datagram from us to `dst`, its IPv6 header included. */
static struct net_pkt *built(const struct in6_addr *dst)
{
	static const uint8_t head[8] = {0x60, [5] = 8, IPPROTO_UDP, 64};
	static const uint8_t datagram[8] = {1, 2, 3, 4, 0, 8, 5, 6};
	const struct in6_addr *own = net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED);
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(link_iface(), 48, AF_INET6, 0, K_NO_WAIT);

	zassert_not_null(own);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, head, sizeof(head)));
	zassert_ok(net_pkt_write(pkt, own, sizeof(*own)));
	zassert_ok(net_pkt_write(pkt, dst, sizeof(*dst)));
	zassert_ok(net_pkt_write(pkt, datagram, sizeof(datagram)));
	return pkt;
}

ZTEST(nbr, test_a_built_packet_gets_its_link_header)
{
	static const struct in6_addr group = {{{0xff, 0x02, [15] = 1}}};
	const uint8_t *frame;

	(void)add(&peer, NET_IPV6_NBR_STATE_STATIC);
	zassert_ok(net_send_data(built(&peer)));
	k_sleep(K_MSEC(10));
	zassert_equal(wire.sent, 1);
	frame = wire.frames[0];
	zassert_mem_equal(frame, peer_link.addr, 6);
	zassert_mem_equal(frame + 6, link_mac, 6);
	zassert_equal(frame[12] << 8 | frame[13], NET_ETH_PTYPE_IPV6);
	zassert_mem_equal(frame + 14 + 24, &peer, 16);

	zassert_ok(net_send_data(built(&group)));
	k_sleep(K_MSEC(10));
	zassert_equal(wire.sent, 2);
	zassert_mem_equal(wire.frames[1], "\x33\x33\0\0\0\x01", 6);

	/* Who is not known is asked for first. */
	zassert_ok(net_send_data(built(&other)));
	k_sleep(K_MSEC(10));
	zassert_equal(link_sent(NET_ICMPV6_NS, NULL), 1);
	zassert_equal(wire.sent, 3);
}

ZTEST(nbr, test_the_sender_keeps_what_cannot_go)
{
	static const struct in6_addr nowhere = {{{0x3f, 0xff, [15] = 1}}};
	struct net_pkt *pkt = built(&nowhere);

	zassert_equal(net_send_data(pkt), -ENETUNREACH);
	zassert_equal(net_if_send_data(link_iface(), pkt), NET_DROP);
	net_pkt_unref(pkt);
	pkt = net_pkt_alloc_with_buffer(link_iface(), 39, AF_INET6, 0, K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_memset(pkt, 0x60, 39));
	zassert_equal(net_send_data(pkt), -EINVAL, "no whole header");
	net_pkt_unref(pkt);
}
