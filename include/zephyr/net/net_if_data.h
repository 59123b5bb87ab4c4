// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Packets through an interface: sending, receiving, checksums, time stamps. Part of
 * net_if.h, which includes it: include that.
 */

#ifndef ZNET_INCLUDE_NET_NET_IF_DATA_H_
#define ZNET_INCLUDE_NET_NET_IF_DATA_H_

#include <zephyr/net/net_if.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Sending and receiving
 * @{
 */

/** Sends a packet that has no link header yet. NET_DROP leaves it with the caller. */
enum net_verdict net_if_send_data(struct net_if *iface, struct net_pkt *pkt);

/** Gives a received packet to the interface's link layer. */
enum net_verdict net_if_recv_data(struct net_if *iface, struct net_pkt *pkt);

/** Sends a packet that is complete, by the class of its priority. Consumes it. */
void net_if_queue_tx(struct net_if *iface, struct net_pkt *pkt);

/** Called when a packet has been sent, or not. */
typedef void (*net_if_link_callback_t)(struct net_if *iface, struct net_linkaddr *dst,
				       int status);

/** A registration of net_if_register_link_cb(). */
struct net_if_link_cb {
	/** The stack's list. */
	sys_snode_t node;
	/** The function. */
	net_if_link_callback_t cb;
};

/** Has @p cb called with the outcome of each packet sent. */
void net_if_register_link_cb(struct net_if_link_cb *link, net_if_link_callback_t cb);

/** Ends a registration. */
void net_if_unregister_link_cb(struct net_if_link_cb *link);

/** Calls the registered functions. */
void net_if_call_link_cb(struct net_if *iface, struct net_linkaddr *lladdr, int status);

/* One encoding of checksum offload for net_if.h and ethernet.h. */
#define NET_IF_CHECKSUM_NONE_BIT        0
#define NET_IF_CHECKSUM_IPV4_HEADER_BIT BIT(0)
#define NET_IF_CHECKSUM_IPV4_ICMP_BIT   BIT(1)
#define NET_IF_CHECKSUM_IPV6_HEADER_BIT BIT(10)
#define NET_IF_CHECKSUM_IPV6_ICMP_BIT   BIT(11)
#define NET_IF_CHECKSUM_TCP_BIT         BIT(21)
#define NET_IF_CHECKSUM_UDP_BIT         BIT(22)

/** Checksums that hardware may compute. */
enum net_if_checksum_type {
	/** IPv4 header. */
	NET_IF_CHECKSUM_IPV4_HEADER = NET_IF_CHECKSUM_IPV4_HEADER_BIT,
	/** TCP over IPv4. */
	NET_IF_CHECKSUM_IPV4_TCP = NET_IF_CHECKSUM_IPV4_HEADER_BIT | NET_IF_CHECKSUM_TCP_BIT,
	/** UDP over IPv4. */
	NET_IF_CHECKSUM_IPV4_UDP = NET_IF_CHECKSUM_IPV4_HEADER_BIT | NET_IF_CHECKSUM_UDP_BIT,
	/** ICMPv4. */
	NET_IF_CHECKSUM_IPV4_ICMP = NET_IF_CHECKSUM_IPV4_ICMP_BIT,
	/** The IPv6 pseudo-header alone. */
	NET_IF_CHECKSUM_IPV6_HEADER = NET_IF_CHECKSUM_IPV6_HEADER_BIT,
	/** TCP over IPv6. */
	NET_IF_CHECKSUM_IPV6_TCP = NET_IF_CHECKSUM_IPV6_HEADER_BIT | NET_IF_CHECKSUM_TCP_BIT,
	/** UDP over IPv6. */
	NET_IF_CHECKSUM_IPV6_UDP = NET_IF_CHECKSUM_IPV6_HEADER_BIT | NET_IF_CHECKSUM_UDP_BIT,
	/** ICMPv6. */
	NET_IF_CHECKSUM_IPV6_ICMP = NET_IF_CHECKSUM_IPV6_ICMP_BIT,
};

/** Whether the stack must verify this checksum of packets received. */
bool net_if_need_calc_rx_checksum(struct net_if *iface, enum net_if_checksum_type chksum_type);

/** Whether the stack must compute this checksum of packets sent. */
bool net_if_need_calc_tx_checksum(struct net_if *iface, enum net_if_checksum_type chksum_type);

#if defined(CONFIG_NET_PKT_TIMESTAMP)
/** Called with a packet whose time of sending is known. */
typedef void (*net_if_timestamp_callback_t)(struct net_pkt *pkt);

/** A registration of net_if_register_timestamp_cb(). */
struct net_if_timestamp_cb {
	/** The stack's list. */
	sys_snode_t node;
	/** The packet waited for, any for NULL. */
	struct net_pkt *pkt;
	/** The interface, any for NULL. */
	struct net_if *iface;
	/** The function. */
	net_if_timestamp_callback_t cb;
};

/** Has @p cb called when the time of sending is known. */
void net_if_register_timestamp_cb(struct net_if_timestamp_cb *handle, struct net_pkt *pkt,
				  struct net_if *iface, net_if_timestamp_callback_t cb);

/** Ends a registration. */
void net_if_unregister_timestamp_cb(struct net_if_timestamp_cb *handle);

/** Calls the functions registered for a packet. */
void net_if_call_timestamp_cb(struct net_pkt *pkt);

/** Drivers: the time of sending is in @p pkt now. Takes a reference of its own. */
void net_if_add_tx_timestamp(struct net_pkt *pkt);
#endif
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_NET_NET_IF_DATA_H_ */
