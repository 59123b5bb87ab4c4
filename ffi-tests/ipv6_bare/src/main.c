// SPDX-License-Identifier: Apache-2.0
/*
 * What is left of IPv6 where nobody keeps the link addresses of neighbours.
 */

#include "link.h"

#include <zephyr/net/socket.h>

#include <ipv6.h>

#define PORT 4242

static struct in6_addr own = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};
static struct in6_addr peer = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 2}}};
static struct in6_addr prefix = {{{0x20, 0x01, 0x0d, 0xb8}}};

static void before(void *fixture)
{
	link_fresh(fixture);
	zassert_not_null(net_if_ipv6_addr_add(link_iface(), &own, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv6_prefix_add(link_iface(), &prefix, 64, UINT32_MAX));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_ipv6_addr_rm(link_iface(), &own);
	(void)net_if_ipv6_prefix_rm(link_iface(), &prefix, 64);
}

ZTEST_SUITE(bare, NULL, NULL, before, after, NULL);

static int bound(void)
{
	struct sockaddr_in6 at = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	int fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);

	zassert_true(fd >= 0);
	zassert_ok(zsock_bind(fd, (struct sockaddr *)&at, sizeof(at)));
	return fd;
}

static void is_sent_to(int fd, const struct in6_addr *addr, const uint8_t *mac)
{
	struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(7), .sin6_addr = *addr};
	size_t sent = wire.sent;

	zassert_equal(zsock_sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)), 1);
	k_sleep(K_MSEC(1));
	zassert_equal(wire.sent, sent + 1, "and nobody was asked for");
	zassert_mem_equal(wire.frames[sent % FRAMES], mac, 6);
}

ZTEST(bare, test_an_address_is_used_at_once)
{
	zassert_not_null(net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED));
	zassert_equal(net_if_ipv6_addr_lookup(&own, NULL)->addr_state, NET_ADDR_PREFERRED);
	zassert_equal(wire.sent, 0, "nobody is asked for it");
}

ZTEST(bare, test_datagrams_go_to_everybody)
{
	static const uint8_t all[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	static const uint8_t group_mac[6] = {0x33, 0x33, 0, 0, 0, 1};
	static const struct in6_addr group = {{{0xff, 0x02, [15] = 1}}};
	int fd = bound();

	is_sent_to(fd, &peer, all);
	is_sent_to(fd, &group, group_mac);
	zassert_ok(zsock_close(fd));
}

ZTEST(bare, test_datagrams_arrive)
{
	uint8_t datagram[] = {0, 7, PORT >> 8, PORT & 255, 0, 9, 0, 0, 'x'};
	int fd = bound();
	char byte;

	link_receive_udp(&own, datagram, sizeof(datagram));
	zassert_equal(zsock_recv(fd, &byte, 1, ZSOCK_MSG_DONTWAIT), 1);
	zassert_equal(byte, 'x');
	zassert_ok(zsock_close(fd));
}

ZTEST(bare, test_echo_is_answered_and_discovery_is_not)
{
	uint8_t echo[8] = {NET_ICMPV6_ECHO_REQUEST};
	uint8_t solicit[24] = {NET_ICMPV6_NS};

	link_receive(&own, echo, sizeof(echo));
	zassert_equal(link_sent(NET_ICMPV6_ECHO_REPLY, NULL), 1);
	memcpy(&solicit[8], &own, sizeof(own));
	link_receive(&own, solicit, sizeof(solicit));
	zassert_equal(link_sent(NET_ICMPV6_NA, NULL), 0);
}

ZTEST(bare, test_there_is_no_cache)
{
	struct net_linkaddr link = {0};

	zassert_is_null(net_ipv6_nbr_add(link_iface(), &peer, &link, false,
					 NET_IPV6_NBR_STATE_REACHABLE));
	zassert_is_null(net_ipv6_nbr_lookup(link_iface(), &peer));
	zassert_is_null(net_ipv6_nbr_lookup_by_index(link_iface(), 0));
	zassert_true(net_ipv6_nbr_rm(link_iface(), &peer));
	net_ipv6_nbr_foreach(NULL, NULL);
	net_ipv6_nbr_set_reachable_timer(link_iface(), NULL);
	net_ipv6_nbr_reachability_hint(link_iface(), &peer);
	net_if_nbr_reachability_hint(link_iface(), &peer);
}
