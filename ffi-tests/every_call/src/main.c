// SPDX-License-Identifier: Apache-2.0
/* The matrix: what each call answers on each kind of descriptor in each state. */

#include "kinds.h"

#define IN   ZSOCK_POLLIN
#define OUT  ZSOCK_POLLOUT
#define HUP  ZSOCK_POLLHUP
#define NVAL ZSOCK_POLLNVAL

static char text[64] = "text";

/* What a call answers: an errno value, or 0. */
static int done(long result)
{
	return result < 0 ? errno : 0;
}

static int call_bind(int fd, sa_family_t family)
{
	union address addr;
	const socklen_t len = here(family, &addr.any, 4002);

	return done(zsock_bind(fd, &addr.any, len));
}

static int call_connect(int fd, sa_family_t family)
{
	union address addr;
	const socklen_t len = here(family, &addr.any, 4001);

	return done(zsock_connect(fd, &addr.any, len));
}

static int call_listen(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_listen(fd, 1));
}

static int call_accept(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	(void)zsock_fcntl(fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK);
	return done(zsock_accept(fd, NULL, NULL));
}

static int call_send(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_send(fd, text, 30, ZSOCK_MSG_DONTWAIT));
}

static int call_sendto(int fd, sa_family_t family)
{
	union address addr;
	const socklen_t len = here(family, &addr.any, 4001);

	return done(zsock_sendto(fd, text, 30, ZSOCK_MSG_DONTWAIT, &addr.any, len));
}

static int call_sendmsg(int fd, sa_family_t family)
{
	struct iovec piece = {text, 30};
	const struct msghdr msg = {.msg_iov = &piece, .msg_iovlen = 1};

	ARG_UNUSED(family);
	return done(zsock_sendmsg(fd, &msg, ZSOCK_MSG_DONTWAIT));
}

static int call_recv(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_recv(fd, text, sizeof(text), ZSOCK_MSG_DONTWAIT));
}

static int call_recvmsg(int fd, sa_family_t family)
{
	struct iovec piece = {text, sizeof(text)};
	struct msghdr msg = {.msg_iov = &piece, .msg_iovlen = 1};

	ARG_UNUSED(family);
	return done(zsock_recvmsg(fd, &msg, ZSOCK_MSG_DONTWAIT));
}

static int call_shutdown(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_shutdown(fd, ZSOCK_SHUT_RDWR));
}

static int call_shutdown_how(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_shutdown(fd, 77));
}

static int call_getsockname(int fd, sa_family_t family)
{
	union address addr;
	socklen_t len = sizeof(addr);

	ARG_UNUSED(family);
	return done(zsock_getsockname(fd, &addr.any, &len));
}

static int call_getpeername(int fd, sa_family_t family)
{
	union address addr;
	socklen_t len = sizeof(addr);

	ARG_UNUSED(family);
	return done(zsock_getpeername(fd, &addr.any, &len));
}

static int call_type(int fd, sa_family_t family)
{
	int value;
	socklen_t len = sizeof(value);

	ARG_UNUSED(family);
	return done(zsock_getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len));
}

static int call_no_option(int fd, sa_family_t family)
{
	const int value = 1;

	ARG_UNUSED(family);
	return done(zsock_setsockopt(fd, SOL_SOCKET, 9999, &value, sizeof(value)));
}

static int call_fcntl(int fd, sa_family_t family)
{
	ARG_UNUSED(family);
	return done(zsock_fcntl(fd, ZVFS_F_GETFL, 0));
}

static int call_fionread(int fd, sa_family_t family)
{
	int bytes;

	ARG_UNUSED(family);
	return done(zsock_ioctl(fd, ZFD_IOCTL_FIONREAD, &bytes));
}

static int call_poll(int fd, sa_family_t family)
{
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN | ZSOCK_POLLOUT};

	ARG_UNUSED(family);
	zassert_true(zsock_poll(&poll, 1, 0) >= 0);
	return poll.revents;
}

ZTEST_SUITE(every_call, NULL, NULL, NULL, NULL, NULL);

/* Tries a call on all kinds; a cell of its own for each. */
static void on_all_kinds(const char *name, int (*call)(int fd, sa_family_t family),
			 const int answers[KINDS])
{
	for (int kind = 0; kind < KINDS; kind++) {
		struct cell cell = {-1, -1, -1};
		int answer;

		kinds[kind].make(&cell);
		answer = call(cell.fd, kinds[kind].family);
		zassert_equal(answer, answers[kind], "%s, %s: %d instead of %d", kinds[kind].name, name,
			      answer, answers[kind]);
		unmake(&cell);
	}
}

ZTEST(every_call, test_bind)
{
	const int answers[KINDS] = {
		[STREAM_BOUND] = EINVAL,
		[STREAM_LISTENING] = EINVAL,
		[STREAM_OPEN] = EINVAL,
		[STREAM_SHUT] = EINVAL,
		[STREAM_ENDED] = EINVAL,
		[DATAGRAM_BOUND] = EINVAL,
		[DATAGRAM_CONNECTED] = EINVAL,
		[DATAGRAM_SHUT] = EINVAL,
		[MGMT_BOUND] = EINVAL,
		[PAIR_OPEN] = EISCONN,
		[PAIR_SHUT] = EISCONN,
		[PAIR_ENDED] = EISCONN,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("bind", call_bind, answers);
}

ZTEST(every_call, test_connect)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ECONNREFUSED,
		[STREAM_BOUND] = ECONNREFUSED,
		[STREAM_LISTENING] = EOPNOTSUPP,
		[STREAM_OPEN] = EISCONN,
		[STREAM_SHUT] = EISCONN,
		[STREAM_ENDED] = EISCONN,
		[RAW_FRESH] = EOPNOTSUPP,
		[RAW_BOUND] = EOPNOTSUPP,
		[PACKET_FRESH] = EOPNOTSUPP,
		[PACKET_BOUND] = EOPNOTSUPP,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EISCONN,
		[PAIR_SHUT] = EISCONN,
		[PAIR_ENDED] = EISCONN,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("connect", call_connect, answers);
}

ZTEST(every_call, test_listen)
{
	const int answers[KINDS] = {
		[STREAM_OPEN] = EINVAL,
		[STREAM_SHUT] = EINVAL,
		[STREAM_ENDED] = EINVAL,
		[DATAGRAM_FRESH] = EOPNOTSUPP,
		[DATAGRAM_BOUND] = EOPNOTSUPP,
		[DATAGRAM_CONNECTED] = EOPNOTSUPP,
		[DATAGRAM_SHUT] = EOPNOTSUPP,
		[RAW_FRESH] = EOPNOTSUPP,
		[RAW_BOUND] = EOPNOTSUPP,
		[PACKET_FRESH] = EOPNOTSUPP,
		[PACKET_BOUND] = EOPNOTSUPP,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EINVAL,
		[PAIR_SHUT] = EINVAL,
		[PAIR_ENDED] = EINVAL,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("listen", call_listen, answers);
}

ZTEST(every_call, test_accept)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = EINVAL,
		[STREAM_BOUND] = EINVAL,
		[STREAM_LISTENING] = EAGAIN,
		[STREAM_OPEN] = EINVAL,
		[STREAM_SHUT] = EINVAL,
		[STREAM_ENDED] = EINVAL,
		[DATAGRAM_FRESH] = EOPNOTSUPP,
		[DATAGRAM_BOUND] = EOPNOTSUPP,
		[DATAGRAM_CONNECTED] = EOPNOTSUPP,
		[DATAGRAM_SHUT] = EOPNOTSUPP,
		[RAW_FRESH] = EOPNOTSUPP,
		[RAW_BOUND] = EOPNOTSUPP,
		[PACKET_FRESH] = EOPNOTSUPP,
		[PACKET_BOUND] = EOPNOTSUPP,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EOPNOTSUPP,
		[PAIR_SHUT] = EOPNOTSUPP,
		[PAIR_ENDED] = EOPNOTSUPP,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("accept", call_accept, answers);
}

ZTEST(every_call, test_send)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[STREAM_SHUT] = EPIPE,
		[DATAGRAM_FRESH] = EDESTADDRREQ,
		[DATAGRAM_BOUND] = EDESTADDRREQ,
		[DATAGRAM_SHUT] = EPIPE,
		[RAW_FRESH] = EINVAL,
		[RAW_BOUND] = EINVAL,
		[PACKET_FRESH] = EDESTADDRREQ,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_SHUT] = EPIPE,
		[PAIR_ENDED] = EPIPE,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("send", call_send, answers);
}

ZTEST(every_call, test_sendto)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[STREAM_SHUT] = EPIPE,
		[DATAGRAM_SHUT] = EPIPE,
		[RAW_FRESH] = EINVAL,
		[RAW_BOUND] = EINVAL,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EISCONN,
		[PAIR_SHUT] = EISCONN,
		[PAIR_ENDED] = EISCONN,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("sendto", call_sendto, answers);
}

ZTEST(every_call, test_sendmsg)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[STREAM_SHUT] = EPIPE,
		[DATAGRAM_FRESH] = EDESTADDRREQ,
		[DATAGRAM_BOUND] = EDESTADDRREQ,
		[DATAGRAM_SHUT] = EPIPE,
		[RAW_FRESH] = EINVAL,
		[RAW_BOUND] = EINVAL,
		[PACKET_FRESH] = EDESTADDRREQ,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_SHUT] = EPIPE,
		[PAIR_ENDED] = EPIPE,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("sendmsg", call_sendmsg, answers);
}

ZTEST(every_call, test_recv)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[STREAM_OPEN] = EAGAIN,
		[DATAGRAM_FRESH] = EAGAIN,
		[DATAGRAM_BOUND] = EAGAIN,
		[DATAGRAM_CONNECTED] = EAGAIN,
		[RAW_FRESH] = EAGAIN,
		[RAW_BOUND] = EAGAIN,
		[PACKET_FRESH] = EAGAIN,
		[PACKET_BOUND] = EAGAIN,
		[MGMT_FRESH] = EINVAL,
		[MGMT_BOUND] = EAGAIN,
		[PAIR_OPEN] = EAGAIN,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("recv", call_recv, answers);
}

ZTEST(every_call, test_recvmsg)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[STREAM_OPEN] = EAGAIN,
		[DATAGRAM_FRESH] = EAGAIN,
		[DATAGRAM_BOUND] = EAGAIN,
		[DATAGRAM_CONNECTED] = EAGAIN,
		[RAW_FRESH] = EAGAIN,
		[RAW_BOUND] = EAGAIN,
		[PACKET_FRESH] = EAGAIN,
		[PACKET_BOUND] = EAGAIN,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EAGAIN,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("recvmsg", call_recvmsg, answers);
}

ZTEST(every_call, test_shutdown)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[DATAGRAM_FRESH] = ENOTCONN,
		[DATAGRAM_BOUND] = ENOTCONN,
		[RAW_FRESH] = ENOTCONN,
		[RAW_BOUND] = ENOTCONN,
		[PACKET_FRESH] = ENOTCONN,
		[PACKET_BOUND] = ENOTCONN,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("shutdown", call_shutdown, answers);
}

ZTEST(every_call, test_shutdown_in_no_direction)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = EINVAL,
		[STREAM_BOUND] = EINVAL,
		[STREAM_LISTENING] = EINVAL,
		[STREAM_OPEN] = EINVAL,
		[STREAM_SHUT] = EINVAL,
		[STREAM_ENDED] = EINVAL,
		[DATAGRAM_FRESH] = EINVAL,
		[DATAGRAM_BOUND] = EINVAL,
		[DATAGRAM_CONNECTED] = EINVAL,
		[DATAGRAM_SHUT] = EINVAL,
		[RAW_FRESH] = EINVAL,
		[RAW_BOUND] = EINVAL,
		[PACKET_FRESH] = EINVAL,
		[PACKET_BOUND] = EINVAL,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[PAIR_OPEN] = EINVAL,
		[PAIR_SHUT] = EINVAL,
		[PAIR_ENDED] = EINVAL,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("shutdown, how", call_shutdown_how, answers);
}

ZTEST(every_call, test_getsockname)
{
	const int answers[KINDS] = {
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("getsockname", call_getsockname, answers);
}

ZTEST(every_call, test_getpeername)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOTCONN,
		[STREAM_BOUND] = ENOTCONN,
		[STREAM_LISTENING] = ENOTCONN,
		[DATAGRAM_FRESH] = ENOTCONN,
		[DATAGRAM_BOUND] = ENOTCONN,
		[RAW_FRESH] = ENOTCONN,
		[RAW_BOUND] = ENOTCONN,
		[PACKET_FRESH] = ENOTCONN,
		[PACKET_BOUND] = ENOTCONN,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("getpeername", call_getpeername, answers);
}

ZTEST(every_call, test_so_type)
{
	const int answers[KINDS] = {
		[MGMT_FRESH] = ENOPROTOOPT,
		[MGMT_BOUND] = ENOPROTOOPT,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("SO_TYPE", call_type, answers);
}

ZTEST(every_call, test_an_option_that_is_none)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = ENOPROTOOPT,
		[STREAM_BOUND] = ENOPROTOOPT,
		[STREAM_LISTENING] = ENOPROTOOPT,
		[STREAM_OPEN] = ENOPROTOOPT,
		[STREAM_SHUT] = ENOPROTOOPT,
		[STREAM_ENDED] = ENOPROTOOPT,
		[DATAGRAM_FRESH] = ENOPROTOOPT,
		[DATAGRAM_BOUND] = ENOPROTOOPT,
		[DATAGRAM_CONNECTED] = ENOPROTOOPT,
		[DATAGRAM_SHUT] = ENOPROTOOPT,
		[RAW_FRESH] = ENOPROTOOPT,
		[RAW_BOUND] = ENOPROTOOPT,
		[PACKET_FRESH] = ENOPROTOOPT,
		[PACKET_BOUND] = ENOPROTOOPT,
		[MGMT_FRESH] = ENOPROTOOPT,
		[MGMT_BOUND] = ENOPROTOOPT,
		[PAIR_OPEN] = ENOPROTOOPT,
		[PAIR_SHUT] = ENOPROTOOPT,
		[PAIR_ENDED] = ENOPROTOOPT,
		[COUNTER] = ENOTSOCK,
		[CLOSED] = EBADF,
	};

	on_all_kinds("no option", call_no_option, answers);
}

ZTEST(every_call, test_f_getfl)
{
	const int answers[KINDS] = {
		[CLOSED] = EBADF,
	};

	on_all_kinds("F_GETFL", call_fcntl, answers);
}

ZTEST(every_call, test_fionread)
{
	const int answers[KINDS] = {
		[STREAM_LISTENING] = EINVAL,
		[MGMT_FRESH] = EOPNOTSUPP,
		[MGMT_BOUND] = EOPNOTSUPP,
		[COUNTER] = EOPNOTSUPP,
		[CLOSED] = EBADF,
	};

	on_all_kinds("FIONREAD", call_fionread, answers);
}

ZTEST(every_call, test_poll)
{
	const int answers[KINDS] = {
		[STREAM_FRESH] = OUT | HUP,
		[STREAM_BOUND] = OUT | HUP,
		[STREAM_OPEN] = OUT,
		[STREAM_SHUT] = IN | OUT | HUP,
		[STREAM_ENDED] = IN | OUT,
		[DATAGRAM_FRESH] = OUT,
		[DATAGRAM_BOUND] = OUT,
		[DATAGRAM_CONNECTED] = OUT,
		[DATAGRAM_SHUT] = IN | OUT | HUP,
		[RAW_FRESH] = OUT,
		[RAW_BOUND] = OUT,
		[PACKET_FRESH] = OUT,
		[PACKET_BOUND] = OUT,
		[PAIR_OPEN] = OUT,
		[PAIR_SHUT] = IN | OUT,
		[PAIR_ENDED] = IN | OUT | HUP,
		[COUNTER] = OUT,
		[CLOSED] = NVAL,
	};

	on_all_kinds("poll", call_poll, answers);
}
