/* SPDX-License-Identifier: Apache-2.0 */
/* AF_PACKET */

#include "cable.h"

ZTEST_SUITE(frames, NULL, NULL, before, after, NULL);

/* An EtherType for experiments (IEEE 802, 9.2.3). */
#define OURS 0x88b5

static int packet_socket(int type, uint16_t kind)
{
	int sock = zsock_socket(AF_PACKET, type, htons(kind));

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

static int bound(int type, uint16_t kind, const struct end *end)
{
	struct sockaddr_ll name = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(kind),
		.sll_ifindex = index_of(end),
	};
	int sock = packet_socket(type, kind);

	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), "errno %d", errno);
	return sock;
}

static struct sockaddr_ll to(const struct end *end, const struct end *via)
{
	struct sockaddr_ll name = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(OURS),
		.sll_ifindex = index_of(via),
		.sll_halen = 6,
	};

	(void)memcpy(name.sll_addr, end->mac, 6);
	return name;
}

static size_t frame(uint8_t *room, const struct end *dst, const struct end *src, const char *text)
{
	struct net_eth_hdr *header = (struct net_eth_hdr *)room;

	(void)memcpy(header->dst.addr, dst->mac, 6);
	(void)memcpy(header->src.addr, src->mac, 6);
	header->type = htons(OURS);
	(void)memcpy(room + sizeof(*header), text, strlen(text));
	return sizeof(*header) + strlen(text);
}

ZTEST(frames, test_opening)
{
	int sock = packet_socket(SOCK_RAW, ETH_P_ALL), value = 0;
	socklen_t len = sizeof(value);

	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_DOMAIN, &value, &len));
	zassert_equal(value, AF_PACKET);
	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_TYPE, &value, &len));
	zassert_equal(value, SOCK_RAW);
	zassert_ok(zsock_getsockopt(sock, SOL_SOCKET, SO_PROTOCOL, &value, &len));
	zassert_equal(value, htons(ETH_P_ALL));
	FAILS(zsock_listen(sock, 1), EOPNOTSUPP);
	FAILS(zsock_accept(sock, NULL, NULL), EOPNOTSUPP);
	zassert_ok(zsock_close(sock));
	FAILS(zsock_socket(AF_PACKET, SOCK_STREAM, 0), EPROTONOSUPPORT);
	FAILS(zsock_socket(AF_PACKET, 7, 0), EPROTOTYPE);
}

ZTEST(frames, test_binding)
{
	struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_ifindex = index_of(&left)};
	int sock = packet_socket(SOCK_DGRAM, OURS);
	socklen_t len = sizeof(name);

	FAILS(zsock_bind(sock, (struct sockaddr *)&name, 4), EINVAL);
	FAILS(zsock_bind(sock, NULL, sizeof(name)), EFAULT);
	name.sll_ifindex = 77;
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), EADDRNOTAVAIL);
	name.sll_ifindex = -1;
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), EINVAL);
	name.sll_family = AF_INET;
	FAILS(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)), EAFNOSUPPORT);
	name.sll_family = AF_PACKET;
	name.sll_ifindex = index_of(&left);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)));
	(void)memset(&name, 0, sizeof(name));
	zassert_ok(zsock_getsockname(sock, (struct sockaddr *)&name, &len));
	zassert_equal(len, sizeof(name));
	zassert_equal(name.sll_family, AF_PACKET);
	zassert_equal(name.sll_ifindex, index_of(&left));
	zassert_equal(name.sll_protocol, htons(OURS));
	zassert_ok(zsock_close(sock));
}

ZTEST(frames, test_with_header)
{
	int a = bound(SOCK_RAW, OURS, &left), b = bound(SOCK_RAW, ETH_P_ALL, &right), bytes;
	struct sockaddr_ll name = to(&right, &left), from = {0};
	socklen_t len = sizeof(from);
	uint8_t out[64], in[64];
	size_t size = frame(out, &right, &left, "hello");

	zassert_equal(zsock_sendto(a, out, size, 0, (struct sockaddr *)&name, sizeof(name)), size);
	k_sleep(K_MSEC(1));
	zassert_ok(zsock_ioctl(b, ZFD_IOCTL_FIONREAD, &bytes));
	zassert_equal(bytes, size);
	zassert_equal(zsock_recvfrom(b, in, sizeof(in), ZSOCK_MSG_PEEK, NULL, NULL), size);
	zassert_equal(zsock_recvfrom(b, in, sizeof(in), 0, (struct sockaddr *)&from, &len), size);
	zassert_mem_equal(in, out, size);
	zassert_equal(len, sizeof(from));
	zassert_equal(from.sll_family, AF_PACKET);
	zassert_equal(from.sll_ifindex, index_of(&right));
	zassert_equal(from.sll_protocol, htons(OURS));
	zassert_equal(from.sll_hatype, ARPHRD_ETHER);
	zassert_equal(from.sll_pkttype, PACKET_HOST);
	zassert_equal(from.sll_halen, 6);
	zassert_mem_equal(from.sll_addr, left.mac, 6);
	/* What it sent itself it does not see. */
	FAILS(zsock_recv(a, in, sizeof(in), ZSOCK_MSG_DONTWAIT), EAGAIN);
	/* Bound, it needs no address. */
	zassert_equal(zsock_send(a, out, size, 0), size);
	zassert_equal(zsock_recv(b, in, 10, ZSOCK_MSG_TRUNC), size);
	zassert_ok(zsock_close(a));
	zassert_ok(zsock_close(b));
}

ZTEST(frames, test_without_header)
{
	int a = packet_socket(SOCK_DGRAM, OURS), b = bound(SOCK_DGRAM, OURS, &right);
	struct sockaddr_ll name = to(&right, &left), from = {0};
	struct iovec piece = {.iov_base = "hel", .iov_len = 3}, room;
	struct msghdr msg = {
		.msg_name = &name, .msg_namelen = sizeof(name), .msg_iov = &piece, .msg_iovlen = 1};
	char in[8];

	FAILS(zsock_send(a, "hello", 5, 0), EDESTADDRREQ);
	zassert_equal(zsock_sendto(a, "hello", 5, 0, (struct sockaddr *)&name, sizeof(name)), 5);
	zassert_equal(zsock_sendmsg(a, &msg, 0), 3);
	zassert_equal(zsock_recv(b, in, sizeof(in), 0), 5);
	zassert_mem_equal(in, "hello", 5);
	room = (struct iovec){.iov_base = in, .iov_len = 2};
	msg = (struct msghdr){
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &room, .msg_iovlen = 1};
	zassert_equal(zsock_recvmsg(b, &msg, 0), 2);
	zassert_equal(msg.msg_flags, ZSOCK_MSG_TRUNC);
	zassert_mem_equal(from.sll_addr, left.mac, 6);
	zassert_ok(zsock_close(a));
	zassert_ok(zsock_close(b));
}

ZTEST(frames, test_who_sees_what)
{
	int all = packet_socket(SOCK_RAW, ETH_P_ALL), ours = packet_socket(SOCK_RAW, OURS);
	int ip = packet_socket(SOCK_RAW, ETH_P_IP), here = bound(SOCK_RAW, OURS, &left);
	struct end other = {.mac = {0x02, 0, 0, 0, 0, 9}}, group = {.mac = {0x01, 0, 0x5e, 0, 0, 9}};
	struct sockaddr_ll from;
	socklen_t len = sizeof(from);
	uint8_t out[64], in[64];
	size_t size = frame(out, &group, &left, "x");

	arrives(&right, out, size);
	k_sleep(K_MSEC(1));
	zassert_equal(zsock_recvfrom(all, in, 64, 0, (struct sockaddr *)&from, &len), size);
	zassert_equal(from.sll_pkttype, PACKET_MULTICAST);
	zassert_equal(zsock_recv(ours, in, 64, ZSOCK_MSG_DONTWAIT), size);
	FAILS(zsock_recv(ip, in, 64, ZSOCK_MSG_DONTWAIT), EAGAIN);
	FAILS(zsock_recv(here, in, 64, ZSOCK_MSG_DONTWAIT), EAGAIN);

	size = frame(out, &other, &left, "x");
	arrives(&right, out, size);
	zassert_equal(zsock_recvfrom(ours, in, 64, 0, (struct sockaddr *)&from, &len), size);
	zassert_equal(from.sll_pkttype, PACKET_OTHERHOST);
	zassert_ok(zsock_close(all));
	zassert_ok(zsock_close(ours));
	zassert_ok(zsock_close(ip));
	zassert_ok(zsock_close(here));
}

ZTEST(frames, test_what_cannot_be_sent)
{
	static uint8_t big[NET_ETH_MTU + 15];
	struct sockaddr_ll name = to(&right, &left);
	int sock = packet_socket(SOCK_RAW, OURS);

	FAILS(zsock_send(sock, big, 60, 0), EDESTADDRREQ);
	FAILS(zsock_sendto(sock, big, 13, 0, (struct sockaddr *)&name, sizeof(name)), EINVAL);
	FAILS(zsock_sendto(sock, big, sizeof(big), 0, (struct sockaddr *)&name, sizeof(name)),
	      EMSGSIZE);
	name.sll_ifindex = 99;
	FAILS(zsock_sendto(sock, big, 60, 0, (struct sockaddr *)&name, sizeof(name)), ENODEV);
	name.sll_ifindex = index_of(&left);
	zassert_ok(net_if_down(left.iface));
	FAILS(zsock_sendto(sock, big, 60, 0, (struct sockaddr *)&name, sizeof(name)), ENETDOWN);
	zassert_ok(net_if_up(left.iface));
	zassert_ok(zsock_close(sock));
}


ZTEST(frames, test_waiting)
{
	int sock = bound(SOCK_RAW, OURS, &right);
	struct zsock_pollfd fd = {.fd = sock, .events = ZSOCK_POLLIN | ZSOCK_POLLOUT};
	struct timeval time = {.tv_usec = 50000};
	int64_t begin = k_uptime_get();
	uint8_t out[64], in[64];

	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)));
	FAILS(zsock_recv(sock, in, sizeof(in), 0), EAGAIN);
	zassert_equal(k_uptime_get() - begin, 50);
	zassert_equal(zsock_poll(&fd, 1, 0), 1);
	zassert_equal(fd.revents, ZSOCK_POLLOUT);
	arrives(&right, out, frame(out, &right, &left, "x"));
	k_sleep(K_MSEC(1));
	zassert_equal(zsock_poll(&fd, 1, 0), 1);
	zassert_equal(fd.revents, ZSOCK_POLLIN | ZSOCK_POLLOUT);
	zassert_ok(zsock_close(sock));
}
