/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Network interfaces by name and index.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_NET_IF_H_
#define ZEPHYR_INCLUDE_POSIX_NET_IF_H_

#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_INTERFACE_NAME_LEN)
#define IF_NAMESIZE CONFIG_NET_INTERFACE_NAME_LEN /**< Room for a name, with its NUL */
#else
#define IF_NAMESIZE 1 /**< Interfaces have no names */
#endif

/** An interface. */
struct if_nameindex {
	unsigned int if_index; /**< Its index */
	char *if_name;         /**< Its name; NULL behind the last */
};

/** Its name, copied to @p ifname; NULL with ENXIO when there is no such interface. */
char *if_indextoname(unsigned int ifindex, char *ifname) ZNET_NAME_FOR(znet_if_indextoname);

/** Gives back what if_nameindex() returned. */
void if_freenameindex(struct if_nameindex *ptr) ZNET_NAME_FOR(znet_if_freenameindex);

/** All interfaces. */
struct if_nameindex *if_nameindex(void) ZNET_NAME_FOR(znet_if_nameindex);

/** Its index; 0 when there is no such interface. */
unsigned int if_nametoindex(const char *ifname) ZNET_NAME_FOR(znet_if_nametoindex);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_NET_IF_H_ */
