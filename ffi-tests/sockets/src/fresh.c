/* SPDX-License-Identifier: Apache-2.0 */
/* A socket that has done nothing yet, or only has a name. */

#include "common.h"

ZTEST_SUITE(fresh, NULL, NULL, before, after, NULL);

static char byte;

ZTEST(fresh, test_opening)
{
	int sock = zsock_socket(AF_INET, SOCK_STREAM, 0);

	zassert_true(sock >= 0);
	zassert_equal(get_int(sock, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	zassert_equal(get_int(sock, SOL_SOCKET, SO_PROTOCOL), IPPROTO_TCP);
	zassert_equal(get_int(sock, SOL_SOCKET, SO_DOMAIN), AF_INET);
	zassert_equal(get_int(sock, SOL_SOCKET, SO_ACCEPTCONN), 0);
	zassert_equal(error_of(sock), 0);
	zassert_ok(zsock_close(sock));
	FAILS(zsock_close(sock), EBADF);

	FAILS(zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	FAILS(zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP), EPROTONOSUPPORT);
}

ZTEST(fresh, test_what_needs_a_connection)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	int sock = stream(), bytes = -1;

	FAILS(zsock_send(sock, &byte, 1, 0), ENOTCONN);
	FAILS(zsock_recv(sock, &byte, 1, 0), ENOTCONN);
	FAILS(zsock_recv(sock, &byte, 1, ZSOCK_MSG_DONTWAIT), ENOTCONN);
	FAILS(zsock_shutdown(sock, ZSOCK_SHUT_WR), ENOTCONN);
	FAILS(zsock_getpeername(sock, (struct sockaddr *)&name, &len), ENOTCONN);
	FAILS(zsock_accept(sock, NULL, NULL), EINVAL);
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, 0);
	zassert_ok(zsock_ioctl(sock, ZFD_IOCTL_FIONREAD, &bytes));
	zassert_equal(bytes, 0);
	POLLS(sock, ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	zassert_ok(zsock_close(sock));
}

/* What ends the wait is told, or the caller would take it for the time being over. */
ZTEST(fresh, test_selecting_exceptions)
{
	int sock = stream();
	zsock_fd_set set;

	ZSOCK_FD_ZERO(&set);
	ZSOCK_FD_SET(sock, &set);
	zassert_equal(zsock_select(sock + 1, NULL, NULL, &set, NULL), 1);
	zassert_true(ZSOCK_FD_ISSET(sock, &set));
	zassert_ok(zsock_close(sock));
}

ZTEST(fresh, test_names)
{
	struct sockaddr_in name = here;
	socklen_t len = sizeof(name);
	int sock = stream(), other = stream();

	name.sin_addr.s4_addr[0] = 10;
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), EADDRNOTAVAIL);
	FAILS(zsock_bind(sock, (struct sockaddr *)&here, 4), EINVAL);
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	FAILS(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)), EINVAL);
	FAILS(zsock_bind(other, (const struct sockaddr *)&here, sizeof(here)), EADDRINUSE);
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, here.sin_port);
	zassert_equal(name.sin_addr.s_addr, here.sin_addr.s_addr);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_bind(other, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_close(other));
}

ZTEST(fresh, test_ports_of_streams_and_datagrams_are_apart)
{
	int sock = stream(), other = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_bind(other, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(other));
}
