/* SPDX-License-Identifier: Apache-2.0 */
/* A driver in the form of Zephyr's: one interface for each node that is switched on. */

#define DT_DRV_COMPAT vnd_ethernet

#include <zephyr/device.h>
#include <zephyr/devicetree.h>
#include <zephyr/net/ethernet.h>

#include "driver.h"

static int vnd_init(const struct device *dev)
{
	const struct vnd_config *config = dev->config;
	struct vnd_data *data = dev->data;

	config->irq_config();
	data->inits++;
	return 0;
}

static void vnd_iface_init(struct net_if *iface)
{
	const struct device *dev = net_if_get_device(iface);
	const struct vnd_config *config = dev->config;
	struct vnd_data *data = dev->data;

	data->iface = iface;
	ethernet_init(iface);
	net_if_set_link_addr(iface, (uint8_t *)config->mac, sizeof(config->mac), NET_LINK_ETHERNET);
}

static int vnd_send(const struct device *dev, struct net_pkt *pkt)
{
	struct vnd_data *data = dev->data;

	data->bytes += net_pkt_get_len(pkt);
	return 0;
}

static const struct ethernet_api vnd_api = {
	.iface_api.init = vnd_iface_init,
	.send = vnd_send,
};

#define VND_MAC(n)                                                                                 \
	COND_CODE_1(DT_INST_NODE_HAS_PROP(n, local_mac_address),                                   \
		    (DT_INST_PROP(n, local_mac_address)), ({0x02, 0, 0, 0, 0, n}))

#define VND_DEFINE(n)                                                                              \
	static struct vnd_data vnd_data_##n;                                                       \
	static void vnd_irq_config_##n(void)                                                       \
	{                                                                                          \
		vnd_data_##n.irq = DT_INST_IRQN(n);                                                \
		vnd_data_##n.irq_priority = DT_INST_IRQ(n, priority);                              \
	}                                                                                          \
	static const struct vnd_config vnd_config_##n = {                                          \
		.base = DT_INST_REG_ADDR(n),                                                       \
		.size = DT_INST_REG_SIZE(n),                                                       \
		.mac = VND_MAC(n),                                                                 \
		.is_rmii = DT_INST_ENUM_HAS_VALUE(n, phy_mode, rmii),                              \
		.fast = DT_INST_PROP(n, fast),                                                     \
		.irq_config = vnd_irq_config_##n,                                                  \
	};                                                                                         \
	ETH_NET_DEVICE_DT_INST_DEFINE(n, vnd_init, NULL, &vnd_data_##n, &vnd_config_##n,           \
				      CONFIG_ETH_INIT_PRIORITY, &vnd_api,                          \
				      DT_INST_PROP(n, max_frame));

DT_INST_FOREACH_STATUS_OKAY(VND_DEFINE)
