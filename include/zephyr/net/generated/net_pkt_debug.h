// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_pkt_debug.h>.
 * Written by `cargo xtask headers` from src/capi/net_pkt_debug.rs, src/capi/net_pkt_record.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_PKT_DEBUG_H_
#define ZEPHYR_NET_GENERATED_NET_PKT_DEBUG_H_

#ifdef __cplusplus
extern "C" {
#endif

void (net_pkt_unref_debug)(struct net_pkt *pkt, const char *func, int line);

void (net_pkt_frag_unref_debug)(struct net_buf *frag, const char *func, int line);

struct net_buf *(net_pkt_frag_del_debug)(struct net_pkt *pkt,
				       struct net_buf *parent,
				       struct net_buf *frag,
				       const char *func,
				       int line);

#if defined(CONFIG_NET_DEBUG_NET_PKT_ALLOC)
void (net_pkt_allocs_foreach)(net_pkt_allocs_cb_t cb, void *user_data);

void (net_pkt_print)(void);

const char *(net_pkt_slab2str)(struct k_mem_slab *slab);

const char *(net_pkt_pool2str)(struct net_buf_pool *pool);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_PKT_DEBUG_H_ */
