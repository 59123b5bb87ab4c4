// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Names that the monitor of the connection manager had until Zephyr v3.4.
 */

#ifndef ZNET_INCLUDE_NET_CONN_MGR_H_
#define ZNET_INCLUDE_NET_CONN_MGR_H_

#include <zephyr/net/conn_mgr_monitor.h>
#include <zephyr/net/net_if.h>

/** Now conn_mgr_mon_resend_status(). */
#define conn_mgr_resend_status() conn_mgr_mon_resend_status()

#endif /* ZNET_INCLUDE_NET_CONN_MGR_H_ */
