// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Making IPv4 packets by hand, for sources that include this from Zephyr's own folder.
 */

#ifndef ZNET_SUBSYS_NET_IP_IPV4_H_
#define ZNET_SUBSYS_NET_IP_IPV4_H_

#include "net_private.h"

#define NET_IPV4_IHL_MASK        0x0F
#define NET_IPV4_MORE_FRAG_MASK  0x2000
#define NET_IPV4_FRAGH_OFFSET_MASK 0x1fff
#define NET_IPV4_DO_NOT_FRAG_MASK  0x4000
#define NET_IPV4_HDR_OPTNS_MAX_LEN 40

/** Bits of flags in net_ipv4_create_full() (RFC 791, 3.1). */
#define NET_IPV4_MF BIT(0)
#define NET_IPV4_DF BIT(1)

/** Options (RFC 791, 3.1; RFC 2113). */
#define NET_IPV4_OPTS_EO  0
#define NET_IPV4_OPTS_NOP 1
#define NET_IPV4_OPTS_RR  7
#define NET_IPV4_OPTS_TS  68
#define NET_IPV4_OPTS_RA  148

/** What a time stamp option asks for. */
#define NET_IPV4_TS_OPT_TS_ONLY 0
#define NET_IPV4_TS_OPT_TS_ADDR 1
#define NET_IPV4_TS_OPT_TS_PRES 3

/** Messages of IGMP (RFC 1112, RFC 2236, RFC 9776). */
#define NET_IPV4_IGMP_QUERY     0x11
#define NET_IPV4_IGMP_REPORT_V1 0x12
#define NET_IPV4_IGMP_REPORT_V2 0x16
#define NET_IPV4_IGMP_LEAVE     0x17
#define NET_IPV4_IGMP_REPORT_V3 0x22

/** A query of version 2 (RFC 2236, 2). */
struct net_ipv4_igmp_v2_query {
	uint8_t type;
	uint8_t max_rsp;
	uint16_t chksum;
	struct in_addr address;
} __packed;

/** A report of version 2. */
struct net_ipv4_igmp_v2_report {
	uint8_t type;
	uint8_t max_rsp;
	uint16_t chksum;
	struct in_addr address;
} __packed;

/** A query of version 3 (RFC 9776, 4.1); sources follow. */
struct net_ipv4_igmp_v3_query {
	uint8_t type;
	uint8_t max_rsp;
	uint16_t chksum;
	struct in_addr address;
	uint8_t reserved: 4;
	uint8_t suppress: 1;
	uint8_t qrv: 3;
	uint8_t qqic;
	uint16_t sources_len;
} __packed;

/** A record of a report of version 3 (RFC 9776, 4.2.4); sources follow. */
struct net_ipv4_igmp_v3_group_record {
	uint8_t type;
	uint8_t aux_len;
	uint16_t sources_len;
	struct in_addr address;
} __packed;

/** A report of version 3 (RFC 9776, 4.2); records follow. */
struct net_ipv4_igmp_v3_report {
	uint8_t type;
	uint8_t reserved_1;
	uint16_t chksum;
	uint16_t reserved_2;
	uint16_t groups_len;
} __packed;

#define NET_IPV4_DSCP_MASK   0xFC
#define NET_IPV4_DSCP_OFFSET 2
#define NET_IPV4_ECN_MASK    0x03

/** The two parts of a type of service (RFC 2474, RFC 3168), and the priority that the first stands for. */
static inline uint8_t net_ipv4_get_dscp(uint8_t tos)
{
	return tos >> NET_IPV4_DSCP_OFFSET;
}

static inline void net_ipv4_set_dscp(uint8_t *tos, uint8_t dscp)
{
	*tos = (*tos & NET_IPV4_ECN_MASK) | (uint8_t)(dscp << NET_IPV4_DSCP_OFFSET);
}

static inline uint8_t net_ipv4_dscp_to_priority(uint8_t dscp)
{
	return dscp >> 3;
}

static inline uint8_t net_ipv4_get_ecn(uint8_t tos)
{
	return tos & NET_IPV4_ECN_MASK;
}

static inline void net_ipv4_set_ecn(uint8_t *tos, uint8_t ecn)
{
	*tos = (*tos & NET_IPV4_DSCP_MASK) | (ecn & NET_IPV4_ECN_MASK);
}

/** Is given an option without its type and length. @return 0 to go on */
typedef int (*net_ipv4_parse_hdr_options_cb_t)(uint8_t opt_type, uint8_t *opt_data, uint8_t opt_len,
					       void *user_data);

/**
 * Shows the record route and time stamp options behind the cursor, where as many bytes of them lie as
 * net_pkt_ipv4_opts_len() says. The cursor stays.
 *
 * @return 0, -EINVAL for options that do not fit in there, what the callback returned when that is not 0
 */
static inline int net_ipv4_parse_hdr_options(struct net_pkt *pkt, net_ipv4_parse_hdr_options_cb_t cb,
					     void *user_data)
{
	uint8_t options[NET_IPV4_HDR_OPTNS_MAX_LEN];
	const size_t len = net_pkt_ipv4_opts_len(pkt);
	const bool overwrite = net_pkt_is_being_overwritten(pkt);
	struct net_pkt_cursor backup;
	int err;

	if (cb == NULL || len > sizeof(options)) {
		return -EINVAL;
	}
	net_pkt_cursor_backup(pkt, &backup);
	net_pkt_set_overwrite(pkt, true);
	err = net_pkt_read(pkt, options, len);
	net_pkt_cursor_restore(pkt, &backup);
	net_pkt_set_overwrite(pkt, overwrite);
	if (err != 0) {
		return -EINVAL;
	}
	for (size_t at = 0; at < len && options[at] != NET_IPV4_OPTS_EO;) {
		size_t size = 1;

		if (options[at] != NET_IPV4_OPTS_NOP) {
			if (len - at < 2 || options[at + 1] < 2 || options[at + 1] > len - at) {
				return -EINVAL;
			}
			size = options[at + 1];
		}
		if (options[at] == NET_IPV4_OPTS_RR || options[at] == NET_IPV4_OPTS_TS) {
			err = cb(options[at], &options[at + 2], (uint8_t)(size - 2), user_data);
			if (err != 0) {
				return err;
			}
		}
		at += size;
	}
	return 0;
}

/** Nothing is to be prepared. */
#define net_ipv4_init(...)

#if defined(CONFIG_NET_IPV4)
/** Appends an IPv4 header with all fields of interest. 0, or -ENOBUFS. */
static inline int net_ipv4_create_full(struct net_pkt *pkt, const struct in_addr *src,
				       const struct in_addr *dst, uint8_t tos, uint16_t id,
				       uint8_t flags, uint16_t offset)
{
	const uint8_t ttl = net_pkt_ipv4_ttl(pkt);
	struct net_ipv4_hdr hdr = {
		.vhl = 0x45,
		.tos = tos,
		.ttl = ttl != 0 ? ttl : CONFIG_NET_INITIAL_TTL,
	};

	sys_put_be16(id, hdr.id);
	sys_put_be16((uint16_t)(flags << 13 | offset), hdr.offset);
	memcpy(hdr.src, src, sizeof(hdr.src));
	memcpy(hdr.dst, dst, sizeof(hdr.dst));
	net_pkt_set_family(pkt, AF_INET);
	net_pkt_set_ip_hdr_len(pkt, sizeof(hdr));
	return net_pkt_write(pkt, &hdr, sizeof(hdr)) == 0 ? 0 : -ENOBUFS;
}

/** Appends an IPv4 header; net_ipv4_finalize() fills in length, protocol and checksums. */
static inline int net_ipv4_create(struct net_pkt *pkt, const struct in_addr *src,
				  const struct in_addr *dst)
{
	return net_ipv4_create_full(pkt, src, dst, 0, 0, 0, 0);
}

/**
 * Fills in what follows from the whole packet: lengths, protocol, and the checksums that no device fills in. What
 * net_pkt_ipv4_opts_len() counts behind the header are its options.
 */
static inline int net_ipv4_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	const uint8_t opts = net_pkt_ipv4_opts_len(pkt);
	struct net_ipv4_hdr hdr;

	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	if (net_pkt_read(pkt, &hdr, sizeof(hdr)) != 0) {
		return -ENOBUFS;
	}
	hdr.vhl = (uint8_t)(0x40 | (sizeof(hdr) + opts) / 4);
	hdr.len = htons((uint16_t)net_pkt_get_len(pkt));
	hdr.proto = next_header_proto;
	hdr.chksum = 0;
	for (int pass = 0; pass < 2; pass++) {
		net_pkt_cursor_init(pkt);
		if (net_pkt_write(pkt, &hdr, sizeof(hdr)) != 0) {
			return -ENOBUFS;
		}
		if (!z_net_sums_sent(pkt, NET_IF_CHECKSUM_IPV4_HEADER)) {
			break;
		}
		hdr.chksum = net_calc_chksum_ipv4(pkt);
	}
	return z_net_finish_message(pkt, next_header_proto);
}
#else
static inline int net_ipv4_create_full(struct net_pkt *pkt, const struct in_addr *src,
				       const struct in_addr *dst, uint8_t tos, uint16_t id,
				       uint8_t flags, uint16_t offset)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(src);
	ARG_UNUSED(dst);
	ARG_UNUSED(tos);
	ARG_UNUSED(id);
	ARG_UNUSED(flags);
	ARG_UNUSED(offset);
	return -ENOTSUP;
}

static inline int net_ipv4_create(struct net_pkt *pkt, const struct in_addr *src,
				  const struct in_addr *dst)
{
	return net_ipv4_create_full(pkt, src, dst, 0, 0, 0, 0);
}

static inline int net_ipv4_finalize(struct net_pkt *pkt, uint8_t next_header_proto)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(next_header_proto);
	return -ENOTSUP;
}
#endif

#endif /* ZNET_SUBSYS_NET_IP_IPV4_H_ */
