// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_if.h>.
 * Written by `cargo xtask headers` from src/capi/net_if.rs, src/capi/net_if_addr.rs, src/capi/net_if_data.rs, src/capi/net_if_ipv4.rs, src/capi/net_if_ipv4_maddr.rs, src/capi/net_if_ipv6.rs, src/capi/net_if_ipv6_link.rs, src/capi/net_if_ipv6_maddr.rs, src/capi/net_if_ipv6_nd.rs, src/capi/net_if_lock.rs, src/capi/net_if_mcast.rs, src/capi/net_if_router.rs, src/capi/net_if_state.rs, src/capi/net_if_timestamp.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_IF_H_
#define ZEPHYR_NET_GENERATED_NET_IF_H_

#ifdef __cplusplus
extern "C" {
#endif

struct net_if *(net_if_get_by_index)(int index);

int (net_if_get_by_iface)(struct net_if *iface);

struct net_if *(net_if_lookup_by_dev)(const struct device *dev);

struct net_if *(net_if_get_by_link_addr)(struct net_linkaddr *addr);

void (net_if_set_default)(struct net_if *iface);

struct net_if *(net_if_get_default)(void);

struct net_if *(net_if_get_first_by_type)(const struct net_l2 *l2);

struct net_if *(net_if_get_first_up)(void);

void (net_if_foreach)(void (*cb)(struct net_if*, void*), void *user_data);

int (net_if_get_name)(struct net_if *iface, char *buf, int len);

int (net_if_set_name)(struct net_if *iface, const char *buf);

int (net_if_get_by_name)(const char *name);

bool (net_if_need_calc_rx_checksum)(struct net_if *iface, uint32_t kind);

bool (net_if_need_calc_tx_checksum)(struct net_if *iface, uint32_t kind);

bool (net_if_is_offloaded)(struct net_if *iface);

bool (net_if_is_wifi)(struct net_if *iface);

struct net_if *(net_if_get_first_wifi)(void);

struct net_if *(net_if_get_wifi_sta)(void);

struct net_if *(net_if_get_wifi_sap)(void);

#if (defined(CONFIG_NET_IPV4) || defined(CONFIG_NET_IPV6))
struct net_if_addr *(net_if_addr_ref)(struct net_if *iface, uint16_t family, const void *addr);

int (net_if_addr_unref)(struct net_if *iface,
		      uint16_t family,
		      const void *addr,
		      struct net_if_addr **ifaddr);
#endif

int (net_recv_data)(struct net_if *iface, struct net_pkt *pkt);

int (net_send_data)(struct net_pkt *pkt);

enum net_verdict (net_if_send_data)(struct net_if *iface, struct net_pkt *pkt);

enum net_verdict (net_if_recv_data)(struct net_if *iface, struct net_pkt *pkt);

void (net_if_queue_tx)(struct net_if *iface, struct net_pkt *pkt);

void (net_if_register_link_cb)(struct net_if_link_cb *link, net_if_link_callback_t cb);

void (net_if_unregister_link_cb)(struct net_if_link_cb *link);

void (net_if_call_link_cb)(struct net_if *iface, struct net_linkaddr *lladdr, int status);

#if defined(CONFIG_NET_IPV4)
int (net_if_config_ipv4_get)(struct net_if *iface, struct net_if_ipv4 **ipv4);

int (net_if_config_ipv4_put)(struct net_if *iface);

uint8_t (net_if_ipv4_get_ttl)(struct net_if *iface);

void (net_if_ipv4_set_ttl)(struct net_if *iface, uint8_t ttl);

uint8_t (net_if_ipv4_get_mcast_ttl)(struct net_if *iface);

void (net_if_ipv4_set_mcast_ttl)(struct net_if *iface, uint8_t ttl);

struct net_if_addr *(net_if_ipv4_addr_lookup)(const struct in_addr *addr, struct net_if **iface);

int (net_if_ipv4_addr_lookup_by_index)(const struct in_addr *addr);

bool (net_if_ipv4_addr_rm)(struct net_if *iface, const struct in_addr *addr);

bool (net_if_ipv4_addr_rm_by_index)(int index, const struct in_addr *addr);

void (net_if_ipv4_addr_foreach)(struct net_if *iface, void (*cb)(struct net_if*,
							       struct net_if_addr*,
							       void*), void *user_data);

bool (net_if_ipv4_addr_mask_cmp)(struct net_if *iface, const struct in_addr *addr);

bool (net_if_ipv4_is_addr_bcast)(struct net_if *iface, const struct in_addr *addr);

struct net_if *(net_if_ipv4_select_src_iface)(const struct in_addr *dst);

const struct in_addr *(net_if_ipv4_select_src_addr)(struct net_if *iface, const struct in_addr *dst);

struct in_addr *(net_if_ipv4_get_ll)(struct net_if *iface, int8_t state);

struct in_addr *(net_if_ipv4_get_global_addr)(struct net_if *iface, int8_t state);

struct in_addr (net_if_ipv4_get_netmask_by_addr)(struct net_if *iface, const struct in_addr *addr);

bool (net_if_ipv4_set_netmask_by_addr)(struct net_if *iface,
				     const struct in_addr *addr,
				     const struct in_addr *netmask);

bool (net_if_ipv4_set_netmask_by_addr_by_index)(int index,
					      const struct in_addr *addr,
					      const struct in_addr *netmask);

struct in_addr (net_if_ipv4_get_netmask)(struct net_if *iface);

void (net_if_ipv4_set_netmask)(struct net_if *iface, const struct in_addr *netmask);

bool (net_if_ipv4_set_netmask_by_index)(int index, const struct in_addr *netmask);

struct in_addr (net_if_ipv4_get_gw)(struct net_if *iface);

void (net_if_ipv4_set_gw)(struct net_if *iface, const struct in_addr *gw);

bool (net_if_ipv4_set_gw_by_index)(int index, const struct in_addr *gw);

struct net_if_mcast_addr *(net_if_ipv4_maddr_add)(struct net_if *iface, const struct in_addr *addr);

bool (net_if_ipv4_maddr_rm)(struct net_if *iface, const struct in_addr *addr);

void (net_if_ipv4_maddr_foreach)(struct net_if *iface, void (*cb)(struct net_if*,
								struct net_if_mcast_addr*,
								void*), void *user_data);

struct net_if_mcast_addr *(net_if_ipv4_maddr_lookup)(const struct in_addr *addr,
						   struct net_if **iface);

void (net_if_ipv4_maddr_join)(struct net_if *iface, struct net_if_mcast_addr *addr);

void (net_if_ipv4_maddr_leave)(struct net_if *iface, struct net_if_mcast_addr *addr);
#endif

#if defined(CONFIG_NET_IPV6)
int (net_if_config_ipv6_get)(struct net_if *iface, struct net_if_ipv6 **ipv6);

int (net_if_config_ipv6_put)(struct net_if *iface);

uint8_t (net_if_ipv6_get_hop_limit)(struct net_if *iface);

void (net_if_ipv6_set_hop_limit)(struct net_if *iface, uint8_t hop_limit);

uint8_t (net_if_ipv6_get_mcast_hop_limit)(struct net_if *iface);

void (net_if_ipv6_set_mcast_hop_limit)(struct net_if *iface, uint8_t hop_limit);

struct net_if_addr *(net_if_ipv6_addr_lookup)(const struct in6_addr *addr, struct net_if **iface);

struct net_if_addr *(net_if_ipv6_addr_lookup_by_iface)(struct net_if *iface, struct in6_addr *addr);

int (net_if_ipv6_addr_lookup_by_index)(const struct in6_addr *addr);

void (net_if_ipv6_addr_update_lifetime)(struct net_if_addr *ifaddr, uint32_t lifetime);

bool (net_if_ipv6_addr_rm)(struct net_if *iface, const struct in6_addr *addr);

bool (net_if_ipv6_addr_rm_by_index)(int index, const struct in6_addr *addr);

void (net_if_ipv6_addr_foreach)(struct net_if *iface, void (*cb)(struct net_if*,
							       struct net_if_addr*,
							       void*), void *user_data);

struct net_if *(net_if_ipv6_select_src_iface)(const struct in6_addr *dst);

const struct in6_addr *(net_if_ipv6_select_src_addr_hint)(struct net_if *iface,
							const struct in6_addr *dst,
							int flags);

const struct in6_addr *(net_if_ipv6_select_src_addr)(struct net_if *iface,
						   const struct in6_addr *dst);

struct in6_addr *(net_if_ipv6_get_ll)(struct net_if *iface, int8_t state);

struct in6_addr *(net_if_ipv6_get_ll_addr)(int8_t state, struct net_if **iface);

struct in6_addr *(net_if_ipv6_get_global_addr)(int8_t state, struct net_if **iface);

struct net_if_ipv6_prefix *(net_if_ipv6_prefix_get)(struct net_if *iface,
						  const struct in6_addr *addr);

struct net_if_ipv6_prefix *(net_if_ipv6_prefix_lookup)(struct net_if *iface,
						     struct in6_addr *addr,
						     uint8_t len);

struct net_if_ipv6_prefix *(net_if_ipv6_prefix_add)(struct net_if *iface,
						  struct in6_addr *prefix,
						  uint8_t len,
						  uint32_t lifetime);

bool (net_if_ipv6_prefix_rm)(struct net_if *iface, struct in6_addr *addr, uint8_t len);

void (net_if_ipv6_prefix_set_timer)(struct net_if_ipv6_prefix *prefix, uint32_t seconds);

void (net_if_ipv6_prefix_unset_timer)(struct net_if_ipv6_prefix *prefix);

bool (net_if_ipv6_addr_onlink)(struct net_if **iface, struct in6_addr *addr);

struct net_if_router *(net_if_ipv6_router_lookup)(struct net_if *iface, struct in6_addr *addr);

struct net_if_router *(net_if_ipv6_router_find_default)(struct net_if *iface, struct in6_addr *addr);

struct net_if_router *(net_if_ipv6_router_add)(struct net_if *iface,
					     struct in6_addr *addr,
					     uint16_t lifetime);

void (net_if_ipv6_router_update_lifetime)(struct net_if_router *router, uint16_t lifetime);

bool (net_if_ipv6_router_rm)(struct net_if_router *router);

struct net_if_mcast_addr *(net_if_ipv6_maddr_add)(struct net_if *iface, const struct in6_addr *addr);

bool (net_if_ipv6_maddr_rm)(struct net_if *iface, const struct in6_addr *addr);

void (net_if_ipv6_maddr_foreach)(struct net_if *iface, void (*cb)(struct net_if*,
								struct net_if_mcast_addr*,
								void*), void *user_data);

struct net_if_mcast_addr *(net_if_ipv6_maddr_lookup)(const struct in6_addr *addr,
						   struct net_if **iface);

void (net_if_ipv6_maddr_join)(struct net_if *iface, struct net_if_mcast_addr *addr);

void (net_if_ipv6_maddr_leave)(struct net_if *iface, struct net_if_mcast_addr *addr);
#endif

#if (defined(CONFIG_NET_IPV6_DAD) && defined(CONFIG_NET_IPV6))
void (net_if_start_dad)(struct net_if *iface);
#endif

#if (defined(CONFIG_NET_IPV6_NBR_CACHE) && defined(CONFIG_NET_IPV6))
void (net_if_ipv6_dad_failed)(struct net_if *iface, const struct in6_addr *addr);
#endif

#if (defined(CONFIG_NET_IPV6_ND) && defined(CONFIG_NET_IPV6))
void (net_if_start_rs)(struct net_if *iface);

void (net_if_stop_rs)(struct net_if *iface);

void (net_if_nbr_reachability_hint)(struct net_if *iface, const struct in6_addr *addr);
#endif

#if defined(CONFIG_NET_IPV6)
uint32_t (net_if_ipv6_calc_reachable_time)(struct net_if_ipv6 *ipv6);

int (net_ipv6_addr_generate_iid)(struct net_if *iface,
			       const struct in6_addr *prefix,
			       uint8_t *_network_id,
			       size_t _network_id_len,
			       uint8_t dad_counter,
			       struct in6_addr *addr,
			       struct net_linkaddr *lladdr);
#endif

void (net_if_lock)(struct net_if *iface);

void (net_if_unlock)(struct net_if *iface);

void (net_if_tx_lock)(struct net_if *iface);

void (net_if_tx_unlock)(struct net_if *iface);

#if (defined(CONFIG_NET_IPV4) || defined(CONFIG_NET_IPV6))
void (net_if_mcast_mon_register)(struct net_if_mcast_monitor *mon,
			       struct net_if *iface,
			       void (*cb)(struct net_if*, const struct net_addr*, bool));

void (net_if_mcast_mon_unregister)(struct net_if_mcast_monitor *mon);

void (net_if_mcast_monitor)(struct net_if *iface, const struct net_addr *addr, bool is_joined);
#endif

#if defined(CONFIG_NET_IPV4)
bool (net_if_ipv4_router_rm)(struct net_if_router *router);

void (net_if_router_rm)(struct net_if_router *router);
#endif

int (net_if_up)(struct net_if *iface);

int (net_if_down)(struct net_if *iface);

void (net_if_carrier_on)(struct net_if *iface);

void (net_if_carrier_off)(struct net_if *iface);

void (net_if_dormant_on)(struct net_if *iface);

void (net_if_dormant_off)(struct net_if *iface);

#if defined(CONFIG_NET_PROMISCUOUS_MODE)
int (net_if_set_promisc)(struct net_if *iface);

void (net_if_unset_promisc)(struct net_if *iface);

bool (net_if_is_promisc)(struct net_if *iface);
#endif

#if defined(CONFIG_NET_POWER_MANAGEMENT)
int (net_if_suspend)(struct net_if *iface);

int (net_if_resume)(struct net_if *iface);

bool (net_if_is_suspended)(struct net_if *iface);
#endif

int (znet_net_init)(struct net_if *first, struct net_if *end);

#if defined(CONFIG_NET_PKT_TIMESTAMP)
void (net_if_register_timestamp_cb)(struct net_if_timestamp_cb *handle,
				  struct net_pkt *pkt,
				  struct net_if *iface,
				  net_if_timestamp_callback_t cb);

void (net_if_unregister_timestamp_cb)(struct net_if_timestamp_cb *handle);

void (net_if_call_timestamp_cb)(struct net_pkt *pkt);

void (net_if_add_tx_timestamp)(struct net_pkt *pkt);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_IF_H_ */
