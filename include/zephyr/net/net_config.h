/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Addresses from Kconfig at start-up.
 */
#ifndef ZEPHYR_INCLUDE_NET_NET_CONFIG_H_
#define ZEPHYR_INCLUDE_NET_NET_CONFIG_H_

#include <stdint.h>

#include <zephyr/device.h>
#include <zephyr/net/net_if.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_CONFIG_NEED_ROUTER 0x00000001 /**< Wait for an IPv6 router */
#define NET_CONFIG_NEED_IPV6   0x00000002 /**< Wait for an IPv6 address */
#define NET_CONFIG_NEED_IPV4   0x00000004 /**< Wait for an IPv4 address */

/**
 * @brief Gives the default interface the addresses of CONFIG_NET_CONFIG_*, has DHCP begin where it is
 *        configured, and waits for what @p flags name; that is for the link as well, unless none are set.
 *
 * @param app_info Text to log first, or NULL.
 * @param flags NET_CONFIG_NEED_*: what to wait for.
 * @param timeout Longest wait in milliseconds; negative is for ever.
 * @return 0, -ENODEV without an interface, -ENETDOWN when it did not come up in time,
 *         -ETIMEDOUT when an address or router did not come, -EINVAL for an address that is none,
 *         -ENOMEM when the interface has no room for it.
 */
int net_config_init(const char *app_info, uint32_t flags, int32_t timeout);

/** net_config_init() on @p iface; NULL is the default interface. */
int net_config_init_by_iface(struct net_if *iface, const char *app_info, uint32_t flags,
			     int32_t timeout);

/**
 * @brief net_config_init() with the flags and the time-out of Kconfig, on the interface of @p dev,
 *        or with NULL on the default one.
 */
int net_config_init_app(const struct device *dev, const char *app_info);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_CONFIG_H_ */
