// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Ethernet: frames, drivers, interfaces.
 *
 * ethernet_config.h has MAC addresses and the parameters of a driver's set_config and get_config
 * functions.
 */

#ifndef ZEPHYR_INCLUDE_NET_ETHERNET_H_
#define ZEPHYR_INCLUDE_NET_ETHERNET_H_

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet_config.h>
#include <zephyr/net/ethernet_vlan.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/ptp_time.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name EtherTypes, and Linux's numbers for what has none
 * @{
 */
#define NET_ETH_PTYPE_ALL        0x0003 /**< Every type, on packet sockets */
#define NET_ETH_PTYPE_CAN        0x000C /**< CAN */
#define NET_ETH_PTYPE_CANFD      0x000D /**< CAN FD */
#define NET_ETH_PTYPE_HDLC       0x0019 /**< HDLC framing, as of PPP */
#define NET_ETH_PTYPE_IEEE802154 0x00F6 /**< IEEE 802.15.4 */
#define NET_ETH_PTYPE_IP         0x0800 /**< IPv4 */
#define NET_ETH_PTYPE_ARP        0x0806 /**< ARP */
#define NET_ETH_PTYPE_TSN        0x22f0 /**< IEEE 1722 */
#define NET_ETH_PTYPE_VLAN       0x8100 /**< IEEE 802.1Q tag */
#define NET_ETH_PTYPE_IPV6       0x86dd /**< IPv6 */
#define NET_ETH_PTYPE_EAPOL      0x888e /**< EAP over LAN */
#define NET_ETH_PTYPE_ECAT       0x88a4 /**< EtherCAT */
#define NET_ETH_PTYPE_LLDP       0x88cc /**< LLDP */
#define NET_ETH_PTYPE_PTP        0x88f7 /**< Precision Time Protocol */

/* The names of Linux, unless its own headers are here. */
#if !defined(ETH_P_ALL)
#define ETH_P_ALL NET_ETH_PTYPE_ALL
#endif
#if !defined(ETH_P_CAN)
#define ETH_P_CAN NET_ETH_PTYPE_CAN
#endif
#if !defined(ETH_P_CANFD)
#define ETH_P_CANFD NET_ETH_PTYPE_CANFD
#endif
#if !defined(ETH_P_HDLC)
#define ETH_P_HDLC NET_ETH_PTYPE_HDLC
#endif
#if !defined(ETH_P_IEEE802154)
#define ETH_P_IEEE802154 NET_ETH_PTYPE_IEEE802154
#endif
#if !defined(ETH_P_IP)
#define ETH_P_IP NET_ETH_PTYPE_IP
#endif
#if !defined(ETH_P_ARP)
#define ETH_P_ARP NET_ETH_PTYPE_ARP
#endif
#if !defined(ETH_P_TSN)
#define ETH_P_TSN NET_ETH_PTYPE_TSN
#endif
#if !defined(ETH_P_8021Q)
#define ETH_P_8021Q NET_ETH_PTYPE_VLAN
#endif
#if !defined(ETH_P_IPV6)
#define ETH_P_IPV6 NET_ETH_PTYPE_IPV6
#endif
#if !defined(ETH_P_EAPOL)
#define ETH_P_EAPOL NET_ETH_PTYPE_EAPOL
#endif
#if !defined(ETH_P_ECAT)
#define ETH_P_ECAT NET_ETH_PTYPE_ECAT
#endif
/** @} */

/** Ethernet header. */
struct net_eth_hdr {
	struct net_eth_addr dst; /**< Destination */
	struct net_eth_addr src; /**< Source */
	uint16_t type;           /**< EtherType, network byte order */
} __packed;

/** Ethernet header with a VLAN tag. */
struct net_eth_vlan_hdr {
	struct net_eth_addr dst; /**< Destination */
	struct net_eth_addr src; /**< Source */
	struct {
		uint16_t tpid; /**< NET_ETH_PTYPE_VLAN */
		uint16_t tci;  /**< Priority, DEI and VLAN identifier */
	} vlan;                  /**< The tag */
	uint16_t type;           /**< EtherType */
} __packed;

/** The Ethernet header a packet begins with. */
#define NET_ETH_HDR(pkt) ((struct net_eth_hdr *)net_pkt_data(pkt))

#define NET_ETH_MINIMAL_FRAME_SIZE 60   /**< Shortest frame, without frame check sequence */
#define NET_ETH_MTU                1500 /**< Largest payload */
#define NET_ETH_VLAN_HDR_SIZE      4    /**< Bytes a VLAN tag adds */

#if defined(CONFIG_NET_VLAN)
#define NET_ETH_MAX_HDR_SIZE (sizeof(struct net_eth_vlan_hdr))
#else
#define NET_ETH_MAX_HDR_SIZE (sizeof(struct net_eth_hdr))
#endif
#define NET_ETH_MAX_FRAME_SIZE (NET_ETH_MTU + NET_ETH_MAX_HDR_SIZE)

#if defined(CONFIG_NET_VLAN_COUNT)
#define NET_VLAN_MAX_COUNT CONFIG_NET_VLAN_COUNT
#else
#define NET_VLAN_MAX_COUNT 0
#endif

/** What the hardware can do. */
enum ethernet_hw_caps {
	ETHERNET_HW_TX_CHKSUM_OFFLOAD = BIT(0), /**< Computes checksums when sending */
	ETHERNET_HW_RX_CHKSUM_OFFLOAD = BIT(1), /**< Verifies checksums when receiving */
	ETHERNET_HW_VLAN = BIT(2),              /**< VLANs */
	ETHERNET_AUTO_NEGOTIATION_SET = BIT(3), /**< Auto-negotiation can be switched */
	ETHERNET_LINK_10BASE = BIT(4),          /**< 10 Mbit/s */
	ETHERNET_LINK_100BASE = BIT(5),         /**< 100 Mbit/s */
	ETHERNET_LINK_1000BASE = BIT(6),        /**< 1 Gbit/s */
	ETHERNET_DUPLEX_SET = BIT(7),           /**< Half and full duplex can be switched */
	ETHERNET_PTP = BIT(8),                  /**< Clock for IEEE 802.1AS */
	ETHERNET_QAV = BIT(9),                  /**< Credit-based shaping */
	ETHERNET_PROMISC_MODE = BIT(10),        /**< Promiscuous mode */
	ETHERNET_PRIORITY_QUEUES = BIT(11),     /**< Several queues for sending */
	ETHERNET_HW_FILTERING = BIT(12),        /**< MAC address filters */
	ETHERNET_LLDP = BIT(13),                /**< LLDP */
	ETHERNET_HW_VLAN_TAG_STRIP = BIT(14),   /**< Removes VLAN tags */
	ETHERNET_DSA_USER_PORT = BIT(15),       /**< User port of a switch */
	ETHERNET_DSA_CONDUIT_PORT = BIT(16),    /**< Port that leads to a switch */
	ETHERNET_QBV = BIT(17),                 /**< Scheduled traffic */
	ETHERNET_QBU = BIT(18),                 /**< Frame pre-emption */
	ETHERNET_TXTIME = BIT(19),              /**< Sends at a given time */
	ETHERNET_TXINJECTION_MODE = BIT(20),    /**< Sends frames as they are */
	ETHERNET_LINK_2500BASE = BIT(21),       /**< 2.5 Gbit/s */
	ETHERNET_LINK_5000BASE = BIT(22),       /**< 5 Gbit/s */
};

/** Functions of an Ethernet driver. All but the first and the last are optional. */
struct ethernet_api {
	/** What every network driver has. */
	struct net_if_api iface_api;
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
	/** The driver's counters. */
	struct net_stats_eth *(*get_stats)(const struct device *dev);
#endif
	/** Starts the device when the interface is taken up. */
	int (*start)(const struct device *dev);
	/** Stops the device when the interface is taken down. */
	int (*stop)(const struct device *dev);
	/** What the hardware can do. */
	enum ethernet_hw_caps (*get_capabilities)(const struct device *dev);
	/** Sets a parameter. */
	int (*set_config)(const struct device *dev, enum ethernet_config_type type,
			  const struct ethernet_config *config);
	/** Reads a parameter. */
	int (*get_config)(const struct device *dev, enum ethernet_config_type type,
			  struct ethernet_config *config);
#if defined(CONFIG_NET_VLAN)
	/** A VLAN has been added or removed. */
	int (*vlan_setup)(const struct device *dev, struct net_if *iface, uint16_t tag,
			  bool enable);
#endif
#if defined(CONFIG_PTP_CLOCK)
	/** The device's clock. */
	const struct device *(*get_ptp_clock)(const struct device *dev);
#endif
	/** The device's PHY. */
	const struct device *(*get_phy)(const struct device *dev);
	/**
	 * Sends a frame. The packet is the driver's to read until the function returns; one that
	 * needs it longer takes a reference.
	 */
	int (*send)(const struct device *dev, struct net_pkt *pkt);
};

BUILD_ASSERT(offsetof(struct ethernet_api, iface_api) == 0, "the interface functions come first");

/** A VLAN of an interface. */
struct ethernet_vlan {
	struct net_if *iface; /**< Its interface */
	uint16_t tag;         /**< Its identifier */
};

/** Bits of ethernet_context.flags. */
enum ethernet_flags {
	ETH_CARRIER_UP, /**< The driver reports a carrier */
};

/** Data of the link layer, one for each Ethernet interface. */
struct ethernet_context {
	/** Bits of enum ethernet_flags. */
	atomic_t flags;
	/** The interface. */
	struct net_if *iface;
	/** Properties of the link. */
	enum net_l2_flags ethernet_l2_flags;
	/** The carrier as the stack last saw it. */
	bool is_net_carrier_up;
	/** ethernet_init() has run. */
	bool is_init;
	/** Ethernet or Wi-Fi. */
	enum ethernet_if_types eth_if_type;
};

#define ETHERNET_L2_CTX_TYPE struct ethernet_context

/** Prepares the link layer of an interface. Drivers call it from their interface function. */
void ethernet_init(struct net_if *iface);

/** @name MAC addresses
 * @{
 */

/** Whether @p addr is ff:ff:ff:ff:ff:ff. */
static inline bool net_eth_is_addr_broadcast(struct net_eth_addr *addr)
{
	static const uint8_t ones[NET_ETH_ADDR_LEN] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

	return memcmp(addr->addr, ones, sizeof(ones)) == 0;
}

/** Whether @p addr is 00:00:00:00:00:00. */
static inline bool net_eth_is_addr_all_zeroes(struct net_eth_addr *addr)
{
	static const uint8_t zeros[NET_ETH_ADDR_LEN] = {0};

	return memcmp(addr->addr, zeros, sizeof(zeros)) == 0;
}

/** Whether @p addr is 00:00:00:00:00:00. */
static inline bool net_eth_is_addr_unspecified(struct net_eth_addr *addr)
{
	return net_eth_is_addr_all_zeroes(addr);
}

/** Whether @p addr carries an IP multicast group of a configured version. */
static inline bool net_eth_is_addr_multicast(struct net_eth_addr *addr)
{
	/* RFC 1112, 6.4, and RFC 2464, 7 */
	return (IS_ENABLED(CONFIG_NET_IPV4) && addr->addr[0] == 0x01 && addr->addr[1] == 0x00 &&
		addr->addr[2] == 0x5e) ||
	       (IS_ENABLED(CONFIG_NET_IPV6) && addr->addr[0] == 0x33 && addr->addr[1] == 0x33);
}

/** Whether @p addr is a group's, broadcast included. */
static inline bool net_eth_is_addr_group(struct net_eth_addr *addr)
{
	return (addr->addr[0] & 1) != 0;
}

/** Whether @p addr can be one station's. */
static inline bool net_eth_is_addr_valid(struct net_eth_addr *addr)
{
	return !net_eth_is_addr_unspecified(addr) && !net_eth_is_addr_group(addr);
}

/** ff:ff:ff:ff:ff:ff. */
const struct net_eth_addr *net_eth_broadcast_addr(void);

/** The group address that carries an IPv4 multicast group (RFC 1112, 6.4). */
void net_eth_ipv4_mcast_to_mac_addr(const struct in_addr *ipv4_addr,
				    struct net_eth_addr *mac_addr);

/** The group address that carries an IPv6 multicast group (RFC 2464, 7). */
void net_eth_ipv6_mcast_to_mac_addr(const struct in6_addr *ipv6_addr,
				    struct net_eth_addr *mac_addr);
/** @} */

/** @name Interfaces
 * @{
 */

/** What the interface's hardware can do. */
static inline enum ethernet_hw_caps net_eth_get_hw_capabilities(struct net_if *iface)
{
	const struct device *dev = net_if_get_device(iface);
	const struct ethernet_api *api =
		dev == NULL ? NULL : (const struct ethernet_api *)dev->api;

	return api == NULL || api->get_capabilities == NULL ? (enum ethernet_hw_caps)0
							    : api->get_capabilities(dev);
}

/** The clock of the interface's hardware, NULL if it has none. */
static inline const struct device *net_eth_get_ptp_clock(struct net_if *iface)
{
#if defined(CONFIG_PTP_CLOCK)
	const struct device *dev = iface == NULL ? NULL : net_if_get_device(iface);
	const struct ethernet_api *api =
		dev == NULL || net_if_l2(iface) != &NET_L2_GET_NAME(ETHERNET)
			? NULL
			: (const struct ethernet_api *)dev->api;

	return api == NULL || api->get_ptp_clock == NULL ? NULL : api->get_ptp_clock(dev);
#else
	ARG_UNUSED(iface);
	return NULL;
#endif
}

/** The same, of the interface of that index. */
static inline const struct device *net_eth_get_ptp_clock_by_index(int index)
{
	return net_eth_get_ptp_clock(net_if_get_by_index(index));
}

/** Reads a parameter of the interface's hardware: 0, -ENOTSUP, or the driver's error. */
static inline int net_eth_get_hw_config(struct net_if *iface, enum ethernet_config_type type,
					struct ethernet_config *config)
{
	const struct device *dev = net_if_get_device(iface);
	const struct ethernet_api *api =
		dev == NULL ? NULL : (const struct ethernet_api *)dev->api;

	return api == NULL || api->get_config == NULL ? -ENOTSUP
						      : api->get_config(dev, type, config);
}

/** Drivers: the carrier has come. From interrupt handlers too. */
void net_eth_carrier_on(struct net_if *iface);

/** Drivers: the carrier has gone. From interrupt handlers too. */
void net_eth_carrier_off(struct net_if *iface);

/** Switches promiscuous mode: 0, -ENOTSUP, -EALREADY, or the driver's error. */
int net_eth_promisc_mode(struct net_if *iface, bool enable);

/** Switches sending of frames as they are: 0, -ENOTSUP, or the driver's error. */
int net_eth_txinjection_mode(struct net_if *iface, bool enable);

/** Sets or removes a MAC address filter: 0, -ENOTSUP, or the driver's error. */
int net_eth_mac_filter(struct net_if *iface, struct net_eth_addr *mac,
		       enum ethernet_filter_type type, bool enable);

/** The interface's PHY, or NULL. */
const struct device *net_eth_get_phy(struct net_if *iface);

/** Whether it is a Wi-Fi interface. */
static inline bool net_eth_type_is_wifi(struct net_if *iface)
{
	const struct ethernet_context *ctx = (const struct ethernet_context *)net_if_l2_data(iface);

	return ctx != NULL && ctx->eth_if_type == L2_ETH_IF_TYPE_WIFI;
}
/** @} */

/** @name VLANs
 * @{
 */
#if defined(CONFIG_NET_VLAN) && NET_VLAN_MAX_COUNT > 0
/** Adds a VLAN: 0 or a negative errno value. */
int net_eth_vlan_enable(struct net_if *iface, uint16_t tag);

/** Removes a VLAN: 0 or a negative errno value. */
int net_eth_vlan_disable(struct net_if *iface, uint16_t tag);

/** Identifier of a VLAN interface; NET_VLAN_TAG_UNSPEC when it is none. */
uint16_t net_eth_get_vlan_tag(struct net_if *iface);

/** Interface of a VLAN, or NULL. */
struct net_if *net_eth_get_vlan_iface(struct net_if *iface, uint16_t tag);

/** Ethernet interface under a VLAN interface, or NULL. */
struct net_if *net_eth_get_vlan_main(struct net_if *iface);

/** Whether an Ethernet interface has VLANs. */
bool net_eth_is_vlan_enabled(struct ethernet_context *ctx, struct net_if *iface);

/** Whether an interface has a VLAN set up. */
bool net_eth_get_vlan_status(struct net_if *iface);

/** Whether it is a VLAN interface. */
bool net_eth_is_vlan_interface(struct net_if *iface);
#else
static inline int net_eth_vlan_enable(struct net_if *iface, uint16_t tag)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(tag);

	return -EINVAL;
}

static inline int net_eth_vlan_disable(struct net_if *iface, uint16_t tag)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(tag);

	return -EINVAL;
}

static inline uint16_t net_eth_get_vlan_tag(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return NET_VLAN_TAG_UNSPEC;
}

static inline struct net_if *net_eth_get_vlan_iface(struct net_if *iface, uint16_t tag)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(tag);

	return NULL;
}

static inline struct net_if *net_eth_get_vlan_main(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return NULL;
}

static inline bool net_eth_is_vlan_enabled(struct ethernet_context *ctx, struct net_if *iface)
{
	ARG_UNUSED(ctx);
	ARG_UNUSED(iface);

	return false;
}

static inline bool net_eth_get_vlan_status(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return false;
}

static inline bool net_eth_is_vlan_interface(struct net_if *iface)
{
	ARG_UNUSED(iface);

	return false;
}
#endif
/** @} */

/** @name Definition of interfaces
 *
 * Parameters as with NET_DEVICE_INIT_INSTANCE().
 * @{
 */

/** Defines one of several Ethernet interfaces of a driver. */
#define ETH_NET_DEVICE_INIT_INSTANCE(dev_id, name, instance, init_fn, pm, data, config, prio, api, \
				     mtu)                                                          \
	NET_DEVICE_INIT_INSTANCE(dev_id, name, instance, init_fn, pm, data, config, prio, api,     \
				 ETHERNET_L2, NET_L2_GET_CTX_TYPE(ETHERNET_L2), mtu)

/** Defines an Ethernet interface. */
#define ETH_NET_DEVICE_INIT(dev_id, name, init_fn, pm, data, config, prio, api, mtu)               \
	ETH_NET_DEVICE_INIT_INSTANCE(dev_id, name, 0, init_fn, pm, data, config, prio, api, mtu)

/** Defines an Ethernet interface for a device-tree node. */
#define ETH_NET_DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, prio, api, mtu)               \
	NET_DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, prio, api, ETHERNET_L2,           \
			     NET_L2_GET_CTX_TYPE(ETHERNET_L2), mtu)

/** Defines an Ethernet interface for an instance of DT_DRV_COMPAT. */
#define ETH_NET_DEVICE_DT_INST_DEFINE(inst, ...)                                                   \
	ETH_NET_DEVICE_DT_DEFINE(DT_DRV_INST(inst), __VA_ARGS__)
/** @} */

/** Registers a network-layer protocol by its EtherType. */
#define ETH_NET_L3_REGISTER(name, ptype, handler)                                                  \
	NET_L3_REGISTER(&NET_L2_GET_NAME(ETHERNET), name, ptype, handler)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ETHERNET_H_ */
