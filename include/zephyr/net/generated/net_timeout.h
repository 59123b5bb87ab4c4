// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_timeout.h>.
 * Written by `cargo xtask headers` from src/capi/net_timeout.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_TIMEOUT_H_
#define ZEPHYR_NET_GENERATED_NET_TIMEOUT_H_

#ifdef __cplusplus
extern "C" {
#endif

void (net_timeout_set)(struct net_timeout *timeout, uint32_t lifetime, uint32_t now);

int64_t (net_timeout_deadline)(const struct net_timeout *timeout, int64_t now);

uint32_t (net_timeout_remaining)(const struct net_timeout *timeout, uint32_t now);

uint32_t (net_timeout_evaluate)(struct net_timeout *timeout, uint32_t now);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_TIMEOUT_H_ */
