// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Link layers: what carries packets of an interface.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_L2_H_
#define ZEPHYR_INCLUDE_NET_NET_L2_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/capture.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Properties of a link. */
enum net_l2_flags {
	/** Carries multicast packets. */
	NET_L2_MULTICAST = BIT(0),
	/** Needs no solicited-node groups to be joined. */
	NET_L2_MULTICAST_SKIP_JOIN_SOLICIT_NODE = BIT(1),
	/** Can receive packets for other stations. */
	NET_L2_PROMISC_MODE = BIT(2),
	/** Has two ends only. */
	NET_L2_POINT_TO_POINT = BIT(3),
} __packed;

/** A link layer. */
struct net_l2 {
	/** Takes a received packet, removes its link header, says what is to become of it. */
	enum net_verdict (*recv)(struct net_if *iface, struct net_pkt *pkt);
	/** Sends a packet: bytes sent and the packet consumed, or a negative errno value. */
	int (*send)(struct net_if *iface, struct net_pkt *pkt);
	/** Enables or disables an interface: 0 or a negative errno value. */
	int (*enable)(struct net_if *iface, bool state);
	/** Properties of an interface's link. */
	enum net_l2_flags (*get_flags)(struct net_if *iface);
	/** Allocates buffer of @p size bytes behind room for the link header; optional. */
	int (*alloc)(struct net_if *iface, struct net_pkt *pkt, size_t size,
		     enum net_ip_protocol proto, k_timeout_t timeout);
};

#define NET_L2_GET_NAME(_name)     _CONCAT(_net_l2_, _name)
#define NET_L2_GET_CTX_TYPE(_name) _name##_CTX_TYPE

/** Declares a link layer that is defined elsewhere. */
#define NET_L2_DECLARE_PUBLIC(_name) EXTERN_C const struct net_l2 NET_L2_GET_NAME(_name)

#define DUMMY_L2          DUMMY
#define DUMMY_L2_CTX_TYPE void *
NET_L2_DECLARE_PUBLIC(DUMMY_L2);

#define ETHERNET_L2 ETHERNET
NET_L2_DECLARE_PUBLIC(ETHERNET_L2);

#define OFFLOADED_NETDEV_L2 OFFLOADED_NETDEV
NET_L2_DECLARE_PUBLIC(OFFLOADED_NETDEV_L2);

#define VIRTUAL_L2 VIRTUAL
NET_L2_DECLARE_PUBLIC(VIRTUAL_L2);

#define PPP_L2 PPP
NET_L2_DECLARE_PUBLIC(PPP_L2);

#define IEEE802154_L2 IEEE802154
NET_L2_DECLARE_PUBLIC(IEEE802154_L2);

#define OPENTHREAD_L2 OPENTHREAD
NET_L2_DECLARE_PUBLIC(OPENTHREAD_L2);

#define CANBUS_RAW_L2          CANBUS_RAW
#define CANBUS_RAW_L2_CTX_TYPE void *
NET_L2_DECLARE_PUBLIC(CANBUS_RAW_L2);

#if !defined(CUSTOM_IEEE802154_L2)
#define CUSTOM_IEEE802154_L2 CUSTOM_IEEE802154
#endif
#define CUSTOM_IEEE802154_L2_CTX_TYPE void *
#if defined(CONFIG_NET_L2_CUSTOM_IEEE802154)
NET_L2_DECLARE_PUBLIC(CUSTOM_IEEE802154_L2);
#endif

/** Defines a link layer. A seventh argument, if there is one, is its function alloc. */
#define NET_L2_INIT(_name, _recv_fn, _send_fn, _enable_fn, _get_flags_fn, ...)                     \
	NET_L2_DECLARE_PUBLIC(_name);                                                              \
	const STRUCT_SECTION_ITERABLE(net_l2, NET_L2_GET_NAME(_name)) = {                          \
		_recv_fn, _send_fn, _enable_fn, _get_flags_fn,                                     \
		COND_CODE_1(IS_EMPTY(__VA_ARGS__), (NULL), (__VA_ARGS__))}

/** Name of the link layer's data for an interface. */
#define NET_L2_GET_DATA(name, sfx) _CONCAT(_net_l2_data_, _CONCAT(name, sfx))

/** Defines the link layer's data for an interface. */
#define NET_L2_DATA_INIT(name, sfx, ctx_type)                                                      \
	static ctx_type NET_L2_GET_DATA(name, sfx) __used

/** A driver's function that sends a packet. */
typedef int (*net_l2_send_t)(const struct device *dev, struct net_pkt *pkt);

/** Shows a packet to the capture, then sends it. Link layers send with this. */
static inline int net_l2_send(net_l2_send_t send_fn, const struct device *dev,
			      struct net_if *iface, struct net_pkt *pkt)
{
	net_capture_pkt(iface, pkt);

	return send_fn(dev, pkt);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_L2_H_ */
