// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Path MTU discovery for applications over UDP (RFC 8899). Zephyr v4.2 has none: the names are this library's.
 *
 * UDP itself tells nobody that a datagram arrived, so the application sends probes and says which of them the peer has
 * confirmed; the library says what to probe, and when. On a connected socket:
 *
 *     znet_plpmtud_start(sock);
 *     while (1) {
 *             uint32_t wait_ms;
 *             int len = znet_plpmtud_due(sock, &wait_ms);
 *
 *             if (len > 0) {
 *                     // any message of the application's that the peer answers, padded to len bytes
 *                     send(sock, probe, len, 0);
 *             }
 *             // until wait_ms have passed: the application's work; for an answer to that message
 *             znet_plpmtud_confirm(sock, len);
 *     }
 *
 * An answer should carry what only the peer can know of the probe, a random number for instance, so that nobody else
 * can confirm it (RFC 8899, 6.1.1). Datagrams of such a socket are never fragmented: one that is larger than
 * znet_plpmtud_size() and is not of the size that is due ends with EMSGSIZE. What routers say of packets that were too
 * big is used as a hint what to probe, and not believed. When the socket is connected to somebody else, the search has
 * to be started again.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_PLPMTUD_H_
#define ZEPHYR_INCLUDE_NET_ZNET_PLPMTUD_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a search stands (RFC 8899, 5.2). */
enum znet_plpmtud_state {
	/** Whether datagrams of the base size (1,200 bytes, 1,240 over IPv6) pass is being found out. */
	ZNET_PLPMTUD_BASE = 1,
	/** They pass, and larger ones are tried. */
	ZNET_PLPMTUD_SEARCHING,
	/** The largest that pass are known; this is confirmed every 30 s, larger ones are tried every 10 min. */
	ZNET_PLPMTUD_SEARCH_COMPLETE,
	/** Not even those of the base size pass; they are tried every 30 s. */
	ZNET_PLPMTUD_ERROR,
};

#if defined(CONFIG_ZNET_UDP_PLPMTUD)
/**
 * Begins to look what the path to the peer of a connected socket carries, or begins anew.
 *
 * @param sock UDP socket
 * @return 0, or -1 with errno: EBADF, ENOTCONN, ENOMEM (CONFIG_ZNET_UDP_PLPMTUD_SOCKETS are looking), ENETUNREACH
 */
int znet_plpmtud_start(int sock);

/**
 * Ends that: datagrams may be fragmented again.
 *
 * @param sock UDP socket
 * @return 0, or -1 with errno: EBADF
 */
int znet_plpmtud_stop(int sock);

/**
 * Tells whether a probe is to be sent. The next datagram of that size that is sent to the peer is the probe.
 *
 * @param sock UDP socket
 * @param wait_ms where to put how many milliseconds to wait before asking again when none is to be sent; NULL
 * @return bytes of payload; 0 when none is to be sent; -1 with errno: EBADF, ENOENT (not started, or connected anew)
 */
int znet_plpmtud_due(int sock, uint32_t *wait_ms);

/**
 * Tells that the peer has received a datagram. Data of the largest size may be confirmed as well as probes; then fewer
 * of these are needed.
 *
 * @param sock UDP socket
 * @param len bytes of its payload
 * @return 0, or -1 with errno: EBADF, ENOENT, EINVAL
 */
int znet_plpmtud_confirm(int sock, size_t len);

/**
 * Largest payload that may be sent (RFC 8899: MPS).
 *
 * @param sock UDP socket
 * @return bytes, or -1 with errno: EBADF, ENOENT
 */
int znet_plpmtud_size(int sock);

/**
 * Where the search stands.
 *
 * @param sock UDP socket
 * @return one of enum znet_plpmtud_state, or -1 with errno: EBADF, ENOENT
 */
int znet_plpmtud_state(int sock);
#endif /* CONFIG_ZNET_UDP_PLPMTUD */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/znet_plpmtud.h>

#endif /* ZEPHYR_INCLUDE_NET_ZNET_PLPMTUD_H_ */
