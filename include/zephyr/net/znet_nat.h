// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief IPv4 network address translation. Zephyr v4.2 has none: the names are this library's.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_NAT_H_
#define ZEPHYR_INCLUDE_NET_ZNET_NAT_H_

#include <zephyr/net/net_if.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_IPV4_NAT)
/**
 * Hides hosts on all other interfaces behind the address of one: what is forwarded to it gets that address and a port of
 * its own, and what comes back to that port goes on to the host. Mappings there were are forgotten.
 *
 * @param outside interface with an IPv4 address
 * @return 0, -EINVAL
 */
int znet_nat_enable(struct net_if *outside);

/** Hides nobody any more, and forgets all mappings. */
void znet_nat_disable(void);
#endif /* CONFIG_ZNET_IPV4_NAT */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/znet_nat.h>

#endif /* ZEPHYR_INCLUDE_NET_ZNET_NAT_H_ */
