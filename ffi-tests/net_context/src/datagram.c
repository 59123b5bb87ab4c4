/* SPDX-License-Identifier: Apache-2.0 */
/* Datagrams through callbacks, to ourselves. */

#include "common.h"

#include <zephyr/net/udp.h>

#define PORT 4000

static struct net_context *server, *client;

/* What the callback saw last. */
static struct {
	int calls;
	int status;
	size_t len;
	uint8_t ttl;
	uint16_t src_port, dst_port;
	char text[32];
	void *user_data;
} seen;

static void received(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	zassert_equal_ptr(context, server);
	seen.calls++;
	seen.status = status;
	seen.user_data = user_data;
	seen.len = net_pkt_remaining_data(pkt);
	seen.ttl = ip->ipv4->ttl;
	seen.src_port = ntohs(proto->udp->src_port);
	seen.dst_port = ntohs(proto->udp->dst_port);
	zassert_ok(net_pkt_read(pkt, seen.text, MIN(seen.len, sizeof(seen.text))));
	net_pkt_unref(pkt);
}

static int sent_status;

static void sent(struct net_context *context, int status, void *user_data)
{
	zassert_equal_ptr(context, client);
	zassert_equal_ptr(user_data, &sent_status);
	sent_status = status;
}

static void before(void *fixture)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	ARG_UNUSED(fixture);
	memset(&seen, 0, sizeof(seen));
	sent_status = 0;
	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &server));
	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &client));
	zassert_ok(net_context_bind(server, (struct sockaddr *)&addr, sizeof(addr)));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_ok(net_context_put(server));
	zassert_ok(net_context_put(client));
}

ZTEST_SUITE(datagram, NULL, NULL, before, after, NULL);

static int send_to_server(const char *text)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	return net_context_sendto(client, text, strlen(text), (struct sockaddr *)&addr,
				  sizeof(addr), sent, K_NO_WAIT, &sent_status);
}

ZTEST(datagram, test_the_callback_gets_it_with_its_headers)
{
	zassert_ok(net_context_recv(server, received, K_NO_WAIT, &seen));
	net_context_set_ipv4_ttl(client, 17);
	zassert_equal(send_to_server("hello"), 5);
	zassert_equal(sent_status, 5);
	k_sleep(K_MSEC(10));
	zassert_equal(seen.calls, 1);
	zassert_equal(seen.status, 0);
	zassert_equal_ptr(seen.user_data, &seen);
	zassert_equal(seen.len, 5);
	zassert_mem_equal(seen.text, "hello", 5);
	zassert_equal(seen.ttl, 17);
	zassert_equal(seen.dst_port, PORT);
	zassert_not_equal(seen.src_port, 0);
}

ZTEST(datagram, test_what_came_before_the_callback)
{
	zassert_equal(send_to_server("early"), 5);
	k_sleep(K_MSEC(10));
	zassert_ok(net_context_recv(server, received, K_NO_WAIT, NULL));
	zassert_equal(seen.calls, 1);
	zassert_mem_equal(seen.text, "early", 5);

	/* Without a callback it waits again. */
	zassert_ok(net_context_recv(server, NULL, K_NO_WAIT, NULL));
	zassert_equal(send_to_server("late"), 4);
	k_sleep(K_MSEC(10));
	zassert_equal(seen.calls, 1);
}

ZTEST(datagram, test_to_whom_it_is_connected)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	zassert_equal(net_context_send(client, "x", 1, NULL, K_NO_WAIT, NULL), -EDESTADDRREQ);
	zassert_ok(net_context_connect(client, (struct sockaddr *)&addr, sizeof(addr), NULL,
				       K_NO_WAIT, NULL));
	zassert_equal(net_context_get_state(client), NET_CONTEXT_CONNECTED);
	zassert_ok(net_context_recv(server, received, K_NO_WAIT, NULL));
	zassert_equal(net_context_send(client, "abc", 3, NULL, K_NO_WAIT, NULL), 3);
	k_sleep(K_MSEC(10));
	zassert_equal(seen.len, 3);
}

ZTEST(datagram, test_pieces)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);
	struct iovec pieces[] = {{"in ", 3}, {"", 0}, {"pieces", 6}};
	struct msghdr msg = {
		.msg_name = &addr,
		.msg_namelen = sizeof(addr),
		.msg_iov = pieces,
		.msg_iovlen = ARRAY_SIZE(pieces),
	};

	zassert_ok(net_context_recv(server, received, K_NO_WAIT, NULL));
	zassert_equal(net_context_sendmsg(client, &msg, 0, NULL, K_NO_WAIT, NULL), 9);
	k_sleep(K_MSEC(10));
	zassert_mem_equal(seen.text, "in pieces", 9);
}

static void send_soon(struct k_work *work)
{
	ARG_UNUSED(work);
	zassert_equal(send_to_server("soon"), 4);
}

ZTEST(datagram, test_waiting_for_the_first)
{
	static K_WORK_DELAYABLE_DEFINE(soon, send_soon);
	int64_t start = k_uptime_get();

	zassert_equal(net_context_recv(server, received, K_MSEC(300), NULL), -ETIMEDOUT);
	zassert_within(k_uptime_get() - start, 300, 20);

	(void)k_work_schedule(&soon, K_MSEC(100));
	start = k_uptime_get();
	zassert_ok(net_context_recv(server, received, K_MSEC(300), NULL));
	zassert_within(k_uptime_get() - start, 100, 20);
	zassert_equal(seen.calls, 1);
}

ZTEST(datagram, test_ports_in_use)
{
	struct sockaddr_in addr = LOOPBACK_PORT(PORT);

	zassert_true(net_context_port_in_use(IPPROTO_UDP, PORT, (struct sockaddr *)&addr));
	zassert_true(net_context_port_in_use(IPPROTO_UDP, PORT, NULL));
	zassert_false(net_context_port_in_use(IPPROTO_UDP, PORT + 1, (struct sockaddr *)&addr));
	zassert_false(net_context_port_in_use(IPPROTO_TCP, PORT, (struct sockaddr *)&addr));
	zassert_equal(net_context_bind(client, (struct sockaddr *)&addr, sizeof(addr)),
		      -EADDRINUSE);
}

ZTEST(datagram, test_only_streams_do_this)
{
	zassert_equal(net_context_listen(server, 1), -EOPNOTSUPP);
	zassert_equal(net_context_accept(server, NULL, K_NO_WAIT, NULL), -EINVAL);
	zassert_equal(net_context_update_recv_wnd(server, -1), -EPROTOTYPE);
}
