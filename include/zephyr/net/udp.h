// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The UDP header of a packet.
 */

#ifndef ZEPHYR_INCLUDE_NET_UDP_H_
#define ZEPHYR_INCLUDE_NET_UDP_H_

#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Reads the UDP header of an IP packet. The packet's cursor stays where it is.
 *
 * @param hdr where to put the header when it is spread over several buffers
 *
 * @return the header, in the packet if it is in one piece; NULL when there is none
 */
struct net_udp_hdr *net_udp_get_hdr(struct net_pkt *pkt, struct net_udp_hdr *hdr);

/**
 * Writes the UDP header of an IP packet. The packet's cursor stays where it is.
 *
 * @return @p hdr, or NULL when the packet has no room for it
 */
struct net_udp_hdr *net_udp_set_hdr(struct net_pkt *pkt, struct net_udp_hdr *hdr);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_UDP_H_ */
