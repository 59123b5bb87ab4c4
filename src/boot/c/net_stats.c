// SPDX-License-Identifier: Apache-2.0
/*
 * Counters of the stack in the log, from time to time. Stands on the public API alone.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_STATISTICS_PERIODIC_OUTPUT)

#include <zephyr/init.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_stats.h>

LOG_MODULE_REGISTER(net_stats, CONFIG_NET_STATISTICS_LOG_LEVEL);

#define PERIOD K_SECONDS(30)

static void print(const char *whose, const struct net_stats *s)
{
	LOG_INF("%s: bytes recv %u sent %u, unknown %u", whose, s->bytes.received, s->bytes.sent,
		s->processing_error);
	LOG_INF("IP errors: header %u fragment %u checksum %u protocol %u", s->ip_errors.vhlerr,
		s->ip_errors.fragerr, s->ip_errors.chkerr, s->ip_errors.protoerr);
#if defined(CONFIG_NET_STATISTICS_IPV6)
	LOG_INF("IPv6 recv %u sent %u drop %u forwarded %u", s->ipv6.recv, s->ipv6.sent,
		s->ipv6.drop, s->ipv6.forwarded);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV6_ND)
	LOG_INF("IPv6 ND recv %u sent %u drop %u", s->ipv6_nd.recv, s->ipv6_nd.sent,
		s->ipv6_nd.drop);
#endif
#if defined(CONFIG_NET_STATISTICS_MLD)
	LOG_INF("MLD recv %u sent %u drop %u", s->ipv6_mld.recv, s->ipv6_mld.sent,
		s->ipv6_mld.drop);
#endif
#if defined(CONFIG_NET_STATISTICS_IPV4)
	LOG_INF("IPv4 recv %u sent %u drop %u forwarded %u", s->ipv4.recv, s->ipv4.sent,
		s->ipv4.drop, s->ipv4.forwarded);
#endif
#if defined(CONFIG_NET_STATISTICS_IGMP)
	LOG_INF("IGMP recv %u sent %u drop %u", s->ipv4_igmp.recv, s->ipv4_igmp.sent,
		s->ipv4_igmp.drop);
#endif
#if defined(CONFIG_NET_STATISTICS_ICMP)
	LOG_INF("ICMP recv %u sent %u drop %u, checksum %u type %u", s->icmp.recv, s->icmp.sent,
		s->icmp.drop, s->icmp.chkerr, s->icmp.typeerr);
#endif
#if defined(CONFIG_NET_STATISTICS_UDP)
	LOG_INF("UDP recv %u sent %u drop %u, checksum %u", s->udp.recv, s->udp.sent, s->udp.drop,
		s->udp.chkerr);
#endif
#if defined(CONFIG_NET_STATISTICS_TCP)
	LOG_INF("TCP bytes recv %u sent %u resent %u", s->tcp.bytes.received, s->tcp.bytes.sent,
		s->tcp.resent);
	LOG_INF("TCP segments recv %u sent %u again %u drop %u", s->tcp.recv, s->tcp.sent,
		s->tcp.rexmit, s->tcp.drop);
	LOG_INF("TCP resets %u, connections refused %u dropped %u", s->tcp.rst, s->tcp.connrst,
		s->tcp.conndrop);
#endif
}

#if defined(CONFIG_NET_STATISTICS_PER_INTERFACE)
static void print_iface(struct net_if *iface, void *user_data)
{
	char whose[sizeof("interface 255")];

	ARG_UNUSED(user_data);
	snprintk(whose, sizeof(whose), "interface %d", net_if_get_by_iface(iface));
	print(whose, &iface->stats);
}
#endif

static void print_all(struct k_work *work)
{
	print("host", &net_stats);
#if defined(CONFIG_NET_STATISTICS_PER_INTERFACE)
	net_if_foreach(print_iface, NULL);
#endif
	(void)k_work_schedule(k_work_delayable_from_work(work), PERIOD);
}

static K_WORK_DELAYABLE_DEFINE(printing, print_all);

static int net_stats_init(void)
{
	(void)k_work_schedule(&printing, PERIOD);
	return 0;
}

SYS_INIT(net_stats_init, APPLICATION, CONFIG_APPLICATION_INIT_PRIORITY);

#endif /* CONFIG_NET_STATISTICS_PERIODIC_OUTPUT */
