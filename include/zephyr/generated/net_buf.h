// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net_buf.h>.
 * Written by `cargo xtask headers` from src/capi/net_buf.rs, src/capi/net_buf_simple.rs.
 */
#ifndef ZEPHYR_GENERATED_NET_BUF_H_
#define ZEPHYR_GENERATED_NET_BUF_H_

#ifdef __cplusplus
extern "C" {
#endif

struct net_buf_pool *(net_buf_pool_get)(int id);

int (net_buf_id)(const struct net_buf *buf);

struct net_buf *(net_buf_alloc_fixed)(struct net_buf_pool *pool, k_timeout_t timeout);

struct net_buf *(net_buf_alloc_len)(struct net_buf_pool *pool, size_t size, k_timeout_t timeout);

struct net_buf *(net_buf_alloc_with_data)(struct net_buf_pool *pool,
					void *data,
					size_t size,
					k_timeout_t timeout);

void (net_buf_destroy)(struct net_buf *buf);

void (net_buf_reset)(struct net_buf *buf);

struct net_buf *(net_buf_ref)(struct net_buf *buf);

void (net_buf_unref)(struct net_buf *buf);

struct net_buf *(net_buf_clone)(struct net_buf *buf, k_timeout_t timeout);

int (net_buf_user_data_copy)(struct net_buf *dst, const struct net_buf *src);

void (net_buf_slist_put)(sys_slist_t *list, struct net_buf *buf);

struct net_buf *(net_buf_slist_get)(sys_slist_t *list);

struct net_buf *(net_buf_frag_last)(struct net_buf *frags);

void (net_buf_frag_insert)(struct net_buf *parent, struct net_buf *frag);

struct net_buf *(net_buf_frag_add)(struct net_buf *head, struct net_buf *frag);

struct net_buf *(net_buf_frag_del)(struct net_buf *parent, struct net_buf *frag);

struct net_buf *(net_buf_skip)(struct net_buf *buf, size_t len);

size_t (net_buf_linearize)(void *dst,
			 size_t dst_len,
			 const struct net_buf *src,
			 size_t offset,
			 size_t len);

size_t (net_buf_append_bytes)(struct net_buf *buf,
			    size_t len,
			    const void *value,
			    k_timeout_t timeout,
			    net_buf_allocator_cb allocate_cb,
			    void *user_data);

size_t (net_buf_data_match)(const struct net_buf *buf, size_t offset, const void *data, size_t len);

struct net_buf *(net_buf_alloc_fixed_debug)(struct net_buf_pool *pool,
					  k_timeout_t timeout,
					  const char *_func,
					  int _line);

struct net_buf *(net_buf_alloc_len_debug)(struct net_buf_pool *pool,
					size_t size,
					k_timeout_t timeout,
					const char *_func,
					int _line);

struct net_buf *(net_buf_alloc_with_data_debug)(struct net_buf_pool *pool,
					      void *data,
					      size_t size,
					      k_timeout_t timeout,
					      const char *_func,
					      int _line);

void (net_buf_unref_debug)(struct net_buf *buf, const char *func, int line);

struct net_buf *(net_buf_frag_del_debug)(struct net_buf *parent,
				       struct net_buf *frag,
				       const char *_func,
				       int _line);

void (net_buf_simple_init_with_data)(struct net_buf_simple *buf, void *data, size_t size);

void (net_buf_simple_clone)(const struct net_buf_simple *original, struct net_buf_simple *clone);

void (net_buf_simple_reserve)(struct net_buf_simple *buf, size_t reserve);

size_t (net_buf_simple_headroom)(const struct net_buf_simple *buf);

size_t (net_buf_simple_tailroom)(const struct net_buf_simple *buf);

uint16_t (net_buf_simple_max_len)(const struct net_buf_simple *buf);

void *(net_buf_simple_add)(struct net_buf_simple *buf, size_t len);

void *(net_buf_simple_add_mem)(struct net_buf_simple *buf, const void *mem, size_t len);

void *(net_buf_simple_remove_mem)(struct net_buf_simple *buf, size_t len);

void *(net_buf_simple_push)(struct net_buf_simple *buf, size_t len);

void *(net_buf_simple_push_mem)(struct net_buf_simple *buf, const void *mem, size_t len);

void *(net_buf_simple_pull)(struct net_buf_simple *buf, size_t len);

void *(net_buf_simple_pull_mem)(struct net_buf_simple *buf, size_t len);

uint8_t *(net_buf_simple_add_u8)(struct net_buf_simple *buf, uint8_t val);

void (net_buf_simple_push_u8)(struct net_buf_simple *buf, uint8_t val);

uint8_t (net_buf_simple_pull_u8)(struct net_buf_simple *buf);

uint8_t (net_buf_simple_remove_u8)(struct net_buf_simple *buf);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_GENERATED_NET_BUF_H_ */
