// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/trickle.h>.
 * Written by `cargo xtask headers` from src/capi/trickle.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_TRICKLE_H_
#define ZEPHYR_NET_GENERATED_TRICKLE_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_TRICKLE)
int (net_trickle_create)(struct net_trickle *trickle, uint32_t Imin, uint8_t Imax, uint8_t k);

int (net_trickle_start)(struct net_trickle *trickle, net_trickle_cb_t cb, void *user_data);

int (net_trickle_stop)(struct net_trickle *trickle);

void (net_trickle_consistency)(struct net_trickle *trickle);

void (net_trickle_inconsistency)(struct net_trickle *trickle);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_TRICKLE_H_ */
