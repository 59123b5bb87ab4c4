/* SPDX-License-Identifier: Apache-2.0 */

#include <zephyr/device.h>
#include <zephyr/devicetree.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/ztest.h>

#include "driver.h"

#define LINK0 DT_NODELABEL(link0)
#define LINK1 DT_CHOSEN(zephyr_console_link)

ZTEST_SUITE(devicetree, NULL, NULL, NULL, NULL, NULL);

ZTEST(devicetree, test_names_lead_to_nodes)
{
	zassert_true(DT_NODE_EXISTS(LINK0));
	zassert_true(DT_SAME_NODE(LINK0, DT_ALIAS(first_link)));
	zassert_true(DT_SAME_NODE(LINK0, DT_PATH(soc, ethernet_1000)));
	zassert_true(DT_SAME_NODE(LINK0, DT_INST(0, vnd_ethernet)));
	zassert_true(DT_SAME_NODE(LINK1, DT_NODELABEL(link1)));
	zassert_true(DT_SAME_NODE(DT_PARENT(LINK0), DT_NODELABEL(soc)));
	zassert_true(DT_SAME_NODE(DT_CHILD(LINK0, mdio), DT_COMPAT_GET_ANY_STATUS_OKAY(vnd_mdio)));
	zassert_true(DT_HAS_CHOSEN(zephyr_console_link));
	zassert_false(DT_HAS_CHOSEN(zephyr_entropy));
	zassert_false(DT_NODE_EXISTS(DT_NODELABEL(link2)));
	zassert_str_equal(DT_NODE_PATH(LINK0), "/soc/ethernet@1000");
	zassert_str_equal(DT_NODE_FULL_NAME(LINK0), "ethernet@1000");
	zassert_true(DT_NODE_HAS_COMPAT(LINK0, vnd_ethernet));
	zassert_true(DT_NODE_HAS_STATUS(DT_PATH(soc, ethernet_4000), disabled));
	zassert_equal(DT_NUM_INST_STATUS_OKAY(vnd_ethernet), 2);
	zassert_equal(DT_NUM_INST_STATUS_OKAY(vnd_nothing), 0);
}

#define ADD(node_id, prop, idx) +DT_PROP_BY_IDX(node_id, prop, idx)
#define NAME(node_id)           DT_NODE_FULL_NAME(node_id) ";"

ZTEST(devicetree, test_properties)
{
	static const uint8_t mac[] = DT_PROP(LINK0, local_mac_address);
	static const uint8_t expected[] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01};

	zassert_mem_equal(mac, expected, sizeof(expected));
	zassert_equal(DT_PROP_LEN(LINK0, local_mac_address), 6);
	zassert_equal(0 DT_FOREACH_PROP_ELEM(LINK0, local_mac_address, ADD), 0x02 + 0x5e + 0x53 + 0x01);
	zassert_equal(DT_PROP(LINK0, max_frame), 1400, "from a macro of the overlay");
	zassert_equal(DT_PROP(LINK1, max_frame), 1500, "the binding's default");
	zassert_equal(DT_PROP_OR(LINK1, no_such, 3), 3);
	zassert_false(DT_NODE_HAS_PROP(LINK1, local_mac_address));
	zassert_str_equal(DT_PROP(LINK0, phy_mode), "rmii");
	zassert_str_equal(STRINGIFY(DT_STRING_UPPER_TOKEN(LINK0, phy_mode)), "RMII");
	zassert_equal(DT_ENUM_IDX(LINK0, phy_mode), 1);
	zassert_true(DT_ENUM_HAS_VALUE(LINK1, phy_mode, mii));
	zassert_equal(DT_PROP(LINK0, fast), 1);
	zassert_equal(DT_PROP(LINK1, fast), 0);
	zassert_equal(DT_PHA(LINK0, clocks, branch), 7);
	zassert_equal(DT_PROP_BY_PHANDLE(LINK0, clocks, frequency), 25000000);
	zassert_str_equal("" DT_FOREACH_STATUS_OKAY(vnd_ethernet, NAME), "ethernet@1000;ethernet@3000;");
	zassert_str_equal("" DT_FOREACH_CHILD(LINK0, NAME), "mdio;");
}

ZTEST(devicetree, test_registers_and_interrupts)
{
	zassert_equal(DT_NUM_REGS(LINK0), 2);
	zassert_equal(DT_REG_ADDR(LINK0), 0x1000);
	zassert_equal(DT_REG_ADDR_BY_NAME(LINK0, ring), 0x2000);
	zassert_equal(DT_REG_SIZE_BY_IDX(LINK0, 1), 0x20);
	zassert_false(DT_REG_HAS_IDX(LINK1, 1));
	zassert_equal(DT_NUM_IRQS(LINK0), 2);
	zassert_equal(DT_IRQN(LINK0), 5);
	zassert_equal(DT_IRQN_BY_IDX(LINK0, 1), 6);
	zassert_equal(DT_IRQ_BY_NAME(LINK0, tx, priority), 2);
	zassert_true(DT_IRQ_HAS_NAME(LINK0, rx));
	zassert_false(DT_IRQ_HAS_IDX(LINK1, 1));
}

ZTEST(devicetree, test_a_driver_of_each_node)
{
	const struct device *dev0 = DEVICE_DT_GET(LINK0);
	const struct device *dev1 = DEVICE_DT_GET(LINK1);
	const struct vnd_config *config = dev0->config;
	struct vnd_data *data0 = dev0->data;
	struct vnd_data *data1 = dev1->data;

	zassert_true(device_is_ready(dev0) && device_is_ready(dev1));
	zassert_equal_ptr(device_get_binding("ethernet@3000"), dev1);
	zassert_equal(data0->inits, 1);
	zassert_equal(config->base, 0x1000);
	zassert_equal(config->size, 0x100);
	zassert_true(config->is_rmii && config->fast);
	zassert_equal(data0->irq, 5);
	zassert_equal(data1->irq, 9);
	zassert_equal(data1->irq_priority, 3);
	zassert_not_null(data0->iface);
	zassert_equal_ptr(net_if_lookup_by_dev(dev1), data1->iface);
	zassert_equal(net_if_get_mtu(data0->iface), 1400);
	zassert_mem_equal(net_if_get_link_addr(data0->iface)->addr, config->mac, 6);
}

ZTEST(devicetree, test_frames_reach_the_driver)
{
	struct vnd_data *data = DEVICE_DT_GET(LINK1)->data;
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(data->iface, 60, AF_UNSPEC, 0, K_NO_WAIT);
	const struct device *dev = net_if_get_device(data->iface);

	zassert_not_null(pkt);
	zassert_ok(net_pkt_memset(pkt, 0, 60));
	zassert_ok(((const struct ethernet_api *)dev->api)->send(dev, pkt));
	zassert_equal(data->bytes, 60);
	net_pkt_unref(pkt);
}

ZTEST(devicetree, test_kconfig_knows_the_kinds_of_nodes)
{
	zassert_true(IS_ENABLED(CONFIG_DT_HAS_VND_ETHERNET_ENABLED));
	zassert_true(IS_ENABLED(CONFIG_APP_ETHERNET));
	zassert_false(IS_ENABLED(CONFIG_APP_ABSENT));
}
