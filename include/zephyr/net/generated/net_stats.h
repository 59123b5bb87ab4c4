// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_stats.h>.
 * Written by `cargo xtask headers` from src/capi/net_stats.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_STATS_H_
#define ZEPHYR_NET_GENERATED_NET_STATS_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_STATISTICS)
void (net_stats_reset)(struct net_if *iface);
#endif

#if ((defined(CONFIG_NET_STATISTICS_USER_API) && defined(CONFIG_NET_STATISTICS_ETHERNET)) && defined(CONFIG_NET_STATISTICS))
int (net_mgmt_NET_REQUEST_STATS_GET_ETHERNET)(uint64_t _request,
					    struct net_if *iface,
					    void *data,
					    size_t len);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_STATS_H_ */
