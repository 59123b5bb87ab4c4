/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a connection: by halves, at once, by force. */

#include "common.h"

static struct pair pair;
static char room[64];

static void connect_before(void *fixture)
{
	before(fixture);
	pair = connected();
}

static void close_after(void *fixture)
{
	close_pair(&pair);
	after(fixture);
}

ZTEST_SUITE(end, NULL, NULL, connect_before, close_after, NULL);

static void settle(void)
{
	k_sleep(K_MSEC(200));
}

static void close_one(int *sock)
{
	zassert_ok(zsock_close(*sock));
	*sock = -1;
}

ZTEST(end, test_the_peer_sends_no_more)
{
	zassert_equal(zsock_send(pair.client, "bye", 3, 0), 3);
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_WR));
	settle();
	POLLS(pair.server, ZSOCK_POLLIN | ZSOCK_POLLOUT);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 3);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 0);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 0);
	POLLS(pair.server, ZSOCK_POLLIN | ZSOCK_POLLOUT);

	/* The other half is open. */
	zassert_equal(zsock_send(pair.server, "answer", 6, 0), 6);
	zassert_equal(zsock_recv(pair.client, room, sizeof(room), 0), 6);
}

ZTEST(end, test_we_send_no_more)
{
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_WR));
	FAILS(zsock_send(pair.client, "x", 1, 0), EPIPE);
	FAILS(zsock_send(pair.client, "x", 1, ZSOCK_MSG_DONTWAIT), EPIPE);
	POLLS(pair.client, ZSOCK_POLLOUT);
	FAILS(zsock_recv(pair.client, room, 1, ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_WR));
}

ZTEST(end, test_we_receive_no_more)
{
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_RD));
	zassert_equal(zsock_recv(pair.client, room, 1, 0), 0);
	POLLS(pair.client, ZSOCK_POLLIN | ZSOCK_POLLOUT);
	zassert_equal(zsock_send(pair.client, "x", 1, 0), 1);
	zassert_equal(zsock_recv(pair.server, room, 1, 0), 1);
}

ZTEST(end, test_both_shut)
{
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_WR));
	zassert_ok(zsock_shutdown(pair.server, ZSOCK_SHUT_WR));
	settle();
	POLLS(pair.server, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	POLLS(pair.client, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	zassert_equal(zsock_recv(pair.server, room, 1, 0), 0);
	FAILS(zsock_send(pair.server, "x", 1, 0), EPIPE);
}

ZTEST(end, test_shut_wrongly)
{
	FAILS(zsock_shutdown(pair.client, 3), EINVAL);
	FAILS(zsock_shutdown(99, ZSOCK_SHUT_WR), EBADF);
}

ZTEST(end, test_the_peer_closed)
{
	zassert_equal(zsock_send(pair.client, "bye", 3, 0), 3);
	close_one(&pair.client);
	settle();
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 3);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 0);

	/* The first is sent and answered with a reset, which the second finds. */
	zassert_equal(zsock_send(pair.server, "x", 1, 0), 1);
	settle();
	FAILS(zsock_send(pair.server, "x", 1, 0), ECONNRESET);
	FAILS(zsock_send(pair.server, "x", 1, 0), EPIPE);
}

ZTEST(end, test_the_peer_closed_and_left_data_unread)
{
	zassert_equal(zsock_send(pair.server, "unread", 6, 0), 6);
	settle();
	close_one(&pair.client);
	settle();
	POLLS(pair.server, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLERR | ZSOCK_POLLHUP);
	FAILS(zsock_recv(pair.server, room, 1, 0), ECONNRESET);
	zassert_equal(zsock_recv(pair.server, room, 1, 0), 0);
	POLLS(pair.server, ZSOCK_POLLIN | ZSOCK_POLLOUT | ZSOCK_POLLHUP);
	FAILS(zsock_send(pair.server, "x", 1, 0), EPIPE);
}

ZTEST(end, test_reset_by_a_linger_of_nothing)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	zassert_ok(zsock_setsockopt(pair.client, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	close_one(&pair.client);
	settle();
	zassert_equal(error_of(pair.server), ECONNRESET);
	zassert_equal(error_of(pair.server), 0);
	zassert_equal(zsock_recv(pair.server, room, 1, 0), 0);
}

ZTEST(end, test_reset_while_waiting)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	zassert_ok(zsock_setsockopt(pair.client, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	later(100, (void (*)(int))zsock_close, pair.client);
	FAILS(zsock_recv(pair.server, room, 1, 0), ECONNRESET);
	pair.client = -1;
}

ZTEST(end, test_closing_waits_for_acknowledgements)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 3};
	int64_t start;

	zassert_ok(zsock_setsockopt(pair.client, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	lose_all(true);
	zassert_equal(zsock_send(pair.client, "x", 1, 0), 1);
	start = k_uptime_get();
	close_one(&pair.client);
	zassert_within(k_uptime_get() - start, 3000, 100);
	lose_all(false);

	/* It is sent all the same. */
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 1);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 0);
}

ZTEST(end, test_closing_does_not_wait_without_need)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 3};
	int64_t start = k_uptime_get();

	zassert_ok(zsock_setsockopt(pair.client, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	zassert_equal(zsock_send(pair.client, "x", 1, 0), 1);
	close_one(&pair.client);
	zassert_true(k_uptime_get() - start < 500);
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), 0), 1);
}

ZTEST(end, test_nobody_answers)
{
	int64_t start = k_uptime_get();

	set_int(pair.client, IPPROTO_TCP, TCP_USER_TIMEOUT, 5000);
	lose_all(true);
	zassert_equal(zsock_send(pair.client, "x", 1, 0), 1);
	FAILS(zsock_recv(pair.client, room, 1, 0), ETIMEDOUT);
	zassert_true(k_uptime_get() - start < 15000);
	close_one(&pair.client);
}

ZTEST(end, test_the_port_afterwards)
{
	int again = stream();

	close_one(&pair.server);
	close_one(&pair.client);
	close_one(&pair.listener);
	settle();
	set_int(again, SOL_SOCKET, SO_REUSEADDR, 1);
	zassert_ok(zsock_bind(again, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_close(again));
}
