// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Addresses as text and checksums, for sources that include them from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_
#define ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/printk.h>

#ifdef __cplusplus
extern "C" {
#endif

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

/** The checksum of the transport or ICMP message behind the IP header, in network byte order. */
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
	/* ICMP over IPv4 has no pseudo header. */
	if (six || proto != IPPROTO_ICMP) {
		(void)net_pkt_skip(pkt, net_pkt_ip_hdr_len(pkt) - length);
		(void)net_pkt_read(pkt, addresses, length);
		sum = z_net_sum_bytes(0, addresses, length) + proto + net_pkt_get_len(pkt) - head;
		net_pkt_cursor_init(pkt);
	}
	(void)net_pkt_skip(pkt, head);
	sum = z_net_sum_packet(pkt, sum);
	net_pkt_cursor_restore(pkt, &backup);
	net_pkt_set_overwrite(pkt, overwrite);
	/* RFC 768: a sum of 0 is sent as all ones. */
	return sum == 0xffff && proto == IPPROTO_UDP ? 0xffff : htons((uint16_t)~sum);
}

static inline uint16_t net_calc_chksum_udp(struct net_pkt *pkt)
{
	return net_calc_chksum(pkt, IPPROTO_UDP);
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

/** The checksum of the IPv4 header at the packet's begin. */
static inline uint16_t net_calc_chksum_ipv4(struct net_pkt *pkt)
{
	const uint8_t *const data = pkt->buffer->data;

	return htons((uint16_t)~z_net_sum_bytes(0, data, (size_t)(data[0] & 15) * 4));
}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_NET_PRIVATE_H_ */
