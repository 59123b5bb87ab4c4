/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors that all threads share: while one waits for a socket another closes it, or makes
 * another one of the same number.
 */

#include "noise.h"

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/socket.h>
#include <zephyr/zvfs/eventfd.h>
#include <zephyr/ztest.h>

#define SHARED 12
#define PORTS  4

static atomic_t shared[SHARED];

atomic_t descriptors_made;
atomic_t bytes_received;

static int some_fd(struct draw *draw)
{
	uint32_t which = below(draw, SHARED + 1);

	/* One in thirteen is nobody's. */
	return which == SHARED ? (int)below(draw, 64) - 8
			       : (int)atomic_get(&shared[which]) - 1;
}

/* Gives a new descriptor to all; the one in whose place it comes is closed. */
static void share(struct draw *draw, int fd)
{
	if (fd >= 0) {
		int old = (int)atomic_set(&shared[below(draw, SHARED)], fd + 1) - 1;

		(void)atomic_inc(&descriptors_made);
		if (old >= 0) {
			(void)zsock_close(old);
		}
	}
}

void close_all(void)
{
	for (size_t i = 0; i < SHARED; i++) {
		int fd = (int)atomic_set(&shared[i], 0) - 1;

		if (fd >= 0) {
			(void)zsock_close(fd);
		}
	}
}

/* An address of this host, mostly; returns how long it is said to be. */
static socklen_t address(struct draw *draw, struct sockaddr_storage *addr)
{
	uint16_t port = htons(4000 + below(draw, PORTS));

	memset(addr, 0, sizeof(*addr));
	if (below(draw, 3) != 0) {
		struct sockaddr_in *in = (struct sockaddr_in *)addr;

		in->sin_family = AF_INET;
		in->sin_port = port;
		in->sin_addr.s_addr = below(draw, 4) == 0 ? any(draw) : htonl(0x7f000001);
	} else {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)addr;

		in6->sin6_family = AF_INET6;
		in6->sin6_port = port;
		in6->sin6_addr.s6_addr[15] = below(draw, 8) == 0 ? any(draw) : 1;
	}
	if (below(draw, 16) == 0) {
		addr->ss_family = any(draw) & 0xff;
	}
	return below(draw, 8) == 0 ? below(draw, sizeof(*addr) + 1)
				   : sizeof(struct sockaddr_in6);
}

static int flags(struct draw *draw)
{
	static const int some[] = {ZSOCK_MSG_DONTWAIT, ZSOCK_MSG_PEEK | ZSOCK_MSG_DONTWAIT,
				   ZSOCK_MSG_TRUNC | ZSOCK_MSG_DONTWAIT,
				   ZSOCK_MSG_WAITALL | ZSOCK_MSG_DONTWAIT};

	return some[below(draw, ARRAY_SIZE(some))];
}

static void opening(struct draw *draw)
{
	static const int kinds[][3] = {
		{AF_INET, SOCK_STREAM, IPPROTO_TCP}, {AF_INET, SOCK_DGRAM, IPPROTO_UDP},
		{AF_INET6, SOCK_STREAM, IPPROTO_TCP}, {AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
		{AF_INET, SOCK_RAW, IPPROTO_ICMP}, {AF_PACKET, SOCK_DGRAM, ETH_P_ALL},
	};
	const int *kind = kinds[below(draw, ARRAY_SIZE(kinds))];
	int fd = below(draw, 16) == 0 ? zsock_socket(any(draw) & 15, any(draw) & 7, any(draw) & 255)
				      : zsock_socket(kind[0], kind[1], kind[2]);

	/* Whoever waits does so for a while only. */
	if (fd >= 0) {
		struct zsock_timeval tv = {.tv_usec = 20000};

		(void)zsock_setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
		(void)zsock_setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	}
	share(draw, fd);
}

static void closing(struct draw *draw)
{
	int fd = (int)atomic_set(&shared[below(draw, SHARED)], 0) - 1;

	if (fd >= 0) {
		zassert_ok(zsock_close(fd), "closed by its owner: errno %d", errno);
	}
}

static void naming(struct draw *draw)
{
	struct sockaddr_storage addr;
	socklen_t len = address(draw, &addr);
	int fd = some_fd(draw);

	switch (below(draw, 4)) {
	case 0:
		(void)zsock_bind(fd, (struct sockaddr *)&addr, len);
		break;
	case 1:
		(void)zsock_getsockname(fd, (struct sockaddr *)&addr, &len);
		break;
	case 2:
		(void)zsock_getpeername(fd, (struct sockaddr *)&addr, &len);
		break;
	default:
		(void)zsock_listen(fd, (int)below(draw, 6) - 1);
		break;
	}
}

static void joining(struct draw *draw)
{
	struct sockaddr_storage addr;
	socklen_t len = address(draw, &addr);
	int fd = some_fd(draw);

	(void)zsock_fcntl(fd, ZVFS_F_SETFL, below(draw, 4) == 0 ? 0 : ZVFS_O_NONBLOCK);
	if (below(draw, 2) == 0) {
		(void)zsock_connect(fd, (struct sockaddr *)&addr, len);
	} else {
		share(draw, zsock_accept(fd, (struct sockaddr *)&addr, &len));
	}
}

static void sending(struct draw *draw)
{
	struct sockaddr_storage addr;
	socklen_t len = address(draw, &addr);
	struct room room;

	fill(draw, &room);
	if (below(draw, 2) == 0) {
		(void)zsock_send(some_fd(draw), room.bytes, below(draw, ROOM + 1), flags(draw));
	} else {
		(void)zsock_sendto(some_fd(draw), room.bytes, below(draw, ROOM + 1), flags(draw),
				   (struct sockaddr *)&addr, len);
	}
}

static void receiving(struct draw *draw)
{
	struct sockaddr_storage addr;
	socklen_t len = below(draw, sizeof(addr) + 1);
	struct room room;
	ssize_t got;

	fill(draw, &room);
	if (below(draw, 2) == 0) {
		got = zsock_recv(some_fd(draw), room.bytes, below(draw, ROOM + 1), flags(draw));
	} else {
		got = zsock_recvfrom(some_fd(draw), room.bytes, below(draw, ROOM + 1), flags(draw),
				     (struct sockaddr *)&addr, &len);
	}
	(void)atomic_add(&bytes_received, got > 0 ? got : 0);
	watch(&room);
}

static void gathering(struct draw *draw)
{
	struct sockaddr_storage addr;
	struct room data, control;
	struct iovec parts[3];
	struct msghdr msg = {.msg_iov = parts, .msg_iovlen = below(draw, 4)};

	fill(draw, &data);
	fill(draw, &control);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		parts[i] = (struct iovec){data.bytes + 64 * i, below(draw, 64)};
	}
	msg.msg_control = below(draw, 4) == 0 ? NULL : control.bytes;
	msg.msg_controllen = below(draw, ROOM / 2);
	if (msg.msg_controllen >= sizeof(struct cmsghdr) && below(draw, 4) != 0) {
		struct cmsghdr head = {.cmsg_len = below(draw, ROOM),
				       .cmsg_level = below(draw, 2) == 0 ? IPPROTO_IP : SOL_SOCKET,
				       .cmsg_type = below(draw, 70)};

		memcpy(control.bytes, &head, sizeof(head));
	}
	if (below(draw, 2) == 0) {
		msg.msg_namelen = address(draw, &addr);
		msg.msg_name = &addr;
	}
	if (below(draw, 2) == 0) {
		(void)zsock_sendmsg(some_fd(draw), &msg, flags(draw));
	} else {
		(void)zsock_recvmsg(some_fd(draw), &msg, flags(draw));
	}
	watch(&data);
	watch(&control);
}

static void options(struct draw *draw)
{
	static const int levels[] = {SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, 77};
	int level = levels[below(draw, ARRAY_SIZE(levels))];
	int name = below(draw, 80), fd = some_fd(draw);
	socklen_t len = below(draw, 3) == 0 ? below(draw, 64) : sizeof(int);
	struct room room;

	/* Waiting for ever is what a time-out of nothing means. */
	if (level == SOL_SOCKET && (name == SO_RCVTIMEO || name == SO_SNDTIMEO)) {
		return;
	}
	fill(draw, &room);
	if (below(draw, 2) == 0) {
		(void)zsock_setsockopt(fd, level, name, room.bytes, len);
	} else {
		(void)zsock_getsockopt(fd, level, name, room.bytes, &len);
	}
	watch(&room);
}

static void looking(struct draw *draw)
{
	struct zsock_pollfd fds[4];
	int count = below(draw, ARRAY_SIZE(fds) + 1);

	for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
		fds[i] = (struct zsock_pollfd){.fd = some_fd(draw), .events = any(draw) & 0xff};
	}
	(void)zsock_poll(fds, count, below(draw, 10));
}

static void ending(struct draw *draw)
{
	(void)zsock_shutdown(some_fd(draw), (int)below(draw, 5) - 1);
}

static void others(struct draw *draw)
{
	int pair[2];

	switch (below(draw, 3)) {
	case 0:
		if (zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0) {
			(void)zsock_fcntl(pair[0], ZVFS_F_SETFL, ZVFS_O_NONBLOCK);
			(void)zsock_fcntl(pair[1], ZVFS_F_SETFL, ZVFS_O_NONBLOCK);
			share(draw, pair[0]);
			share(draw, pair[1]);
		}
		break;
	case 1:
		share(draw, zvfs_eventfd(below(draw, 4), ZVFS_EFD_NONBLOCK));
		break;
	default: {
		int bytes;

		(void)zsock_ioctl(some_fd(draw), ZFD_IOCTL_FIONREAD, &bytes);
		break;
	}
	}
}

const struct mode socket_modes[] = {
	{"open", opening}, {"close", closing}, {"name", naming}, {"join", joining},
	{"send", sending}, {"receive", receiving}, {"messages", gathering}, {"options", options},
	{"poll", looking}, {"shutdown", ending}, {"pairs", others},
};
const size_t socket_modes_count = ARRAY_SIZE(socket_modes);
