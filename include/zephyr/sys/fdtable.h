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

#include <zephyr/kernel.h>
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

/** @name What kind of thing a descriptor stands for
 * @{
 */
#define ZVFS_MODE_IFMT   0170000 /**< Mask of the kinds */
#define ZVFS_MODE_UNSPEC 0000000 /**< Nobody said */
#define ZVFS_MODE_IFIFO  0010000 /**< Pipe */
#define ZVFS_MODE_IFCHR  0020000 /**< Character device */
#define ZVFS_MODE_IMSGQ  0030000 /**< Message queue */
#define ZVFS_MODE_IFDIR  0040000 /**< Directory */
#define ZVFS_MODE_IFSEM  0050000 /**< Semaphore */
#define ZVFS_MODE_IFBLK  0060000 /**< Block device */
#define ZVFS_MODE_IFSHM  0070000 /**< Shared memory */
#define ZVFS_MODE_IFREG  0100000 /**< File */
#define ZVFS_MODE_IFLNK  0120000 /**< Symbolic link */
#define ZVFS_MODE_IFSOCK 0140000 /**< Socket: its functions are a struct socket_op_vtable */
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

/** Requests of ioctl(). Those below 0x100 are the commands of fcntl(). */
enum {
	ZFD_IOCTL_FSYNC = 0x100, /**< Write out what is held back */
	ZFD_IOCTL_LSEEK,         /**< Go to a place */
	/**
	 * Get ready for a wait: struct zvfs_pollfd *, struct k_poll_event ** to take events from and
	 * move on, struct k_poll_event * behind the last. Answers 0, -EALREADY when there is no need
	 * to wait, -EXDEV when the object waits by itself.
	 */
	ZFD_IOCTL_POLL_PREPARE,
	/** Say what is ready now: the same arguments. -EAGAIN: nothing. */
	ZFD_IOCTL_POLL_UPDATE,
	/** Wait for all: struct zvfs_pollfd *, int how many, int milliseconds; answers as zvfs_poll(). */
	ZFD_IOCTL_POLL_OFFLOAD,
	ZFD_IOCTL_SET_LOCK, /**< Learn the descriptor's struct k_mutex * */
	ZFD_IOCTL_STAT,     /**< Tell about a file */
	ZFD_IOCTL_TRUNCATE, /**< Cut a file */
	ZFD_IOCTL_MMAP,     /**< Map into memory */

	ZFD_IOCTL_FIONREAD = 0x541B, /**< Bytes of the next datagram, to an int */
	ZFD_IOCTL_FIONBIO = 0x5421,  /**< O_NONBLOCK on or off, from an int */
};

/** What can be done with the object behind a descriptor; NULL for what can't. */
struct fd_op_vtable {
	union {
		/** read() */
		ssize_t (*read)(void *obj, void *buf, size_t sz);
		/** The same at a place; not called here */
		ssize_t (*read_offs)(void *obj, void *buf, size_t sz, size_t offset);
	};
	union {
		/** write() */
		ssize_t (*write)(void *obj, const void *buf, size_t sz);
		/** The same at a place; not called here */
		ssize_t (*write_offs)(void *obj, const void *buf, size_t sz, size_t offset);
	};
	union {
		/** close() */
		int (*close)(void *obj);
		/** close() of a socket, with its descriptor */
		int (*close2)(void *obj, int fd);
	};
	/** ioctl() and fcntl(): a request and what belongs to it */
	int (*ioctl)(void *obj, unsigned int request, va_list args);
};

/** Reserves a descriptor: -1 with errno when all are taken. It stands for nothing yet. */
int zvfs_reserve_fd(void);

/**
 * @brief Says what a reserved descriptor stands for.
 *
 * The object is told the descriptor's mutex (ZFD_IOCTL_SET_LOCK), which is held while one of its
 * functions runs.
 *
 * @param mode ZVFS_MODE_IFSOCK for a socket, whose functions are a struct socket_op_vtable.
 */
void zvfs_finalize_typed_fd(int fd, void *obj, const struct fd_op_vtable *vtable, uint32_t mode);

/** zvfs_finalize_typed_fd() for an object of which nobody says what it is. */
static inline void zvfs_finalize_fd(int fd, void *obj, const struct fd_op_vtable *vtable)
{
	zvfs_finalize_typed_fd(fd, obj, vtable, ZVFS_MODE_UNSPEC);
}

/** zvfs_reserve_fd() and zvfs_finalize_fd() in one. */
int zvfs_alloc_fd(void *obj, const struct fd_op_vtable *vtable);

/** Gives a descriptor back, without closing what it stands for. */
void zvfs_free_fd(int fd);

/**
 * The object behind a descriptor. NULL with EBADF when it is not open, or with @p err when
 * @p vtable is neither NULL nor what the object has.
 */
void *zvfs_get_fd_obj(int fd, const struct fd_op_vtable *vtable, int err);

/** The object behind a descriptor, its functions and its mutex; NULL with EBADF. */
void *zvfs_get_fd_obj_and_vtable(int fd, const struct fd_op_vtable **vtable, struct k_mutex **lock);

/** Mutex and condition variable of the descriptor that stands for @p obj; false when none does. */
bool zvfs_get_obj_lock_and_cond(void *obj, const struct fd_op_vtable *vtable, struct k_mutex **lock,
				struct k_condvar **cond);

/** Calls the object's ioctl() with the arguments that follow. */
static inline int zvfs_fdtable_call_ioctl(const struct fd_op_vtable *vtable, void *obj,
					  unsigned long request, ...)
{
	va_list args;
	int result;

	va_start(args, request);
	result = vtable->ioctl(obj, (unsigned int)request, args);
	va_end(args);
	return result;
}

/** Reads from a descriptor of any kind; @p from_offset is NULL. */
ssize_t zvfs_read(int fd, void *buf, size_t sz, const size_t *from_offset);

/** Writes to a descriptor of any kind; @p from_offset is NULL. */
ssize_t zvfs_write(int fd, const void *buf, size_t sz, const size_t *from_offset);

/** Has the object write out what it holds back. */
int zvfs_fsync(int fd);

/** Closes a descriptor of any kind. */
int zvfs_close(int fd);

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

/* A program without descriptors may include this all the same. */
#ifndef CONFIG_ZVFS_OPEN_MAX
#define CONFIG_ZVFS_OPEN_MAX 1
#endif

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
