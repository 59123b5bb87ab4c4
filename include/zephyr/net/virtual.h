// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Virtual interfaces: those that stand on another interface instead of a device, as tunnels do.
 */

#ifndef ZEPHYR_INCLUDE_NET_VIRTUAL_H_
#define ZEPHYR_INCLUDE_NET_VIRTUAL_H_

#include <stdbool.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a virtual interface is for. */
enum virtual_interface_caps {
	VIRTUAL_INTERFACE_IPIP = BIT(1),   /**< IP in IP */
	VIRTUAL_INTERFACE_VLAN = BIT(2),   /**< A VLAN */
	VIRTUAL_INTERFACE_BRIDGE = BIT(3), /**< A bridge */

	VIRTUAL_INTERFACE_NUM_CAPS
};

/** Settings. */
enum virtual_interface_config_type {
	VIRTUAL_INTERFACE_CONFIG_TYPE_PEER_ADDRESS, /**< Address of the other end */
	VIRTUAL_INTERFACE_CONFIG_TYPE_MTU,          /**< MTU */
	VIRTUAL_INTERFACE_CONFIG_TYPE_LINK_TYPE,    /**< Links that are captured */
};

/** Link types that a capture tells apart. */
struct virtual_interface_link_types {
	int count; /**< How many */
	uint16_t type[COND_CODE_1(CONFIG_NET_CAPTURE_COOKED_MODE,
				  (CONFIG_NET_CAPTURE_COOKED_MODE_MAX_LINK_TYPES),
				  (1))]; /**< Which */
};

/** Value of a setting. */
struct virtual_interface_config {
	sa_family_t family; /**< Of the address */
	union {
		struct in_addr peer4addr;                       /**< Address of the other end */
		struct in6_addr peer6addr;                      /**< Address of the other end */
		int mtu;                                        /**< MTU */
		struct virtual_interface_link_types link_types; /**< Link types */
	};
};

/** Longest name of a virtual interface, with its terminator. */
#if defined(CONFIG_NET_L2_VIRTUAL)
#define VIRTUAL_MAX_NAME_LEN CONFIG_NET_L2_VIRTUAL_MAX_NAME_LEN
#else
#define VIRTUAL_MAX_NAME_LEN 0
#endif

/** Functions of a driver under VIRTUAL_L2. All but send and recv are optional. */
struct virtual_interface_api {
	/** What every network driver has. */
	struct net_if_api iface_api;
	/** What the interface is for. */
	enum virtual_interface_caps (*get_capabilities)(struct net_if *iface);
	/** Starts it. */
	int (*start)(const struct device *dev);
	/** Stops it. */
	int (*stop)(const struct device *dev);
	/** Sends a packet: bytes sent and the packet consumed, or a negative errno value. */
	int (*send)(struct net_if *iface, struct net_pkt *pkt);
	/** Takes a received packet, or lets it pass up. */
	enum net_verdict (*recv)(struct net_if *iface, struct net_pkt *pkt);
	/** The interface stands on another one now, or with NULL on none. */
	int (*attach)(struct net_if *virtual_iface, struct net_if *iface);
	/** Changes a setting. */
	int (*set_config)(struct net_if *iface, enum virtual_interface_config_type type,
			  const struct virtual_interface_config *config);
	/** Reads a setting. */
	int (*get_config)(struct net_if *iface, enum virtual_interface_config_type type,
			  struct virtual_interface_config *config);
};

BUILD_ASSERT(offsetof(struct virtual_interface_api, iface_api) == 0,
	     "the interface functions come first");

/** The link layer's data of a virtual interface. */
struct virtual_interface_context {
	sys_snode_t node;                   /**< Internal */
	struct net_if *virtual_iface;       /**< The interface itself */
	struct net_if *iface;               /**< The one it stands on, or NULL */
	enum net_l2_flags virtual_l2_flags; /**< Properties of the link */
	bool is_init;                       /**< Ready */
	struct net_linkaddr lladdr;         /**< Link address, a random one */
	char name[VIRTUAL_MAX_NAME_LEN];    /**< Name */
};

#define VIRTUAL_L2_CTX_TYPE struct virtual_interface_context

/**
 * @brief Puts a virtual interface on another one and takes it up, unless NET_IF_NO_AUTO_START is
 *        set. With NULL it is taken down and stands on none any more.
 * @return 0, -EALREADY when that is so, -EINVAL for what is no virtual interface, -ENOENT for a driver
 *         that can't
 */
int net_virtual_interface_attach(struct net_if *virtual_iface, struct net_if *iface);

/** The interface that a virtual one stands on, or NULL. */
struct net_if *net_virtual_get_iface(struct net_if *iface);

/** Copies the name of a virtual interface; @p buf, or NULL for another interface. */
char *net_virtual_get_name(struct net_if *iface, char *buf, size_t len);

/** Names a virtual interface; what is too long is cut. */
void net_virtual_set_name(struct net_if *iface, const char *name);

/** Sets the properties of the link; what they were. */
enum net_l2_flags net_virtual_set_flags(struct net_if *iface, enum net_l2_flags flags);

/** Shows a packet to the virtual interfaces that stand on @p input_iface: what they say of it. */
enum net_verdict net_virtual_input(struct net_if *input_iface, struct net_addr *remote_addr,
				   struct net_pkt *pkt);

#if defined(CONFIG_NET_L2_VIRTUAL)
/** Gets a virtual interface ready; start-up does it. */
void net_virtual_init(struct net_if *iface);

/** The carrier of @p iface has gone: so has that of those which stand on it. */
void net_virtual_disable(struct net_if *iface);

/** The carrier has come back. */
void net_virtual_enable(struct net_if *iface);
#else
static inline void net_virtual_init(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_virtual_disable(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_virtual_enable(struct net_if *iface)
{
	ARG_UNUSED(iface);
}
#endif

/** What a virtual interface is for. */
static inline enum virtual_interface_caps net_virtual_get_iface_capabilities(struct net_if *iface)
{
	const struct virtual_interface_api *api =
		(const struct virtual_interface_api *)net_if_get_device(iface)->api;

	return api->get_capabilities != NULL ? api->get_capabilities(iface)
					     : (enum virtual_interface_caps)0;
}

/** Defines a virtual interface that is one of several of a driver. */
#define NET_VIRTUAL_INTERFACE_INIT_INSTANCE(dev_id, name, inst, init_fn, pm, data, config, prio,   \
					    api, mtu)                                              \
	NET_DEVICE_INIT_INSTANCE(dev_id, name, inst, init_fn, pm, data, config, prio, api,         \
				 VIRTUAL_L2, NET_L2_GET_CTX_TYPE(VIRTUAL_L2), mtu)

/** Defines a virtual interface. The arguments are those of NET_DEVICE_INIT(). */
#define NET_VIRTUAL_INTERFACE_INIT(dev_id, name, init_fn, pm, data, config, prio, api, mtu)        \
	NET_VIRTUAL_INTERFACE_INIT_INSTANCE(dev_id, name, 0, init_fn, pm, data, config, prio, api, \
					    mtu)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_VIRTUAL_H_ */
