/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Descriptors: flags, waiting for several of them at once.
 */
#ifndef ZEPHYR_INCLUDE_SYS_FDTABLE_H_
#define ZEPHYR_INCLUDE_SYS_FDTABLE_H_

#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Flags and commands of zsock_fcntl()
 * @{
 */
#define ZVFS_O_RDONLY   0x0000 /**< Open for reading */
#define ZVFS_O_WRONLY   0x0001 /**< Open for writing */
#define ZVFS_O_RDWR     0x0002 /**< Open for both */
#define ZVFS_O_APPEND   0x0008 /**< Writes go to the end */
#define ZVFS_O_CREAT    0x0200 /**< Make the file */
#define ZVFS_O_TRUNC    0x0400 /**< Empty the file */
#define ZVFS_O_EXCL     0x0800 /**< Fail when the file exists */
#define ZVFS_O_NONBLOCK 0x4000 /**< Calls return EAGAIN where they would wait */

#define ZVFS_F_DUPFD 0 /**< Duplicate the descriptor */
#define ZVFS_F_GETFL 3 /**< Read the flags */
#define ZVFS_F_SETFL 4 /**< Set the flags */
/** @} */

/** @name Events of zvfs_poll()
 * @{
 */
#define ZVFS_POLLIN   BIT(0) /**< A read would not block */
#define ZVFS_POLLPRI  BIT(1) /**< Urgent data */
#define ZVFS_POLLOUT  BIT(2) /**< A write would not block */
#define ZVFS_POLLERR  BIT(3) /**< An error is pending; always reported */
#define ZVFS_POLLHUP  BIT(4) /**< The connection is gone; always reported */
#define ZVFS_POLLNVAL BIT(5) /**< Not an open descriptor; always reported */
/** @} */

/** Requests of ioctl(). */
enum {
	ZFD_IOCTL_FIONREAD = 0x541B, /**< Bytes of the next datagram, to an int */
	ZFD_IOCTL_FIONBIO = 0x5421,  /**< O_NONBLOCK on or off, from an int */
};

/** A descriptor zvfs_poll() is asked about. */
struct zvfs_pollfd {
	int fd;        /**< Descriptor; a negative one is passed over */
	short events;  /**< ZVFS_POLL* asked for */
	short revents; /**< ZVFS_POLL* that hold */
};

/**
 * @brief Waits until one of @p nfds descriptors is ready.
 *
 * @param poll_timeout Milliseconds; 0 does not wait, a negative time is for ever.
 * @return Number of descriptors that are ready, 0 when time ran out, -1 with errno ENOMEM for more
 *         than CONFIG_ZVFS_POLL_MAX.
 */
int zvfs_poll(struct zvfs_pollfd *fds, int nfds, int poll_timeout);

/* Strict C hides the definition. */
struct timespec;

/** A set of descriptors. */
struct zvfs_fd_set {
	uint32_t bitset[(CONFIG_ZVFS_OPEN_MAX + 31) / 32]; /**< One bit each */
};

/** Descriptors a set has room for. */
#define ZVFS_FD_SETSIZE (sizeof(((struct zvfs_fd_set *)0)->bitset) * 8)

/** Empties @p set. */
static inline void ZVFS_FD_ZERO(struct zvfs_fd_set *set)
{
	(void)memset(set, 0, sizeof(*set));
}

/** Adds @p fd; one out of range is ignored. */
static inline void ZVFS_FD_SET(int fd, struct zvfs_fd_set *set)
{
	if (fd >= 0 && (size_t)fd < ZVFS_FD_SETSIZE) {
		set->bitset[fd / 32] |= BIT(fd % 32);
	}
}

/** Removes @p fd. */
static inline void ZVFS_FD_CLR(int fd, struct zvfs_fd_set *set)
{
	if (fd >= 0 && (size_t)fd < ZVFS_FD_SETSIZE) {
		set->bitset[fd / 32] &= ~BIT(fd % 32);
	}
}

/** Not 0 when @p fd is in @p set. */
static inline int ZVFS_FD_ISSET(int fd, const struct zvfs_fd_set *set)
{
	if (fd < 0 || (size_t)fd >= ZVFS_FD_SETSIZE) {
		return 0;
	}
	return (set->bitset[fd / 32] & BIT(fd % 32)) != 0;
}

/**
 * @brief Waits until a descriptor of one of the sets is ready, and leaves those that are in them.
 *
 * @param nfds One more than the highest descriptor to look at.
 * @param timeout Longest wait; NULL is for ever.
 * @param sigmask Ignored: there are no signals.
 * @return Number of bits left set, 0 when time ran out, -1 with errno.
 */
int zvfs_select(int nfds, struct zvfs_fd_set *ZRESTRICT readfds,
		struct zvfs_fd_set *ZRESTRICT writefds, struct zvfs_fd_set *ZRESTRICT errorfds,
		const struct timespec *ZRESTRICT timeout, const void *ZRESTRICT sigmask);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_FDTABLE_H_ */
