// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making ICMP messages by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_ICMPV4_H_
#define ZNET_SUBSYS_NET_IP_ICMPV4_H_

#include <zephyr/net/icmp.h>

#include "net_private.h"

/** Appends the head of an ICMP message; finalizing the IP header fills in the checksum. */
static inline int net_icmpv4_create(struct net_pkt *pkt, uint8_t icmp_type, uint8_t icmp_code)
{
	const struct net_icmp_hdr hdr = {.type = icmp_type, .code = icmp_code};

	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

#endif /* ZNET_SUBSYS_NET_IP_ICMPV4_H_ */
