/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief select() for sockets.
 *
 * The C library's headers, <stdlib.h> among them, declare a select() and an fd_set of their own;
 * these names go past them as macros.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_SELECT_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_SELECT_H_

#include <sys/types.h>

#include <zephyr/net/socket_select.h>

#undef fd_set
#undef FD_SETSIZE
#undef FD_ZERO
#undef FD_SET
#undef FD_CLR
#undef FD_ISSET

#define fd_set     zsock_fd_set     /**< A set of descriptors */
#define FD_SETSIZE ZSOCK_FD_SETSIZE /**< Descriptors a set has room for */
#define FD_ZERO    ZSOCK_FD_ZERO    /**< Empties a set */
#define FD_SET     ZSOCK_FD_SET     /**< Adds a descriptor */
#define FD_CLR     ZSOCK_FD_CLR     /**< Removes a descriptor */
#define FD_ISSET   ZSOCK_FD_ISSET   /**< Is a descriptor in the set? */

/** Waits until a descriptor of one of the sets is ready. */
#define select(nfds, readfds, writefds, exceptfds, timeout)                                        \
	zsock_select(nfds, readfds, writefds, exceptfds, timeout)

/** The same with nanoseconds; the set of signals means nothing: no thread is interrupted by one. */
#undef pselect
#define pselect(nfds, readfds, writefds, exceptfds, timeout, sigmask)                              \
	zvfs_select(nfds, readfds, writefds, exceptfds, timeout, sigmask)

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_SELECT_H_ */
