/* SPDX-License-Identifier: Apache-2.0 */
/* A socket that listens. */

#include "common.h"

ZTEST_SUITE(listening, NULL, NULL, before, after, NULL);

static char byte;

ZTEST(listening, test_what_it_does_not_do)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	int sock = listener(), bytes;

	zassert_equal(get_int(sock, SOL_SOCKET, SO_ACCEPTCONN), 1);
	FAILS(zsock_connect(sock, (const struct sockaddr *)&here, sizeof(here)), EOPNOTSUPP);
	FAILS(zsock_send(sock, &byte, 1, 0), ENOTCONN);
	FAILS(zsock_recv(sock, &byte, 1, 0), ENOTCONN);
	FAILS(zsock_getpeername(sock, (struct sockaddr *)&name, &len), ENOTCONN);
	FAILS(zsock_ioctl(sock, ZFD_IOCTL_FIONREAD, &bytes), EINVAL);
	POLLS(sock, 0);
	zassert_ok(zsock_listen(sock, 1));
	zassert_ok(zsock_close(sock));
}

ZTEST(listening, test_without_a_name_it_gets_one)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);
	int sock = stream(), client = stream(), server;

	zassert_ok(zsock_listen(sock, 1));
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_not_equal(name.sin_port, 0);
	name.sin_addr = here.sin_addr;
	zassert_ok(zsock_connect(client, (struct sockaddr *)&name, sizeof(name)));
	server = zsock_accept(sock, NULL, NULL);
	zassert_true(server >= 0);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(server));
}

ZTEST(listening, test_a_name_in_use)
{
	int first = listener(), second = stream();

	FAILS(zsock_bind(second, (const struct sockaddr *)&here, sizeof(here)), EADDRINUSE);
	zassert_ok(zsock_close(first));
	zassert_ok(zsock_close(second));
}

ZTEST(listening, test_accepting_in_vain)
{
	int64_t start = k_uptime_get();
	int sock = listener();

	set_time(sock, SO_RCVTIMEO, 200);
	FAILS(zsock_accept(sock, NULL, NULL), EAGAIN);
	zassert_within(k_uptime_get() - start, 200, 20);
	zassert_ok(zsock_fcntl(sock, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	FAILS(zsock_accept(sock, NULL, NULL), EAGAIN);
	zassert_ok(zsock_close(sock));
}

ZTEST(listening, test_accepting)
{
	struct sockaddr_in peer, name;
	socklen_t len = sizeof(peer);
	int sock = listener(), client = stream(), server;

	zassert_ok(zsock_connect(client, (const struct sockaddr *)&here, sizeof(here)));
	POLLS(sock, ZSOCK_POLLIN);
	zassert_ok(zsock_fcntl(sock, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	server = zsock_accept(sock, (struct sockaddr *)&peer, &len);
	zassert_true(server >= 0, "errno %d", errno);
	POLLS(sock, 0);
	zassert_equal(len, sizeof(peer));
	zassert_equal(peer.sin_family, AF_INET);

	/* The peer's name is the client's own, and the other way round. */
	zassert_ok(zsock_getsockname(client, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, peer.sin_port);
	zassert_equal(name.sin_addr.s_addr, peer.sin_addr.s_addr);
	zassert_ok(zsock_getpeername(server, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, peer.sin_port);
	zassert_ok(zsock_getsockname(server, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, here.sin_port);
	zassert_ok(zsock_getpeername(client, (struct sockaddr *)&name, &len));
	zassert_equal(name.sin_port, here.sin_port);

	/* Whether calls wait is not inherited. */
	zassert_equal(zsock_fcntl(server, ZVFS_F_GETFL) & ZVFS_O_NONBLOCK, 0);
	zassert_equal(get_int(server, SOL_SOCKET, SO_ACCEPTCONN), 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(sock));
}

static void connect_now(int sock)
{
	zassert_ok(zsock_connect(sock, (const struct sockaddr *)&here, sizeof(here)));
}

ZTEST(listening, test_accepting_waits)
{
	int64_t start = k_uptime_get();
	int sock = listener(), client = stream(), server;

	later(100, connect_now, client);
	server = zsock_accept(sock, NULL, NULL);
	zassert_true(server >= 0);
	zassert_within(k_uptime_get() - start, 100, 20);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(sock));
}

static void close_it(int sock)
{
	zassert_ok(zsock_close(sock));
}

ZTEST(listening, test_closed_under_accept)
{
	int sock = listener();

	later(100, close_it, sock);
	FAILS(zsock_accept(sock, NULL, NULL), EINTR);
}

ZTEST(listening, test_closed_with_connections_that_nobody_accepted)
{
	int sock = listener(), client = stream();

	zassert_ok(zsock_connect(client, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_close(sock));
	k_sleep(K_MSEC(100));
	FAILS(zsock_recv(client, &byte, 1, 0), ECONNRESET);
	zassert_ok(zsock_close(client));
}

ZTEST(listening, test_no_descriptor_left)
{
	int socks[CONFIG_ZVFS_OPEN_MAX], count = 0, sock = listener(), client = stream(), server;

	zassert_ok(zsock_connect(client, (const struct sockaddr *)&here, sizeof(here)));
	while (count < CONFIG_ZVFS_OPEN_MAX) {
		socks[count] = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		if (socks[count] < 0) {
			break;
		}
		count++;
	}
	FAILS(zsock_accept(sock, NULL, NULL), EMFILE);
	while (count > 0) {
		zassert_ok(zsock_close(socks[--count]));
	}
	/* The connection was not lost. */
	server = zsock_accept(sock, NULL, NULL);
	zassert_true(server >= 0, "errno %d", errno);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(sock));
}
