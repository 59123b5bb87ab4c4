// SPDX-License-Identifier: Apache-2.0
/*
 * Sockets that are of nobody yet: SO_BINDTODEVICE makes one a socket of the device behind that interface,
 * or of the library; the first other call makes it one of whom the order of priorities says. Its
 * descriptor stays the same. Belongs to the application's part of the image, for the list of makers is
 * there.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER)

#include <errno.h>
#include <string.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_offload.h>
#include <zephyr/sys/fdtable.h>
#include <zephyr/sys/iterable_sections.h>

/* What was asked for. */
struct undecided {
	bool taken;
	int fd;
	int family;
	int type;
	int proto;
};

static struct undecided sockets[CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER_CONTEXT_MAX];
static K_MUTEX_DEFINE(lock);

static int open_undecided(int family, int type, int proto);

/* Whose turn it is when nobody names an interface. */
static int open_by_order(int family, int type, int proto)
{
	STRUCT_SECTION_FOREACH(net_socket_register, maker) {
		if (maker->handler == open_undecided ||
		    (maker->family != AF_UNSPEC && maker->family != family) ||
		    (maker->is_supported != NULL && !maker->is_supported(family, type, proto))) {
			continue;
		}
		return maker->handler(family, type, proto);
	}
	errno = EAFNOSUPPORT;
	return -1;
}

/* Makes it a socket of `open`: its descriptor, or -1. */
static int decide(struct undecided *socket, net_socket_create_t open)
{
	int fd = socket->fd, made = open(socket->family, socket->type, socket->proto);

	if (made < 0) {
		return -1;
	}
	if (znet_fd_move(made, fd) != 0) {
		(void)zsock_close(made);
		return -1;
	}
	socket->taken = false;
	return fd;
}

/* Calls the function of the socket that it has become. */
#define DECIDED(_obj, _call)                                                                       \
	do {                                                                                       \
		int fd = decide(_obj, open_by_order);                                              \
                                                                                                   \
		return fd < 0 ? -1 : _call;                                                        \
	} while (false)

static ssize_t undecided_read(void *obj, void *buf, size_t len)
{
	DECIDED(obj, znet_read(fd, buf, len));
}

static ssize_t undecided_write(void *obj, const void *buf, size_t len)
{
	DECIDED(obj, znet_write(fd, buf, len));
}

static int undecided_close(void *obj, int fd)
{
	ARG_UNUSED(fd);
	((struct undecided *)obj)->taken = false;
	return 0;
}

static int undecided_ioctl(void *obj, unsigned int request, va_list args)
{
	int fd;

	if (request == ZFD_IOCTL_SET_LOCK) {
		return -EOPNOTSUPP;
	}
	fd = decide(obj, open_by_order);
	switch (request) {
	case ZFD_IOCTL_POLL_PREPARE:
		/* Whoever waits looks again, and finds the other one. */
		return fd < 0 ? -errno : -EALREADY;
	case ZFD_IOCTL_POLL_UPDATE:
		return -EAGAIN;
	case ZVFS_F_GETFL:
		return fd < 0 ? -1 : zsock_fcntl_impl(fd, ZVFS_F_GETFL, 0);
	case ZVFS_F_SETFL:
		return fd < 0 ? -1 : zsock_fcntl_impl(fd, ZVFS_F_SETFL, va_arg(args, int));
	default:
		return fd < 0 ? -1 : znet_ioctl(fd, request, va_arg(args, int *));
	}
}

static int undecided_shutdown(void *obj, int how)
{
	DECIDED(obj, zsock_shutdown(fd, how));
}

static int undecided_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	DECIDED(obj, zsock_bind(fd, addr, len));
}

static int undecided_connect(void *obj, const struct sockaddr *addr, socklen_t len)
{
	DECIDED(obj, zsock_connect(fd, addr, len));
}

static int undecided_listen(void *obj, int backlog)
{
	DECIDED(obj, zsock_listen(fd, backlog));
}

static int undecided_accept(void *obj, struct sockaddr *addr, socklen_t *len)
{
	DECIDED(obj, zsock_accept(fd, addr, len));
}

static ssize_t undecided_sendto(void *obj, const void *buf, size_t len, int flags,
				const struct sockaddr *addr, socklen_t addrlen)
{
	DECIDED(obj, zsock_sendto(fd, buf, len, flags, addr, addrlen));
}

static ssize_t undecided_recvfrom(void *obj, void *buf, size_t len, int flags,
				  struct sockaddr *addr, socklen_t *addrlen)
{
	DECIDED(obj, zsock_recvfrom(fd, buf, len, flags, addr, addrlen));
}

static int undecided_getsockopt(void *obj, int level, int name, void *value, socklen_t *len)
{
	DECIDED(obj, zsock_getsockopt(fd, level, name, value, len));
}

/* Who makes sockets for the interface of this name. */
static net_socket_create_t maker_for(const void *value, socklen_t len)
{
	struct ifreq request = {0};
	net_socket_create_t open;
	struct net_if *iface;
	int index;

	/* The end stays, whether the name has one or not. */
	(void)memcpy(&request, value, MIN(len, sizeof(request) - 1));
	index = net_if_get_by_name(request.ifr_name);
	iface = index > 0 ? net_if_get_by_index(index) : NULL;
	if (iface == NULL) {
		return NULL;
	}
	open = net_if_socket_offload(iface);
	return open != NULL ? open : znet_socket_native;
}

static int undecided_setsockopt(void *obj, int level, int name, const void *value, socklen_t len)
{
	net_socket_create_t open = open_by_order;
	int fd;

	if (level == SOL_SOCKET && name == SO_BINDTODEVICE) {
		if (value == NULL || len == 0) {
			errno = EINVAL;
			return -1;
		}
		open = maker_for(value, len);
		if (open == NULL) {
			errno = ENODEV;
			return -1;
		}
	}
	fd = decide(obj, open);
	return fd < 0 ? -1 : zsock_setsockopt(fd, level, name, value, len);
}

static ssize_t undecided_sendmsg(void *obj, const struct msghdr *msg, int flags)
{
	DECIDED(obj, zsock_sendmsg(fd, msg, flags));
}

static ssize_t undecided_recvmsg(void *obj, struct msghdr *msg, int flags)
{
	DECIDED(obj, zsock_recvmsg(fd, msg, flags));
}

static int undecided_getpeername(void *obj, struct sockaddr *addr, socklen_t *len)
{
	DECIDED(obj, zsock_getpeername(fd, addr, len));
}

static int undecided_getsockname(void *obj, struct sockaddr *addr, socklen_t *len)
{
	DECIDED(obj, zsock_getsockname(fd, addr, len));
}

static const struct socket_op_vtable undecided_ops = {
	.fd_vtable = {
		.read = undecided_read,
		.write = undecided_write,
		.close2 = undecided_close,
		.ioctl = undecided_ioctl,
	},
	.shutdown = undecided_shutdown,
	.bind = undecided_bind,
	.connect = undecided_connect,
	.listen = undecided_listen,
	.accept = undecided_accept,
	.sendto = undecided_sendto,
	.recvfrom = undecided_recvfrom,
	.getsockopt = undecided_getsockopt,
	.setsockopt = undecided_setsockopt,
	.sendmsg = undecided_sendmsg,
	.recvmsg = undecided_recvmsg,
	.getpeername = undecided_getpeername,
	.getsockname = undecided_getsockname,
};

static int open_undecided(int family, int type, int proto)
{
	struct undecided *socket = NULL;
	int fd = zvfs_reserve_fd();

	if (fd < 0) {
		return -1;
	}
	(void)k_mutex_lock(&lock, K_FOREVER);
	for (size_t i = 0; i < ARRAY_SIZE(sockets) && socket == NULL; i++) {
		if (!sockets[i].taken) {
			socket = &sockets[i];
			*socket = (struct undecided){true, fd, family, type, proto};
		}
	}
	k_mutex_unlock(&lock);
	if (socket == NULL) {
		zvfs_free_fd(fd);
		errno = ENOMEM;
		return -1;
	}
	zvfs_finalize_typed_fd(fd, socket, &undecided_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	return fd;
}

/* Does anybody make such sockets? */
static bool is_supported(int family, int type, int proto)
{
	STRUCT_SECTION_FOREACH(net_socket_register, maker) {
		if (maker->handler != open_undecided &&
		    (maker->family == AF_UNSPEC || maker->family == family) &&
		    (maker->is_supported == NULL || maker->is_supported(family, type, proto))) {
			return true;
		}
	}
	return false;
}

/* Before everybody else. */
NET_SOCKET_REGISTER(dispatcher, 01, AF_UNSPEC, is_supported, open_undecided);

#endif /* CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER */
