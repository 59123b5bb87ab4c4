// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_route.h>.
 * Written by `cargo xtask headers` from src/capi/net_route.rs, src/capi/net_route_mcast.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_ROUTE_H_
#define ZEPHYR_NET_GENERATED_NET_ROUTE_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_ROUTE)
struct net_route_entry *(net_route_lookup)(struct net_if *iface, const struct in6_addr *dst);

struct net_route_entry *(net_route_add)(struct net_if *iface,
				      const struct in6_addr *addr,
				      uint8_t prefix_len,
				      const struct in6_addr *nexthop,
				      uint32_t lifetime,
				      uint8_t preference);

int (net_route_del)(struct net_route_entry *entry);

int (net_route_del_by_nexthop)(struct net_if *iface, const struct in6_addr *nexthop);

void (net_route_update_lifetime)(struct net_route_entry *entry, uint32_t lifetime);

struct in6_addr *(net_route_get_nexthop)(struct net_route_entry *entry);

int (net_route_foreach)(net_route_cb_t cb, void *user_data);

bool (net_route_get_info)(struct net_if *iface,
			struct in6_addr *dst,
			struct net_route_entry **route,
			struct in6_addr **nexthop);
#endif

#if defined(CONFIG_NET_ROUTE_MCAST)
struct net_route_entry_mcast *(net_route_mcast_add)(struct net_if *iface,
						  const struct in6_addr *group,
						  uint8_t prefix_len);

bool (net_route_mcast_del)(struct net_route_entry_mcast *route);

struct net_route_entry_mcast *(net_route_mcast_lookup)(const struct in6_addr *group);

bool (net_route_mcast_iface_add)(struct net_route_entry_mcast *entry, struct net_if *iface);

bool (net_route_mcast_iface_del)(struct net_route_entry_mcast *entry, struct net_if *iface);

int (net_route_mcast_foreach)(net_route_mcast_cb_t cb, const struct in6_addr *skip, void *user_data);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_ROUTE_H_ */
