// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_nbr.h>.
 * Written by `cargo xtask headers` from src/capi/net_ipv6_nbr.rs, src/capi/net_nbr.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_NBR_H_
#define ZEPHYR_NET_GENERATED_ZNET_NBR_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
struct net_nbr *(net_ipv6_nbr_lookup)(struct net_if *iface, struct in6_addr *addr);

struct net_nbr *(net_ipv6_get_nbr)(struct net_if *iface, znet_nbr_idx_t idx);

struct in6_addr *(net_ipv6_nbr_lookup_by_index)(struct net_if *iface, znet_nbr_idx_t idx);

bool (net_ipv6_nbr_rm)(struct net_if *iface, struct in6_addr *addr);

void (net_ipv6_nbr_foreach)(net_nbr_cb_t cb, void *user_data);

int (net_ipv6_send_ns)(struct net_if *iface,
		     struct net_pkt *pending,
		     const struct in6_addr *src,
		     const struct in6_addr *dst,
		     const struct in6_addr *tgt,
		     bool is_my_address);

int (net_ipv6_send_na)(struct net_if *iface,
		     const struct in6_addr *src,
		     const struct in6_addr *dst,
		     const struct in6_addr *tgt,
		     uint8_t flags);
#endif

#if (defined(CONFIG_NET_IPV6_DAD) && defined(CONFIG_NET_IPV6_NBR_CACHE))
int (net_ipv6_start_dad)(struct net_if *iface, struct net_if_addr *ifaddr);
#endif

#if (defined(CONFIG_NET_IPV6_ND) && defined(CONFIG_NET_IPV6_NBR_CACHE))
int (net_ipv6_send_rs)(struct net_if *iface);

int (net_ipv6_start_rs)(struct net_if *iface);

void (net_ipv6_nbr_set_reachable_timer)(struct net_if *iface, struct net_nbr *nbr);
#endif

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
struct net_nbr *(net_nbr_get)(struct net_nbr_table *table);

struct net_nbr *(net_nbr_ref)(struct net_nbr *nbr);

void (net_nbr_unref)(struct net_nbr *nbr);

struct net_nbr *(net_nbr_lookup)(struct net_nbr_table *table,
			       struct net_if *iface,
			       struct net_linkaddr *lladdr);

int (net_nbr_link)(struct net_nbr *nbr, struct net_if *iface, const struct net_linkaddr *lladdr);

int (net_nbr_unlink)(struct net_nbr *nbr, struct net_linkaddr *_lladdr);

struct net_linkaddr *(net_nbr_get_lladdr)(znet_nbr_idx_t idx);

void (net_nbr_clear_table)(struct net_nbr_table *table);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_NBR_H_ */
