/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief fcntl() for sockets.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_FCNTL_H_
#define ZEPHYR_INCLUDE_POSIX_FCNTL_H_

#include <zephyr/posix/posix_name.h>
#include <zephyr/sys/fdtable.h>

/* A host's <fcntl.h> may have been here first; its numbers are not this library's. */
#undef F_GETFL
#undef F_SETFL
#undef O_NONBLOCK
#define F_GETFL    ZVFS_F_GETFL    /**< Read the flags */
#define F_SETFL    ZVFS_F_SETFL    /**< Set the flags */
#define O_NONBLOCK ZVFS_O_NONBLOCK /**< Calls return EAGAIN where they would wait */

#ifdef __cplusplus
extern "C" {
#endif

/** Reads or sets the flags of a socket. */
int fcntl(int fd, int cmd, ...) ZNET_NAME_FOR(zsock_fcntl_impl);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_FCNTL_H_ */
