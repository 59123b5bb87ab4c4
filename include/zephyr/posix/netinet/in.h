/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Internet addresses under POSIX's names.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_NETINET_IN_H_
#define ZEPHYR_INCLUDE_POSIX_NETINET_IN_H_

#include <stdint.h>

/* Before <zephyr/net/socket.h>, which may include headers that want them. */
typedef uint16_t in_port_t; /**< A port, in network byte order */
typedef uint32_t in_addr_t; /**< An IPv4 address, in network byte order */

#include <zephyr/net/socket.h>

#endif /* ZEPHYR_INCLUDE_POSIX_NETINET_IN_H_ */
