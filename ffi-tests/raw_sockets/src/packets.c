/* SPDX-License-Identifier: Apache-2.0 */
/* AF_INET and AF_INET6 with SOCK_RAW */

#include <zephyr/net/net_ip.h>
#include <zephyr/net/udp.h>

#include "cable.h"

ZTEST_SUITE(packets, NULL, NULL, before, after, NULL);

#define PORT 4242

static const struct sockaddr_in here = {
	.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = INADDR_LOOPBACK_INIT};
static const struct sockaddr_in6 here6 = {
	.sin6_family = AF_INET6, .sin6_port = htons(PORT), .sin6_addr = IN6ADDR_LOOPBACK_INIT};

static int open_one(int family, int type, int proto)
{
	int sock = zsock_socket(family, type, proto);

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

ZTEST(packets, test_sees_what_is_for_its_protocol)
{
	int udp = open_one(AF_INET, SOCK_DGRAM, 0), raw = open_one(AF_INET, SOCK_RAW, IPPROTO_UDP);
	int icmp = open_one(AF_INET, SOCK_RAW, IPPROTO_ICMP);
	int all = open_one(AF_INET, SOCK_RAW, IPPROTO_IP);
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	uint8_t in[64];

	zassert_ok(zsock_bind(udp, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(zsock_sendto(udp, "hello", 5, 0, (const struct sockaddr *)&here,
				   sizeof(here)), 5);
	zassert_equal(zsock_recv(udp, in, sizeof(in), 0), 5, "the socket of the port has it too");
	zassert_equal(zsock_recvfrom(raw, in, sizeof(in), 0, (struct sockaddr *)&from, &len),
		      NET_IPV4H_LEN + NET_UDPH_LEN + 5);
	zassert_equal(in[0], 0x45);
	zassert_mem_equal(in + NET_IPV4H_LEN + NET_UDPH_LEN, "hello", 5);
	zassert_equal(from.sin_family, AF_INET);
	zassert_equal(from.sin_addr.s_addr, here.sin_addr.s_addr);
	zassert_equal(zsock_recv(all, in, sizeof(in), ZSOCK_MSG_DONTWAIT),
		      NET_IPV4H_LEN + NET_UDPH_LEN + 5);
	FAILS(zsock_recv(icmp, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_close(udp));
	zassert_ok(zsock_close(raw));
	zassert_ok(zsock_close(icmp));
	zassert_ok(zsock_close(all));
}

ZTEST(packets, test_sends_what_it_is_given)
{
	int udp = open_one(AF_INET, SOCK_DGRAM, 0), raw = open_one(AF_INET, SOCK_RAW, IPPROTO_UDP);
	uint8_t in[64];
	struct {
		struct net_ipv4_hdr ip;
		struct net_udp_hdr udp;
		char text[5];
	} __packed packet = {
		.ip = {.vhl = 0x45, .ttl = 9, .proto = IPPROTO_UDP},
		.udp = {.src_port = htons(7), .dst_port = htons(PORT), .len = htons(13)},
		.text = "howdy",
	};

	(void)memcpy(packet.ip.src, &here.sin_addr, 4);
	(void)memcpy(packet.ip.dst, &here.sin_addr, 4);
	zassert_ok(zsock_bind(udp, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(zsock_sendto(raw, &packet, sizeof(packet), 0, (const struct sockaddr *)&here,
				   sizeof(here)), sizeof(packet), "errno %d", errno);
	zassert_equal(zsock_recv(udp, in, sizeof(in), 0), 5);
	zassert_mem_equal(in, "howdy", 5);
	zassert_equal(zsock_recv(raw, in, sizeof(in), 0), sizeof(packet));
	packet.ip.vhl = 0x65;
	FAILS(zsock_send(raw, &packet, sizeof(packet), 0), EINVAL);
	packet.ip.vhl = 0x4f;
	FAILS(zsock_send(raw, &packet, sizeof(packet), 0), EINVAL);
	FAILS(zsock_send(raw, &packet, 10, 0), EINVAL);
	zassert_ok(zsock_close(udp));
	zassert_ok(zsock_close(raw));
}

ZTEST(packets, test_ipv6)
{
	int udp = open_one(AF_INET6, SOCK_DGRAM, 0);
	int raw = open_one(AF_INET6, SOCK_RAW, IPPROTO_UDP);
	int four = open_one(AF_INET, SOCK_RAW, IPPROTO_UDP);
	struct sockaddr_in6 from;
	socklen_t len = sizeof(from);
	uint8_t in[64];

	zassert_ok(zsock_bind(udp, (const struct sockaddr *)&here6, sizeof(here6)));
	zassert_equal(zsock_sendto(udp, "hello", 5, 0, (const struct sockaddr *)&here6,
				   sizeof(here6)), 5);
	zassert_equal(zsock_recv(udp, in, sizeof(in), 0), 5);
	zassert_equal(zsock_recvfrom(raw, in, sizeof(in), 0, (struct sockaddr *)&from, &len),
		      NET_IPV6H_LEN + NET_UDPH_LEN + 5);
	zassert_equal(in[0] >> 4, 6);
	zassert_equal(from.sin6_family, AF_INET6);
	zassert_mem_equal(&from.sin6_addr, &here6.sin6_addr, 16);
	FAILS(zsock_recv(four, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	/* Its own copy goes round again. */
	zassert_equal(zsock_send(raw, in, NET_IPV6H_LEN + NET_UDPH_LEN + 5, 0),
		      NET_IPV6H_LEN + NET_UDPH_LEN + 5);
	zassert_equal(zsock_recv(udp, in, sizeof(in), 0), 5);
	zassert_ok(zsock_close(udp));
	zassert_ok(zsock_close(raw));
	zassert_ok(zsock_close(four));
}

ZTEST(packets, test_bound_to_an_address)
{
	struct sockaddr_in name = here;
	int udp = open_one(AF_INET, SOCK_DGRAM, 0), raw = open_one(AF_INET, SOCK_RAW, IPPROTO_UDP);
	uint8_t in[64];

	name.sin_addr.s4_addr[0] = 10;
	FAILS(zsock_bind(raw, (struct sockaddr *)&name, sizeof(name)), EADDRNOTAVAIL);
	FAILS(zsock_bind(raw, (const struct sockaddr *)&here6, sizeof(here6)), EAFNOSUPPORT);
	zassert_ok(zsock_bind(raw, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_bind(udp, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(zsock_sendto(udp, "x", 1, 0, (const struct sockaddr *)&here, sizeof(here)),
		      1);
	zassert_equal(zsock_recv(raw, in, sizeof(in), ZSOCK_MSG_DONTWAIT),
		      NET_IPV4H_LEN + NET_UDPH_LEN + 1);
	FAILS(zsock_connect(raw, (const struct sockaddr *)&here, sizeof(here)), EOPNOTSUPP);
	zassert_ok(zsock_close(udp));
	zassert_ok(zsock_close(raw));
}
