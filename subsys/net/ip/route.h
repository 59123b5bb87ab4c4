// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where Zephyr keeps the routing table, for sources that include it from there.
 */

#ifndef ZNET_SUBSYS_NET_IP_ROUTE_H_
#define ZNET_SUBSYS_NET_IP_ROUTE_H_

#include <zephyr/net/net_route.h>

/** The table needs no preparation. */
#define net_route_init(...)

#endif /* ZNET_SUBSYS_NET_IP_ROUTE_H_ */
