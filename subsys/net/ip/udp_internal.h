// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making UDP datagrams by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_
#define ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_

#include <zephyr/net/udp.h>

#include "net_private.h"

/** Appends a UDP header with ports in network byte order; finalizing the IP header fills in the rest. */
static inline int net_udp_create(struct net_pkt *pkt, uint16_t src_port, uint16_t dst_port)
{
	const struct net_udp_hdr hdr = {.src_port = src_port, .dst_port = dst_port};

	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

#endif /* ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_ */
