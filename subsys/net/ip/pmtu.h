// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where Zephyr keeps path MTU discovery, for sources that include it from there.
 */

#ifndef ZNET_SUBSYS_NET_IP_PMTU_H_
#define ZNET_SUBSYS_NET_IP_PMTU_H_

#include <zephyr/net/net_pmtu.h>

/** The cache needs no preparation. */
#define net_pmtu_init(...)

#endif /* ZNET_SUBSYS_NET_IP_PMTU_H_ */
