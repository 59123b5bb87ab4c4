/* SPDX-License-Identifier: Apache-2.0 */
/* Data on an open connection. */

#include "common.h"

static struct pair pair;
static char room[4096];

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

ZTEST_SUITE(data, NULL, NULL, connect_before, close_after, NULL);

static void say(const char *text)
{
	zassert_equal(zsock_send(pair.client, text, strlen(text), 0), strlen(text));
}

static void hear(const char *text, int flags)
{
	zassert_equal(zsock_recv(pair.server, room, sizeof(room), flags), strlen(text));
	zassert_mem_equal(room, text, strlen(text));
}

static int unread(void)
{
	int bytes = -1;

	zassert_ok(zsock_ioctl(pair.server, ZFD_IOCTL_FIONREAD, &bytes));
	return bytes;
}

ZTEST(data, test_both_ways)
{
	say("there");
	hear("there", 0);
	zassert_equal(zsock_send(pair.server, "back", 4, 0), 4);
	zassert_equal(zsock_recv(pair.client, room, sizeof(room), 0), 4);
	zassert_mem_equal(room, "back", 4);
	FAILS(zsock_connect(pair.client, (const struct sockaddr *)&here, sizeof(here)), EISCONN);
	FAILS(zsock_listen(pair.client, 1), EINVAL);
	FAILS(zsock_accept(pair.client, NULL, NULL), EINVAL);
}

ZTEST(data, test_a_stream_has_no_messages)
{
	say("one");
	say("two");
	k_sleep(K_MSEC(100));
	zassert_equal(unread(), 6);
	zassert_equal(zsock_recv(pair.server, room, 2, 0), 2);
	zassert_equal(unread(), 4);
	hear("etwo", 0);
	zassert_equal(unread(), 0);
}

ZTEST(data, test_nothing_there)
{
	int64_t start = k_uptime_get();

	FAILS(zsock_recv(pair.server, room, 1, ZSOCK_MSG_DONTWAIT), EAGAIN);
	set_time(pair.server, SO_RCVTIMEO, 200);
	FAILS(zsock_recv(pair.server, room, 1, 0), EAGAIN);
	zassert_within(k_uptime_get() - start, 200, 20);
	zassert_ok(zsock_fcntl(pair.server, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	FAILS(zsock_recv(pair.server, room, 1, 0), EAGAIN);
	POLLS(pair.server, ZSOCK_POLLOUT);
}

ZTEST(data, test_peeking)
{
	say("peek");
	hear("peek", ZSOCK_MSG_PEEK);
	zassert_equal(unread(), 4);
	zassert_equal(zsock_recv(pair.server, room, 1, ZSOCK_MSG_PEEK), 1);
	zassert_equal(zsock_recv(pair.server, room, 1, 0), 1);
	hear("eek", ZSOCK_MSG_PEEK);
	hear("eek", 0);
	FAILS(zsock_recv(pair.server, room, 1, ZSOCK_MSG_PEEK | ZSOCK_MSG_DONTWAIT), EAGAIN);
}

static void say_more(int sock)
{
	zassert_equal(zsock_send(sock, "more", 4, 0), 4);
}

ZTEST(data, test_waiting_for_all)
{
	int64_t start = k_uptime_get();

	say("some");
	later(300, say_more, pair.client);
	zassert_equal(zsock_recv(pair.server, room, 8, ZSOCK_MSG_WAITALL), 8);
	zassert_mem_equal(room, "somemore", 8);
	zassert_within(k_uptime_get() - start, 300, 50);

	/* What there is when the time is over. */
	say("some");
	set_time(pair.server, SO_RCVTIMEO, 200);
	zassert_equal(zsock_recv(pair.server, room, 8, ZSOCK_MSG_WAITALL), 4);

	/* And at the end of the stream. */
	say("last");
	zassert_ok(zsock_shutdown(pair.client, ZSOCK_SHUT_WR));
	zassert_equal(zsock_recv(pair.server, room, 8, ZSOCK_MSG_WAITALL), 4);
	zassert_equal(zsock_recv(pair.server, room, 8, ZSOCK_MSG_WAITALL), 0);
}

ZTEST(data, test_dropping)
{
	memset(room, '-', sizeof(room));
	say("dropped and kept");
	k_sleep(K_MSEC(50));
	zassert_equal(zsock_recv(pair.server, room, 12, ZSOCK_MSG_TRUNC), 12);
	zassert_equal(room[0], '-');
	hear("kept", 0);
}

ZTEST(data, test_pieces)
{
	char first[3], second[10];
	struct iovec out[] = {{"in ", 3}, {"", 0}, {"pieces", 6}};
	struct iovec in[] = {{first, sizeof(first)}, {second, sizeof(second)}};
	struct msghdr msg = {.msg_iov = out, .msg_iovlen = ARRAY_SIZE(out)};

	zassert_equal(zsock_sendmsg(pair.client, &msg, 0), 9);
	k_sleep(K_MSEC(50));
	msg = (struct msghdr){.msg_iov = in, .msg_iovlen = ARRAY_SIZE(in)};
	zassert_equal(zsock_recvmsg(pair.server, &msg, 0), 9);
	zassert_mem_equal(first, "in ", 3);
	zassert_mem_equal(second, "pieces", 6);
	zassert_equal(msg.msg_namelen, 0);
	zassert_equal(msg.msg_controllen, 0);
	zassert_equal(msg.msg_flags, 0);
}

ZTEST(data, test_addresses_mean_nothing)
{
	struct sockaddr_in other = here;
	socklen_t len = sizeof(other);

	other.sin_port = htons(9);
	zassert_equal(zsock_sendto(pair.client, "x", 1, 0, (struct sockaddr *)&other, len), 1);
	zassert_equal(zsock_recvfrom(pair.server, room, 1, 0, (struct sockaddr *)&other, &len), 1);
	zassert_equal(len, 0);
}

ZTEST(data, test_nothing_to_send)
{
	zassert_equal(zsock_send(pair.client, NULL, 0, 0), 0);
	FAILS(zsock_send(pair.client, NULL, 1, 0), EFAULT);
	FAILS(zsock_recv(pair.server, NULL, 1, 0), EFAULT);
}

ZTEST(data, test_nothing_to_take)
{
	zassert_equal(zsock_recv(pair.server, room, 0, 0), 0);
	say("kept");
	k_sleep(K_MSEC(100));
	zassert_equal(zsock_recv(pair.server, room, 0, 0), 0);
	zassert_equal(zsock_recv(pair.server, room, 0, ZSOCK_MSG_DONTWAIT), 0);
	hear("kept", 0);
}

/* Sends until nothing fits any more; returns how much did. */
static int fill(int sock)
{
	int total = 0;

	while (true) {
		ssize_t sent = zsock_send(sock, room, sizeof(room), ZSOCK_MSG_DONTWAIT);

		if (sent < 0) {
			zassert_equal(errno, EAGAIN);
			return total;
		}
		total += sent;
		/* Acknowledgements may make room at once. */
		k_sleep(K_MSEC(1));
	}
}

static int drain(int sock)
{
	int total = 0;

	while (true) {
		ssize_t got;

		k_sleep(K_MSEC(300));
		got = zsock_recv(sock, room, sizeof(room), ZSOCK_MSG_DONTWAIT);
		if (got < 0) {
			zassert_equal(errno, EAGAIN);
		}
		if (got <= 0) {
			return total;
		}
		total += got;
	}
}

ZTEST(data, test_a_reader_that_does_not_read)
{
	int64_t start;
	int sent = fill(pair.client);

	zassert_true(sent > 2000, "%d bytes", sent);
	POLLS(pair.client, 0);
	start = k_uptime_get();
	set_time(pair.client, SO_SNDTIMEO, 500);
	FAILS(zsock_send(pair.client, room, sizeof(room), 0), EAGAIN);
	zassert_within(k_uptime_get() - start, 500, 50);
	zassert_equal(drain(pair.server), sent);
	POLLS(pair.client, ZSOCK_POLLOUT);
}

static void read_all(int sock)
{
	while (zsock_recv(sock, room, sizeof(room), ZSOCK_MSG_DONTWAIT) > 0) {
	}
}

ZTEST(data, test_sending_waits_for_room)
{
	struct zsock_pollfd fd = {.fd = pair.client, .events = ZSOCK_POLLOUT};

	(void)fill(pair.client);
	later(200, read_all, pair.server);
	zassert_equal(zsock_poll(&fd, 1, 5000), 1);
	zassert_equal(fd.revents, ZSOCK_POLLOUT);
	(void)drain(pair.server);
}

ZTEST(data, test_more_than_all_buffers_hold)
{
	static char much[20000];
	size_t got = 0;

	for (size_t i = 0; i < sizeof(much); i++) {
		much[i] = (char)(i * 31 >> 3);
	}
	zassert_ok(zsock_fcntl(pair.client, ZVFS_F_SETFL, ZVFS_O_NONBLOCK));
	for (size_t sent = 0; got < sizeof(much);) {
		ssize_t n = 0;

		if (sent < sizeof(much)) {
			n = zsock_send(pair.client, much + sent, sizeof(much) - sent, 0);
			sent += MAX(n, 0);
		}
		n = zsock_recv(pair.server, room, 1000, ZSOCK_MSG_DONTWAIT);
		if (n > 0) {
			zassert_mem_equal(room, much + got, n);
			got += n;
		} else {
			k_sleep(K_MSEC(10));
		}
	}
}

static void close_it(int sock)
{
	zassert_ok(zsock_close(sock));
}

ZTEST(data, test_closed_under_recv)
{
	later(100, close_it, pair.server);
	FAILS(zsock_recv(pair.server, room, 1, 0), EINTR);
	pair.server = -1;
}

ZTEST(data, test_closed_under_send)
{
	(void)fill(pair.client);
	later(100, close_it, pair.client);
	FAILS(zsock_send(pair.client, room, sizeof(room), 0), EINTR);
	pair.client = -1;
	(void)drain(pair.server);
}

ZTEST(data, test_closed_under_poll)
{
	struct zsock_pollfd fd = {.fd = pair.server, .events = ZSOCK_POLLIN};

	later(100, close_it, pair.server);
	zassert_equal(zsock_poll(&fd, 1, 5000), 1);
	zassert_equal(fd.revents, ZSOCK_POLLNVAL);
	pair.server = -1;
}
