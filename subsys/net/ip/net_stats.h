// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Counters of the host and of its interfaces, for sources that include this from Zephyr's own folder.
 *
 * What a source counts of what it handles by itself; the stack counts what it handles. No two threads may count at once.
 */

#ifndef ZNET_SUBSYS_NET_IP_NET_STATS_H_
#define ZNET_SUBSYS_NET_IP_NET_STATS_H_

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_stats.h>

#if defined(CONFIG_NET_STATISTICS_PER_INTERFACE)
#define GET_STAT(iface, s)      (*GET_STAT_ADDR(iface, s)) /**< A counter; the host's for NULL */
#define GET_STAT_ADDR(iface, s) ((iface) != NULL ? &(iface)->stats.s : &net_stats.s) /**< Where it is */

/** @cond counts for the host, and for the interface */
#define Z_NET_STATS_ADD(iface, s, n)                                                               \
	do {                                                                                       \
		net_stats.s += (n);                                                                \
		(iface)->stats.s += (n);                                                           \
	} while (false)
/** @endcond */
#elif defined(CONFIG_NET_STATISTICS)
#define GET_STAT(iface, s)      (net_stats.s)
#define GET_STAT_ADDR(iface, s) (&net_stats.s)

#define Z_NET_STATS_ADD(iface, s, n) ((void)(net_stats.s += (n)))
#else
#define Z_NET_STATS_ADD(iface, s, n) ((void)(iface))
#endif

#define net_stats_update_processing_error(iface)   Z_NET_STATS_ADD(iface, processing_error, 1)
#define net_stats_update_ip_errors_protoerr(iface) Z_NET_STATS_ADD(iface, ip_errors.protoerr, 1)
#define net_stats_update_ip_errors_vhlerr(iface)   Z_NET_STATS_ADD(iface, ip_errors.vhlerr, 1)
#define net_stats_update_bytes_recv(iface, n)      Z_NET_STATS_ADD(iface, bytes.received, n)
#define net_stats_update_bytes_sent(iface, n)      Z_NET_STATS_ADD(iface, bytes.sent, n)

#if defined(CONFIG_NET_STATISTICS_IPV4)
#define net_stats_update_ipv4_sent(iface) Z_NET_STATS_ADD(iface, ipv4.sent, 1)
#define net_stats_update_ipv4_recv(iface) Z_NET_STATS_ADD(iface, ipv4.recv, 1)
#define net_stats_update_ipv4_drop(iface) Z_NET_STATS_ADD(iface, ipv4.drop, 1)
#else
#define net_stats_update_ipv4_sent(iface)
#define net_stats_update_ipv4_recv(iface)
#define net_stats_update_ipv4_drop(iface)
#endif

#if defined(CONFIG_NET_STATISTICS_IPV6)
#define net_stats_update_ipv6_sent(iface) Z_NET_STATS_ADD(iface, ipv6.sent, 1)
#define net_stats_update_ipv6_recv(iface) Z_NET_STATS_ADD(iface, ipv6.recv, 1)
#define net_stats_update_ipv6_drop(iface) Z_NET_STATS_ADD(iface, ipv6.drop, 1)
#else
#define net_stats_update_ipv6_sent(iface)
#define net_stats_update_ipv6_recv(iface)
#define net_stats_update_ipv6_drop(iface)
#endif

#if defined(CONFIG_NET_STATISTICS_ICMP)
#define net_stats_update_icmp_sent(iface) Z_NET_STATS_ADD(iface, icmp.sent, 1)
#define net_stats_update_icmp_recv(iface) Z_NET_STATS_ADD(iface, icmp.recv, 1)
#define net_stats_update_icmp_drop(iface) Z_NET_STATS_ADD(iface, icmp.drop, 1)
#else
#define net_stats_update_icmp_sent(iface)
#define net_stats_update_icmp_recv(iface)
#define net_stats_update_icmp_drop(iface)
#endif

#if defined(CONFIG_NET_STATISTICS_UDP)
#define net_stats_update_udp_sent(iface)   Z_NET_STATS_ADD(iface, udp.sent, 1)
#define net_stats_update_udp_recv(iface)   Z_NET_STATS_ADD(iface, udp.recv, 1)
#define net_stats_update_udp_drop(iface)   Z_NET_STATS_ADD(iface, udp.drop, 1)
#define net_stats_update_udp_chkerr(iface) Z_NET_STATS_ADD(iface, udp.chkerr, 1)
#else
#define net_stats_update_udp_sent(iface)
#define net_stats_update_udp_recv(iface)
#define net_stats_update_udp_drop(iface)
#define net_stats_update_udp_chkerr(iface)
#endif

#endif /* ZNET_SUBSYS_NET_IP_NET_STATS_H_ */
