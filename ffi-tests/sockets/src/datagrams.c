/* SPDX-License-Identifier: Apache-2.0 */
/* Datagram sockets: each call in each state. */

#include <string.h>

#include "common.h"

ZTEST_SUITE(datagrams, NULL, NULL, before, after, NULL);

#define NAME(_name) ((struct sockaddr *)&(_name)), sizeof(_name)

static const struct sockaddr_in there = {
	.sin_family = AF_INET, .sin_port = htons(PORT + 1), .sin_addr = INADDR_LOOPBACK_INIT};

static int datagram(void)
{
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

static int bound(const struct sockaddr_in *name)
{
	int sock = datagram();

	zassert_ok(zsock_bind(sock, (const struct sockaddr *)name, sizeof(*name)), "errno %d",
		   errno);
	return sock;
}

static int value_of(int sock, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, name, &value, &len), "errno %d", errno);
	return value;
}

ZTEST(datagrams, test_opening)
{
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	zassert_true(sock >= 0);
	zassert_equal(value_of(sock, SO_TYPE), SOCK_DGRAM);
	zassert_equal(value_of(sock, SO_PROTOCOL), IPPROTO_UDP);
	zassert_equal(value_of(sock, SO_DOMAIN), AF_INET);
	zassert_equal(value_of(sock, SO_ACCEPTCONN), 0);
	zassert_equal(value_of(sock, SO_ERROR), 0);
	zassert_ok(zsock_close(sock));
	FAILS(zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP), EPROTONOSUPPORT);
	FAILS(zsock_socket(AF_INET, 77, 0), EPROTOTYPE);
	FAILS(zsock_socket(AF_INET6, SOCK_DGRAM, 0), EAFNOSUPPORT);
	FAILS(zsock_socket(AF_CAN, SOCK_RAW, 1), EAFNOSUPPORT);
}

ZTEST(datagrams, test_fresh)
{
	int sock = datagram();
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	char text[4];
	int bytes = -1;

	FAILS(zsock_send(sock, "x", 1, 0), EDESTADDRREQ);
	FAILS(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	FAILS(zsock_getpeername(sock, (struct sockaddr *)&name, &len), ENOTCONN);
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, 0);
	zassert_equal(name.sin_addr.s_addr, 0);
	FAILS(zsock_shutdown(sock, ZSOCK_SHUT_RDWR), ENOTCONN);
	FAILS(zsock_listen(sock, 1), EOPNOTSUPP);
	FAILS(zsock_accept(sock, NULL, NULL), EOPNOTSUPP);
	POLLS(sock, ZSOCK_POLLOUT);
	zassert_ok(zsock_ioctl(sock, ZFD_IOCTL_FIONREAD, &bytes));
	zassert_equal(bytes, 0);
	zassert_ok(zsock_close(sock));
	FAILS(zsock_close(sock), EBADF);
	FAILS(zsock_sendto(sock, "x", 1, 0, NAME(here)), EBADF);
	FAILS(zsock_recv(sock, text, sizeof(text), 0), EBADF);
}

ZTEST(datagrams, test_binding)
{
	int sock = datagram(), other = datagram();
	struct sockaddr_in name = here;
	socklen_t len = sizeof(name);

	FAILS(zsock_bind(sock, (struct sockaddr *)&name, 4), EINVAL);
	FAILS(zsock_bind(sock, NULL, sizeof(name)), EFAULT);
	name.sin_addr.s_addr = htonl(0xcb007101);
	FAILS(zsock_bind(sock, NAME(name)), EADDRNOTAVAIL);
	name.sin_family = AF_INET6;
	FAILS(zsock_bind(sock, NAME(name)), EAFNOSUPPORT);
	zassert_ok(zsock_bind(sock, NAME(here)));
	FAILS(zsock_bind(sock, NAME(there)), EINVAL);
	FAILS(zsock_bind(other, NAME(here)), EADDRINUSE);
	name = here;
	name.sin_port = 0;
	zassert_ok(zsock_bind(other, NAME(name)));
	zassert_ok(zsock_getsockname(other, (struct sockaddr *)&name, &len));
	zassert_not_equal(name.sin_port, 0);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(other));
}

ZTEST(datagrams, test_messages_have_ends)
{
	int to = bound(&here), from = bound(&there), bytes;
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	char text[8];

	zassert_equal(zsock_sendto(from, "hello", 5, 0, NAME(here)), 5);
	zassert_equal(zsock_sendto(from, "", 0, 0, NAME(here)), 0);
	zassert_equal(zsock_sendto(from, "again", 5, 0, NAME(here)), 5);
	k_sleep(K_MSEC(1));
	POLLS(to, ZSOCK_POLLIN | ZSOCK_POLLOUT);
	zassert_ok(zsock_ioctl(to, ZFD_IOCTL_FIONREAD, &bytes));
	zassert_equal(bytes, 5);
	zassert_equal(zsock_recv(to, text, 2, ZSOCK_MSG_PEEK), 2);
	zassert_equal(zsock_recv(to, text, 2, ZSOCK_MSG_PEEK | ZSOCK_MSG_TRUNC), 5);
	zassert_equal(zsock_recvfrom(to, text, 2, 0, (struct sockaddr *)&name, &len), 2);
	zassert_equal(len, sizeof(name));
	zassert_mem_equal(&name.sin_addr, &there.sin_addr, sizeof(name.sin_addr));
	zassert_equal(name.sin_port, there.sin_port);
	/* What did not fit is lost; nothing is a message too. */
	zassert_equal(zsock_recv(to, text, sizeof(text), 0), 0);
	zassert_equal(zsock_recv(to, text, sizeof(text), 0), 5);
	zassert_mem_equal(text, "again", 5);
	zassert_ok(zsock_close(to));
	zassert_ok(zsock_close(from));
}

ZTEST(datagrams, test_what_cannot_be_sent)
{
	static char big[65536];
	int sock = datagram();
	struct sockaddr_in name = here;

	FAILS(zsock_sendto(sock, big, sizeof(big), 0, NAME(name)), EMSGSIZE);
	FAILS(zsock_sendto(sock, NULL, 5, 0, NAME(name)), EFAULT);
	FAILS(zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&name, 4), EINVAL);
	name.sin_port = 0;
	FAILS(zsock_sendto(sock, "x", 1, 0, NAME(name)), EINVAL);
	name = here;
	name.sin_family = AF_INET6;
	FAILS(zsock_sendto(sock, "x", 1, 0, NAME(name)), EAFNOSUPPORT);
	zassert_ok(zsock_close(sock));
}

ZTEST(datagrams, test_connected)
{
	int sock = bound(&here), peer = bound(&there), stranger = datagram();
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	char text[8];

	name = there;
	name.sin_port = 0;
	FAILS(zsock_connect(sock, NAME(name)), EADDRNOTAVAIL);
	zassert_ok(zsock_connect(sock, NAME(there)));
	zassert_ok(zsock_getpeername(sock, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, there.sin_port);
	zassert_equal(zsock_send(sock, "to", 2, 0), 2);
	zassert_equal(zsock_recv(peer, text, sizeof(text), 0), 2);
	/* From nobody else. */
	zassert_equal(zsock_sendto(stranger, "no", 2, 0, NAME(here)), 2);
	k_sleep(K_MSEC(1));
	FAILS(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	/* To somebody else, if it says so. */
	zassert_ok(zsock_connect(stranger, NAME(here)));
	zassert_equal(zsock_sendto(stranger, "x", 1, 0, NAME(there)), 1);
	zassert_equal(zsock_recv(peer, text, sizeof(text), 0), 1);
	/* Again, with another, and with nobody. */
	name = (struct sockaddr_in){.sin_family = AF_UNSPEC};
	zassert_ok(zsock_connect(sock, NAME(name)));
	FAILS(zsock_getpeername(sock, (struct sockaddr *)&name, &len), ENOTCONN);
	zassert_equal(zsock_send(stranger, "yes", 3, 0), 3);
	zassert_equal(zsock_recv(sock, text, sizeof(text), 0), 3);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(peer));
	zassert_ok(zsock_close(stranger));
}

/* A connected socket hears that nobody listens (RFC 1122, 4.1.3.3), once. */
ZTEST(datagrams, test_refused)
{
	int sock = datagram();
	char text[4];

	zassert_ok(zsock_connect(sock, NAME(there)));
	zassert_equal(zsock_send(sock, "x", 1, 0), 1);
	k_sleep(K_MSEC(1));
	POLLS(sock, ZSOCK_POLLOUT | ZSOCK_POLLERR);
	FAILS(zsock_recv(sock, text, sizeof(text), 0), ECONNREFUSED);
	FAILS(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_equal(zsock_send(sock, "x", 1, 0), 1);
	k_sleep(K_MSEC(1));
	zassert_equal(value_of(sock, SO_ERROR), ECONNREFUSED);
	zassert_equal(value_of(sock, SO_ERROR), 0);
	zassert_ok(zsock_close(sock));
}

ZTEST(datagrams, test_shut)
{
	int sock = bound(&here), peer = bound(&there);
	char text[4];

	zassert_ok(zsock_connect(sock, NAME(there)));
	FAILS(zsock_shutdown(sock, 7), EINVAL);
	zassert_ok(zsock_shutdown(sock, ZSOCK_SHUT_WR));
	FAILS(zsock_send(sock, "x", 1, 0), EPIPE);
	POLLS(sock, ZSOCK_POLLOUT);
	zassert_equal(zsock_sendto(peer, "in", 2, 0, NAME(here)), 2);
	zassert_equal(zsock_recv(sock, text, sizeof(text), 0), 2);
	zassert_ok(zsock_shutdown(sock, ZSOCK_SHUT_RD));
	zassert_equal(zsock_recv(sock, text, sizeof(text), 0), 0);
	POLLS(sock, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(peer));
}

/* What Zephyr has otherwise than Linux. */
ZTEST(datagrams, test_as_in_zephyr)
{
	int sock = bound(&here);
	const int large = UINT16_MAX + 1;
	const uint8_t byte = 1;
	struct linger linger = {.l_onoff = 1};
	struct msghdr nowhere = {0};
	socklen_t len = sizeof(int);
	char text[4];
	int value;

	FAILS(zsock_recvmsg(sock, NULL, 0), EINVAL);
	FAILS(zsock_recvmsg(sock, &nowhere, 0), ENOMEM);
	FAILS(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &large, sizeof(large)), EINVAL);
	FAILS(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, NULL, sizeof(large)), EINVAL);
	FAILS(zsock_setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &byte, sizeof(byte)), EINVAL);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_PRIORITY, &byte, sizeof(byte)));
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	zassert_ok(zsock_getsockopt(sock, IPPROTO_IP, IP_TTL, &value, &len));
	zassert_equal(value, CONFIG_NET_INITIAL_TTL);
	zassert_ok(zsock_getsockopt(sock, IPPROTO_IP, IP_MULTICAST_TTL, &value, &len));
	zassert_equal(value, CONFIG_NET_INITIAL_MCAST_TTL);
	zassert_ok(zsock_shutdown(sock, ZSOCK_SHUT_RD), "there need not be a peer");
	zassert_equal(zsock_recv(sock, text, sizeof(text), 0), 0);
	zassert_ok(zsock_close(sock));
}

static void close_it(int sock)
{
	zassert_ok(zsock_close(sock));
}

ZTEST(datagrams, test_closed_under_recv)
{
	int sock = bound(&here);
	char text[4];

	later(100, close_it, sock);
	FAILS(zsock_recv(sock, text, sizeof(text), 0), EINTR);
}

ZTEST(datagrams, test_waiting)
{
	int sock = bound(&here);
	struct timeval time = {.tv_usec = 20000};
	int64_t begin = k_uptime_get();
	char text[4];

	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)));
	FAILS(zsock_recv(sock, text, sizeof(text), 0), EAGAIN);
	zassert_between_inclusive(k_uptime_get() - begin, 20, 21);
	zassert_equal(zsock_fcntl(sock, ZVFS_F_SETFL, ZVFS_O_NONBLOCK), 0);
	zassert_true((zsock_fcntl(sock, ZVFS_F_GETFL, 0) & ZVFS_O_NONBLOCK) != 0);
	begin = k_uptime_get();
	FAILS(zsock_recv(sock, text, sizeof(text), 0), EAGAIN);
	zassert_equal(k_uptime_get(), begin);
	zassert_ok(zsock_close(sock));
}
