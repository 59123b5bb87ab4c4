/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Ethernet devices of native_sim. The driver is written in Rust (src/drivers/eth_native); its
 * devices are defined here because they belong into the application's tables, as every device does.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_ETH_NATIVE_TAP)

#include <zephyr/device.h>
#include <zephyr/drivers/ptp_clock.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/sys/util.h>

extern const struct ethernet_api znet_eth_native_api;

/* The driver tells its devices apart by the number that takes the place of their configuration. */
#define ETH_NATIVE_DEVICE(n, _)                                                                    \
	ETH_NET_DEVICE_INIT(eth_native_tap_##n, CONFIG_ETH_NATIVE_TAP_DRV_NAME #n, NULL, NULL,     \
			    NULL, (const void *)n, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,            \
			    &znet_eth_native_api, NET_ETH_MTU)

LISTIFY(CONFIG_ETH_NATIVE_TAP_INTERFACE_COUNT, ETH_NATIVE_DEVICE, (;), _);

#if defined(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK)

extern const struct ptp_clock_driver_api znet_eth_native_clock_api;

#define ETH_NATIVE_CLOCK(n, _)                                                                     \
	DEVICE_DEFINE(eth_native_tap_ptp_clock_##n, PTP_CLOCK_NAME "_" #n, NULL, NULL, NULL,       \
		      (const void *)n, POST_KERNEL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,           \
		      &znet_eth_native_clock_api)

LISTIFY(CONFIG_ETH_NATIVE_TAP_INTERFACE_COUNT, ETH_NATIVE_CLOCK, (;), _);

#define ETH_NATIVE_CLOCK_OF(n, _) DEVICE_GET(eth_native_tap_ptp_clock_##n)

static const struct device *const clocks[] = {
	LISTIFY(CONFIG_ETH_NATIVE_TAP_INTERFACE_COUNT, ETH_NATIVE_CLOCK_OF, (,), _)
};

/* Called by the driver. */
const struct device *znet_eth_native_clock(size_t index);

const struct device *znet_eth_native_clock(size_t index)
{
	return index < ARRAY_SIZE(clocks) ? clocks[index] : NULL;
}

#endif /* CONFIG_ETH_NATIVE_TAP_PTP_CLOCK */

#endif /* CONFIG_ETH_NATIVE_TAP */
