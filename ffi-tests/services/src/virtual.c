// SPDX-License-Identifier: Apache-2.0
/*
 * Interfaces that stand on others.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/virtual.h>
#include <zephyr/net/virtual_mgmt.h>
#include <zephyr/ztest.h>

#include "cable.h"

static size_t sent, received, starts, stops;
static struct net_if *attached;
static int mtu = 1000;

static void init(struct net_if *iface)
{
	net_if_flag_set(iface, NET_IF_NO_AUTO_START);
	net_virtual_set_name(iface, "tunnel");
}

static enum virtual_interface_caps capabilities(struct net_if *iface)
{
	ARG_UNUSED(iface);
	return VIRTUAL_INTERFACE_IPIP;
}

static int start(const struct device *dev)
{
	ARG_UNUSED(dev);
	starts++;
	return 0;
}

static int stop(const struct device *dev)
{
	ARG_UNUSED(dev);
	stops++;
	return 0;
}

static int send(struct net_if *iface, struct net_pkt *pkt)
{
	ARG_UNUSED(iface);
	sent++;
	net_pkt_unref(pkt);
	return 1;
}

static enum net_verdict receive(struct net_if *iface, struct net_pkt *pkt)
{
	zassert_equal_ptr(net_pkt_iface(pkt), iface);
	received++;
	return NET_CONTINUE;
}

static int attach(struct net_if *virtual_iface, struct net_if *iface)
{
	ARG_UNUSED(virtual_iface);
	attached = iface;
	return 0;
}

static int set_config(struct net_if *iface, enum virtual_interface_config_type type,
		      const struct virtual_interface_config *config)
{
	ARG_UNUSED(iface);
	if (type != VIRTUAL_INTERFACE_CONFIG_TYPE_MTU) {
		return -ENOTSUP;
	}
	mtu = config->mtu;
	return 0;
}

static int get_config(struct net_if *iface, enum virtual_interface_config_type type,
		      struct virtual_interface_config *config)
{
	ARG_UNUSED(iface);
	if (type != VIRTUAL_INTERFACE_CONFIG_TYPE_MTU) {
		return -ENOTSUP;
	}
	config->mtu = mtu;
	return 0;
}

static const struct virtual_interface_api api = {
	.iface_api.init = init,
	.get_capabilities = capabilities,
	.start = start,
	.stop = stop,
	.send = send,
	.recv = receive,
	.attach = attach,
	.set_config = set_config,
	.get_config = get_config,
};

NET_VIRTUAL_INTERFACE_INIT(tunnel, "tunnel", NULL, NULL, NULL, NULL,
			   CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &api, 1400);

#define TUNNEL net_if_lookup_by_dev(DEVICE_GET(tunnel))

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_virtual_interface_attach(TUNNEL, NULL);
	(void)net_if_down(TUNNEL);
	sent = received = starts = stops = 0;
}

ZTEST_SUITE(virtual, NULL, NULL, NULL, after, NULL);

ZTEST(virtual, test_names_and_flags)
{
	char name[CONFIG_NET_L2_VIRTUAL_MAX_NAME_LEN], little[4];

	zassert_equal_ptr(net_virtual_get_name(TUNNEL, name, sizeof(name)), name);
	zassert_str_equal(name, "tunnel");
	zassert_equal_ptr(net_virtual_get_name(TUNNEL, little, sizeof(little)), little);
	zassert_str_equal(little, "tun");
	zassert_is_null(net_virtual_get_name(CABLE, name, sizeof(name)));
	zassert_equal(net_virtual_set_flags(TUNNEL, NET_L2_POINT_TO_POINT), 0);
	zassert_equal(net_virtual_set_flags(TUNNEL, (enum net_l2_flags)0),
		      NET_L2_POINT_TO_POINT);
	zassert_equal(net_virtual_get_iface_capabilities(TUNNEL), VIRTUAL_INTERFACE_IPIP);
	zassert_equal_ptr(net_if_l2(TUNNEL), &NET_L2_GET_NAME(VIRTUAL));
}

ZTEST(virtual, test_standing_on_another_interface)
{
	zassert_is_null(net_virtual_get_iface(TUNNEL));
	zassert_equal(net_virtual_interface_attach(TUNNEL, NULL), -EALREADY);
	zassert_equal(net_virtual_interface_attach(TUNNEL, TUNNEL), -EINVAL);
	zassert_equal(net_virtual_interface_attach(CABLE, TUNNEL), -EINVAL);
	zassert_ok(net_virtual_interface_attach(TUNNEL, CABLE));
	zassert_equal_ptr(attached, CABLE);
	zassert_equal_ptr(net_virtual_get_iface(TUNNEL), CABLE);
	zassert_equal(net_virtual_interface_attach(TUNNEL, CABLE), -EALREADY);
	zassert_equal(net_if_get_link_addr(TUNNEL)->len, 6);
	zassert_ok(net_virtual_interface_attach(TUNNEL, NULL));
	zassert_is_null(attached);
	zassert_is_null(net_virtual_get_iface(TUNNEL));
}

ZTEST(virtual, test_up_takes_what_it_stands_on_up)
{
	zassert_ok(net_virtual_interface_attach(TUNNEL, CABLE));
	zassert_ok(net_if_down(CABLE));
	zassert_ok(net_if_up(TUNNEL));
	zassert_equal(starts, 1);
	zassert_true(net_if_is_up(CABLE) && net_if_is_up(TUNNEL));
	net_virtual_disable(CABLE);
	zassert_false(net_if_is_up(TUNNEL));
	net_virtual_enable(CABLE);
	zassert_true(net_if_is_up(TUNNEL));
	zassert_ok(net_if_down(TUNNEL));
	zassert_equal(stops, 1);
}

static struct net_pkt *packet(struct net_if *iface)
{
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(iface, 40, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_ok(net_pkt_memset(pkt, 0, 40));
	return pkt;
}

ZTEST(virtual, test_packets_pass_the_driver_both_ways)
{
	struct net_pkt *pkt;

	zassert_ok(net_virtual_interface_attach(TUNNEL, CABLE));
	zassert_ok(net_if_up(TUNNEL));
	k_sleep(K_MSEC(2));
	sent = 0;
	pkt = packet(TUNNEL);
	zassert_equal(net_if_send_data(TUNNEL, pkt), NET_OK);
	k_sleep(K_MSEC(2));
	zassert_equal(sent, 1);
	zassert_ok(net_recv_data(TUNNEL, packet(TUNNEL)));
	k_sleep(K_MSEC(2));
	zassert_equal(received, 1);
	pkt = packet(CABLE);
	zassert_equal(net_virtual_input(CABLE, NULL, pkt), NET_CONTINUE);
	zassert_equal(received, 2);
	zassert_equal_ptr(net_pkt_iface(pkt), TUNNEL);
	net_pkt_unref(pkt);
}

ZTEST(virtual, test_settings)
{
	struct virtual_interface_req_params params = {.mtu = 900};

	zassert_ok(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, TUNNEL, &params,
			    sizeof(params)));
	zassert_equal(mtu, 900);
	memset(&params, 0, sizeof(params));
	zassert_ok(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU, TUNNEL, &params,
			    sizeof(params)));
	zassert_equal(params.mtu, 900);
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS, TUNNEL, &params,
			       sizeof(params)), -ENOTSUP);
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_GET_LINK_TYPE, TUNNEL, &params,
			       sizeof(params)), -ENOTSUP);
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, TUNNEL, &params, 2), -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, CABLE, &params,
			       sizeof(params)), -EINVAL);
	zassert_ok(net_if_up(TUNNEL));
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, TUNNEL, &params,
			       sizeof(params)), -EACCES);
}
