/* SPDX-License-Identifier: Apache-2.0 */
/* Streams through callbacks, to ourselves. */

#include "common.h"

#define PORT 4100

static struct net_context *listener, *client, *server;

/* What a receive callback saw. */
struct seen {
	int packets;
	size_t bytes;
	int ends;
	int status;
	char text[64];
};

static struct seen at_server, at_client;
static int accepted_calls, connected_calls, connected_status, sent_status;

static void received(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	struct seen *seen = user_data;
	size_t len;

	zassert_is_null(ip);
	zassert_is_null(proto);
	ARG_UNUSED(context);
	if (pkt == NULL) {
		seen->ends++;
		seen->status = status;
		return;
	}
	len = net_pkt_remaining_data(pkt);
	zassert_true(len > 0);
	if (seen->bytes + len <= sizeof(seen->text)) {
		zassert_ok(net_pkt_read(pkt, seen->text + seen->bytes, len));
	}
	seen->bytes += len;
	seen->packets++;
	net_pkt_unref(pkt);
}

static void accepted(struct net_context *context, struct sockaddr *addr, socklen_t len, int status,
		     void *user_data)
{
	zassert_equal(status, 0);
	zassert_equal_ptr(user_data, &accepted_calls);
	zassert_equal(len, sizeof(struct sockaddr_in));
	zassert_equal(addr->sa_family, AF_INET);
	zassert_equal(net_context_get_type(context), SOCK_STREAM);
	accepted_calls++;
	server = context;
	zassert_ok(net_context_recv(context, received, K_NO_WAIT, &at_server));
}

static void connected(struct net_context *context, int status, void *user_data)
{
	zassert_equal_ptr(context, client);
	zassert_equal_ptr(user_data, &connected_status);
	connected_calls++;
	connected_status = status;
}

static void sent(struct net_context *context, int status, void *user_data)
{
	ARG_UNUSED(context);
	ARG_UNUSED(user_data);
	sent_status = status;
}

static void before(void *fixture)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	ARG_UNUSED(fixture);
	memset(&at_server, 0, sizeof(at_server));
	memset(&at_client, 0, sizeof(at_client));
	accepted_calls = connected_calls = sent_status = 0;
	connected_status = 1;
	server = NULL;
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &listener));
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &client));
	zassert_ok(net_context_bind(listener, (struct sockaddr *)&addr, sizeof(addr)));
}

static void put(struct net_context **context)
{
	if (*context != NULL) {
		zassert_ok(net_context_put(*context));
		*context = NULL;
	}
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	put(&client);
	put(&server);
	put(&listener);
	k_sleep(K_SECONDS(5));
}

ZTEST_SUITE(stream, NULL, NULL, before, after, NULL);

static void listen_at_port(void)
{
	zassert_ok(net_context_listen(listener, 2));
	zassert_equal(net_context_get_state(listener), NET_CONTEXT_LISTENING);
	zassert_ok(net_context_accept(listener, accepted, K_NO_WAIT, &accepted_calls));
}

static int connect_with(k_timeout_t timeout)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	return net_context_connect(client, (struct sockaddr *)&addr, sizeof(addr), connected,
				   timeout, &connected_status);
}

static void connect_both(void)
{
	listen_at_port();
	zassert_ok(connect_with(K_SECONDS(1)));
	k_sleep(K_MSEC(50));
	zassert_equal(accepted_calls, 1);
	zassert_not_null(server);
}

static void connect_soon(struct k_work *work)
{
	ARG_UNUSED(work);
	zassert_equal(connect_with(K_NO_WAIT), -EINPROGRESS);
}

static K_WORK_DELAYABLE_DEFINE(soon, connect_soon);

ZTEST(stream, test_who_waits_returns_after_the_callback)
{
	zassert_ok(net_context_listen(listener, 2));
	(void)k_work_schedule(&soon, K_MSEC(20));
	zassert_ok(net_context_accept(listener, accepted, K_FOREVER, &accepted_calls));
	zassert_equal(accepted_calls, 1);
	k_sleep(K_MSEC(50));
	put(&client);
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &client));
	put(&server);
	connected_calls = 0;
	zassert_ok(connect_with(K_FOREVER));
	zassert_equal(connected_calls, 1);
	k_sleep(K_MSEC(50));
}

ZTEST(stream, test_connecting_and_accepting)
{
	connect_both();
	zassert_equal(connected_calls, 1);
	zassert_equal(connected_status, 0);
	zassert_equal(net_context_get_state(client), NET_CONTEXT_CONNECTED);
	zassert_equal(net_context_get_state(server), NET_CONTEXT_CONNECTED);
}

ZTEST(stream, test_connecting_without_waiting)
{
	listen_at_port();
	zassert_equal(connect_with(K_NO_WAIT), -EINPROGRESS);
	k_sleep(K_MSEC(50));
	zassert_equal(connected_calls, 1);
	zassert_equal(connected_status, 0);
}

ZTEST(stream, test_refused)
{
	zassert_equal(connect_with(K_SECONDS(1)), -ECONNREFUSED);
	zassert_equal(connected_calls, 1);
	zassert_equal(connected_status, -ECONNREFUSED);
}

ZTEST(stream, test_data_both_ways)
{
	connect_both();
	zassert_ok(net_context_recv(client, received, K_NO_WAIT, &at_client));
	zassert_equal(net_context_send(client, "there", 5, sent, K_NO_WAIT, NULL), 5);
	zassert_equal(sent_status, 5);
	k_sleep(K_MSEC(50));
	zassert_equal(at_server.bytes, 5);
	zassert_mem_equal(at_server.text, "there", 5);
	zassert_equal(net_context_send(server, "back", 4, NULL, K_NO_WAIT, NULL), 4);
	k_sleep(K_MSEC(50));
	zassert_mem_equal(at_client.text, "back", 4);
}

ZTEST(stream, test_more_than_a_window)
{
	static char block[1000];
	size_t total = 0;

	connect_both();
	for (int i = 0; i < 100; i++) {
		int n = net_context_send(client, block, sizeof(block), NULL, K_SECONDS(1), NULL);

		zassert_true(n > 0, "%d", n);
		total += n;
	}
	k_sleep(K_SECONDS(1));
	zassert_equal(at_server.bytes, total);
}

ZTEST(stream, test_a_sender_waits_as_long_as_it_says)
{
	static char block[1000];
	int64_t start;
	int n;

	/* Nobody reads what the peer is sent. */
	zassert_ok(net_context_listen(listener, 2));
	zassert_ok(connect_with(K_SECONDS(1)));
	do {
		n = net_context_send(client, block, sizeof(block), NULL, K_NO_WAIT, NULL);
	} while (n == sizeof(block));
	start = k_uptime_get();
	do {
		n = net_context_send(client, block, sizeof(block), NULL, K_MSEC(300), NULL);
	} while (n > 0);
	zassert_equal(n, -EAGAIN);
	zassert_within(k_uptime_get() - start, 300, 200);
	start = k_uptime_get();
	zassert_equal(net_context_send(client, block, sizeof(block), NULL, K_NO_WAIT, NULL),
		      -EAGAIN);
	zassert_within(k_uptime_get() - start, 0, 10);
}

ZTEST(stream, test_what_came_before_the_callback)
{
	connect_both();
	zassert_equal(net_context_send(server, "early", 5, NULL, K_NO_WAIT, NULL), 5);
	k_sleep(K_MSEC(50));
	zassert_ok(net_context_recv(client, received, K_SECONDS(1), &at_client));
	zassert_equal(at_client.bytes, 5);
}

ZTEST(stream, test_the_peer_closes)
{
	connect_both();
	zassert_equal(net_context_send(client, "bye", 3, NULL, K_NO_WAIT, NULL), 3);
	put(&client);
	k_sleep(K_MSEC(100));
	zassert_equal(at_server.bytes, 3);
	zassert_equal(at_server.ends, 1);
	zassert_equal(at_server.status, 0);
}

ZTEST(stream, test_nobody_accepts_in_time)
{
	int64_t start = k_uptime_get();

	zassert_equal(net_context_accept(listener, accepted, K_NO_WAIT, NULL), -EINVAL);
	zassert_ok(net_context_listen(listener, 1));
	zassert_equal(net_context_accept(listener, accepted, K_MSEC(200), &accepted_calls),
		      -ETIMEDOUT);
	zassert_within(k_uptime_get() - start, 200, 20);
}

/* Closes the listener, has another one take its place, and takes its time. */
static void replacing(struct net_context *context, struct sockaddr *addr, socklen_t len, int status,
		      void *user_data)
{
	struct sockaddr_in other = LOOPBACK_PORT(PORT + 1);
	struct net_context *const old = listener;

	ARG_UNUSED(addr);
	ARG_UNUSED(len);
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	server = context;
	zassert_ok(net_context_put(listener));
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &listener));
	zassert_equal_ptr(listener, old, "its place was free");
	zassert_ok(net_context_bind(listener, (struct sockaddr *)&other, sizeof(other)));
	k_sleep(K_MSEC(100));
}

ZTEST(stream, test_who_waits_is_not_told_of_a_context_before)
{
	zassert_ok(net_context_listen(listener, 1));
	zassert_ok(net_context_accept(listener, replacing, K_NO_WAIT, NULL));
	zassert_equal(connect_with(K_NO_WAIT), -EINPROGRESS);
	k_sleep(K_MSEC(50));
	zassert_not_null(server);
	zassert_ok(net_context_listen(listener, 1));
	zassert_equal(net_context_accept(listener, accepted, K_MSEC(300), &accepted_calls),
		      -ETIMEDOUT);
}

static void close_soon(struct k_work *work)
{
	ARG_UNUSED(work);
	put(&listener);
}

static K_WORK_DELAYABLE_DEFINE(closing, close_soon);

ZTEST(stream, test_who_waits_does_not_outlive_the_context)
{
	struct net_context *const waits = listener;

	zassert_ok(net_context_listen(listener, 1));
	(void)k_work_schedule(&closing, K_MSEC(50));
	(void)net_context_accept(waits, accepted, K_FOREVER, &accepted_calls);
	zassert_is_null(listener);
	zassert_equal(accepted_calls, 0);
}

ZTEST(stream, test_a_window_that_the_application_keeps)
{
	connect_both();
	zassert_ok(net_context_update_recv_wnd(server, -500));
	zassert_equal(net_context_update_recv_wnd(server, 501), -EINVAL);
	zassert_ok(net_context_update_recv_wnd(server, 500));
}

ZTEST(stream, test_no_context_for_a_connection)
{
	struct net_context *others[CONFIG_NET_MAX_CONTEXTS];
	int count = 0;

	listen_at_port();
	while (count < CONFIG_NET_MAX_CONTEXTS &&
	       net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &others[count]) == 0) {
		count++;
	}
	(void)connect_with(K_MSEC(100));
	zassert_equal(accepted_calls, 0);
	while (count > 0) {
		zassert_ok(net_context_put(others[--count]));
	}
}
