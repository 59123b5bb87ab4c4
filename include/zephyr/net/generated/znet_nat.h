// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_nat.h>.
 * Written by `cargo xtask headers` from src/capi/znet_nat.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_NAT_H_
#define ZEPHYR_NET_GENERATED_ZNET_NAT_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_IPV4_NAT)
int (znet_nat_enable)(struct net_if *outside);

void (znet_nat_disable)(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_NAT_H_ */
