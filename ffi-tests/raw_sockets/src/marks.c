/* SPDX-License-Identifier: Apache-2.0 */
/* Options of datagram sockets that packets carry with them. */

#include "cable.h"

static void *addresses(void)
{
	struct in_addr mine = {{{192, 0, 2, 1}}}, theirs = {{{198, 51, 100, 1}}};
	struct in_addr mask = {{{255, 255, 255, 0}}};

	zassert_not_null(net_if_ipv4_addr_add(left.iface, &mine, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(left.iface, &mine, &mask));
	zassert_not_null(net_if_ipv4_addr_add(right.iface, &theirs, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(right.iface, &theirs, &mask));
	return NULL;
}

ZTEST_SUITE(marks, NULL, addresses, before, after, NULL);

#define PORT 4243

static const struct sockaddr_in here = {
	.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = INADDR_LOOPBACK_INIT};

static int datagrams(void)
{
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

static void set_int(int sock, int level, int name, int value)
{
	int read_back = -1;
	socklen_t len = sizeof(read_back);

	zassert_ok(zsock_setsockopt(sock, level, name, &value, sizeof(value)), "errno %d", errno);
	zassert_ok(zsock_getsockopt(sock, level, name, &read_back, &len));
	zassert_equal(read_back, value);
}

ZTEST(marks, test_numbers_of_one_byte)
{
	int sock = datagrams(), value = 0;
	socklen_t len = sizeof(value);

	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_PRIORITY, &(uint8_t){5}, 1));
	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_PRIORITY, &value, &len));
	zassert_equal(value, 5);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_TXTIME, &(bool){true}, sizeof(bool)));
	FAILS(zsock_setsockopt(sock, IPPROTO_IP, IP_TTL, &(uint8_t){5}, 1), EINVAL);
	zassert_ok(zsock_close(sock));
}

ZTEST(marks, test_ports_to_choose_from)
{
	uint32_t range = 5001U << 16 | 5000U, bad = 5000U << 16 | 5001U;
	struct sockaddr_in name;
	int socks[3];

	for (size_t i = 0; i < 3; i++) {
		socklen_t len = sizeof(name);

		socks[i] = datagrams();
		name = here;
		name.sin_port = 0;
		FAILS(zsock_setsockopt(socks[i], IPPROTO_IP, IP_LOCAL_PORT_RANGE, &bad, sizeof(bad)),
		      EINVAL);
		zassert_ok(zsock_setsockopt(socks[i], IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range,
					    sizeof(range)));
		if (i == 2) {
			FAILS(zsock_bind(socks[i], (struct sockaddr *)&name, sizeof(name)),
			      EADDRINUSE);
			break;
		}
		zassert_ok(zsock_bind(socks[i], (struct sockaddr *)&name, sizeof(name)));
		zassert_ok(zsock_getsockname(socks[i], (struct sockaddr *)&name, &len));
		zassert_between_inclusive(ntohs(name.sin_port), 5000, 5001);
	}
	for (size_t i = 0; i < 3; i++) {
		zassert_ok(zsock_close(socks[i]));
	}
}

ZTEST(marks, test_how_the_path_is_heeded)
{
	const uint16_t most = (uint16_t)(net_if_get_mtu(left.iface) - 28);
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = {{{192, 0, 2, 255}}}};
	const int bad[] = {-1, 4, 255};
	static char text[1600];
	int sock = datagrams(), value = -1;
	socklen_t len = sizeof(value);

	zassert_ok(zsock_getsockopt(sock, IPPROTO_IP, IP_MTU_DISCOVER, &value, &len));
	zassert_equal(value, IP_PMTUDISC_WANT);
	ARRAY_FOR_EACH(bad, i) {
		FAILS(zsock_setsockopt(sock, IPPROTO_IP, IP_MTU_DISCOVER, &bad[i], sizeof(bad[i])),
		      EINVAL);
	}
	set_int(sock, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
	set_int(sock, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
	set_int(sock, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
	set_int(sock, SOL_SOCKET, SO_BROADCAST, 1);
	zassert_equal(zsock_sendto(sock, text, most, 0, (struct sockaddr *)&to, sizeof(to)), most);
	FAILS(zsock_sendto(sock, text, most + 1, 0, (struct sockaddr *)&to, sizeof(to)), EMSGSIZE);
	zassert_ok(zsock_close(sock));
	sock = zsock_socket(AF_INET6, SOCK_DGRAM, 0);
	set_int(sock, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DO);
	set_int(sock, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_WANT);
	zassert_ok(zsock_close(sock));
}

ZTEST(marks, test_a_limit_of_datagrams)
{
	int sock = datagrams();
	char text[20] = "";

	set_int(sock, SOL_SOCKET, SO_SNDBUF, 10);
	zassert_ok(zsock_connect(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_equal(zsock_send(sock, text, 10, 0), 10);
	FAILS(zsock_send(sock, text, 11, 0), EMSGSIZE);
	zassert_ok(zsock_close(sock));
}

ZTEST(marks, test_a_time_to_send_at)
{
	union {
		struct cmsghdr align;
		uint8_t room[CMSG_SPACE(sizeof(uint64_t))];
	} control = {0};
	struct iovec piece = {"now", 3};
	struct sockaddr_in to = here;
	struct msghdr msg = {
		.msg_name = &to,
		.msg_namelen = sizeof(to),
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *item = CMSG_FIRSTHDR(&msg);
	int sock = datagrams();

	/* To all on the link: no neighbour has to be asked for. */
	to.sin_addr.s_addr = htonl(0xc63364ff);
	set_int(sock, SOL_SOCKET, SO_BROADCAST, 1);
	item->cmsg_len = CMSG_LEN(sizeof(uint64_t));
	item->cmsg_level = SOL_SOCKET;
	item->cmsg_type = SCM_TXTIME;
	*(uint64_t *)CMSG_DATA(item) = 3000000007ULL;
	FAILS(zsock_sendmsg(sock, &msg, 0), EINVAL);
	set_int(sock, SOL_SOCKET, SO_TXTIME, 1);
	last_time = (struct net_ptp_time){0};
	zassert_equal(zsock_sendmsg(sock, &msg, 0), 3, "errno %d", errno);
	k_sleep(K_MSEC(1));
	zassert_equal(last_time.second, 3);
	zassert_equal(last_time.nanosecond, 7);
	item->cmsg_type = SO_TXTIME + 1;
	FAILS(zsock_sendmsg(sock, &msg, 0), EINVAL);
	item->cmsg_len = sizeof(control) + 1;
	FAILS(zsock_sendmsg(sock, &msg, 0), EINVAL);
	zassert_ok(zsock_close(sock));
}

ZTEST(marks, test_own_packets_to_a_group)
{
	struct sockaddr_in group = {
		.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = {{{239, 1, 2, 3}}}};
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	struct ip_mreqn join = {.imr_multiaddr = group.sin_addr};
	struct ip_mreqn via = {0};
	int sender = datagrams(), listener = datagrams();
	char in[8];

	join.imr_ifindex = index_of(&left);
	via.imr_ifindex = index_of(&left);
	zassert_ok(zsock_bind(listener, (struct sockaddr *)&any, sizeof(any)));
	zassert_ok(zsock_setsockopt(listener, IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof(join)));
	zassert_ok(zsock_setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &via, sizeof(via)));
	zassert_equal(zsock_sendto(sender, "one", 3, 0, (struct sockaddr *)&group, sizeof(group)), 3);
	k_sleep(K_MSEC(1));
	FAILS(zsock_recv(listener, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	set_int(sender, IPPROTO_IP, IP_MULTICAST_LOOP, 1);
	zassert_equal(zsock_sendto(sender, "two", 3, 0, (struct sockaddr *)&group, sizeof(group)), 3);
	zassert_equal(zsock_recv(listener, in, sizeof(in), ZSOCK_MSG_DONTWAIT), 3);
	zassert_mem_equal(in, "two", 3);
	FAILS(zsock_recv(listener, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	zassert_ok(zsock_close(sender));
	zassert_ok(zsock_close(listener));
}

ZTEST(marks, test_the_object_behind_a_socket)
{
	int sock = datagrams();

	zassert_not_null(zsock_get_context_object(sock));
	zassert_ok(zsock_close(sock));
	errno = 0;
	zassert_is_null(zsock_get_context_object(sock));
	zassert_equal(errno, EBADF);
}
