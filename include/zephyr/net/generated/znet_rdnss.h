// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_rdnss.h>.
 * Written by `cargo xtask headers` from src/capi/znet_rdnss.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_RDNSS_H_
#define ZEPHYR_NET_GENERATED_ZNET_RDNSS_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6_RA_RDNSS)
int (znet_rdnss_server)(size_t index, struct in6_addr *addr, struct net_if **iface);

int (znet_rdnss_domain)(size_t index, char *name, size_t size);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_RDNSS_H_ */
