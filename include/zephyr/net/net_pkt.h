// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Packets: content in a chain of buffers, and what the stack knows about it.
 *
 * A packet has a cursor, at which content is read and written across buffers. While the packet is being overwritten
 * (net_pkt_set_overwrite()), writes replace content and end where it ends. Otherwise they turn room into content and
 * end where the room ends.
 *
 * This file holds the struct and the functions; net_pkt_meta.h reads and writes the members.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_PKT_H_
#define ZEPHYR_INCLUDE_NET_NET_PKT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/net/ethernet_vlan.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_linkaddr.h>
#include <zephyr/net/net_time.h>
#include <zephyr/net/ptp_time.h>
#include <zephyr/net_buf.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_context;

#if defined(CONFIG_NET_PKT_ALLOC_STATS)
/** Allocations of one outcome. */
struct net_pkt_alloc_stats {
	uint64_t alloc_sum; /**< Bytes asked for, in all */
	uint64_t time_sum;  /**< Cycles spent, in all */
	uint32_t count;     /**< How many there were */
};

/** Allocations from one slab. */
struct net_pkt_alloc_stats_slab {
	struct net_pkt_alloc_stats ok;
	struct net_pkt_alloc_stats fail;
	struct k_mem_slab *slab;
};

/** Has the counters from @p first to @p end count: what the library's part of the image is told at the start. */
void znet_pkt_alloc_stats(struct net_pkt_alloc_stats_slab *first,
			  struct net_pkt_alloc_stats_slab *end);

/** Counts the allocations from @p slab_name. */
#define NET_PKT_ALLOC_STATS_DEFINE(alloc_name, slab_name)                                          \
	STRUCT_SECTION_ITERABLE(net_pkt_alloc_stats_slab, alloc_name) = {                          \
		.slab = &slab_name,                                                                \
	}
#else
#define NET_PKT_ALLOC_STATS_DEFINE(alloc_name, slab_name)
#endif

/** A place in the content of a packet. */
struct net_pkt_cursor {
	struct net_buf *buf; /**< The buffer; NULL behind the last byte */
	uint8_t *pos;        /**< The byte in it */
};

/** A packet. Applications and drivers use the functions rather than the members. */
struct net_pkt {
	/** Link for queues. First, so that k_fifo and its kin can hold the packet. */
	intptr_t fifo;
	/** Where the packet returns to. */
	struct k_mem_slab *slab;
	/** The content. */
	union {
		struct net_buf *frags;
		struct net_buf *buffer;
	};
	struct net_pkt_cursor cursor;
	struct net_context *context;
	struct net_if *iface;
	/* Where more buffers come from; NULL: the transmit pool. */
	struct net_buf_pool *data_pool;
#if defined(CONFIG_NET_TCP)
	sys_snode_t next;
#endif
#if defined(CONFIG_NET_ROUTING) || defined(CONFIG_NET_ETHERNET_BRIDGE)
	struct net_if *orig_iface;
#endif
#if defined(CONFIG_NET_PKT_TIMESTAMP) || defined(CONFIG_NET_PKT_TXTIME)
	/** When it was received, or when it is to be sent. */
	struct net_ptp_time timestamp;
#endif
#if defined(CONFIG_NET_PKT_RXTIME_STATS) || defined(CONFIG_NET_PKT_TXTIME_STATS) ||                \
	defined(CONFIG_TRACING_NET_CORE)
	/** When it was made, in cycles. */
	uint32_t create_time;
#endif
#if defined(CONFIG_NET_PKT_TXTIME_STATS_DETAIL) || defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)
	struct {
		uint32_t stat[NET_PKT_DETAIL_STATS_COUNT];
		int count;
	} detail;
#endif
#if defined(CONFIG_NET_PKT_ALLOC_STATS)
	struct net_pkt_alloc_stats_slab *alloc_stats;
#endif
	/** References held; 0 while the packet is free. */
	atomic_t atomic_ref;
	uintptr_t effect_arg; /* the stack's own */
	struct net_linkaddr lladdr_src;
	struct net_linkaddr lladdr_dst;
	uint16_t ll_proto_type;
	uint8_t effect; /* the stack's own */
#if defined(CONFIG_NET_IP)
	uint8_t ip_hdr_len;
#endif
	uint8_t overwrite;
	uint8_t eof;
	uint8_t ptp_pkt;
	uint8_t forwarding;
	uint8_t family;
#if defined(CONFIG_NET_IPV4_ACD)
	uint8_t ipv4_acd_arp_msg;
#endif
#if defined(CONFIG_NET_LLDP)
	uint8_t lldp_pkt;
#endif
	uint8_t ppp_msg;
	uint8_t captured;
	uint8_t l2_bridged;
	uint8_t l2_processed;
	uint8_t chksum_done;
#if defined(CONFIG_NET_IP_FRAGMENT)
	uint8_t ip_reassembled;
#endif
#if defined(CONFIG_NET_PKT_TIMESTAMP)
	uint8_t tx_timestamping;
	uint8_t rx_timestamping;
#endif
#if defined(CONFIG_NET_IP)
	union {
		uint8_t ipv6_hop_limit;
		uint8_t ipv4_ttl;
	};
#endif
#if defined(CONFIG_NET_IPV4)
	uint8_t ipv4_opts_len;
#endif
#if defined(CONFIG_NET_IPV6)
	uint16_t ipv6_ext_len;
#endif
#if defined(CONFIG_NET_IPV4_FRAGMENT)
	struct {
		uint16_t flags;
		uint16_t id;
	} ipv4_fragment;
#endif
#if defined(CONFIG_NET_IPV6_FRAGMENT)
	struct {
		uint16_t flags;
		uint32_t id;
		uint16_t hdr_start;
	} ipv6_fragment;
#endif
#if defined(CONFIG_NET_IPV6)
	uint16_t ipv6_prev_hdr_start;
	uint8_t ipv6_ext_opt_len;
	uint8_t ipv6_next_hdr;
#endif
#if defined(CONFIG_NET_IP_DSCP_ECN)
	uint8_t ip_dscp;
	uint8_t ip_ecn;
#endif
#if defined(CONFIG_NET_VLAN)
	uint16_t vlan_tci;
#endif
	uint8_t priority;
#if defined(CONFIG_NET_CAPTURE_COOKED_MODE)
	uint8_t cooked_mode_pkt;
#endif
#if defined(CONFIG_NET_IPV4_PMTU)
	uint8_t ipv4_pmtu;
#endif
	uint16_t remote_port;    /* the stack's own */
	uint32_t remote_addr[4]; /* the stack's own */
#if defined(CONFIG_NET_OFFLOAD) || defined(CONFIG_NET_L2_IPIP)
	/** Peer of a received packet. */
	union {
		struct sockaddr remote;
		struct sockaddr_storage remote_storage;
	};
#endif
};

/** Defines slab @p name of @p count packets. */
#define NET_PKT_SLAB_DEFINE(name, count)                                                           \
	K_MEM_SLAB_DEFINE(name, sizeof(struct net_pkt), count, __alignof__(struct net_pkt));       \
	NET_PKT_ALLOC_STATS_DEFINE(pkt_alloc_stats_##name, name)
/** The same under an older name. */
#define NET_PKT_TX_SLAB_DEFINE(name, count) NET_PKT_SLAB_DEFINE(name, count)

/** Defines pool @p name of @p count buffers for packets. */
#if defined(CONFIG_NET_BUF_FIXED_DATA_SIZE)
#define NET_PKT_DATA_POOL_DEFINE(name, count)                                                      \
	NET_BUF_POOL_FIXED_DEFINE(name, count, CONFIG_NET_BUF_DATA_SIZE,                           \
				  CONFIG_NET_PKT_BUF_USER_DATA_SIZE, NULL)
#else
#define NET_PKT_DATA_POOL_DEFINE(name, count)                                                      \
	NET_BUF_POOL_VAR_DEFINE(name, count, CONFIG_NET_PKT_BUF_TX_DATA_POOL_SIZE,                 \
				CONFIG_NET_PKT_BUF_USER_DATA_SIZE, NULL)
#endif

/* Packets. Allocation returns NULL if there was nothing in time; interrupt handlers never wait. */

/** A packet to be sent, without buffer. */
struct net_pkt *net_pkt_alloc(k_timeout_t timeout);
/** A packet from @p slab, without buffer. */
struct net_pkt *net_pkt_alloc_from_slab(struct k_mem_slab *slab, k_timeout_t timeout);
/** A packet for received data, without buffer. */
struct net_pkt *net_pkt_rx_alloc(k_timeout_t timeout);
/** A packet to be sent by @p iface, without buffer. */
struct net_pkt *net_pkt_alloc_on_iface(struct net_if *iface, k_timeout_t timeout);
/** A packet for what @p iface receives, without buffer. */
struct net_pkt *net_pkt_rx_alloc_on_iface(struct net_if *iface, k_timeout_t timeout);
/**
 * A packet to be sent by @p iface with room for @p size bytes behind the headers that @p family and @p proto imply.
 * The room is no larger than the interface can carry at once.
 */
struct net_pkt *net_pkt_alloc_with_buffer(struct net_if *iface, size_t size, sa_family_t family,
					  enum net_ip_protocol proto, k_timeout_t timeout);
/** The same for what @p iface receives. */
struct net_pkt *net_pkt_rx_alloc_with_buffer(struct net_if *iface, size_t size, sa_family_t family,
					     enum net_ip_protocol proto, k_timeout_t timeout);
/** Takes one reference more. @return @p pkt, NULL if it is free */
struct net_pkt *net_pkt_ref(struct net_pkt *pkt);
/** Gives one reference up; the last frees packet and buffers. */
void net_pkt_unref(struct net_pkt *pkt);

/* Buffers of a packet. */

/** Adds room for @p size bytes, and for headers if there is no room yet. 0 or -ENOMEM. */
int net_pkt_alloc_buffer(struct net_pkt *pkt, size_t size, enum net_ip_protocol proto,
			 k_timeout_t timeout);
/** The same with @p reserve bytes of headroom. */
int net_pkt_alloc_buffer_with_reserve(struct net_pkt *pkt, size_t size, size_t reserve,
				      enum net_ip_protocol proto, k_timeout_t timeout);
/** Adds room for @p size bytes, whatever headers and interface need. 0 or -ENOMEM. */
int net_pkt_alloc_buffer_raw(struct net_pkt *pkt, size_t size, k_timeout_t timeout);
/** A buffer of @p pool with room for @p min_len bytes. */
struct net_buf *net_pkt_get_reserve_data(struct net_buf_pool *pool, size_t min_len,
					 k_timeout_t timeout);
/** A buffer for received data. */
struct net_buf *net_pkt_get_reserve_rx_data(size_t min_len, k_timeout_t timeout);
/** A buffer for data to be sent. */
struct net_buf *net_pkt_get_reserve_tx_data(size_t min_len, k_timeout_t timeout);
/** A buffer of the kind that @p pkt has. */
struct net_buf *net_pkt_get_frag(struct net_pkt *pkt, size_t min_len, k_timeout_t timeout);
/** Takes one reference more. @return @p frag */
struct net_buf *net_pkt_frag_ref(struct net_buf *frag);
/** Gives one reference up. */
void net_pkt_frag_unref(struct net_buf *frag);
/**
 * Takes @p frag, which follows @p parent or with NULL is the first, out of @p pkt and gives its reference up.
 *
 * @return the buffer that followed
 */
struct net_buf *net_pkt_frag_del(struct net_pkt *pkt, struct net_buf *parent, struct net_buf *frag);
/** Appends the chain @p frag, whose reference it takes. */
void net_pkt_frag_add(struct net_pkt *pkt, struct net_buf *frag);
/** Puts the chain @p frag, whose reference it takes, in front. */
void net_pkt_frag_insert(struct net_pkt *pkt, struct net_buf *frag);
/** Appends the chain @p buffer, whose reference it takes; places the cursor if there was no content. */
void net_pkt_append_buffer(struct net_pkt *pkt, struct net_buf *buffer);
/** Moves content into the room of earlier buffers and frees those that become empty. */
void net_pkt_compact(struct net_pkt *pkt);
/** Frees empty buffers. */
void net_pkt_trim_buffer(struct net_pkt *pkt);
/** Bytes of room that are free. */
size_t net_pkt_available_buffer(struct net_pkt *pkt);
/** Bytes of room that are free for payload when the headers that family and @p proto imply are written. */
size_t net_pkt_available_payload_buffer(struct net_pkt *pkt, enum net_ip_protocol proto);
/** The memory of the stack: slabs of packets and pools of buffers. Each argument may be NULL. */
void net_pkt_get_info(struct k_mem_slab **rx, struct k_mem_slab **tx, struct net_buf_pool **rx_data,
		      struct net_buf_pool **tx_data);

/* Clones: the same description, NULL if memory was not free in time. */

/** Copies the content. */
struct net_pkt *net_pkt_clone(struct net_pkt *pkt, k_timeout_t timeout);
/** Copies the content into a packet for received data. */
struct net_pkt *net_pkt_rx_clone(struct net_pkt *pkt, k_timeout_t timeout);
/** Shares the buffers. */
struct net_pkt *net_pkt_shallow_clone(struct net_pkt *pkt, k_timeout_t timeout);

/* Content at the cursor. 0, or -ENOBUFS if content or room ended early; up to there the work is done. */

/** Puts the cursor at the first byte. */
void net_pkt_cursor_init(struct net_pkt *pkt);

/** Notes where the cursor is. */
static inline void net_pkt_cursor_backup(struct net_pkt *pkt, struct net_pkt_cursor *backup)
{
	*backup = pkt->cursor;
}

/** Puts the cursor where it was; the buffers must be the same. */
static inline void net_pkt_cursor_restore(struct net_pkt *pkt, struct net_pkt_cursor *backup)
{
	pkt->cursor = *backup;
}

/** The byte at the cursor. */
static inline void *net_pkt_cursor_get_pos(struct net_pkt *pkt)
{
	return pkt->cursor.pos;
}

/** Moves over @p length bytes as a write would. */
int net_pkt_skip(struct net_pkt *pkt, size_t length);
/** Writes @p length times @p byte. */
int net_pkt_memset(struct net_pkt *pkt, int byte, size_t length);
/** Copies @p length bytes from the cursor of @p pkt_src. */
int net_pkt_copy(struct net_pkt *pkt_dst, struct net_pkt *pkt_src, size_t length);
/** Reads @p length bytes. */
int net_pkt_read(struct net_pkt *pkt, void *data, size_t length);
int net_pkt_read_be16(struct net_pkt *pkt, uint16_t *data);
int net_pkt_read_le16(struct net_pkt *pkt, uint16_t *data);
int net_pkt_read_be32(struct net_pkt *pkt, uint32_t *data);
/** Writes @p length bytes; those that lie at the cursor already are only counted. */
int net_pkt_write(struct net_pkt *pkt, const void *data, size_t length);

static inline int net_pkt_read_u8(struct net_pkt *pkt, uint8_t *data)
{
	return net_pkt_read(pkt, data, 1);
}

static inline int net_pkt_write_u8(struct net_pkt *pkt, uint8_t data)
{
	return net_pkt_write(pkt, &data, sizeof(data));
}

static inline int net_pkt_write_be16(struct net_pkt *pkt, uint16_t data)
{
	data = sys_cpu_to_be16(data);

	return net_pkt_write(pkt, &data, sizeof(data));
}

static inline int net_pkt_write_be32(struct net_pkt *pkt, uint32_t data)
{
	data = sys_cpu_to_be32(data);

	return net_pkt_write(pkt, &data, sizeof(data));
}

static inline int net_pkt_write_le16(struct net_pkt *pkt, uint16_t data)
{
	data = sys_cpu_to_le16(data);

	return net_pkt_write(pkt, &data, sizeof(data));
}

static inline int net_pkt_write_le32(struct net_pkt *pkt, uint32_t data)
{
	data = sys_cpu_to_le32(data);

	return net_pkt_write(pkt, &data, sizeof(data));
}

/** Removes @p length bytes at the cursor and puts that at the first byte. */
int net_pkt_pull(struct net_pkt *pkt, size_t length);
/** Bytes of content from the cursor on. */
size_t net_pkt_remaining_data(struct net_pkt *pkt);
/** Bytes of content before the cursor. */
uint16_t net_pkt_get_current_offset(struct net_pkt *pkt);
/** Do the next @p size bytes lie in one buffer? */
bool net_pkt_is_contiguous(struct net_pkt *pkt, size_t size);
/** Bytes from the cursor on that lie in one buffer. */
size_t net_pkt_get_contiguous_len(struct net_pkt *pkt);

/* Content as a whole. */

/** Bytes of content. */
static inline size_t net_pkt_get_len(struct net_pkt *pkt)
{
	return net_buf_frags_len(pkt->frags);
}

/** Cuts the content to @p length bytes and keeps the buffers. 0, or -EINVAL if there are fewer. */
int net_pkt_update_length(struct net_pkt *pkt, size_t length);
/** Cuts @p length bytes off the end, and buffers behind. 0, or -EINVAL if there are fewer. */
int net_pkt_remove_tail(struct net_pkt *pkt, size_t length);

/** Access to a header: in place where it lies in one buffer, otherwise to a copy. */
struct net_pkt_data_access {
#if !defined(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS)
	void *data; /**< Where the header or its copy is; NULL if there is no place for a copy */
#endif
	const size_t size; /**< Bytes of the header */
};

#if defined(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS)
/** Defines access @p _name to a header of type @p _type. */
#define NET_PKT_DATA_ACCESS_DEFINE(_name, _type) struct net_pkt_data_access _name = {sizeof(_type)}
/** The same without place for a copy: the header must lie in one buffer. */
#define NET_PKT_DATA_ACCESS_CONTIGUOUS_DEFINE(_name, _type) NET_PKT_DATA_ACCESS_DEFINE(_name, _type)
#else
#define NET_PKT_DATA_ACCESS_DEFINE(_name, _type)                                                   \
	_type _hdr_##_name;                                                                        \
	struct net_pkt_data_access _name = {&_hdr_##_name, sizeof(_type)}
#define NET_PKT_DATA_ACCESS_CONTIGUOUS_DEFINE(_name, _type)                                        \
	struct net_pkt_data_access _name = {NULL, sizeof(_type)}
#endif

/** The header at the cursor, which stays there. NULL if there are too few bytes, or no place for a copy. */
void *net_pkt_get_data(struct net_pkt *pkt, struct net_pkt_data_access *access);
/** Writes a header that net_pkt_get_data() returned, and moves over it. */
int net_pkt_set_data(struct net_pkt *pkt, struct net_pkt_data_access *access);

/** Moves over a header that was only read. */
static inline int net_pkt_acknowledge_data(struct net_pkt *pkt, struct net_pkt_data_access *access)
{
	return net_pkt_skip(pkt, access->size);
}

#ifdef __cplusplus
}
#endif

#include <zephyr/net/net_pkt_debug.h>
#include <zephyr/net/net_pkt_meta.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_PKT_H_ */
