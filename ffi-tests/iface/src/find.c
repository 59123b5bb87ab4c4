// SPDX-License-Identifier: Apache-2.0
/*
 * Finding interfaces and asking about them.
 */

#include "wire.h"

ZTEST_SUITE(find, NULL, NULL, wire_reset, NULL, NULL);

ZTEST(find, test_all_are_there_in_the_order_of_the_section)
{
	int count;

	NET_IFACE_COUNT(&count);
	zassert_equal(count, 6, "two of Ethernet, two pipes, a tagged link, loopback");
	zassert_equal(net_if_get_by_iface(ETH_IFACE), 1);
	zassert_equal(net_if_get_by_iface(SPARE_IFACE), 2);
	zassert_equal(net_if_get_by_iface(PIPE0_IFACE), 3);
	zassert_equal(net_if_get_by_iface(PIPE1_IFACE), 4);
}

ZTEST(find, test_each_interface_function_ran_once)
{
	zassert_equal(eth.inits, 1);
	zassert_equal(spare.inits, 1);
	zassert_equal(pipe1.inits, 1);
}

ZTEST(find, test_by_index)
{
	zassert_equal_ptr(net_if_get_by_index(1), ETH_IFACE);
	zassert_equal_ptr(net_if_get_by_index(4), PIPE1_IFACE);
	zassert_is_null(net_if_get_by_index(0));
	zassert_is_null(net_if_get_by_index(7));
	zassert_is_null(net_if_get_by_index(-1));
	zassert_is_null(net_if_get_by_index(257), "no wrap to 1");
}

ZTEST(find, test_a_stranger_has_no_index)
{
	struct net_if stranger = *ETH_IFACE;

	zassert_equal(net_if_get_by_iface(NULL), -1);
	zassert_equal(net_if_get_by_iface(&stranger), -1);
}

ZTEST(find, test_by_device)
{
	zassert_equal_ptr(net_if_lookup_by_dev(device_get_binding("a_eth")), ETH_IFACE);
	zassert_equal_ptr(net_if_lookup_by_dev(device_get_binding("d_pipe1")), PIPE1_IFACE);
	zassert_is_null(net_if_lookup_by_dev(NULL));
}

ZTEST(find, test_by_link_layer)
{
	zassert_equal_ptr(net_if_get_first_by_type(&NET_L2_GET_NAME(ETHERNET)), ETH_IFACE);
	zassert_equal_ptr(net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY)), PIPE0_IFACE);
	zassert_is_null(net_if_get_first_by_type(NULL));
}

ZTEST(find, test_by_link_address)
{
	struct net_linkaddr addr;

	zassert_ok(net_linkaddr_create(&addr, eth_mac, 6, NET_LINK_ETHERNET));
	zassert_equal_ptr(net_if_get_by_link_addr(&addr), ETH_IFACE);
	addr.addr[5] = 0x03;
	zassert_equal_ptr(net_if_get_by_link_addr(&addr), SPARE_IFACE);
	addr.addr[5] = 0x77;
	zassert_is_null(net_if_get_by_link_addr(&addr));
	zassert_is_null(net_if_get_by_link_addr(NULL));
}

ZTEST(find, test_first_that_is_up)
{
	zassert_equal_ptr(net_if_get_first_up(), ETH_IFACE);
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_equal_ptr(net_if_get_first_up(), PIPE0_IFACE, "the spare one is down");
}

ZTEST(find, test_default)
{
	zassert_equal_ptr(net_if_get_default(), ETH_IFACE);
	net_if_set_default(PIPE1_IFACE);
	zassert_equal_ptr(net_if_get_default(), PIPE1_IFACE);
	net_if_set_default(NULL);
	zassert_equal_ptr(net_if_get_default(), ETH_IFACE);
}

static void visit(struct net_if *iface, void *user_data)
{
	int *seen = user_data;

	/* A callback may call what it likes. */
	zassert_equal_ptr(net_if_get_by_index(net_if_get_by_iface(iface)), iface);
	*seen = *seen * 10 + net_if_get_by_iface(iface);
}

ZTEST(find, test_foreach_visits_each_in_order)
{
	int seen = 0;

	net_if_foreach(visit, &seen);
	zassert_equal(seen, 123456);
	net_if_foreach(NULL, NULL);
}

ZTEST(find, test_names)
{
	char name[16];

	zassert_equal(net_if_get_name(ETH_IFACE, name, sizeof(name)), 4);
	zassert_str_equal(name, "eth0");
	zassert_equal(net_if_get_name(PIPE1_IFACE, name, sizeof(name)), 6);
	zassert_str_equal(name, "dummy1");
	zassert_equal(net_if_get_by_name("eth1"), 2);
	zassert_equal(net_if_get_by_name("lo"), 6);
	zassert_equal(net_if_get_by_name("net0"), 5);
	zassert_equal(net_if_get_by_name("none"), -ENOENT);
	zassert_equal(net_if_get_by_name(""), -ENOENT);
	zassert_equal(net_if_get_by_name(NULL), -EINVAL);
}

ZTEST(find, test_names_have_limits)
{
	char name[16];

	zassert_equal(net_if_get_name(ETH_IFACE, name, 4), -ERANGE, "no room for the end");
	zassert_equal(net_if_get_name(ETH_IFACE, name, 5), 4);
	zassert_equal(net_if_get_name(NULL, name, sizeof(name)), -EINVAL);
	zassert_equal(net_if_get_name(ETH_IFACE, NULL, 5), -EINVAL);
	zassert_equal(net_if_get_name(ETH_IFACE, name, -1), -EINVAL);
	zassert_equal(net_if_set_name(ETH_IFACE, "ninebytes"), -ENAMETOOLONG);
	zassert_equal(net_if_set_name(ETH_IFACE, NULL), -EINVAL);
	zassert_ok(net_if_set_name(ETH_IFACE, "eightbyt"));
	zassert_equal(net_if_get_by_name("eightbyt"), 1);
	zassert_ok(net_if_set_name(ETH_IFACE, "eth0"));
}

ZTEST(find, test_parts)
{
	zassert_equal(net_if_get_mtu(ETH_IFACE), NET_ETH_MTU);
	zassert_equal(net_if_get_mtu(SPARE_IFACE), 1000);
	net_if_set_mtu(SPARE_IFACE, 900);
	zassert_equal(net_if_get_mtu(SPARE_IFACE), 900);
	net_if_set_mtu(SPARE_IFACE, 1000);
	zassert_equal_ptr(net_if_l2(ETH_IFACE), &NET_L2_GET_NAME(ETHERNET));
	zassert_equal_ptr(net_if_get_device(ETH_IFACE)->data, &eth);
	zassert_equal_ptr(net_if_get_config(ETH_IFACE), net_if_config_get(ETH_IFACE));
	zassert_equal_ptr(((struct ethernet_context *)net_if_l2_data(ETH_IFACE))->iface, ETH_IFACE);
	zassert_false(net_if_is_offloaded(ETH_IFACE));
	zassert_false(net_if_is_ip_offloaded(ETH_IFACE));
	zassert_false(net_if_is_wifi(ETH_IFACE));
	zassert_is_null(net_if_get_first_wifi());
}

ZTEST(find, test_no_interface_is_no_reason_to_crash)
{
	zassert_is_null(net_if_l2(NULL));
	zassert_is_null(net_if_get_device(NULL));
	zassert_is_null(net_if_get_link_addr(NULL));
	zassert_is_null(net_if_get_config(NULL));
	zassert_equal(net_if_get_mtu(NULL), 0);
	zassert_false(net_if_is_up(NULL));
	zassert_equal(net_if_oper_state(NULL), NET_IF_OPER_UNKNOWN);
	zassert_equal(net_if_up(NULL), -EINVAL);
	zassert_equal(net_if_down(NULL), -EINVAL);
	net_if_carrier_on(NULL);
	net_if_dormant_on(NULL);
	net_eth_carrier_off(NULL);
	net_if_lock(NULL);
	net_if_unlock(NULL);
}
