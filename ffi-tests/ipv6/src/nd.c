// SPDX-License-Identifier: Apache-2.0
/*
 * Discovery by hand, and the addresses it forms.
 */

#include "link.h"

#include <string.h>

#include <zephyr/net/socket.h>

#define ROUTER_SOLICIT    133
#define NEIGHBOUR_SOLICIT 135

static struct in6_addr own = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_ipv6_addr_rm(link_iface(), &own);
}

ZTEST_SUITE(nd, NULL, NULL, link_fresh, after, NULL);

ZTEST(nd, test_addresses_are_asked_for_again)
{
	struct in6_addr *own_ll = net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED);

	zassert_not_null(own_ll);
	net_if_start_dad(link_iface());
	zassert_is_null(net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED));
	zassert_not_null(net_if_ipv6_get_ll(link_iface(), NET_ADDR_TENTATIVE));
	k_sleep(K_SECONDS(3));
	zassert_equal(link_sent(NEIGHBOUR_SOLICIT, NULL), 1);
	zassert_not_null(net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED));
	zassert_equal(link_heard(NET_EVENT_IPV6_DAD_SUCCEED), 1);
}

ZTEST(nd, test_an_address_that_is_taken_goes)
{
	zassert_not_null(net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0));
	k_sleep(K_SECONDS(3));
	net_if_ipv6_dad_failed(link_iface(), &own);
	net_if_ipv6_dad_failed(link_iface(), &own);
	zassert_is_null(net_if_ipv6_addr_lookup(&own, NULL));
	zassert_equal(link_heard(NET_EVENT_IPV6_DAD_FAILED), 1);
	zassert_equal(link_heard(NET_EVENT_IPV6_ADDR_DEL), 1);
}

ZTEST(nd, test_an_address_leaves_its_group_however_often_asked_for)
{
	struct in6_addr asked;

	net_ipv6_addr_create_solicited_node(&own, &asked);
	zassert_not_null(net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0));
	k_sleep(K_SECONDS(3));
	net_if_start_dad(link_iface());
	k_sleep(K_SECONDS(3));
	zassert_ok(net_if_down(link_iface()));
	k_sleep(K_SECONDS(1));
	zassert_ok(net_if_up(link_iface()));
	k_sleep(K_SECONDS(3));
	zassert_not_null(net_if_ipv6_maddr_lookup(&asked, NULL));
	zassert_true(net_if_ipv6_addr_rm(link_iface(), &own));
	zassert_is_null(net_if_ipv6_maddr_lookup(&asked, NULL));
}

ZTEST(nd, test_a_referenced_address_stays)
{
	struct net_if_addr *const addr =
		net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0);
	struct net_if_addr *left = NULL;

	zassert_not_null(addr);
	zassert_equal_ptr(net_if_addr_ref(link_iface(), AF_INET6, &own), addr);
	zassert_false(net_if_ipv6_addr_rm(link_iface(), &own), "still in use");
	zassert_false(net_if_ipv6_addr_rm(link_iface(), &own),
		      "not a second time on behalf of the other user");
	zassert_equal_ptr(net_if_ipv6_addr_lookup(&own, NULL), addr);
	zassert_equal_ptr(net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0), addr);
	zassert_equal(net_if_addr_unref(link_iface(), AF_INET6, &own, &left), 1);
	zassert_equal_ptr(left, addr);
	zassert_is_null(net_if_addr_ref(link_iface(), AF_INET, &own));
	zassert_is_null(net_if_addr_ref(link_iface(), AF_UNSPEC, &own));
	zassert_is_null(net_if_addr_ref(NULL, AF_INET6, &own));
	zassert_is_null(net_if_addr_ref(link_iface(), AF_INET6, NULL));
	zassert_true(net_if_ipv6_addr_rm(link_iface(), &own));
	zassert_is_null(net_if_ipv6_addr_lookup(&own, NULL));
	zassert_equal(link_heard(NET_EVENT_IPV6_ADDR_DEL), 1);
	zassert_equal(net_if_addr_unref(link_iface(), AF_INET6, &own, NULL), -EINVAL);
}

ZTEST(nd, test_the_last_reference_removes_an_address)
{
	zassert_not_null(net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_addr_ref(link_iface(), AF_INET6, &own));
	zassert_false(net_if_ipv6_addr_rm(link_iface(), &own));
	zassert_ok(net_if_addr_unref(link_iface(), AF_INET6, &own, NULL));
	zassert_is_null(net_if_ipv6_addr_lookup(&own, NULL));
}

ZTEST(nd, test_routers_are_asked_for)
{
	net_if_start_rs(link_iface());
	k_sleep(K_MSEC(1500));
	zassert_true(link_sent(ROUTER_SOLICIT, NULL) > 0);
	net_if_stop_rs(link_iface());
	memset(&wire, 0, sizeof(wire));
	k_sleep(K_SECONDS(10));
	zassert_equal(link_sent(ROUTER_SOLICIT, NULL), 0);
	net_if_start_rs(link_iface());
	k_sleep(K_SECONDS(10));
	zassert_equal(link_sent(ROUTER_SOLICIT, NULL), 3);
	net_if_start_rs(NULL);
	net_if_stop_rs(NULL);
}

ZTEST(nd, test_reachable_times_lie_around_their_average)
{
	struct net_if_ipv6 *block = link_iface()->config.ip.ipv6;

	net_if_ipv6_set_base_reachable_time(link_iface(), 10000);
	for (int i = 0; i < 50; i++) {
		uint32_t time = net_if_ipv6_calc_reachable_time(block);

		zassert_between_inclusive(time, 5000, 15000);
	}
	net_if_ipv6_set_reachable_time(block);
	zassert_between_inclusive(net_if_ipv6_get_reachable_time(link_iface()), 5000, 15000);
	net_if_ipv6_set_base_reachable_time(link_iface(), 30000);
}

ZTEST(nd, test_identifiers_from_link_addresses)
{
	struct net_linkaddr mac = {.len = 6, .type = NET_LINK_ETHERNET};
	struct in6_addr addr, expected;

	memcpy(mac.addr, link_mac, 6);
	net_ipv6_addr_create_iid(&addr, &mac);
	net_ipv6_addr_create(&expected, 0xfe80, 0, 0, 0, 0, 0xff, 0xfe00, 0x11);
	zassert_mem_equal(&addr, &expected, 16);
	zassert_true(net_ipv6_addr_based_on_ll(&addr, &mac));
	mac.len = 2;
	net_ipv6_addr_create_iid(&addr, &mac);
	net_ipv6_addr_create(&expected, 0xfe80, 0, 0, 0, 0, 0xff, 0xfe00, 0x200);
	zassert_mem_equal(&addr, &expected, 16);
	mac.len = 5;
	zassert_equal(net_ipv6_addr_generate_iid(NULL, NULL, NULL, 0, 0, &addr, &mac), -EINVAL);
	zassert_equal(net_ipv6_addr_generate_iid(NULL, NULL, NULL, 0, 0, &addr, NULL), -EINVAL);
}

/* RFC 4007, 11: a link-local address means something on the interface its scope names. */
ZTEST(nd, test_scopes)
{
	int fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	struct sockaddr_in6 peer = {.sin6_family = AF_INET6, .sin6_port = htons(7)};
	uint8_t index = net_if_get_by_iface(link_iface());
	const uint8_t *asked = NULL;

	zassert_true(fd >= 0);
	net_ipv6_addr_create(&peer.sin6_addr, 0xfe80, 0, 0, 0, 0, 0, 0, 0x77);
	peer.sin6_scope_id = 99;
	zassert_equal(zsock_sendto(fd, "x", 1, 0, (struct sockaddr *)&peer, sizeof(peer)), -1);
	zassert_equal(errno, ENODEV);
	zassert_equal(zsock_connect(fd, (struct sockaddr *)&peer, sizeof(peer)), -1);
	zassert_equal(errno, ENODEV);
	peer.sin6_scope_id = index;
	zassert_equal(zsock_sendto(fd, "x", 1, 0, (struct sockaddr *)&peer, sizeof(peer)), 1);
	k_sleep(K_MSEC(5));
	zassert_equal(link_sent(NEIGHBOUR_SOLICIT, &asked), 1);
	zassert_mem_equal(&asked[8], &peer.sin6_addr, 16);
	zassert_ok(zsock_connect(fd, (struct sockaddr *)&peer, sizeof(peer)));
	zassert_ok(zsock_close(fd));
}
