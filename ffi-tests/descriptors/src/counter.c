/* SPDX-License-Identifier: Apache-2.0 */
/* eventfd() */

#include <zephyr/posix/sys/eventfd.h>
#include <zephyr/posix/unistd.h>

#include "common.h"

ZTEST_SUITE(counter, NULL, NULL, NULL, after, NULL);

static int make(unsigned int count, int flags)
{
	int fd = eventfd(count, flags);

	zassert_true(fd >= 0, "errno %d", errno);
	return fd;
}

static void write_one(int fd)
{
	zassert_ok(eventfd_write(fd, 1));
}

static void read_all(int fd)
{
	eventfd_t count;

	zassert_ok(eventfd_read(fd, &count));
}

static void close_it(int fd)
{
	zassert_ok(zsock_close(fd));
}

ZTEST(counter, test_as_many_as_are_configured)
{
	int one = make(0, 0), two = make(0, EFD_NONBLOCK);

	FAILS(eventfd(0, 0), ENOMEM);
	FAILS(eventfd(0, 1), EINVAL);
	zassert_ok(close(one));
	one = make(0, 0);
	zassert_ok(close(one));
	zassert_ok(close(two));
	FAILS(eventfd_write(one, 1), EBADF);
}

ZTEST(counter, test_sums)
{
	int fd = make(3, EFD_NONBLOCK);
	eventfd_t count = 0;

	zassert_ok(eventfd_write(fd, 4));
	zassert_ok(eventfd_read(fd, &count));
	zassert_equal(count, 7);
	FAILS(eventfd_read(fd, &count), EAGAIN);
	FAILS(eventfd_write(fd, UINT64_MAX), EINVAL);
	zassert_ok(eventfd_write(fd, UINT64_MAX - 1));
	FAILS(eventfd_write(fd, 1), EAGAIN);
	POLLS(fd, ZSOCK_POLLIN);
	zassert_ok(close(fd));
}

ZTEST(counter, test_one_at_a_time)
{
	int fd = make(2, EFD_SEMAPHORE | EFD_NONBLOCK);
	eventfd_t count = 0;

	for (int i = 0; i < 2; i++) {
		zassert_ok(eventfd_read(fd, &count));
		zassert_equal(count, 1);
	}
	FAILS(eventfd_read(fd, &count), EAGAIN);
	zassert_ok(close(fd));
}

ZTEST(counter, test_read_and_write)
{
	int fd = make(0, 0);
	eventfd_t count = 5;

	zassert_equal(write(fd, &count, sizeof(count)), sizeof(count));
	count = 0;
	FAILS(read(fd, &count, sizeof(count) - 1), EINVAL);
	FAILS(write(fd, &count, sizeof(count) - 1), EINVAL);
	zassert_equal(read(fd, &count, sizeof(count)), sizeof(count));
	zassert_equal(count, 5);
	FAILS(zsock_send(fd, &count, sizeof(count), 0), ENOTSOCK);
	FAILS(zsock_recv(fd, &count, sizeof(count), 0), ENOTSOCK);
	FAILS(zsock_bind(fd, NULL, 0), ENOTSOCK);
	zassert_ok(close(fd));
}

ZTEST(counter, test_flags)
{
	int fd = make(0, EFD_NONBLOCK);
	eventfd_t count;

	zassert_equal(zsock_fcntl(fd, ZVFS_F_GETFL), ZVFS_O_RDWR | ZVFS_O_NONBLOCK);
	zassert_ok(zsock_fcntl(fd, ZVFS_F_SETFL, 0));
	zassert_equal(zsock_fcntl(fd, ZVFS_F_GETFL), ZVFS_O_RDWR);
	later(10, write_one, fd);
	zassert_ok(eventfd_read(fd, &count));
	zassert_ok(zsock_ioctl(fd, ZFD_IOCTL_FIONBIO, &(int){1}));
	FAILS(eventfd_read(fd, &count), EAGAIN);
	zassert_ok(close(fd));
}

ZTEST(counter, test_waiting)
{
	struct zsock_pollfd event;
	int fd = make(0, 0);
	eventfd_t count = 0;

	event = (struct zsock_pollfd){.fd = fd, .events = ZSOCK_POLLIN};
	POLLS(fd, ZSOCK_POLLOUT);
	later(10, write_one, fd);
	zassert_equal(zsock_poll(&event, 1, -1), 1);
	zassert_ok(eventfd_read(fd, &count));
	zassert_equal(count, 1);

	zassert_ok(eventfd_write(fd, UINT64_MAX - 1));
	later(10, read_all, fd);
	zassert_ok(eventfd_write(fd, 2));
	zassert_ok(eventfd_read(fd, &count));
	zassert_equal(count, 2);

	later(10, close_it, fd);
	FAILS(eventfd_read(fd, &count), EBADF);
}

ZTEST(counter, test_wakes_who_waits_for_sockets)
{
	int fd = make(0, 0), sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	struct zsock_pollfd fds[] = {
		{.fd = sock, .events = ZSOCK_POLLIN},
		{.fd = fd, .events = ZSOCK_POLLIN},
	};

	later(10, write_one, fd);
	zassert_equal(zsock_poll(fds, 2, -1), 1);
	zassert_equal(fds[0].revents, 0);
	zassert_equal(fds[1].revents, ZSOCK_POLLIN);
	zassert_ok(close(fd));
	zassert_ok(close(sock));
}
