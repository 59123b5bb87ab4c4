/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of the application's own. */

#include <stdarg.h>
#include <string.h>

#include <zephyr/net/socket_offload.h>
#include <zephyr/posix/unistd.h>

#include "common.h"

ZTEST_SUITE(object, NULL, NULL, NULL, after, NULL);

/* One byte, or none, and somebody who waits for it. */
struct box {
	struct k_sem full;
	struct k_mutex *lock;
	char byte;
	int flags;
	int closed;
	int bound;
	bool alone;
};

static ssize_t box_read(void *obj, void *buf, size_t sz)
{
	struct box *box = obj;

	if (sz == 0 || k_sem_take(&box->full, K_NO_WAIT) != 0) {
		errno = EAGAIN;
		return -1;
	}
	*(char *)buf = box->byte;
	return 1;
}

static ssize_t box_write(void *obj, const void *buf, size_t sz)
{
	struct box *box = obj;

	box->byte = *(const char *)buf;
	k_sem_give(&box->full);
	return MIN(sz, 1);
}

static int box_close(void *obj)
{
	((struct box *)obj)->closed++;
	return 0;
}

static int box_prepare(struct box *box, va_list args)
{
	struct zsock_pollfd *fd = va_arg(args, struct zsock_pollfd *);
	struct k_poll_event **event = va_arg(args, struct k_poll_event **);
	struct k_poll_event *end = va_arg(args, struct k_poll_event *);

	if (box->alone) {
		return -EXDEV;
	}
	if ((fd->events & ZSOCK_POLLIN) != 0) {
		if (*event == end) {
			return -ENOMEM;
		}
		k_poll_event_init((*event)++, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
				  &box->full);
	}
	return (fd->events & ZSOCK_POLLOUT) != 0 ? -EALREADY : 0;
}

static int box_update(va_list args)
{
	struct zsock_pollfd *fd = va_arg(args, struct zsock_pollfd *);
	struct k_poll_event **event = va_arg(args, struct k_poll_event **);

	if ((fd->events & ZSOCK_POLLOUT) != 0) {
		fd->revents |= ZSOCK_POLLOUT;
	}
	if ((fd->events & ZSOCK_POLLIN) != 0) {
		if ((*event)->state != K_POLL_STATE_NOT_READY) {
			fd->revents |= ZSOCK_POLLIN;
		}
		(*event)++;
	}
	return 0;
}

static int box_ioctl(void *obj, unsigned int request, va_list args)
{
	struct box *box = obj;

	switch (request) {
	case ZFD_IOCTL_SET_LOCK:
		box->lock = va_arg(args, struct k_mutex *);
		return 0;
	case ZVFS_F_GETFL:
		return box->flags;
	case ZVFS_F_SETFL:
		box->flags = va_arg(args, int);
		return 0;
	case ZFD_IOCTL_FIONREAD:
		*va_arg(args, int *) = (int)k_sem_count_get(&box->full);
		return 0;
	case ZFD_IOCTL_FSYNC:
		return 17;
	case ZFD_IOCTL_POLL_PREPARE:
		return box_prepare(box, args);
	case ZFD_IOCTL_POLL_UPDATE:
		return box_update(args);
	case ZFD_IOCTL_POLL_OFFLOAD: {
		struct zsock_pollfd *fds = va_arg(args, struct zsock_pollfd *);
		int count = va_arg(args, int), timeout = va_arg(args, int);

		zassert_equal(timeout, 250);
		fds[count - 1].revents = ZSOCK_POLLPRI;
		return 1;
	}
	default:
		errno = EOPNOTSUPP;
		return -1;
	}
}

static const struct fd_op_vtable box_ops = {
	.read = box_read,
	.write = box_write,
	.close = box_close,
	.ioctl = box_ioctl,
};

static int open_box(struct box *box)
{
	int fd;

	(void)memset(box, 0, sizeof(*box));
	k_sem_init(&box->full, 0, 1);
	fd = zvfs_alloc_fd(box, &box_ops);
	zassert_true(fd >= 0);
	return fd;
}

ZTEST(object, test_reserved_is_nothing_yet)
{
	const struct fd_op_vtable *vtable = &box_ops;
	struct k_mutex *lock = NULL;
	int fd = zvfs_reserve_fd();
	struct box box;

	zassert_true(fd >= 0);
	zassert_is_null(zvfs_get_fd_obj_and_vtable(fd, &vtable, &lock));
	zassert_is_null(vtable);
	zassert_not_null(lock);
	FAILS(zsock_close(fd), EBADF);
	FAILS(read(fd, &box, 1), EBADF);
	zvfs_finalize_fd(fd, NULL, NULL);
	zassert_is_null(zvfs_get_fd_obj_and_vtable(fd, &vtable, &lock));
	FAILS(read(fd, &box, 1), EBADF);
	zvfs_free_fd(fd);
	zassert_is_null(zvfs_get_fd_obj_and_vtable(fd, &vtable, &lock));
	zassert_equal(errno, EBADF);
}

ZTEST(object, test_found_by_number)
{
	const struct fd_op_vtable *vtable = NULL, other = box_ops;
	struct k_mutex *lock = NULL, *same = NULL;
	struct k_condvar *cond = NULL;
	struct box box;
	int fd = open_box(&box);

	zassert_equal_ptr(zvfs_get_fd_obj(fd, &box_ops, EINVAL), &box);
	zassert_equal_ptr(zvfs_get_fd_obj(fd, NULL, EINVAL), &box);
	zassert_is_null(zvfs_get_fd_obj(fd, &other, EDOM));
	zassert_equal(errno, EDOM);
	zassert_is_null(zvfs_get_fd_obj(-1, NULL, EDOM));
	zassert_equal(errno, EBADF);
	zassert_equal_ptr(zvfs_get_fd_obj_and_vtable(fd, &vtable, &lock), &box);
	zassert_equal_ptr(vtable, &box_ops);
	zassert_equal_ptr(lock, box.lock);
	zassert_true(zvfs_get_obj_lock_and_cond(&box, &box_ops, &same, &cond));
	zassert_equal_ptr(same, lock);
	zassert_not_null(cond);
	zassert_ok(close(fd));
	zassert_equal(box.closed, 1);
	zassert_false(zvfs_get_obj_lock_and_cond(&box, &box_ops, &same, &cond));
	FAILS(close(fd), EBADF);
	zassert_equal(box.closed, 1);
}

ZTEST(object, test_calls_arrive)
{
	struct box box;
	char byte = 0;
	int fd = open_box(&box), bytes = -1;

	FAILS(read(fd, &byte, 1), EAGAIN);
	zassert_equal(write(fd, "z", 1), 1);
	zassert_ok(zsock_ioctl(fd, ZFD_IOCTL_FIONREAD, &bytes));
	zassert_equal(bytes, 1);
	zassert_equal(zvfs_read(fd, &byte, 1, NULL), 1);
	zassert_equal(byte, 'z');
	zassert_ok(zsock_fcntl(fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	zassert_equal(zsock_fcntl(fd, ZVFS_F_GETFL), ZVFS_O_NONBLOCK);
	zassert_equal(zvfs_fsync(fd), 17);
	FAILS(zsock_send(fd, "z", 1, 0), ENOTSOCK);
	FAILS(zsock_listen(fd, 1), ENOTSOCK);
	zassert_ok(zvfs_close(fd));
}

static void fill(int fd)
{
	zassert_equal(write(fd, "y", 1), 1);
}

ZTEST(object, test_poll)
{
	struct box box;
	int fd = open_box(&box), sv[2];
	struct zsock_pollfd fds[2] = {
		{.fd = fd, .events = ZSOCK_POLLIN},
		{.events = ZSOCK_POLLIN},
	};
	char byte;

	zassert_ok(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
	fds[1].fd = sv[1];
	zassert_equal(zsock_poll(fds, 2, 0), 0);
	zassert_equal(zsock_poll(fds, 2, 20), 0);
	later(10, fill, fd);
	zassert_equal(zsock_poll(fds, 2, -1), 1);
	zassert_equal(fds[0].revents, ZSOCK_POLLIN);
	zassert_equal(fds[1].revents, 0);
	zassert_equal(read(fd, &byte, 1), 1);
	later(10, fill, sv[0]);
	zassert_equal(zsock_poll(fds, 2, 1000), 1);
	zassert_equal(fds[0].revents, 0);
	zassert_equal(fds[1].revents, ZSOCK_POLLIN);
	fds[0].events |= ZSOCK_POLLOUT;
	zassert_equal(zsock_poll(fds, 2, -1), 2);
	zassert_equal(fds[0].revents, ZSOCK_POLLOUT);
	zassert_ok(close(sv[0]));
	zassert_ok(close(sv[1]));
	zassert_ok(close(fd));
}

ZTEST(object, test_waits_by_itself)
{
	struct box box;
	int fd = open_box(&box);
	struct zsock_pollfd one = {.fd = fd, .events = ZSOCK_POLLIN};

	box.alone = true;
	zassert_equal(zsock_poll(&one, 1, 250), 1);
	zassert_equal(one.revents, ZSOCK_POLLPRI);
	zassert_ok(close(fd));
}

/* A socket of the application's. */
static int box_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	ARG_UNUSED(addr);
	((struct box *)obj)->bound = (int)len;
	return 0;
}

static ssize_t box_sendto(void *obj, const void *buf, size_t len, int flags,
			  const struct sockaddr *addr, socklen_t addrlen)
{
	ARG_UNUSED(flags);
	ARG_UNUSED(addr);
	ARG_UNUSED(addrlen);
	return box_write(obj, buf, len);
}

static int box_close2(void *obj, int fd)
{
	((struct box *)obj)->closed = fd;
	return 0;
}

static const struct socket_op_vtable socket_ops = {
	.fd_vtable = {.close2 = box_close2, .ioctl = box_ioctl},
	.bind = box_bind,
	.sendto = box_sendto,
};

ZTEST(object, test_a_socket)
{
	struct sockaddr addr = {.sa_family = AF_INET};
	struct box box = {0};
	int fd = zvfs_reserve_fd();

	k_sem_init(&box.full, 0, 1);
	zvfs_finalize_typed_fd(fd, &box, &socket_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	zassert_ok(zsock_bind(fd, &addr, 6));
	zassert_equal(box.bound, 6);
	zassert_equal(zsock_send(fd, "q", 1, 0), 1);
	zassert_equal(box.byte, 'q');
	FAILS(zsock_recv(fd, &box.byte, 1, 0), EOPNOTSUPP);
	FAILS(zsock_listen(fd, 1), EOPNOTSUPP);
	FAILS(zsock_getsockname(fd, NULL, NULL), EOPNOTSUPP);
	zassert_ok(zsock_close(fd));
	zassert_equal(box.closed, fd);
}

/* The library's own sockets can be called by a table of functions too. */
ZTEST(object, test_a_socket_of_the_library)
{
	const struct fd_op_vtable *vtable = NULL;
	const struct socket_op_vtable *ops;
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr = INADDR_LOOPBACK_INIT};
	socklen_t len = sizeof(addr);
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	void *obj;

	obj = zvfs_get_fd_obj_and_vtable(sock, &vtable, NULL);
	zassert_not_null(obj);
	ops = (const struct socket_op_vtable *)vtable;
	zassert_ok(ops->bind(obj, (struct sockaddr *)&addr, sizeof(addr)));
	zassert_ok(ops->getsockname(obj, (struct sockaddr *)&addr, &len));
	zassert_not_equal(addr.sin_port, 0);
	zassert_equal(zvfs_fdtable_call_ioctl(vtable, obj, ZVFS_F_SETFL, ZVFS_O_NONBLOCK), 0);
	zassert_equal(zvfs_fdtable_call_ioctl(vtable, obj, ZVFS_F_GETFL),
		      ZVFS_O_NONBLOCK | ZVFS_O_RDWR);
	zassert_ok(ops->fd_vtable.close2(obj, sock));
	FAILS(zsock_close(sock), EBADF);
}
