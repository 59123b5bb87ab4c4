// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Neighbours: the IPv6 neighbour cache, and tables of neighbours in general.
 *
 * What <nbr.h> and <ipv6.h> of subsys/net/ip hold of them in Zephyr: those headers include this one. Of the IPv6 cache C
 * sees copies, each as it was when a function last returned it; what is written into one changes nothing.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_NBR_H_
#define ZEPHYR_INCLUDE_NET_ZNET_NBR_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_linkaddr.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Place of a link address in the table of them. A byte, as in Zephyr, as long as that suffices. */
#if defined(CONFIG_ZNET_IPV6_MANY_NEIGHBORS)
typedef uint16_t znet_nbr_idx_t;
#define NET_NBR_LLADDR_UNKNOWN 0xffff
#else
typedef uint8_t znet_nbr_idx_t;
/** There is no link address yet. */
#define NET_NBR_LLADDR_UNKNOWN 0xff
#endif

/** A neighbour; what is known of it lies behind @a data. */
struct net_nbr {
	uint8_t ref;                       /**< How many hold it; 0 for a free place */
	znet_nbr_idx_t idx;                /**< Its link address, for net_nbr_get_lladdr() */
	uint16_t size;                     /**< Bytes behind it for what is known */
	uint16_t extra_data_size;          /**< Bytes behind those for whatever the owner wants */
	struct net_if *iface;              /**< Interface it is a neighbour on */
	uint8_t *data;                     /**< What is known */
	void (*remove)(struct net_nbr *nbr); /**< Called when nobody holds it any more */
} __aligned(8);

/** A table of neighbours. */
struct net_nbr_table {
	struct net_nbr *nbr;                         /**< Its pool */
	void (*const clear)(struct net_nbr_table *table); /**< Called when it has been cleared */
	const uint16_t nbr_count;                    /**< Places in the pool */
};

#define NET_NBR_LOCAL static
#define NET_NBR_GLOBAL

/**
 * Defines a pool of neighbours.
 *
 * @param _name name of the pool
 * @param _count places
 * @param _size bytes for what is known of each
 * @param _remove called when nobody holds one any more
 * @param ... bytes for whatever the owner wants; may be left out
 */
#define NET_NBR_POOL_INIT(_name, _count, _size, _remove, ...)                                      \
	struct {                                                                                   \
		struct net_nbr nbr;                                                                \
		uint8_t data[ROUND_UP(_size, 8) + ROUND_UP((__VA_ARGS__ + 0), 8)] __aligned(8);    \
	} _name[_count] = {[0 ...(_count) - 1] = {.nbr = {                                         \
							  .idx = NET_NBR_LLADDR_UNKNOWN,           \
							  .size = ROUND_UP(_size, 8),              \
							  .extra_data_size =                       \
								  ROUND_UP((__VA_ARGS__ + 0), 8),  \
							  .remove = (_remove),                     \
						  }}}

/** Defines the table `net_<name>` over a pool, NET_NBR_LOCAL or NET_NBR_GLOBAL. */
#define NET_NBR_TABLE_INIT(_type, _name, _pool, _clear)                                            \
	_type struct {                                                                             \
		struct net_nbr_table table;                                                        \
	} net_##_name __used = {                                                                   \
		.table = {.nbr = &(_pool)[0].nbr, .clear = (_clear), .nbr_count = ARRAY_SIZE(_pool)}}

/** @return where the owner's own bytes of a neighbour begin */
static inline void *net_nbr_extra_data(struct net_nbr *nbr)
{
	return (uint8_t *)(nbr + 1) + nbr->size;
}

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
/** Takes a free place of a table. @return a neighbour held once, or NULL */
struct net_nbr *net_nbr_get(struct net_nbr_table *table);

/** Holds a neighbour once more. @return the same */
struct net_nbr *net_nbr_ref(struct net_nbr *nbr);

/** Holds a neighbour once less; at the end its @a remove is called. */
void net_nbr_unref(struct net_nbr *nbr);

/** Finds a neighbour of a table by its link address. @return it, or NULL */
struct net_nbr *net_nbr_lookup(struct net_nbr_table *table, struct net_if *iface,
			       struct net_linkaddr *lladdr);

/**
 * Gives a neighbour its link address, which those at the same station share.
 *
 * @return 0, -EALREADY when it has one, -ENOENT without room, -EINVAL
 */
int net_nbr_link(struct net_nbr *nbr, struct net_if *iface, const struct net_linkaddr *lladdr);

/** Takes the link address from a neighbour. @return 0, -EALREADY when it has none, -EINVAL */
int net_nbr_unlink(struct net_nbr *nbr, struct net_linkaddr *lladdr);

/** @return the link address in a place of the table of them, or NULL */
struct net_linkaddr *net_nbr_get_lladdr(znet_nbr_idx_t idx);

/** Takes the link address from every neighbour of a table. */
void net_nbr_clear_table(struct net_nbr_table *table);
#endif /* CONFIG_NET_IPV6_NBR_CACHE */

/** How far a neighbour is believed reachable (RFC 4861, 7.3.2). */
enum net_ipv6_nbr_state {
	NET_IPV6_NBR_STATE_INCOMPLETE, /**< It is being asked for */
	NET_IPV6_NBR_STATE_REACHABLE,  /**< It has been heard lately */
	NET_IPV6_NBR_STATE_STALE,      /**< It has not been heard lately */
	NET_IPV6_NBR_STATE_DELAY,      /**< Used since; somebody may still confirm it */
	NET_IPV6_NBR_STATE_PROBE,      /**< It is being asked whether it is still there */
	NET_IPV6_NBR_STATE_STATIC,     /**< Set by hand; nothing changes it */
};

/** What is known of an IPv6 neighbour. */
struct net_ipv6_nbr_data {
	struct net_pkt *pending;   /**< Always NULL: what waits for it is not shown */
	struct in6_addr addr;      /**< Its address */
	int64_t reachable;         /**< Uptime in milliseconds when this was found out */
	int32_t reachable_timeout; /**< Milliseconds from then on until its state changes; 0 for never */
	int64_t send_ns;           /**< The same uptime while it is being asked for, else 0 */
	int state;                 /**< enum net_ipv6_nbr_state */
	uint16_t link_metric;      /**< Not used here */
	uint8_t ns_count;          /**< How often it was asked since it was last heard */
	bool is_router;            /**< It is a router */
	uint32_t stale_counter;    /**< Not used here */
};

/** @return what is known of an IPv6 neighbour */
static inline struct net_ipv6_nbr_data *net_ipv6_nbr_data(struct net_nbr *nbr)
{
	return (struct net_ipv6_nbr_data *)(void *)nbr->data;
}

/** @return the name of a state */
static inline const char *net_ipv6_nbr_state2str(enum net_ipv6_nbr_state state)
{
	static const char *const names[] = {"incomplete", "reachable", "stale",
					    "delay",      "probe",     "static"};

	return (unsigned int)state < ARRAY_SIZE(names) ? names[state] : "<invalid state>";
}

/** Is shown each neighbour. */
typedef void (*net_nbr_cb_t)(struct net_nbr *nbr, void *user_data);

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
/**
 * Finds an IPv6 neighbour.
 *
 * @param iface interface it is a neighbour on, or NULL for any
 * @param addr its address
 * @return the neighbour, or NULL
 */
struct net_nbr *net_ipv6_nbr_lookup(struct net_if *iface, struct in6_addr *addr);

/** Finds an IPv6 neighbour by the place of its link address. @return it, or NULL */
struct net_nbr *net_ipv6_get_nbr(struct net_if *iface, znet_nbr_idx_t idx);

/** As net_ipv6_get_nbr(). @return its address, or NULL */
struct in6_addr *net_ipv6_nbr_lookup_by_index(struct net_if *iface, znet_nbr_idx_t idx);

/**
 * Notes an IPv6 neighbour by hand, or changes what is known of one.
 *
 * @param iface interface it is a neighbour on
 * @param addr its address
 * @param lladdr its link address; NULL has it asked for
 * @param is_router whether it is a router
 * @param state how far it is believed reachable
 * @return the neighbour; NULL when there is no room, or for an address no neighbour has
 */
struct net_nbr *net_ipv6_nbr_add(struct net_if *iface, const struct in6_addr *addr,
				 const struct net_linkaddr *lladdr, bool is_router,
				 enum net_ipv6_nbr_state state);

/** Forgets an IPv6 neighbour, and the routes by it. @return whether it was known */
bool net_ipv6_nbr_rm(struct net_if *iface, struct in6_addr *addr);

/** Shows all IPv6 neighbours to a callback. */
void net_ipv6_nbr_foreach(net_nbr_cb_t cb, void *user_data);

/**
 * Asks who has an address.
 *
 * @param iface interface to ask on
 * @param pending a packet for that address, which goes out once there is an answer, or NULL. It belongs to the stack
 * afterwards. The other addresses are not looked at then.
 * @param src address to ask from, or NULL for the usual one
 * @param dst where to ask, or NULL for the group of those who may have it
 * @param tgt the address
 * @param is_my_address asks from no address, as is done before the address is used (RFC 4862, 5.4.2)
 * @return 0, -EADDRNOTAVAIL when there is no address to ask from, -EINVAL
 */
int net_ipv6_send_ns(struct net_if *iface, struct net_pkt *pending, const struct in6_addr *src,
		     const struct in6_addr *dst, const struct in6_addr *tgt, bool is_my_address);

/**
 * Tells that an address is at our link address.
 *
 * @param iface interface to tell it on
 * @param src address it is told from
 * @param dst whom to tell
 * @param tgt the address
 * @param flags NET_ICMPV6_NA_FLAG_*
 * @return 0, -EINVAL
 */
int net_ipv6_send_na(struct net_if *iface, const struct in6_addr *src, const struct in6_addr *dst,
		     const struct in6_addr *tgt, uint8_t flags);
#else
static inline struct net_nbr *net_ipv6_nbr_lookup(struct net_if *iface, struct in6_addr *addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);
	return NULL;
}

static inline struct in6_addr *net_ipv6_nbr_lookup_by_index(struct net_if *iface, uint8_t idx)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(idx);
	return NULL;
}

static inline struct net_nbr *net_ipv6_nbr_add(struct net_if *iface, const struct in6_addr *addr,
					       const struct net_linkaddr *lladdr, bool is_router,
					       enum net_ipv6_nbr_state state)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);
	ARG_UNUSED(lladdr);
	ARG_UNUSED(is_router);
	ARG_UNUSED(state);
	return NULL;
}

static inline bool net_ipv6_nbr_rm(struct net_if *iface, struct in6_addr *addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);
	return true;
}

static inline void net_ipv6_nbr_foreach(net_nbr_cb_t cb, void *user_data)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(user_data);
}
#endif /* CONFIG_NET_IPV6_NBR_CACHE */

/** What these two guarded in Zephyr is guarded inside the stack. */
static inline void net_ipv6_nbr_lock(void)
{
}

static inline void net_ipv6_nbr_unlock(void)
{
}

#if defined(CONFIG_NET_IPV6_DAD)
/** Asks whether somebody else has an address of ours (RFC 4862, 5.4). @return 0, -EINVAL */
int net_ipv6_start_dad(struct net_if *iface, struct net_if_addr *ifaddr);
#endif

#if defined(CONFIG_NET_IPV6_ND)
/** Asks for routers once. @return 0, -EINVAL */
int net_ipv6_send_rs(struct net_if *iface);

/** Asks for routers until one answers, three times at most. @return 0, -EINVAL */
int net_ipv6_start_rs(struct net_if *iface);

/** Has a neighbour believed reachable as long as its interface says, from now on. */
void net_ipv6_nbr_set_reachable_timer(struct net_if *iface, struct net_nbr *nbr);

/** Tells that somebody above has heard from a neighbour just now (RFC 4861, 7.3.1). */
static inline void net_ipv6_nbr_reachability_hint(struct net_if *iface,
						  const struct in6_addr *ipv6_addr)
{
	net_if_nbr_reachability_hint(iface, ipv6_addr);
}
#else
static inline void net_ipv6_nbr_set_reachable_timer(struct net_if *iface, struct net_nbr *nbr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(nbr);
}

static inline void net_ipv6_nbr_reachability_hint(struct net_if *iface,
						  const struct in6_addr *ipv6_addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(ipv6_addr);
}
#endif /* CONFIG_NET_IPV6_ND */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ZNET_NBR_H_ */
