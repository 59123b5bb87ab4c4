// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Input of packets by hand, checksums and texts, for sources that include them from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_
#define ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/icmp.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/printk.h>

#include "connection.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_CONN_HANDLERS)
/** @cond the first of several */
#define Z_NET_IP_INPUT(_pkt, ...) znet_ip_input(_pkt)
/** @endcond */

/**
 * Takes a packet that begins with its IPv4 header as if its interface had received it, at once. What else is given says
 * nothing.
 *
 * @return NET_OK, or NET_DROP when it was dropped: then the packet is the caller's
 */
#define net_ipv4_input(...) Z_NET_IP_INPUT(__VA_ARGS__, 0)

/** The same for IPv6. */
#define net_ipv6_input(...) Z_NET_IP_INPUT(__VA_ARGS__, 0)

/** The same where the IPv4 header, at which the packet begins, was looked at already. */
static inline enum net_verdict net_ipv4_igmp_input(struct net_pkt *pkt, struct net_ipv4_hdr *ip_hdr)
{
	ARG_UNUSED(ip_hdr);
	return znet_ip_input(pkt);
}
#endif

/** The name of a verdict. */
static inline const char *net_verdict2str(enum net_verdict verdict)
{
	switch (verdict) {
	case NET_OK:
		return "NET_OK";
	case NET_CONTINUE:
		return "NET_CONTINUE";
	case NET_DROP:
		return "NET_DROP";
	default:
		return "<unknown>";
	}
}

/** The name of a protocol. */
static inline const char *net_proto2str(int family, int proto)
{
	if (family != AF_INET && family != AF_INET6) {
		return "UNK_PROTO";
	}
	switch (proto) {
	case IPPROTO_ICMP:
		return "ICMPv4";
	case IPPROTO_IGMP:
		return "IGMP";
	case IPPROTO_ICMPV6:
		return "ICMPv6";
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	default:
		return "UNK_PROTO";
	}
}

#if defined(CONFIG_NET_STATISTICS)
/** Forgets what an interface has counted. */
static inline void net_if_stats_reset(struct net_if *iface)
{
	net_stats_reset(iface);
}

/** @cond one of all */
static inline void z_net_if_stats_reset(struct net_if *iface, void *user_data)
{
	ARG_UNUSED(user_data);
	net_stats_reset(iface);
}
/** @endcond */

/** Forgets what all have. */
static inline void net_if_stats_reset_all(void)
{
	net_if_foreach(z_net_if_stats_reset, NULL);
}
#endif

#if defined(CONFIG_NET_IPV4)
/** The first unicast IPv4 address of the interface with this index, NULL for none. */
static inline struct net_if_addr *net_if_ipv4_addr_get_first_by_index(int ifindex)
{
	struct net_if *const iface = net_if_get_by_index(ifindex);
	struct net_if_ipv4 *ipv4 = iface != NULL ? iface->config.ip.ipv4 : NULL;

	for (size_t i = 0; ipv4 != NULL && i < ARRAY_SIZE(ipv4->unicast); i++) {
		if (ipv4->unicast[i].ipv4.is_used) {
			return &ipv4->unicast[i].ipv4;
		}
	}
	return NULL;
}
#endif

#if defined(CONFIG_NET_NATIVE) || defined(CONFIG_NET_OFFLOAD)
/** @cond an option of a context that is on or off; off where there is no such option */
static inline bool z_net_context_has(struct net_context *context, enum net_context_option option)
{
	int value = 0;
	size_t len = sizeof(value);

	return net_context_get_option(context, option, &value, &len) == 0 && value != 0;
}
/** @endcond */

/** Whether options of a context are on. */
static inline bool net_context_is_reuseaddr_set(struct net_context *context)
{
	return z_net_context_has(context, NET_OPT_REUSEADDR);
}

static inline bool net_context_is_reuseport_set(struct net_context *context)
{
	return z_net_context_has(context, NET_OPT_REUSEPORT);
}

static inline bool net_context_is_v6only_set(struct net_context *context)
{
	return z_net_context_has(context, NET_OPT_IPV6_V6ONLY);
}

static inline bool net_context_is_recv_pktinfo_set(struct net_context *context)
{
	return z_net_context_has(context, NET_OPT_RECV_PKTINFO);
}
#endif

/** Writes a byte as hexadecimal digits and a zero; @p base is the digit of ten. @return where the zero is */
static inline char *net_byte_to_hex(char *ptr, uint8_t byte, char base, bool pad)
{
	const uint8_t digits[] = {byte >> 4, byte & 15};

	for (size_t i = pad || digits[0] != 0 ? 0 : 1; i < ARRAY_SIZE(digits); i++) {
		*ptr++ = (char)(digits[i] < 10 ? '0' + digits[i] : base + digits[i] - 10);
	}
	*ptr = '\0';
	return ptr;
}

/** Logs bytes, for the log source that stands where this is called. */
#define net_hexdump(_str, _packet, _length) LOG_HEXDUMP_DBG(_packet, _length, _str)

/** Logs the bytes of a packet, a fragment each. */
#define net_pkt_hexdump(_pkt, _str)                                                                \
	do {                                                                                       \
		for (struct net_buf *_buf = (_pkt)->buffer; _buf != NULL; _buf = _buf->frags) {    \
			LOG_HEXDUMP_DBG(_buf->data, _buf->len, _str);                              \
		}                                                                                  \
	} while (false)

/** Prints which fragments a packet has, and how full they are. */
static inline void net_pkt_print_buffer_info(struct net_pkt *pkt, const char *str)
{
	printk("%s%p[%ld]", str != NULL ? str : "", (void *)pkt, (long)atomic_get(&pkt->atomic_ref));
	for (struct net_buf *buf = pkt->buffer; buf != NULL; buf = buf->frags) {
		printk("->%p[%d/%u (%u)]", (void *)buf, (int)buf->ref, (unsigned int)buf->len,
		       (unsigned int)buf->size);
	}
	printk("\n");
}

/** The text of an address. A few calls may stand in one statement. */
static inline char *net_sprint_addr(sa_family_t af, const void *addr)
{
	static char texts[3][NET_IPV6_ADDR_LEN];
	static unsigned int next;
	char *const text = texts[next++ % ARRAY_SIZE(texts)];

	return addr == NULL ? (char *)"<null>" : net_addr_ntop(af, addr, text, NET_IPV6_ADDR_LEN);
}

static inline char *net_sprint_ipv6_addr(const void *addr)
{
	return net_sprint_addr(AF_INET6, addr);
}

static inline char *net_sprint_ipv4_addr(const void *addr)
{
	return net_sprint_addr(AF_INET, addr);
}

/** The text of a link address, in @p buf. */
static inline char *net_sprint_ll_addr_buf(const uint8_t *ll, uint8_t ll_len, char *buf, int buflen)
{
	int at = 0;

	buf[0] = '\0';
	for (uint8_t i = 0; i < ll_len && at + 4 <= buflen; i++) {
		at += snprintk(&buf[at], (size_t)(buflen - at), "%s%02X", i > 0 ? ":" : "", ll[i]);
	}
	return buf;
}

/** The text of a link address, up to the next call. */
static inline char *net_sprint_ll_addr(const uint8_t *ll, uint8_t ll_len)
{
	static char text[8 * 3];

	return net_sprint_ll_addr_buf(ll, ll_len, text, sizeof(text));
}

/** Adds the bytes from the cursor to the end to a ones' complement sum (RFC 1071); the sum is not inverted. */
static inline uint16_t z_net_sum_packet(struct net_pkt *pkt, uint32_t sum)
{
	const bool overwrite = net_pkt_is_being_overwritten(pkt);
	struct net_pkt_cursor backup;
	bool odd = false;
	uint8_t byte;

	net_pkt_cursor_backup(pkt, &backup);
	net_pkt_set_overwrite(pkt, true);
	while (net_pkt_read_u8(pkt, &byte) == 0) {
		sum += odd ? byte : (uint32_t)byte << 8;
		sum = (sum & 0xffff) + (sum >> 16);
		odd = !odd;
	}
	net_pkt_cursor_restore(pkt, &backup);
	net_pkt_set_overwrite(pkt, overwrite);
	return (uint16_t)sum;
}

/** Adds bytes, of which there is an even number. */
static inline uint32_t z_net_sum_bytes(uint32_t sum, const uint8_t *data, size_t length)
{
	for (size_t i = 0; i < length; i += 2) {
		sum += sys_get_be16(&data[i]);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return sum;
}

/** Adds bytes to a ones' complement sum (RFC 1071), both in host byte order; the sum is not inverted. */
static inline uint16_t calc_chksum(uint16_t sum_in, const uint8_t *data, size_t len)
{
	const size_t even = len & ~(size_t)1;
	uint32_t sum = z_net_sum_bytes(sum_in, data, even);

	if (even != len) {
		sum += (uint32_t)data[even] << 8;
	}
	return (uint16_t)((sum & 0xffff) + (sum >> 16));
}

/** The checksum of the transport, ICMP or IGMP message behind the IP header, in network byte order. */
static inline uint16_t net_calc_chksum(struct net_pkt *pkt, uint8_t proto)
{
	const bool overwrite = net_pkt_is_being_overwritten(pkt);
	const size_t head = net_pkt_ip_hdr_len(pkt) + net_pkt_ip_opts_len(pkt);
	const bool six = net_pkt_family(pkt) == AF_INET6;
	struct net_pkt_cursor backup;
	uint8_t addresses[2 * NET_IPV6_ADDR_SIZE];
	const size_t length = 2 * (six ? NET_IPV6_ADDR_SIZE : NET_IPV4_ADDR_SIZE);
	uint32_t sum = 0;

	net_pkt_cursor_backup(pkt, &backup);
	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	/* ICMP over IPv4, and IGMP, have no pseudo header. */
	if (six || (proto != IPPROTO_ICMP && proto != IPPROTO_IGMP)) {
		(void)net_pkt_skip(pkt, net_pkt_ip_hdr_len(pkt) - length);
		(void)net_pkt_read(pkt, addresses, length);
		sum = z_net_sum_bytes(0, addresses, length) + proto + net_pkt_get_len(pkt) - head;
		net_pkt_cursor_init(pkt);
	}
	(void)net_pkt_skip(pkt, head);
	sum = z_net_sum_packet(pkt, sum);
	net_pkt_cursor_restore(pkt, &backup);
	net_pkt_set_overwrite(pkt, overwrite);
	return htons((uint16_t)~sum);
}

/** RFC 768: a sum of 0 is sent as all ones. */
static inline uint16_t net_calc_chksum_udp(struct net_pkt *pkt)
{
	const uint16_t chksum = net_calc_chksum(pkt, IPPROTO_UDP);

	return chksum != 0 ? chksum : 0xffff;
}

/** 0 for a datagram whose checksum is right. */
static inline uint16_t net_calc_verify_chksum_udp(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_UDP);
}

static inline uint16_t net_calc_chksum_igmp(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_IGMP);
}

static inline uint16_t net_calc_chksum_tcp(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_TCP);
}

static inline uint16_t net_calc_chksum_icmpv4(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_ICMP);
}

static inline uint16_t net_calc_chksum_icmpv6(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_ICMPV6);
}

/** The checksum of the IPv4 header at the packet's begin, options and all. */
static inline uint16_t net_calc_chksum_ipv4(struct net_pkt *pkt)
{
	uint8_t header[60] = {0};
	size_t length;

	if (pkt == NULL || pkt->buffer == NULL || pkt->buffer->len == 0) {
		return 0;
	}
	length = (size_t)(pkt->buffer->data[0] & 15) * 4;
	(void)net_buf_linearize(header, sizeof(header), pkt->buffer, 0, length);
	return htons((uint16_t)~z_net_sum_bytes(0, header, length));
}

/** Whether we sum what leaves by a packet's interface, not its device. */
static inline bool z_net_sums_sent(struct net_pkt *pkt, enum net_if_checksum_type type)
{
	return net_pkt_iface(pkt) == NULL || net_if_need_calc_tx_checksum(net_pkt_iface(pkt), type);
}

/** Fills in length and checksum of the UDP, TCP, ICMP or IGMP message behind the IP header. */
static inline int z_net_finish_message(struct net_pkt *pkt, uint8_t proto)
{
	const bool six = net_pkt_family(pkt) == AF_INET6;
	const size_t head = net_pkt_ip_hdr_len(pkt) + net_pkt_ip_opts_len(pkt);
	const uint16_t length = htons((uint16_t)(net_pkt_get_len(pkt) - head));
	uint16_t chksum = 0;
	size_t at;
	bool sum;

	net_pkt_set_overwrite(pkt, true);
	switch (proto) {
	case IPPROTO_UDP:
		sum = z_net_sums_sent(pkt, six ? NET_IF_CHECKSUM_IPV6_UDP : NET_IF_CHECKSUM_IPV4_UDP);
		at = offsetof(struct net_udp_hdr, chksum);
		net_pkt_cursor_init(pkt);
		if (net_pkt_skip(pkt, head + offsetof(struct net_udp_hdr, len)) != 0 ||
		    net_pkt_write(pkt, &length, sizeof(length)) != 0) {
			return -ENOBUFS;
		}
		break;
	case IPPROTO_TCP:
		sum = z_net_sums_sent(pkt, six ? NET_IF_CHECKSUM_IPV6_TCP : NET_IF_CHECKSUM_IPV4_TCP);
		at = offsetof(struct net_tcp_hdr, chksum);
		break;
	case IPPROTO_ICMP:
		sum = z_net_sums_sent(pkt, NET_IF_CHECKSUM_IPV4_ICMP);
		at = offsetof(struct net_icmp_hdr, chksum);
		break;
	case IPPROTO_ICMPV6:
		sum = z_net_sums_sent(pkt, NET_IF_CHECKSUM_IPV6_ICMP);
		at = offsetof(struct net_icmp_hdr, chksum);
		break;
	case IPPROTO_IGMP:
		sum = true;
		at = offsetof(struct net_icmp_hdr, chksum);
		break;
	default:
		return 0;
	}
	for (int pass = 0; pass < (sum ? 2 : 1); pass++) {
		net_pkt_cursor_init(pkt);
		if (net_pkt_skip(pkt, head + at) != 0 ||
		    net_pkt_write(pkt, &chksum, sizeof(chksum)) != 0) {
			return -ENOBUFS;
		}
		chksum = proto == IPPROTO_UDP ? net_calc_chksum_udp(pkt) : net_calc_chksum(pkt, proto);
	}
	return 0;
}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_ */
