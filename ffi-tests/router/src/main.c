// SPDX-License-Identifier: Apache-2.0
/*
 * Routes added, found, told of and forgotten; groups that go on by several interfaces.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/ztest.h>

#include "pmtu.h"
#include "route.h"

static int drop(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	net_pkt_unref(pkt);
	return 0;
}

static void init(struct net_if *iface)
{
	static uint8_t mac[2][6] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}};
	static int count;

	net_if_set_link_addr(iface, mac[count], sizeof(mac[0]), NET_LINK_DUMMY);
	count = 1;
}

static struct dummy_api api = {.iface_api.init = init, .send = drop};

NET_DEVICE_INIT(left, "left", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &api,
		DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1500);
NET_DEVICE_INIT(right, "right", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &api,
		DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1500);

#define LEFT  net_if_lookup_by_dev(DEVICE_GET(left))
#define RIGHT net_if_lookup_by_dev(DEVICE_GET(right))

/* 2001:db8:<net>::<host> */
static struct in6_addr address(uint16_t net, uint8_t host)
{
	struct in6_addr addr = {{{0x20, 0x01, 0x0d, 0xb8, net >> 8, net & 0xff}}};

	addr.s6_addr[15] = host;
	return addr;
}

static struct in6_addr neighbour(uint8_t host)
{
	struct in6_addr addr = {{{0xfe, 0x80}}};

	addr.s6_addr[15] = host;
	return addr;
}

static struct net_event_ipv6_route told;
static int added, removed;
static struct net_mgmt_event_callback on_route;

static void note(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	zassert_equal(iface, LEFT);
	zassert_equal(cb->info_length, sizeof(told));
	memcpy(&told, cb->info, sizeof(told));
	added += event == NET_EVENT_IPV6_ROUTE_ADD;
	removed += event == NET_EVENT_IPV6_ROUTE_DEL;
}

static void *setup(void)
{
	struct in6_addr own[] = {address(1, 1), address(2, 1)};

	zassert_not_null(net_if_ipv6_addr_add(LEFT, &own[0], NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv6_addr_add(RIGHT, &own[1], NET_ADDR_MANUAL, 0));
	net_if_flag_set(RIGHT, NET_IF_FORWARD_MULTICASTS);
	net_mgmt_init_event_callback(&on_route, note,
				     NET_EVENT_IPV6_ROUTE_ADD | NET_EVENT_IPV6_ROUTE_DEL);
	net_mgmt_add_event_callback(&on_route);
	return NULL;
}

static void forget(struct net_route_entry *entry, void *data)
{
	ARG_UNUSED(data);
	zassert_ok(net_route_del(entry));
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	net_route_foreach(forget, NULL);
	k_msleep(10);
	added = removed = 0;
}

ZTEST_SUITE(router, NULL, setup, before, NULL, NULL);

static struct net_route_entry *add(uint16_t net, uint8_t len, uint8_t via, uint32_t seconds)
{
	struct in6_addr prefix = address(net, 0), hop = neighbour(via);

	return net_route_add(LEFT, &prefix, len, &hop, seconds, NET_ROUTE_PREFERENCE_MEDIUM);
}

ZTEST(router, test_longest_prefix)
{
	struct in6_addr dst = address(0x1234, 9), other = address(0x2234, 9), *hop;
	struct in6_addr want = neighbour(3);
	struct net_route_entry *wide, *narrow, *route;

	wide = add(0x1000, 36, 2, NET_IPV6_ND_INFINITE_LIFETIME);
	narrow = add(0x1200, 40, 3, 100);
	zassert_not_null(wide);
	zassert_not_null(narrow);
	zassert_equal_ptr(net_route_lookup(NULL, &dst), narrow);
	zassert_equal_ptr(net_route_lookup(LEFT, &dst), narrow);
	zassert_is_null(net_route_lookup(RIGHT, &dst));
	zassert_is_null(net_route_lookup(NULL, &other));

	zassert_equal(narrow->prefix_len, 40);
	zassert_equal_ptr(narrow->iface, LEFT);
	zassert_false(narrow->is_infinite);
	zassert_true(wide->is_infinite);
	zassert_mem_equal(net_route_get_nexthop(narrow), &want, sizeof(want));

	zassert_true(net_route_get_info(NULL, &dst, &route, &hop));
	zassert_equal_ptr(route, narrow);
	zassert_mem_equal(hop, &want, sizeof(want));
	zassert_false(net_route_get_info(NULL, &other, &route, &hop));

	zassert_ok(net_route_del(narrow));
	zassert_equal(net_route_del(narrow), -ENOENT);
	zassert_equal(net_route_del(NULL), -EINVAL);
	zassert_equal_ptr(net_route_lookup(NULL, &dst), wide);
}

ZTEST(router, test_events)
{
	struct in6_addr hop = neighbour(2), prefix = address(0x1000, 0);
	struct net_route_entry *route = add(0x1000, 36, 2, 60);

	k_msleep(10);
	zassert_equal(added, 1);
	zassert_mem_equal(&told.nexthop, &hop, sizeof(hop));
	zassert_mem_equal(&told.addr, &prefix, sizeof(prefix));
	zassert_equal(told.prefix_len, 36);
	zassert_equal_ptr(add(0x1000, 36, 2, 90), route, "brought up to date");
	k_msleep(10);
	zassert_equal(added, 1);
	net_route_update_lifetime(route, 1);
	k_msleep(1100);
	zassert_equal(removed, 1, "its time is over");
	zassert_equal(net_route_foreach(NULL, NULL), 0);
}

ZTEST(router, test_another_neighbour)
{
	struct in6_addr prefix = address(7, 0), hop = neighbour(9), old = neighbour(2);

	zassert_not_null(net_route_add(LEFT, &prefix, 48, &old, 60, NET_ROUTE_PREFERENCE_HIGH));
	zassert_is_null(net_route_add(LEFT, &prefix, 48, &hop, 60, NET_ROUTE_PREFERENCE_LOW),
			"one preferred less does not take its place");
	zassert_not_null(net_route_add(LEFT, &prefix, 48, &hop, 60, NET_ROUTE_PREFERENCE_HIGH));
	zassert_equal(net_route_foreach(NULL, NULL), 1);
	zassert_not_null(add(8, 48, 9, 60));
	zassert_equal(net_route_del_by_nexthop(LEFT, &old), -ENOENT);
	zassert_equal(net_route_del_by_nexthop(LEFT, &hop), 2);
}

ZTEST(router, test_full_table)
{
	struct in6_addr first = address(100, 1);

	for (int i = 0; i < CONFIG_NET_MAX_ROUTES + 1; i++) {
		zassert_not_null(add(100 + i, 48, 2, NET_IPV6_ND_INFINITE_LIFETIME));
	}
	zassert_equal(net_route_foreach(NULL, NULL), CONFIG_NET_MAX_ROUTES);
	zassert_is_null(net_route_lookup(NULL, &first), "the oldest gave way");
}

static void count(struct net_route_entry_mcast *entry, void *data)
{
	zassert_true(entry->is_used);
	++*(int *)data;
}

ZTEST(router, test_groups)
{
	struct in6_addr group = {{{0xff, 0x05}}}, one = group, other = {{{0xff, 0x08}}};
	struct net_route_entry_mcast *entry;
	int shown = 0;

	one.s6_addr[15] = 7;
	zassert_is_null(net_route_mcast_add(LEFT, &group, 16), "not to forward");
	entry = net_route_mcast_add(RIGHT, &group, 16);
	zassert_not_null(entry);
	zassert_equal_ptr(entry->ifaces[0], RIGHT);
	zassert_is_null(entry->ifaces[1]);
	zassert_equal(entry->prefix_len, 16);
	zassert_equal_ptr(net_route_mcast_lookup(&one), entry);
	zassert_is_null(net_route_mcast_lookup(&other));
	zassert_is_null(net_route_mcast_add(RIGHT, &(struct in6_addr){{{0xfe, 0x80}}}, 64));

	zassert_false(net_route_mcast_iface_add(entry, LEFT));
	net_if_flag_set(LEFT, NET_IF_FORWARD_MULTICASTS);
	zassert_true(net_route_mcast_iface_add(entry, LEFT));
	zassert_equal_ptr(entry->ifaces[1], LEFT);
	zassert_true(net_route_mcast_iface_del(entry, RIGHT));
	zassert_false(net_route_mcast_iface_del(entry, RIGHT));
	zassert_equal_ptr(entry->ifaces[0], LEFT);
	net_if_flag_clear(LEFT, NET_IF_FORWARD_MULTICASTS);

	zassert_equal(net_route_mcast_foreach(count, NULL, &shown), 1);
	zassert_equal(net_route_mcast_foreach(count, &group, &shown), 0);
	zassert_equal(shown, 1);
	zassert_true(net_route_mcast_del(entry));
	zassert_false(entry->is_used);
	zassert_false(net_route_mcast_del(entry));
}

static struct net_event_ipv6_pmtu_info pmtu;
static int pmtu_told;

static void note_pmtu(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(event);
	ARG_UNUSED(iface);
	zassert_equal(cb->info_length, sizeof(pmtu));
	memcpy(&pmtu, cb->info, sizeof(pmtu));
	pmtu_told++;
}

static void look(struct net_pmtu_entry *entry, void *data)
{
	zassert_true(entry->in_use);
	*(int *)data += entry->mtu;
}

ZTEST(router, test_path_mtu)
{
	static struct net_mgmt_event_callback on_pmtu;
	struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_addr = address(1, 9)};
	struct sockaddr_in6 also = {.sin6_family = AF_INET6, .sin6_addr = address(1, 8)};
	struct sockaddr *dst = (struct sockaddr *)&to, *other = (struct sockaddr *)&also;
	struct net_pmtu_entry *entry;
	int sum = 0;

	net_mgmt_init_event_callback(&on_pmtu, note_pmtu, NET_EVENT_IPV6_PMTU_CHANGED);
	net_mgmt_add_event_callback(&on_pmtu);
	zassert_is_null(net_pmtu_get_entry(dst));
	zassert_equal(net_pmtu_get_mtu(dst), -ENOENT);
	zassert_equal(net_pmtu_update_mtu(dst, 1279), -EINVAL);
	zassert_equal(net_pmtu_update_mtu(dst, 1400), 0);
	k_msleep(10);
	zassert_equal(pmtu_told, 1);
	zassert_equal(pmtu.mtu, 1400);
	zassert_mem_equal(&pmtu.dst, &to.sin6_addr, sizeof(pmtu.dst));

	entry = net_pmtu_get_entry(dst);
	zassert_not_null(entry);
	zassert_equal(entry->mtu, 1400);
	zassert_mem_equal(&entry->dst.in6_addr, &to.sin6_addr, sizeof(pmtu.dst));
	zassert_equal(net_pmtu_update_entry(entry, 1300), 1400);
	zassert_equal(net_pmtu_get_mtu(dst), 1300);
	zassert_equal(net_pmtu_update_mtu(other, 1280), 0);
	zassert_equal(net_pmtu_foreach(look, &sum), 2);
	zassert_equal(sum, 1300 + 1280);
	net_mgmt_del_event_callback(&on_pmtu);
}
