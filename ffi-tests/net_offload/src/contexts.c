// SPDX-License-Identifier: Apache-2.0
/* Contexts of a device with its own IP stack. */

#include <string.h>

#include "device.h"

static struct in_use at_first;
static int token;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	device_reset();
	at_first = device_in_use();
}

static void count(struct net_context *context, void *user_data)
{
	ARG_UNUSED(context);
	(*(int *)user_data)++;
}

static int contexts_in_use(void)
{
	int found = 0;

	net_context_foreach(count, &found);
	return found;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	ASSERT_ALL_GIVEN_BACK(at_first);
	zassert_equal(contexts_in_use(), 0);
}

ZTEST_SUITE(contexts, NULL, NULL, before, after, NULL);

static struct net_context *open_context(enum net_sock_type type)
{
	struct net_context *context = NULL;

	zassert_ok(net_context_get(AF_INET, type, type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP,
				   &context));
	zassert_not_null(context);
	return context;
}

ZTEST(contexts, test_what_the_interface_is)
{
	zassert_true(net_if_is_ip_offloaded(device_iface()));
	zassert_true(net_if_is_offloaded(device_iface()));
	zassert_false(net_if_is_ip_offloaded(loopback_iface()));
	zassert_equal_ptr(net_if_offload(device_iface()), &device_functions);
	zassert_is_null(net_if_offload(loopback_iface()));
	zassert_true(net_if_is_up(device_iface()));
	zassert_equal(net_if_get_mtu(device_iface()), 1280);
}

ZTEST(contexts, test_get_and_put)
{
	struct net_context *context = open_context(SOCK_DGRAM);

	zassert_equal(heard.get, 1);
	zassert_equal(heard.family, AF_INET);
	zassert_equal(heard.type, SOCK_DGRAM);
	zassert_equal(heard.proto, IPPROTO_UDP);
	zassert_equal_ptr(heard.context, context);
	zassert_equal_ptr(net_context_get_iface(context), device_iface());
	zassert_false(net_context_is_bound_to_iface(context));
	zassert_equal_ptr(context->offload_context, &heard);

	zassert_ok(net_context_put(context));
	zassert_equal(heard.put, 1);
	zassert_equal_ptr(heard.context, context);
	zassert_equal(net_context_put(context), -EBADF);
	zassert_equal(heard.put, 1);
}

ZTEST(contexts, test_a_device_may_refuse)
{
	struct net_context *context = (struct net_context *)&token;

	conduct.status = -EPFNOSUPPORT;
	zassert_equal(net_context_get(AF_INET6, SOCK_STREAM, IPPROTO_TCP, &context), -EPFNOSUPPORT);
	zassert_equal(heard.family, AF_INET6);
	zassert_equal(heard.proto, IPPROTO_TCP);
	zassert_is_null(context);
	zassert_equal(heard.put, 0);
	zassert_equal(contexts_in_use(), 0);
}

ZTEST(contexts, test_references_when_a_device_leaves_them_alone)
{
	struct net_context *context = open_context(SOCK_STREAM);

	conduct.keeps_reference = true;
	zassert_equal(net_context_ref(context), 2);
	zassert_ok(net_context_put(context));
	zassert_equal(heard.put, 1);
	zassert_equal(contexts_in_use(), 1, "somebody has it still");
	zassert_equal(net_context_unref(context), 0);

	context = open_context(SOCK_STREAM);
	conduct.keeps_reference = false;
	zassert_equal(net_context_ref(context), 2);
	zassert_ok(net_context_put(context));
	zassert_equal(contexts_in_use(), 1, "here too");
	zassert_equal(net_context_unref(context), 0);
}

static struct net_context *shared;

static void share(struct k_work *work)
{
	ARG_UNUSED(work);
	(void)net_context_ref(shared);
}

static void forgo(struct k_work *work)
{
	ARG_UNUSED(work);
	(void)net_context_unref(shared);
}

static K_WORK_DEFINE(sharing, share);
static K_WORK_DEFINE(forgoing, forgo);

ZTEST(contexts, test_references_of_others_meanwhile)
{
	shared = open_context(SOCK_STREAM);
	conduct.meanwhile = &sharing;
	zassert_ok(net_context_put(shared));
	zassert_equal(contexts_in_use(), 1, "somebody has it still");
	zassert_equal(net_context_unref(shared), 0);

	conduct.keeps_reference = true;
	conduct.meanwhile = &forgoing;
	shared = open_context(SOCK_STREAM);
	zassert_equal(net_context_ref(shared), 2);
	zassert_ok(net_context_put(shared));
	zassert_equal(contexts_in_use(), 0, "nobody has it any more");
}

ZTEST(contexts, test_what_put_answers)
{
	struct net_context *context = open_context(SOCK_STREAM);

	conduct.status = -EIO;
	zassert_equal(net_context_put(context), -EIO);
	zassert_equal(contexts_in_use(), 0, "it is gone all the same");
}

ZTEST(contexts, test_bind)
{
	struct net_context *context = open_context(SOCK_DGRAM);
	struct sockaddr_in own = OWN_ADDRESS(4711), any = {.sin_family = AF_INET};

	zassert_ok(net_context_bind(context, (struct sockaddr *)&own, sizeof(own)));
	zassert_equal(heard.bind, 1);
	zassert_equal_ptr(heard.context, context);
	zassert_equal(heard.addrlen, sizeof(own));
	zassert_mem_equal(&heard.addr, &own, sizeof(own));
	zassert_ok(net_context_bind(context, (struct sockaddr *)&any, sizeof(any)));
	zassert_equal(heard.bind, 2);
	conduct.status = -EADDRINUSE;
	zassert_equal(net_context_bind(context, (struct sockaddr *)&own, sizeof(own)), -EADDRINUSE);
	conduct.status = 0;
	zassert_equal(net_context_bind(context, NULL, 0), -EINVAL);
	zassert_equal(net_context_bind(context, (struct sockaddr *)&own, 3), -EINVAL);
	zassert_equal(heard.bind, 3);
	zassert_ok(net_context_put(context));
}

static int connect_status;
static int connect_calls;

static void is_connected(struct net_context *context, int status, void *user_data)
{
	zassert_equal_ptr(context, heard.context);
	zassert_equal_ptr(user_data, &token);
	connect_status = status;
	connect_calls++;
}

ZTEST(contexts, test_connect)
{
	struct net_context *context = open_context(SOCK_STREAM);
	struct sockaddr_in peer = PEER_ADDRESS(80);
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};

	conduct.tells = true;
	connect_calls = 0;
	zassert_ok(net_context_connect(context, (struct sockaddr *)&peer, sizeof(peer),
				       is_connected, K_MSEC(250), &token));
	zassert_equal(heard.connect, 1);
	zassert_equal_ptr(heard.context, context);
	zassert_mem_equal(&heard.addr, &peer, sizeof(peer));
	zassert_equal(heard.timeout, 250);
	zassert_equal_ptr(heard.user_data, &token);
	zassert_equal(connect_calls, 1);
	zassert_ok(connect_status);
	zassert_equal_ptr(context->user_data, &token);
	zassert_true(context->flags & NET_CONTEXT_REMOTE_ADDR_SET);
	zassert_mem_equal(&context->remote, &peer, sizeof(peer));

	zassert_ok(net_context_connect(context, (struct sockaddr *)&peer, sizeof(peer), NULL,
				       K_FOREVER, NULL));
	zassert_equal(heard.timeout, -1);
	zassert_is_null(heard.connect_cb);
	zassert_ok(net_context_connect(context, (struct sockaddr *)&peer, sizeof(peer), NULL,
				       K_NO_WAIT, NULL));
	zassert_equal(heard.timeout, 0);

	conduct.status = -ECONNREFUSED;
	zassert_equal(net_context_connect(context, (struct sockaddr *)&peer, sizeof(peer),
					  is_connected, K_FOREVER, &token),
		      -ECONNREFUSED);
	zassert_equal(connect_status, -ECONNREFUSED);
	zassert_false(context->flags & NET_CONTEXT_REMOTE_ADDR_SET);
	zassert_equal(net_context_connect(context, (struct sockaddr *)&six, sizeof(six), NULL,
					  K_FOREVER, NULL),
		      -EINVAL, "of another family");
	zassert_equal(heard.connect, 4);
	conduct.status = 0;
	zassert_ok(net_context_put(context));
}

static struct net_context *new_context;

static void is_accepted(struct net_context *context, struct sockaddr *addr, socklen_t len,
			int status, void *user_data)
{
	zassert_equal_ptr(user_data, &token);
	zassert_ok(status);
	zassert_equal(len, sizeof(struct sockaddr_in));
	zassert_equal(addr->sa_family, AF_INET);
	new_context = context;
	/* A callback may call back. */
	zassert_equal(net_context_send(context, "hello", 5, NULL, K_NO_WAIT, NULL), 5);
}

ZTEST(contexts, test_listen_and_accept)
{
	struct net_context *context = open_context(SOCK_STREAM), *connection;
	struct sockaddr_in peer = PEER_ADDRESS(999);

	zassert_ok(net_context_listen(context, 3));
	zassert_equal(heard.listen, 1);
	zassert_equal(heard.backlog, 3);
	zassert_ok(net_context_accept(context, is_accepted, K_MSEC(40), &token));
	zassert_equal(heard.accept, 1);
	zassert_equal_ptr(heard.context, context);
	zassert_equal(heard.timeout, 40);

	/* The driver makes a context for the connection, and hands it over. */
	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &connection));
	heard.accept_cb(connection, (struct sockaddr *)&peer, sizeof(peer), 0, heard.user_data);
	zassert_equal_ptr(new_context, connection);
	zassert_equal(heard.send, 1);
	zassert_str_equal(heard.text, "hello");
	zassert_ok(net_context_put(connection));

	conduct.status = -ENOTSUP;
	zassert_equal(net_context_listen(context, 3), -ENOTSUP);
	zassert_equal(net_context_accept(context, is_accepted, K_FOREVER, NULL), -ENOTSUP);
	zassert_equal(heard.timeout, -1);
	conduct.status = 0;
	zassert_ok(net_context_put(context));
}

static int sent_status;

static void is_sent(struct net_context *context, int status, void *user_data)
{
	ARG_UNUSED(context);
	zassert_equal_ptr(user_data, &token);
	sent_status = status;
}

ZTEST(contexts, test_send)
{
	struct net_context *context = open_context(SOCK_STREAM);

	conduct.tells = true;
	zassert_equal(net_context_send(context, "to the modem", 12, is_sent, K_MSEC(7), &token), 12);
	zassert_equal(heard.send, 1);
	zassert_equal(heard.sendto, 0);
	zassert_equal(heard.len, 12);
	zassert_str_equal(heard.text, "to the modem");
	zassert_equal_ptr(heard.pkt_context, context);
	zassert_equal_ptr(heard.pkt_iface, device_iface());
	zassert_equal(heard.timeout, 7);
	zassert_equal(sent_status, 12);
	ASSERT_ALL_GIVEN_BACK(at_first);

	/* What the driver refuses is given back for it. */
	conduct.status = -EAGAIN;
	zassert_equal(net_context_send(context, "again", 5, is_sent, K_FOREVER, &token), -EAGAIN);
	zassert_equal(heard.timeout, -1);
	ASSERT_ALL_GIVEN_BACK(at_first);

	/* What it accepts is its own. */
	conduct.status = 0;
	conduct.holds = true;
	zassert_equal(net_context_send(context, "kept", 4, NULL, K_NO_WAIT, NULL), 4);
	zassert_not_null(conduct.held);
	net_pkt_unref(conduct.held);
	ASSERT_ALL_GIVEN_BACK(at_first);
	zassert_ok(net_context_put(context));
}

ZTEST(contexts, test_sendto_and_sendmsg)
{
	struct net_context *context = open_context(SOCK_DGRAM);
	struct sockaddr_in peer = PEER_ADDRESS(53);
	struct iovec parts[] = {{.iov_base = "two ", .iov_len = 4}, {.iov_base = "parts", .iov_len = 5}};
	struct msghdr msg = {.msg_name = &peer,
			     .msg_namelen = sizeof(peer),
			     .msg_iov = parts,
			     .msg_iovlen = ARRAY_SIZE(parts)};

	zassert_equal(net_context_sendto(context, "name?", 5, (struct sockaddr *)&peer,
					 sizeof(peer), NULL, K_NO_WAIT, &token),
		      5);
	zassert_equal(heard.sendto, 1);
	zassert_mem_equal(&heard.addr, &peer, sizeof(peer));
	zassert_equal(heard.timeout, 0);
	zassert_equal_ptr(heard.user_data, &token);
	zassert_equal(net_context_sendmsg(context, &msg, 0, NULL, K_NO_WAIT, NULL), 9);
	zassert_equal(heard.sendto, 2);
	zassert_str_equal(heard.text, "two parts");
	msg.msg_name = NULL;
	zassert_equal(net_context_sendmsg(context, &msg, 0, NULL, K_NO_WAIT, NULL), 9);
	zassert_equal(heard.send, 1);
	zassert_ok(net_context_put(context));
}

ZTEST(contexts, test_no_more_than_the_device_carries)
{
	static char much[2000];
	struct net_context *datagrams = open_context(SOCK_DGRAM), *stream = open_context(SOCK_STREAM);
	struct sockaddr_in peer = PEER_ADDRESS(53);
	int len;

	zassert_equal(net_context_sendto(datagrams, much, sizeof(much), (struct sockaddr *)&peer,
					 sizeof(peer), NULL, K_NO_WAIT, NULL),
		      -ENOMEM);
	zassert_equal(heard.sendto, 0);
	len = net_context_send(stream, much, sizeof(much), NULL, K_NO_WAIT, NULL);
	zassert_between_inclusive(len, 1000, 1280, "a part of a stream");
	zassert_equal(heard.len, len);
	zassert_ok(net_context_put(datagrams));
	zassert_ok(net_context_put(stream));
}

static char received_text[32];
static int received_status;

static void received(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	struct sockaddr_in peer = PEER_ADDRESS(53);

	ARG_UNUSED(ip);
	ARG_UNUSED(proto);
	zassert_equal_ptr(user_data, &token);
	received_status = status;
	if (pkt == NULL) {
		return;
	}
	zassert_equal_ptr(net_pkt_context(pkt), context);
	zassert_mem_equal(net_pkt_remote_address(pkt), &peer, sizeof(peer));
	memset(received_text, 0, sizeof(received_text));
	zassert_ok(net_pkt_read(pkt, received_text, net_pkt_remaining_data(pkt)));
	net_pkt_unref(pkt);
}

ZTEST(contexts, test_recv)
{
	struct net_context *context = open_context(SOCK_DGRAM);
	struct sockaddr_in peer = PEER_ADDRESS(53);

	zassert_ok(net_context_recv(context, received, K_MSEC(90), &token));
	zassert_equal(heard.recv, 1);
	zassert_equal_ptr(heard.context, context);
	zassert_equal(heard.timeout, 90);
	device_receives(context, heard.recv_cb, heard.user_data, "an answer", &peer);
	zassert_str_equal(received_text, "an answer");
	zassert_ok(net_context_update_recv_wnd(context, -100), "the device has its own");
	conduct.status = -ENETDOWN;
	zassert_equal(net_context_recv(context, received, K_NO_WAIT, &token), -ENETDOWN);
	conduct.status = 0;
	zassert_ok(net_context_put(context));
}

ZTEST(contexts, test_a_device_that_cannot_do_everything)
{
	struct net_context *context = open_context(SOCK_STREAM);
	struct net_offload all = device_functions;

	device_functions.listen = NULL;
	device_functions.accept = NULL;
	device_functions.send = NULL;
	zassert_equal(net_context_listen(context, 1), -EOPNOTSUPP);
	zassert_equal(net_context_accept(context, NULL, K_NO_WAIT, NULL), -EOPNOTSUPP);
	zassert_equal(net_context_send(context, "x", 1, NULL, K_NO_WAIT, NULL), -EOPNOTSUPP);
	device_functions = all;
	zassert_ok(net_context_put(context));
}

static int native_bytes;

static void native_received(struct net_context *context, struct net_pkt *pkt,
			    union net_ip_header *ip, union net_proto_header *proto, int status,
			    void *user_data)
{
	ARG_UNUSED(context);
	ARG_UNUSED(ip);
	ARG_UNUSED(proto);
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	native_bytes = (int)net_pkt_remaining_data(pkt);
	net_pkt_unref(pkt);
}

ZTEST(contexts, test_beside_those_of_the_library)
{
	struct net_context *context, *device_context;
	struct sockaddr_in here = LOOPBACK_PORT(4000), own = OWN_ADDRESS(4000);

	net_if_set_default(loopback_iface());
	context = open_context(SOCK_DGRAM);
	zassert_equal(heard.get, 0);
	zassert_ok(net_context_bind(context, (struct sockaddr *)&here, sizeof(here)));
	zassert_equal(heard.bind, 0);

	/* An address of the device's makes it a context of the device's. */
	device_context = open_context(SOCK_DGRAM);
	zassert_ok(net_context_bind(device_context, (struct sockaddr *)&own, sizeof(own)));
	zassert_equal(heard.get, 1);
	zassert_equal(heard.bind, 1);
	zassert_equal_ptr(heard.context, device_context);
	zassert_equal_ptr(net_context_get_iface(device_context), device_iface());

	zassert_ok(net_context_recv(context, native_received, K_NO_WAIT, NULL));
	zassert_equal(net_context_sendto(context, "123", 3, (struct sockaddr *)&here, sizeof(here),
					 NULL, K_NO_WAIT, NULL),
		      3);
	k_sleep(K_MSEC(10));
	zassert_equal(native_bytes, 3);
	zassert_equal(heard.sendto, 0);
	zassert_equal(heard.recv, 0);

	zassert_ok(net_context_put(context));
	zassert_equal(heard.put, 0);
	zassert_ok(net_context_put(device_context));
	zassert_equal(heard.put, 1);
}

ZTEST(contexts, test_from_the_device_to_the_library_and_back)
{
	struct net_context *context = open_context(SOCK_DGRAM);
	struct sockaddr_in here = LOOPBACK_PORT(4001);

	zassert_equal(heard.get, 1);
	zassert_ok(net_context_bind(context, (struct sockaddr *)&here, sizeof(here)));
	zassert_equal(heard.put, 1, "the device hears that it left");
	zassert_equal(heard.bind, 0);
	zassert_true(net_context_is_used(context));
	net_context_bind_iface(context, device_iface());
	zassert_equal(net_context_sendto(context, "back", 4, (struct sockaddr *)&here, sizeof(here),
					 NULL, K_NO_WAIT, NULL),
		      4);
	zassert_equal(heard.get, 2, "the device hears of it before anything else");
	zassert_equal(heard.sendto, 1);
	zassert_ok(net_context_put(context));
	zassert_equal(heard.put, 2);
}

NET_PKT_TX_SLAB_DEFINE(own_slab, 2);
NET_PKT_DATA_POOL_DEFINE(own_pool, 4);

static struct k_mem_slab *get_slab(void)
{
	return &own_slab;
}

static struct net_buf_pool *get_pool(void)
{
	return &own_pool;
}

ZTEST(contexts, test_memory_of_the_application)
{
	struct net_context *context = open_context(SOCK_STREAM);

	conduct.holds = true;
	net_context_setup_pools(context, get_slab, get_pool);
	zassert_equal(net_context_send(context, "mine", 4, NULL, K_NO_WAIT, NULL), 4);
	zassert_equal(k_mem_slab_num_used_get(&own_slab), 1);
	ASSERT_ALL_GIVEN_BACK(at_first);
	net_pkt_unref(conduct.held);
	zassert_equal(k_mem_slab_num_used_get(&own_slab), 0);
	zassert_equal(atomic_get(&own_pool.avail_count), 4);
	zassert_ok(net_context_put(context));
}

ZTEST(contexts, test_the_functions_by_hand)
{
	struct net_if *iface = device_iface();
	struct net_context *context = open_context(SOCK_STREAM);
	struct sockaddr_in peer = PEER_ADDRESS(7);
	struct net_pkt *pkt;

	zassert_ok(net_offload_get(iface, AF_INET, SOCK_STREAM, IPPROTO_TCP, &context));
	zassert_ok(net_offload_bind(iface, context, (struct sockaddr *)&peer, sizeof(peer)));
	zassert_ok(net_offload_listen(iface, context, 2));
	zassert_ok(net_offload_connect(iface, context, (struct sockaddr *)&peer, sizeof(peer), NULL,
				       K_SECONDS(2), NULL));
	zassert_equal(heard.timeout, 2000);
	zassert_ok(net_offload_accept(iface, context, NULL, K_FOREVER, NULL));
	zassert_equal(heard.timeout, -1);
	pkt = net_pkt_alloc_with_buffer(iface, 4, AF_INET, IPPROTO_TCP, K_NO_WAIT);
	zassert_ok(net_offload_send(iface, pkt, NULL, K_NO_WAIT, NULL));
	pkt = net_pkt_alloc_with_buffer(iface, 4, AF_INET, IPPROTO_TCP, K_NO_WAIT);
	zassert_ok(net_offload_sendto(iface, pkt, (struct sockaddr *)&peer, sizeof(peer), NULL,
				      K_NO_WAIT, NULL));
	zassert_ok(net_offload_recv(iface, context, NULL, K_MSEC(1), NULL));
	zassert_equal(heard.timeout, 1);
	zassert_equal(heard.get, 2);
	zassert_equal(heard.bind, 1);
	zassert_equal(heard.listen, 1);
	zassert_equal(heard.connect, 1);
	zassert_equal(heard.accept, 1);
	zassert_equal(heard.send, 1);
	zassert_equal(heard.sendto, 1);
	zassert_equal(heard.recv, 1);
	conduct.keeps_reference = true;
	zassert_ok(net_offload_put(iface, context));
	zassert_equal(heard.put, 1);
	zassert_ok(net_context_put(context));
}
