/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts come and go. */

#include "common.h"

ZTEST_SUITE(life, NULL, NULL, NULL, NULL, NULL);

ZTEST(life, test_what_there_is_not)
{
	struct net_context *context;

	zassert_equal(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL), -EINVAL);
	zassert_equal(net_context_get(AF_PACKET, SOCK_RAW, 0, &context), -EAFNOSUPPORT);
	zassert_equal(net_context_get(AF_INET, 9, IPPROTO_UDP, &context), -EPROTOTYPE);
	zassert_equal(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_TCP, &context),
		      -EPROTONOSUPPORT);
	zassert_equal(net_context_put(NULL), -EINVAL);
	zassert_equal(net_context_ref((struct net_context *)&context), -EINVAL);
}

ZTEST(life, test_what_a_new_one_is)
{
	struct net_context *context;

	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));
	zassert_true(net_context_is_used(context));
	zassert_equal(net_context_get_family(context), AF_INET);
	zassert_equal(net_context_get_type(context), SOCK_DGRAM);
	zassert_equal(net_context_get_proto(context), IPPROTO_UDP);
	zassert_equal(net_context_get_state(context), NET_CONTEXT_IDLE);
	zassert_false(net_context_is_bound_to_iface(context));
	zassert_ok(net_context_put(context));
	zassert_equal(net_context_put(context), -EBADF);
}

ZTEST(life, test_the_interface_of_an_address)
{
	struct sockaddr_in here = LOOPBACK_PORT(4444), any = {.sin_family = AF_INET};
	struct net_context *context;

	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));
	zassert_is_null(net_context_get_iface(context));
	zassert_ok(net_context_bind(context, (struct sockaddr *)&here, sizeof(here)));
	zassert_equal_ptr(net_context_get_iface(context),
			  net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY)));
	zassert_false(net_context_is_bound_to_iface(context));
	zassert_ok(net_context_put(context));

	zassert_ok(net_context_get(AF_INET, SOCK_STREAM, IPPROTO_TCP, &context));
	zassert_ok(net_context_bind(context, (struct sockaddr *)&any, sizeof(any)));
	zassert_equal_ptr(net_context_get_iface(context), net_if_get_default());
	zassert_ok(net_context_put(context));
}

ZTEST(life, test_references)
{
	struct net_context *context;

	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));
	zassert_equal(net_context_ref(context), 2);
	zassert_equal(net_context_unref(context), 1);
	zassert_equal(net_context_ref(context), 2);

	/* Closed, and still somebody's. */
	zassert_ok(net_context_put(context));
	zassert_true(net_context_is_used(context));
	zassert_equal(net_context_send(context, "x", 1, NULL, K_NO_WAIT, NULL), -EBADF);
	zassert_equal(net_context_unref(context), 0);
	zassert_equal(net_context_ref(context), -EBADF);
}

static void count(struct net_context *context, void *user_data)
{
	zassert_true(net_context_is_used(context));
	(*(int *)user_data)++;
}

ZTEST(life, test_as_many_as_there_are)
{
	struct net_context *contexts[CONFIG_NET_MAX_CONTEXTS], *more;
	int seen = 0;

	for (int i = 0; i < CONFIG_NET_MAX_CONTEXTS; i++) {
		zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &contexts[i]));
	}
	zassert_equal(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &more), -ENOENT);
	net_context_foreach(count, &seen);
	zassert_equal(seen, CONFIG_NET_MAX_CONTEXTS);
	for (int i = 0; i < CONFIG_NET_MAX_CONTEXTS; i++) {
		zassert_ok(net_context_put(contexts[i]));
	}
	seen = 0;
	net_context_foreach(count, &seen);
	zassert_equal(seen, 0);
}

ZTEST(life, test_options)
{
	struct net_context *context;
	k_timeout_t timeout = K_SECONDS(3), read_timeout;
	uint8_t priority = 5, read_priority = 0;
	int number = 1, read_number = 0;
	size_t len;

	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));

	zassert_ok(net_context_set_option(context, NET_OPT_PRIORITY, &priority, sizeof(priority)));
	len = sizeof(read_priority);
	zassert_ok(net_context_get_option(context, NET_OPT_PRIORITY, &read_priority, &len));
	zassert_equal(read_priority, 5);
	zassert_equal(len, 1);
	priority = 8;
	zassert_equal(net_context_set_option(context, NET_OPT_PRIORITY, &priority, 1), -EINVAL);

	zassert_ok(net_context_set_option(context, NET_OPT_RCVTIMEO, &timeout, sizeof(timeout)));
	len = sizeof(read_timeout);
	zassert_ok(net_context_get_option(context, NET_OPT_RCVTIMEO, &read_timeout, &len));
	zassert_equal(read_timeout.ticks, timeout.ticks);
	zassert_equal(len, sizeof(read_timeout));
	zassert_equal(net_context_set_option(context, NET_OPT_RCVTIMEO, &number, sizeof(number)),
		      -EINVAL);

	zassert_ok(net_context_set_option(context, NET_OPT_REUSEADDR, &number, sizeof(number)));
	len = sizeof(read_number);
	zassert_ok(net_context_get_option(context, NET_OPT_REUSEADDR, &read_number, &len));
	zassert_equal(read_number, 1);

	number = 12;
	zassert_ok(net_context_set_option(context, NET_OPT_TTL, &number, sizeof(number)));
	zassert_equal(net_context_get_ipv4_ttl(context), 12);

	len = sizeof(read_number);
	zassert_equal(net_context_get_option(context, NET_OPT_MTU, &read_number, &len), -ENOTCONN);
	zassert_equal(net_context_set_option(context, NET_OPT_SOCKS5, &number, sizeof(number)),
		      -ENOTSUP);
	zassert_ok(net_context_put(context));
}

/* Numbers of errors that sockets have otherwise. */
ZTEST(life, test_as_in_zephyr)
{
	struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_addr = {{{198, 51, 100, 9}}}};
	struct sockaddr_in6 nobody6 = {.sin6_family = AF_INET6,
				       .sin6_addr = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 9}}}};
	struct net_context *context;

	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));
	zassert_equal(net_context_bind(context, NULL, 0), -EINVAL);
	zassert_equal(net_context_connect(context, NULL, 0, NULL, K_NO_WAIT, NULL), -EINVAL);
	zassert_equal(net_context_bind(context, (struct sockaddr *)&nobody, sizeof(nobody)), -ENOENT);
	zassert_equal(net_context_bind(context, (struct sockaddr *)&nobody, 2), -EINVAL);
	zassert_equal(net_context_accept(context, NULL, K_NO_WAIT, NULL), -EINVAL);
	zassert_ok(net_context_put(context));

	zassert_ok(net_context_get(AF_INET6, SOCK_STREAM, IPPROTO_TCP, &context));
	zassert_equal(net_context_bind(context, (struct sockaddr *)&nobody6, sizeof(nobody6)),
		      -ENOENT);
	zassert_ok(net_context_put(context));
}
