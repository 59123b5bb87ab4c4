// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_pmtu.h>.
 * Written by `cargo xtask headers` from src/capi/net_pmtu.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_PMTU_H_
#define ZEPHYR_NET_GENERATED_NET_PMTU_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_PMTU)
int (net_pmtu_update_entry)(struct net_pmtu_entry *entry, uint16_t mtu);

int (net_pmtu_foreach)(net_pmtu_cb_t cb, void *user_data);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_PMTU_H_ */
