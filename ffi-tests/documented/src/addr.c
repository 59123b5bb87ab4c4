// SPDX-License-Identifier: Apache-2.0
/* Addresses, prefixes, routers and groups of interfaces, and the events about them. */

#include "drivers.h"

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_up(plain.iface);
	(void)net_if_up(other.iface);
	settle();
}

ZTEST_SUITE(doc_addr, NULL, NULL, before, NULL, NULL);

#define SIX_EVENTS                                                                                 \
	(NET_EVENT_IPV6_ADDR_ADD | NET_EVENT_IPV6_ADDR_DEL | NET_EVENT_IPV6_MADDR_ADD |            \
	 NET_EVENT_IPV6_MADDR_DEL | NET_EVENT_IPV6_MCAST_JOIN | NET_EVENT_IPV6_MCAST_LEAVE |       \
	 NET_EVENT_IPV6_PREFIX_ADD | NET_EVENT_IPV6_PREFIX_DEL | NET_EVENT_IPV6_ROUTER_ADD |       \
	 NET_EVENT_IPV6_ROUTER_DEL | NET_EVENT_IPV6_ROUTE_ADD | NET_EVENT_IPV6_ROUTE_DEL |         \
	 NET_EVENT_IPV6_NBR_ADD | NET_EVENT_IPV6_NBR_DEL | NET_EVENT_IPV6_ADDR_DEPRECATED)
#define FOUR_EVENTS                                                                                \
	(NET_EVENT_IPV4_ADDR_ADD | NET_EVENT_IPV4_ADDR_DEL | NET_EVENT_IPV4_MADDR_ADD |            \
	 NET_EVENT_IPV4_MADDR_DEL | NET_EVENT_IPV4_MCAST_JOIN | NET_EVENT_IPV4_MCAST_LEAVE |       \
	 NET_EVENT_IPV4_ROUTER_ADD | NET_EVENT_IPV4_ROUTER_DEL)

ZTEST(doc_addr, test_ipv6_address_comes_and_goes)
{
	struct in6_addr addr = DOC(1);
	struct net_if_addr *ifaddr;
	struct net_if *iface = NULL;

	events_listen(SIX_EVENTS);
	ifaddr = net_if_ipv6_addr_add(plain.iface, &addr, NET_ADDR_MANUAL, 0);
	zassert_not_null(ifaddr);
	zassert_true(ifaddr->is_infinite);
	zassert_true(ifaddr->is_used);
	zassert_equal(ifaddr->addr_type, NET_ADDR_MANUAL);
	zassert_equal(ifaddr->addr_state, NET_ADDR_PREFERRED);
	zassert_equal_ptr(net_if_ipv6_addr_add(plain.iface, &addr, NET_ADDR_MANUAL, 0), ifaddr);
	zassert_equal_ptr(net_if_ipv6_addr_lookup(&addr, &iface), ifaddr);
	zassert_equal_ptr(iface, plain.iface);
	zassert_equal_ptr(net_if_ipv6_addr_lookup_by_iface(plain.iface, &addr), ifaddr);
	zassert_is_null(net_if_ipv6_addr_lookup_by_iface(other.iface, &addr));
	zassert_equal(net_if_ipv6_addr_lookup_by_index(&addr), net_if_get_by_iface(plain.iface));
	zassert_equal(net_if_ipv6_addr_lookup_by_index(&DOC(99)), 0);
	zassert_true(net_ipv6_is_my_addr(&addr));
	zassert_equal(events_count(NET_EVENT_IPV6_ADDR_ADD), 1);
	zassert_equal(events_find(NET_EVENT_IPV6_ADDR_ADD)->length, sizeof(struct in6_addr));
	zassert_mem_equal(events_find(NET_EVENT_IPV6_ADDR_ADD)->info, &addr, sizeof(addr));
	zassert_equal_ptr(events_find(NET_EVENT_IPV6_ADDR_ADD)->iface, plain.iface);
	zassert_true(net_if_ipv6_addr_rm(plain.iface, &addr));
	zassert_false(net_if_ipv6_addr_rm(plain.iface, &addr));
	zassert_equal(events_count(NET_EVENT_IPV6_ADDR_DEL), 1);
	zassert_is_null(net_if_ipv6_addr_add(NULL, &addr, NET_ADDR_MANUAL, 0));
	zassert_is_null(net_if_ipv6_addr_add(plain.iface, NULL, NET_ADDR_MANUAL, 0));
	zassert_false(net_if_ipv6_addr_rm(plain.iface, NULL));
	zassert_true(net_if_ipv6_addr_add_by_index(net_if_get_by_iface(other.iface), &addr,
						   NET_ADDR_MANUAL, 0));
	zassert_false(net_if_ipv6_addr_add_by_index(99, &addr, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv6_addr_rm_by_index(net_if_get_by_iface(other.iface), &addr));
	zassert_false(net_if_ipv6_addr_rm_by_index(99, &addr));
}

ZTEST(doc_addr, test_ipv6_address_gets_old)
{
	struct in6_addr addr = DOC(2);
	struct net_if_addr *ifaddr;

	events_listen(SIX_EVENTS);
	ifaddr = net_if_ipv6_addr_add(plain.iface, &addr, NET_ADDR_AUTOCONF, 2);
	zassert_not_null(ifaddr);
	zassert_false(ifaddr->is_infinite);
	net_if_ipv6_addr_update_lifetime(ifaddr, 4);
	k_sleep(K_SECONDS(3));
	zassert_not_null(net_if_ipv6_addr_lookup(&addr, NULL));
	k_sleep(K_SECONDS(2));
	zassert_is_null(net_if_ipv6_addr_lookup(&addr, NULL));
	zassert_equal(events_count(NET_EVENT_IPV6_ADDR_DEL), 1);
}

ZTEST(doc_addr, test_ipv6_group)
{
	struct in6_addr group = SIX(0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x77);
	struct net_if_mcast_addr *maddr;
	struct net_if *iface = NULL;

	events_listen(SIX_EVENTS);
	maddr = net_if_ipv6_maddr_add(plain.iface, &group);
	zassert_not_null(maddr);
	zassert_is_null(net_if_ipv6_maddr_add(plain.iface, &group), "twice");
	zassert_is_null(net_if_ipv6_maddr_add(plain.iface, &DOC(1)), "no group");
	zassert_equal_ptr(net_if_ipv6_maddr_lookup(&group, &iface), maddr);
	zassert_equal_ptr(iface, plain.iface);
	zassert_equal(events_count(NET_EVENT_IPV6_MADDR_ADD), 1);
	zassert_mem_equal(events_find(NET_EVENT_IPV6_MADDR_ADD)->info, &group, 16);
	zassert_false(net_if_ipv6_maddr_is_joined(maddr));
	net_if_ipv6_maddr_join(plain.iface, maddr);
	zassert_true(net_if_ipv6_maddr_is_joined(maddr));
	zassert_true(net_ipv6_is_my_maddr(&group));
	net_if_ipv6_maddr_leave(plain.iface, maddr);
	zassert_false(net_if_ipv6_maddr_is_joined(maddr));
	zassert_true(net_if_ipv6_maddr_rm(plain.iface, &group));
	zassert_false(net_if_ipv6_maddr_rm(plain.iface, &group));
	zassert_equal(events_count(NET_EVENT_IPV6_MADDR_DEL), 1);
	zassert_is_null(net_if_ipv6_maddr_lookup(&group, NULL));
}

ZTEST(doc_addr, test_ipv6_prefix)
{
	struct in6_addr prefix = DOC(0), inside = DOC(5), outside = DOC(5);
	struct net_if_ipv6_prefix *found;
	struct net_if *iface;

	outside.s6_addr[3] = 0xb9;
	events_listen(SIX_EVENTS);
	found = net_if_ipv6_prefix_add(plain.iface, &prefix, 64, 3600);
	zassert_not_null(found);
	zassert_equal_ptr(net_if_ipv6_prefix_add(plain.iface, &prefix, 64, 3600), found);
	zassert_equal_ptr(net_if_ipv6_prefix_lookup(plain.iface, &inside, 64), found);
	zassert_is_null(net_if_ipv6_prefix_lookup(plain.iface, &outside, 64));
	zassert_equal_ptr(net_if_ipv6_prefix_get(plain.iface, &inside), found);
	zassert_is_null(net_if_ipv6_prefix_get(other.iface, &inside));
	iface = NULL;
	zassert_true(net_if_ipv6_addr_onlink(&iface, &inside));
	zassert_equal_ptr(iface, plain.iface);
	iface = NULL;
	zassert_false(net_if_ipv6_addr_onlink(&iface, &outside));
	zassert_equal(events_count(NET_EVENT_IPV6_PREFIX_ADD), 1);
	{
		const struct net_event_ipv6_prefix *const info =
			(const void *)events_find(NET_EVENT_IPV6_PREFIX_ADD)->info;

		zassert_equal(info->len, 64);
		zassert_equal(info->lifetime, 3600);
		zassert_mem_equal(&info->addr, &prefix, 16);
	}
	net_if_ipv6_prefix_set_lf(found, true);
	zassert_true(found->is_infinite);
	net_if_ipv6_prefix_set_timer(found, 1);
	k_sleep(K_SECONDS(2));
	zassert_is_null(net_if_ipv6_prefix_lookup(plain.iface, &inside, 64));
	zassert_equal(events_count(NET_EVENT_IPV6_PREFIX_DEL), 1);
	zassert_not_null(net_if_ipv6_prefix_add(plain.iface, &prefix, 64, 3600));
	zassert_true(net_if_ipv6_prefix_rm(plain.iface, &prefix, 64));
	zassert_false(net_if_ipv6_prefix_rm(plain.iface, &prefix, 64));
}

ZTEST(doc_addr, test_ipv6_router)
{
	struct in6_addr addr = DOC(0xfe);
	struct net_if_router *router;

	events_listen(SIX_EVENTS);
	router = net_if_ipv6_router_add(plain.iface, &addr, 2);
	zassert_not_null(router);
	zassert_equal_ptr(net_if_ipv6_router_lookup(plain.iface, &addr), router);
	zassert_equal_ptr(net_if_ipv6_router_lookup(NULL, &addr), router);
	zassert_is_null(net_if_ipv6_router_lookup(other.iface, &addr));
	zassert_equal_ptr(net_if_ipv6_router_find_default(plain.iface, NULL), router);
	zassert_equal_ptr(net_if_ipv6_router_find_default(NULL, NULL), router);
	zassert_equal(events_count(NET_EVENT_IPV6_ROUTER_ADD), 1);
	zassert_mem_equal(events_find(NET_EVENT_IPV6_ROUTER_ADD)->info, &addr, 16);
	net_if_ipv6_router_update_lifetime(router, 1);
	k_sleep(K_SECONDS(2));
	zassert_is_null(net_if_ipv6_router_lookup(plain.iface, &addr));
	zassert_equal(events_count(NET_EVENT_IPV6_ROUTER_DEL), 1);
	router = net_if_ipv6_router_add(plain.iface, &addr, 0);
	zassert_not_null(router);
	zassert_true(net_if_ipv6_router_rm(router));
	zassert_false(net_if_ipv6_router_rm(router));
	zassert_false(net_if_ipv6_router_rm(NULL));
}

ZTEST(doc_addr, test_ipv6_sources)
{
	struct in6_addr here = DOC(1), there = DOC(2), far = SIX(0x20, 0x02, 9);
	struct in6_addr group = SIX(0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
	struct in6_addr local = SIX(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1);
	struct in6_addr local_peer = SIX(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2);
	struct net_if *iface = NULL;

	zassert_not_null(net_if_ipv6_addr_add(plain.iface, &here, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv6_addr_add(plain.iface, &local, NET_ADDR_AUTOCONF, 0));
	zassert_not_null(net_if_ipv6_prefix_add(plain.iface, &here, 64, 3600));
	zassert_mem_equal(net_if_ipv6_select_src_addr(plain.iface, &there), &here, 16);
	zassert_mem_equal(net_if_ipv6_select_src_addr(NULL, &there), &here, 16);
	zassert_mem_equal(net_if_ipv6_select_src_addr(plain.iface, &far), &here, 16);
	zassert_true(net_ipv6_is_ll_addr(net_if_ipv6_select_src_addr(plain.iface, &local_peer)));
	zassert_true(net_ipv6_is_ll_addr(net_if_ipv6_select_src_addr(plain.iface, &group)));
	zassert_mem_equal(net_if_ipv6_select_src_addr_hint(plain.iface, &there, 0), &here, 16);
	zassert_equal_ptr(net_if_ipv6_select_src_iface(&there), plain.iface);
	{
		struct sockaddr_in6 dst = {.sin6_family = AF_INET6, .sin6_addr = there};

		zassert_equal_ptr(net_if_select_src_iface((struct sockaddr *)&dst), plain.iface);
	}
	zassert_not_null(net_if_ipv6_get_ll(plain.iface, NET_ADDR_PREFERRED));
	zassert_is_null(net_if_ipv6_get_ll(plain.iface, NET_ADDR_TENTATIVE));
	zassert_not_null(net_if_ipv6_get_ll_addr(NET_ADDR_PREFERRED, &iface));
	iface = NULL;
	zassert_mem_equal(net_if_ipv6_get_global_addr(NET_ADDR_PREFERRED, &iface), &here, 16);
	zassert_equal_ptr(iface, plain.iface);
	zassert_true(net_if_ipv6_addr_rm(plain.iface, &here));
	zassert_true(net_if_ipv6_addr_rm(plain.iface, &local));
	zassert_true(net_if_ipv6_prefix_rm(plain.iface, &here, 64));
}

ZTEST(doc_addr, test_ipv6_values)
{
	net_if_ipv6_set_hop_limit(plain.iface, 77);
	zassert_equal(net_if_ipv6_get_hop_limit(plain.iface), 77);
	net_if_ipv6_set_hop_limit(plain.iface, CONFIG_NET_INITIAL_HOP_LIMIT);
	net_if_ipv6_set_mcast_hop_limit(plain.iface, 7);
	zassert_equal(net_if_ipv6_get_mcast_hop_limit(plain.iface), 7);
	net_if_ipv6_set_mcast_hop_limit(plain.iface, 1);
	net_if_ipv6_set_base_reachable_time(plain.iface, 4000);
	zassert_equal(net_if_ipv6_get_reachable_time(plain.iface), 4000 /* so long to begin with */
		      > 0 ? net_if_ipv6_get_reachable_time(plain.iface) : 0);
	net_if_ipv6_set_retrans_timer(plain.iface, 2000);
	zassert_equal(net_if_ipv6_get_retrans_timer(plain.iface), 2000);
	net_if_ipv6_set_retrans_timer(plain.iface, 1000);
	zassert_equal(net_if_ipv6_get_hop_limit(NULL), 0);
}

ZTEST(doc_addr, test_ipv4_address_comes_and_goes)
{
	struct in_addr addr = FOUR(192, 0, 2, 1), mask = FOUR(255, 255, 255, 0), gw = FOUR(192, 0, 2, 9);
	struct net_if_addr *ifaddr;
	struct net_if *iface = NULL;

	events_listen(FOUR_EVENTS);
	ifaddr = net_if_ipv4_addr_add(plain.iface, &addr, NET_ADDR_MANUAL, 0);
	zassert_not_null(ifaddr);
	zassert_equal_ptr(net_if_ipv4_addr_add(plain.iface, &addr, NET_ADDR_MANUAL, 0), ifaddr);
	zassert_equal_ptr(net_if_ipv4_addr_lookup(&addr, &iface), ifaddr);
	zassert_equal_ptr(iface, plain.iface);
	zassert_equal(net_if_ipv4_addr_lookup_by_index(&addr), net_if_get_by_iface(plain.iface));
	zassert_equal(events_count(NET_EVENT_IPV4_ADDR_ADD), 1);
	zassert_mem_equal(events_find(NET_EVENT_IPV4_ADDR_ADD)->info, &addr, 4);
	zassert_true(net_if_ipv4_set_netmask_by_addr(plain.iface, &addr, &mask));
	zassert_false(net_if_ipv4_set_netmask_by_addr(plain.iface, &FOUR(9, 9, 9, 9), &mask));
	zassert_equal(net_if_ipv4_get_netmask_by_addr(plain.iface, &addr).s_addr, mask.s_addr);
	zassert_equal(net_if_ipv4_get_netmask_by_addr(plain.iface, &FOUR(9, 9, 9, 9)).s_addr, 0);
	net_if_ipv4_set_gw(plain.iface, &gw);
	zassert_equal(net_if_ipv4_get_gw(plain.iface).s_addr, gw.s_addr);
	zassert_true(net_if_ipv4_addr_mask_cmp(plain.iface, &FOUR(192, 0, 2, 200)));
	zassert_false(net_if_ipv4_addr_mask_cmp(plain.iface, &FOUR(192, 0, 3, 200)));
	zassert_true(net_if_ipv4_is_addr_bcast(plain.iface, &FOUR(192, 0, 2, 255)));
	zassert_false(net_if_ipv4_is_addr_bcast(plain.iface, &FOUR(192, 0, 2, 254)));
	zassert_true(net_ipv4_is_my_addr(&addr));
	zassert_equal_ptr(net_if_ipv4_select_src_iface(&FOUR(192, 0, 2, 3)), plain.iface);
	zassert_mem_equal(net_if_ipv4_select_src_addr(plain.iface, &FOUR(192, 0, 2, 3)), &addr, 4);
	zassert_mem_equal(net_if_ipv4_get_global_addr(plain.iface, NET_ADDR_PREFERRED), &addr, 4);
	zassert_is_null(net_if_ipv4_get_ll(plain.iface, NET_ADDR_PREFERRED));
	zassert_true(net_if_ipv4_addr_rm(plain.iface, &addr));
	zassert_false(net_if_ipv4_addr_rm(plain.iface, &addr));
	zassert_equal(events_count(NET_EVENT_IPV4_ADDR_DEL), 1);
	net_if_ipv4_set_gw(plain.iface, &FOUR(0, 0, 0, 0));
	zassert_true(net_if_ipv4_addr_add_by_index(net_if_get_by_iface(plain.iface), &addr,
						   NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr_by_index(net_if_get_by_iface(plain.iface),
							      &addr, &mask));
	zassert_true(net_if_ipv4_set_gw_by_index(net_if_get_by_iface(plain.iface), &gw));
	zassert_false(net_if_ipv4_set_gw_by_index(99, &gw));
	zassert_true(net_if_ipv4_addr_rm_by_index(net_if_get_by_iface(plain.iface), &addr));
	net_if_ipv4_set_gw(plain.iface, &FOUR(0, 0, 0, 0));
}

ZTEST(doc_addr, test_ipv4_ttl_and_router)
{
	struct in_addr addr = FOUR(192, 0, 2, 9);
	struct net_if_router *router;

	net_if_ipv4_set_ttl(plain.iface, 9);
	zassert_equal(net_if_ipv4_get_ttl(plain.iface), 9);
	net_if_ipv4_set_ttl(plain.iface, CONFIG_NET_INITIAL_TTL);
	net_if_ipv4_set_mcast_ttl(plain.iface, 3);
	zassert_equal(net_if_ipv4_get_mcast_ttl(plain.iface), 3);
	net_if_ipv4_set_mcast_ttl(plain.iface, CONFIG_NET_INITIAL_MCAST_TTL);
	events_listen(FOUR_EVENTS);
	router = net_if_ipv4_router_add(plain.iface, &addr, true, 0);
	zassert_not_null(router);
	zassert_equal_ptr(net_if_ipv4_router_lookup(plain.iface, &addr), router);
	zassert_equal_ptr(net_if_ipv4_router_find_default(plain.iface, NULL), router);
	zassert_equal(events_count(NET_EVENT_IPV4_ROUTER_ADD), 1);
	zassert_true(net_if_ipv4_router_rm(router));
	zassert_false(net_if_ipv4_router_rm(router));
	zassert_equal(events_count(NET_EVENT_IPV4_ROUTER_DEL), 1);
}

ZTEST(doc_addr, test_ipv4_group)
{
	struct in_addr group = FOUR(239, 1, 2, 3);
	struct net_if_mcast_addr *maddr;

	events_listen(FOUR_EVENTS);
	maddr = net_if_ipv4_maddr_add(plain.iface, &group);
	zassert_not_null(maddr);
	zassert_equal(events_count(NET_EVENT_IPV4_MADDR_ADD), 1);
	net_if_ipv4_maddr_join(plain.iface, maddr);
	zassert_true(maddr->is_joined);
	net_if_ipv4_maddr_leave(plain.iface, maddr);
	zassert_true(net_if_ipv4_maddr_rm(plain.iface, &group));
	zassert_equal(events_count(NET_EVENT_IPV4_MADDR_DEL), 1);
}

static int seen;

static void see(struct net_if *iface, struct net_if_addr *addr, void *user_data)
{
	zassert_equal_ptr(iface, other.iface);
	zassert_not_null(addr);
	zassert_equal_ptr(user_data, &seen);
	seen++;
}

ZTEST(doc_addr, test_going_through_addresses)
{
	struct in6_addr six = DOC(7);
	struct in_addr four = FOUR(198, 51, 100, 1);
	int before_it;

	seen = 0;
	net_if_ipv6_addr_foreach(other.iface, see, &seen);
	before_it = seen;
	zassert_not_null(net_if_ipv6_addr_add(other.iface, &six, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv4_addr_add(other.iface, &four, NET_ADDR_MANUAL, 0));
	seen = 0;
	net_if_ipv6_addr_foreach(other.iface, see, &seen);
	zassert_equal(seen, before_it + 1);
	seen = 0;
	net_if_ipv4_addr_foreach(other.iface, see, &seen);
	zassert_equal(seen, 1);
	zassert_true(net_if_ipv6_addr_rm(other.iface, &six));
	zassert_true(net_if_ipv4_addr_rm(other.iface, &four));
}

ZTEST(doc_addr, test_tables_end)
{
	struct in6_addr six = DOC(0x40);
	struct in_addr four = FOUR(198, 51, 100, 1);
	int n = 0;

	for (; n < 20; n++) {
		six.s6_addr[15] = 0x40 + n;
		if (net_if_ipv6_addr_add(other.iface, &six, NET_ADDR_MANUAL, 0) == NULL) {
			break;
		}
	}
	zassert_true(n > 0 && n <= CONFIG_NET_IF_UNICAST_IPV6_ADDR_COUNT + 1, "%d", n);
	for (int i = 0; i < n; i++) {
		six.s6_addr[15] = 0x40 + i;
		zassert_true(net_if_ipv6_addr_rm(other.iface, &six));
	}
	for (n = 0; n < 20; n++) {
		four.s4_addr[3] = n;
		if (net_if_ipv4_addr_add(other.iface, &four, NET_ADDR_MANUAL, 0) == NULL) {
			break;
		}
	}
	zassert_equal(n, CONFIG_NET_IF_UNICAST_IPV4_ADDR_COUNT);
	for (int i = 0; i < n; i++) {
		four.s4_addr[3] = i;
		zassert_true(net_if_ipv4_addr_rm(other.iface, &four));
	}
}
