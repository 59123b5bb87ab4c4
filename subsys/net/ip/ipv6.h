// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making IPv6 packets by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_IPV6_H_
#define ZNET_SUBSYS_NET_IP_IPV6_H_

#include "net_private.h"

/** Hop limit of neighbour discovery (RFC 4861, 4.1). */
#define NET_IPV6_ND_HOP_LIMIT 255
/** Least link MTU (RFC 8200, 5). */
#define NET_IPV6_MTU 1280

#define NET_IPV6_NO_NEXTHDR NET_IPV6_NEXTHDR_NONE

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

/** Writes a checksum into the message behind the header, `at` bytes into it. */
static inline void z_net_ipv6_put_chksum(struct net_pkt *pkt, uint8_t proto, size_t at)
{
	uint16_t chksum = 0;

	for (int pass = 0; pass < 2; pass++) {
		net_pkt_cursor_init(pkt);
		if (net_pkt_skip(pkt, sizeof(struct net_ipv6_hdr) + at) != 0 ||
		    net_pkt_write(pkt, &chksum, sizeof(chksum)) != 0) {
			return;
		}
		chksum = net_calc_chksum(pkt, proto);
	}
}

/** Fills in what follows from the whole packet; extension headers are the caller's. */
static inline int net_ipv6_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	struct net_ipv6_hdr hdr;

	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	if (net_pkt_read(pkt, &hdr, sizeof(hdr)) != 0) {
		return -ENOBUFS;
	}

	const uint16_t length = htons((uint16_t)(net_pkt_get_len(pkt) - sizeof(hdr)));

	hdr.len = length;
	hdr.nexthdr = next_header_proto;
	net_pkt_cursor_init(pkt);
	(void)net_pkt_write(pkt, &hdr, sizeof(hdr));
	if (next_header_proto == IPPROTO_UDP) {
		(void)net_pkt_skip(pkt, offsetof(struct net_udp_hdr, len));
		(void)net_pkt_write(pkt, &length, sizeof(length));
		z_net_ipv6_put_chksum(pkt, IPPROTO_UDP, offsetof(struct net_udp_hdr, chksum));
	} else if (next_header_proto == IPPROTO_ICMPV6) {
		z_net_ipv6_put_chksum(pkt, IPPROTO_ICMPV6, offsetof(struct net_icmp_hdr, chksum));
	} else if (next_header_proto == IPPROTO_TCP) {
		z_net_ipv6_put_chksum(pkt, IPPROTO_TCP, offsetof(struct net_tcp_hdr, chksum));
	}
	return 0;
}

#endif /* ZNET_SUBSYS_NET_IP_IPV6_H_ */
