/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief poll() for sockets.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_POLL_H_
#define ZEPHYR_INCLUDE_POSIX_POLL_H_

#include <zephyr/net/socket_poll.h>
#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

#define pollfd zsock_pollfd /**< A descriptor poll() is asked about */

#define POLLIN   ZVFS_POLLIN   /**< A read would not block */
#define POLLPRI  ZVFS_POLLPRI  /**< Urgent data */
#define POLLOUT  ZVFS_POLLOUT  /**< A write would not block */
#define POLLERR  ZVFS_POLLERR  /**< An error is pending */
#define POLLHUP  ZVFS_POLLHUP  /**< The connection is gone */
#define POLLNVAL ZVFS_POLLNVAL /**< Not an open descriptor */

typedef unsigned int nfds_t; /**< A number of descriptors */

/** Waits until one of @p count descriptors is ready. */
int poll(struct pollfd *fds, int count, int timeout) ZNET_NAME_FOR(zvfs_poll);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_POLL_H_ */
