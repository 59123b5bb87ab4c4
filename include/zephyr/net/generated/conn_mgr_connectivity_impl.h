// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/conn_mgr_connectivity_impl.h>.
 * Written by `cargo xtask headers` from src/capi/conn_mgr_connectivity.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_CONN_MGR_CONNECTIVITY_IMPL_H_
#define ZEPHYR_NET_GENERATED_CONN_MGR_CONNECTIVITY_IMPL_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_CONNECTION_MANAGER)
void (znet_conn_mgr_init)(struct conn_mgr_conn_binding *first, struct conn_mgr_conn_binding *end);

int (conn_mgr_if_connect)(struct net_if *iface);

int (conn_mgr_if_disconnect)(struct net_if *iface);

bool (conn_mgr_if_is_bound)(struct net_if *iface);

int (conn_mgr_if_set_opt)(struct net_if *iface, int optname, const void *optval, size_t optlen);

int (conn_mgr_if_get_opt)(struct net_if *iface, int optname, void *optval, size_t *optlen);

int (conn_mgr_if_get_timeout)(struct net_if *iface);

int (conn_mgr_if_set_timeout)(struct net_if *iface, int timeout);

int (conn_mgr_all_if_up)(bool skip_ignored);

int (conn_mgr_all_if_down)(bool skip_ignored);

int (conn_mgr_all_if_connect)(bool skip_ignored);

int (conn_mgr_all_if_disconnect)(bool skip_ignored);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_CONN_MGR_CONNECTIVITY_IMPL_H_ */
