// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making IPv4 packets by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_IPV4_H_
#define ZNET_SUBSYS_NET_IP_IPV4_H_

#include "net_private.h"

#define NET_IPV4_IHL_MASK        0x0F
#define NET_IPV4_MORE_FRAG_MASK  0x2000
#define NET_IPV4_FRAGH_OFFSET_MASK 0x1fff
#define NET_IPV4_DO_NOT_FRAG_MASK  0x4000
#define NET_IPV4_HDR_OPTNS_MAX_LEN 40

/** Appends an IPv4 header with all fields of interest. 0, or -ENOBUFS. */
static inline int net_ipv4_create_full(struct net_pkt *pkt, const struct in_addr *src,
				       const struct in_addr *dst, uint8_t tos, uint16_t id,
				       uint8_t flags, uint16_t offset)
{
	const uint8_t ttl = net_pkt_ipv4_ttl(pkt);
	struct net_ipv4_hdr hdr = {
		.vhl = 0x45,
		.tos = tos,
		.ttl = ttl != 0 ? ttl : CONFIG_NET_INITIAL_TTL,
	};

	sys_put_be16(id, hdr.id);
	sys_put_be16((uint16_t)(flags << 13 | offset), hdr.offset);
	memcpy(hdr.src, src, sizeof(hdr.src));
	memcpy(hdr.dst, dst, sizeof(hdr.dst));
	net_pkt_set_family(pkt, AF_INET);
	net_pkt_set_ip_hdr_len(pkt, sizeof(hdr));
	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/** Appends an IPv4 header; net_ipv4_finalize() fills in length, protocol and checksums. */
static inline int net_ipv4_create(struct net_pkt *pkt, const struct in_addr *src,
				  const struct in_addr *dst)
{
	return net_ipv4_create_full(pkt, src, dst, 0, 0, 0, 0);
}

/** Writes a checksum into the message behind the header, `at` bytes into it. */
static inline void z_net_ipv4_put_chksum(struct net_pkt *pkt, uint8_t proto, size_t at)
{
	uint16_t chksum = 0;

	for (int pass = 0; pass < 2; pass++) {
		net_pkt_cursor_init(pkt);
		if (net_pkt_skip(pkt, sizeof(struct net_ipv4_hdr) + at) != 0 ||
		    net_pkt_write(pkt, &chksum, sizeof(chksum)) != 0) {
			return;
		}
		chksum = net_calc_chksum(pkt, proto);
	}
}

/** Fills in what follows from the whole packet. */
static inline int net_ipv4_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	struct net_ipv4_hdr hdr;

	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	if (net_pkt_read(pkt, &hdr, sizeof(hdr)) != 0) {
		return -ENOBUFS;
	}

	const uint16_t length = (uint16_t)net_pkt_get_len(pkt);
	const uint16_t payload = htons((uint16_t)(length - sizeof(hdr)));

	hdr.len = htons(length);
	hdr.proto = next_header_proto;
	hdr.chksum = 0;
	hdr.chksum = htons((uint16_t)~z_net_sum_bytes(0, (const uint8_t *)&hdr, sizeof(hdr)));
	net_pkt_cursor_init(pkt);
	(void)net_pkt_write(pkt, &hdr, sizeof(hdr));
	if (next_header_proto == IPPROTO_UDP) {
		(void)net_pkt_skip(pkt, offsetof(struct net_udp_hdr, len));
		(void)net_pkt_write(pkt, &payload, sizeof(payload));
		z_net_ipv4_put_chksum(pkt, IPPROTO_UDP, offsetof(struct net_udp_hdr, chksum));
	} else if (next_header_proto == IPPROTO_ICMP) {
		z_net_ipv4_put_chksum(pkt, IPPROTO_ICMP, offsetof(struct net_icmp_hdr, chksum));
	} else if (next_header_proto == IPPROTO_TCP) {
		z_net_ipv4_put_chksum(pkt, IPPROTO_TCP, offsetof(struct net_tcp_hdr, chksum));
	}
	return 0;
}

#endif /* ZNET_SUBSYS_NET_IP_IPV4_H_ */
