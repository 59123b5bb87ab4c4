/* SPDX-License-Identifier: Apache-2.0 */
/* Options of stream sockets. */

#include "common.h"

ZTEST_SUITE(options, NULL, NULL, before, after, NULL);

ZTEST(options, test_numbers)
{
	static const struct {
		int level, name, value;
	} cases[] = {
		{SOL_SOCKET, SO_REUSEADDR, 1},    {SOL_SOCKET, SO_KEEPALIVE, 1},
		{SOL_SOCKET, SO_RCVBUF, 4000},    {SOL_SOCKET, SO_SNDBUF, 4000},
		{IPPROTO_TCP, TCP_NODELAY, 1},    {IPPROTO_TCP, TCP_KEEPIDLE, 10},
		{IPPROTO_TCP, TCP_KEEPINTVL, 2},  {IPPROTO_TCP, TCP_KEEPCNT, 3},
		{IPPROTO_TCP, TCP_USER_TIMEOUT, 5000},
	};
	int sock = stream();

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		set_int(sock, cases[i].level, cases[i].name, cases[i].value);
		zassert_equal(get_int(sock, cases[i].level, cases[i].name), cases[i].value,
			      "option %d", cases[i].name);
	}
	zassert_ok(zsock_close(sock));
}

ZTEST(options, test_numbers_that_are_none)
{
	int sock = stream(), datagrams = zsock_socket(AF_INET, SOCK_DGRAM, 0), value = 0;
	short little = 1;

	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, &value, sizeof(value)), EINVAL);
	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, TCP_KEEPCNT, &value, sizeof(value)), EINVAL);
	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, TCP_MAXSEG, &value, sizeof(value)), EINVAL);
	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &little, sizeof(little)), EINVAL);
	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, 99, &value, sizeof(value)), ENOPROTOOPT);
	FAILS(zsock_setsockopt(datagrams, IPPROTO_TCP, TCP_NODELAY, &value, sizeof(value)),
	      ENOPROTOOPT);
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(datagrams));
}

ZTEST(options, test_linger)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 7}, read;
	socklen_t len = sizeof(read);
	int sock = stream();

	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_LINGER, &read, &len));
	zassert_equal(read.l_onoff, 0);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_LINGER, &read, &len));
	zassert_equal(len, sizeof(read));
	zassert_equal(read.l_onoff, 1);
	zassert_equal(read.l_linger, 7);
	FAILS(zsock_setsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, sizeof(int)), EINVAL);
	zassert_ok(zsock_close(sock));
}

ZTEST(options, test_congestion_control_by_name)
{
	char name[16];
	socklen_t len = sizeof(name);
	int sock = stream();

	zassert_ok(zsock_setsockopt(sock, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
	zassert_ok(zsock_getsockopt(sock, IPPROTO_TCP, TCP_CONGESTION, name, &len));
	zassert_equal(strcmp(name, "reno"), 0);
	FAILS(zsock_setsockopt(sock, IPPROTO_TCP, TCP_CONGESTION, "none", 4), ENOENT);
	zassert_ok(zsock_close(sock));
}

ZTEST(options, test_a_connection_inherits_them)
{
	int sock = stream(), client = stream(), server;

	set_int(sock, SOL_SOCKET, SO_REUSEADDR, 1);
	set_int(sock, SOL_SOCKET, SO_KEEPALIVE, 1);
	set_int(sock, SOL_SOCKET, SO_RCVBUF, 3000);
	set_int(sock, IPPROTO_TCP, TCP_NODELAY, 1);
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_listen(sock, 1));
	zassert_ok(zsock_connect(client, (const struct sockaddr *)&here, sizeof(here)));
	server = zsock_accept(sock, NULL, NULL);
	zassert_true(server >= 0);
	zassert_equal(get_int(server, SOL_SOCKET, SO_KEEPALIVE), 1);
	zassert_equal(get_int(server, SOL_SOCKET, SO_RCVBUF), 3000);
	zassert_equal(get_int(server, IPPROTO_TCP, TCP_NODELAY), 1);
	zassert_equal(get_int(client, IPPROTO_TCP, TCP_NODELAY), 0);
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(sock));
}

ZTEST(options, test_what_there_is_to_know)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);
	struct pair pair = connected();

	zassert_ok(zsock_getsockopt(pair.listener, IPPROTO_TCP, TCP_INFO, &info, &len));
	zassert_equal(info.tcpi_state, ZNET_TCP_LISTEN);
	zassert_equal(zsock_send(pair.client, "12345", 5, 0), 5);
	k_sleep(K_MSEC(300));
	zassert_ok(zsock_getsockopt(pair.server, IPPROTO_TCP, TCP_INFO, &info, &len));
	zassert_equal(len, sizeof(info));
	zassert_equal(info.tcpi_state, ZNET_TCP_ESTABLISHED);
	zassert_equal(info.tcpi_unread, 5);
	zassert_ok(zsock_getsockopt(pair.client, IPPROTO_TCP, TCP_INFO, &info, &len));
	zassert_equal(info.tcpi_unacked, 0);
	zassert_true(info.tcpi_snd_mss >= 536);
	zassert_true(info.tcpi_snd_wnd > 0);

	/* As much of it as there is room for. */
	len = 1;
	info.tcpi_retransmits = 0xa5;
	zassert_ok(zsock_getsockopt(pair.client, IPPROTO_TCP, TCP_INFO, &info, &len));
	zassert_equal(len, 1);
	zassert_equal(info.tcpi_retransmits, 0xa5);
	close_pair(&pair);
}

ZTEST(options, test_a_peer_that_is_gone_is_found_out)
{
	struct pair pair = connected();
	char byte;

	set_int(pair.client, SOL_SOCKET, SO_KEEPALIVE, 1);
	set_int(pair.client, IPPROTO_TCP, TCP_KEEPIDLE, 2);
	set_int(pair.client, IPPROTO_TCP, TCP_KEEPINTVL, 1);
	set_int(pair.client, IPPROTO_TCP, TCP_KEEPCNT, 3);
	lose_all(true);
	FAILS(zsock_recv(pair.client, &byte, 1, 0), ETIMEDOUT);
	lose_all(false);
	close_pair(&pair);
}
