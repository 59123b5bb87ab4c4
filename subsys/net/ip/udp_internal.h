// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making UDP datagrams by hand, and handlers of UDP, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_
#define ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_

#include <zephyr/net/udp.h>

#include "connection.h"
#include "net_private.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Appends a UDP header with ports in network byte order; finalizing the IP header fills in the rest. */
static inline int net_udp_create(struct net_pkt *pkt, uint16_t src_port, uint16_t dst_port)
{
	const struct net_udp_hdr hdr = {.src_port = src_port, .dst_port = dst_port};

	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/**
 * Fills in length and checksum of the UDP header at the cursor, behind which the packet ends.
 *
 * @param force_chksum sum it even where the network device would
 */
static inline int net_udp_finalize(struct net_pkt *pkt, bool force_chksum)
{
	NET_PKT_DATA_ACCESS_DEFINE(access, struct net_udp_hdr);
	struct net_udp_hdr *const hdr = (struct net_udp_hdr *)net_pkt_get_data(pkt, &access);
	const size_t head = net_pkt_ip_hdr_len(pkt) + net_pkt_ip_opts_len(pkt);

	if (hdr == NULL) {
		return -ENOBUFS;
	}
	hdr->len = htons((uint16_t)(net_pkt_get_len(pkt) - head));
	hdr->chksum = 0;
	if (net_pkt_set_data(pkt, &access) != 0) {
		return -ENOBUFS;
	}
	if (force_chksum || net_if_need_calc_tx_checksum(net_pkt_iface(pkt),
							 net_pkt_family(pkt) == AF_INET6
								 ? NET_IF_CHECKSUM_IPV6_UDP
								 : NET_IF_CHECKSUM_IPV4_UDP)) {
		hdr->chksum = net_calc_chksum_udp(pkt);
	}
	return net_udp_set_hdr(pkt, hdr) != NULL ? 0 : -ENOBUFS;
}

/** @return the UDP header at the cursor of a received packet if its checksum is right, the cursor behind it; or NULL */
static inline struct net_udp_hdr *net_udp_input(struct net_pkt *pkt,
						struct net_pkt_data_access *access)
{
	struct net_udp_hdr *const hdr = (struct net_udp_hdr *)net_pkt_get_data(pkt, access);

	if (hdr == NULL || net_pkt_set_data(pkt, access) != 0) {
		return NULL;
	}
	return hdr->chksum == 0 || net_calc_verify_chksum_udp(pkt) == 0 ? hdr : NULL;
}

/** Has a callback given datagrams: net_conn_register() with IPPROTO_UDP. */
static inline int net_udp_register(uint8_t family, const struct sockaddr *remote_addr,
				   const struct sockaddr *local_addr, uint16_t remote_port,
				   uint16_t local_port, struct net_context *context,
				   net_conn_cb_t cb, void *user_data,
				   struct net_conn_handle **handle)
{
	return net_conn_register(IPPROTO_UDP, SOCK_DGRAM, family, remote_addr, local_addr,
				 remote_port, local_port, context, cb, user_data, handle);
}

/** Takes it away. */
static inline int net_udp_unregister(struct net_conn_handle *handle)
{
	return net_conn_unregister(handle);
}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_UDP_INTERNAL_H_ */
