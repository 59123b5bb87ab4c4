// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making ICMP messages by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_ICMPV4_H_
#define ZNET_SUBSYS_NET_IP_ICMPV4_H_

#include <zephyr/net/icmp.h>

#include "net_private.h"

/** Messages (RFC 792). */
#define NET_ICMPV4_DST_UNREACH   3
#define NET_ICMPV4_TIME_EXCEEDED 11
#define NET_ICMPV4_BAD_IP_HEADER 12

/** Codes of "destination unreachable", "time exceeded" and "parameter problem" (RFC 792, RFC 1108). */
#define NET_ICMPV4_DST_UNREACH_NO_PROTO                   2
#define NET_ICMPV4_DST_UNREACH_NO_PORT                    3
#define NET_ICMPV4_TIME_EXCEEDED_FRAGMENT_REASSEMBLY_TIME 1
#define NET_ICMPV4_BAD_IP_HEADER_LENGTH                   2

/** Four bytes that error messages leave zero. */
#define NET_ICMPV4_UNUSED_LEN 4

/** What follows type, code and checksum of an echo request or reply. */
struct net_icmpv4_echo_req {
	uint16_t identifier;
	uint16_t sequence;
} __packed;

/** Appends the head of an ICMP message; finalizing the IP header fills in the checksum. */
static inline int net_icmpv4_create(struct net_pkt *pkt, uint8_t icmp_type, uint8_t icmp_code)
{
	const struct net_icmp_hdr hdr = {.type = icmp_type, .code = icmp_code};

	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/** Fills in the checksum of the message at the cursor, behind which the packet ends. 0, or -ENOBUFS. */
static inline int net_icmpv4_finalize(struct net_pkt *pkt, bool force_chksum)
{
	NET_PKT_DATA_ACCESS_CONTIGUOUS_DEFINE(access, struct net_icmp_hdr);
	struct net_icmp_hdr *const hdr = (struct net_icmp_hdr *)net_pkt_get_data(pkt, &access);

	if (hdr == NULL) {
		return -ENOBUFS;
	}
	hdr->chksum = 0;
	if (force_chksum || net_if_need_calc_tx_checksum(net_pkt_iface(pkt), NET_IF_CHECKSUM_IPV4_ICMP)) {
		hdr->chksum = net_calc_chksum_icmpv4(pkt);
	}
	return net_pkt_set_data(pkt, &access);
}

#if defined(CONFIG_ZNET_CONN_HANDLERS)
/**
 * Tells the sender of a received packet, which begins with its IPv4 header, what is wrong.
 *
 * @return 0, -EINVAL for what may not be answered (RFC 1122, 3.2.2), -ENOBUFS
 */
static inline int net_icmpv4_send_error(struct net_pkt *pkt, uint8_t type, uint8_t code)
{
	return znet_icmp_error(pkt, type, code, 0);
}

/** net_ipv4_input(): the packet begins with its IPv4 header. */
static inline enum net_verdict net_icmpv4_input(struct net_pkt *pkt, struct net_ipv4_hdr *ip_hdr)
{
	ARG_UNUSED(ip_hdr);
	return znet_ip_input(pkt);
}
#endif

/** Nothing is to be prepared. */
#define net_icmpv4_init(...)

#endif /* ZNET_SUBSYS_NET_IP_ICMPV4_H_ */
