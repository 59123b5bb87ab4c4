/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief struct zsock_pollfd.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_POLL_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_POLL_H_

#include <zephyr/sys/fdtable.h>

/** A descriptor zsock_poll() is asked about. */
#define zsock_pollfd zvfs_pollfd

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_POLL_H_ */
