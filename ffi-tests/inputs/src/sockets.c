/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of sockets: options, control messages, sets of descriptors, frames, and who makes sockets. */

#include "inputs.h"

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/offloaded_netdev.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_offload.h>
#include <zephyr/sys/fdtable.h>
#include <zephyr/zvfs/eventfd.h>
#include <zephyr/ztest.h>

/* ---- descriptors ----------------------------------------------------------------------------- */

void no_descriptors(int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		fds[i] = -1;
	}
}

static int open_one(uint8_t how)
{
	int pair[2];

	switch (how % 10) {
	case 0:
	case 1:
		return zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	case 2:
		return zsock_socket(AF_INET6, SOCK_DGRAM, 0);
	case 3:
	case 4:
		return zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	case 5:
		return zsock_socket(AF_INET6, SOCK_STREAM, 0);
	case 6:
		return zsock_socket(AF_PACKET, (how & 128) != 0 ? SOCK_RAW : SOCK_DGRAM,
				    htons(ETH_P_ALL));
	case 7:
		return zsock_socket(AF_INET, SOCK_RAW, how >> 3);
	case 8:
		if (zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0) {
			return -1;
		}
		zassert_ok(zsock_close(pair[1]));
		return pair[0];
	default:
		return zvfs_eventfd(how, ZVFS_EFD_NONBLOCK);
	}
}

void open_some(struct input *input, int *fds, size_t count)
{
	const uint8_t how = take_byte(input);
	int *const fd = &fds[how % count];

	if (*fd >= 0) {
		(void)zsock_close(*fd);
	}
	*fd = open_one(take_byte(input));
}

int some_descriptor(struct input *input, const int *fds, size_t count)
{
	const uint8_t which = take_byte(input);

	/* No small number, which may be that of somebody who is not tried. */
	return which >= 254 ? CONFIG_ZVFS_OPEN_MAX : which >= 250 ? -2 : fds[which % count];
}

void close_all(int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fds[i] >= 0) {
			(void)zsock_close(fds[i]);
		}
		fds[i] = -1;
	}
}

/* Loopback, a port of four, in either family; or bytes as they are. */
static socklen_t some_address(struct input *input, struct sockaddr_storage *out)
{
	const uint8_t how = take_byte(input);
	struct sockaddr_in *const four = (struct sockaddr_in *)out;
	struct sockaddr_in6 *const six = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (how < 160) {
		four->sin_family = AF_INET;
		four->sin_port = htons(5000 + how % 4);
		four->sin_addr.s_addr = htonl((how & 8) != 0 ? INADDR_ANY : 0x7f000001);
		return sizeof(*four);
	}
	if (how < 220) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(5000 + how % 4);
		six->sin6_addr.s6_addr[15] = 1;
		return sizeof(*six);
	}
	(void)take_bytes(input, out, how % sizeof(*out));
	return how % (sizeof(*out) + 1);
}

/* ---- options --------------------------------------------------------------------------------- */

static void options(struct input *input)
{
	static const uint8_t levels[] = {SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP,
					 IPPROTO_UDP, SOL_SOCKET};
	int fds[3];

	no_descriptors(fds, ARRAY_SIZE(fds));
	open_some(input, fds, ARRAY_SIZE(fds));
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		const int level = how >= 240 ? take_word(input) : levels[how % ARRAY_SIZE(levels)];
		const int name = take_byte(input) % 96;
		const int fd = some_descriptor(input, fds, ARRAY_SIZE(fds));
		struct room room;
		socklen_t len = fill_room(input, &room) % (ROOM + 1);

		if ((how & 16) != 0) {
			(void)zsock_setsockopt(fd, level, name, room.bytes, len);
		} else if (zsock_getsockopt(fd, level, name, room.bytes, &len) == 0) {
			zassert_true(len <= ROOM);
		}
		watch_room(&room);
		if ((how & 32) != 0) {
			open_some(input, fds, ARRAY_SIZE(fds));
		}
	}
	close_all(fds, ARRAY_SIZE(fds));
}

static const char *const option_words[] = {
	"\x10\x05", "\x11\x23", "\x12\x14", "\x04\x01\x01\x01\x01", "\x08\x7f\x01\x01\x01",
	"\x10\x14\x01\x08", "lo0", "\xe0\x01\x01\x02", "\xff\xff\xff\xff", "",
};

const struct target options_target = {"options", options, option_words, 50000};

/* ---- control messages ------------------------------------------------------------------------ */

static void control(struct input *input)
{
	/* Aligned as messages are. */
	static union {
		struct cmsghdr header;
		uint8_t bytes[ROOM];
	} ancillary;
	int fds[2] = {zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP),
		      zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP)};

	zassert_true(fds[0] >= 0 && fds[1] >= 0);
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		const int fd = fds[how & 1];
		struct sockaddr_storage to;
		struct room room;
		const size_t len = fill_room(input, &room);
		/* The pieces overlap: reading may. */
		struct iovec pieces[3] = {{room.bytes, len / 2}, {room.bytes, len / 3}, {NULL, 0}};
		struct msghdr msg = {.msg_name = &to, .msg_iov = pieces, .msg_iovlen = how % 4,
				     .msg_control = &ancillary, .msg_flags = how};
		const int on = 1;

		msg.msg_namelen = some_address(input, &to);
		memset(&ancillary, 0, sizeof(ancillary));
		(void)take_bytes(input, &ancillary, take_byte(input));
		msg.msg_controllen = take_byte(input) % (ROOM - 16);
		/* Mostly a length that is nearly right. */
		if ((how & 4) != 0) {
			ancillary.header.cmsg_len = msg.msg_controllen - how % 3;
		}
		(void)zsock_bind(fd, (struct sockaddr *)&to, msg.msg_namelen);
		(void)zsock_setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof(on));
		(void)zsock_setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on));
		(void)zsock_sendmsg(fd, &msg, ZSOCK_MSG_DONTWAIT);
		k_yield();

		const size_t room_there = how % 64;

		memset(ancillary.bytes, GUARD, sizeof(ancillary));
		msg.msg_name = (how & 8) != 0 ? &to : NULL;
		msg.msg_namelen = (how & 8) != 0 ? how % sizeof(to) : 0;
		msg.msg_controllen = room_there;
		msg.msg_iovlen = MIN(msg.msg_iovlen, 2);
		if (zsock_recvmsg(fd, &msg, ZSOCK_MSG_DONTWAIT) >= 0) {
			zassert_true(msg.msg_controllen <= room_there);
		}
		for (size_t i = room_there; i < sizeof(ancillary); i++) {
			zassert_equal(ancillary.bytes[i], GUARD, "written past the end");
		}
		watch_room(&room);
	}
	close_all(fds, ARRAY_SIZE(fds));
}

static const char *const control_words[] = {
	"\x10\x01\x01\x01", "\x0c", "\x1c", "\x10", "\x18", "\x28", "\x08\x01", "\x32", "",
};

const struct target control_target = {"control messages", control, control_words, 20000};

/* ---- sets ------------------------------------------------------------------------------------ */

static void sets(struct input *input)
{
	struct zsock_pollfd polls[12];
	zsock_fd_set read, write, except;
	struct zsock_timeval wait = {0, 0};
	int fds[DESCRIPTORS];

	no_descriptors(fds, ARRAY_SIZE(fds));
	for (int i = take_byte(input) % 8; i > 0; i--) {
		open_some(input, fds, ARRAY_SIZE(fds));
	}
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		const int count = how % (ARRAY_SIZE(polls) + 1);
		int ready = 0, said;

		if ((how & 128) != 0) {
			struct sockaddr_storage address;
			const int fd = some_descriptor(input, fds, ARRAY_SIZE(fds));

			(void)zsock_fcntl(fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK);
			(void)zsock_bind(fd, (struct sockaddr *)&address,
					 some_address(input, &address));
			(void)zsock_listen(fd, how % 3);
			(void)zsock_connect(fd, (struct sockaddr *)&address, sizeof(address));
			(void)zsock_send(fd, &address, how % sizeof(address), ZSOCK_MSG_DONTWAIT);
		}
		ZSOCK_FD_ZERO(&read);
		ZSOCK_FD_ZERO(&write);
		ZSOCK_FD_ZERO(&except);
		for (int i = 0; i < count; i++) {
			const int fd = some_descriptor(input, fds, ARRAY_SIZE(fds));

			polls[i] = (struct zsock_pollfd){.fd = fd, .events = (short)take_word(input),
							 .revents = -1};
			if (fd >= 0) {
				ZSOCK_FD_SET(fd, (how & 64) != 0 ? &read : &write);
				ZSOCK_FD_SET(fd, &except);
			}
		}
		said = zsock_poll(polls, count, (how & 32) != 0 ? how % 16 : 0);
		for (int i = 0; i < count && said >= 0; i++) {
			const int asked = polls[i].events | ZSOCK_POLLERR | ZSOCK_POLLHUP |
					  ZSOCK_POLLNVAL;

			zassert_equal(polls[i].revents & ~asked, 0, "not asked for");
			zassert_true(polls[i].fd >= 0 || polls[i].revents == 0);
			ready += polls[i].revents != 0;
		}
		zassert_true(said < 0 || said == ready);
		wait.tv_usec = how * 10;
		said = zsock_select(how, &read, (how & 1) != 0 ? &write : NULL, &except, &wait);
		zassert_true(said <= 3 * count);
	}
	close_all(fds, ARRAY_SIZE(fds));
}

static const char *const set_words[] = {
	"\x01\x01", "\x04\x01", "\x05\x01", "\xff\x01", "\x80\x01", "\xfc\x01\x01", "\x02\x03\x01\x04",
	"",
};

const struct target sets_target = {"sets", sets, set_words, 20000};

/* ---- frames ---------------------------------------------------------------------------------- */

static void frames(struct input *input)
{
	int fds[2] = {-1, -1};

	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		int *const fd = &fds[how & 1];
		struct sockaddr_ll address = {.sll_family = AF_PACKET};
		socklen_t len = sizeof(address);
		struct room room;
		size_t size;

		if (*fd < 0 || (how & 0x70) == 0x70) {
			close_all(fd, 1);
			*fd = zsock_socket(AF_PACKET, (how & 2) != 0 ? SOCK_RAW : SOCK_DGRAM,
					   htons((how & 4) != 0 ? ETH_P_ALL : take_word(input)));
		}
		address.sll_ifindex = take_byte(input) % 5;
		address.sll_protocol = htons((how & 8) != 0 ? ETH_P_IP : take_word(input));
		address.sll_halen = take_byte(input);
		(void)take_bytes(input, address.sll_addr, sizeof(address.sll_addr));
		if ((how & 16) != 0) {
			len = take_byte(input) % (sizeof(address) + 4);
		}
		size = fill_room(input, &room);
		if ((how & 32) != 0) {
			(void)zsock_bind(*fd, (struct sockaddr *)&address, MIN(len, sizeof(address)));
		}
		(void)zsock_sendto(*fd, room.bytes, size, ZSOCK_MSG_DONTWAIT,
				   (struct sockaddr *)&address, MIN(len, sizeof(address)));
		k_msleep(1);
		len = MIN(len, sizeof(address));
		if (zsock_recvfrom(*fd, room.bytes, how, ZSOCK_MSG_DONTWAIT,
				   (struct sockaddr *)&address, &len) >= 0) {
			zassert_true(len <= sizeof(address));
		}
		watch_room(&room);
	}
	close_all(fds, ARRAY_SIZE(fds));
}

static const char *const frame_words[] = {
	"E", "\x45\x01\x01\x1c", "\x7f\x01\x01\x01", "\x60\x01", "\x08\x01", "\x06\xff\xff\xff", "\x40\x11",
	"",
};

const struct target frames_target = {"frames", frames, frame_words, 20000};

/* ---- who makes sockets ------------------------------------------------------------------------ */

static int made, closed;
static int object;

static ssize_t no_bytes(void *obj, void *buf, size_t sz)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(buf);
	return (ssize_t)(sz % 7);
}

static ssize_t all_bytes(void *obj, const void *buf, size_t sz)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(buf);
	return (ssize_t)sz;
}

static int close_it(void *obj)
{
	ARG_UNUSED(obj);
	closed++;
	return 0;
}

static int control_it(void *obj, unsigned int request, va_list args)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(request);
	ARG_UNUSED(args);
	errno = EOPNOTSUPP;
	return -1;
}

static int bind_it(void *obj, const struct sockaddr *addr, socklen_t addrlen)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(addr);
	errno = EINVAL;
	return addrlen > 8 ? 0 : -1;
}

static int set_it(void *obj, int level, int optname, const void *optval, socklen_t optlen)
{
	ARG_UNUSED(obj);
	ARG_UNUSED(level);
	ARG_UNUSED(optname);
	ARG_UNUSED(optval);
	errno = EINVAL;
	return optlen > 2 ? 0 : -1;
}

/* Much can't be done with such a socket: what is asked for then is refused. */
static const struct socket_op_vtable other_ops = {
	.fd_vtable = {.read = no_bytes, .write = all_bytes, .close = close_it, .ioctl = control_it},
	.bind = bind_it,
	.setsockopt = set_it,
};

static int other_open(int family, int type, int proto)
{
	ARG_UNUSED(family);
	ARG_UNUSED(proto);
	const int fd = type == SOCK_RAW ? -1 : zvfs_reserve_fd();

	if (fd < 0) {
		errno = EPROTOTYPE;
		return -1;
	}
	zvfs_finalize_fd(fd, &object, &other_ops.fd_vtable);
	made++;
	return fd;
}

static bool other_makes(int family, int type, int proto)
{
	ARG_UNUSED(type);
	ARG_UNUSED(proto);
	return family == 40;
}

NET_SOCKET_OFFLOAD_REGISTER(other, 60, AF_UNSPEC, other_makes, other_open);

static void other_init(struct net_if *iface)
{
	net_if_socket_offload_set(iface, other_open);
}

static const struct offloaded_if_api other_api = {.iface_api.init = other_init};

NET_DEVICE_OFFLOAD_INIT(other, "other", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
			&other_api, 1500);

/* Sockets through the dispatcher: bound to a device, moved between makers, used before and after. */
static void makers(struct input *input)
{
	static const int families[] = {AF_INET, AF_INET6, 40, AF_PACKET, AF_UNSPEC, 77};
	int fds[3];

	no_descriptors(fds, ARRAY_SIZE(fds));
	made = closed = 0;
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		int *const fd = &fds[how % ARRAY_SIZE(fds)];
		struct sockaddr_storage address;
		struct ifreq request = {0};
		struct room room;
		socklen_t len = ROOM;

		(void)fill_room(input, &room);
		switch (how >> 4) {
		case 0:
		case 1:
		case 2:
			close_all(fd, 1);
			*fd = zsock_socket(families[how % ARRAY_SIZE(families)], take_byte(input) % 5,
					   take_byte(input) % 20);
			if (*fd >= 0) {
				(void)zsock_fcntl(*fd, ZVFS_F_SETFL, ZVFS_O_NONBLOCK);
			}
			break;
		case 3:
		case 4:
		case 5:
			if ((how & 1) != 0) {
				(void)net_if_get_name(net_if_get_by_index(how % 5),
						      request.ifr_name, sizeof(request.ifr_name));
			} else {
				(void)take_bytes(input, request.ifr_name, sizeof(request.ifr_name));
			}
			(void)zsock_setsockopt(*fd, SOL_SOCKET, SO_BINDTODEVICE, &request,
					       how % (sizeof(request) + 1));
			break;
		case 6:
			(void)zsock_bind(*fd, (struct sockaddr *)&address,
					 some_address(input, &address));
			break;
		case 7:
			len = some_address(input, &address);
			(void)zsock_sendto(*fd, room.bytes, how, 0, (struct sockaddr *)&address, len);
			break;
		case 8:
			(void)zsock_recv(*fd, room.bytes, how, ZSOCK_MSG_DONTWAIT);
			break;
		case 9:
			(void)zsock_getsockopt(*fd, SOL_SOCKET, take_byte(input), room.bytes, &len);
			break;
		case 10:
			(void)zsock_listen(*fd, how);
			(void)zsock_accept(*fd, (struct sockaddr *)room.bytes, &len);
			break;
		case 11:
			(void)zsock_getsockname(*fd, (struct sockaddr *)room.bytes, &len);
			(void)zsock_getpeername(*fd, (struct sockaddr *)room.bytes, &len);
			break;
		case 12:
			(void)zsock_shutdown(*fd, how % 4);
			break;
		case 13: {
			struct zsock_pollfd poll = {.fd = *fd, .events = ZSOCK_POLLIN};

			(void)zsock_poll(&poll, 1, 0);
			break;
		}
		default:
			close_all(fd, 1);
			break;
		}
		watch_room(&room);
	}
	close_all(fds, ARRAY_SIZE(fds));
	zassert_equal(made, closed, "a maker's socket was not closed");
}

static const char *const maker_words[] = {
	"\x01\x01\x01", "\x33\x01\x02", "\x31", "\x35", "lo0", "other0", "net0", "\x61", "\x71", "\xf1", "",
};

const struct target makers_target = {"makers", makers, maker_words, 50000};
