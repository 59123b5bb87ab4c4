// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Drivers of links without link header.
 */

#ifndef ZEPHYR_INCLUDE_NET_DUMMY_H_
#define ZEPHYR_INCLUDE_NET_DUMMY_H_

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Functions of a driver under DUMMY_L2. */
struct dummy_api {
	/** What every network driver has. */
	struct net_if_api iface_api;
	/** Sends a packet: 0 and the packet is the driver's to use until it returns, or an error. */
	int (*send)(const struct device *dev, struct net_pkt *pkt);
	/** Starts the device; optional. */
	int (*start)(const struct device *dev);
	/** Stops the device; optional. */
	int (*stop)(const struct device *dev);
};

BUILD_ASSERT(offsetof(struct dummy_api, iface_api) == 0, "the interface functions come first");

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_DUMMY_H_ */
