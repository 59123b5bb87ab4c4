/* SPDX-License-Identifier: Apache-2.0 */
/* Streams, in the names of POSIX. */
#include "common.h"

ZTEST_SUITE(tcp, NULL, NULL, NULL, NULL, NULL);

#define P 4343

static struct sockaddr *sa(void *p)
{
	return p;
}

struct conn {
	int l, c, s;
};

static struct conn made(int family)
{
	struct conn n;
	struct sockaddr_in at = v4_at(V4, P), from;
	struct sockaddr_in6 at6 = v6_at(V6, P), from6;
	socklen_t len = sizeof(from), len6 = sizeof(from6);

	n.l = family == AF_INET ? bound4(SOCK_STREAM, V4, P) : bound6(SOCK_STREAM, V6, P);
	OK(listen(n.l, 1));
	n.c = opened(family, SOCK_STREAM, IPPROTO_TCP);
	if (family == AF_INET) {
		OK(connect(n.c, sa(&at), sizeof(at)));
		n.s = accept(n.l, sa(&from), &len);
		zexpect_equal(len, sizeof(from));
		zexpect_equal(from.sin_family, AF_INET);
	} else {
		OK(connect(n.c, sa(&at6), sizeof(at6)));
		n.s = accept(n.l, sa(&from6), &len6);
		zexpect_equal(len6, sizeof(from6));
		zexpect_equal(from6.sin6_family, AF_INET6);
	}
	zassert_true(n.s >= 0, "%d", errno);
	return n;
}

static void done(struct conn n)
{
	OK(close(n.c));
	OK(close(n.s));
	OK(close(n.l));
	k_sleep(K_MSEC(100));
}

ZTEST(tcp, test_data)
{
	for (int f = 0; f < 2; f++) {
		struct conn n = made(f == 0 ? AF_INET : AF_INET6);
		char in[64];
		struct iovec iov[2] = {{"abc", 3}, {"defg", 4}};
		struct msghdr m = {.msg_iov = iov, .msg_iovlen = 2};
		struct sockaddr_in6 from;
		socklen_t len = sizeof(from);
		int v;

		IS(send(n.c, "hello", 5, 0), 5);
		IS(recv(n.s, in, 64, MSG_PEEK), 5);
		OK(ioctl(n.s, FIONREAD, &v));
		IS(v, 5);
		IS(recv(n.s, in, 2, MSG_PEEK), 2);
		IS(recvfrom(n.s, in, 2, 0, sa(&from), &len), 2);
		IS(recv(n.s, in, 64, 0), 3);
		FAILS(recv(n.s, in, 64, MSG_DONTWAIT), EAGAIN);
		IS(sendmsg(n.s, &m, 0), 7);
		IS(recv(n.c, in, 7, MSG_WAITALL), 7);
		zexpect_mem_equal(in, "abcdefg", 7);
		IS(sendto(n.s, "abc", 3, 0, sa(&from), sizeof(from)), 3);
		{
			struct iovec v2[2] = {{in, 1}, {in + 1, 8}};
			struct msghdr r = {.msg_iov = v2, .msg_iovlen = 2};

			IS(recvmsg(n.c, &r, 0), 3);
			zexpect_mem_equal(in, "abc", 3);
		}
		IS(write(n.c, "12", 2), 2);
		IS(read(n.s, in, 9), 2);
		/* WAITALL with time-out */
		IS(send(n.c, "12", 2, 0), 2);
		timeout(n.s, SO_RCVTIMEO, 100);
		IS(recv(n.s, in, 10, MSG_WAITALL), 2);
		FAILS(recv(n.s, in, 10, MSG_WAITALL), EAGAIN);
		IS(recv(n.s, in, 0, MSG_DONTWAIT), 0);
		done(n);
	}
}

ZTEST(tcp, test_peers)
{
	struct conn n = made(AF_INET);
	struct sockaddr_in a, b;
	socklen_t len = sizeof(a);

	OK(getsockname(n.c, sa(&a), &len));
	len = sizeof(b);
	OK(getpeername(n.s, sa(&b), &len));
	zexpect_mem_equal(&a.sin_addr, &b.sin_addr, 4);
	zexpect_equal(a.sin_port, b.sin_port);
	len = sizeof(b);
	OK(getpeername(n.c, sa(&b), &len));
	zexpect_equal(b.sin_port, htons(P));
	len = sizeof(b);
	FAILS(getpeername(n.l, sa(&b), &len), ENOTCONN);
	len = 2;
	OK(getsockname(n.l, sa(&b), &len));
	zexpect_equal(len, sizeof(b));
	FAILS(getsockname(n.l, NULL, &len), EFAULT);
	FAILS(getsockname(n.l, sa(&b), NULL), EFAULT);
	FAILS(getpeername(n.c, NULL, &len), EFAULT);
	done(n);
}

ZTEST(tcp, test_opts)
{
	struct conn n = made(AF_INET);
	socklen_t len;
	int v;

	IS(get_number(n.c, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	IS(get_number(n.s, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	IS(get_number(n.c, SOL_SOCKET, SO_PROTOCOL), IPPROTO_TCP);
	IS(get_number(n.c, SOL_SOCKET, SO_DOMAIN), AF_INET);
	IS(get_number(n.l, SOL_SOCKET, SO_ACCEPTCONN), 1);
	IS(get_number(n.c, SOL_SOCKET, SO_ACCEPTCONN), 0);
	IS(get_number(n.c, IPPROTO_TCP, TCP_NODELAY), 0);
	set_number(n.c, IPPROTO_TCP, TCP_NODELAY, 1);
	IS(get_number(n.c, IPPROTO_TCP, TCP_NODELAY), 1);
	set_number(n.c, IPPROTO_TCP, TCP_NODELAY, 0);
	IS(get_number(n.c, SOL_SOCKET, SO_KEEPALIVE), 0);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPIDLE), CONFIG_NET_TCP_KEEPIDLE_DEFAULT);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPINTVL), CONFIG_NET_TCP_KEEPINTVL_DEFAULT);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPCNT), CONFIG_NET_TCP_KEEPCNT_DEFAULT);
	set_number(n.c, SOL_SOCKET, SO_KEEPALIVE, 1);
	set_number(n.c, IPPROTO_TCP, TCP_KEEPIDLE, 123);
	set_number(n.c, IPPROTO_TCP, TCP_KEEPINTVL, 10);
	set_number(n.c, IPPROTO_TCP, TCP_KEEPCNT, 7);
	IS(get_number(n.c, SOL_SOCKET, SO_KEEPALIVE), 1);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPIDLE), 123);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPINTVL), 10);
	IS(get_number(n.c, IPPROTO_TCP, TCP_KEEPCNT), 7);
	v = 0;
	FAILS(setsockopt(n.c, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(n.c, IPPROTO_TCP, TCP_KEEPINTVL, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(n.c, IPPROTO_TCP, TCP_KEEPCNT, &v, sizeof(v)), EINVAL);
	v = INT32_MAX;
	FAILS(setsockopt(n.c, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof(v)), EINVAL);
	set_number(n.c, SOL_SOCKET, SO_RCVBUF, 4096);
	IS(get_number(n.c, SOL_SOCKET, SO_RCVBUF), 4096);
	set_number(n.c, SOL_SOCKET, SO_SNDBUF, 4096);
	IS(get_number(n.c, SOL_SOCKET, SO_SNDBUF), 4096);
	v = UINT16_MAX + 1;
	FAILS(setsockopt(n.c, SOL_SOCKET, SO_RCVBUF, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(n.c, SOL_SOCKET, SO_SNDBUF, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(n.c, SOL_SOCKET, SO_RCVBUF, &v, 3), EINVAL);
	v = -1;
	FAILS(setsockopt(n.c, SOL_SOCKET, SO_RCVBUF, &v, sizeof(v)), EINVAL);
	FAILS(setsockopt(n.c, SOL_SOCKET, SO_SNDBUF, &v, sizeof(v)), EINVAL);
	len = sizeof(v);
	FAILS(getsockopt(n.c, IPPROTO_TCP, 77, &v, &len), ENOPROTOOPT);
	IS(get_number(n.c, SOL_SOCKET, SO_ERROR), 0);
	IS(get_number(n.c, IPPROTO_IP, IP_MTU), 1280);
	set_number(n.c, IPPROTO_IP, IP_TTL, 99);
	IS(get_number(n.c, IPPROTO_IP, IP_TTL), 99);
	set_number(n.c, IPPROTO_IP, IP_TOS, 0x28);
	IS(get_number(n.c, IPPROTO_IP, IP_TOS), 0x28);
	len = 3;
	FAILS(getsockopt(n.c, SOL_SOCKET, SO_TYPE, &v, &len), EINVAL);
	done(n);
}

ZTEST(tcp, test_refused_and_errors)
{
	struct sockaddr_in at = v4_at(V4, 9), far = v4_at("198.51.100.7", 9), any = v4_at("0.0.0.0", 0);
	int c = opened(AF_INET, SOCK_STREAM, 0);
	struct pollfd fd = {.fd = c, .events = POLLOUT};
	char b;

	FAILS(connect(c, sa(&at), sizeof(at)), ECONNREFUSED);
	OK(close(c));
	c = opened(AF_INET, SOCK_STREAM, 0);
	OK(fcntl(c, F_SETFL, O_NONBLOCK));
	FAILS(connect(c, sa(&at), sizeof(at)), EINPROGRESS);
	fd.fd = c;
	IS(poll(&fd, 1, 1000), 1);
	zexpect_true(fd.revents & POLLERR, "%x", fd.revents);
	zexpect_true(fd.revents & POLLOUT, "%x", fd.revents);
	IS(get_number(c, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	IS(get_number(c, SOL_SOCKET, SO_ERROR), 0);
	OK(close(c));

	c = opened(AF_INET, SOCK_STREAM, 0);
	FAILS(send(c, "x", 1, 0), ENOTCONN);
	FAILS(recv(c, &b, 1, 0), ENOTCONN);
	FAILS(accept(c, NULL, NULL), EINVAL);
	FAILS(connect(c, sa(&at), 2), EINVAL);
	FAILS(connect(c, NULL, 0), EFAULT);
	FAILS(connect(c, sa(&any), sizeof(any)), EADDRNOTAVAIL);
	FAILS(bind(c, NULL, 0), EFAULT);
	FAILS(bind(c, sa(&far), sizeof(far)), EADDRNOTAVAIL);
	FAILS(listen(-1, 1), EBADF);
	FAILS(accept(-1, NULL, NULL), EBADF);
	FAILS(shutdown(-1, SHUT_RD), EBADF);
	FAILS(connect(-1, sa(&at), sizeof(at)), EBADF);
	FAILS(shutdown(c, 5), EINVAL);
	OK(close(c));
}

ZTEST(tcp, test_timed_out)
{
	struct sockaddr_in at = v4_at(V4, P);
	int l = bound4(SOCK_STREAM, V4, P), c = opened(AF_INET, SOCK_STREAM, 0);

	OK(listen(l, 1));
	loopback_set_packet_drop_ratio(1.0f);
	FAILS(connect(c, sa(&at), sizeof(at)), ETIMEDOUT);
	loopback_set_packet_drop_ratio(0.0f);
	OK(close(c));
	OK(close(l));
}

ZTEST(tcp, test_shutdown_and_eof)
{
	struct conn n = made(AF_INET);
	char in[8];
	struct pollfd fd = {.fd = n.s, .events = POLLIN | POLLOUT};

	OK(shutdown(n.c, SHUT_RD));
	IS(recv(n.c, in, 8, 0), 0);
	IS(send(n.c, "late", 4, 0), 4);
	OK(close(n.c));
	IS(recv(n.s, in, 8, 0), 4);
	IS(recv(n.s, in, 8, 0), 0);
	IS(recv(n.s, in, 8, 0), 0);
	IS(poll(&fd, 1, 0), 1);
	zexpect_true(fd.revents & POLLIN);
	OK(close(n.s));
	FAILS(recv(n.s, in, 8, 0), EBADF);
	FAILS(send(n.s, in, 8, 0), EBADF);
	OK(close(n.l));
	FAILS(close(n.l), EBADF);
	k_sleep(K_MSEC(100));
}

static int at_work;
static void shutter(struct k_work *w)
{
	ARG_UNUSED(w);
	OK(shutdown(at_work, SHUT_RD));
}
static void closer(struct k_work *w)
{
	ARG_UNUSED(w);
	OK(close(at_work));
}
static K_WORK_DELAYABLE_DEFINE(shut_later, shutter);
static K_WORK_DELAYABLE_DEFINE(close_later, closer);

ZTEST(tcp, test_while_waiting)
{
	struct conn n = made(AF_INET);
	char in[8];
	int u;

	at_work = n.c;
	k_work_schedule(&shut_later, K_MSEC(50));
	IS(recv(n.c, in, 8, 0), 0);
	at_work = n.s;
	k_work_schedule(&close_later, K_MSEC(50));
	FAILS(recv(n.s, in, 8, 0), EINTR);
	at_work = n.l;
	k_work_schedule(&close_later, K_MSEC(50));
	FAILS(accept(n.l, NULL, NULL), EINTR);
	OK(close(n.c));
	u = bound4(SOCK_DGRAM, V4, P);
	at_work = u;
	k_work_schedule(&shut_later, K_MSEC(50));
	IS(recv(u, in, 8, 0), 0);
	k_work_schedule(&close_later, K_MSEC(50));
	OK(close(bound4(SOCK_DGRAM, V4, P + 1)));
	k_sleep(K_MSEC(100));
	u = bound4(SOCK_STREAM, V4, P);
	OK(listen(u, 2));
	at_work = u;
	k_work_schedule(&shut_later, K_MSEC(50));
	zexpect_equal(accept(u, NULL, NULL), -1);
	OK(close(u));
	/* poll woken by close */
	u = bound4(SOCK_DGRAM, V4, P);
	at_work = u;
	k_work_schedule(&close_later, K_MSEC(50));
	{
		struct pollfd fd = {.fd = u, .events = POLLIN};

		IS(poll(&fd, 1, 500), 1);
		IS(fd.revents, POLLNVAL);
	}
}

ZTEST(tcp, test_nonblock)
{
	struct sockaddr_in at = v4_at(V4, P), from;
	socklen_t len = sizeof(from);
	int l = bound4(SOCK_STREAM, V4, P), c = opened(AF_INET, SOCK_STREAM, 0), s;
	struct pollfd fd[2] = {{.fd = l, .events = POLLIN}, {.fd = c, .events = POLLOUT}};
	static char much[8192];
	int total = 0, got;

	OK(listen(l, 1));
	OK(fcntl(l, F_SETFL, O_NONBLOCK));
	FAILS(accept(l, NULL, NULL), EAGAIN);
	IS(poll(fd, 1, 0), 0);
	OK(fcntl(c, F_SETFL, O_NONBLOCK));
	FAILS(connect(c, sa(&at), sizeof(at)), EINPROGRESS);
	IS(poll(&fd[1], 1, 1000), 1);
	IS(fd[1].revents, POLLOUT);
	IS(get_number(c, SOL_SOCKET, SO_ERROR), 0);
	FAILS(connect(c, sa(&at), sizeof(at)), EISCONN);
	IS(poll(fd, 2, 1000), 2);
	IS(fd[0].revents, POLLIN);
	s = accept(l, sa(&from), &len);
	zassert_true(s >= 0);
	zexpect_false(fcntl(s, F_GETFL, 0) & O_NONBLOCK);
	while ((got = send(c, much, sizeof(much), 0)) > 0) {
		total += got;
	}
	zexpect_equal(errno, EAGAIN);
	IS(poll(&fd[1], 1, 0), 0);
	OK(fcntl(c, F_SETFL, 0));
	timeout(c, SO_SNDTIMEO, 100);
	/* The window may have grown meanwhile. */
	while ((got = send(c, much, sizeof(much), 0)) > 0) {
		total += got;
	}
	zexpect_equal(errno, EAGAIN);
	while (total > 0 && (got = recv(s, much, sizeof(much), 0)) > 0) {
		total -= got;
	}
	zexpect_equal(total, 0);
	k_sleep(K_MSEC(300));
	IS(poll(&fd[1], 1, 0), 1);
	done((struct conn){l, c, s});
}

ZTEST(tcp, test_backlog)
{
	struct sockaddr_in at = v4_at(V4, P);
	int l = bound4(SOCK_STREAM, V4, P), c[4], s;

	OK(listen(l, 0));
	OK(listen(l, 1));
	for (int i = 0; i < 4; i++) {
		c[i] = opened(AF_INET, SOCK_STREAM, 0);
		OK(fcntl(c[i], F_SETFL, O_NONBLOCK));
		FAILS(connect(c[i], sa(&at), sizeof(at)), EINPROGRESS);
	}
	timeout(l, SO_RCVTIMEO, 200);
	for (int i = 0; i < 4; i++) {
		s = accept(l, NULL, NULL);
		zexpect_true(i > 0 || s >= 0, "the first is accepted");
		if (s >= 0) {
			OK(close(s));
		}
	}
	for (int i = 0; i < 4; i++) {
		OK(close(c[i]));
	}
	while ((s = accept(l, NULL, NULL)) >= 0) {
		OK(close(s));
	}
	OK(close(l));
	k_sleep(K_MSEC(5000));
}

ZTEST(tcp, test_reuse)
{
	static const struct {
		const char *one, *two;
		bool addr1, addr2, port1, port2, ok;
	} m[] = {
		{V4, V4, 0, 0, 0, 0, false},
		{"0.0.0.0", V4, 0, 0, 0, 0, false},
		{V4, "0.0.0.0", 0, 0, 0, 0, false},
		{"0.0.0.0", "0.0.0.0", 1, 1, 0, 0, false},
		{"0.0.0.0", V4, 0, 1, 0, 0, true},
		{"0.0.0.0", V4, 1, 0, 0, 0, false},
		{V4, "0.0.0.0", 0, 1, 0, 0, true},
		{V4, V4, 1, 1, 0, 0, false},
		{V4, V4, 0, 0, 1, 1, true},
		{V4, V4, 0, 0, 0, 1, false},
		{V4, V4, 0, 0, 1, 0, false},
		{"0.0.0.0", "0.0.0.0", 0, 0, 1, 1, true},
	};

	for (size_t i = 0; i < ARRAY_SIZE(m); i++) {
		int a = opened(AF_INET, SOCK_STREAM, 0), b = opened(AF_INET, SOCK_STREAM, 0);
		struct sockaddr_in x = v4_at(m[i].one, P), y = v4_at(m[i].two, P);
		int got;

		set_number(a, SOL_SOCKET, SO_REUSEADDR, m[i].addr1);
		set_number(b, SOL_SOCKET, SO_REUSEADDR, m[i].addr2);
		set_number(a, SOL_SOCKET, SO_REUSEPORT, m[i].port1);
		set_number(b, SOL_SOCKET, SO_REUSEPORT, m[i].port2);
		OK(bind(a, sa(&x), sizeof(x)));
		OK(listen(a, 1));
		got = bind(b, sa(&y), sizeof(y));
		zexpect_equal(got == 0, m[i].ok, "row %d: %d errno %d", (int)i, got, errno);
		OK(close(a));
		OK(close(b));
	}
}

ZTEST(tcp, test_unspec_disconnect_and_two_connects)
{
	struct conn n = made(AF_INET);
	struct sockaddr_in at = v4_at(V4, P);
	int second = opened(AF_INET, SOCK_STREAM, 0), s;

	OK(connect(second, sa(&at), sizeof(at)));
	s = accept(n.l, NULL, NULL);
	zexpect_true(s >= 0);
	IS(send(second, "2", 1, 0), 1);
	IS(send(n.c, "1", 1, 0), 1);
	{
		char b;

		IS(recv(s, &b, 1, 0), 1);
		IS(b, '2');
		IS(recv(n.s, &b, 1, 0), 1);
		IS(b, '1');
	}
	OK(close(n.l));
	n.l = second;
	/* The listener is gone, connections live on. */
	IS(send(n.c, "1", 1, 0), 1);
	OK(close(s));
	done(n);
}
