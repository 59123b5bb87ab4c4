// SPDX-License-Identifier: Apache-2.0
#include "cable.h"

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_core.h>
#include <zephyr/ztest.h>

const struct in_addr cable_addr = {{{192, 0, 2, 1}}};
const struct in_addr cable_peer = {{{192, 0, 2, 2}}};
uint8_t cable_mac[6] = {2, 0, 0, 0, 0, 0x11};
size_t cable_sent;
k_tid_t cable_sender;

static void init(struct net_if *iface)
{
	net_if_set_link_addr(iface, cable_mac, sizeof(cable_mac), NET_LINK_ETHERNET);
	ethernet_init(iface);
}

static int send(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(pkt);
	cable_sent++;
	cable_sender = k_current_get();
	return 0;
}

static enum ethernet_hw_caps capabilities(const struct device *dev)
{
	ARG_UNUSED(dev);
	return ETHERNET_PROMISC_MODE;
}

static int set_config(const struct device *dev, enum ethernet_config_type type,
		      const struct ethernet_config *config)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(config);
	return type == ETHERNET_CONFIG_TYPE_PROMISC_MODE ? 0 : -ENOTSUP;
}

static struct net_stats_eth *stats(const struct device *dev)
{
	static struct net_stats_eth counted = {.pkts.rx = 77, .unknown_protocol = 78};

	ARG_UNUSED(dev);
	return &counted;
}

static const struct ethernet_api api = {
	.iface_api.init = init,
	.get_stats = stats,
	.get_capabilities = capabilities,
	.set_config = set_config,
	.send = send,
};

ETH_NET_DEVICE_INIT(cable, "cable", NULL, NULL, NULL, NULL, CONFIG_ETH_INIT_PRIORITY, &api, 1500);

void cable_setup(void)
{
	struct in_addr mask = {{{255, 255, 255, 0}}};

	if (net_if_ipv4_addr_lookup(&cable_addr, NULL) != NULL) {
		return;
	}
	zassert_not_null(net_if_ipv4_addr_add(CABLE, (struct in_addr *)&cable_addr,
					      NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(CABLE, &cable_addr, &mask));
}

static uint16_t sum(const uint8_t *bytes, size_t len)
{
	uint32_t total = 0;

	for (size_t i = 0; i < len; i += 2) {
		total += bytes[i] << 8 | bytes[i + 1];
	}
	return (uint16_t)~((total & 0xffff) + (total >> 16));
}

int cable_receive(const uint8_t dst[6], const struct in_addr *src_ip, const struct in_addr *dst_ip,
		  size_t len, uint8_t priority)
{
	uint8_t frame[14 + 20 + 8] = {[6] = 2, [11] = 0x99, [12] = 0x08, [14] = 0x45, [22] = 64,
				      [23] = IPPROTO_UDP, [34] = 0x30, [36] = 0x10, [37] = 0x92};
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(CABLE, sizeof(frame) + len, AF_UNSPEC, 0,
							   K_NO_WAIT);

	zassert_not_null(pkt);
	memcpy(frame, dst, 6);
	sys_put_be16((uint16_t)(28 + len), &frame[16]);
	memcpy(&frame[26], src_ip, 4);
	memcpy(&frame[30], dst_ip, 4);
	sys_put_be16(sum(&frame[14], 20), &frame[24]);
	sys_put_be16((uint16_t)(8 + len), &frame[38]);
	zassert_ok(net_pkt_write(pkt, frame, sizeof(frame)));
	zassert_ok(net_pkt_memset(pkt, 0, len));
	net_pkt_set_priority(pkt, priority);
	return net_recv_data(CABLE, pkt);
}
