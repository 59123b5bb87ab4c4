// SPDX-License-Identifier: Apache-2.0
/*
 * Multicast groups, and who watches them.
 */

#include "wire.h"

#include <zephyr/net/socket.h>

static const struct in_addr group = {{{239, 1, 2, 3}}};

static struct {
	int calls;
	bool joined;
	struct net_if *iface;
	struct in_addr addr;
} seen;

static struct net_if_mcast_monitor monitor, other;

static void watch(struct net_if *iface, const struct net_addr *addr, bool is_joined)
{
	seen.calls++;
	seen.joined = is_joined;
	seen.iface = iface;
	seen.addr = addr->in_addr;
}

static void before(void *fixture)
{
	wire_reset(fixture);
	memset(&seen, 0, sizeof(seen));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_if_mcast_mon_unregister(&monitor);
	net_if_mcast_mon_unregister(&other);
}

ZTEST_SUITE(mcast, NULL, NULL, before, after, NULL);

ZTEST(mcast, test_groups_are_added_joined_and_left)
{
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);
	struct net_if *iface = NULL;

	zassert_not_null(slot);
	zassert_false(net_if_ipv4_maddr_is_joined(slot));
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_true(net_if_ipv4_maddr_is_joined(slot));
	zassert_equal_ptr(net_if_ipv4_maddr_lookup(&group, &iface), slot);
	zassert_equal_ptr(iface, ETH_IFACE);
	net_if_ipv4_maddr_leave(ETH_IFACE, slot);
	zassert_false(net_if_ipv4_maddr_is_joined(slot));
	zassert_true(net_if_ipv4_maddr_rm(ETH_IFACE, &group));
	zassert_false(net_if_ipv4_maddr_rm(ETH_IFACE, &group));
	zassert_is_null(net_if_ipv4_maddr_lookup(&group, NULL));
}

ZTEST(mcast, test_what_is_no_group_is_refused)
{
	zassert_is_null(net_if_ipv4_maddr_add(ETH_IFACE, &eth_peer));
	zassert_is_null(net_if_ipv4_maddr_add(ETH_IFACE, NULL));
	zassert_is_null(net_if_ipv4_maddr_add(NULL, &group));
	zassert_not_null(net_if_ipv4_maddr_add(ETH_IFACE, &group));
	zassert_is_null(net_if_ipv4_maddr_add(ETH_IFACE, &group), "it is there already");
	zassert_not_null(net_if_ipv4_maddr_add(ETH_IFACE, &ADDR4(239, 0, 0, 1)));
	zassert_is_null(net_if_ipv4_maddr_add(ETH_IFACE, &ADDR4(239, 0, 0, 2)), "full");
	zassert_false(net_if_ipv4_maddr_is_joined(NULL));
}

static void count(struct net_if *iface, struct net_if_mcast_addr *addr, void *user_data)
{
	zassert_equal_ptr(iface, ETH_IFACE);
	*(int *)user_data += addr->address.in_addr.s4_addr[3];
}

ZTEST(mcast, test_foreach_visits_each_group)
{
	int sum = 0;

	net_if_ipv4_maddr_add(ETH_IFACE, &group);
	net_if_ipv4_maddr_add(ETH_IFACE, &ADDR4(239, 0, 0, 20));
	net_if_ipv4_maddr_foreach(ETH_IFACE, count, &sum);
	zassert_equal(sum, 23);
}

ZTEST(mcast, test_monitors_are_told)
{
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);

	net_if_mcast_mon_register(&monitor, NULL, watch);
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(seen.calls, 1);
	zassert_true(seen.joined);
	zassert_equal_ptr(seen.iface, ETH_IFACE);
	zassert_true(net_ipv4_addr_cmp(&seen.addr, &group));
	net_if_ipv4_maddr_leave(ETH_IFACE, slot);
	zassert_equal(seen.calls, 2);
	zassert_false(seen.joined);
	net_if_mcast_mon_unregister(&monitor);
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(seen.calls, 2);
}

ZTEST(mcast, test_a_monitor_may_watch_one_interface)
{
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);

	net_if_mcast_mon_register(&monitor, PIPE0_IFACE, watch);
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(seen.calls, 0);
	net_if_mcast_monitor(PIPE0_IFACE, &slot->address, true);
	zassert_equal(seen.calls, 1);
}

static void leave_the_list(struct net_if *iface, const struct net_addr *addr, bool is_joined)
{
	watch(iface, addr, is_joined);
	net_if_mcast_mon_unregister(&monitor);
	net_if_mcast_mon_unregister(&other);
}

ZTEST(mcast, test_a_monitor_may_end_registrations)
{
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);

	net_if_mcast_mon_register(&monitor, NULL, leave_the_list);
	net_if_mcast_mon_register(&other, NULL, leave_the_list);
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(seen.calls, 1, "the other one was gone by then");
}

ZTEST(mcast, test_registering_twice_is_registering_once)
{
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);

	net_if_mcast_mon_register(&monitor, NULL, watch);
	net_if_mcast_mon_register(&monitor, NULL, watch);
	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(seen.calls, 1);
}

ZTEST(mcast, test_an_address_filter_follows)
{
	static const uint8_t mac[] = {0x01, 0x00, 0x5e, 0x01, 0x02, 0x03};
	struct net_if_mcast_addr *slot = net_if_ipv4_maddr_add(ETH_IFACE, &group);

	net_if_ipv4_maddr_join(ETH_IFACE, slot);
	zassert_equal(eth.configs, 1);
	zassert_equal(eth.config_type, ETHERNET_CONFIG_TYPE_FILTER);
	zassert_true(eth.config.filter.set);
	zassert_equal(eth.config.filter.type, ETHERNET_FILTER_TYPE_DST_MAC_ADDRESS);
	zassert_mem_equal(eth.config.filter.mac_address.addr, mac, sizeof(mac));
	net_if_ipv4_maddr_leave(ETH_IFACE, slot);
	zassert_equal(eth.configs, 2);
	zassert_false(eth.config.filter.set);
}

ZTEST(mcast, test_sockets_that_join_and_leave_are_watched)
{
	struct ip_mreqn request = {.imr_multiaddr = group};
	int fds[] = {zsock_socket(AF_INET, SOCK_DGRAM, 0), zsock_socket(AF_INET, SOCK_DGRAM, 0)};

	request.imr_ifindex = net_if_get_by_iface(ETH_IFACE);
	net_if_mcast_mon_register(&monitor, ETH_IFACE, watch);
	for (int i = 0; i < 2; i++) {
		zassert_true(fds[i] >= 0);
		zassert_ok(zsock_setsockopt(fds[i], IPPROTO_IP, IP_ADD_MEMBERSHIP, &request,
					    sizeof(request)));
	}
	zassert_equal(seen.calls, 1, "the first one joins");
	zassert_true(seen.joined);
	zassert_equal_ptr(seen.iface, ETH_IFACE);
	zassert_mem_equal(&seen.addr, &group, sizeof(group));
	zassert_ok(zsock_close(fds[0]));
	zassert_equal(seen.calls, 1);
	zassert_ok(zsock_setsockopt(fds[1], IPPROTO_IP, IP_DROP_MEMBERSHIP, &request,
				    sizeof(request)));
	zassert_equal(seen.calls, 2, "the last one leaves");
	zassert_false(seen.joined);
	zassert_ok(zsock_close(fds[1]));
}
