// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What the stack knows about a packet. Part of net_pkt.h.
 *
 * Members that the configuration leaves out read as 0 and are not written.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_PKT_META_H_
#define ZEPHYR_INCLUDE_NET_NET_PKT_META_H_

#include <zephyr/net/net_pkt.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Defines the functions that read and write a member. */
#define Z_NET_PKT_MEMBER(get, set, type, member)                                                   \
	static inline type get(struct net_pkt *pkt)                                                \
	{                                                                                          \
		return pkt->member;                                                                \
	}                                                                                          \
	static inline void set(struct net_pkt *pkt, type value)                                    \
	{                                                                                          \
		pkt->member = value;                                                               \
	}

/* The same for one that says yes or no. */
#define Z_NET_PKT_FLAG(get, set, member)                                                           \
	static inline bool get(struct net_pkt *pkt)                                                \
	{                                                                                          \
		return pkt->member != 0;                                                           \
	}                                                                                          \
	static inline void set(struct net_pkt *pkt, bool value)                                    \
	{                                                                                          \
		pkt->member = value ? 1 : 0;                                                       \
	}

/* The same for one that the configuration leaves out. */
#define Z_NET_PKT_ABSENT(get, set, type, value_read)                                               \
	static inline type get(struct net_pkt *pkt)                                                \
	{                                                                                          \
		ARG_UNUSED(pkt);                                                                   \
		return value_read;                                                                 \
	}                                                                                          \
	static inline void set(struct net_pkt *pkt, type value)                                    \
	{                                                                                          \
		ARG_UNUSED(pkt);                                                                   \
		ARG_UNUSED(value);                                                                 \
	}

/* Connection, interface. */

/** The context the packet belongs to, NULL if none. */
Z_NET_PKT_MEMBER(net_pkt_context, net_pkt_set_context, struct net_context *, context)

/** The interface the packet came in on or goes out by. */
static inline struct net_if *net_pkt_iface(struct net_pkt *pkt)
{
	return pkt->iface;
}

/** Sets the interface, and with it the type of the link addresses. */
static inline void net_pkt_set_iface(struct net_pkt *pkt, struct net_if *iface)
{
	pkt->iface = iface;

	if (iface != NULL) {
		uint8_t type = net_if_get_link_addr(iface)->type;

		pkt->lladdr_src.type = type;
		pkt->lladdr_dst.type = type;
	}
}

#if defined(CONFIG_NET_ROUTING) || defined(CONFIG_NET_ETHERNET_BRIDGE)
/** The interface the packet came in on, if it goes out by another. */
Z_NET_PKT_MEMBER(net_pkt_orig_iface, net_pkt_set_orig_iface, struct net_if *, orig_iface)
#else
Z_NET_PKT_ABSENT(net_pkt_orig_iface, net_pkt_set_orig_iface, struct net_if *, pkt->iface)
#endif

/** Address family: AF_INET and so on. */
Z_NET_PKT_MEMBER(net_pkt_family, net_pkt_set_family, uint8_t, family)
/** Priority, 0 to 7. */
Z_NET_PKT_MEMBER(net_pkt_priority, net_pkt_set_priority, uint8_t, priority)

/* Flags. */

/** Do writes replace content? */
Z_NET_PKT_FLAG(net_pkt_is_being_overwritten, net_pkt_set_overwrite, overwrite)
/** Is it a PTP message? */
Z_NET_PKT_FLAG(net_pkt_is_ptp, net_pkt_set_ptp, ptp_pkt)
/** Has the capture seen it? */
Z_NET_PKT_FLAG(net_pkt_is_captured, net_pkt_set_captured, captured)
/** Is the link layer done with it? */
Z_NET_PKT_FLAG(net_pkt_is_l2_processed, net_pkt_set_l2_processed, l2_processed)
/** Are its checksums right, or not to be looked at? */
Z_NET_PKT_FLAG(net_pkt_is_chksum_done, net_pkt_set_chksum_done, chksum_done)
/** Is it passing through to another host? */
Z_NET_PKT_FLAG(net_pkt_forwarding, net_pkt_set_forwarding, forwarding)

/** Is it the last of its stream? */
static inline uint8_t net_pkt_eof(struct net_pkt *pkt)
{
	return pkt->eof;
}

static inline void net_pkt_set_eof(struct net_pkt *pkt, bool eof)
{
	pkt->eof = eof ? 1 : 0;
}

#if defined(CONFIG_NET_ETHERNET_BRIDGE)
/** Did it come over a bridge, with a link header to be kept? */
Z_NET_PKT_FLAG(net_pkt_is_l2_bridged, net_pkt_set_l2_bridged, l2_bridged)
#else
Z_NET_PKT_ABSENT(net_pkt_is_l2_bridged, net_pkt_set_l2_bridged, bool, false)
#endif

#if defined(CONFIG_NET_IP_FRAGMENT)
/** Was it put together from fragments? */
Z_NET_PKT_FLAG(net_pkt_is_ip_reassembled, net_pkt_set_ip_reassembled, ip_reassembled)
#else
Z_NET_PKT_ABSENT(net_pkt_is_ip_reassembled, net_pkt_set_ip_reassembled, bool, false)
#endif

#if defined(CONFIG_NET_IPV4_ACD)
/** Is it an ARP message of address conflict detection? */
Z_NET_PKT_FLAG(net_pkt_ipv4_acd, net_pkt_set_ipv4_acd, ipv4_acd_arp_msg)
#else
Z_NET_PKT_ABSENT(net_pkt_ipv4_acd, net_pkt_set_ipv4_acd, bool, false)
#endif

#if defined(CONFIG_NET_LLDP)
/** Is it an LLDP message? */
Z_NET_PKT_FLAG(net_pkt_is_lldp, net_pkt_set_lldp, lldp_pkt)
#else
Z_NET_PKT_ABSENT(net_pkt_is_lldp, net_pkt_set_lldp, bool, false)
#endif

#if defined(CONFIG_NET_L2_PPP)
/** Is it a PPP message? */
Z_NET_PKT_FLAG(net_pkt_is_ppp, net_pkt_set_ppp, ppp_msg)
#else
Z_NET_PKT_ABSENT(net_pkt_is_ppp, net_pkt_set_ppp, bool, false)
#endif

#if defined(CONFIG_NET_CAPTURE_COOKED_MODE)
/** Was it captured without a link header? */
Z_NET_PKT_FLAG(net_pkt_is_cooked_mode, net_pkt_set_cooked_mode, cooked_mode_pkt)
#else
Z_NET_PKT_ABSENT(net_pkt_is_cooked_mode, net_pkt_set_cooked_mode, bool, false)
#endif

/* Time. */

#if defined(CONFIG_NET_PKT_TIMESTAMP)
/** Is the time of sending wanted? */
Z_NET_PKT_FLAG(net_pkt_is_tx_timestamping, net_pkt_set_tx_timestamping, tx_timestamping)
/** Is the time of receiving wanted? */
Z_NET_PKT_FLAG(net_pkt_is_rx_timestamping, net_pkt_set_rx_timestamping, rx_timestamping)
#else
Z_NET_PKT_ABSENT(net_pkt_is_tx_timestamping, net_pkt_set_tx_timestamping, bool, false)
Z_NET_PKT_ABSENT(net_pkt_is_rx_timestamping, net_pkt_set_rx_timestamping, bool, false)
#endif

#if defined(CONFIG_NET_PKT_TIMESTAMP) || defined(CONFIG_NET_PKT_TXTIME)
/** When the packet was received or sent, or is to be sent. */
static inline struct net_ptp_time *net_pkt_timestamp(struct net_pkt *pkt)
{
	return &pkt->timestamp;
}

static inline void net_pkt_set_timestamp(struct net_pkt *pkt, struct net_ptp_time *timestamp)
{
	pkt->timestamp = *timestamp;
}

/** The same in nanoseconds. */
static inline net_time_t net_pkt_timestamp_ns(struct net_pkt *pkt)
{
	return net_ptp_time_to_ns(&pkt->timestamp);
}

static inline void net_pkt_set_timestamp_ns(struct net_pkt *pkt, net_time_t timestamp)
{
	pkt->timestamp = ns_to_net_ptp_time(timestamp);
}
#else
Z_NET_PKT_ABSENT(net_pkt_timestamp, net_pkt_set_timestamp, struct net_ptp_time *, NULL)
Z_NET_PKT_ABSENT(net_pkt_timestamp_ns, net_pkt_set_timestamp_ns, net_time_t, 0)
#endif

#if defined(CONFIG_NET_PKT_RXTIME_STATS) || defined(CONFIG_NET_PKT_TXTIME_STATS) ||                \
	defined(CONFIG_TRACING_NET_CORE)
/** When the packet was made, in cycles. */
Z_NET_PKT_MEMBER(net_pkt_create_time, net_pkt_set_create_time, uint32_t, create_time)
#else
Z_NET_PKT_ABSENT(net_pkt_create_time, net_pkt_set_create_time, uint32_t, 0U)
#endif

#if defined(CONFIG_NET_PKT_TXTIME_STATS_DETAIL) || defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)
/** The cycles at which the packet passed the points of its way. */
static inline uint32_t *net_pkt_stats_tick(struct net_pkt *pkt)
{
	return pkt->detail.stat;
}

/** How many points it has passed. */
static inline int net_pkt_stats_tick_count(struct net_pkt *pkt)
{
	return pkt->detail.count;
}

static inline void net_pkt_stats_tick_reset(struct net_pkt *pkt)
{
	memset(&pkt->detail, 0, sizeof(pkt->detail));
}

/** Notes one more point; those for which there is no room are not noted. */
static inline void net_pkt_set_stats_tick(struct net_pkt *pkt, uint32_t tick)
{
	if (pkt->detail.count < NET_PKT_DETAIL_STATS_COUNT) {
		pkt->detail.stat[pkt->detail.count++] = tick;
	}
}

#define net_pkt_set_tx_stats_tick(pkt, tick) net_pkt_set_stats_tick(pkt, tick)
#define net_pkt_set_rx_stats_tick(pkt, tick) net_pkt_set_stats_tick(pkt, tick)
#else
Z_NET_PKT_ABSENT(net_pkt_stats_tick_count, z_net_pkt_set_stats_tick_count, int, 0)

static inline uint32_t *net_pkt_stats_tick(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return NULL;
}

static inline void net_pkt_stats_tick_reset(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);
}

static inline void net_pkt_set_stats_tick(struct net_pkt *pkt, uint32_t tick)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(tick);
}

#define net_pkt_set_tx_stats_tick(pkt, tick)
#define net_pkt_set_rx_stats_tick(pkt, tick)
#endif

/* Link layer. */

/** Link address of the interface. */
static inline struct net_linkaddr *net_pkt_lladdr_if(struct net_pkt *pkt)
{
	return net_if_get_link_addr(pkt->iface);
}

/** Link address the packet is from. */
static inline struct net_linkaddr *net_pkt_lladdr_src(struct net_pkt *pkt)
{
	return &pkt->lladdr_src;
}

/** Link address the packet is for. */
static inline struct net_linkaddr *net_pkt_lladdr_dst(struct net_pkt *pkt)
{
	return &pkt->lladdr_dst;
}

/** Exchanges the two. */
static inline void net_pkt_lladdr_swap(struct net_pkt *pkt)
{
	struct net_linkaddr src = pkt->lladdr_src;

	pkt->lladdr_src = pkt->lladdr_dst;
	pkt->lladdr_dst = src;
}

/** Empties the source. */
static inline void net_pkt_lladdr_clear(struct net_pkt *pkt)
{
	(void)net_linkaddr_clear(&pkt->lladdr_src);
}

/** Protocol above the link layer: an EtherType, as a rule. */
Z_NET_PKT_MEMBER(net_pkt_ll_proto_type, net_pkt_set_ll_proto_type, uint16_t, ll_proto_type)

#if defined(CONFIG_NET_VLAN)
/** Tag control information, in host order. */
Z_NET_PKT_MEMBER(net_pkt_vlan_tci, net_pkt_set_vlan_tci, uint16_t, vlan_tci)

/** VLAN identifier. */
static inline uint16_t net_pkt_vlan_tag(struct net_pkt *pkt)
{
	return net_eth_vlan_get_vid(pkt->vlan_tci);
}

static inline void net_pkt_set_vlan_tag(struct net_pkt *pkt, uint16_t tag)
{
	pkt->vlan_tci = net_eth_vlan_set_vid(pkt->vlan_tci, tag);
}

/** Priority code point. */
static inline uint8_t net_pkt_vlan_priority(struct net_pkt *pkt)
{
	return net_eth_vlan_get_pcp(pkt->vlan_tci);
}

static inline void net_pkt_set_vlan_priority(struct net_pkt *pkt, uint8_t priority)
{
	pkt->vlan_tci = net_eth_vlan_set_pcp(pkt->vlan_tci, priority);
}

/** Drop eligible indicator. */
static inline bool net_pkt_vlan_dei(struct net_pkt *pkt)
{
	return net_eth_vlan_get_dei(pkt->vlan_tci) != 0;
}

static inline void net_pkt_set_vlan_dei(struct net_pkt *pkt, bool dei)
{
	pkt->vlan_tci = net_eth_vlan_set_dei(pkt->vlan_tci, dei);
}
#else
/* Without VLANs every packet is outside of them, with priority 0. */
Z_NET_PKT_ABSENT(net_pkt_vlan_tci, net_pkt_set_vlan_tci, uint16_t, NET_VLAN_TAG_UNSPEC)
Z_NET_PKT_ABSENT(net_pkt_vlan_tag, net_pkt_set_vlan_tag, uint16_t, NET_VLAN_TAG_UNSPEC)
Z_NET_PKT_ABSENT(net_pkt_vlan_priority, net_pkt_set_vlan_priority, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_vlan_dei, net_pkt_set_vlan_dei, bool, false)
#endif

/** Control block of the link layer, NULL if it has none. */
static inline void *net_pkt_cb(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return NULL;
}

/* Network layer. */

#if defined(CONFIG_NET_IP)
/** Length of the IP header without options and extension headers. */
Z_NET_PKT_MEMBER(net_pkt_ip_hdr_len, net_pkt_set_ip_hdr_len, uint8_t, ip_hdr_len)
#else
Z_NET_PKT_ABSENT(net_pkt_ip_hdr_len, net_pkt_set_ip_hdr_len, uint8_t, 0)
#endif

#if defined(CONFIG_NET_IP_DSCP_ECN)
/** Differentiated services code point, 6 bits. */
static inline uint8_t net_pkt_ip_dscp(struct net_pkt *pkt)
{
	return pkt->ip_dscp;
}

static inline void net_pkt_set_ip_dscp(struct net_pkt *pkt, uint8_t dscp)
{
	pkt->ip_dscp = dscp & 0x3f;
}

/** Explicit congestion notification, 2 bits. */
static inline uint8_t net_pkt_ip_ecn(struct net_pkt *pkt)
{
	return pkt->ip_ecn;
}

static inline void net_pkt_set_ip_ecn(struct net_pkt *pkt, uint8_t ecn)
{
	pkt->ip_ecn = ecn & 0x03;
}
#else
Z_NET_PKT_ABSENT(net_pkt_ip_dscp, net_pkt_set_ip_dscp, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ip_ecn, net_pkt_set_ip_ecn, uint8_t, 0)
#endif

#if defined(CONFIG_NET_IPV4)
/** Time to live. */
Z_NET_PKT_MEMBER(net_pkt_ipv4_ttl, net_pkt_set_ipv4_ttl, uint8_t, ipv4_ttl)
/** Bytes of options. */
Z_NET_PKT_MEMBER(net_pkt_ipv4_opts_len, net_pkt_set_ipv4_opts_len, uint8_t, ipv4_opts_len)
#else
Z_NET_PKT_ABSENT(net_pkt_ipv4_ttl, net_pkt_set_ipv4_ttl, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv4_opts_len, net_pkt_set_ipv4_opts_len, uint8_t, 0)
#endif

#if defined(CONFIG_NET_IPV6)
/** Hop limit. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_hop_limit, net_pkt_set_ipv6_hop_limit, uint8_t, ipv6_hop_limit)
/** Bytes of extension headers. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_ext_len, net_pkt_set_ipv6_ext_len, uint16_t, ipv6_ext_len)
/** Length of a neighbour discovery option. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_ext_opt_len, net_pkt_set_ipv6_ext_opt_len, uint8_t, ipv6_ext_opt_len)
/** Next-header value of the IPv6 header. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_next_hdr, net_pkt_set_ipv6_next_hdr, uint8_t, ipv6_next_hdr)
/** Offset of the last header before the payload. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_hdr_prev, net_pkt_set_ipv6_hdr_prev, uint16_t, ipv6_prev_hdr_start)
#else
Z_NET_PKT_ABSENT(net_pkt_ipv6_hop_limit, net_pkt_set_ipv6_hop_limit, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_ext_len, net_pkt_set_ipv6_ext_len, uint16_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_ext_opt_len, net_pkt_set_ipv6_ext_opt_len, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_next_hdr, net_pkt_set_ipv6_next_hdr, uint8_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_hdr_prev, net_pkt_set_ipv6_hdr_prev, uint16_t, 0)
#endif

/** Bytes of IPv4 options or IPv6 extension headers. */
static inline uint16_t net_pkt_ip_opts_len(struct net_pkt *pkt)
{
	if (net_pkt_family(pkt) == AF_INET6) {
		return net_pkt_ipv6_ext_len(pkt);
	}

	return net_pkt_ipv4_opts_len(pkt);
}

#if defined(CONFIG_NET_IPV4_PMTU)
/** Is the path MTU known? */
Z_NET_PKT_FLAG(net_pkt_ipv4_pmtu, net_pkt_set_ipv4_pmtu, ipv4_pmtu)
#else
Z_NET_PKT_ABSENT(net_pkt_ipv4_pmtu, net_pkt_set_ipv4_pmtu, bool, false)
#endif

#if defined(CONFIG_NET_IPV4_FRAGMENT)
/** Offset of a fragment, in bytes. */
static inline uint16_t net_pkt_ipv4_fragment_offset(struct net_pkt *pkt)
{
	return (pkt->ipv4_fragment.flags & NET_IPV4_FRAGH_OFFSET_MASK) * 8;
}

/** Do more fragments follow? */
static inline bool net_pkt_ipv4_fragment_more(struct net_pkt *pkt)
{
	return (pkt->ipv4_fragment.flags & NET_IPV4_MORE_FRAG_MASK) != 0;
}

/** Offset in units of 8 bytes, and flags, as in the header. */
static inline void net_pkt_set_ipv4_fragment_flags(struct net_pkt *pkt, uint16_t flags)
{
	pkt->ipv4_fragment.flags = flags;
}

/** Identification. */
static inline uint32_t net_pkt_ipv4_fragment_id(struct net_pkt *pkt)
{
	return pkt->ipv4_fragment.id;
}

static inline void net_pkt_set_ipv4_fragment_id(struct net_pkt *pkt, uint32_t id)
{
	pkt->ipv4_fragment.id = (uint16_t)id;
}
#else
Z_NET_PKT_ABSENT(net_pkt_ipv4_fragment_offset, net_pkt_set_ipv4_fragment_flags, uint16_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv4_fragment_more, z_net_pkt_set_ipv4_fragment_more, bool, false)
Z_NET_PKT_ABSENT(net_pkt_ipv4_fragment_id, net_pkt_set_ipv4_fragment_id, uint32_t, 0)
#endif

#if defined(CONFIG_NET_IPV6_FRAGMENT)
/** Offset of the fragment header in the packet. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_fragment_start, net_pkt_set_ipv6_fragment_start, uint16_t,
		 ipv6_fragment.hdr_start)
/** Identification. */
Z_NET_PKT_MEMBER(net_pkt_ipv6_fragment_id, net_pkt_set_ipv6_fragment_id, uint32_t,
		 ipv6_fragment.id)

/** Offset of a fragment, in bytes. */
static inline uint16_t net_pkt_ipv6_fragment_offset(struct net_pkt *pkt)
{
	return pkt->ipv6_fragment.flags & NET_IPV6_FRAGH_OFFSET_MASK;
}

/** Do more fragments follow? */
static inline bool net_pkt_ipv6_fragment_more(struct net_pkt *pkt)
{
	return (pkt->ipv6_fragment.flags & 0x01) != 0;
}

/** Offset and flags as in the header. */
static inline void net_pkt_set_ipv6_fragment_flags(struct net_pkt *pkt, uint16_t flags)
{
	pkt->ipv6_fragment.flags = flags;
}
#else
Z_NET_PKT_ABSENT(net_pkt_ipv6_fragment_start, net_pkt_set_ipv6_fragment_start, uint16_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_fragment_offset, net_pkt_set_ipv6_fragment_flags, uint16_t, 0)
Z_NET_PKT_ABSENT(net_pkt_ipv6_fragment_more, z_net_pkt_set_ipv6_fragment_more, bool, false)
Z_NET_PKT_ABSENT(net_pkt_ipv6_fragment_id, net_pkt_set_ipv6_fragment_id, uint32_t, 0)
#endif

/* Content. */

/** First byte of the content. */
static inline uint8_t *net_pkt_data(struct net_pkt *pkt)
{
	return pkt->frags->data;
}

/** First byte of the IP header: the content starts with it. */
static inline uint8_t *net_pkt_ip_data(struct net_pkt *pkt)
{
	return pkt->frags->data;
}

/** Is there no content in the first buffer? */
static inline bool net_pkt_is_empty(struct net_pkt *pkt)
{
	return pkt->buffer == NULL || pkt->buffer->data == NULL || pkt->buffer->len == 0;
}

/** The IP header. */
#define NET_IPV6_HDR(pkt) ((struct net_ipv6_hdr *)net_pkt_ip_data(pkt))
#define NET_IPV4_HDR(pkt) ((struct net_ipv4_hdr *)net_pkt_ip_data(pkt))

/** Nothing to do: a packet gets its source address when it is sent. */
static inline void net_pkt_set_src_ipv6_addr(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);
}

#if defined(CONFIG_NET_OFFLOAD) || defined(CONFIG_NET_L2_IPIP)
/** Peer of a received packet. */
static inline struct sockaddr *net_pkt_remote_address(struct net_pkt *pkt)
{
	return &pkt->remote;
}

static inline void net_pkt_set_remote_address(struct net_pkt *pkt, struct sockaddr *address,
					      socklen_t len)
{
	memcpy(&pkt->remote_storage, address, MIN((size_t)len, sizeof(pkt->remote_storage)));
}
#endif

/* Packet filter: whether a packet may pass at each of its places. */
#if defined(CONFIG_NET_PKT_FILTER)
bool net_pkt_filter_send_ok(struct net_pkt *pkt);
bool net_pkt_filter_recv_ok(struct net_pkt *pkt);
#else
static inline bool net_pkt_filter_send_ok(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return true;
}

static inline bool net_pkt_filter_recv_ok(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return true;
}
#endif

#if defined(CONFIG_NET_PKT_FILTER) &&                                                              \
	(defined(CONFIG_NET_PKT_FILTER_IPV4_HOOK) || defined(CONFIG_NET_PKT_FILTER_IPV6_HOOK))
bool net_pkt_filter_ip_recv_ok(struct net_pkt *pkt);
#else
static inline bool net_pkt_filter_ip_recv_ok(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return true;
}
#endif

#if defined(CONFIG_NET_PKT_FILTER) && defined(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)
bool net_pkt_filter_local_in_recv_ok(struct net_pkt *pkt);
#else
static inline bool net_pkt_filter_local_in_recv_ok(struct net_pkt *pkt)
{
	ARG_UNUSED(pkt);

	return true;
}
#endif

#undef Z_NET_PKT_MEMBER
#undef Z_NET_PKT_FLAG
#undef Z_NET_PKT_ABSENT

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_PKT_META_H_ */
