// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Packets for everybody: what interfaces in promiscuous mode receive.
 */

#ifndef ZEPHYR_INCLUDE_NET_PROMISCUOUS_H_
#define ZEPHYR_INCLUDE_NET_PROMISCUOUS_H_

#include <errno.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_PROMISCUOUS_MODE)
/** Waits for a packet; the caller owns it. NULL when none came in time. */
struct net_pkt *net_promisc_mode_wait_data(k_timeout_t timeout);

/** Puts an interface into promiscuous mode: 0 or a negative errno value. */
int net_promisc_mode_on(struct net_if *iface);

/** Ends promiscuous mode of an interface: 0 or a negative errno value. */
int net_promisc_mode_off(struct net_if *iface);
#else
static inline struct net_pkt *net_promisc_mode_wait_data(k_timeout_t timeout)
{
	ARG_UNUSED(timeout);

	return NULL;
}

static inline int net_promisc_mode_on(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return -ENOTSUP;
}

static inline int net_promisc_mode_off(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return -ENOTSUP;
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_PROMISCUOUS_H_ */
