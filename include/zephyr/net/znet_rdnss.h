// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Name servers and search domains that IPv6 routers told of (RFC 8106). Zephyr v4.2 keeps them to its resolver:
 * the names are this library's.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_RDNSS_H_
#define ZEPHYR_INCLUDE_NET_ZNET_RDNSS_H_

#include <stddef.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6_RA_RDNSS)
/**
 * Tells one of the name servers that routers told of and whose lifetime is not over.
 *
 * @param index 0 for the first, and so on
 * @param addr where to put its address
 * @param iface where to put the interface it was told of on, which a link-local address needs; NULL
 * @return 0, -ENOENT when there are not as many, -EINVAL
 */
int znet_rdnss_server(size_t index, struct in6_addr *addr, struct net_if **iface);

/**
 * Tells one of the search domains, as text without a dot at the end.
 *
 * @param index 0 for the first, and so on
 * @param name where to put it, terminated by 0
 * @param size bytes there
 * @return 0, -ENOENT when there are not as many, -ENOMEM when it does not fit, -EINVAL
 */
int znet_rdnss_domain(size_t index, char *name, size_t size);
#endif /* CONFIG_NET_IPV6_RA_RDNSS */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/znet_rdnss.h>

#endif /* ZEPHYR_INCLUDE_NET_ZNET_RDNSS_H_ */
