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

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_STATS_H_ */
