// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_router.h>.
 * Written by `cargo xtask headers` from src/capi/znet_router.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_ROUTER_H_
#define ZEPHYR_NET_GENERATED_ZNET_ROUTER_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_IPV6_ROUTER_ADVERT)
int (znet_router_enable)(struct net_if *iface, uint16_t lifetime, uint8_t router_preference);

void (znet_router_disable)(struct net_if *iface);

int (znet_router_prefix)(struct net_if *iface,
		       const struct in6_addr *prefix,
		       uint8_t prefix_len,
		       uint32_t valid,
		       uint32_t preferred);

int (znet_router_route)(struct net_if *iface,
		      const struct in6_addr *prefix,
		      uint8_t prefix_len,
		      uint32_t lifetime,
		      uint8_t route_preference);

int (znet_router_dns_server)(struct net_if *iface, const struct in6_addr *addr, uint32_t lifetime);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_ROUTER_H_ */
