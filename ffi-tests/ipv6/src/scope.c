// SPDX-License-Identifier: Apache-2.0
/*
 * RFC 4007, 11: sockets tell on which interface a link-local address means something.
 */

#include "link.h"

#include <string.h>

#include <zephyr/net/socket.h>
#include <zephyr/net/znet_nbr.h>
#include <zephyr/sys/byteorder.h>

#define PORT      4242
#define PEER_PORT 1234
#define SYN       0x02
#define ACK       0x10

static struct in6_addr router = {{{0xfe, 0x80, [15] = 1}}};
static struct in6_addr own;
static uint8_t link_index;

static void before(void *fixture)
{
	struct net_linkaddr link;

	link_fresh(fixture);
	link_index = net_if_get_by_iface(link_iface());
	own = *net_if_ipv6_get_ll(link_iface(), NET_ADDR_PREFERRED);
	zassert_ok(net_linkaddr_create(&link, router_mac, sizeof(router_mac), NET_LINK_ETHERNET));
	zassert_not_null(net_ipv6_nbr_add(link_iface(), &router, &link, false,
					  NET_IPV6_NBR_STATE_STATIC));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_ipv6_nbr_rm(link_iface(), &router);
}

ZTEST_SUITE(scope, NULL, NULL, before, after, NULL);

static int bound(int type, int protocol)
{
	const struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	int fd = zsock_socket(AF_INET6, type, protocol);

	zassert_true(fd >= 0);
	zassert_ok(zsock_bind(fd, (const struct sockaddr *)&any, sizeof(any)));
	return fd;
}

static void arrive(void)
{
	uint8_t datagram[] = {PEER_PORT >> 8, PEER_PORT & 255, PORT >> 8, PORT & 255, 0, 9, 0, 0, 'x'};

	link_receive_udp(&own, datagram, sizeof(datagram));
}

static void is_router(const struct sockaddr_in6 *from)
{
	zassert_mem_equal(&from->sin6_addr, &router, sizeof(router));
	zassert_equal(from->sin6_port, htons(PEER_PORT));
	zassert_equal(from->sin6_scope_id, link_index);
}

ZTEST(scope, test_datagrams)
{
	struct sockaddr_in6 from;
	socklen_t len = sizeof(from);
	char byte;
	struct iovec piece = {.iov_base = &byte, .iov_len = 1};
	struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &piece,
				 .msg_iovlen = 1};
	int fd = bound(SOCK_DGRAM, IPPROTO_UDP);

	arrive();
	zassert_equal(zsock_recvfrom(fd, &byte, 1, ZSOCK_MSG_DONTWAIT, (struct sockaddr *)&from, &len), 1);
	zassert_equal(len, sizeof(from));
	is_router(&from);

	memset(&from, 0, sizeof(from));
	arrive();
	zassert_equal(zsock_recvmsg(fd, &message, ZSOCK_MSG_DONTWAIT), 1);
	is_router(&from);

	/* What was told leads back. */
	zassert_equal(zsock_sendmsg(fd, &message, 0), 1);
	k_sleep(K_MSEC(1));
	zassert_not_null(link_last(IPPROTO_UDP));
	from.sin6_scope_id = 99;
	zassert_equal(zsock_sendmsg(fd, &message, 0), -1);
	zassert_equal(errno, ENODEV);

	/* Without room for it, it is not written. */
	from.sin6_scope_id = 77;
	len = offsetof(struct sockaddr_in6, sin6_scope_id);
	arrive();
	zassert_equal(zsock_recvfrom(fd, &byte, 1, ZSOCK_MSG_DONTWAIT, (struct sockaddr *)&from, &len), 1);
	zassert_equal(from.sin6_scope_id, 77);
	zassert_ok(zsock_close(fd));
}

ZTEST(scope, test_names)
{
	struct sockaddr_in6 peer = {.sin6_family = AF_INET6, .sin6_port = htons(PEER_PORT)}, name;
	socklen_t len = sizeof(name);
	int fd = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);

	peer.sin6_addr = router;
	zassert_ok(zsock_connect(fd, (struct sockaddr *)&peer, sizeof(peer)));
	zassert_ok(zsock_getpeername(fd, (struct sockaddr *)&name, &len));
	is_router(&name);
	len = sizeof(name);
	zassert_ok(zsock_getsockname(fd, (struct sockaddr *)&name, &len));
	zassert_mem_equal(&name.sin6_addr, &own, sizeof(own));
	zassert_equal(name.sin6_scope_id, link_index);
	zassert_ok(zsock_close(fd));
}

/* A segment from the peer's 1,000 to ours, without options. */
static void segment(uint32_t seq, uint32_t ack, uint8_t flags)
{
	uint8_t bytes[20] = {PEER_PORT >> 8, PEER_PORT & 255, PORT >> 8, PORT & 255,
			     [12] = 5 << 4, flags, 0x10};

	sys_put_be32(seq, &bytes[4]);
	sys_put_be32(ack, &bytes[8]);
	link_receive_tcp(&own, bytes, sizeof(bytes));
}

ZTEST(scope, test_connections)
{
	int fd = bound(SOCK_STREAM, IPPROTO_TCP), accepted;
	struct sockaddr_in6 from;
	socklen_t len = sizeof(from);
	const uint8_t *answer;

	zassert_ok(zsock_listen(fd, 1));
	segment(1000, 0, SYN);
	answer = link_last(IPPROTO_TCP);
	zassert_not_null(answer);
	zassert_equal(answer[13], SYN | ACK);
	segment(1001, sys_get_be32(&answer[4]) + 1, ACK);
	accepted = zsock_accept(fd, (struct sockaddr *)&from, &len);
	zassert_true(accepted >= 0);
	is_router(&from);
	len = sizeof(from);
	zassert_ok(zsock_getpeername(accepted, (struct sockaddr *)&from, &len));
	is_router(&from);
	zassert_ok(zsock_close(accepted));
	zassert_ok(zsock_close(fd));
}
