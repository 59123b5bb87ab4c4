/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief select() for sockets.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_SELECT_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_SELECT_H_

#include <zephyr/net/socket_types.h>
#include <zephyr/sys/fdtable.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A set of descriptors. */
typedef struct zvfs_fd_set zsock_fd_set;

/** Descriptors a set has room for. */
#define ZSOCK_FD_SETSIZE ZVFS_FD_SETSIZE

/** zvfs_select() with the time-out of POSIX select(). */
int zsock_select(int nfds, zsock_fd_set *readfds, zsock_fd_set *writefds, zsock_fd_set *exceptfds,
		 struct zsock_timeval *timeout);

/** Empties @p set. */
static inline void ZSOCK_FD_ZERO(zsock_fd_set *set)
{
	ZVFS_FD_ZERO(set);
}

/** Not 0 when @p fd is in @p set. */
static inline int ZSOCK_FD_ISSET(int fd, zsock_fd_set *set)
{
	return ZVFS_FD_ISSET(fd, set);
}

/** Removes @p fd. */
static inline void ZSOCK_FD_CLR(int fd, zsock_fd_set *set)
{
	ZVFS_FD_CLR(fd, set);
}

/** Adds @p fd. */
static inline void ZSOCK_FD_SET(int fd, zsock_fd_set *set)
{
	ZVFS_FD_SET(fd, set);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_SELECT_H_ */
