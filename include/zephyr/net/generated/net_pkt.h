// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_pkt.h>.
 * Written by `cargo xtask headers` from src/capi/net_pkt.rs, src/capi/net_pkt_alloc.rs, src/capi/net_pkt_cursor.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_PKT_H_
#define ZEPHYR_NET_GENERATED_NET_PKT_H_

#ifdef __cplusplus
extern "C" {
#endif

struct net_pkt *(net_pkt_ref)(struct net_pkt *pkt);

void (net_pkt_unref)(struct net_pkt *pkt);

struct net_buf *(net_pkt_frag_ref)(struct net_buf *frag);

void (net_pkt_frag_unref)(struct net_buf *frag);

struct net_buf *(net_pkt_frag_del)(struct net_pkt *pkt, struct net_buf *parent, struct net_buf *frag);

void (net_pkt_frag_add)(struct net_pkt *pkt, struct net_buf *frag);

void (net_pkt_frag_insert)(struct net_pkt *pkt, struct net_buf *frag);

void (net_pkt_compact)(struct net_pkt *pkt);

struct net_pkt *(net_pkt_clone)(struct net_pkt *pkt, k_timeout_t timeout);

struct net_pkt *(net_pkt_rx_clone)(struct net_pkt *pkt, k_timeout_t timeout);

struct net_pkt *(net_pkt_shallow_clone)(struct net_pkt *pkt, k_timeout_t timeout);

void (net_pkt_trim_buffer)(struct net_pkt *pkt);

int (net_pkt_remove_tail)(struct net_pkt *pkt, size_t length);

#if defined(CONFIG_NET_PKT_ALLOC_STATS)
void (znet_pkt_alloc_stats)(struct net_pkt_alloc_stats_slab *first,
			  struct net_pkt_alloc_stats_slab *end);
#endif

struct net_pkt *(net_pkt_alloc)(k_timeout_t timeout);

struct net_pkt *(net_pkt_alloc_from_slab)(struct k_mem_slab *slab, k_timeout_t timeout);

struct net_pkt *(net_pkt_rx_alloc)(k_timeout_t timeout);

struct net_pkt *(net_pkt_alloc_on_iface)(struct net_if *iface, k_timeout_t timeout);

struct net_pkt *(net_pkt_rx_alloc_on_iface)(struct net_if *iface, k_timeout_t timeout);

int (net_pkt_alloc_buffer_raw)(struct net_pkt *pkt, size_t size, k_timeout_t timeout);

void (net_pkt_append_buffer)(struct net_pkt *pkt, struct net_buf *buffer);

size_t (net_pkt_available_buffer)(struct net_pkt *pkt);

void (net_pkt_get_info)(struct k_mem_slab **rx,
		      struct k_mem_slab **tx,
		      struct net_buf_pool **rx_data,
		      struct net_buf_pool **tx_data);

struct net_buf *(net_pkt_get_reserve_data)(struct net_buf_pool *from,
					 size_t min_len,
					 k_timeout_t timeout);

struct net_buf *(net_pkt_get_reserve_rx_data)(size_t min_len, k_timeout_t timeout);

struct net_buf *(net_pkt_get_reserve_tx_data)(size_t min_len, k_timeout_t timeout);

struct net_buf *(net_pkt_get_frag)(struct net_pkt *pkt, size_t min_len, k_timeout_t timeout);

void (net_pkt_cursor_init)(struct net_pkt *pkt);

int (net_pkt_skip)(struct net_pkt *pkt, size_t length);

int (net_pkt_memset)(struct net_pkt *pkt, int byte, size_t length);

int (net_pkt_copy)(struct net_pkt *pkt_dst, struct net_pkt *pkt_src, size_t length);

int (net_pkt_read)(struct net_pkt *pkt, void *data, size_t length);

int (net_pkt_read_be16)(struct net_pkt *pkt, uint16_t *data);

int (net_pkt_read_le16)(struct net_pkt *pkt, uint16_t *data);

int (net_pkt_read_be32)(struct net_pkt *pkt, uint32_t *data);

int (net_pkt_write)(struct net_pkt *pkt, const void *data, size_t length);

size_t (net_pkt_remaining_data)(struct net_pkt *pkt);

int (net_pkt_update_length)(struct net_pkt *pkt, size_t length);

int (net_pkt_pull)(struct net_pkt *pkt, size_t length);

uint16_t (net_pkt_get_current_offset)(struct net_pkt *pkt);

bool (net_pkt_is_contiguous)(struct net_pkt *pkt, size_t size);

size_t (net_pkt_get_contiguous_len)(struct net_pkt *pkt);

void *(net_pkt_get_data)(struct net_pkt *pkt, struct net_pkt_data_access *access);

int (net_pkt_set_data)(struct net_pkt *pkt, struct net_pkt_data_access *access);

void (net_pkt_print_frags)(struct net_pkt *pkt);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_PKT_H_ */
