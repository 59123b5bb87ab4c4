// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief ARP packets and the cache, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_L2_ETHERNET_ARP_H_
#define ZNET_SUBSYS_NET_L2_ETHERNET_ARP_H_

#include <stdbool.h>

#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/znet_conn.h>
#include <zephyr/sys/byteorder.h>

#define NET_ARP_HTYPE_ETH       1
#define NET_ARP_IPV4_PTYPE_SIZE 4

#define NET_ARP_REQUEST 1
#define NET_ARP_REPLY   2

/** An ARP packet over Ethernet (RFC 826). */
struct net_arp_hdr {
	uint16_t hwtype;
	uint16_t protocol;
	uint8_t hwlen;
	uint8_t protolen;
	uint16_t opcode;
	struct net_eth_addr src_hwaddr;
	uint8_t src_ipaddr[NET_IPV4_ADDR_SIZE];
	struct net_eth_addr dst_hwaddr;
	uint8_t dst_ipaddr[NET_IPV4_ADDR_SIZE];
} __packed;

/** The ARP packet at the begin of a packet whose link header is gone. */
#define NET_ARP_HDR(pkt) ((struct net_arp_hdr *)net_pkt_data(pkt))

#if defined(CONFIG_NET_ARP) && defined(CONFIG_ZNET_CONN_HANDLERS)

#ifdef __cplusplus
extern "C" {
#endif

/** A neighbour, as it was when it was asked for. */
struct arp_entry {
	struct net_if *iface;
	struct in_addr ip;
	struct net_eth_addr eth;
};

typedef void (*net_arp_cb_t)(struct arp_entry *entry, void *user_data);

/** Shows the neighbours whose link addresses are known. @return how many there are */
static inline int net_arp_foreach(net_arp_cb_t cb, void *user_data)
{
	struct arp_entry entry = {0};
	int count = 0;
	int index;

	while ((index = znet_arp_neighbour((size_t)count, entry.ip.s4_addr, entry.eth.addr)) != 0) {
		entry.iface = net_if_get_by_index(index);
		cb(&entry, user_data);
		count++;
	}
	return count;
}

/** @cond one of all */
static inline void z_net_arp_forget(struct net_if *iface, void *user_data)
{
	ARG_UNUSED(user_data);
	znet_arp_forget(iface);
}
/** @endcond */

/** Forgets the neighbours on an interface, NULL for all. */
static inline void net_arp_clear_cache(struct net_if *iface)
{
	if (iface != NULL) {
		znet_arp_forget(iface);
	} else {
		net_if_foreach(z_net_arp_forget, NULL);
	}
}

/**
 * Takes a packet that begins with its ARP header as if its interface had received it, at once. What the link header
 * said is not looked at.
 *
 * @return NET_OK, or NET_DROP when it was dropped: then the packet is the caller's
 */
static inline enum net_verdict net_arp_input(struct net_pkt *pkt, struct net_eth_addr *src,
					     struct net_eth_addr *dst)
{
	ARG_UNUSED(src);
	ARG_UNUSED(dst);
	return znet_arp_input(pkt);
}

/** Nothing is to be prepared. */
#define net_arp_init(...)

#ifdef __cplusplus
}
#endif

#else

#define net_arp_clear_cache(...)
#define net_arp_init(...)

#endif

#endif /* ZNET_SUBSYS_NET_L2_ETHERNET_ARP_H_ */
