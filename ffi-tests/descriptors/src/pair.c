/* SPDX-License-Identifier: Apache-2.0 */
/* socketpair() */

#include <string.h>

#include <zephyr/posix/fcntl.h>
#include <zephyr/posix/sys/socket.h>
#include <zephyr/posix/unistd.h>

#include "common.h"

ZTEST_SUITE(pair, NULL, NULL, NULL, after, NULL);

#define ROOM CONFIG_NET_SOCKETPAIR_BUFFER_SIZE

static void make(int *sv)
{
	zassert_ok(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, sv), "errno %d", errno);
	zassert_not_equal(sv[0], sv[1]);
}

static void close_both(const int *sv)
{
	zassert_ok(zsock_close(sv[0]));
	zassert_ok(zsock_close(sv[1]));
}

ZTEST(pair, test_what_there_is_none_of)
{
	int sv[2];

	FAILS(zsock_socketpair(AF_INET, SOCK_STREAM, 0, sv), EAFNOSUPPORT);
	FAILS(zsock_socketpair(AF_UNIX, SOCK_DGRAM, 0, sv), EPROTOTYPE);
	FAILS(zsock_socketpair(AF_UNIX, 42, 0, sv), EPROTOTYPE);
	FAILS(zsock_socketpair(AF_UNIX, SOCK_STREAM, IPPROTO_TCP, sv), EPROTONOSUPPORT);
	FAILS(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, NULL), EFAULT);
}

ZTEST(pair, test_no_more_than_are_configured)
{
	int a[2], b[2], c[2];

	make(a);
	make(b);
	FAILS(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, c), ENOMEM);
	close_both(a);
	make(c);
	close_both(b);
	close_both(c);
}

ZTEST(pair, test_both_ways)
{
	char buf[8] = "";
	int sv[2], bytes = -1;

	make(sv);
	for (int i = 0; i < 2; i++) {
		zassert_equal(zsock_send(sv[i], "hello", 5, 0), 5);
		zassert_ok(zsock_ioctl(sv[!i], ZFD_IOCTL_FIONREAD, &bytes));
		zassert_equal(bytes, 5);
		zassert_equal(zsock_recv(sv[!i], buf, sizeof(buf), ZSOCK_MSG_PEEK), 5);
		zassert_equal(zsock_recv(sv[!i], buf, 2, 0), 2);
		zassert_mem_equal(buf, "he", 2);
		zassert_equal(zsock_recv(sv[!i], buf, sizeof(buf), 0), 3);
		zassert_mem_equal(buf, "llo", 3);
	}
	close_both(sv);
}

ZTEST(pair, test_read_and_write)
{
	char buf[4] = "";
	int sv[2];

	zassert_ok(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
	zassert_equal(write(sv[0], "abc", 4), 4);
	zassert_equal(read(sv[1], buf, sizeof(buf)), 4);
	zassert_str_equal(buf, "abc");
	zassert_ok(close(sv[0]));
	zassert_equal(read(sv[1], buf, sizeof(buf)), 0);
	zassert_ok(close(sv[1]));
	FAILS(read(sv[1], buf, 1), EBADF);
	FAILS(write(sv[1], buf, 1), EBADF);
}

ZTEST(pair, test_pieces)
{
	char one[3] = "", two[4] = "";
	struct iovec out[] = {{"ab", 2}, {"cdef", 4}}, in[] = {{one, 3}, {two, 4}};
	struct msghdr msg = {.msg_iov = out, .msg_iovlen = 2};
	int sv[2];

	make(sv);
	zassert_equal(zsock_sendmsg(sv[0], &msg, 0), 6);
	msg.msg_iov = in;
	zassert_equal(zsock_recvmsg(sv[1], &msg, 0), 6);
	zassert_mem_equal(one, "abc", 3);
	zassert_mem_equal(two, "def", 3);
	close_both(sv);
}

ZTEST(pair, test_not_waiting)
{
	static const char lot[ROOM + 1];
	char buf[ROOM + 1];
	int sv[2];

	make(sv);
	FAILS(zsock_recv(sv[0], buf, 1, ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_fcntl(sv[0], ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	zassert_equal(zsock_fcntl(sv[0], ZVFS_F_GETFL), ZVFS_O_NONBLOCK | ZVFS_O_RDWR);
	zassert_equal(zsock_fcntl(sv[1], ZVFS_F_GETFL), ZVFS_O_RDWR);
	FAILS(zsock_recv(sv[0], buf, 1, 0), EAGAIN);
	zassert_equal(zsock_send(sv[0], lot, sizeof(lot), 0), ROOM);
	FAILS(zsock_send(sv[0], lot, 1, 0), EAGAIN);
	zassert_equal(zsock_recv(sv[1], buf, sizeof(buf), 0), ROOM);
	zassert_equal(zsock_send(sv[0], lot, 1, 0), 1);
	close_both(sv);
}

static void send_one(int sock)
{
	zassert_equal(zsock_send(sock, "x", 1, 0), 1);
}

static void receive_one(int sock)
{
	char byte;

	zassert_equal(zsock_recv(sock, &byte, 1, 0), 1);
}

static void close_it(int fd)
{
	zassert_ok(zsock_close(fd));
}

ZTEST(pair, test_waiting)
{
	static const char lot[ROOM];
	char byte;
	int sv[2];

	make(sv);
	later(100, send_one, sv[0]);
	zassert_equal(zsock_recv(sv[1], &byte, 1, 0), 1);
	zassert_equal(zsock_send(sv[0], lot, ROOM, 0), ROOM);
	later(100, receive_one, sv[1]);
	zassert_equal(zsock_send(sv[0], lot, 2, 0), 1, "as much as there is room for");
	close_both(sv);
}

ZTEST(pair, test_closed_meanwhile)
{
	char byte;
	int sv[2];

	make(sv);
	later(100, close_it, sv[0]);
	zassert_equal(zsock_recv(sv[1], &byte, 1, 0), 0, "the other end");
	FAILS(zsock_send(sv[1], "x", 1, 0), EPIPE);
	zassert_ok(zsock_close(sv[1]));

	make(sv);
	later(100, close_it, sv[0]);
	FAILS(zsock_recv(sv[0], &byte, 1, 0), EBADF);
	zassert_ok(zsock_close(sv[1]));
	FAILS(zsock_close(sv[1]), EBADF);
}

ZTEST(pair, test_poll)
{
	static const char lot[ROOM];
	char byte;
	int sv[2];

	make(sv);
	POLLS(sv[0], ZSOCK_POLLOUT);
	send_one(sv[0]);
	POLLS(sv[1], ZSOCK_POLLIN | ZSOCK_POLLOUT);
	zassert_equal(zsock_send(sv[0], lot, ROOM, 0), ROOM - 1);
	POLLS(sv[0], 0);
	zassert_ok(zsock_close(sv[1]));
	POLLS(sv[0], ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	zassert_equal(zsock_recv(sv[0], &byte, 1, 0), 0);
	zassert_ok(zsock_close(sv[0]));
	POLLS(sv[0], ZSOCK_POLLNVAL);
}

ZTEST(pair, test_poll_waits)
{
	struct zsock_pollfd fd = {.events = ZSOCK_POLLIN};
	int64_t begin;
	int sv[2];

	make(sv);
	fd.fd = sv[1];
	begin = k_uptime_get();
	zassert_equal(zsock_poll(&fd, 1, 50), 0);
	zassert_equal(k_uptime_get() - begin, 50);
	later(100, send_one, sv[0]);
	zassert_equal(zsock_poll(&fd, 1, 1000), 1);
	zassert_equal(k_uptime_get() - begin, 150);
	zassert_equal(fd.revents, ZSOCK_POLLIN);
	close_both(sv);
}

ZTEST(pair, test_select)
{
	zsock_fd_set in, out;
	int sv[2];

	make(sv);
	later(100, send_one, sv[0]);
	ZSOCK_FD_ZERO(&in);
	ZSOCK_FD_SET(sv[1], &in);
	zassert_equal(zsock_select(sv[1] + 1, &in, NULL, NULL, NULL), 1);
	zassert_true(ZSOCK_FD_ISSET(sv[1], &in));
	ZSOCK_FD_SET(sv[0], &in);
	ZSOCK_FD_ZERO(&out);
	ZSOCK_FD_SET(sv[0], &out);
	zassert_equal(zsock_select(MAX(sv[0], sv[1]) + 1, &in, &out, NULL, NULL), 2);
	zassert_false(ZSOCK_FD_ISSET(sv[0], &in));
	zassert_true(ZSOCK_FD_ISSET(sv[0], &out));
	close_both(sv);
	FAILS(zsock_select(sv[0] + 1, NULL, &out, NULL, NULL), EBADF);
}

ZTEST(pair, test_half_closed)
{
	char byte;
	int sv[2];

	make(sv);
	send_one(sv[0]);
	zassert_ok(zsock_shutdown(sv[0], ZSOCK_SHUT_WR));
	FAILS(zsock_send(sv[0], "x", 1, 0), EPIPE);
	zassert_equal(zsock_recv(sv[1], &byte, 1, 0), 1);
	zassert_equal(zsock_recv(sv[1], &byte, 1, 0), 0);
	zassert_equal(zsock_send(sv[1], "x", 1, 0), 1);
	zassert_equal(zsock_recv(sv[0], &byte, 1, 0), 1);
	FAILS(zsock_shutdown(sv[0], 3), EINVAL);
	close_both(sv);
}

ZTEST(pair, test_what_a_pair_does_not_do)
{
	struct sockaddr_un name;
	socklen_t len = sizeof(name);
	int sv[2], value;
	char byte;

	make(sv);
	FAILS(zsock_bind(sv[0], (struct sockaddr *)&name, len), EISCONN);
	FAILS(zsock_connect(sv[0], (struct sockaddr *)&name, len), EISCONN);
	FAILS(zsock_listen(sv[0], 1), EINVAL);
	FAILS(zsock_accept(sv[0], NULL, NULL), EOPNOTSUPP);
	FAILS(zsock_sendto(sv[0], "x", 1, 0, (struct sockaddr *)&name, len), EISCONN);
	FAILS(zsock_send(sv[0], NULL, 1, 0), EFAULT);
	FAILS(zsock_recv(sv[0], NULL, 1, 0), EFAULT);
	FAILS(zsock_setsockopt(sv[0], SOL_SOCKET, SO_KEEPALIVE, &(int){1}, 4), ENOPROTOOPT);
	zassert_ok(zsock_getsockname(sv[0], (struct sockaddr *)&name, &len));
	zassert_equal(name.sun_family, AF_UNIX);
	len = sizeof(value);
	zassert_ok(zsock_getsockopt(sv[0], SOL_SOCKET, SO_DOMAIN, &value, &len));
	zassert_equal(value, AF_UNIX);
	send_one(sv[0]);
	len = sizeof(name);
	zassert_equal(zsock_recvfrom(sv[1], &byte, 1, 0, (struct sockaddr *)&name, &len), 1);
	zassert_equal(len, 0);
	close_both(sv);
}
