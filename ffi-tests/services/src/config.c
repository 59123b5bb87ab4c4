// SPDX-License-Identifier: Apache-2.0
/*
 * Addresses from Kconfig, and what is waited for.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/net_config.h>
#include <zephyr/net/net_if.h>
#include <zephyr/ztest.h>

#include "cable.h"

static struct in_addr own4, gateway;
static struct in6_addr own6;

static void *setup(void)
{
	zassert_ok(net_addr_pton(AF_INET, CONFIG_NET_CONFIG_MY_IPV4_ADDR, &own4));
	zassert_ok(net_addr_pton(AF_INET, CONFIG_NET_CONFIG_MY_IPV4_GW, &gateway));
	zassert_ok(net_addr_pton(AF_INET6, CONFIG_NET_CONFIG_MY_IPV6_ADDR, &own6));
	return NULL;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_ipv4_addr_rm(CABLE, &own4);
	(void)net_if_ipv6_addr_rm(CABLE, &own6);
	(void)net_if_up(CABLE);
}

ZTEST_SUITE(net_config, NULL, setup, NULL, after, NULL);

ZTEST(net_config, test_addresses_are_set)
{
	zassert_ok(net_config_init_by_iface(CABLE, "Testing",
					    NET_CONFIG_NEED_IPV4 | NET_CONFIG_NEED_IPV6, 2000));
	zassert_not_null(net_if_ipv4_addr_lookup(&own4, NULL));
	zassert_equal(net_if_ipv4_get_netmask_by_addr(CABLE, &own4).s_addr, htonl(0xffff0000));
	zassert_equal(net_if_ipv4_get_gw(CABLE).s_addr, gateway.s_addr);
	zassert_not_null(net_if_ipv6_addr_lookup(&own6, NULL));
	zassert_not_null(net_if_ipv6_prefix_lookup(CABLE, &own6, 64));
}

ZTEST(net_config, test_by_device)
{
	zassert_ok(net_config_init_app(net_if_get_device(CABLE), NULL));
	zassert_not_null(net_if_ipv4_addr_lookup(&own4, NULL));
	zassert_equal(net_config_init_app((const struct device *)&own4, NULL), -ENODEV);
}

ZTEST(net_config, test_a_link_that_does_not_come_up)
{
	int64_t begin = k_uptime_get();

	zassert_ok(net_if_down(CABLE));
	zassert_equal(net_config_init_by_iface(CABLE, NULL, NET_CONFIG_NEED_IPV4, 500),
		      -ENETDOWN);
	zassert_between_inclusive(k_uptime_get() - begin, 500, 520);
	zassert_ok(net_config_init_by_iface(CABLE, NULL, 0, 500), "nothing is waited for");
}

ZTEST(net_config, test_a_router_that_does_not_come)
{
	struct in6_addr router = {{{0xfe, 0x80, [15] = 9}}};

	zassert_equal(net_config_init_by_iface(CABLE, NULL, NET_CONFIG_NEED_ROUTER, 500),
		      -ETIMEDOUT);
	zassert_not_null(net_if_ipv6_router_add(CABLE, &router, 100));
	zassert_ok(net_config_init_by_iface(CABLE, NULL, NET_CONFIG_NEED_ROUTER, 500));
	zassert_true(net_if_ipv6_router_rm(net_if_ipv6_router_lookup(CABLE, &router)));
}

static void plug_in(struct k_timer *timer)
{
	net_if_carrier_on((struct net_if *)k_timer_user_data_get(timer));
}

static K_TIMER_DEFINE(plug, plug_in, NULL);

ZTEST(net_config, test_for_ever_is_until_it_is_there)
{
	int64_t begin = k_uptime_get();

	net_if_carrier_off(CABLE);
	k_timer_user_data_set(&plug, CABLE);
	k_timer_start(&plug, K_SECONDS(100), K_NO_WAIT);
	zassert_ok(net_config_init_by_iface(CABLE, NULL, NET_CONFIG_NEED_IPV4, -1));
	zassert_true(k_uptime_get() - begin >= 100000);
}
