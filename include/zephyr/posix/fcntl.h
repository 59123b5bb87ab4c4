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
#undef F_DUPFD
#undef O_ACCMODE
#undef O_RDONLY
#undef O_WRONLY
#undef O_RDWR
#undef O_APPEND
#undef O_CREAT
#undef O_EXCL
#undef O_TRUNC
#define O_ACCMODE  (ZVFS_O_RDONLY | ZVFS_O_RDWR | ZVFS_O_WRONLY) /**< Mask of the three */
#define O_RDONLY   ZVFS_O_RDONLY   /**< Open for reading */
#define O_WRONLY   ZVFS_O_WRONLY   /**< Open for writing */
#define O_RDWR     ZVFS_O_RDWR     /**< Open for both */
#define O_APPEND   ZVFS_O_APPEND   /**< Writes go to the end */
#define O_CREAT    ZVFS_O_CREAT    /**< Make the file */
#define O_EXCL     ZVFS_O_EXCL     /**< Fail when the file exists */
#define O_TRUNC    ZVFS_O_TRUNC    /**< Empty the file */
#define F_DUPFD    ZVFS_F_DUPFD    /**< Duplicate the descriptor */
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
