// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Multicast listener discovery: IPv6 groups that routers are told of (RFC 9777, RFC 2710).
 *
 * Sockets join groups by IPV6_ADD_MEMBERSHIP; these functions are for interfaces without one.
 */

#ifndef ZEPHYR_INCLUDE_NET_MLD_H_
#define ZEPHYR_INCLUDE_NET_MLD_H_

#include <errno.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_IPV6_MLD)
/**
 * Joins a group and tells the routers and switches of the link. On an interface that is down they are
 * told when it comes up.
 *
 * @param iface interface
 * @param addr group
 * @return 0, -EALREADY for a member, -EINVAL for an address that is no group, -ENOMEM without room,
 * -ENOTSUP for an interface without IPv6
 */
int net_ipv6_mld_join(struct net_if *iface, const struct in6_addr *addr);

/**
 * Leaves a group for one of those who joined it, and with the last tells the routers of the link.
 *
 * @return 0, -ENOENT when it was not joined, -EINVAL
 */
int net_ipv6_mld_leave(struct net_if *iface, const struct in6_addr *addr);
#else
static inline int net_ipv6_mld_join(struct net_if *iface, const struct in6_addr *addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);

	return -ENOTSUP;
}

static inline int net_ipv6_mld_leave(struct net_if *iface, const struct in6_addr *addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);

	return -ENOTSUP;
}
#endif /* CONFIG_NET_IPV6_MLD */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/mld.h>

#endif /* ZEPHYR_INCLUDE_NET_MLD_H_ */
