// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief IPv4 addresses of interfaces. Part of net_if.h, which includes it: include that.
 */

#ifndef ZNET_INCLUDE_NET_NET_IF_IPV4_H_
#define ZNET_INCLUDE_NET_NET_IF_IPV4_H_

#include <zephyr/net/net_if.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV4)

/**
 * Gives an interface its IPv4 block, unless it has one.
 *
 * @param ipv4 where to store it; may be NULL
 *
 * @return 0, -ENOTSUP when the interface does not carry IPv4, -ENOMEM when all blocks
 *         (CONFIG_NET_IF_MAX_IPV4_COUNT) are in use
 */
int net_if_config_ipv4_get(struct net_if *iface, struct net_if_ipv4 **ipv4);

/** Takes the block back, with all addresses. Returns 0, -ENOTSUP, -EALREADY. */
int net_if_config_ipv4_put(struct net_if *iface);

/** Time to live of packets sent, 0 without IPv4 block. */
uint8_t net_if_ipv4_get_ttl(struct net_if *iface);

/** Sets the time to live of packets sent. */
void net_if_ipv4_set_ttl(struct net_if *iface, uint8_t ttl);

/** Time to live of multicast packets sent, 0 without IPv4 block. */
uint8_t net_if_ipv4_get_mcast_ttl(struct net_if *iface);

/** Sets the time to live of multicast packets sent. */
void net_if_ipv4_set_mcast_ttl(struct net_if *iface, uint8_t ttl);

/** @name Unicast addresses
 * @{
 */

/**
 * Finds an address among those of all interfaces.
 *
 * @param iface the interface that must have it if it points to one; otherwise where to store
 *              the one that has it; may be NULL
 */
struct net_if_addr *net_if_ipv4_addr_lookup(const struct in_addr *addr, struct net_if **iface);

/** Index of the interface that has @p addr, 0 for none. */
int net_if_ipv4_addr_lookup_by_index(const struct in_addr *addr);

/**
 * Adds an address, or finds it.
 *
 * @param vlifetime seconds, 0 for ever
 *
 * @return the address, or NULL when there is no room
 */
struct net_if_addr *net_if_ipv4_addr_add(struct net_if *iface, struct in_addr *addr,
					 enum net_addr_type addr_type, uint32_t vlifetime);

/** Adds an address to the interface with this index. */
bool net_if_ipv4_addr_add_by_index(int index, struct in_addr *addr, enum net_addr_type addr_type,
				   uint32_t vlifetime);

/** Gives up an address. True when it is gone; false when others still use it or it is not there. */
bool net_if_ipv4_addr_rm(struct net_if *iface, const struct in_addr *addr);

/** Gives up an address of the interface with this index. */
bool net_if_ipv4_addr_rm_by_index(int index, const struct in_addr *addr);

/** Calls @p cb with each address. The callback may call any function. */
void net_if_ipv4_addr_foreach(struct net_if *iface, net_if_ip_addr_cb_t cb, void *user_data);

/** Whether @p addr is in a subnet of @p iface. */
bool net_if_ipv4_addr_mask_cmp(struct net_if *iface, const struct in_addr *addr);

/** Whether @p addr is a broadcast address of @p iface, of any interface when that is NULL. */
bool net_if_ipv4_is_addr_bcast(struct net_if *iface, const struct in_addr *addr);

/** The interface that packets to @p dst leave by, or NULL. */
struct net_if *net_if_ipv4_select_src_iface(const struct in_addr *dst);

/** The source address for packets to @p dst over @p iface (any for NULL); 0.0.0.0 for none. */
const struct in_addr *net_if_ipv4_select_src_addr(struct net_if *iface,
						  const struct in_addr *dst);

/** A link-local address in this state, or NULL. */
struct in_addr *net_if_ipv4_get_ll(struct net_if *iface, enum net_addr_state addr_state);

/** An address in this state that is not link-local, or NULL. */
struct in_addr *net_if_ipv4_get_global_addr(struct net_if *iface,
					    enum net_addr_state addr_state);
/** @} */

/** @name Netmasks and gateway
 * @{
 */

/** Netmask of the address whose subnet holds @p addr; 0.0.0.0 for none. */
struct in_addr net_if_ipv4_get_netmask_by_addr(struct net_if *iface, const struct in_addr *addr);

/** Sets the netmask of an address; false when it is not there. */
bool net_if_ipv4_set_netmask_by_addr(struct net_if *iface, const struct in_addr *addr,
				     const struct in_addr *netmask);

/** The same for the interface with this index. */
bool net_if_ipv4_set_netmask_by_addr_by_index(int index, const struct in_addr *addr,
					      const struct in_addr *netmask);

/** Netmask of the first address. */
__deprecated struct in_addr net_if_ipv4_get_netmask(struct net_if *iface);

/** Sets the netmask of the first address. */
__deprecated void net_if_ipv4_set_netmask(struct net_if *iface, const struct in_addr *netmask);

/** The same for the interface with this index. */
__deprecated bool net_if_ipv4_set_netmask_by_index(int index, const struct in_addr *netmask);

/** Gateway, 0.0.0.0 for none. */
struct in_addr net_if_ipv4_get_gw(struct net_if *iface);

/** Sets the gateway. */
void net_if_ipv4_set_gw(struct net_if *iface, const struct in_addr *gw);

/** Sets the gateway of the interface with this index. */
bool net_if_ipv4_set_gw_by_index(int index, const struct in_addr *gw);
/** @} */

/** @name Multicast groups
 * @{
 */

/** Adds a group, not yet joined. NULL when there is no room or it is there already. */
struct net_if_mcast_addr *net_if_ipv4_maddr_add(struct net_if *iface, const struct in_addr *addr);

/** Removes a group; false when it is not there. */
bool net_if_ipv4_maddr_rm(struct net_if *iface, const struct in_addr *addr);

/** Calls @p cb with each group. The callback may call any function. */
void net_if_ipv4_maddr_foreach(struct net_if *iface, net_if_ip_maddr_cb_t cb, void *user_data);

/** Finds a group; @p iface as with net_if_ipv4_addr_lookup(). */
struct net_if_mcast_addr *net_if_ipv4_maddr_lookup(const struct in_addr *addr,
						   struct net_if **iface);

/** Marks a group as joined and tells the monitors. */
void net_if_ipv4_maddr_join(struct net_if *iface, struct net_if_mcast_addr *addr);

/** Marks a group as left and tells the monitors. */
void net_if_ipv4_maddr_leave(struct net_if *iface, struct net_if_mcast_addr *addr);

/** Whether a group has been joined. */
static inline bool net_if_ipv4_maddr_is_joined(struct net_if_mcast_addr *addr)
{
	return addr != NULL && addr->is_joined != 0;
}
/** @} */

/** @name Routers
 * @{
 */

/** Address of a router. */
static inline struct in_addr *net_if_router_ipv4(struct net_if_router *router)
{
	return router == NULL ? NULL : &router->address.in_addr;
}

/** Finds a router by address. */
struct net_if_router *net_if_ipv4_router_lookup(struct net_if *iface, struct in_addr *addr);

/** A default router of @p iface (of any interface for NULL) for @p addr, or NULL. */
struct net_if_router *net_if_ipv4_router_find_default(struct net_if *iface, struct in_addr *addr);

/**
 * Adds a router, or updates it.
 *
 * @param router_lifetime seconds, 0 for ever
 */
struct net_if_router *net_if_ipv4_router_add(struct net_if *iface, struct in_addr *addr,
					     bool is_default, uint16_t router_lifetime);

/** Forgets a router; false when it was not known. */
bool net_if_ipv4_router_rm(struct net_if_router *router);
/** @} */

#else /* CONFIG_NET_IPV4 */

static inline struct net_if *net_if_ipv4_select_src_iface(const struct in_addr *dst)
{
	ARG_UNUSED(dst);

	return NULL;
}

static inline const struct in_addr *net_if_ipv4_select_src_addr(struct net_if *iface,
								const struct in_addr *dst)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(dst);

	return NULL;
}

#endif /* CONFIG_NET_IPV4 */

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_NET_NET_IF_IPV4_H_ */
