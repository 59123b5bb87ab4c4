// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/promiscuous.h>.
 * Written by `cargo xtask headers` from src/capi/promiscuous.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_PROMISCUOUS_H_
#define ZEPHYR_NET_GENERATED_PROMISCUOUS_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_PROMISCUOUS_MODE)
struct net_pkt *(net_promisc_mode_wait_data)(k_timeout_t timeout);

int (net_promisc_mode_on)(struct net_if *iface);

int (net_promisc_mode_off)(struct net_if *iface);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_PROMISCUOUS_H_ */
