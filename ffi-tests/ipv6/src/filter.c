// SPDX-License-Identifier: Apache-2.0
/*
 * From whom sockets want what is sent to a group (RFC 3678).
 */

#include "link.h"

#include <string.h>

#include <zephyr/net/socket.h>

#define REPORT_V2 143

static const struct in6_addr group = {{{0xff, 0x05, [14] = 0x12, 0x34}}};
static const struct in6_addr sender = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 2}}};
static const struct in6_addr other = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 3}}};
static int fd;

static void before(void *fixture)
{
	link_fresh(fixture);
	fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(fd >= 0);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)zsock_close(fd);
}

ZTEST_SUITE(filter, NULL, NULL, before, after, NULL);

static void put(struct sockaddr_storage *to, const struct in6_addr *addr)
{
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6, .sin6_addr = *addr};

	memcpy(to, &sin6, sizeof(sin6));
}

/* Sets an option about one sender; returns 0 or errno. */
static int change(int option, const struct in6_addr *source)
{
	struct group_source_req request = {.gsr_interface = net_if_get_by_iface(link_iface())};

	put(&request.gsr_group, &group);
	put(&request.gsr_source, source);
	return zsock_setsockopt(fd, IPPROTO_IPV6, option, &request, sizeof(request)) == 0 ? 0
											  : errno;
}

/* Joins or leaves the group for all senders. */
static int whole(int option)
{
	struct group_req request = {.gr_interface = net_if_get_by_iface(link_iface())};

	put(&request.gr_group, &group);
	return zsock_setsockopt(fd, IPPROTO_IPV6, option, &request, sizeof(request)) == 0 ? 0
											  : errno;
}

ZTEST(filter, test_one_sender)
{
	const uint8_t *report = NULL;

	zassert_equal(change(MCAST_LEAVE_SOURCE_GROUP, &sender), EADDRNOTAVAIL);
	zassert_equal(change(MCAST_BLOCK_SOURCE, &sender), EINVAL);
	zassert_ok(change(MCAST_JOIN_SOURCE_GROUP, &sender));
	zassert_equal(change(MCAST_JOIN_SOURCE_GROUP, &sender), EADDRNOTAVAIL);
	zassert_equal(change(MCAST_JOIN_SOURCE_GROUP, &group), EINVAL);
	k_sleep(K_SECONDS(5));
	zassert_equal(link_sent(REPORT_V2, &report), 2);
	zassert_equal(report[8], 5, "allow new sources");
	zassert_equal(report[11], 1);
	zassert_mem_equal(&report[28], &sender, 16);
	zassert_ok(change(MCAST_LEAVE_SOURCE_GROUP, &sender));
	zassert_is_null(net_if_ipv6_maddr_lookup(&group, NULL));
}

ZTEST(filter, test_all_but_one_sender)
{
	const uint8_t *report = NULL;

	zassert_ok(whole(MCAST_JOIN_GROUP));
	zassert_equal(whole(MCAST_JOIN_GROUP), EADDRINUSE);
	zassert_equal(change(MCAST_JOIN_SOURCE_GROUP, &sender), EINVAL);
	zassert_ok(change(MCAST_BLOCK_SOURCE, &sender));
	zassert_ok(change(MCAST_BLOCK_SOURCE, &other));
	zassert_equal(change(MCAST_BLOCK_SOURCE, &group), EINVAL);
	zassert_ok(change(MCAST_UNBLOCK_SOURCE, &other));
	zassert_equal(change(MCAST_UNBLOCK_SOURCE, &other), EADDRNOTAVAIL);
	k_sleep(K_SECONDS(5));
	zassert_true(link_sent(REPORT_V2, &report) > 0);
	zassert_equal(report[8], 4, "changed to all but");
	zassert_mem_equal(&report[28], &sender, 16);
	zassert_ok(whole(MCAST_LEAVE_GROUP));
	zassert_equal(whole(MCAST_LEAVE_GROUP), EADDRNOTAVAIL);
}

ZTEST(filter, test_requests_that_can_not_be)
{
	struct group_source_req request = {.gsr_interface = 99};

	zassert_equal(zsock_setsockopt(fd, IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, &request, 3), -1);
	zassert_equal(errno, EINVAL);
	put(&request.gsr_group, &group);
	put(&request.gsr_source, &sender);
	zassert_equal(zsock_setsockopt(fd, IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, &request,
				       sizeof(request)),
		      -1);
	zassert_equal(errno, ENODEV);
	request.gsr_interface = 0;
	zassert_equal(zsock_setsockopt(fd, IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, &request,
				       sizeof(request)),
		      -1);
	zassert_equal(errno, EINVAL, "a group of the other family");
	request.gsr_source.ss_family = AF_UNSPEC;
	zassert_equal(zsock_setsockopt(fd, IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, &request,
				       sizeof(request)),
		      -1);
	zassert_equal(errno, EAFNOSUPPORT);
}
