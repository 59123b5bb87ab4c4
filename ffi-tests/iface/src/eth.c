// SPDX-License-Identifier: Apache-2.0
/*
 * Ethernet: what the stack asks of a driver, and what requests reach it.
 */

#include "wire.h"

#include <zephyr/net/ethernet_mgmt.h>

ZTEST_SUITE(eth, NULL, NULL, wire_reset, NULL, NULL);

ZTEST(eth, test_kinds_of_mac_addresses)
{
	struct net_eth_addr broadcast = *net_eth_broadcast_addr(), zero = {{0}};
	struct net_eth_addr one = {{2, 0, 0, 0, 0, 1}}, group = {{1, 0, 0x5e, 0, 0, 1}};
	struct net_eth_addr group6 = {{0x33, 0x33, 0, 0, 0, 1}};

	zassert_true(net_eth_is_addr_broadcast(&broadcast));
	zassert_true(net_eth_is_addr_group(&broadcast));
	zassert_false(net_eth_is_addr_broadcast(&group));
	zassert_true(net_eth_is_addr_multicast(&group));
	zassert_equal(net_eth_is_addr_multicast(&group6), IS_ENABLED(CONFIG_NET_IPV6));
	zassert_true(net_eth_is_addr_unspecified(&zero));
	zassert_true(net_eth_is_addr_all_zeroes(&zero));
	zassert_true(net_eth_is_addr_valid(&one));
	zassert_false(net_eth_is_addr_valid(&group));
	zassert_false(net_eth_is_addr_valid(&zero));
}

ZTEST(eth, test_groups_become_mac_addresses)
{
	static const uint8_t mac4[] = {0x01, 0x00, 0x5e, 0x7f, 0x01, 0x02};
	static const uint8_t mac6[] = {0x33, 0x33, 0xaa, 0xbb, 0xcc, 0xdd};
	struct in_addr group = ADDR4(239, 255, 1, 2);
	struct in6_addr group6;
	struct net_eth_addr mac;

	net_eth_ipv4_mcast_to_mac_addr(&group, &mac);
	zassert_mem_equal(mac.addr, mac4, 6, "23 bits of the group");
	net_ipv6_addr_create(&group6, 0xff02, 0, 0, 0, 0, 0, 0xaabb, 0xccdd);
	net_eth_ipv6_mcast_to_mac_addr(&group6, &mac);
	zassert_mem_equal(mac.addr, mac6, 6);
	net_eth_ipv4_mcast_to_mac_addr(NULL, &mac);
}

ZTEST(eth, test_headers_are_packed)
{
	zassert_equal(sizeof(struct net_eth_hdr), 14);
	zassert_equal(sizeof(struct net_eth_vlan_hdr), 18);
	zassert_equal(NET_ETH_MAX_FRAME_SIZE, 1514);
	zassert_equal(sizeof(struct net_ipv4_hdr), NET_IPV4H_LEN);
	zassert_equal(sizeof(struct net_udp_hdr), NET_UDPH_LEN);
	zassert_equal(sizeof(struct net_tcp_hdr), NET_TCPH_LEN);
	zassert_equal(sizeof(struct net_ipv6_hdr), NET_IPV6H_LEN);
}

ZTEST(eth, test_capabilities_and_phy)
{
	zassert_true(net_eth_get_hw_capabilities(ETH_IFACE) & ETHERNET_LINK_100BASE);
	zassert_equal(net_eth_get_hw_capabilities(NULL), 0);
	zassert_equal_ptr(net_eth_get_phy(ETH_IFACE), net_if_get_device(ETH_IFACE));
	zassert_is_null(net_eth_get_phy(PIPE0_IFACE));
	zassert_false(net_eth_type_is_wifi(ETH_IFACE));
}

ZTEST(eth, test_checksums_follow_the_hardware)
{
	zassert_true(net_if_need_calc_tx_checksum(ETH_IFACE, NET_IF_CHECKSUM_IPV4_UDP));
	zassert_true(net_if_need_calc_rx_checksum(ETH_IFACE, NET_IF_CHECKSUM_IPV4_HEADER));
	zassert_false(net_if_need_calc_tx_checksum(SPARE_IFACE, NET_IF_CHECKSUM_IPV4_UDP));
	zassert_true(net_if_need_calc_tx_checksum(SPARE_IFACE, NET_IF_CHECKSUM_IPV4_TCP),
		     "not what it said");
	zassert_false(net_if_need_calc_rx_checksum(SPARE_IFACE, NET_IF_CHECKSUM_IPV4_TCP),
		      "it did not say which, so all");
	zassert_true(net_if_need_calc_tx_checksum(NULL, NET_IF_CHECKSUM_IPV4_UDP));
}

ZTEST(eth, test_configuration_is_read_from_the_driver)
{
	struct ethernet_config config = {0};

	zassert_ok(net_eth_get_hw_config(ETH_IFACE, ETHERNET_CONFIG_TYPE_PRIORITY_QUEUES_NUM,
					 &config));
	zassert_equal(config.priority_queues_num, 4);
	zassert_equal(net_eth_get_hw_config(ETH_IFACE, ETHERNET_CONFIG_TYPE_PORTS_NUM, &config),
		      -ENOTSUP);
	zassert_equal(net_eth_get_hw_config(NULL, ETHERNET_CONFIG_TYPE_PORTS_NUM, &config),
		      -ENOTSUP);
}

ZTEST(eth, test_modes_reach_the_driver)
{
	struct net_eth_addr mac = {{2, 0, 0, 0, 0, 9}};

	zassert_ok(net_eth_promisc_mode(ETH_IFACE, true));
	zassert_equal(eth.config_type, ETHERNET_CONFIG_TYPE_PROMISC_MODE);
	zassert_true(eth.config.promisc_mode);
	zassert_ok(net_eth_txinjection_mode(ETH_IFACE, true));
	zassert_equal(eth.config_type, ETHERNET_CONFIG_TYPE_TXINJECTION_MODE);
	zassert_ok(net_eth_mac_filter(ETH_IFACE, &mac, ETHERNET_FILTER_TYPE_SRC_MAC_ADDRESS,
				      true));
	zassert_equal(eth.config.filter.type, ETHERNET_FILTER_TYPE_SRC_MAC_ADDRESS);
	zassert_equal(eth.config.filter.mac_address.addr[5], 9);
	zassert_equal(net_eth_promisc_mode(SPARE_IFACE, true), -ENOTSUP);
	zassert_equal(net_eth_mac_filter(SPARE_IFACE, &mac, ETHERNET_FILTER_TYPE_DST_MAC_ADDRESS,
					 true),
		      -ENOTSUP);
	zassert_equal(net_eth_promisc_mode(PIPE0_IFACE, true), -ENOTSUP);
	zassert_equal(net_eth_promisc_mode(NULL, true), -EINVAL);
}

ZTEST(eth, test_requests_set_parameters)
{
	struct ethernet_req_params params = {0};

	params.promisc_mode = true;
	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_SET_PROMISC_MODE, ETH_IFACE, &params,
			    sizeof(params)));
	zassert_true(eth.config.promisc_mode);

	memset(&params, 0, sizeof(params));
	params.qav_param.queue_id = 3;
	params.qav_param.type = ETHERNET_QAV_PARAM_TYPE_STATUS;
	params.qav_param.enabled = true;
	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_SET_QAV_PARAM, ETH_IFACE, &params,
			    sizeof(params)));
	zassert_equal(eth.config.qav_param.queue_id, 3);
	zassert_true(eth.config.qav_param.enabled);
}

ZTEST(eth, test_requests_read_parameters)
{
	struct ethernet_req_params params = {0};

	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_GET_PRIORITY_QUEUES_NUM, ETH_IFACE, &params,
			    sizeof(params)));
	zassert_equal(params.priority_queues_num, 4);

	params.qav_param.queue_id = 2;
	params.qav_param.type = ETHERNET_QAV_PARAM_TYPE_IDLE_SLOPE;
	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_GET_QAV_PARAM, ETH_IFACE, &params,
			    sizeof(params)));
	zassert_equal(params.qav_param.idle_slope, 2000);
}

ZTEST(eth, test_requests_are_refused_for_a_reason)
{
	struct ethernet_req_params params = {0};

	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_PROMISC_MODE, PIPE0_IFACE, &params,
			       sizeof(params)),
		      -ENOENT, "not Ethernet");
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_QBV_PARAM, ETH_IFACE, &params,
			       sizeof(params)),
		      -ENOTSUP, "the hardware cannot");
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_T1S_PARAM, ETH_IFACE, &params,
			       sizeof(params)),
		      -ENOTSUP, "the driver says no");
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_PROMISC_MODE, ETH_IFACE, NULL, 0),
		      -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_QAV_PARAM, ETH_IFACE, &params, 4),
		      -EINVAL, "too short");
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_PROMISC_MODE, NULL, &params,
			       sizeof(params)),
		      -EINVAL);
}

ZTEST(eth, test_the_mac_address_changes_while_down)
{
	struct ethernet_req_params params = {.mac_address = {{2, 0, 0x5e, 0, 0x53, 0x44}}};
	uint8_t mac[6];

	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_MAC_ADDRESS, ETH_IFACE, &params,
			       sizeof(params)),
		      -EACCES);
	zassert_ok(net_if_down(ETH_IFACE));
	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_SET_MAC_ADDRESS, ETH_IFACE, &params,
			    sizeof(params)));
	zassert_equal(eth.config_type, ETHERNET_CONFIG_TYPE_MAC_ADDRESS);
	zassert_equal(net_if_get_link_addr(ETH_IFACE)->addr[5], 0x44);
	memcpy(mac, eth_mac, sizeof(mac));
	zassert_ok(net_if_set_link_addr(ETH_IFACE, mac, sizeof(mac), NET_LINK_ETHERNET));
}

ZTEST(eth, test_without_vlans_there_are_none)
{
	zassert_equal(net_eth_vlan_enable(ETH_IFACE, 7), -EINVAL);
	zassert_equal(net_eth_get_vlan_tag(ETH_IFACE), NET_VLAN_TAG_UNSPEC);
	zassert_is_null(net_eth_get_vlan_iface(ETH_IFACE, 7));
	zassert_false(net_eth_get_vlan_status(ETH_IFACE));
}

ZTEST(eth, test_event_numbers_are_bits_within_a_layer_code)
{
	zassert_true(NET_MGMT_EVENT(NET_EVENT_ETHERNET_CARRIER_ON));
	zassert_true(NET_MGMT_ON_IFACE(NET_EVENT_ETHERNET_CARRIER_ON));
	zassert_equal(NET_MGMT_GET_LAYER(NET_EVENT_ETHERNET_CARRIER_ON), NET_MGMT_LAYER_L2);
	zassert_equal(NET_MGMT_GET_LAYER_CODE(NET_EVENT_ETHERNET_CARRIER_OFF),
		      NET_MGMT_LAYER_CODE_ETHERNET);
	zassert_equal(NET_MGMT_GET_COMMAND(NET_EVENT_ETHERNET_CARRIER_ON), 1);
	zassert_equal(NET_MGMT_GET_COMMAND(NET_EVENT_ETHERNET_VLAN_TAG_DISABLED), 8);
	zassert_false(NET_MGMT_EVENT(NET_REQUEST_ETHERNET_SET_PROMISC_MODE));
	zassert_equal(NET_MGMT_GET_LAYER_CODE(NET_EVENT_IPV4_ADDR_ADD), NET_MGMT_LAYER_CODE_IPV4);
}
