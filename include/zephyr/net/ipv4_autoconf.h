// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Addresses in 169.254.0.0/16, chosen without a server (RFC 3927).
 */

#ifndef ZEPHYR_INCLUDE_NET_IPV4_AUTOCONF_H_
#define ZEPHYR_INCLUDE_NET_IPV4_AUTOCONF_H_

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_if;

/** How far an interface has come. */
enum net_ipv4_autoconf_state {
	NET_IPV4_AUTOCONF_INIT,     /**< No address */
	NET_IPV4_AUTOCONF_ASSIGNED, /**< An address that nobody else claims */
	NET_IPV4_AUTOCONF_RENEW,    /**< Looking for another after a conflict */
};

#if defined(CONFIG_NET_IPV4_AUTO)
/** Chooses an address for an interface. */
void net_ipv4_autoconf_start(struct net_if *iface);

/** Gives the address of an interface up. */
void net_ipv4_autoconf_reset(struct net_if *iface);

/** Begins on every interface that is up. Called once at start-up. */
void net_ipv4_autoconf_init(void);
#else
static inline void net_ipv4_autoconf_start(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_ipv4_autoconf_reset(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void net_ipv4_autoconf_init(void)
{
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_IPV4_AUTOCONF_H_ */
