// SPDX-License-Identifier: Apache-2.0
/*
 * Up, down, carrier, flags, link address.
 */

#include "wire.h"

ZTEST_SUITE(state, NULL, NULL, wire_reset, NULL, NULL);

ZTEST(state, test_starts_up_unless_told_otherwise)
{
	zassert_true(net_if_is_up(ETH_IFACE));
	zassert_true(net_if_flag_is_set(ETH_IFACE, NET_IF_IPV4));
	zassert_false(net_if_is_admin_up(SPARE_IFACE));
	zassert_true(net_if_flag_is_set(SPARE_IFACE, NET_IF_NO_AUTO_START));
}

ZTEST(state, test_down_and_up_stop_and_start_the_driver)
{
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_equal(eth.stops, 1);
	zassert_false(net_if_is_up(ETH_IFACE));
	zassert_equal(net_if_oper_state(ETH_IFACE), NET_IF_OPER_DOWN);
	zassert_ok(net_if_up(ETH_IFACE));
	zassert_equal(eth.starts, 1);
	zassert_true(net_if_is_up(ETH_IFACE));
	zassert_equal(net_if_oper_state(ETH_IFACE), NET_IF_OPER_UP);
}

ZTEST(state, test_twice_is_once_too_often)
{
	zassert_equal(net_if_up(ETH_IFACE), -EALREADY);
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_equal(net_if_down(ETH_IFACE), -EALREADY);
	zassert_equal(eth.starts, 0);
	zassert_equal(eth.stops, 1);
}

ZTEST(state, test_a_driver_that_fails_keeps_the_interface_down)
{
	zassert_ok(net_if_down(PIPE0_IFACE));
	pipe0.start_result = -EIO;
	zassert_equal(net_if_up(PIPE0_IFACE), -EIO);
	zassert_false(net_if_is_admin_up(PIPE0_IFACE));
	pipe0.start_result = -EALREADY;
	zassert_ok(net_if_up(PIPE0_IFACE), "running already is as good as started");
}

ZTEST(state, test_without_carrier_it_is_up_and_does_not_run)
{
	net_eth_carrier_off(ETH_IFACE);
	zassert_true(net_if_is_admin_up(ETH_IFACE));
	zassert_false(net_if_is_up(ETH_IFACE));
	zassert_false(net_if_is_carrier_ok(ETH_IFACE));
	zassert_equal(net_if_oper_state(ETH_IFACE), NET_IF_OPER_DOWN);
	net_eth_carrier_on(ETH_IFACE);
	zassert_true(net_if_is_up(ETH_IFACE));
	zassert_equal(eth.starts, 0, "the driver knows about its carrier");
}

ZTEST(state, test_taken_up_without_carrier_it_waits)
{
	zassert_ok(net_if_up(SPARE_IFACE));
	zassert_false(net_if_is_up(SPARE_IFACE));
	net_if_carrier_on(SPARE_IFACE);
	zassert_true(net_if_is_up(SPARE_IFACE));
}

ZTEST(state, test_a_carrier_alone_takes_nothing_up)
{
	net_eth_carrier_on(SPARE_IFACE);
	zassert_true(net_if_is_carrier_ok(SPARE_IFACE));
	zassert_false(net_if_is_up(SPARE_IFACE));
	zassert_equal(net_if_oper_state(SPARE_IFACE), NET_IF_OPER_DOWN);
}

ZTEST(state, test_dormant)
{
	net_if_dormant_on(ETH_IFACE);
	zassert_true(net_if_is_dormant(ETH_IFACE));
	zassert_false(net_if_is_up(ETH_IFACE));
	zassert_equal(net_if_oper_state(ETH_IFACE), NET_IF_OPER_DORMANT);
	net_if_dormant_off(ETH_IFACE);
	zassert_true(net_if_is_up(ETH_IFACE));
}

ZTEST(state, test_flags)
{
	zassert_false(net_if_flag_test_and_set(ETH_IFACE, NET_IF_FORWARD_MULTICASTS));
	zassert_true(net_if_flag_test_and_set(ETH_IFACE, NET_IF_FORWARD_MULTICASTS));
	zassert_true(net_if_flag_is_set(ETH_IFACE, NET_IF_FORWARD_MULTICASTS));
	zassert_false(net_if_flag_is_set(SPARE_IFACE, NET_IF_FORWARD_MULTICASTS));
	zassert_true(net_if_flag_test_and_clear(ETH_IFACE, NET_IF_FORWARD_MULTICASTS));
	zassert_false(net_if_flag_test_and_clear(ETH_IFACE, NET_IF_FORWARD_MULTICASTS));
	net_if_flag_set(NULL, NET_IF_UP);
	zassert_false(net_if_flag_is_set(NULL, NET_IF_UP));
}

ZTEST(state, test_oper_state_can_be_set)
{
	enum net_if_oper_state was = net_if_oper_state(PIPE1_IFACE);

	zassert_equal(net_if_oper_state_set(PIPE1_IFACE, NET_IF_OPER_TESTING),
		      NET_IF_OPER_TESTING);
	zassert_equal(net_if_oper_state_set(PIPE1_IFACE, (enum net_if_oper_state)99),
		      NET_IF_OPER_TESTING, "there is no such state");
	net_if_oper_state_set(PIPE1_IFACE, was);
}

ZTEST(state, test_link_address_stands_while_running)
{
	uint8_t mac[] = {2, 0, 0x5e, 0, 0x53, 0x77};
	struct net_linkaddr *addr = net_if_get_link_addr(ETH_IFACE);

	zassert_equal(net_if_set_link_addr(ETH_IFACE, mac, sizeof(mac), NET_LINK_ETHERNET),
		      -EPERM);
	zassert_equal(addr->addr[5], 0x01);
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_ok(net_if_set_link_addr(ETH_IFACE, mac, sizeof(mac), NET_LINK_ETHERNET));
	mac[5] = 0;
	zassert_equal(addr->addr[5], 0x77, "the bytes are copied");
	zassert_equal(addr->len, 6);
	zassert_equal(addr->type, NET_LINK_ETHERNET);
	memcpy(mac, eth_mac, 6);
	zassert_ok(net_if_set_link_addr_unlocked(ETH_IFACE, mac, 6, NET_LINK_ETHERNET));
}

ZTEST(state, test_link_address_has_limits)
{
	uint8_t mac[NET_LINK_ADDR_MAX_LENGTH + 1] = {0};

	zassert_equal(net_if_set_link_addr(SPARE_IFACE, mac, sizeof(mac), NET_LINK_ETHERNET),
		      -EMSGSIZE);
	zassert_equal(net_if_set_link_addr(SPARE_IFACE, NULL, 6, NET_LINK_ETHERNET), -EINVAL);
	zassert_equal(net_if_set_link_addr(NULL, mac, 6, NET_LINK_ETHERNET), -EINVAL);
	zassert_equal(net_if_get_link_addr(SPARE_IFACE)->addr[5], 0x03);
}

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 2048);
static volatile bool inside;

static void locker(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	net_if_lock(PIPE1_IFACE);
	inside = true;
	net_if_unlock(PIPE1_IFACE);
}

ZTEST(state, test_the_lock_nests_and_keeps_others_out)
{
	net_if_lock(PIPE1_IFACE);
	net_if_lock(PIPE1_IFACE);
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), locker, NULL, NULL, NULL,
			K_PRIO_PREEMPT(0), 0, K_NO_WAIT);
	net_if_unlock(PIPE1_IFACE);
	k_msleep(5);
	zassert_false(inside);
	net_if_unlock(PIPE1_IFACE);
	zassert_ok(k_thread_join(&thread, K_MSEC(100)));
	zassert_true(inside);
}

ZTEST(state, test_the_transmit_lock_is_left_out_on_request)
{
	net_if_tx_lock(PIPE1_IFACE);
	net_if_tx_lock(PIPE1_IFACE);
	net_if_tx_unlock(PIPE1_IFACE);
	net_if_tx_unlock(PIPE1_IFACE);
	net_if_flag_set(PIPE1_IFACE, NET_IF_NO_TX_LOCK);
	net_if_tx_lock(PIPE1_IFACE);
	net_if_tx_unlock(PIPE1_IFACE);
	net_if_flag_clear(PIPE1_IFACE, NET_IF_NO_TX_LOCK);
}
