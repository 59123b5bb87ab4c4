// SPDX-License-Identifier: Apache-2.0
/*
 * Groups joined by hand, and who is told.
 */

#include "link.h"

#include <string.h>

#include <zephyr/net/mld.h>

#define REPORT_V2 143

static const struct in6_addr group = {{{0xff, 0x05, [14] = 0x12, 0x34}}};
static const struct in6_addr host = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 9}}};

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_ipv6_mld_leave(link_iface(), &group);
}

ZTEST_SUITE(mld, NULL, NULL, link_fresh, after, NULL);

ZTEST(mld, test_join_and_leave_are_told)
{
	const uint8_t *report = NULL;

	zassert_ok(net_ipv6_mld_join(link_iface(), &group));
	zassert_equal(net_ipv6_mld_join(link_iface(), &group), -EALREADY);
	zassert_not_null(net_if_ipv6_maddr_lookup(&group, NULL));
	k_sleep(K_SECONDS(5));
	zassert_equal(link_sent(REPORT_V2, &report), 2, "robust against one loss");
	zassert_equal(report[8], 4, "a change to the mode that excludes nobody");
	zassert_mem_equal(&report[12], &group, 16);

	zassert_ok(net_ipv6_mld_leave(link_iface(), &group));
	zassert_equal(net_ipv6_mld_leave(link_iface(), &group), -ENOENT);
	zassert_is_null(net_if_ipv6_maddr_lookup(&group, NULL));
	k_sleep(K_SECONDS(5));
	zassert_equal(link_sent(REPORT_V2, &report), 4);
	zassert_equal(report[8], 3, "a change to the mode that includes nobody");

	zassert_equal(link_heard(NET_EVENT_IPV6_MADDR_ADD), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_MCAST_JOIN), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_MADDR_DEL), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_MCAST_LEAVE), 1);
}

ZTEST(mld, test_the_driver_gets_the_filter)
{
	static const uint8_t mac[] = {0x33, 0x33, 0, 0, 0x12, 0x34};

	zassert_ok(net_ipv6_mld_join(link_iface(), &group));
	zassert_equal(wire.filters, 1);
	zassert_true(wire.filter.set);
	zassert_mem_equal(wire.filter.mac_address.addr, mac, sizeof(mac));
	zassert_ok(net_ipv6_mld_leave(link_iface(), &group));
	zassert_equal(wire.filters, 2);
	zassert_false(wire.filter.set);
}

ZTEST(mld, test_what_can_not_be_joined)
{
	zassert_equal(net_ipv6_mld_join(link_iface(), &host), -EINVAL);
	zassert_equal(net_ipv6_mld_join(NULL, &group), -EINVAL);
	zassert_equal(net_ipv6_mld_join(link_iface(), NULL), -EINVAL);
	zassert_equal(net_ipv6_mld_leave(NULL, &group), -EINVAL);
}

ZTEST(mld, test_groups_joined_while_down_are_told_later)
{
	const uint8_t *report = NULL;

	zassert_ok(net_if_down(link_iface()));
	k_sleep(K_MSEC(10));
	zassert_ok(net_ipv6_mld_join(link_iface(), &group));
	k_sleep(K_SECONDS(2));
	zassert_equal(link_sent(REPORT_V2, NULL), 0);
	zassert_ok(net_if_up(link_iface()));
	k_sleep(K_MSEC(10));
	zassert_true(link_sent(REPORT_V2, &report) > 0);
}
