// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Counters that Ethernet drivers keep, in the structure their get_stats function returns.
 */
#ifndef ZNET_INCLUDE_ETHERNET_ETH_STATS_H_
#define ZNET_INCLUDE_ETHERNET_ETH_STATS_H_

#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_stats.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The counters of an interface; NULL if its driver has none, or nothing is counted. */
static inline struct net_stats_eth *znet_eth_stats(struct net_if *iface)
{
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
	const struct device *const dev = net_if_get_device(iface);
	const struct ethernet_api *const api = (const struct ethernet_api *)dev->api;

	return api->get_stats != NULL ? api->get_stats(dev) : NULL;
#else
	ARG_UNUSED(iface);
	return NULL;
#endif
}

/* Adds to one counter. */
#define ZNET_ETH_STATS_ADD(iface, counter, amount)                                                 \
	do {                                                                                       \
		struct net_stats_eth *const z_stats = znet_eth_stats(iface);                       \
		if (z_stats != NULL) {                                                             \
			z_stats->counter += (amount);                                              \
		}                                                                                  \
	} while (false)

#define eth_stats_update_bytes_rx(iface, bytes_)  ZNET_ETH_STATS_ADD(iface, bytes.received, bytes_)
#define eth_stats_update_bytes_tx(iface, bytes_)  ZNET_ETH_STATS_ADD(iface, bytes.sent, bytes_)
#define eth_stats_update_pkts_rx(iface)           ZNET_ETH_STATS_ADD(iface, pkts.rx, 1)
#define eth_stats_update_pkts_tx(iface)           ZNET_ETH_STATS_ADD(iface, pkts.tx, 1)
#define eth_stats_update_broadcast_rx(iface)      ZNET_ETH_STATS_ADD(iface, broadcast.rx, 1)
#define eth_stats_update_broadcast_tx(iface)      ZNET_ETH_STATS_ADD(iface, broadcast.tx, 1)
#define eth_stats_update_multicast_rx(iface)      ZNET_ETH_STATS_ADD(iface, multicast.rx, 1)
#define eth_stats_update_multicast_tx(iface)      ZNET_ETH_STATS_ADD(iface, multicast.tx, 1)
#define eth_stats_update_errors_rx(iface)         ZNET_ETH_STATS_ADD(iface, errors.rx, 1)
#define eth_stats_update_errors_tx(iface)         ZNET_ETH_STATS_ADD(iface, errors.tx, 1)
#define eth_stats_update_unknown_protocol(iface)  ZNET_ETH_STATS_ADD(iface, unknown_protocol, 1)

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_ETHERNET_ETH_STATS_H_ */
