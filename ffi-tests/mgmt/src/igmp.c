// SPDX-License-Identifier: Apache-2.0
/*
 * Groups joined by hand, and who is told.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/igmp.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/ztest.h>

#define IFACE net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY))

static const struct in_addr group = {{{239, 1, 2, 3}}};
static const struct in_addr host = {{{192, 0, 2, 9}}};
static size_t joins, leaves;

static void count(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(iface);
	joins += event == NET_EVENT_IPV4_MCAST_JOIN;
	leaves += event == NET_EVENT_IPV4_MCAST_LEAVE;
}

static struct net_mgmt_event_callback on_group;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	joins = leaves = 0;
	net_mgmt_init_event_callback(&on_group, count,
				     NET_EVENT_IPV4_MCAST_JOIN | NET_EVENT_IPV4_MCAST_LEAVE);
	net_mgmt_add_event_callback(&on_group);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_mgmt_del_event_callback(&on_group);
	(void)net_ipv4_igmp_leave(IFACE, &group);
}

ZTEST_SUITE(igmp, NULL, NULL, before, after, NULL);

ZTEST(igmp, test_join_and_leave_are_told_once)
{
	zassert_ok(net_ipv4_igmp_join(IFACE, &group, NULL));
	zassert_equal(net_ipv4_igmp_join(IFACE, &group, NULL), -EALREADY);
	zassert_not_null(net_if_ipv4_maddr_lookup(&group, NULL));
	zassert_ok(net_ipv4_igmp_leave(IFACE, &group));
	zassert_equal(net_ipv4_igmp_leave(IFACE, &group), -ENOENT);
	zassert_is_null(net_if_ipv4_maddr_lookup(&group, NULL));
	k_sleep(K_MSEC(1));
	zassert_equal(joins, 1);
	zassert_equal(leaves, 1);
}

ZTEST(igmp, test_what_can_not_be_joined)
{
	struct in_addr sources[3] = {host, host, host};
	struct igmp_param many = {.source_list = sources, .sources_len = 3, .include = true};
	struct igmp_param none = {.source_list = NULL, .sources_len = 1, .include = true};

	zassert_equal(net_ipv4_igmp_join(IFACE, &host, NULL), -EINVAL);
	zassert_equal(net_ipv4_igmp_join(NULL, &group, NULL), -EINVAL);
	zassert_equal(net_ipv4_igmp_join(IFACE, NULL, NULL), -EINVAL);
	zassert_equal(net_ipv4_igmp_join(IFACE, &group, &many), -ENOMEM);
	zassert_equal(net_ipv4_igmp_join(IFACE, &group, &none), -EFAULT);
	many.sources_len = 2;
	zassert_ok(net_ipv4_igmp_join(IFACE, &group, &many));
}
