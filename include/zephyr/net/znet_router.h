// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The part of an IPv6 router (RFC 4861, 6.2). Zephyr v4.2 has none: the names are this library's.
 *
 * A router advertises itself every now and then and when somebody asks, and with itself what it was told by these functions.
 * Packets are forwarded with CONFIG_NET_ROUTING, whether it advertises itself or not.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_ROUTER_H_
#define ZEPHYR_INCLUDE_NET_ZNET_ROUTER_H_

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_IPV6_ROUTER_ADVERT)
/**
 * Makes this host a router on an interface.
 *
 * @param iface interface
 * @param lifetime for how many seconds after an advertisement it is a default router, at most 9,000; 0 for not at all
 * @param router_preference NET_ROUTE_PREFERENCE_* of net_route.h (RFC 4191)
 * @return 0, -EINVAL, -ENOTSUP for an interface without IPv6
 */
int znet_router_enable(struct net_if *iface, uint16_t lifetime, uint8_t router_preference);

/** Ends that, tells the hosts, and forgets what was to be told on the interface. */
void znet_router_disable(struct net_if *iface);

/**
 * Tells a prefix of the link, from which hosts form addresses when it is 64 bits long.
 *
 * @param iface interface
 * @param prefix prefix
 * @param prefix_len its length in bits
 * @param valid for how many seconds
 * @param preferred for how many seconds its addresses are preferred
 * @return 0, -EINVAL, -ENOMEM without room (CONFIG_ZNET_IPV6_ROUTER_ADVERT_ITEMS)
 */
int znet_router_prefix(struct net_if *iface, const struct in6_addr *prefix, uint8_t prefix_len,
		       uint32_t valid, uint32_t preferred);

/** Tells a network that is reached through this router, for so many seconds (RFC 4191). */
int znet_router_route(struct net_if *iface, const struct in6_addr *prefix, uint8_t prefix_len,
		      uint32_t lifetime, uint8_t route_preference);

/** Tells a DNS server, for so many seconds (RFC 8106). */
int znet_router_dns_server(struct net_if *iface, const struct in6_addr *addr, uint32_t lifetime);
#endif /* CONFIG_ZNET_IPV6_ROUTER_ADVERT */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/znet_router.h>

#endif /* ZEPHYR_INCLUDE_NET_ZNET_ROUTER_H_ */
