// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Drivers of devices with their own IP stack.
 */

#ifndef ZEPHYR_INCLUDE_OFFLOADED_NETDEV_H_
#define ZEPHYR_INCLUDE_OFFLOADED_NETDEV_H_

#include <stdbool.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of such devices. */
enum offloaded_net_if_types {
	L2_OFFLOADED_NET_IF_TYPE_UNKNOWN,  /**< Not known */
	L2_OFFLOADED_NET_IF_TYPE_ETHERNET, /**< Ethernet */
	L2_OFFLOADED_NET_IF_TYPE_MODEM,    /**< Cellular modem */
	L2_OFFLOADED_NET_IF_TYPE_WIFI,     /**< Wi-Fi */
};

/** Functions of such a driver. */
struct offloaded_if_api {
	/** What every network driver has. */
	struct net_if_api iface_api;
	/** Enables or disables the interface; optional. */
	int (*enable)(const struct net_if *iface, bool state);
	/** What kind of device it is; optional. */
	enum offloaded_net_if_types (*get_type)(void);
};

BUILD_ASSERT(offsetof(struct offloaded_if_api, iface_api) == 0,
	     "the interface functions come first");

/** Whether a Wi-Fi device with its own IP stack stands behind the interface. */
static inline bool net_off_is_wifi_offloaded(struct net_if *iface)
{
	const struct offloaded_if_api *api =
		(const struct offloaded_if_api *)net_if_get_device(iface)->api;

	return api->get_type != NULL && api->get_type() == L2_OFFLOADED_NET_IF_TYPE_WIFI;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_OFFLOADED_NETDEV_H_ */
