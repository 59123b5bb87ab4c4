// SPDX-License-Identifier: Apache-2.0
/*
 * Temporary addresses, and which prefixes have them.
 */

#include "link.h"

#include <string.h>

#include <zephyr/net/socket.h>
#include <zephyr/sys/byteorder.h>

static struct in6_addr prefix = {{{0x20, 0x01, 0x0d, 0xb8, 0, 1}}};
static struct in6_addr other = {{{0x20, 0x01, 0x0d, 0xb8, 0, 2}}};
static struct in6_addr third = {{{0x20, 0x01, 0x0d, 0xb8, 0, 3}}};

static void before(void *fixture)
{
	(void)net_ipv6_pe_del_filter(&prefix);
	(void)net_ipv6_pe_del_filter(&other);
	link_fresh(fixture);
}

ZTEST_SUITE(pe, NULL, NULL, before, NULL, NULL);

static void advertise(const struct in6_addr *announced)
{
	/* Type, hop limit and lifetimes; then a prefix for addresses, valid for a day. */
	uint8_t message[16 + 32] = {134, [4] = 64, [7] = 100, [16] = 3, 4, 64, 0xc0};
	struct in6_addr all;

	sys_put_be32(86400, &message[20]);
	sys_put_be32(86400, &message[24]);
	memcpy(&message[32], announced, 16);
	net_ipv6_addr_create_ll_allnodes_mcast(&all);
	link_receive(&all, message, sizeof(message));
}

static void count_temporary(struct net_if *iface, struct net_if_addr *addr, void *user_data)
{
	ARG_UNUSED(iface);
	if (addr->is_temporary) {
		(*(int *)user_data)++;
	}
}

static int temporary(void)
{
	int count = 0;

	net_if_ipv6_addr_foreach(link_iface(), count_temporary, &count);
	return count;
}

ZTEST(pe, test_prefixes_bring_temporary_addresses)
{
	const struct in6_addr *public, *chosen;
	struct net_if *iface = NULL;

	advertise(&prefix);
	k_sleep(K_SECONDS(3));
	zassert_equal(temporary(), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_PREFIX_ADD), 1);
	chosen = net_if_ipv6_select_src_addr_hint(link_iface(), &prefix, IPV6_PREFER_SRC_TMP);
	zassert_true(net_if_ipv6_addr_lookup(chosen, &iface)->is_temporary);
	public = net_if_ipv6_select_src_addr_hint(link_iface(), &prefix, IPV6_PREFER_SRC_PUBLIC);
	zassert_false(net_if_ipv6_addr_lookup(public, &iface)->is_temporary);
}

ZTEST(pe, test_filters)
{
	zassert_ok(net_ipv6_pe_add_filter(&prefix, true));
	zassert_equal(net_ipv6_pe_add_filter(&prefix, true), -EALREADY);
	zassert_ok(net_ipv6_pe_add_filter(&other, true));
	zassert_equal(net_ipv6_pe_add_filter(&third, true), -ENOMEM);
	advertise(&prefix);
	zassert_equal(temporary(), 0);
	zassert_ok(net_ipv6_pe_del_filter(&prefix));
	zassert_equal(net_ipv6_pe_del_filter(&prefix), -ENOENT);
	zassert_equal(net_ipv6_pe_del_filter(NULL), -EINVAL);
	advertise(&prefix);
	zassert_equal(temporary(), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_PE_FILTER_ADD), 2);
	zassert_equal(link_heard(NET_EVENT_IPV6_PE_FILTER_DEL), 1);
}

ZTEST(pe, test_preferences_of_sockets)
{
	int fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	int both = IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC, value = IPV6_PREFER_SRC_PUBLIC;
	uint16_t narrow = IPV6_PREFER_SRC_TMP;
	socklen_t len = sizeof(value);

	zassert_true(fd >= 0);
	zassert_ok(zsock_setsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, &value,
				    sizeof(value)));
	zassert_equal(zsock_setsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, &both,
				       sizeof(both)),
		      -1);
	zassert_equal(errno, EINVAL);
	value = 0;
	zassert_ok(zsock_getsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, &value, &len));
	zassert_equal(value, IPV6_PREFER_SRC_PUBLIC);
	zassert_ok(zsock_setsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, &narrow,
				    sizeof(narrow)));
	narrow = 0;
	len = sizeof(narrow);
	zassert_ok(zsock_getsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, &narrow, &len));
	zassert_equal(narrow, IPV6_PREFER_SRC_TMP);
	zassert_ok(zsock_close(fd));
}
