// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Numbers of TCP (RFC 9293), for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_TCP_PRIVATE_H_
#define ZNET_SUBSYS_NET_IP_TCP_PRIVATE_H_

#include <zephyr/net/net_ip.h>
#include <zephyr/sys/util.h>

/** @name Kinds and lengths of options (RFC 9293, 3.2; RFC 7323)
 * @{
 */
#define NET_TCP_END_OPT           0
#define NET_TCP_NOP_OPT           1
#define NET_TCP_MSS_OPT           2
#define NET_TCP_WINDOW_SCALE_OPT  3
#define NET_TCP_END_SIZE          1
#define NET_TCP_NOP_SIZE          1
#define NET_TCP_MSS_SIZE          4
#define NET_TCP_WINDOW_SCALE_SIZE 3
/** @} */

/** What a peer takes that does not say so, over IPv4 (RFC 9293, 3.7.1). */
#define NET_TCP_DEFAULT_MSS 536

/** Control bits of a segment. */
enum th_flags {
	FIN = BIT(0),
	SYN = BIT(1),
	RST = BIT(2),
	PSH = BIT(3),
	ACK = BIT(4),
	URG = BIT(5),
	ECN = BIT(6),
	CWR = BIT(7),
};

/** States of a connection. */
enum tcp_state {
	TCP_UNUSED = 0,
	TCP_LISTEN,
	TCP_SYN_SENT,
	TCP_SYN_RECEIVED,
	TCP_ESTABLISHED,
	TCP_FIN_WAIT_1,
	TCP_FIN_WAIT_2,
	TCP_CLOSE_WAIT,
	TCP_CLOSING,
	TCP_LAST_ACK,
	TCP_TIME_WAIT,
	TCP_CLOSED
};

#endif /* ZNET_SUBSYS_NET_IP_TCP_PRIVATE_H_ */
