// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/mld.h>.
 * Written by `cargo xtask headers` from src/capi/mld.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_MLD_H_
#define ZEPHYR_NET_GENERATED_MLD_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6_MLD)
int (net_ipv6_mld_join)(struct net_if *iface, const struct in6_addr *addr);

int (net_ipv6_mld_leave)(struct net_if *iface, const struct in6_addr *addr);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_MLD_H_ */
