// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/igmp.h>.
 * Written by `cargo xtask headers` from src/capi/igmp.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_IGMP_H_
#define ZEPHYR_NET_GENERATED_IGMP_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV4_IGMP)
int (net_ipv4_igmp_join)(struct net_if *iface,
		       const struct in_addr *addr,
		       const struct igmp_param *param);

int (net_ipv4_igmp_leave)(struct net_if *iface, const struct in_addr *addr);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_IGMP_H_ */
