// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Network interfaces.
 *
 * An interface is defined by its driver with NET_DEVICE_INIT() and known to the program by its
 * address. This file holds the structures and what reads them; net_if_def.h has the macros that
 * define interfaces, net_if_ipv4.h and net_if_ipv6.h their addresses.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_IF_H_
#define ZEPHYR_INCLUDE_NET_NET_IF_H_

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/hostname.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_l2.h>
#include <zephyr/net/net_linkaddr.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/net/net_timeout.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/slist.h>
#include <zephyr/sys/util.h>

#if defined(CONFIG_NET_IPV4_AUTO)
#include <zephyr/net/ipv4_autoconf.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** A unicast address of an interface. */
struct net_if_addr {
	/** The address. */
	struct net_addr address;
	/** The interface itself, and sockets bound to the address. */
	atomic_t atomic_ref;
	/** How it came to be. */
	enum net_addr_type addr_type;
	/** Whether it may be used. */
	enum net_addr_state addr_state;
	/** Valid without limit of time. */
	uint8_t is_infinite;
	/** Whether this slot holds an address. */
	uint8_t is_used;
	/** Usable inside a mesh only. */
	uint8_t is_mesh_local;
	/** A temporary address (RFC 8981). */
	uint8_t is_temporary;
	/** Added, and not yet removed, by whoever asked for it. */
	uint8_t is_added;
};

/** A multicast group of an interface. */
struct net_if_mcast_addr {
	/** The group. */
	struct net_addr address;
	/** Whether this slot holds a group. */
	uint8_t is_used;
	/** Whether the group has been joined. */
	uint8_t is_joined;
	/** How often the stack has been asked to join it; not for applications. */
	uint16_t _users;
};

/** A router known on a link. */
struct net_if_router {
	/** Its address. */
	struct net_addr address;
	/** The interface it is reached through. */
	struct net_if *iface;
	/** When its lifetime began, in milliseconds since start-up. */
	uint32_t life_start;
	/** Lifetime in seconds. */
	uint16_t lifetime;
	/** Whether this slot holds a router. */
	uint8_t is_used;
	/** Usable as a default router. */
	uint8_t is_default;
	/** Valid without limit of time. */
	uint8_t is_infinite;
};

/** Flags of an interface, as bit numbers. */
enum net_if_flag {
	NET_IF_UP,                 /**< Administratively up */
	NET_IF_POINTOPOINT,        /**< Point-to-point link */
	NET_IF_PROMISC,            /**< Promiscuous mode */
	NET_IF_NO_AUTO_START,      /**< Not to be taken up at start-up */
	NET_IF_SUSPENDED,          /**< Suspended by power management */
	NET_IF_FORWARD_MULTICASTS, /**< Multicast packets of others are forwarded here */
	NET_IF_IPV4,               /**< Carries IPv4 */
	NET_IF_IPV6,               /**< Carries IPv6 */
	NET_IF_RUNNING,            /**< Operational: up, with carrier, not dormant */
	NET_IF_LOWER_UP,           /**< The driver reports a carrier */
	NET_IF_DORMANT,            /**< The driver waits for an external event */
	NET_IF_IPV6_NO_ND,         /**< No neighbour discovery */
	NET_IF_IPV6_NO_MLD,        /**< No multicast listener discovery */
	NET_IF_NO_TX_LOCK,         /**< The driver may be entered by several senders at once */

	NET_IF_NUM_FLAGS /**< How many there are */
};

/** Operational state (RFC 2863). */
enum net_if_oper_state {
	NET_IF_OPER_UNKNOWN,        /**< Before start-up */
	NET_IF_OPER_NOTPRESENT,     /**< Hardware is missing */
	NET_IF_OPER_DOWN,           /**< Administratively down */
	NET_IF_OPER_LOWERLAYERDOWN, /**< What it stands on is down */
	NET_IF_OPER_TESTING,        /**< Testing */
	NET_IF_OPER_DORMANT,        /**< Waits for an external event */
	NET_IF_OPER_UP,             /**< Ready to send and receive */
} __packed;

/** @name Addresses of an interface, by kind
 * @{
 */
#if defined(CONFIG_NET_IPV4)
#define NET_IF_MAX_IPV4_ADDR  CONFIG_NET_IF_UNICAST_IPV4_ADDR_COUNT
#define NET_IF_MAX_IPV4_MADDR CONFIG_NET_IF_MCAST_IPV4_ADDR_COUNT
#else
#define NET_IF_MAX_IPV4_ADDR  0
#define NET_IF_MAX_IPV4_MADDR 0
#endif
#if defined(CONFIG_NET_IPV6)
#define NET_IF_MAX_IPV6_ADDR   CONFIG_NET_IF_UNICAST_IPV6_ADDR_COUNT
#define NET_IF_MAX_IPV6_MADDR  CONFIG_NET_IF_MCAST_IPV6_ADDR_COUNT
#define NET_IF_MAX_IPV6_PREFIX CONFIG_NET_IF_IPV6_PREFIX_COUNT
#else
#define NET_IF_MAX_IPV6_ADDR   0
#define NET_IF_MAX_IPV6_MADDR  0
#define NET_IF_MAX_IPV6_PREFIX 0
#endif
/** @} */

/** An IPv4 address with its netmask. */
struct net_if_addr_ipv4 {
	union {
		/** The address. */
		struct net_if_addr ipv4;
		/* What applications read where it was before it had a netmask of its own. */
		struct {
			struct net_addr address;
			atomic_t atomic_ref;
			enum net_addr_type addr_type;
			enum net_addr_state addr_state;
			uint8_t is_infinite;
			uint8_t is_used;
		};
	};
	/** Its netmask. */
	struct in_addr netmask;
};

BUILD_ASSERT(offsetof(struct net_if_addr_ipv4, is_used) == offsetof(struct net_if_addr, is_used),
	     "both names mean the same member");

/** IPv4 configuration of an interface. */
struct net_if_ipv4 {
	/** Unicast addresses. */
	struct net_if_addr_ipv4 unicast[NET_IF_MAX_IPV4_ADDR];
	/** Multicast groups. */
	struct net_if_mcast_addr mcast[NET_IF_MAX_IPV4_MADDR];
	/** Gateway, 0.0.0.0 for none. */
	struct in_addr gw;
	/** Time to live of packets sent. */
	uint8_t ttl;
	/** Time to live of multicast packets sent. */
	uint8_t mcast_ttl;
};

#if defined(CONFIG_NET_IPV6)
/** A prefix whose addresses are neighbours. */
struct net_if_ipv6_prefix {
	/** The prefix; bits behind its length are zero. */
	struct in6_addr prefix;
	/** The interface it is on. */
	struct net_if *iface;
	/** Length in bits. */
	uint8_t len;
	/** Valid without limit of time. */
	uint8_t is_infinite;
	/** Whether this slot holds a prefix. */
	uint8_t is_used;
};

/** IPv6 configuration of an interface. */
struct net_if_ipv6 {
	/** Unicast addresses. */
	struct net_if_addr unicast[NET_IF_MAX_IPV6_ADDR];
	/** Multicast groups. */
	struct net_if_mcast_addr mcast[NET_IF_MAX_IPV6_MADDR];
	/** Prefixes on the link. */
	struct net_if_ipv6_prefix prefix[NET_IF_MAX_IPV6_PREFIX];
	/** Milliseconds a neighbour is believed reachable, on average. */
	uint32_t base_reachable_time;
	/** The same, drawn anew now and then. */
	uint32_t reachable_time;
	/** Milliseconds between two solicitations. */
	uint32_t retrans_timer;
	/** Largest packet of the link as routers say, 0 when they do not. */
	uint16_t network_mtu;
	/** Hop limit of packets sent. */
	uint8_t hop_limit;
	/** Hop limit of multicast packets sent. */
	uint8_t mcast_hop_limit;
};
#endif /* CONFIG_NET_IPV6 */

#define NET_IF_MAX_CONFIGS 1 /**< Interfaces behind one device */

/** IP configuration of an interface; NULL for a version it has not been given. */
struct net_if_ip {
#if defined(CONFIG_NET_IPV6)
	/** IPv6. */
	struct net_if_ipv6 *ipv6;
#endif
#if defined(CONFIG_NET_IPV4)
	/** IPv4. */
	struct net_if_ipv4 *ipv4;
#endif
};

/** Addresses and name of an interface. */
struct net_if_config {
#if defined(CONFIG_NET_IPV4) || defined(CONFIG_NET_IPV6)
	/** IP addresses. */
	struct net_if_ip ip;
#endif
#if defined(CONFIG_NET_INTERFACE_NAME)
	/** Name, NUL-terminated. */
	char name[CONFIG_NET_INTERFACE_NAME_LEN + 1];
#endif
};

/** Creates a socket of an offloading device, like socket(). */
typedef int (*net_socket_create_t)(int family, int type, int proto);

#if defined(CONFIG_NET_OFFLOAD)
struct net_offload;
#endif

/** The device side of an interface. */
struct net_if_dev {
	/** The driver's device. */
	const struct device *dev;
	/** The link layer. */
	const struct net_l2 *const l2;
	/** The link layer's data. */
	void *l2_data;
	/** Bits of enum net_if_flag. */
	ATOMIC_DEFINE(flags, NET_IF_NUM_FLAGS);
	/** Link address. */
	struct net_linkaddr link_addr;
#if defined(CONFIG_NET_OFFLOAD)
	/** Functions of a device with its own IP stack. */
	struct net_offload *offload;
#endif
	/** Largest network-layer packet in bytes. */
	uint16_t mtu;
#if defined(CONFIG_NET_SOCKETS_OFFLOAD)
	/** Creates sockets of a device that has its own. */
	net_socket_create_t socket_offload;
#endif
	/** RFC 2863 operational state. */
	enum net_if_oper_state oper_state;
};

/** A network interface. Members that begin with an underscore are the stack's. */
struct net_if {
	/** The device side. */
	struct net_if_dev *if_dev;
	/** Addresses and name. */
	struct net_if_config config;
	uint32_t _tx_offload;
	uint32_t _rx_offload;
	uint32_t _hw_caps;
	uint8_t _index;
	uint8_t _kind;
	uint8_t _instance;
	/** IPv6 privacy extensions are on. */
	uint8_t pe_enabled;
	/** Public addresses are preferred to temporary ones. */
	uint8_t pe_prefer_public;
#if defined(CONFIG_NET_STATISTICS_PER_INTERFACE)
	/** What it has received and sent; to be read. */
	struct net_stats stats;
#endif
};

/** A traffic class as Zephyr keeps it; here the queues are the library's own. */
struct net_traffic_class {
	struct k_fifo fifo;      /**< Packets that wait */
	struct k_thread handler; /**< Who handles them */
	k_thread_stack_t *stack; /**< Its stack */
};

/** Head of every network driver's function table. */
struct net_if_api {
	/** Sets the interface up: link address, flags, link-layer context. Called once. */
	void (*init)(struct net_if *iface);
};

/** @name Locks
 *
 * For drivers and applications. The stack does not take net_if_lock(); it holds net_if_tx_lock()
 * while it is in a driver's send function, unless NET_IF_NO_TX_LOCK is set. Both nest.
 * @{
 */
void net_if_lock(struct net_if *iface);
void net_if_unlock(struct net_if *iface);
void net_if_tx_lock(struct net_if *iface);
void net_if_tx_unlock(struct net_if *iface);
/** @} */

/** @name Flags
 * @{
 */

/** Sets a flag. */
static inline void net_if_flag_set(struct net_if *iface, enum net_if_flag value)
{
	if (iface != NULL && iface->if_dev != NULL) {
		atomic_set_bit(iface->if_dev->flags, value);
	}
}

/** Sets a flag; returns whether it was set. */
static inline bool net_if_flag_test_and_set(struct net_if *iface, enum net_if_flag value)
{
	return iface != NULL && iface->if_dev != NULL &&
	       atomic_test_and_set_bit(iface->if_dev->flags, value);
}

/** Clears a flag. */
static inline void net_if_flag_clear(struct net_if *iface, enum net_if_flag value)
{
	if (iface != NULL && iface->if_dev != NULL) {
		atomic_clear_bit(iface->if_dev->flags, value);
	}
}

/** Clears a flag; returns whether it was set. */
static inline bool net_if_flag_test_and_clear(struct net_if *iface, enum net_if_flag value)
{
	return iface != NULL && iface->if_dev != NULL &&
	       atomic_test_and_clear_bit(iface->if_dev->flags, value);
}

/** Whether a flag is set. */
static inline bool net_if_flag_is_set(struct net_if *iface, enum net_if_flag value)
{
	return iface != NULL && iface->if_dev != NULL &&
	       atomic_test_bit(iface->if_dev->flags, value);
}

/** Whether the interface is up and running. */
static inline bool net_if_is_up(struct net_if *iface)
{
	return net_if_flag_is_set(iface, NET_IF_UP) && net_if_flag_is_set(iface, NET_IF_RUNNING);
}

/** Whether the interface is administratively up. */
static inline bool net_if_is_admin_up(struct net_if *iface)
{
	return net_if_flag_is_set(iface, NET_IF_UP);
}

/** Whether the driver reports a carrier. */
static inline bool net_if_is_carrier_ok(struct net_if *iface)
{
	return net_if_flag_is_set(iface, NET_IF_LOWER_UP);
}

/** Whether the driver waits for an external event. */
static inline bool net_if_is_dormant(struct net_if *iface)
{
	return net_if_flag_is_set(iface, NET_IF_DORMANT);
}

/** Changes the operational state; returns the state in force. */
static inline enum net_if_oper_state net_if_oper_state_set(struct net_if *iface,
							   enum net_if_oper_state oper_state)
{
	if (iface == NULL || iface->if_dev == NULL) {
		return NET_IF_OPER_UNKNOWN;
	}

	if (oper_state <= NET_IF_OPER_UP) {
		iface->if_dev->oper_state = oper_state;
	}

	return iface->if_dev->oper_state;
}

/** Operational state. */
static inline enum net_if_oper_state net_if_oper_state(struct net_if *iface)
{
	if (iface == NULL || iface->if_dev == NULL) {
		return NET_IF_OPER_UNKNOWN;
	}

	return iface->if_dev->oper_state;
}
/** @} */

/** @name Parts of an interface
 * @{
 */

/** The link layer. */
static inline const struct net_l2 *net_if_l2(struct net_if *iface)
{
	return iface == NULL || iface->if_dev == NULL ? NULL : iface->if_dev->l2;
}

/** The link layer's data. */
static inline void *net_if_l2_data(struct net_if *iface)
{
	return iface == NULL || iface->if_dev == NULL ? NULL : iface->if_dev->l2_data;
}

/** The driver's device. */
static inline const struct device *net_if_get_device(struct net_if *iface)
{
	return iface == NULL || iface->if_dev == NULL ? NULL : iface->if_dev->dev;
}

/** The link address. */
static inline struct net_linkaddr *net_if_get_link_addr(struct net_if *iface)
{
	return iface == NULL || iface->if_dev == NULL ? NULL : &iface->if_dev->link_addr;
}

/** Addresses and name. */
static inline struct net_if_config *net_if_get_config(struct net_if *iface)
{
	return iface == NULL ? NULL : &iface->config;
}

/** Addresses and name, the older name of net_if_get_config(). */
static inline struct net_if_config *net_if_config_get(struct net_if *iface)
{
	return net_if_get_config(iface);
}

/** Largest network-layer packet in bytes. */
static inline uint16_t net_if_get_mtu(struct net_if *iface)
{
	return iface == NULL || iface->if_dev == NULL ? 0U : iface->if_dev->mtu;
}

/** Changes the MTU. */
static inline void net_if_set_mtu(struct net_if *iface, uint16_t mtu)
{
	if (iface != NULL && iface->if_dev != NULL) {
		iface->if_dev->mtu = mtu;
	}
}

/** Whether a device with its own IP stack stands behind the interface. */
static inline bool net_if_is_ip_offloaded(struct net_if *iface)
{
#if defined(CONFIG_NET_OFFLOAD)
	return iface != NULL && iface->if_dev != NULL && iface->if_dev->offload != NULL;
#else
	ARG_UNUSED(iface);

	return false;
#endif
}

/** Whether a device with its own IP stack or sockets stands behind the interface. */
bool net_if_is_offloaded(struct net_if *iface);

/** Functions of a device with its own IP stack. */
static inline struct net_offload *net_if_offload(struct net_if *iface)
{
#if defined(CONFIG_NET_OFFLOAD)
	return iface == NULL || iface->if_dev == NULL ? NULL : iface->if_dev->offload;
#else
	ARG_UNUSED(iface);

	return NULL;
#endif
}

/** Whether the device has its own sockets. */
static inline bool net_if_is_socket_offloaded(struct net_if *iface)
{
#if defined(CONFIG_NET_SOCKETS_OFFLOAD)
	return iface != NULL && iface->if_dev != NULL && iface->if_dev->socket_offload != NULL;
#else
	ARG_UNUSED(iface);

	return false;
#endif
}

/** Sets the function that creates the device's own sockets. */
static inline void net_if_socket_offload_set(struct net_if *iface,
					     net_socket_create_t socket_offload)
{
#if defined(CONFIG_NET_SOCKETS_OFFLOAD)
	if (iface != NULL && iface->if_dev != NULL) {
		iface->if_dev->socket_offload = socket_offload;
	}
#else
	ARG_UNUSED(iface);
	ARG_UNUSED(socket_offload);
#endif
}

/** The function that creates the device's own sockets. */
static inline net_socket_create_t net_if_socket_offload(struct net_if *iface)
{
#if defined(CONFIG_NET_SOCKETS_OFFLOAD)
	return iface == NULL || iface->if_dev == NULL ? NULL : iface->if_dev->socket_offload;
#else
	ARG_UNUSED(iface);

	return NULL;
#endif
}
/** @} */

/** @name Link address
 * @{
 */

/** net_if_set_link_addr() for callers that keep others away themselves. */
static inline int net_if_set_link_addr_unlocked(struct net_if *iface, uint8_t *addr, uint8_t len,
						enum net_link_type type)
{
	int ret;

	if (net_if_flag_is_set(iface, NET_IF_RUNNING)) {
		return -EPERM;
	}

	ret = net_linkaddr_create(net_if_get_link_addr(iface), addr, len, type);
	if (ret == 0) {
		(void)net_hostname_set_postfix(addr, len);
	}

	return ret;
}

/** The function behind net_if_set_link_addr(). */
int net_if_set_link_addr_locked(struct net_if *iface, uint8_t *addr, uint8_t len,
				enum net_link_type type);

/**
 * Sets the link address. The bytes are copied.
 *
 * @return 0, -EPERM while the interface is running, -EINVAL for a NULL argument, -EMSGSIZE when
 *         @p len is too long
 */
static inline int net_if_set_link_addr(struct net_if *iface, uint8_t *addr, uint8_t len,
				       enum net_link_type type)
{
	return net_if_set_link_addr_locked(iface, addr, len, type);
}

/** The interface with this link address, or NULL. */
struct net_if *net_if_get_by_link_addr(struct net_linkaddr *ll_addr);
/** @} */

/** @name Finding interfaces
 * @{
 */

/** The interface with this index (from 1), or NULL. */
struct net_if *net_if_get_by_index(int index);

/** The index of an interface, -1 when it is none of ours. */
int net_if_get_by_iface(struct net_if *iface);

/** The interface of a device, or NULL. */
struct net_if *net_if_lookup_by_dev(const struct device *dev);

/** Makes an interface the default. NULL leaves the choice to the configuration. */
void net_if_set_default(struct net_if *iface);

/** The default interface, or NULL when there is none at all. */
struct net_if *net_if_get_default(void);

/** The first interface with this link layer, any for NULL, or NULL. */
struct net_if *net_if_get_first_by_type(const struct net_l2 *l2);

/** The first interface that is up, or NULL. */
struct net_if *net_if_get_first_up(void);

#if defined(CONFIG_NET_L2_IEEE802154)
/** The first IEEE 802.15.4 interface, or NULL. */
static inline struct net_if *net_if_get_ieee802154(void)
{
	return net_if_get_first_by_type(&NET_L2_GET_NAME(IEEE802154));
}
#endif

/** Looks at an interface. */
typedef void (*net_if_cb_t)(struct net_if *iface, void *user_data);

/** Calls @p cb with each interface. The callback may call any function. */
void net_if_foreach(net_if_cb_t cb, void *user_data);

/** The interface that packets to @p dst leave by, or NULL. */
struct net_if *net_if_select_src_iface(const struct sockaddr *dst);

/**
 * Copies an interface's name with its terminator.
 *
 * @return its length; -EINVAL for a NULL interface or a negative @p len, -ERANGE when @p buf is
 *         too small, -ENOTSUP without CONFIG_NET_INTERFACE_NAME
 */
int net_if_get_name(struct net_if *iface, char *buf, int len);

/**
 * Names an interface.
 *
 * @return 0; -EINVAL for a NULL argument, -ENAMETOOLONG, -ENOTSUP without
 *         CONFIG_NET_INTERFACE_NAME
 */
int net_if_set_name(struct net_if *iface, const char *buf);

/** The index of the interface with this name; -EINVAL for NULL, -ENOENT, -ENOTSUP. */
int net_if_get_by_name(const char *name);

/** Whether it is a Wi-Fi interface. */
bool net_if_is_wifi(struct net_if *iface);

/** The first Wi-Fi interface, or NULL. */
struct net_if *net_if_get_first_wifi(void);

/** The Wi-Fi station interface, or NULL. */
struct net_if *net_if_get_wifi_sta(void);

/** The Wi-Fi access point interface, or NULL. */
struct net_if *net_if_get_wifi_sap(void);
/** @} */

/** @name Up and down
 * @{
 */

/**
 * Takes an interface up: enables the link layer, which starts the driver.
 *
 * @return 0, -EALREADY, -ENODEV for an interface without device, or the driver's error
 */
int net_if_up(struct net_if *iface);

/** Takes an interface down. Returns 0, -EALREADY, or the link layer's error. */
int net_if_down(struct net_if *iface);

/** Drivers: the carrier has come. */
void net_if_carrier_on(struct net_if *iface);

/** Drivers: the carrier has gone. */
void net_if_carrier_off(struct net_if *iface);

/** Drivers: the link waits for an external event, such as authentication. */
void net_if_dormant_on(struct net_if *iface);

/** Drivers: the event has come. */
void net_if_dormant_off(struct net_if *iface);

#if defined(CONFIG_NET_PROMISCUOUS_MODE)
/** Receives packets for other stations too. Returns 0, -EALREADY, -ENOTSUP, or a driver's error. */
int net_if_set_promisc(struct net_if *iface);

/** Receives packets for this station only. */
void net_if_unset_promisc(struct net_if *iface);

/** Whether promiscuous mode is on. */
bool net_if_is_promisc(struct net_if *iface);
#else
static inline int net_if_set_promisc(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return -ENOTSUP;
}

static inline void net_if_unset_promisc(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline bool net_if_is_promisc(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return false;
}
#endif

/** Whether packets wait to be sent. */
static inline bool net_if_are_pending_tx_packets(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return false;
}

#if defined(CONFIG_NET_POWER_MANAGEMENT)
/** Stops sending. Returns 0, -EALREADY, -EBUSY while packets are waiting. */
int net_if_suspend(struct net_if *iface);

/** Sends again. Returns 0 or -EALREADY. */
int net_if_resume(struct net_if *iface);

/** Whether the interface is suspended. */
bool net_if_is_suspended(struct net_if *iface);
#endif
/** @} */

/** @name Addresses of either IP version
 * @{
 */

/** Looks at a unicast address of an interface. */
typedef void (*net_if_ip_addr_cb_t)(struct net_if *iface, struct net_if_addr *addr,
				    void *user_data);

/** Looks at a multicast group of an interface. */
typedef void (*net_if_ip_maddr_cb_t)(struct net_if *iface, struct net_if_mcast_addr *maddr,
				     void *user_data);

/** Sets whether an address is valid without limit of time. */
static inline void net_if_addr_set_lf(struct net_if_addr *ifaddr, bool is_infinite)
{
	if (ifaddr != NULL) {
		ifaddr->is_infinite = is_infinite;
	}
}

/** One more reference to an address of an interface: it is not removed meanwhile. */
struct net_if_addr *net_if_addr_ref(struct net_if *iface, sa_family_t family, const void *addr);

/**
 * One reference less; the last removes the address.
 *
 * @param ifaddr where to store the address while it exists; may be NULL
 *
 * @return references left, or -EINVAL when the interface has no such address
 */
int net_if_addr_unref(struct net_if *iface, sa_family_t family, const void *addr,
		      struct net_if_addr **ifaddr);

/** Called when an interface joins or leaves a group. */
typedef void (*net_if_mcast_callback_t)(struct net_if *iface, const struct net_addr *addr,
					bool is_joined);

/** A registration of net_if_mcast_mon_register(). */
struct net_if_mcast_monitor {
	/** The stack's list. */
	sys_snode_t node;
	/** The interface, any for NULL. */
	struct net_if *iface;
	/** The function. */
	net_if_mcast_callback_t cb;
};

/** Has @p cb called when @p iface (any for NULL) joins or leaves a group. */
void net_if_mcast_mon_register(struct net_if_mcast_monitor *mon, struct net_if *iface,
			       net_if_mcast_callback_t cb);

/** Ends a registration. */
void net_if_mcast_mon_unregister(struct net_if_mcast_monitor *mon);

/** Calls the registered functions. */
void net_if_mcast_monitor(struct net_if *iface, const struct net_addr *addr, bool is_joined);

/** Forgets a router. */
void net_if_router_rm(struct net_if_router *router);
/** @} */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/net_if_data.h>
#include <zephyr/net/net_if_ipv4.h>
#include <zephyr/net/net_if_ipv6.h>
#include <zephyr/net/net_if_def.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_IF_H_ */
