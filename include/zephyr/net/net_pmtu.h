// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What paths carry: path MTU discovery (RFC 1191, RFC 8201).
 *
 * What <pmtu.h> of subsys/net/ip holds in Zephyr: that header includes this one. Routers say which packets are too big for a
 * link behind them; what they say is believed for ten minutes, if the packet they quote was ours.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_PMTU_H_
#define ZEPHYR_INCLUDE_NET_NET_PMTU_H_

#include <errno.h>

#include <zephyr/net/net_ip.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is known of the path to a destination. */
struct net_pmtu_entry {
	struct net_addr dst;  /**< Destination */
	uint32_t last_update; /**< When it was learnt, in milliseconds since start-up */
	uint16_t mtu;         /**< The largest packet the path carries */
	bool in_use;          /**< It was known when the entry was filled */
};

/** Is shown each path. */
typedef void (*net_pmtu_cb_t)(struct net_pmtu_entry *entry, void *user_data);

#if defined(CONFIG_NET_PMTU)
/** @return what is known of the path to a destination, or NULL */
struct net_pmtu_entry *net_pmtu_get_entry(const struct sockaddr *dst);

/** @return the largest packet that the path to a destination carries, -ENOENT when nothing is known of it, -EINVAL */
int net_pmtu_get_mtu(const struct sockaddr *dst);

/**
 * Notes what the path to a destination carries.
 *
 * @param dst destination
 * @param mtu bytes; at least 1,280 for IPv6 and 576 for IPv4
 * @return what was known before, 0 for nothing, -EINVAL
 */
int net_pmtu_update_mtu(const struct sockaddr *dst, uint16_t mtu);

/** The same for an entry that net_pmtu_get_entry() returned. */
int net_pmtu_update_entry(struct net_pmtu_entry *entry, uint16_t mtu);

/** Shows all paths to a callback. @return how many there are */
int net_pmtu_foreach(net_pmtu_cb_t cb, void *user_data);
#else
static inline struct net_pmtu_entry *net_pmtu_get_entry(const struct sockaddr *dst)
{
	ARG_UNUSED(dst);
	return NULL;
}

static inline int net_pmtu_get_mtu(const struct sockaddr *dst)
{
	ARG_UNUSED(dst);
	return -ENOTSUP;
}

static inline int net_pmtu_update_mtu(const struct sockaddr *dst, uint16_t mtu)
{
	ARG_UNUSED(dst);
	ARG_UNUSED(mtu);
	return -ENOTSUP;
}

static inline int net_pmtu_update_entry(struct net_pmtu_entry *entry, uint16_t mtu)
{
	ARG_UNUSED(entry);
	ARG_UNUSED(mtu);
	return -ENOTSUP;
}

static inline int net_pmtu_foreach(net_pmtu_cb_t cb, void *user_data)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(user_data);
	return -ENOTSUP;
}
#endif /* CONFIG_NET_PMTU */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/net_pmtu.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_PMTU_H_ */
