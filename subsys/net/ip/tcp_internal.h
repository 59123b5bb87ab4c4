// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief TCP of a context, and TCP headers, for sources that include this from Zephyr's own folder.
 *
 * What Zephyr's connection block holds is not here: a connection is behind its context.
 */

#ifndef ZNET_SUBSYS_NET_IP_TCP_INTERNAL_H_
#define ZNET_SUBSYS_NET_IP_TCP_INTERNAL_H_

#include <zephyr/net/net_context.h>
#include <zephyr/random/random.h>

#include "connection.h"
#include "net_private.h"
#include "tcp_private.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of options that a segment of ours has at most, as Zephyr counts them. */
#define NET_TCP_MAX_OPT_SIZE 8

/** Nothing is to be prepared. */
#define net_tcp_init(...)

/** @return the name of a state, as RFC 9293 has it */
static inline const char *net_tcp_state_str(enum tcp_state state)
{
	static const char *const names[] = {
		[TCP_UNUSED] = "UNUSED",           [TCP_LISTEN] = "LISTEN",
		[TCP_SYN_SENT] = "SYN_SENT",       [TCP_SYN_RECEIVED] = "SYN_RECEIVED",
		[TCP_ESTABLISHED] = "ESTABLISHED", [TCP_FIN_WAIT_1] = "FIN_WAIT1",
		[TCP_FIN_WAIT_2] = "FIN_WAIT2",    [TCP_CLOSE_WAIT] = "CLOSE_WAIT",
		[TCP_CLOSING] = "CLOSING",         [TCP_LAST_ACK] = "LAST_ACK",
		[TCP_TIME_WAIT] = "TIME_WAIT",     [TCP_CLOSED] = "CLOSED",
	};

	return (size_t)state < ARRAY_SIZE(names) ? names[state] : "";
}

#if defined(CONFIG_NET_TCP)
/** Has a context listen, with the backlog of one. */
static inline int net_tcp_listen(struct net_context *context)
{
	return net_context_listen(context, 1);
}

/** Has a callback told of connections. */
static inline int net_tcp_accept(struct net_context *context, net_tcp_accept_cb_t cb,
				 void *user_data)
{
	return net_context_accept(context, cb, K_NO_WAIT, user_data);
}

/** Has a callback given what is received. */
static inline int net_tcp_recv(struct net_context *context, net_context_recv_cb_t cb,
			       void *user_data)
{
	return net_context_recv(context, cb, K_NO_WAIT, user_data);
}

/** Opens or closes the receive window by so many bytes. */
static inline int net_tcp_update_recv_wnd(struct net_context *context, int32_t delta)
{
	return net_context_update_recv_wnd(context, delta);
}
#endif

/** Fills in the checksum of a packet whose IP and TCP headers are complete, the cursor at the TCP header. */
static inline int net_tcp_finalize(struct net_pkt *pkt, bool force_chksum)
{
	NET_PKT_DATA_ACCESS_DEFINE(access, struct net_tcp_hdr);
	struct net_pkt_cursor at;
	struct net_tcp_hdr *hdr;

	net_pkt_cursor_backup(pkt, &at);
	hdr = (struct net_tcp_hdr *)net_pkt_get_data(pkt, &access);
	if (hdr == NULL) {
		return -ENOBUFS;
	}
	hdr->chksum = 0;
	if (net_pkt_set_data(pkt, &access) != 0) {
		return -ENOBUFS;
	}
	if (!force_chksum && !net_if_need_calc_tx_checksum(net_pkt_iface(pkt),
							   net_pkt_family(pkt) == AF_INET6
								   ? NET_IF_CHECKSUM_IPV6_TCP
								   : NET_IF_CHECKSUM_IPV4_TCP)) {
		return 0;
	}
	net_pkt_cursor_restore(pkt, &at);
	hdr = (struct net_tcp_hdr *)net_pkt_get_data(pkt, &access);
	hdr->chksum = net_calc_chksum_tcp(pkt);
	return net_pkt_set_data(pkt, &access);
}

/** @return the TCP header at the cursor of a received packet if its checksum is right, the cursor behind it; or NULL */
static inline struct net_tcp_hdr *net_tcp_input(struct net_pkt *pkt,
						struct net_pkt_data_access *access)
{
	struct net_tcp_hdr *const hdr = (struct net_tcp_hdr *)net_pkt_get_data(pkt, access);

	if (hdr == NULL || net_pkt_set_data(pkt, access) != 0) {
		return NULL;
	}
	return net_calc_chksum_tcp(pkt) == 0 ? hdr : NULL;
}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_TCP_INTERNAL_H_ */
