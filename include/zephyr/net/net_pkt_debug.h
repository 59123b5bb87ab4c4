// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Who allocated a packet or buffer, and who freed it. Part of net_pkt.h.
 *
 * With CONFIG_NET_DEBUG_NET_PKT_ALLOC, or messages of the packet module at debug level, allocation and release note
 * the place of the call.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_PKT_DEBUG_H_
#define ZEPHYR_INCLUDE_NET_NET_PKT_DEBUG_H_

#include <zephyr/net/net_pkt.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_DEBUG_NET_PKT_ALLOC) ||                                                     \
	(defined(CONFIG_NET_PKT_LOG_LEVEL) && CONFIG_NET_PKT_LOG_LEVEL >= 4)
#define NET_PKT_DEBUG_ENABLED
#endif

#if defined(CONFIG_NET_DEBUG_NET_PKT_ALLOC)
/** Says how many packets and buffers are free. */
void net_pkt_print(void);

/**
 * Called for each allocation on record: of @p pkt, or with that NULL of @p buf. @p in_use tells whether it is still
 * held; @p func_free is NULL if nothing on record freed it.
 */
typedef void (*net_pkt_allocs_cb_t)(struct net_pkt *pkt, struct net_buf *buf,
				    const char *func_alloc, int line_alloc, const char *func_free,
				    int line_free, bool in_use, void *user_data);

/** Goes through the allocations on record. */
void net_pkt_allocs_foreach(net_pkt_allocs_cb_t cb, void *user_data);
/** "RX" or "TX" for a slab of the stack, otherwise "EXT". */
const char *net_pkt_slab2str(struct k_mem_slab *slab);
/** "RDATA" or "TDATA" for a pool of the stack, otherwise "EDATA". */
const char *net_pkt_pool2str(struct net_buf_pool *pool);
#else
#define net_pkt_print(...)
#endif

#if defined(NET_PKT_DEBUG_ENABLED)
/** Says what the buffers of a packet hold. */
void net_pkt_print_frags(struct net_pkt *pkt);

struct net_buf *net_pkt_get_reserve_data_debug(struct net_buf_pool *pool, size_t min_len,
					       k_timeout_t timeout, const char *caller, int line);
struct net_buf *net_pkt_get_reserve_rx_data_debug(size_t min_len, k_timeout_t timeout,
						  const char *caller, int line);
struct net_buf *net_pkt_get_reserve_tx_data_debug(size_t min_len, k_timeout_t timeout,
						  const char *caller, int line);
struct net_buf *net_pkt_get_frag_debug(struct net_pkt *pkt, size_t min_len, k_timeout_t timeout,
				       const char *caller, int line);
void net_pkt_unref_debug(struct net_pkt *pkt, const char *caller, int line);
struct net_pkt *net_pkt_ref_debug(struct net_pkt *pkt, const char *caller, int line);
struct net_buf *net_pkt_frag_ref_debug(struct net_buf *frag, const char *caller, int line);
void net_pkt_frag_unref_debug(struct net_buf *frag, const char *caller, int line);
struct net_buf *net_pkt_frag_del_debug(struct net_pkt *pkt, struct net_buf *parent,
				       struct net_buf *frag, const char *caller, int line);
void net_pkt_frag_add_debug(struct net_pkt *pkt, struct net_buf *frag, const char *caller,
			    int line);
void net_pkt_frag_insert_debug(struct net_pkt *pkt, struct net_buf *frag, const char *caller,
			       int line);
struct net_pkt *net_pkt_alloc_debug(k_timeout_t timeout, const char *caller, int line);
struct net_pkt *net_pkt_alloc_from_slab_debug(struct k_mem_slab *slab, k_timeout_t timeout,
					      const char *caller, int line);
struct net_pkt *net_pkt_rx_alloc_debug(k_timeout_t timeout, const char *caller, int line);
struct net_pkt *net_pkt_alloc_on_iface_debug(struct net_if *iface, k_timeout_t timeout,
					     const char *caller, int line);
struct net_pkt *net_pkt_rx_alloc_on_iface_debug(struct net_if *iface, k_timeout_t timeout,
						const char *caller, int line);
struct net_pkt *net_pkt_alloc_with_buffer_debug(struct net_if *iface, size_t size,
						sa_family_t family, enum net_ip_protocol proto,
						k_timeout_t timeout, const char *caller, int line);
struct net_pkt *net_pkt_rx_alloc_with_buffer_debug(struct net_if *iface, size_t size,
						   sa_family_t family, enum net_ip_protocol proto,
						   k_timeout_t timeout, const char *caller,
						   int line);
int net_pkt_alloc_buffer_debug(struct net_pkt *pkt, size_t size, enum net_ip_protocol proto,
			       k_timeout_t timeout, const char *caller, int line);
int net_pkt_alloc_buffer_with_reserve_debug(struct net_pkt *pkt, size_t size, size_t reserve,
					    enum net_ip_protocol proto, k_timeout_t timeout,
					    const char *caller, int line);
int net_pkt_alloc_buffer_raw_debug(struct net_pkt *pkt, size_t size, k_timeout_t timeout,
				   const char *caller, int line);

#define net_pkt_get_reserve_data(pool, min_len, timeout)                                           \
	net_pkt_get_reserve_data_debug(pool, min_len, timeout, __func__, __LINE__)
#define net_pkt_get_reserve_rx_data(min_len, timeout)                                              \
	net_pkt_get_reserve_rx_data_debug(min_len, timeout, __func__, __LINE__)
#define net_pkt_get_reserve_tx_data(min_len, timeout)                                              \
	net_pkt_get_reserve_tx_data_debug(min_len, timeout, __func__, __LINE__)
#define net_pkt_get_frag(pkt, min_len, timeout)                                                    \
	net_pkt_get_frag_debug(pkt, min_len, timeout, __func__, __LINE__)
#define net_pkt_unref(pkt)        net_pkt_unref_debug(pkt, __func__, __LINE__)
#define net_pkt_ref(pkt)          net_pkt_ref_debug(pkt, __func__, __LINE__)
#define net_pkt_frag_ref(frag)    net_pkt_frag_ref_debug(frag, __func__, __LINE__)
#define net_pkt_frag_unref(frag)  net_pkt_frag_unref_debug(frag, __func__, __LINE__)
#define net_pkt_frag_add(pkt, frag) net_pkt_frag_add_debug(pkt, frag, __func__, __LINE__)
#define net_pkt_frag_del(pkt, parent, frag)                                                        \
	net_pkt_frag_del_debug(pkt, parent, frag, __func__, __LINE__)
#define net_pkt_frag_insert(pkt, frag) net_pkt_frag_insert_debug(pkt, frag, __func__, __LINE__)
#define net_pkt_alloc(_timeout)        net_pkt_alloc_debug(_timeout, __func__, __LINE__)
#define net_pkt_alloc_from_slab(_slab, _timeout)                                                   \
	net_pkt_alloc_from_slab_debug(_slab, _timeout, __func__, __LINE__)
#define net_pkt_rx_alloc(_timeout) net_pkt_rx_alloc_debug(_timeout, __func__, __LINE__)
#define net_pkt_alloc_on_iface(_iface, _timeout)                                                   \
	net_pkt_alloc_on_iface_debug(_iface, _timeout, __func__, __LINE__)
#define net_pkt_rx_alloc_on_iface(_iface, _timeout)                                                \
	net_pkt_rx_alloc_on_iface_debug(_iface, _timeout, __func__, __LINE__)
#define net_pkt_alloc_with_buffer(_iface, _size, _family, _proto, _timeout)                        \
	net_pkt_alloc_with_buffer_debug(_iface, _size, _family, _proto, _timeout, __func__,        \
					__LINE__)
#define net_pkt_rx_alloc_with_buffer(_iface, _size, _family, _proto, _timeout)                     \
	net_pkt_rx_alloc_with_buffer_debug(_iface, _size, _family, _proto, _timeout, __func__,     \
					   __LINE__)
#define net_pkt_alloc_buffer(_pkt, _size, _proto, _timeout)                                        \
	net_pkt_alloc_buffer_debug(_pkt, _size, _proto, _timeout, __func__, __LINE__)
#define net_pkt_alloc_buffer_with_reserve(_pkt, _size, _reserve, _proto, _timeout)                 \
	net_pkt_alloc_buffer_with_reserve_debug(_pkt, _size, _reserve, _proto, _timeout, __func__, \
						__LINE__)
#define net_pkt_alloc_buffer_raw(_pkt, _size, _timeout)                                            \
	net_pkt_alloc_buffer_raw_debug(_pkt, _size, _timeout, __func__, __LINE__)
#else
#define net_pkt_print_frags(pkt)
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_PKT_DEBUG_H_ */
