/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Types of the socket API that depend on the C library.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_TYPES_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_TYPES_H_

#include <sys/time.h>

#include <zephyr/types.h>

/** The C library's struct timeval. */
#define zsock_timeval timeval

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_TYPES_H_ */
