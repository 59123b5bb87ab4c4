// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/conn_mgr_monitor.h>.
 * Written by `cargo xtask headers` from src/capi/conn_mgr_monitor.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_CONN_MGR_MONITOR_H_
#define ZEPHYR_NET_GENERATED_CONN_MGR_MONITOR_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_CONNECTION_MANAGER)
void (conn_mgr_mon_resend_status)(void);

void (conn_mgr_ignore_iface)(struct net_if *iface);

void (conn_mgr_watch_iface)(struct net_if *iface);

bool (conn_mgr_is_iface_ignored)(struct net_if *iface);

void (conn_mgr_ignore_l2)(const struct net_l2 *l2);

void (conn_mgr_watch_l2)(const struct net_l2 *l2);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_CONN_MGR_MONITOR_H_ */
