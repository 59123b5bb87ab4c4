// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief IPv6 addresses of interfaces. Part of net_if.h, which includes it: include that.
 */

#ifndef ZNET_INCLUDE_NET_NET_IF_IPV6_H_
#define ZNET_INCLUDE_NET_NET_IF_IPV6_H_

#include <zephyr/net/net_if.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6)

/**
 * Gives an interface its IPv6 block, unless it has one.
 *
 * @param ipv6 where to store it; may be NULL
 *
 * @return 0, -ENOTSUP when the interface does not carry IPv6, -ENOMEM when all blocks
 *         (CONFIG_NET_IF_MAX_IPV6_COUNT) are in use
 */
int net_if_config_ipv6_get(struct net_if *iface, struct net_if_ipv6 **ipv6);

/** Takes the block back, with all addresses. Returns 0, -ENOTSUP, -EALREADY. */
int net_if_config_ipv6_put(struct net_if *iface);

/** Hop limit of packets sent, 0 without IPv6 block. */
uint8_t net_if_ipv6_get_hop_limit(struct net_if *iface);

/** Sets the hop limit of packets sent. */
void net_if_ipv6_set_hop_limit(struct net_if *iface, uint8_t hop_limit);

/** The older name of net_if_ipv6_set_hop_limit(). */
__deprecated static inline void net_ipv6_set_hop_limit(struct net_if *iface, uint8_t hop_limit)
{
	net_if_ipv6_set_hop_limit(iface, hop_limit);
}

/** Hop limit of multicast packets sent, 0 without IPv6 block. */
uint8_t net_if_ipv6_get_mcast_hop_limit(struct net_if *iface);

/** Sets the hop limit of multicast packets sent. */
void net_if_ipv6_set_mcast_hop_limit(struct net_if *iface, uint8_t hop_limit);

/** @name Unicast addresses
 * @{
 */

/**
 * Finds an address among those of all interfaces.
 *
 * @param iface the interface that must have it if it points to one; otherwise where to store
 *              the one that has it; may be NULL
 */
struct net_if_addr *net_if_ipv6_addr_lookup(const struct in6_addr *addr, struct net_if **iface);

/** Finds an address of one interface. */
struct net_if_addr *net_if_ipv6_addr_lookup_by_iface(struct net_if *iface, struct in6_addr *addr);

/** Index of the interface that has @p addr, 0 for none. */
int net_if_ipv6_addr_lookup_by_index(const struct in6_addr *addr);

/**
 * Adds an address, or finds it. It is tentative until it is known that nobody else has it.
 *
 * @param vlifetime seconds, 0 for ever
 *
 * @return the address, or NULL when there is no room
 */
struct net_if_addr *net_if_ipv6_addr_add(struct net_if *iface, struct in6_addr *addr,
					 enum net_addr_type addr_type, uint32_t vlifetime);

/** Adds an address to the interface with this index. */
bool net_if_ipv6_addr_add_by_index(int index, struct in6_addr *addr, enum net_addr_type addr_type,
				   uint32_t vlifetime);

/** Changes how long an address may be used, in seconds; UINT32_MAX is for ever. */
void net_if_ipv6_addr_update_lifetime(struct net_if_addr *ifaddr, uint32_t vlifetime);

/** Removes an address; false when it is not there. */
bool net_if_ipv6_addr_rm(struct net_if *iface, const struct in6_addr *addr);

/** Removes an address of the interface with this index. */
bool net_if_ipv6_addr_rm_by_index(int index, const struct in6_addr *addr);

/** Calls @p cb with each address. The callback may call any function. */
void net_if_ipv6_addr_foreach(struct net_if *iface, net_if_ip_addr_cb_t cb, void *user_data);

/** The interface that packets to @p dst leave by, or NULL. */
struct net_if *net_if_ipv6_select_src_iface(const struct in6_addr *dst);

/** The source address for packets to @p dst over @p iface (any for NULL); :: for none. */
const struct in6_addr *net_if_ipv6_select_src_addr(struct net_if *iface,
						   const struct in6_addr *dst);

/** The same with the flags of IPV6_ADDR_PREFERENCES (RFC 5014). */
const struct in6_addr *net_if_ipv6_select_src_addr_hint(struct net_if *iface,
							const struct in6_addr *dst, int flags);

/** A link-local address in this state, or NULL. */
struct in6_addr *net_if_ipv6_get_ll(struct net_if *iface, enum net_addr_state addr_state);

/** The same of any interface, which is stored in @p iface if that is not NULL. */
struct in6_addr *net_if_ipv6_get_ll_addr(enum net_addr_state state, struct net_if **iface);

/** An address in this state that is not link-local, of any interface, or NULL. */
struct in6_addr *net_if_ipv6_get_global_addr(enum net_addr_state state, struct net_if **iface);
/** @} */

/** @name Multicast groups
 * @{
 */

/** Adds a group, not yet joined. NULL when there is no room or it is there already. */
struct net_if_mcast_addr *net_if_ipv6_maddr_add(struct net_if *iface,
						const struct in6_addr *addr);

/** Removes a group; false when it is not there. */
bool net_if_ipv6_maddr_rm(struct net_if *iface, const struct in6_addr *addr);

/** Calls @p cb with each group. The callback may call any function. */
void net_if_ipv6_maddr_foreach(struct net_if *iface, net_if_ip_maddr_cb_t cb, void *user_data);

/** Finds a group; @p iface as with net_if_ipv6_addr_lookup(). */
struct net_if_mcast_addr *net_if_ipv6_maddr_lookup(const struct in6_addr *addr,
						   struct net_if **iface);

/** Marks a group as joined and tells the monitors. */
void net_if_ipv6_maddr_join(struct net_if *iface, struct net_if_mcast_addr *addr);

/** Marks a group as left and tells the monitors. */
void net_if_ipv6_maddr_leave(struct net_if *iface, struct net_if_mcast_addr *addr);

/** Whether a group has been joined. */
static inline bool net_if_ipv6_maddr_is_joined(struct net_if_mcast_addr *addr)
{
	return addr != NULL && addr->is_joined != 0;
}
/** @} */

/** @name Prefixes
 * @{
 */

/** The longest prefix of @p iface (of the default one for NULL) that @p addr lies in, or NULL. */
struct net_if_ipv6_prefix *net_if_ipv6_prefix_get(struct net_if *iface,
						  const struct in6_addr *addr);

/** Finds a prefix. */
struct net_if_ipv6_prefix *net_if_ipv6_prefix_lookup(struct net_if *iface, struct in6_addr *addr,
						     uint8_t len);

/** Adds a prefix for so many seconds; UINT32_MAX is for ever. NULL when there is no room. */
struct net_if_ipv6_prefix *net_if_ipv6_prefix_add(struct net_if *iface, struct in6_addr *prefix,
						  uint8_t len, uint32_t lifetime);

/** Forgets a prefix; false when it was not known. */
bool net_if_ipv6_prefix_rm(struct net_if *iface, struct in6_addr *addr, uint8_t len);

/** Says whether a prefix has a lifetime. */
static inline void net_if_ipv6_prefix_set_lf(struct net_if_ipv6_prefix *prefix, bool is_infinite)
{
	prefix->is_infinite = is_infinite;
}

/** Changes how long a prefix is on the link, in seconds. */
void net_if_ipv6_prefix_set_timer(struct net_if_ipv6_prefix *prefix, uint32_t lifetime);

/** Keeps a prefix for ever. */
void net_if_ipv6_prefix_unset_timer(struct net_if_ipv6_prefix *prefix);

/** Whether @p addr is a neighbour on an interface, which is stored in @p iface. */
bool net_if_ipv6_addr_onlink(struct net_if **iface, struct in6_addr *addr);
/** @} */

/** @name Routers
 * @{
 */

/** Address of a router. */
static inline struct in6_addr *net_if_router_ipv6(struct net_if_router *router)
{
	return router == NULL ? NULL : &router->address.in6_addr;
}

/** Finds a router by address. */
struct net_if_router *net_if_ipv6_router_lookup(struct net_if *iface, struct in6_addr *addr);

/** The router that packets to @p addr go to, over @p iface unless that is NULL. */
struct net_if_router *net_if_ipv6_router_find_default(struct net_if *iface, struct in6_addr *addr);

/** Changes how long a router is one, in seconds. */
void net_if_ipv6_router_update_lifetime(struct net_if_router *router, uint16_t lifetime);

/**
 * Adds a router, or updates it.
 *
 * @param router_lifetime seconds, 0 for ever
 */
struct net_if_router *net_if_ipv6_router_add(struct net_if *iface, struct in6_addr *addr,
					     uint16_t router_lifetime);

/** Forgets a router; false when it was not known. */
bool net_if_ipv6_router_rm(struct net_if_router *router);
/** @} */

/** @name Times of neighbour discovery, in milliseconds
 * @{
 */

/** Sets how long a neighbour is believed reachable on average. */
static inline void net_if_ipv6_set_base_reachable_time(struct net_if *iface,
						       uint32_t reachable_time)
{
	if (iface->config.ip.ipv6 != NULL) {
		iface->config.ip.ipv6->base_reachable_time = reachable_time;
	}
}

/** How long a neighbour is believed reachable now. */
static inline uint32_t net_if_ipv6_get_reachable_time(struct net_if *iface)
{
	return iface->config.ip.ipv6 == NULL ? 0 : iface->config.ip.ipv6->reachable_time;
}

/**
 * How long a neighbour is to be believed reachable: drawn anew around the average (RFC 4861, 6.3.2).
 *
 * @return milliseconds
 */
uint32_t net_if_ipv6_calc_reachable_time(struct net_if_ipv6 *ipv6);

/** Draws anew how long a neighbour is believed reachable. */
static inline void net_if_ipv6_set_reachable_time(struct net_if_ipv6 *ipv6)
{
	if (ipv6 != NULL) {
		ipv6->reachable_time = net_if_ipv6_calc_reachable_time(ipv6);
	}
}

/** Sets the pause between two solicitations. */
static inline void net_if_ipv6_set_retrans_timer(struct net_if *iface, uint32_t retrans_timer)
{
	if (iface->config.ip.ipv6 != NULL) {
		iface->config.ip.ipv6->retrans_timer = retrans_timer;
	}
}

/** The pause between two solicitations. */
static inline uint32_t net_if_ipv6_get_retrans_timer(struct net_if *iface)
{
	return iface->config.ip.ipv6 == NULL ? 0 : iface->config.ip.ipv6->retrans_timer;
}
/** @} */

/** @name Neighbour discovery by hand
 * @{
 */

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
/** Takes an address away that somebody else has, and raises NET_EVENT_IPV6_DAD_FAILED. */
void net_if_ipv6_dad_failed(struct net_if *iface, const struct in6_addr *addr);
#endif
/** @} */

#else /* CONFIG_NET_IPV6 */

static inline struct net_if *net_if_ipv6_select_src_iface(const struct in6_addr *dst)
{
	ARG_UNUSED(dst);

	return NULL;
}

static inline const struct in6_addr *net_if_ipv6_select_src_addr(struct net_if *iface,
								 const struct in6_addr *dst)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(dst);

	return NULL;
}

#endif /* CONFIG_NET_IPV6 */

#if defined(CONFIG_NET_IPV6) && defined(CONFIG_NET_IPV6_DAD)
/** Asks again for every address of an interface that is up (RFC 4862, 5.4). */
void net_if_start_dad(struct net_if *iface);
#else
static inline void net_if_start_dad(struct net_if *iface)
{
	ARG_UNUSED(iface);
}
#endif

#if defined(CONFIG_NET_IPV6) && defined(CONFIG_NET_IPV6_ND)
/** Begins to ask for routers (RFC 4861, 6.3.7). */
void net_if_start_rs(struct net_if *iface);

/** Asks for routers no more. */
void net_if_stop_rs(struct net_if *iface);

/** Somebody has heard from a neighbour just now: it is reachable. */
void net_if_nbr_reachability_hint(struct net_if *iface, const struct in6_addr *ipv6_addr);
#else
static inline void net_if_start_rs(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_if_stop_rs(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_if_nbr_reachability_hint(struct net_if *iface,
						const struct in6_addr *ipv6_addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(ipv6_addr);
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_NET_NET_IF_IPV6_H_ */
