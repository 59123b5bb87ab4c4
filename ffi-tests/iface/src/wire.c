// SPDX-License-Identifier: Apache-2.0
/*
 * Drivers in the form that Zephyr's have: two of Ethernet, one of which is not taken up by itself,
 * and two of links without header.
 */

#include "wire.h"

#include <zephyr/net/dummy.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_pkt.h>

const struct in_addr eth_addr = {{{192, 0, 2, 1}}};
const struct in_addr eth_peer = {{{192, 0, 2, 2}}};
const struct in_addr pipe_addr = {{{198, 51, 100, 1}}};
const struct in_addr mask24 = {{{255, 255, 255, 0}}};
const uint8_t eth_mac[6] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01};
const uint8_t peer_mac[6] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x02};

struct wire eth, spare, pipe0, pipe1;

static int wire_send(const struct device *dev, struct net_pkt *pkt)
{
	struct wire *wire = dev->data;
	size_t len = net_pkt_get_len(pkt);
	int slot = wire->sent % FRAMES;

	if (atomic_set(&wire->busy, 1) != 0) {
		wire->overlaps++;
	}

	if (wire->send_result == 0 && len <= FRAME_MAX) {
		if (net_pkt_read(pkt, wire->frames[slot], len) != 0) {
			atomic_set(&wire->busy, 0);
			return -EIO;
		}
		wire->lengths[slot] = len;
		wire->sent++;
	}

	atomic_set(&wire->busy, 0);

	return wire->send_result;
}

static int wire_start(const struct device *dev)
{
	struct wire *wire = dev->data;

	wire->starts++;

	return wire->start_result;
}

static int wire_stop(const struct device *dev)
{
	struct wire *wire = dev->data;

	wire->stops++;

	return 0;
}

static void eth_iface_init(struct net_if *iface)
{
	const struct device *dev = net_if_get_device(iface);
	struct wire *wire = dev->data;
	uint8_t mac[6];

	memcpy(mac, eth_mac, sizeof(mac));
	mac[5] = wire == &eth ? 0x01 : 0x03;

	wire->iface = iface;
	wire->inits++;
	ethernet_init(iface);
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_ETHERNET);
	if (wire == &spare) {
		net_if_flag_set(iface, NET_IF_NO_AUTO_START);
		net_eth_carrier_off(iface);
	}
}

static enum ethernet_hw_caps eth_caps(const struct device *dev)
{
	if (dev->data == &spare) {
		return ETHERNET_HW_TX_CHKSUM_OFFLOAD | ETHERNET_HW_RX_CHKSUM_OFFLOAD;
	}

	return ETHERNET_LINK_100BASE | ETHERNET_PROMISC_MODE | ETHERNET_HW_FILTERING |
	       ETHERNET_QAV | ETHERNET_PRIORITY_QUEUES | ETHERNET_TXINJECTION_MODE;
}

static int eth_set_config(const struct device *dev, enum ethernet_config_type type,
			  const struct ethernet_config *config)
{
	struct wire *wire = dev->data;

	if (type == ETHERNET_CONFIG_TYPE_T1S_PARAM) {
		return -ENOTSUP;
	}

	wire->config_type = type;
	wire->config = *config;
	wire->configs++;

	return 0;
}

static int eth_get_config(const struct device *dev, enum ethernet_config_type type,
			  struct ethernet_config *config)
{
	switch (type) {
	case ETHERNET_CONFIG_TYPE_PRIORITY_QUEUES_NUM:
		config->priority_queues_num = 4;
		return 0;
	case ETHERNET_CONFIG_TYPE_QAV_PARAM:
		if (config->qav_param.type != ETHERNET_QAV_PARAM_TYPE_IDLE_SLOPE) {
			return -EINVAL;
		}
		config->qav_param.idle_slope = 1000U * config->qav_param.queue_id;
		return 0;
	case ETHERNET_CONFIG_TYPE_TX_CHECKSUM_SUPPORT:
		if (dev->data != &spare) {
			return -ENOTSUP;
		}
		config->chksum_support = ETHERNET_CHECKSUM_SUPPORT_IPV4_HEADER |
					 ETHERNET_CHECKSUM_SUPPORT_UDP;
		return 0;
	default:
		return -ENOTSUP;
	}
}

static const struct device *eth_get_phy(const struct device *dev)
{
	return dev;
}

static const struct ethernet_api eth_api = {
	.iface_api.init = eth_iface_init,
	.start = wire_start,
	.stop = wire_stop,
	.get_capabilities = eth_caps,
	.set_config = eth_set_config,
	.get_config = eth_get_config,
	.get_phy = eth_get_phy,
	.send = wire_send,
};

static int eth_dev_init(const struct device *dev)
{
	ARG_UNUSED(dev);

	return 0;
}

ETH_NET_DEVICE_INIT(a_eth, "a_eth", eth_dev_init, NULL, &eth, NULL,
		    CONFIG_ETH_INIT_PRIORITY, &eth_api, NET_ETH_MTU);
ETH_NET_DEVICE_INIT_INSTANCE(b_spare, "b_spare", 1, eth_dev_init, NULL, &spare, NULL,
			     CONFIG_ETH_INIT_PRIORITY, &eth_api, 1000);

static void pipe_iface_init(struct net_if *iface)
{
	struct wire *wire = net_if_get_device(iface)->data;
	static uint8_t addr[] = {0x10, 0x20, 0x30};

	wire->iface = iface;
	wire->inits++;
	net_if_set_link_addr(iface, addr, sizeof(addr), NET_LINK_DUMMY);
}

static const struct dummy_api pipe_api = {
	.iface_api.init = pipe_iface_init,
	.send = wire_send,
	.start = wire_start,
	.stop = wire_stop,
};

NET_DEVICE_INIT(c_pipe0, "c_pipe0", NULL, NULL, &pipe0, NULL,
		CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &pipe_api, DUMMY_L2,
		NET_L2_GET_CTX_TYPE(DUMMY_L2), 127);
NET_DEVICE_INIT(d_pipe1, "d_pipe1", NULL, NULL, &pipe1, NULL,
		CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &pipe_api, DUMMY_L2,
		NET_L2_GET_CTX_TYPE(DUMMY_L2), 127);

int wire_receive(struct net_if *iface, const void *frame, size_t len)
{
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(iface, len, AF_UNSPEC, 0, K_NO_WAIT);
	int ret;

	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, frame, len));
	ret = net_recv_data(iface, pkt);
	if (ret < 0) {
		net_pkt_unref(pkt);
	}

	return ret;
}

const uint8_t *wire_last(const struct wire *wire)
{
	return wire->frames[(wire->sent + FRAMES - 1) % FRAMES];
}

static void forget(struct wire *wire)
{
	struct net_if_ipv4 *ipv4;

	wire->start_result = 0;
	wire->send_result = 0;
	net_if_flag_clear(wire->iface, NET_IF_PROMISC);
	net_if_dormant_off(wire->iface);
	/* Going down forgets neighbours, and packets that wait for them. */
	(void)net_if_down(wire->iface);
	if (wire != &spare) {
		net_if_carrier_on(wire->iface);
		(void)net_if_up(wire->iface);
	} else {
		net_eth_carrier_off(wire->iface);
	}

	(void)net_if_config_ipv4_put(wire->iface);
	if (wire != &spare) {
		zassert_ok(net_if_config_ipv4_get(wire->iface, &ipv4));
	}
}

static void clear(struct wire *wire)
{
	wire->starts = 0;
	wire->stops = 0;
	wire->configs = 0;
	wire->sent = 0;
	wire->overlaps = 0;
}

/* No test may keep a packet. */
static void expect_no_leak(void)
{
	static uint32_t rx_free, tx_free;
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	if (rx_free == 0) {
		rx_free = k_mem_slab_num_free_get(rx);
		tx_free = k_mem_slab_num_free_get(tx);
	}
	zassert_equal(k_mem_slab_num_free_get(rx), rx_free, "a test has kept a packet");
	zassert_equal(k_mem_slab_num_free_get(tx), tx_free, "a test has kept a packet");
}

void wire_reset(void *fixture)
{
	struct wire *all[] = {&eth, &spare, &pipe0, &pipe1};
	struct in_addr addr = eth_addr;

	ARG_UNUSED(fixture);
	ARRAY_FOR_EACH(all, i) {
		forget(all[i]);
	}
	net_if_set_default(NULL);

	zassert_not_null(net_if_ipv4_addr_add(ETH_IFACE, &addr, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(ETH_IFACE, &addr, &mask24));
	addr = pipe_addr;
	zassert_not_null(net_if_ipv4_addr_add(PIPE0_IFACE, &addr, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(PIPE0_IFACE, &addr, &mask24));

	settle();
	expect_no_leak();
	ARRAY_FOR_EACH(all, i) {
		clear(all[i]);
	}
}
