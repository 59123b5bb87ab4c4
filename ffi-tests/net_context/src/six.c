/* SPDX-License-Identifier: Apache-2.0 */
/* The same over IPv6. */

#include "common.h"

#define PORT 4200

static const struct sockaddr_in6 here = {
	.sin6_family = AF_INET6,
	.sin6_port = htons(PORT),
	.sin6_addr = IN6ADDR_LOOPBACK_INIT,
};

ZTEST_SUITE(six, NULL, NULL, NULL, NULL, NULL);

static char text[16];
static size_t bytes;
static struct net_context *accepted_context;

static void received(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	if (pkt == NULL) {
		return;
	}
	zassert_equal(net_context_get_family(context), AF_INET6);
	if (net_context_get_type(context) == SOCK_DGRAM) {
		zassert_equal(ip->ipv6->vtc >> 4, 6);
		zassert_equal(ip->ipv6->nexthdr, IPPROTO_UDP);
		zassert_equal(ntohs(proto->udp->dst_port), PORT);
	}
	bytes = net_pkt_remaining_data(pkt);
	zassert_ok(net_pkt_read(pkt, text, MIN(bytes, sizeof(text))));
	net_pkt_unref(pkt);
}

ZTEST(six, test_datagrams)
{
	struct net_context *server, *client;

	zassert_ok(net_context_get(AF_INET6, SOCK_DGRAM, IPPROTO_UDP, &server));
	zassert_ok(net_context_get(AF_INET6, SOCK_DGRAM, IPPROTO_UDP, &client));
	zassert_ok(net_context_bind(server, (const struct sockaddr *)&here, sizeof(here)));
	zassert_true(net_context_port_in_use(IPPROTO_UDP, PORT, (const struct sockaddr *)&here));
	zassert_ok(net_context_recv(server, received, K_NO_WAIT, NULL));
	zassert_equal(net_context_sendto(client, "hello", 5, (const struct sockaddr *)&here,
					 sizeof(here), NULL, K_NO_WAIT, NULL),
		      5);
	k_sleep(K_MSEC(20));
	zassert_equal(bytes, 5);
	zassert_mem_equal(text, "hello", 5);
	zassert_ok(net_context_put(server));
	zassert_ok(net_context_put(client));
}

static void accepted(struct net_context *context, struct sockaddr *addr, socklen_t len, int status,
		     void *user_data)
{
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	zassert_equal(addr->sa_family, AF_INET6);
	zassert_equal(len, sizeof(struct sockaddr_in6));
	accepted_context = context;
	zassert_ok(net_context_recv(context, received, K_NO_WAIT, NULL));
}

ZTEST(six, test_streams)
{
	struct net_context *listener, *client;

	bytes = 0;
	zassert_ok(net_context_get(AF_INET6, SOCK_STREAM, IPPROTO_TCP, &listener));
	zassert_ok(net_context_get(AF_INET6, SOCK_STREAM, IPPROTO_TCP, &client));
	zassert_ok(net_context_bind(listener, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(net_context_listen(listener, 1));
	zassert_ok(net_context_accept(listener, accepted, K_NO_WAIT, NULL));
	zassert_ok(net_context_connect(client, (const struct sockaddr *)&here, sizeof(here), NULL,
				       K_SECONDS(1), NULL));
	zassert_equal(net_context_send(client, "hello", 5, NULL, K_NO_WAIT, NULL), 5);
	k_sleep(K_MSEC(50));
	zassert_not_null(accepted_context);
	zassert_equal(bytes, 5);
	zassert_mem_equal(text, "hello", 5);
	zassert_ok(net_context_put(client));
	zassert_ok(net_context_put(accepted_context));
	zassert_ok(net_context_put(listener));
}
