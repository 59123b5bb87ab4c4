// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making ICMP messages by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_ICMPV6_H_
#define ZNET_SUBSYS_NET_IP_ICMPV6_H_

#include <zephyr/net/icmp.h>

#include "net_private.h"

/** Messages (RFC 4443, RFC 4861, RFC 3810). */
#define NET_ICMPV6_DST_UNREACH    1
#define NET_ICMPV6_PACKET_TOO_BIG 2
#define NET_ICMPV6_TIME_EXCEEDED  3
#define NET_ICMPV6_PARAM_PROBLEM  4
#define NET_ICMPV6_MLD_QUERY      130
#define NET_ICMPV6_RS             133
#define NET_ICMPV6_RA             134
#define NET_ICMPV6_NS             135
#define NET_ICMPV6_NA             136
#define NET_ICMPV6_MLDv2          143

/** Codes of "destination unreachable" (RFC 4443, 3.1). */
#define NET_ICMPV6_DST_UNREACH_NO_ROUTE  0
#define NET_ICMPV6_DST_UNREACH_ADMIN     1
#define NET_ICMPV6_DST_UNREACH_SCOPE     2
#define NET_ICMPV6_DST_UNREACH_NO_ADDR   3
#define NET_ICMPV6_DST_UNREACH_NO_PORT   4
#define NET_ICMPV6_DST_UNREACH_SRC_ADDR  5
#define NET_ICMPV6_DST_UNREACH_REJ_ROUTE 6

/** Codes of "parameter problem" (RFC 4443, 3.4). */
#define NET_ICMPV6_PARAM_PROB_HEADER     0
#define NET_ICMPV6_PARAM_PROB_NEXTHEADER 1
#define NET_ICMPV6_PARAM_PROB_OPTION     2

/** Options of discovery (RFC 4861, 4.6; RFC 4191; RFC 8106; RFC 6775). */
#define NET_ICMPV6_ND_OPT_SLLAO       1
#define NET_ICMPV6_ND_OPT_TLLAO       2
#define NET_ICMPV6_ND_OPT_PREFIX_INFO 3
#define NET_ICMPV6_ND_OPT_MTU         5
#define NET_ICMPV6_ND_OPT_ROUTE       24
#define NET_ICMPV6_ND_OPT_RDNSS       25
#define NET_ICMPV6_ND_OPT_DNSSL       31
#define NET_ICMPV6_ND_OPT_6CO         34

/** Where the parts of an option lie. */
#define NET_ICMPV6_OPT_TYPE_OFFSET 0
#define NET_ICMPV6_OPT_LEN_OFFSET  1
#define NET_ICMPV6_OPT_DATA_OFFSET 2

/** Flags of neighbour advertisements, of prefixes, and of router advertisements. */
#define NET_ICMPV6_NA_FLAG_ROUTER     0x80
#define NET_ICMPV6_NA_FLAG_SOLICITED  0x40
#define NET_ICMPV6_NA_FLAG_OVERRIDE   0x20
#define NET_ICMPV6_RA_FLAG_ONLINK     0x80
#define NET_ICMPV6_RA_FLAG_AUTONOMOUS 0x40
#define NET_ICMPV6_ND_O_FLAG(flag)    ((flag) & 0x40)
#define NET_ICMPV6_ND_M_FLAG(flag)    ((flag) & 0x80)

/** Four bytes that error messages leave zero. */
#define NET_ICMPV6_UNUSED_LEN 4

/** What follows type, code and checksum of a neighbour solicitation (RFC 4861, 4.3). */
struct net_icmpv6_ns_hdr {
	uint32_t reserved;
	uint8_t tgt[NET_IPV6_ADDR_SIZE];
} __packed;

/** The same of a neighbour advertisement (RFC 4861, 4.4). */
struct net_icmpv6_na_hdr {
	uint8_t flags;
	uint8_t reserved[3];
	uint8_t tgt[NET_IPV6_ADDR_SIZE];
} __packed;

/** The same of a router solicitation (RFC 4861, 4.1). */
struct net_icmpv6_rs_hdr {
	uint32_t reserved;
} __packed;

/** The same of a router advertisement (RFC 4861, 4.2). */
struct net_icmpv6_ra_hdr {
	uint8_t cur_hop_limit;
	uint8_t flags;
	uint16_t router_lifetime;
	uint32_t reachable_time;
	uint32_t retrans_timer;
} __packed;

/** The begin of each option; the length counts eights of bytes. */
struct net_icmpv6_nd_opt_hdr {
	uint8_t type;
	uint8_t len;
} __packed;

/** What follows that in the options of routers (RFC 4861, 4.6). */
struct net_icmpv6_nd_opt_mtu {
	uint16_t reserved;
	uint32_t mtu;
} __packed;

struct net_icmpv6_nd_opt_prefix_info {
	uint8_t prefix_len;
	uint8_t flags;
	uint32_t valid_lifetime;
	uint32_t preferred_lifetime;
	uint32_t reserved;
	uint8_t prefix[NET_IPV6_ADDR_SIZE];
} __packed;

struct net_icmpv6_nd_opt_6co {
	uint8_t context_len;
	uint8_t flag;
	uint16_t reserved;
	uint16_t lifetime;
	uint8_t prefix[NET_IPV6_ADDR_SIZE];
} __packed;

/** Of a route (RFC 4191, 2.3); the prefix follows, or as much of it as is needed. */
struct net_icmpv6_nd_opt_route_info {
	uint8_t prefix_len;
	struct {
#if defined(CONFIG_LITTLE_ENDIAN)
		uint8_t reserved_2: 3;
		uint8_t prf: 2;
		uint8_t reserved_1: 3;
#else
		uint8_t reserved_1: 3;
		uint8_t prf: 2;
		uint8_t reserved_2: 3;
#endif
	} flags;
	uint32_t route_lifetime;
} __packed;

struct net_icmpv6_nd_opt_rdnss {
	uint16_t reserved;
	uint32_t lifetime;
} __packed;

/** What follows type, code and checksum of an echo request or reply (RFC 4443, 4). */
struct net_icmpv6_echo_req {
	uint16_t identifier;
	uint16_t sequence;
} __packed;

/** The same of a query for groups (RFC 3810, 5.1). */
struct net_icmpv6_mld_query {
	uint16_t max_response_code;
	uint16_t reserved;
	uint8_t mcast_address[NET_IPV6_ADDR_SIZE];
	uint16_t flagg;
	uint16_t num_sources;
} __packed;

/** A record of a report of groups (RFC 3810, 5.2). */
struct net_icmpv6_mld_mcast_record {
	uint8_t record_type;
	uint8_t aux_data_len;
	uint16_t num_sources;
	uint8_t mcast_address[NET_IPV6_ADDR_SIZE];
} __packed;

/** Appends the head of an ICMP message; finalizing the IP header fills in the checksum. */
static inline int net_icmpv6_create(struct net_pkt *pkt, uint8_t icmp_type, uint8_t icmp_code)
{
	const struct net_icmp_hdr hdr = {.type = icmp_type, .code = icmp_code};

	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/** Fills in the checksum of the message at the cursor, behind which the packet ends. 0, or -ENOBUFS. */
static inline int net_icmpv6_finalize(struct net_pkt *pkt, bool force_chksum)
{
	NET_PKT_DATA_ACCESS_CONTIGUOUS_DEFINE(access, struct net_icmp_hdr);
	struct net_icmp_hdr *const hdr = (struct net_icmp_hdr *)net_pkt_get_data(pkt, &access);

	if (hdr == NULL) {
		return -ENOBUFS;
	}
	hdr->chksum = 0;
	if (force_chksum || net_if_need_calc_tx_checksum(net_pkt_iface(pkt), NET_IF_CHECKSUM_IPV6_ICMP)) {
		hdr->chksum = net_calc_chksum_icmpv6(pkt);
	}
	return net_pkt_set_data(pkt, &access);
}

#if defined(CONFIG_ZNET_CONN_HANDLERS)
/**
 * Tells the sender of a received packet, which begins with its IPv6 header, what is wrong.
 *
 * @param param the MTU or the pointer that some tell
 *
 * @return 0, -EINVAL for what may not be answered (RFC 4443, 2.4 e), -ENOBUFS
 */
static inline int net_icmpv6_send_error(struct net_pkt *pkt, uint8_t type, uint8_t code, uint32_t param)
{
	return znet_icmp_error(pkt, type, code, param);
}

/** net_ipv6_input(): the packet begins with its IPv6 header. */
static inline enum net_verdict net_icmpv6_input(struct net_pkt *pkt, struct net_ipv6_hdr *ip_hdr)
{
	ARG_UNUSED(ip_hdr);
	return znet_ip_input(pkt);
}
#endif

/** Nothing is to be prepared. */
#define net_icmpv6_init(...)

#endif /* ZNET_SUBSYS_NET_IP_ICMPV6_H_ */
