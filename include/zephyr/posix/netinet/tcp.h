/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Options of TCP under POSIX's names: TCP_NODELAY and its like.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_NETINET_TCP_H_
#define ZEPHYR_INCLUDE_POSIX_NETINET_TCP_H_

#include <zephyr/net/socket.h>

#endif /* ZEPHYR_INCLUDE_POSIX_NETINET_TCP_H_ */
