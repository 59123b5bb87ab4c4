// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The monitor of the connection manager: the events NET_EVENT_L4_* of net_event.h.
 *
 * An interface is connected while it is operational and has a preferred address that is more than
 * link-local. NET_EVENT_L4_CONNECTED is raised when the first interface gets connected,
 * NET_EVENT_L4_DISCONNECTED when the last one ceases to be; those of IPv4 and IPv6 likewise.
 */

#ifndef ZEPHYR_INCLUDE_CONN_MGR_H_
#define ZEPHYR_INCLUDE_CONN_MGR_H_

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_if;
struct net_l2;

#if defined(CONFIG_NET_CONNECTION_MANAGER)
/** Raises the events again that say how things stand, for those who came late. */
void conn_mgr_mon_resend_status(void);

/** Has an interface not count any more. */
void conn_mgr_ignore_iface(struct net_if *iface);

/** Has it count again, as all do at first. */
void conn_mgr_watch_iface(struct net_if *iface);

/** Whether an interface does not count. */
bool conn_mgr_is_iface_ignored(struct net_if *iface);

/** Has all interfaces of a link layer not count any more. */
void conn_mgr_ignore_l2(const struct net_l2 *l2);

/** Has them count again. */
void conn_mgr_watch_l2(const struct net_l2 *l2);
#else
#define conn_mgr_mon_resend_status(...)
#define conn_mgr_ignore_iface(...)
#define conn_mgr_watch_iface(...)
#define conn_mgr_ignore_l2(...)
#define conn_mgr_watch_l2(...)
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_CONN_MGR_H_ */
