/* SPDX-License-Identifier: Apache-2.0 */
/* A socket that connects. */

#include "common.h"

ZTEST_SUITE(connecting, NULL, NULL, before, after, NULL);

static char byte;

static int connect_to_here(int sock)
{
	return zsock_connect(sock, (const struct sockaddr *)&here, sizeof(here));
}

/* A socket whose attempt is under way, because nothing arrives. */
static int attempt(void)
{
	int sock = stream();

	lose_all(true);
	zassert_ok(zsock_fcntl(sock, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	FAILS(connect_to_here(sock), EINPROGRESS);
	return sock;
}

ZTEST(connecting, test_while_it_is_under_way)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	int sock = attempt();

	FAILS(connect_to_here(sock), EALREADY);
	FAILS(zsock_send(sock, &byte, 1, 0), EAGAIN);
	FAILS(zsock_recv(sock, &byte, 1, 0), EAGAIN);
	FAILS(zsock_getpeername(sock, (struct sockaddr *)&name, &len), ENOTCONN);
	FAILS(zsock_listen(sock, 1), EINVAL);
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_not_equal(name.sin_port, 0);
	zassert_equal(error_of(sock), 0);
	POLLS(sock, 0);
	zassert_ok(zsock_close(sock));
}

ZTEST(connecting, test_success_makes_it_writable)
{
	int sock, server, first = listener();
	struct zsock_pollfd fd;

	sock = attempt();
	lose_all(false);
	fd = (struct zsock_pollfd){.fd = sock, .events = ALL_EVENTS};
	zassert_equal(zsock_poll(&fd, 1, 5000), 1);
	zassert_equal(fd.revents, ZSOCK_POLLOUT);
	zassert_equal(error_of(sock), 0);
	FAILS(connect_to_here(sock), EISCONN);
	server = zsock_accept(first, NULL, NULL);
	zassert_true(server >= 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(first));
}

ZTEST(connecting, test_refused)
{
	int sock = stream();

	FAILS(connect_to_here(sock), ECONNREFUSED);
	zassert_equal(error_of(sock), 0);
	zassert_ok(zsock_close(sock));
}

ZTEST(connecting, test_refused_later)
{
	int sock = attempt();
	struct zsock_pollfd fd = {.fd = sock, .events = ALL_EVENTS};

	lose_all(false);
	zassert_equal(zsock_poll(&fd, 1, 5000), 1);
	zassert_equal(fd.revents, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLERR | ZSOCK_POLLHUP);
	zassert_equal(error_of(sock), ECONNREFUSED);
	zassert_equal(error_of(sock), 0);
	POLLS(sock, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	FAILS(zsock_send(sock, &byte, 1, 0), ENOTCONN);
	zassert_ok(zsock_close(sock));
}

ZTEST(connecting, test_another_attempt_after_a_refusal)
{
	int sock = stream(), first, server;

	FAILS(connect_to_here(sock), ECONNREFUSED);
	first = listener();
	zassert_ok(connect_to_here(sock));
	server = zsock_accept(first, NULL, NULL);
	zassert_true(server >= 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(first));
}

ZTEST(connecting, test_the_time_kconfig_gives)
{
	int64_t start = k_uptime_get();
	int sock = stream();

	lose_all(true);
	FAILS(connect_to_here(sock), ETIMEDOUT);
	zassert_within(k_uptime_get() - start, CONFIG_NET_SOCKETS_CONNECT_TIMEOUT, 50);
	zassert_ok(zsock_close(sock));
}

ZTEST(connecting, test_the_time_the_socket_gives)
{
	int64_t start = k_uptime_get();
	int sock = stream(), first = listener(), server;

	set_time(sock, SO_SNDTIMEO, 500);
	lose_all(true);
	FAILS(connect_to_here(sock), EINPROGRESS);
	zassert_within(k_uptime_get() - start, 500, 50);
	lose_all(false);

	/* It goes on without us. */
	server = zsock_accept(first, NULL, NULL);
	zassert_true(server >= 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(first));
}

static void close_it(int sock)
{
	zassert_ok(zsock_close(sock));
}

ZTEST(connecting, test_closed_meanwhile)
{
	int sock = stream();

	lose_all(true);
	later(100, close_it, sock);
	FAILS(connect_to_here(sock), EINTR);
}

ZTEST(connecting, test_addresses_that_are_none)
{
	struct sockaddr_in name = here;
	int sock = stream();

	FAILS(zsock_connect(sock, (struct sockaddr *)&name, 4), EINVAL);
	name.sin_family = AF_INET6;
	FAILS(zsock_connect(sock, (struct sockaddr *)&name, sizeof(name)), EAFNOSUPPORT);
	name = here;
	name.sin_addr.s4_addr[0] = 224;
	FAILS(zsock_connect(sock, (struct sockaddr *)&name, sizeof(name)), ENETUNREACH);
	zassert_ok(zsock_close(sock));
}
