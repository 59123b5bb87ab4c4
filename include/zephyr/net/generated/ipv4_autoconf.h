// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/ipv4_autoconf.h>.
 * Written by `cargo xtask headers` from src/capi/ipv4_acd.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_IPV4_AUTOCONF_H_
#define ZEPHYR_NET_GENERATED_IPV4_AUTOCONF_H_

#ifdef __cplusplus
extern "C" {
#endif

#if (defined(CONFIG_NET_IPV4_AUTO) && defined(CONFIG_NET_IPV4_ACD))
void (net_ipv4_autoconf_start)(struct net_if *iface);

void (net_ipv4_autoconf_reset)(struct net_if *iface);

void (net_ipv4_autoconf_init)(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_IPV4_AUTOCONF_H_ */
