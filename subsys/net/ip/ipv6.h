// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief IPv6 packets by hand and the neighbour cache, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_IPV6_H_
#define ZNET_SUBSYS_NET_IP_IPV6_H_

#include "icmpv6.h"
#include "nbr.h"
#include "net_private.h"

/** Hop limit of neighbour discovery (RFC 4861, 4.1). */
#define NET_IPV6_ND_HOP_LIMIT 255
/** Least link MTU (RFC 8200, 5). */
#define NET_IPV6_MTU 1280

#define NET_IPV6_NO_NEXTHDR NET_IPV6_NEXTHDR_NONE

/** A lifetime without end, in seconds. */
#if !defined(NET_IPV6_ND_INFINITE_LIFETIME)
#define NET_IPV6_ND_INFINITE_LIFETIME 0xFFFFFFFFU
#endif
/** Length in bits of a prefix that interface identifiers follow. */
#define NET_IPV6_DEFAULT_PREFIX_LEN   64
/** Solicitations of routers (RFC 4861, 10). */
#define NET_MAX_RS_COUNT              3

/** Bits for extension headers, in the order in which they should stand (RFC 8200, 4.1). */
#define NET_IPV6_EXT_HDR_BITMAP_HBHO    0x01
#define NET_IPV6_EXT_HDR_BITMAP_DESTO1  0x02
#define NET_IPV6_EXT_HDR_BITMAP_ROUTING 0x04
#define NET_IPV6_EXT_HDR_BITMAP_FRAG    0x08
#define NET_IPV6_EXT_HDR_BITMAP_AH      0x10
#define NET_IPV6_EXT_HDR_BITMAP_ESP     0x20
#define NET_IPV6_EXT_HDR_BITMAP_DESTO2  0x40

/** Options of extension headers (RFC 8200, 4.2; RFC 6553). */
#define NET_IPV6_EXT_HDR_OPT_PAD1 0
#define NET_IPV6_EXT_HDR_OPT_PADN 1
#define NET_IPV6_EXT_HDR_OPT_RPL  0x63

/** Kinds of records in a report of groups (RFC 3810, 5.2.12). */
#define NET_IPV6_MLDv2_MODE_IS_INCLUDE        1
#define NET_IPV6_MLDv2_MODE_IS_EXCLUDE        2
#define NET_IPV6_MLDv2_CHANGE_TO_INCLUDE_MODE 3
#define NET_IPV6_MLDv2_CHANGE_TO_EXCLUDE_MODE 4
#define NET_IPV6_MLDv2_ALLOW_NEW_SOURCES      5
#define NET_IPV6_MLDv2_BLOCK_OLD_SOURCES      6

/** Nothing of these needs preparation. */
#define net_ipv6_init(...)
#define net_ipv6_nbr_init(...)
#define net_ipv6_mld_init(...)

/** Whether what follows is no extension header any more. */
static inline bool net_ipv6_is_nexthdr_upper_layer(uint8_t nexthdr)
{
	return nexthdr == IPPROTO_ICMPV6 || nexthdr == IPPROTO_UDP || nexthdr == IPPROTO_TCP;
}

/**
 * Finds the last header before the payload, in a packet that begins with its IPv6 header.
 *
 * @param pkt the packet
 * @param next_hdr_off where the byte lies that says what that header is
 * @param last_hdr_off where that header begins
 * @return 0, -EINVAL, -ENOBUFS for a packet that ends before
 */
static inline int net_ipv6_find_last_ext_hdr(struct net_pkt *pkt, uint16_t *next_hdr_off,
					     uint16_t *last_hdr_off)
{
	uint16_t named_at = offsetof(struct net_ipv6_hdr, nexthdr), at = sizeof(struct net_ipv6_hdr);
	const bool overwrite = net_pkt_is_being_overwritten(pkt);
	uint8_t kind, head[2];
	int err = 0;

	if (next_hdr_off == NULL || last_hdr_off == NULL) {
		return -EINVAL;
	}
	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	if (net_pkt_skip(pkt, named_at) != 0 || net_pkt_read_u8(pkt, &kind) != 0) {
		err = -ENOBUFS;
	}
	while (err == 0 && (kind == NET_IPV6_NEXTHDR_HBHO || kind == NET_IPV6_NEXTHDR_DESTO ||
			    kind == NET_IPV6_NEXTHDR_ROUTING || kind == NET_IPV6_NEXTHDR_FRAG)) {
		net_pkt_cursor_init(pkt);
		if (net_pkt_skip(pkt, at) != 0 || net_pkt_read(pkt, head, sizeof(head)) != 0) {
			err = -ENOBUFS;
			break;
		}
		named_at = at;
		at += kind == NET_IPV6_NEXTHDR_FRAG ? 8 : (head[1] + 1) * 8;
		kind = head[0];
	}
	if (err == 0) {
		*next_hdr_off = named_at;
		*last_hdr_off = at;
	}
	net_pkt_cursor_init(pkt);
	net_pkt_set_overwrite(pkt, overwrite);
	return err;
}

#define NET_IPV6_DSCP_MASK   0xFC
#define NET_IPV6_DSCP_OFFSET 2
#define NET_IPV6_ECN_MASK    0x03

/** The two parts of a traffic class (RFC 2474, RFC 3168), and the priority that the first stands for. */
static inline uint8_t net_ipv6_get_dscp(uint8_t tc)
{
	return tc >> NET_IPV6_DSCP_OFFSET;
}

static inline void net_ipv6_set_dscp(uint8_t *tc, uint8_t dscp)
{
	*tc = (*tc & NET_IPV6_ECN_MASK) | (uint8_t)(dscp << NET_IPV6_DSCP_OFFSET);
}

static inline uint8_t net_ipv6_dscp_to_priority(uint8_t dscp)
{
	return dscp >> 3;
}

static inline uint8_t net_ipv6_get_ecn(uint8_t tc)
{
	return tc & NET_IPV6_ECN_MASK;
}

static inline void net_ipv6_set_ecn(uint8_t *tc, uint8_t ecn)
{
	*tc = (*tc & NET_IPV6_DSCP_MASK) | (ecn & NET_IPV6_ECN_MASK);
}

#if defined(CONFIG_NET_IPV6)
/** Appends an IPv6 header; net_ipv6_finalize() fills in length, next header and checksums. 0, or -ENOBUFS. */
static inline int net_ipv6_create(struct net_pkt *pkt, const struct in6_addr *src,
				  const struct in6_addr *dst)
{
	struct net_ipv6_hdr hdr = {.vtc = 0x60, .hop_limit = net_pkt_ipv6_hop_limit(pkt)};

	if (hdr.hop_limit == 0) {
		hdr.hop_limit = net_if_ipv6_get_hop_limit(net_pkt_iface(pkt));
	}
	memcpy(hdr.src, src, sizeof(hdr.src));
	memcpy(hdr.dst, dst, sizeof(hdr.dst));
	net_pkt_set_family(pkt, AF_INET6);
	net_pkt_set_ip_hdr_len(pkt, sizeof(hdr));
	net_pkt_set_ipv6_ext_len(pkt, 0);
	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/**
 * Fills in what follows from the whole packet: length, next header, and the checksums that no device fills in. What
 * net_pkt_ipv6_ext_len() counts behind the header are extension headers; net_pkt_ipv6_next_hdr() is the first of
 * them, and the caller has had each name the one behind it.
 */
static inline int net_ipv6_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	struct net_ipv6_hdr hdr;

	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	if (net_pkt_read(pkt, &hdr, sizeof(hdr)) != 0) {
		return -ENOBUFS;
	}
	hdr.len = htons((uint16_t)(net_pkt_get_len(pkt) - sizeof(hdr)));
	hdr.nexthdr = net_pkt_ipv6_ext_len(pkt) != 0 ? net_pkt_ipv6_next_hdr(pkt) : next_header_proto;
	net_pkt_cursor_init(pkt);
	if (net_pkt_write(pkt, &hdr, sizeof(hdr)) != 0) {
		return -ENOBUFS;
	}
	return z_net_finish_message(pkt, next_header_proto);
}
#else
static inline int net_ipv6_create(struct net_pkt *pkt, const struct in6_addr *src,
				  const struct in6_addr *dst)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(src);
	ARG_UNUSED(dst);
	return -ENOTSUP;
}

static inline int net_ipv6_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(next_header_proto);
	return -ENOTSUP;
}
#endif

#if defined(CONFIG_NET_IPV6_FRAGMENT)
/**
 * Sends a packet in fragments of the interface's MTU. It stays the caller's.
 *
 * @return 0, or why not
 */
static inline int net_ipv6_send_fragmented_pkt(struct net_if *iface, struct net_pkt *pkt,
					       uint16_t pkt_len, uint16_t mtu)
{
	int err;

	ARG_UNUSED(pkt_len);
	ARG_UNUSED(mtu);
	net_pkt_set_iface(pkt, iface);
	net_pkt_set_family(pkt, AF_INET6);
	err = net_send_data(net_pkt_ref(pkt));
	if (err != 0) {
		net_pkt_unref(pkt);
	}
	return err;
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_IPV6_H_ */
