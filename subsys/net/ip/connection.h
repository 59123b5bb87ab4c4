// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where Zephyr keeps its packet handlers, for sources that include them from there.
 *
 * They are built with CONFIG_ZNET_CONN_HANDLERS, which tests have (CONFIG_ZTEST, CONFIG_NET_TEST); else
 * registering one is -ENOTSUP.
 */

#ifndef ZNET_SUBSYS_NET_IP_CONNECTION_H_
#define ZNET_SUBSYS_NET_IP_CONNECTION_H_

#include <zephyr/net/znet_conn.h>

#endif /* ZNET_SUBSYS_NET_IP_CONNECTION_H_ */
