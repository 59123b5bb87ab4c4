// SPDX-License-Identifier: Apache-2.0
/*
 * IPv4 addresses, netmasks, gateways and routers of interfaces.
 */

#include "wire.h"

ZTEST_SUITE(ipv4, NULL, NULL, wire_reset, NULL, NULL);

static struct net_if_addr *add(struct net_if *iface, struct in_addr addr, enum net_addr_type type)
{
	return net_if_ipv4_addr_add(iface, &addr, type, 0);
}

static bool has(struct net_if *iface, struct in_addr addr)
{
	return net_if_ipv4_addr_lookup(&addr, &iface) != NULL;
}

ZTEST(ipv4, test_an_added_address_is_found)
{
	struct net_if *iface = NULL;
	struct net_if_addr *found = net_if_ipv4_addr_lookup(&pipe_addr, &iface);

	zassert_not_null(found);
	zassert_equal_ptr(iface, PIPE0_IFACE);
	zassert_equal(found->address.family, AF_INET);
	zassert_true(net_ipv4_addr_cmp(&found->address.in_addr, &pipe_addr));
	zassert_equal(found->addr_type, NET_ADDR_MANUAL);
	zassert_equal(found->addr_state, NET_ADDR_PREFERRED);
	zassert_equal(found->is_used, 1);
	zassert_equal(found->is_infinite, 1);
	zassert_equal(net_if_ipv4_addr_lookup_by_index(&pipe_addr), 3);
	zassert_equal(net_if_ipv4_addr_lookup_by_index(&eth_peer), 0);
}

ZTEST(ipv4, test_lookup_on_one_interface)
{
	struct net_if *iface = ETH_IFACE;

	zassert_is_null(net_if_ipv4_addr_lookup(&pipe_addr, &iface));
	zassert_equal_ptr(iface, ETH_IFACE, "left alone");
	zassert_not_null(net_if_ipv4_addr_lookup(&eth_addr, &iface));
	zassert_is_null(net_if_ipv4_addr_lookup(NULL, NULL));
}

ZTEST(ipv4, test_the_shell_shows_what_the_functions_set)
{
	struct net_if_ipv4 *ipv4 = net_if_get_config(ETH_IFACE)->ip.ipv4;

	zassert_not_null(ipv4);
	zassert_true(net_ipv4_addr_cmp(&ipv4->unicast[0].ipv4.address.in_addr, &eth_addr));
	zassert_true(net_ipv4_addr_cmp(&ipv4->unicast[0].netmask, &mask24));
	zassert_equal(ipv4->unicast[1].ipv4.is_used, 0);
	zassert_equal(ipv4->ttl, CONFIG_NET_INITIAL_TTL);
}

ZTEST(ipv4, test_the_same_address_is_added_once)
{
	struct net_if_addr *first = add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL);

	zassert_not_null(first);
	zassert_equal_ptr(add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL), first);
	zassert_true(net_if_ipv4_addr_rm(PIPE1_IFACE, &ADDR4(10, 0, 0, 1)));
	zassert_false(has(PIPE1_IFACE, ADDR4(10, 0, 0, 1)));
	zassert_false(net_if_ipv4_addr_rm(PIPE1_IFACE, &ADDR4(10, 0, 0, 1)));
}

ZTEST(ipv4, test_a_full_table_takes_no_more)
{
	zassert_not_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL));
	zassert_not_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 2), NET_ADDR_MANUAL));
	zassert_not_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 3), NET_ADDR_MANUAL));
	zassert_is_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 4), NET_ADDR_MANUAL));
	zassert_is_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 4), NET_ADDR_DHCP));
}

ZTEST(ipv4, test_an_overridable_address_gives_way_to_dhcp)
{
	zassert_not_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_OVERRIDABLE));
	zassert_not_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 2), NET_ADDR_MANUAL));
	zassert_true(has(PIPE1_IFACE, ADDR4(10, 0, 0, 1)));
	zassert_equal(add(PIPE1_IFACE, ADDR4(10, 0, 0, 3), NET_ADDR_DHCP)->addr_type,
		      NET_ADDR_DHCP);
	zassert_false(has(PIPE1_IFACE, ADDR4(10, 0, 0, 1)));
	zassert_true(has(PIPE1_IFACE, ADDR4(10, 0, 0, 2)));
}

ZTEST(ipv4, test_what_cannot_be_an_address_is_refused)
{
	zassert_is_null(add(PIPE1_IFACE, ADDR4(0, 0, 0, 0), NET_ADDR_MANUAL));
	zassert_is_null(add(PIPE1_IFACE, ADDR4(224, 0, 0, 1), NET_ADDR_MANUAL));
	zassert_is_null(add(PIPE1_IFACE, ADDR4(255, 255, 255, 255), NET_ADDR_MANUAL));
	zassert_is_null(add(NULL, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL));
	zassert_is_null(net_if_ipv4_addr_add(PIPE1_IFACE, NULL, NET_ADDR_MANUAL, 0));
}

ZTEST(ipv4, test_by_index)
{
	zassert_true(net_if_ipv4_addr_add_by_index(4, &ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL, 60));
	zassert_equal(net_if_ipv4_addr_lookup_by_index(&ADDR4(10, 0, 0, 1)), 4);
	zassert_true(net_if_ipv4_set_netmask_by_addr_by_index(4, &ADDR4(10, 0, 0, 1), &mask24));
	zassert_true(net_if_ipv4_set_gw_by_index(4, &ADDR4(10, 0, 0, 9)));
	zassert_equal(net_if_ipv4_get_gw(PIPE1_IFACE).s4_addr[3], 9);
	zassert_true(net_if_ipv4_addr_rm_by_index(4, &ADDR4(10, 0, 0, 1)));
	zassert_false(net_if_ipv4_addr_add_by_index(9, &ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL, 0));
	zassert_false(net_if_ipv4_addr_rm_by_index(9, &ADDR4(10, 0, 0, 1)));
	zassert_false(net_if_ipv4_set_gw_by_index(9, &ADDR4(10, 0, 0, 1)));
}

ZTEST(ipv4, test_a_referenced_address_stays)
{
	struct net_if_addr *addr = add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL);
	struct net_if_addr *left = NULL;

	zassert_equal_ptr(net_if_addr_ref(PIPE1_IFACE, AF_INET, &ADDR4(10, 0, 0, 1)), addr);
	zassert_false(net_if_ipv4_addr_rm(PIPE1_IFACE, &ADDR4(10, 0, 0, 1)), "still in use");
	zassert_true(has(PIPE1_IFACE, ADDR4(10, 0, 0, 1)));
	zassert_false(net_if_ipv4_addr_rm(PIPE1_IFACE, &ADDR4(10, 0, 0, 1)),
		      "not a second time on behalf of the other user");
	zassert_ok(net_if_addr_unref(PIPE1_IFACE, AF_INET, &ADDR4(10, 0, 0, 1), &left));
	zassert_is_null(left);
	zassert_false(has(PIPE1_IFACE, ADDR4(10, 0, 0, 1)));
	zassert_equal(net_if_addr_unref(PIPE1_IFACE, AF_INET, &ADDR4(10, 0, 0, 1), NULL),
		      -EINVAL);
}

ZTEST(ipv4, test_references_count)
{
	struct net_if_addr *left = NULL;

	zassert_not_null(net_if_addr_ref(ETH_IFACE, AF_INET, &eth_addr));
	zassert_equal(net_if_addr_unref(ETH_IFACE, AF_INET, &eth_addr, &left), 1);
	zassert_not_null(left);
	zassert_is_null(net_if_addr_ref(ETH_IFACE, AF_INET, &eth_peer));
	zassert_is_null(net_if_addr_ref(ETH_IFACE, AF_INET6, &eth_addr));
	zassert_is_null(net_if_addr_ref(NULL, AF_INET, &eth_addr));
}

static void count(struct net_if *iface, struct net_if_addr *addr, void *user_data)
{
	zassert_equal_ptr(iface, PIPE1_IFACE);
	*(int *)user_data += addr->address.in_addr.s4_addr[3];
}

ZTEST(ipv4, test_foreach_visits_each_address)
{
	int sum = 0;

	net_if_ipv4_addr_foreach(PIPE1_IFACE, count, &sum);
	zassert_equal(sum, 0);
	add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL);
	add(PIPE1_IFACE, ADDR4(10, 0, 0, 2), NET_ADDR_MANUAL);
	net_if_ipv4_addr_foreach(PIPE1_IFACE, count, &sum);
	zassert_equal(sum, 3);
	net_if_ipv4_addr_foreach(NULL, count, &sum);
	net_if_ipv4_addr_foreach(PIPE1_IFACE, NULL, NULL);
}

ZTEST(ipv4, test_blocks_run_out)
{
	struct net_if_ipv4 *ipv4 = NULL;

	zassert_equal(net_if_config_ipv4_get(SPARE_IFACE, &ipv4), -ENOMEM,
		      "three here and one for loopback");
	zassert_ok(net_if_config_ipv4_put(PIPE1_IFACE));
	zassert_equal(net_if_config_ipv4_put(PIPE1_IFACE), -EALREADY);
	zassert_ok(net_if_config_ipv4_get(SPARE_IFACE, &ipv4));
	zassert_equal_ptr(ipv4, net_if_get_config(SPARE_IFACE)->ip.ipv4);
	zassert_is_null(add(PIPE1_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL));
	zassert_ok(net_if_config_ipv4_put(SPARE_IFACE));
}

ZTEST(ipv4, test_an_interface_may_do_without_ipv4)
{
	net_if_flag_clear(SPARE_IFACE, NET_IF_IPV4);
	zassert_equal(net_if_config_ipv4_get(SPARE_IFACE, NULL), -ENOTSUP);
	zassert_equal(net_if_config_ipv4_put(SPARE_IFACE), -ENOTSUP);
	net_if_flag_set(SPARE_IFACE, NET_IF_IPV4);
	zassert_equal(net_if_config_ipv4_get(NULL, NULL), -EINVAL);
}

ZTEST(ipv4, test_times_to_live)
{
	zassert_equal(net_if_ipv4_get_ttl(ETH_IFACE), CONFIG_NET_INITIAL_TTL);
	zassert_equal(net_if_ipv4_get_mcast_ttl(ETH_IFACE), CONFIG_NET_INITIAL_MCAST_TTL);
	net_if_ipv4_set_ttl(ETH_IFACE, 9);
	net_if_ipv4_set_mcast_ttl(ETH_IFACE, 8);
	zassert_equal(net_if_ipv4_get_ttl(ETH_IFACE), 9);
	zassert_equal(net_if_ipv4_get_mcast_ttl(ETH_IFACE), 8);
	zassert_equal(net_if_ipv4_get_ttl(SPARE_IFACE), 0, "it has no IPv4 block");
	zassert_equal(net_if_ipv4_get_ttl(NULL), 0);
}

ZTEST(ipv4, test_netmasks_belong_to_addresses)
{
	struct in_addr wide = ADDR4(255, 255, 0, 0);

	add(ETH_IFACE, ADDR4(10, 1, 0, 1), NET_ADDR_MANUAL);
	zassert_true(net_if_ipv4_set_netmask_by_addr(ETH_IFACE, &ADDR4(10, 1, 0, 1), &wide));
	zassert_equal(net_if_ipv4_get_netmask_by_addr(ETH_IFACE, &eth_addr).s_addr, mask24.s_addr);
	zassert_equal(net_if_ipv4_get_netmask_by_addr(ETH_IFACE, &ADDR4(10, 1, 0, 1)).s_addr,
		      wide.s_addr);
	zassert_equal(net_if_ipv4_get_netmask_by_addr(ETH_IFACE, &ADDR4(10, 1, 7, 7)).s_addr,
		      wide.s_addr, "of the subnet around it");
	zassert_equal(net_if_ipv4_get_netmask_by_addr(ETH_IFACE, &pipe_addr).s_addr, 0);
	zassert_false(net_if_ipv4_set_netmask_by_addr(ETH_IFACE, &eth_peer, &wide));
}

ZTEST(ipv4, test_the_older_netmask_functions_mean_the_first_address)
{
	struct in_addr wide = ADDR4(255, 0, 0, 0);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	zassert_equal(net_if_ipv4_get_netmask(ETH_IFACE).s_addr, mask24.s_addr);
	net_if_ipv4_set_netmask(ETH_IFACE, &wide);
	zassert_equal(net_if_ipv4_get_netmask(ETH_IFACE).s_addr, wide.s_addr);
	zassert_true(net_if_ipv4_set_netmask_by_index(1, &mask24));
	zassert_equal(net_if_ipv4_get_netmask(ETH_IFACE).s_addr, mask24.s_addr);
	zassert_false(net_if_ipv4_set_netmask_by_index(2, &mask24));
#pragma GCC diagnostic pop
}

ZTEST(ipv4, test_what_is_on_the_link)
{
	zassert_true(net_if_ipv4_addr_mask_cmp(ETH_IFACE, &eth_peer));
	zassert_true(net_ipv4_addr_mask_cmp(ETH_IFACE, &eth_peer));
	zassert_false(net_if_ipv4_addr_mask_cmp(ETH_IFACE, &pipe_addr));
	zassert_false(net_if_ipv4_addr_mask_cmp(NULL, &eth_peer));
	zassert_false(net_if_ipv4_addr_mask_cmp(ETH_IFACE, NULL));
}

ZTEST(ipv4, test_broadcast_addresses)
{
	static const struct {
		struct in_addr addr;
		bool eth, any;
	} table[] = {
		{{{{255, 255, 255, 255}}}, true, true},
		{{{{192, 0, 2, 255}}}, true, true},
		{{{{198, 51, 100, 255}}}, false, true},
		{{{{192, 0, 2, 254}}}, false, false},
		{{{{192, 0, 3, 255}}}, false, false},
	};

	ARRAY_FOR_EACH_PTR(table, row) {
		zassert_equal(net_if_ipv4_is_addr_bcast(ETH_IFACE, &row->addr), row->eth);
		zassert_equal(net_ipv4_is_addr_bcast(NULL, &row->addr), row->any);
		zassert_equal(net_ipv4_is_my_addr(&row->addr), row->any);
	}
	zassert_true(net_ipv4_is_my_addr(&eth_addr));
	zassert_false(net_ipv4_is_my_addr(&eth_peer));
}

ZTEST(ipv4, test_narrow_subnets_have_no_broadcast_address)
{
	struct in_addr own = ADDR4(10, 0, 0, 0), other = ADDR4(10, 0, 0, 1);

	add(PIPE1_IFACE, own, NET_ADDR_MANUAL);
	net_if_ipv4_set_netmask_by_addr(PIPE1_IFACE, &own, &ADDR4(255, 255, 255, 254));
	zassert_false(net_if_ipv4_is_addr_bcast(PIPE1_IFACE, &other), "RFC 3021");
	net_if_ipv4_set_netmask_by_addr(PIPE1_IFACE, &own, &ADDR4(255, 255, 255, 252));
	zassert_true(net_if_ipv4_is_addr_bcast(PIPE1_IFACE, &ADDR4(10, 0, 0, 3)));
}

ZTEST(ipv4, test_the_interface_for_a_destination)
{
	struct in_addr far = ADDR4(203, 0, 113, 1);
	struct sockaddr_in dst = {.sin_family = AF_INET, .sin_addr = pipe_addr};

	zassert_equal_ptr(net_if_ipv4_select_src_iface(&eth_peer), ETH_IFACE);
	zassert_equal_ptr(net_if_ipv4_select_src_iface(&ADDR4(198, 51, 100, 9)), PIPE0_IFACE);
	zassert_equal_ptr(net_if_ipv4_select_src_iface(&far), ETH_IFACE, "the default");
	net_if_ipv4_set_gw(PIPE0_IFACE, &ADDR4(198, 51, 100, 254));
	zassert_equal_ptr(net_if_ipv4_select_src_iface(&far), PIPE0_IFACE, "it has a gateway");
	zassert_equal_ptr(net_if_ipv4_select_src_iface(NULL), ETH_IFACE);
	zassert_equal_ptr(net_if_select_src_iface((struct sockaddr *)&dst), PIPE0_IFACE);
}

ZTEST(ipv4, test_the_source_for_a_destination)
{
	const struct in_addr *src = net_if_ipv4_select_src_addr(NULL, &ADDR4(198, 51, 100, 9));

	zassert_true(net_ipv4_addr_cmp(src, &pipe_addr));
	add(ETH_IFACE, ADDR4(10, 0, 0, 1), NET_ADDR_MANUAL);
	net_if_ipv4_set_netmask_by_addr(ETH_IFACE, &ADDR4(10, 0, 0, 1), &ADDR4(255, 0, 0, 0));
	src = net_if_ipv4_select_src_addr(ETH_IFACE, &ADDR4(10, 9, 9, 9));
	zassert_equal(src->s4_addr[0], 10);
	src = net_if_ipv4_select_src_addr(ETH_IFACE, &eth_peer);
	zassert_true(net_ipv4_addr_cmp(src, &eth_addr));
	src = net_if_ipv4_select_src_addr(PIPE1_IFACE, &eth_peer);
	zassert_true(net_ipv4_is_addr_unspecified(src), "it has no address");
}

ZTEST(ipv4, test_link_local_and_other_addresses)
{
	struct in_addr ll = ADDR4(169, 254, 7, 7);

	zassert_is_null(net_if_ipv4_get_ll(ETH_IFACE, NET_ADDR_PREFERRED));
	add(ETH_IFACE, ll, NET_ADDR_AUTOCONF);
	zassert_true(net_ipv4_addr_cmp(net_if_ipv4_get_ll(ETH_IFACE, NET_ADDR_PREFERRED), &ll));
	zassert_is_null(net_if_ipv4_get_ll(ETH_IFACE, NET_ADDR_TENTATIVE));
	zassert_true(net_ipv4_addr_cmp(net_if_ipv4_get_global_addr(ETH_IFACE, NET_ADDR_ANY_STATE),
				       &eth_addr));
	zassert_is_null(net_if_ipv4_get_global_addr(PIPE1_IFACE, NET_ADDR_PREFERRED));
	zassert_is_null(net_if_ipv4_get_global_addr(NULL, NET_ADDR_PREFERRED));
}

ZTEST(ipv4, test_gateway)
{
	struct in_addr gw = ADDR4(192, 0, 2, 254);

	zassert_equal(net_if_ipv4_get_gw(ETH_IFACE).s_addr, 0);
	net_if_ipv4_set_gw(ETH_IFACE, &gw);
	zassert_equal(net_if_ipv4_get_gw(ETH_IFACE).s_addr, gw.s_addr);
	zassert_equal(net_if_ipv4_get_gw(NULL).s_addr, 0);
	net_if_ipv4_set_gw(NULL, &gw);
	net_if_ipv4_set_gw(ETH_IFACE, NULL);
}

ZTEST(ipv4, test_routers)
{
	struct in_addr a = ADDR4(192, 0, 2, 253), b = ADDR4(192, 0, 2, 252);
	struct net_if_router *router = net_if_ipv4_router_add(ETH_IFACE, &a, false, 10);

	zassert_not_null(router);
	zassert_true(net_ipv4_addr_cmp(net_if_router_ipv4(router), &a));
	zassert_equal_ptr(net_if_ipv4_router_lookup(ETH_IFACE, &a), router);
	zassert_is_null(net_if_ipv4_router_lookup(PIPE0_IFACE, &a));
	zassert_is_null(net_if_ipv4_router_find_default(ETH_IFACE, NULL));
	zassert_equal_ptr(net_if_ipv4_router_add(ETH_IFACE, &a, true, 10), router, "an update");
	zassert_equal_ptr(net_if_ipv4_router_find_default(NULL, NULL), router);
	zassert_not_null(net_if_ipv4_router_add(ETH_IFACE, &b, false, 0));
	zassert_is_null(net_if_ipv4_router_add(PIPE0_IFACE, &b, false, 0), "full");
	k_sleep(K_SECONDS(11));
	zassert_is_null(net_if_ipv4_router_lookup(ETH_IFACE, &a), "its time is over");
	zassert_not_null(net_if_ipv4_router_lookup(ETH_IFACE, &b), "this one has no end");
	zassert_true(net_if_ipv4_router_rm(net_if_ipv4_router_lookup(NULL, &b)));
	zassert_false(net_if_ipv4_router_rm(router));
	net_if_router_rm(NULL);
}
