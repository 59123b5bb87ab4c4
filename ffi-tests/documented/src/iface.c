// SPDX-License-Identifier: Apache-2.0
/* States of interfaces, their flags and names, and the events about them. */

#include "drivers.h"

#include <zephyr/net/loopback.h>

#define STATES                                                                                     \
	(NET_EVENT_IF_UP | NET_EVENT_IF_DOWN | NET_EVENT_IF_ADMIN_UP | NET_EVENT_IF_ADMIN_DOWN)

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_up(plain.iface);
	(void)net_if_up(ether.iface);
	settle();
	fake_reset(&plain);
	fake_reset(&ether);
}

ZTEST_SUITE(doc_iface, NULL, NULL, before, NULL, NULL);

ZTEST(doc_iface, test_up_and_down_twice)
{
	events_listen(STATES);
	zassert_ok(net_if_down(plain.iface));
	zassert_equal(plain.stops, 1);
	zassert_equal(net_if_down(plain.iface), -EALREADY);
	zassert_false(net_if_is_admin_up(plain.iface));
	zassert_false(net_if_is_up(plain.iface));
	zassert_equal(net_if_oper_state(plain.iface), NET_IF_OPER_DOWN);
	zassert_equal(events_count(NET_EVENT_IF_DOWN), 1);
	zassert_equal(events_count(NET_EVENT_IF_ADMIN_DOWN), 1);
	zassert_equal_ptr(events_find(NET_EVENT_IF_DOWN)->iface, plain.iface);
	events_forget();
	zassert_ok(net_if_up(plain.iface));
	zassert_equal(plain.starts, 1);
	zassert_equal(net_if_up(plain.iface), -EALREADY);
	zassert_equal(net_if_oper_state(plain.iface), NET_IF_OPER_UP);
	zassert_equal(events_count(NET_EVENT_IF_UP), 1);
	zassert_equal(events_count(NET_EVENT_IF_ADMIN_UP), 1);
}

ZTEST(doc_iface, test_carrier_and_dormancy)
{
	events_listen(STATES);
	net_if_carrier_off(plain.iface);
	zassert_true(net_if_is_admin_up(plain.iface));
	zassert_false(net_if_is_up(plain.iface));
	zassert_false(net_if_is_carrier_ok(plain.iface));
	zassert_equal(net_if_oper_state(plain.iface), NET_IF_OPER_DOWN);
	zassert_equal(events_count(NET_EVENT_IF_DOWN), 1);
	zassert_equal(events_count(NET_EVENT_IF_ADMIN_DOWN), 0);
	net_if_carrier_on(plain.iface);
	zassert_true(net_if_is_up(plain.iface));
	zassert_equal(events_count(NET_EVENT_IF_UP), 1);
	events_forget();
	net_if_dormant_on(plain.iface);
	zassert_true(net_if_is_dormant(plain.iface));
	zassert_equal(net_if_oper_state(plain.iface), NET_IF_OPER_DORMANT);
	zassert_false(net_if_is_up(plain.iface));
	zassert_true(net_if_flag_is_set(plain.iface, NET_IF_DORMANT));
	zassert_equal(events_count(NET_EVENT_IF_DOWN), 1);
	net_if_dormant_off(plain.iface);
	zassert_equal(net_if_oper_state(plain.iface), NET_IF_OPER_UP);
	zassert_equal(events_count(NET_EVENT_IF_UP), 1);
}

ZTEST(doc_iface, test_down_without_carrier_stays_down)
{
	net_if_carrier_off(plain.iface);
	zassert_ok(net_if_down(plain.iface));
	zassert_ok(net_if_up(plain.iface));
	zassert_false(net_if_is_up(plain.iface));
	zassert_true(net_if_is_admin_up(plain.iface));
	net_if_carrier_on(plain.iface);
	zassert_true(net_if_is_up(plain.iface));
}

ZTEST(doc_iface, test_flags)
{
	static const enum net_if_flag flags[] = {
		NET_IF_POINTOPOINT,  NET_IF_PROMISC, NET_IF_NO_AUTO_START, NET_IF_SUSPENDED,
		NET_IF_FORWARD_MULTICASTS, NET_IF_IPV6_NO_ND, NET_IF_IPV6_NO_MLD, NET_IF_NO_TX_LOCK};

	ARRAY_FOR_EACH(flags, i) {
		zassert_false(net_if_flag_is_set(other.iface, flags[i]), "%d", flags[i]);
		net_if_flag_set(other.iface, flags[i]);
		zassert_true(net_if_flag_is_set(other.iface, flags[i]));
		zassert_true(net_if_flag_test_and_clear(other.iface, flags[i]));
		zassert_false(net_if_flag_test_and_set(other.iface, flags[i]));
		zassert_true(net_if_flag_test_and_set(other.iface, flags[i]));
		net_if_flag_clear(other.iface, flags[i]);
	}
	zassert_true(net_if_flag_is_set(other.iface, NET_IF_IPV4));
	zassert_true(net_if_flag_is_set(other.iface, NET_IF_IPV6));
	zassert_false(net_if_flag_is_set(NULL, NET_IF_UP));
}

static void count(struct net_if *iface, void *user_data)
{
	ARG_UNUSED(iface);
	(*(int *)user_data)++;
}

ZTEST(doc_iface, test_finding)
{
	struct net_if *found = NULL;
	int seen = 0;
	char name[CONFIG_NET_INTERFACE_NAME_LEN + 1];

	net_if_foreach(count, &seen);
	zassert_equal(seen, 5);
	zassert_equal_ptr(net_if_get_by_index(net_if_get_by_iface(ether.iface)), ether.iface);
	zassert_is_null(net_if_get_by_index(0));
	zassert_is_null(net_if_get_by_index(17));
	zassert_is_null(net_if_get_by_index(-1));
	zassert_equal(net_if_get_by_iface(NULL), -1);
	zassert_equal_ptr(net_if_lookup_by_dev(net_if_get_device(other.iface)), other.iface);
	zassert_is_null(net_if_lookup_by_dev(NULL));
	zassert_equal_ptr(net_if_get_first_by_type(&NET_L2_GET_NAME(ETHERNET)), ether.iface);
	zassert_not_null(net_if_get_first_up());
	zassert_equal_ptr(net_if_get_link_addr(ether.iface), &ether.iface->if_dev->link_addr);
	zassert_equal_ptr(net_if_get_by_link_addr(net_if_get_link_addr(ether.iface)), ether.iface);

	zassert_true(net_if_get_name(ether.iface, name, sizeof(name)) > 0);
	zassert_str_equal(name, "eth0");
	zassert_equal(net_if_get_by_name("eth0"), net_if_get_by_iface(ether.iface));
	zassert_equal(net_if_get_by_name("nobody"), -ENOENT);
	zassert_equal(net_if_get_by_name(NULL), -EINVAL);
	zassert_equal(net_if_get_name(NULL, name, sizeof(name)), -EINVAL);
	zassert_equal(net_if_get_name(ether.iface, NULL, 4), -EINVAL);
	zassert_equal(net_if_get_name(ether.iface, name, 2), -ERANGE);
	zassert_equal(net_if_set_name(NULL, "x"), -EINVAL);
	zassert_equal(net_if_set_name(ether.iface, NULL), -EINVAL);
	zassert_equal(net_if_set_name(ether.iface, "a name that is far too long"), -ENAMETOOLONG);
	zassert_ok(net_if_set_name(ether.iface, "mine"));
	zassert_equal(net_if_get_by_name("mine"), net_if_get_by_iface(ether.iface));
	zassert_ok(net_if_set_name(ether.iface, "eth0"));
	ARG_UNUSED(found);
}

ZTEST(doc_iface, test_default_interface)
{
	struct net_if *const before_it = net_if_get_default();

	zassert_not_null(before_it);
	net_if_set_default(ether.iface);
	zassert_equal_ptr(net_if_get_default(), ether.iface);
	net_if_set_default(NULL);
	zassert_not_null(net_if_get_default());
	net_if_set_default(before_it);
}

ZTEST(doc_iface, test_link_address)
{
	static uint8_t mac[] = {2, 0, 0, 0, 0, 9};

	zassert_equal(net_if_set_link_addr(plain.iface, mac, sizeof(mac), NET_LINK_DUMMY), -EPERM,
		      "not while it is up");
	zassert_ok(net_if_down(plain.iface));
	zassert_ok(net_if_set_link_addr(plain.iface, mac, sizeof(mac), NET_LINK_DUMMY));
	zassert_mem_equal(net_if_get_link_addr(plain.iface)->addr, mac, 6);
	zassert_equal(net_if_set_link_addr(plain.iface, mac, NET_LINK_ADDR_MAX_LENGTH + 1,
					   NET_LINK_DUMMY), -EMSGSIZE);
	zassert_equal(net_if_set_link_addr(NULL, mac, sizeof(mac), NET_LINK_DUMMY), -EINVAL);
	zassert_ok(net_if_set_link_addr(plain.iface, plain.mac, 6, NET_LINK_DUMMY));
	zassert_ok(net_if_up(plain.iface));
}

ZTEST(doc_iface, test_mtu_and_offload)
{
	zassert_equal(net_if_get_mtu(plain.iface), 1280);
	net_if_set_mtu(plain.iface, 1400);
	zassert_equal(net_if_get_mtu(plain.iface), 1400);
	net_if_set_mtu(plain.iface, 1280);
	zassert_equal(net_if_get_mtu(NULL), 0);
	net_if_set_mtu(NULL, 5);
	zassert_false(net_if_is_ip_offloaded(plain.iface));
	zassert_false(net_if_is_offloaded(plain.iface));
	zassert_false(net_if_is_socket_offloaded(plain.iface));
	zassert_false(net_if_is_wifi(plain.iface));
	zassert_is_null(net_if_get_first_wifi());
	zassert_equal_ptr(net_if_l2(plain.iface), &NET_L2_GET_NAME(DUMMY));
}

ZTEST(doc_iface, test_config_of_ip)
{
	struct net_if_ipv6 *six = NULL;
	struct net_if_ipv4 *four = NULL;
	struct net_if_config *config;

	zassert_ok(net_if_config_ipv6_get(other.iface, &six));
	zassert_ok(net_if_config_ipv4_get(other.iface, &four));
	zassert_not_null(six);
	zassert_not_null(four);
	config = net_if_config_get(other.iface);
	zassert_equal_ptr(config->ip.ipv6, six);
	zassert_equal_ptr(config->ip.ipv4, four);
	zassert_ok(net_if_config_ipv6_put(other.iface));
	zassert_is_null(config->ip.ipv6);
	zassert_equal(net_if_config_ipv6_put(other.iface), -EALREADY);
	zassert_ok(net_if_config_ipv4_put(other.iface));
	zassert_equal(net_if_config_ipv4_put(other.iface), -EALREADY);
	zassert_ok(net_if_config_ipv6_get(other.iface, NULL));
	zassert_ok(net_if_config_ipv4_get(other.iface, NULL));
	net_if_flag_clear(other.iface, NET_IF_IPV6);
	zassert_equal(net_if_config_ipv6_get(other.iface, &six), -ENOTSUP);
	net_if_flag_set(other.iface, NET_IF_IPV6);
}

static int linked;
static int link_status;

static void on_link(struct net_if *iface, struct net_linkaddr *dst, int status)
{
	ARG_UNUSED(dst);
	if (iface == plain.iface) {
		linked++;
		link_status = status;
	}
}

ZTEST(doc_iface, test_link_callbacks)
{
	struct net_if_link_cb cb;
	struct net_pkt *pkt;

	linked = 0;
	net_if_register_link_cb(&cb, on_link);
	pkt = net_pkt_alloc_with_buffer(plain.iface, 20, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_ok(net_pkt_memset(pkt, 0x45, 20));
	zassert_equal(net_if_send_data(plain.iface, pkt), NET_OK);
	settle();
	zassert_equal(linked, 1);
	zassert_true(link_status >= 0);
	net_if_unregister_link_cb(&cb);
	net_if_call_link_cb(plain.iface, NULL, 0);
	zassert_equal(linked, 1);
}

ZTEST(doc_iface, test_sending_while_down)
{
	struct net_pkt *pkt =
		net_pkt_alloc_with_buffer(plain.iface, 20, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_ok(net_if_down(plain.iface));
	zassert_ok(net_pkt_memset(pkt, 0x45, 20));
	zassert_equal(net_send_data(pkt), -ENETDOWN);
	zassert_equal(net_if_send_data(plain.iface, pkt), NET_DROP);
	net_pkt_unref(pkt);
	zassert_equal(fake_receive(&plain, "x", 1), -ENETDOWN);
	zassert_ok(net_if_up(plain.iface));
	zassert_equal(net_send_data(NULL), -EINVAL);
	zassert_equal(net_recv_data(NULL, NULL), -EINVAL);
	pkt = net_pkt_alloc(K_NO_WAIT);
	zassert_equal(net_recv_data(plain.iface, pkt), -ENODATA);
	net_pkt_set_iface(pkt, plain.iface);
	zassert_equal(net_send_data(pkt), -ENODATA);
	net_pkt_unref(pkt);
}

ZTEST(doc_iface, test_promiscuous)
{
	zassert_false(net_if_is_promisc(ether.iface));
	zassert_equal(net_if_set_promisc(plain.iface), -ENOTSUP);
	net_if_unset_promisc(ether.iface);
}

ZTEST(doc_iface, test_checksums)
{
	zassert_true(net_if_need_calc_rx_checksum(plain.iface, NET_IF_CHECKSUM_IPV4_UDP));
	zassert_true(net_if_need_calc_tx_checksum(ether.iface, NET_IF_CHECKSUM_IPV6_UDP));
	zassert_false(net_if_need_calc_tx_checksum(sums.iface, NET_IF_CHECKSUM_IPV4_HEADER));
	zassert_false(net_if_need_calc_tx_checksum(sums.iface, NET_IF_CHECKSUM_IPV4_UDP));
	zassert_false(net_if_need_calc_rx_checksum(sums.iface, NET_IF_CHECKSUM_IPV6_TCP));
}
