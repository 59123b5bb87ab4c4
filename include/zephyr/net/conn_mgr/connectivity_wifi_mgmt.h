// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Connectivity of Wi-Fi drivers that answer the requests of wifi_mgmt.
 */

#ifndef ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_WIFI_MGMT_H_
#define ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_WIFI_MGMT_H_

#include <zephyr/net/conn_mgr_connectivity_impl.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a binding keeps. */
#define CONNECTIVITY_WIFI_MGMT_CTX_TYPE void *

/**
 * Binds that implementation to a device, where there is one
 * (CONFIG_NET_CONNECTION_MANAGER_CONNECTIVITY_WIFI_MGMT); else it stands for nothing.
 */
#define CONNECTIVITY_WIFI_MGMT_BIND(dev_id)                                                        \
	IF_ENABLED(CONFIG_NET_CONNECTION_MANAGER_CONNECTIVITY_WIFI_MGMT,                           \
		   (CONN_MGR_CONN_DECLARE_PUBLIC(CONNECTIVITY_WIFI_MGMT);                          \
		    CONN_MGR_BIND_CONN(dev_id, CONNECTIVITY_WIFI_MGMT)))

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_WIFI_MGMT_H_ */
