// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief IGMP: IPv4 multicast groups that routers are told of (RFC 2236, RFC 9776).
 *
 * Sockets join groups by IP_ADD_MEMBERSHIP; these functions are for interfaces without one.
 */

#ifndef ZEPHYR_INCLUDE_NET_IGMP_H_
#define ZEPHYR_INCLUDE_NET_IGMP_H_

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** From whom packets to a group are wanted. */
struct igmp_param {
	struct in_addr *source_list; /**< Senders */
	size_t sources_len;          /**< How many; none is all */
	bool include;                /**< Only these, else all but these */
};

#if defined(CONFIG_NET_IPV4_IGMP)
/**
 * Joins a group and tells the routers of the link.
 *
 * @param iface interface
 * @param addr group
 * @param param senders, or NULL for all
 * @return 0, -EALREADY for a member, -EINVAL for an address that is no group, -ENOMEM without room,
 * -ENOTSUP for senders without CONFIG_NET_IPV4_IGMPV3
 */
int net_ipv4_igmp_join(struct net_if *iface, const struct in_addr *addr,
		       const struct igmp_param *param);

/**
 * Leaves a group for one of those who joined it, and with the last tells the routers of the link.
 *
 * @return 0, -ENOENT when it was not joined, -EINVAL
 */
int net_ipv4_igmp_leave(struct net_if *iface, const struct in_addr *addr);
#else
static inline int net_ipv4_igmp_join(struct net_if *iface, const struct in_addr *addr,
				     const struct igmp_param *param)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);
	ARG_UNUSED(param);
	return -ENOSYS;
}

static inline int net_ipv4_igmp_leave(struct net_if *iface, const struct in_addr *addr)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);
	return -ENOSYS;
}
#endif /* CONFIG_NET_IPV4_IGMP */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/igmp.h>

#endif /* ZEPHYR_INCLUDE_NET_IGMP_H_ */
