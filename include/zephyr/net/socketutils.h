/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Helpers for addresses given as text.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKETUTILS_H_
#define ZEPHYR_INCLUDE_NET_SOCKETUTILS_H_

#include <zephyr/net/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where the port begins in "host:port" or "[host]:port"; NULL without one. */
const char *net_addr_str_find_port(const char *addr_str);

/** zsock_getaddrinfo() for "host", "host:port" or "[host]:port"; without a port @p def_port. */
int net_getaddrinfo_addr_str(const char *addr_str, const char *def_port,
			     const struct zsock_addrinfo *hints, struct zsock_addrinfo **res);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKETUTILS_H_ */
