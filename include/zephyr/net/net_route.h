// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The IPv6 routing table.
 *
 * What <route.h> of subsys/net/ip holds in Zephyr: that header includes this one. Routes come from applications, from
 * routers (RFC 4191) and from redirects; the longest prefix decides, then preference. Prefixes on a link and default
 * routers are no routes: net_if.h has those.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_ROUTE_H_
#define ZEPHYR_INCLUDE_NET_NET_ROUTE_H_

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_timeout.h>
#include <zephyr/sys/slist.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A lifetime without end, in seconds. */
#if !defined(NET_IPV6_ND_INFINITE_LIFETIME)
#define NET_IPV6_ND_INFINITE_LIFETIME 0xFFFFFFFFU
#endif

/** To be used before others. */
#define NET_ROUTE_PREFERENCE_HIGH     0x01
/** As usual. */
#define NET_ROUTE_PREFERENCE_MEDIUM   0x00
/** To be used when there is no other. */
#define NET_ROUTE_PREFERENCE_LOW      0x03
/** Means nothing; taken for medium. */
#define NET_ROUTE_PREFERENCE_RESERVED 0x02

/** A route, as it was when a function last returned it. */
struct net_route_entry {
	sys_snode_t node;            /**< Not used here */
	sys_slist_t nexthop;         /**< Empty: net_route_get_nexthop() tells it */
	struct net_if *iface;        /**< Interface it leads out by */
	struct net_timeout lifetime; /**< How long it holds */
	struct in6_addr addr;        /**< Prefix */
	struct in6_addr znet_hop;    /**< Next hop */
	uint8_t prefix_len;          /**< Length of the prefix in bits */
	uint8_t preference;          /**< NET_ROUTE_PREFERENCE_* */
	uint8_t is_infinite;         /**< It holds for ever */
};

/** Is shown each route. */
typedef void (*net_route_cb_t)(struct net_route_entry *entry, void *user_data);

#if defined(CONFIG_NET_ROUTE)
/**
 * Finds the route that packets to an address take.
 *
 * @param iface interface it has to lead out by, or NULL
 * @param dst destination
 * @return the route, or NULL
 */
struct net_route_entry *net_route_lookup(struct net_if *iface, const struct in6_addr *dst);

/**
 * Adds a route. One that is there with the same next hop gets the new lifetime; with another, it gives way unless it is
 * preferred more. A full table gives up its oldest route.
 *
 * @param iface interface it leads out by
 * @param addr prefix
 * @param prefix_len its length in bits
 * @param nexthop next hop; :: where every destination is a neighbour
 * @param lifetime in seconds, NET_IPV6_ND_INFINITE_LIFETIME for ever
 * @param preference NET_ROUTE_PREFERENCE_*
 * @return the route, or NULL
 */
struct net_route_entry *net_route_add(struct net_if *iface, const struct in6_addr *addr,
				      uint8_t prefix_len, const struct in6_addr *nexthop,
				      uint32_t lifetime, uint8_t preference);

/** Forgets a route. @return 0, -EINVAL for none, -ENOENT for one that is gone */
int net_route_del(struct net_route_entry *entry);

/** Forgets the routes by a neighbour. @return how many, -EINVAL, -ENOENT for none */
int net_route_del_by_nexthop(struct net_if *iface, const struct in6_addr *nexthop);

/** Changes for how many seconds from now a route holds. */
void net_route_update_lifetime(struct net_route_entry *entry, uint32_t lifetime);

/** @return the next hop of a route, or NULL */
struct in6_addr *net_route_get_nexthop(struct net_route_entry *entry);

/** Shows all routes to a callback. @return how many there are */
int net_route_foreach(net_route_cb_t cb, void *user_data);

/**
 * Finds out where packets to an address go.
 *
 * @param iface interface they have to leave by, or NULL
 * @param dst destination
 * @param route the route, NULL where a link's prefix or a default router leads there
 * @param nexthop the neighbour they go to
 * @return whether they go anywhere
 */
bool net_route_get_info(struct net_if *iface, struct in6_addr *dst, struct net_route_entry **route,
			struct in6_addr **nexthop);
#else
static inline struct net_route_entry *net_route_lookup(struct net_if *iface,
						       const struct in6_addr *dst)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(dst);
	return NULL;
}
#endif /* CONFIG_NET_ROUTE */

#if defined(CONFIG_NET_ROUTE_MCAST)
/** By which interfaces packets to some groups go on. */
struct net_route_entry_mcast {
	struct net_if *ifaces[CONFIG_NET_MCAST_ROUTE_MAX_IFACES]; /**< Interfaces, NULL behind them */
	void *data;              /**< Whatever the application wants to keep here */
	struct in6_addr group;   /**< Prefix of the groups */
	uint32_t lifetime;       /**< Not used here */
	bool is_used;            /**< The entry is in the table */
	uint8_t prefix_len;      /**< Length of the prefix in bits */
};
#else
struct net_route_entry_mcast;
#endif /* CONFIG_NET_ROUTE_MCAST */

/** Is shown each entry of the multicast routing table. */
typedef void (*net_route_mcast_cb_t)(struct net_route_entry_mcast *entry, void *user_data);

#if defined(CONFIG_NET_ROUTE_MCAST)
/**
 * Has packets to some groups go on by an interface: adds it to their entry, or makes one.
 *
 * @param iface interface with the flag NET_IF_FORWARD_MULTICASTS
 * @param group prefix of the groups
 * @param prefix_len its length in bits
 * @return the entry, or NULL
 */
struct net_route_entry_mcast *net_route_mcast_add(struct net_if *iface,
						  const struct in6_addr *group, uint8_t prefix_len);

/** Forgets an entry. @return false when it was not in the table */
bool net_route_mcast_del(struct net_route_entry_mcast *route);

/** @return the entry for a group, or NULL */
struct net_route_entry_mcast *net_route_mcast_lookup(const struct in6_addr *group);

/** Adds an interface to an entry. @return whether it is in it now */
bool net_route_mcast_iface_add(struct net_route_entry_mcast *entry, struct net_if *iface);

/** Takes an interface out of an entry. @return whether it was in it */
bool net_route_mcast_iface_del(struct net_route_entry_mcast *entry, struct net_if *iface);

/** Shows all entries but those for the group skip to a callback. @return how many were shown */
int net_route_mcast_foreach(net_route_mcast_cb_t cb, const struct in6_addr *skip, void *user_data);
#endif /* CONFIG_NET_ROUTE_MCAST */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/net_route.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_ROUTE_H_ */
