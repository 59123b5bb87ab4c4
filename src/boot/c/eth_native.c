/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Ethernet devices of native_sim. The driver is written in Rust (src/drivers/eth_native); its
 * devices are defined here because they belong into the application's tables, as every device does.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_ETH_NATIVE_TAP)

#include <zephyr/device.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/sys/util.h>

extern const struct ethernet_api znet_eth_native_api;

/* The driver tells its devices apart by the number that takes the place of their configuration. */
#define ETH_NATIVE_DEVICE(n, _)                                                                    \
	ETH_NET_DEVICE_INIT(eth_native_tap_##n, CONFIG_ETH_NATIVE_TAP_DRV_NAME #n, NULL, NULL,     \
			    NULL, (const void *)n, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,            \
			    &znet_eth_native_api, NET_ETH_MTU)

LISTIFY(CONFIG_ETH_NATIVE_TAP_INTERFACE_COUNT, ETH_NATIVE_DEVICE, (;), _);

#endif /* CONFIG_ETH_NATIVE_TAP */
