/* SPDX-License-Identifier: Apache-2.0 */
/* Ancillary data each way: what sendmsg() asks for one datagram, and what recvmsg() tells of it. */

#include "cable.h"

#define PORT 4711

static const struct in_addr one = {{{192, 0, 2, 77}}}, two = {{{198, 51, 100, 77}}};

static void *addresses(void)
{
	struct in_addr mine = one, other = two;

	zassert_not_null(net_if_ipv4_addr_add(left.iface, &mine, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv4_addr_add(right.iface, &other, NET_ADDR_MANUAL, 0));
	return NULL;
}

ZTEST_SUITE(ancillary, NULL, addresses, before, after, NULL);

/* A message with room for what is written into it item by item. */
static struct {
	struct msghdr msg;
	struct iovec piece;
	struct sockaddr_in6 name;
	char text[8];
	union {
		struct cmsghdr align;
		uint8_t room[256];
	} control;
} m;

static void fresh(const void *to, socklen_t len)
{
	(void)memset(&m, 0, sizeof(m));
	m.piece = (struct iovec){m.text, sizeof(m.text)};
	m.msg = (struct msghdr){.msg_name = &m.name, .msg_iov = &m.piece, .msg_iovlen = 1};
	if (to != NULL) {
		(void)memcpy(&m.name, to, len);
		m.msg.msg_namelen = len;
		m.msg.msg_control = &m.control;
	} else {
		m.msg.msg_namelen = sizeof(m.name);
		m.msg.msg_control = &m.control;
		m.msg.msg_controllen = sizeof(m.control);
	}
}

static void add(int level, int type, const void *data, size_t len)
{
	struct cmsghdr *item = (struct cmsghdr *)&m.control.room[m.msg.msg_controllen];

	*item = (struct cmsghdr){.cmsg_len = CMSG_LEN(len), .cmsg_level = level, .cmsg_type = type};
	(void)memcpy(CMSG_DATA(item), data, len);
	m.msg.msg_controllen += CMSG_SPACE(len);
}

/* The data of an item that must be there. */
static const void *item(int level, int type, size_t len)
{
	for (struct cmsghdr *at = CMSG_FIRSTHDR(&m.msg); at != NULL; at = CMSG_NXTHDR(&m.msg, at)) {
		if (at->cmsg_level == level && at->cmsg_type == type) {
			zassert_equal(at->cmsg_len, CMSG_LEN(len));
			return CMSG_DATA(at);
		}
	}
	zassert_unreachable("no item %d of level %d", type, level);
	return NULL;
}

static int number(int level, int type)
{
	int value;

	(void)memcpy(&value, item(level, type, sizeof(value)), sizeof(value));
	return value;
}

static int opened(int family, const void *name, socklen_t len)
{
	int sock = zsock_socket(family, SOCK_DGRAM, 0);

	zassert_true(sock >= 0, "errno %d", errno);
	if (name != NULL) {
		zassert_ok(zsock_bind(sock, name, len), "errno %d", errno);
	}
	return sock;
}

static void on(int sock, int level, int name)
{
	zassert_ok(zsock_setsockopt(sock, level, name, &(int){1}, sizeof(int)), "errno %d", errno);
}

ZTEST(ancillary, test_ipv4)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = one};
	struct in_pktinfo info = {.ipi_spec_dst = two};
	int receiver = opened(AF_INET, &to, sizeof(to)), sender = opened(AF_INET, NULL, 0);

	on(receiver, IPPROTO_IP, IP_PKTINFO);
	on(receiver, IPPROTO_IP, IP_RECVTTL);
	on(receiver, IPPROTO_IP, IP_RECVTOS);
	fresh(&to, sizeof(to));
	add(IPPROTO_IP, IP_TTL, &(int){7}, sizeof(int));
	add(IPPROTO_IP, IP_TOS, &(uint8_t){0xb8}, 1);
	add(IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
	zassert_equal(zsock_sendmsg(sender, &m.msg, 0), sizeof(m.text), "errno %d", errno);

	fresh(NULL, 0);
	zassert_equal(zsock_recvmsg(receiver, &m.msg, 0), sizeof(m.text));
	zassert_equal(m.msg.msg_flags, 0);
	zassert_mem_equal(&((struct sockaddr_in *)&m.name)->sin_addr, &two, sizeof(two));
	zassert_equal(number(IPPROTO_IP, IP_TTL), 7);
	zassert_equal(*(const uint8_t *)item(IPPROTO_IP, IP_TOS, 1), 0xb8);
	(void)memcpy(&info, item(IPPROTO_IP, IP_PKTINFO, sizeof(info)), sizeof(info));
	zassert_mem_equal(&info.ipi_addr, &one, sizeof(one));

	/* The next is as the socket has it again. */
	zassert_equal(zsock_sendto(sender, "x", 1, 0, (const struct sockaddr *)&to, sizeof(to)), 1);
	fresh(NULL, 0);
	zassert_equal(zsock_recvmsg(receiver, &m.msg, 0), 1);
	zassert_equal(number(IPPROTO_IP, IP_TTL), CONFIG_NET_INITIAL_TTL);
	zassert_equal(*(const uint8_t *)item(IPPROTO_IP, IP_TOS, 1), 0);
	zassert_mem_equal(&((struct sockaddr_in *)&m.name)->sin_addr, &one, sizeof(one));
	zassert_ok(zsock_close(receiver));
	zassert_ok(zsock_close(sender));
}

ZTEST(ancillary, test_ipv6)
{
	const struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(PORT),
					.sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct in6_pktinfo info = {.ipi6_addr = IN6ADDR_LOOPBACK_INIT};
	int receiver = opened(AF_INET6, &to, sizeof(to)), sender = opened(AF_INET6, NULL, 0);

	on(receiver, IPPROTO_IPV6, IPV6_RECVPKTINFO);
	on(receiver, IPPROTO_IPV6, IPV6_RECVHOPLIMIT);
	on(receiver, IPPROTO_IPV6, IPV6_RECVTCLASS);
	fresh(&to, sizeof(to));
	add(IPPROTO_IPV6, IPV6_HOPLIMIT, &(int){9}, sizeof(int));
	add(IPPROTO_IPV6, IPV6_TCLASS, &(int){0x2e}, sizeof(int));
	add(IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info));
	zassert_equal(zsock_sendmsg(sender, &m.msg, 0), sizeof(m.text), "errno %d", errno);

	fresh(NULL, 0);
	zassert_equal(zsock_recvmsg(receiver, &m.msg, 0), sizeof(m.text));
	zassert_equal(number(IPPROTO_IPV6, IPV6_HOPLIMIT), 9);
	zassert_equal(number(IPPROTO_IPV6, IPV6_TCLASS), 0x2e);
	(void)memcpy(&info, item(IPPROTO_IPV6, IPV6_RECVPKTINFO, sizeof(info)), sizeof(info));
	zassert_mem_equal(&info.ipi6_addr, &to.sin6_addr, sizeof(info.ipi6_addr));

	/* -1 is what the socket has (RFC 3542, 6.3). */
	fresh(&to, sizeof(to));
	add(IPPROTO_IPV6, IPV6_HOPLIMIT, &(int){-1}, sizeof(int));
	zassert_equal(zsock_sendmsg(sender, &m.msg, 0), sizeof(m.text), "errno %d", errno);
	fresh(NULL, 0);
	zassert_equal(zsock_recvmsg(receiver, &m.msg, 0), sizeof(m.text));
	zassert_equal(number(IPPROTO_IPV6, IPV6_HOPLIMIT), CONFIG_NET_INITIAL_HOP_LIMIT);
	zassert_ok(zsock_close(receiver));
	zassert_ok(zsock_close(sender));
}

static void refused(int sock, int level, int type, const void *data, size_t len, int error)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = one};

	fresh(&to, sizeof(to));
	add(level, type, data, len);
	FAILS(zsock_sendmsg(sock, &m.msg, 0), error);
}

ZTEST(ancillary, test_what_is_refused)
{
	struct in_pktinfo strange = {.ipi_spec_dst = {{{203, 0, 113, 1}}}};
	struct in_pktinfo group = {.ipi_spec_dst = {{{239, 0, 0, 1}}}};
	struct in_pktinfo nowhere = {.ipi_ifindex = 99}, far = {.ipi_ifindex = 9999};
	struct in6_pktinfo six = {.ipi6_addr = IN6ADDR_LOOPBACK_INIT};
	int sock = opened(AF_INET, NULL, 0);

	refused(sock, IPPROTO_IP, IP_PKTINFO, &strange, sizeof(strange), EINVAL);
	refused(sock, IPPROTO_IP, IP_PKTINFO, &group, sizeof(group), EINVAL);
	refused(sock, IPPROTO_IP, IP_PKTINFO, &nowhere, sizeof(nowhere), ENODEV);
	refused(sock, IPPROTO_IP, IP_PKTINFO, &far, sizeof(far), ENODEV);
	refused(sock, IPPROTO_IP, IP_PKTINFO, &strange, 4, EINVAL);
	refused(sock, IPPROTO_IPV6, IPV6_PKTINFO, &six, sizeof(six), EINVAL);
	refused(sock, IPPROTO_IP, IP_TTL, &(int){300}, sizeof(int), EINVAL);
	refused(sock, IPPROTO_IP, IP_TTL, &(int){-2}, sizeof(int), EINVAL);
	refused(sock, IPPROTO_IP, 4242, &(int){1}, sizeof(int), EINVAL);
	/* A time, where SO_TXTIME was not set. */
	refused(sock, SOL_SOCKET, SCM_TXTIME, &(uint64_t){1}, sizeof(uint64_t), EINVAL);

	fresh(&(struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(PORT),
				    .sin_addr = one}, sizeof(struct sockaddr_in));
	add(IPPROTO_IP, IP_TTL, &(int){3}, sizeof(int));
	m.control.align.cmsg_len = 4096;
	FAILS(zsock_sendmsg(sock, &m.msg, 0), EINVAL);
	m.control.align.cmsg_len = 1;
	FAILS(zsock_sendmsg(sock, &m.msg, 0), EINVAL);
	zassert_ok(zsock_close(sock));
}

ZTEST(ancillary, test_an_interface_of_its_own)
{
	struct in_pktinfo info = {.ipi_ifindex = index_of(&left)};
	struct net_if *before = right.iface;
	int sock = opened(AF_INET, NULL, 0);
	struct ifreq device = {0};

	zassert_true(net_if_get_name(before, device.ifr_name, sizeof(device.ifr_name)) > 0);
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, &device, sizeof(device)));
	refused(sock, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info), EINVAL);
	zassert_ok(zsock_close(sock));
}

ZTEST(ancillary, test_stamps_and_room_for_them)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = one};
	int sock = opened(AF_INET, &to, sizeof(to)), value = SOF_TIMESTAMPING_RX_HARDWARE;

	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_TIMESTAMPING, &value, sizeof(value)));
	for (int i = 0; i < 2; i++) {
		zassert_equal(zsock_sendto(sock, "x", 1, 0, (const struct sockaddr *)&to, sizeof(to)),
			      1);
		fresh(NULL, 0);
		m.msg.msg_controllen = i == 0 ? sizeof(m.control) : sizeof(struct cmsghdr);
		zassert_equal(zsock_recvmsg(sock, &m.msg, 0), 1);
		if (i == 0) {
			zassert_equal(m.msg.msg_flags, 0);
			zassert_not_null(item(SOL_SOCKET, SO_TIMESTAMPING,
					      sizeof(struct net_ptp_time)));
		} else {
			zassert_equal(m.msg.msg_flags, ZSOCK_MSG_CTRUNC);
			zassert_equal(m.msg.msg_controllen, 0);
		}
	}
	zassert_ok(zsock_close(sock));
}
