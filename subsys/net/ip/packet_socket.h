// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Frames by hand to those who see frames, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_PACKET_SOCKET_H_
#define ZNET_SUBSYS_NET_IP_PACKET_SOCKET_H_

#include "connection.h"

/** net_conn_packet_input() for a packet of any family. @return NET_CONTINUE */
static inline enum net_verdict net_packet_socket_input(struct net_pkt *pkt, uint16_t proto)
{
	const sa_family_t family = net_pkt_family(pkt);
	enum net_verdict verdict;

	net_pkt_set_family(pkt, AF_PACKET);
	verdict = net_conn_packet_input(pkt, proto);
	net_pkt_set_family(pkt, family);
	return verdict;
}

#endif /* ZNET_SUBSYS_NET_IP_PACKET_SOCKET_H_ */
