// SPDX-License-Identifier: Apache-2.0
/*
 * Sockets on which management events are heard. Belongs to the application's part of the image, where
 * makers of sockets are listed.
 *
 * What is raised while nobody receives is kept, as far as there is room: what finds none is lost.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_SOCKETS_NET_MGMT)

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <zephyr/net/ethernet_mgmt.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_net_mgmt.h>
#include <zephyr/net/socket_offload.h>
#include <zephyr/sys/fdtable.h>

/* Bytes an event brings along at most. */
#define INFO_MAX 64
/* Events kept for one socket. */
#define KEPT 4

struct kept_event {
	uint64_t event;
	int ifindex;
	uint32_t len;
	uint8_t info[INFO_MAX];
};

struct mgmt_socket {
	struct net_mgmt_event_callback callback;
	struct k_msgq events;
	char __aligned(8) room[KEPT * sizeof(struct kept_event)];
	struct k_mutex *lock;
	uintptr_t pid;
	int ifindex;
	bool taken;
	bool bound;
	bool closed;
	bool nonblock;
	bool waiting;
};

static struct mgmt_socket sockets[CONFIG_NET_SOCKETS_NET_MGMT_MAX_LISTENERS];
static K_MUTEX_DEFINE(lock);

static void heard(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	struct mgmt_socket *socket = CONTAINER_OF(cb, struct mgmt_socket, callback);
	struct kept_event kept = {.event = event};

	kept.ifindex = iface != NULL ? net_if_get_by_iface(iface) : 0;
	if (socket->ifindex != 0 && socket->ifindex != kept.ifindex) {
		return;
	}
#if defined(CONFIG_NET_MGMT_EVENT_INFO)
	if (cb->info != NULL) {
		kept.len = MIN(cb->info_length, sizeof(kept.info));
		(void)memcpy(kept.info, cb->info, kept.len);
	}
#endif
	(void)k_msgq_put(&socket->events, &kept, K_NO_WAIT);
}

static int fails(int error)
{
	errno = error;
	return -1;
}

static int mgmt_close(void *obj, int fd)
{
	struct mgmt_socket *socket = obj;

	ARG_UNUSED(fd);
	if (socket->bound) {
		net_mgmt_del_event_callback(&socket->callback);
		socket->bound = false;
	}
	socket->closed = true;
	if (socket->waiting) {
		/* Whoever waits finds it closed, and gives it back. */
		struct kept_event none = {0};

		k_msgq_purge(&socket->events);
		(void)k_msgq_put(&socket->events, &none, K_NO_WAIT);
	} else {
		socket->taken = false;
	}
	return 0;
}

static int mgmt_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	struct mgmt_socket *socket = obj;
	const struct sockaddr_nm *name = (const struct sockaddr_nm *)addr;

	if (addr == NULL || len < sizeof(*name)) {
		return fails(EINVAL);
	}
	if (name->nm_family != AF_NET_MGMT) {
		return fails(EAFNOSUPPORT);
	}
	if (socket->bound) {
		return fails(EINVAL);
	}
	if (name->nm_ifindex != 0 && net_if_get_by_index(name->nm_ifindex) == NULL) {
		return fails(ENOENT);
	}
	socket->ifindex = name->nm_ifindex;
	socket->pid = name->nm_pid;
	net_mgmt_init_event_callback(&socket->callback, heard, name->nm_mask);
	net_mgmt_add_event_callback(&socket->callback);
	socket->bound = true;
	return 0;
}

/* Waits for an event: the descriptor's mutex is held on the way in and out, not meanwhile. */
static int await(struct mgmt_socket *socket, struct kept_event *kept, bool wait)
{
	int result = k_msgq_get(&socket->events, kept, K_NO_WAIT);

	if (result == 0 || !wait) {
		return result == 0 ? 0 : fails(EAGAIN);
	}
	socket->waiting = true;
	k_mutex_unlock(socket->lock);
	(void)k_msgq_get(&socket->events, kept, K_FOREVER);
	(void)k_mutex_lock(socket->lock, K_FOREVER);
	socket->waiting = false;
	if (socket->closed) {
		socket->taken = false;
		return fails(EBADF);
	}
	return 0;
}

static ssize_t mgmt_recvfrom(void *obj, void *buf, size_t max_len, int flags, struct sockaddr *src,
			     socklen_t *srclen)
{
	struct mgmt_socket *socket = obj;
	struct net_mgmt_msghdr head = {.nm_msg_version = NET_MGMT_SOCKET_VERSION_1};
	struct kept_event kept;
	size_t len;

	if ((flags & ~(ZSOCK_MSG_DONTWAIT | ZSOCK_MSG_PEEK)) != 0 || !socket->bound) {
		return fails(EINVAL);
	}
	if (buf == NULL && max_len != 0) {
		return fails(EFAULT);
	}
	if ((flags & ZSOCK_MSG_PEEK) != 0) {
		if (k_msgq_peek(&socket->events, &kept) != 0) {
			return fails(EAGAIN);
		}
	} else if (await(socket, &kept, !socket->nonblock && (flags & ZSOCK_MSG_DONTWAIT) == 0) != 0) {
		return -1;
	}
	if (src != NULL && srclen != NULL) {
		struct sockaddr_nm name = {
			.nm_family = AF_NET_MGMT,
			.nm_ifindex = kept.ifindex,
			.nm_pid = socket->pid,
			.nm_mask = kept.event,
		};

		(void)memcpy(src, &name, MIN(*srclen, sizeof(name)));
		*srclen = sizeof(name);
	}
	head.nm_msg_len = kept.len;
	len = MIN(max_len, sizeof(head) + kept.len);
	(void)memcpy(buf, &head, MIN(len, sizeof(head)));
	if (len > sizeof(head)) {
		(void)memcpy((uint8_t *)buf + sizeof(head), kept.info, len - sizeof(head));
	}
	return (ssize_t)len;
}

static ssize_t mgmt_read(void *obj, void *buf, size_t len)
{
	return mgmt_recvfrom(obj, buf, len, 0, NULL, NULL);
}

#if defined(CONFIG_NET_L2_ETHERNET_MGMT)
/* Requests as options: those about credit-based shaping, on the interface it is bound to. */
static int request(struct mgmt_socket *socket, int level, int name, void *value, size_t len)
{
	struct net_if *iface = net_if_get_by_index(socket->ifindex);
	int result;

	if (level != SOL_NET_MGMT_RAW) {
		return fails(ENOPROTOOPT);
	}
	if (iface == NULL) {
		return fails(ENOENT);
	}
	if (name == (int)NET_REQUEST_ETHERNET_GET_QAV_PARAM) {
		result = net_mgmt(NET_REQUEST_ETHERNET_GET_QAV_PARAM, iface, value, len);
	} else if (name == (int)NET_REQUEST_ETHERNET_SET_QAV_PARAM) {
		result = net_mgmt(NET_REQUEST_ETHERNET_SET_QAV_PARAM, iface, value, len);
	} else {
		return fails(ENOPROTOOPT);
	}
	return result < 0 ? fails(-result) : 0;
}
#else
static int request(struct mgmt_socket *socket, int level, int name, void *value, size_t len)
{
	ARG_UNUSED(socket);
	ARG_UNUSED(level);
	ARG_UNUSED(name);
	ARG_UNUSED(value);
	ARG_UNUSED(len);
	return fails(ENOPROTOOPT);
}
#endif

static int mgmt_getsockopt(void *obj, int level, int name, void *value, socklen_t *len)
{
	if (value == NULL || len == NULL) {
		return fails(EFAULT);
	}
	return request(obj, level, name, value, *len);
}

static int mgmt_setsockopt(void *obj, int level, int name, const void *value, socklen_t len)
{
	return request(obj, level, name, (void *)value, len);
}

static int mgmt_ioctl(void *obj, unsigned int request_number, va_list args)
{
	struct mgmt_socket *socket = obj;
	struct zsock_pollfd *fd;
	struct k_poll_event **event;

	switch (request_number) {
	case ZFD_IOCTL_SET_LOCK:
		socket->lock = va_arg(args, struct k_mutex *);
		return 0;
	case ZVFS_F_GETFL:
		return ZVFS_O_RDWR | (socket->nonblock ? ZVFS_O_NONBLOCK : 0);
	case ZVFS_F_SETFL:
		socket->nonblock = (va_arg(args, int) & ZVFS_O_NONBLOCK) != 0;
		return 0;
	case ZFD_IOCTL_FIONBIO:
		socket->nonblock = *va_arg(args, int *) != 0;
		return 0;
	case ZFD_IOCTL_POLL_PREPARE:
		fd = va_arg(args, struct zsock_pollfd *);
		event = va_arg(args, struct k_poll_event **);
		if ((fd->events & ZSOCK_POLLIN) != 0) {
			if (*event == va_arg(args, struct k_poll_event *)) {
				return -ENOMEM;
			}
			k_poll_event_init((*event)++, K_POLL_TYPE_MSGQ_DATA_AVAILABLE,
					  K_POLL_MODE_NOTIFY_ONLY, &socket->events);
		}
		return 0;
	case ZFD_IOCTL_POLL_UPDATE:
		fd = va_arg(args, struct zsock_pollfd *);
		event = va_arg(args, struct k_poll_event **);
		if ((fd->events & ZSOCK_POLLIN) != 0) {
			if (((*event)++)->state != K_POLL_STATE_NOT_READY) {
				fd->revents |= ZSOCK_POLLIN;
			}
		}
		return 0;
	default:
		return fails(EOPNOTSUPP);
	}
}

static const struct socket_op_vtable mgmt_ops = {
	.fd_vtable = {.read = mgmt_read, .close2 = mgmt_close, .ioctl = mgmt_ioctl},
	.bind = mgmt_bind,
	.recvfrom = mgmt_recvfrom,
	.getsockopt = mgmt_getsockopt,
	.setsockopt = mgmt_setsockopt,
};

static bool mgmt_is_supported(int family, int type, int proto)
{
	return family == AF_NET_MGMT && (type == SOCK_RAW || type == SOCK_DGRAM) &&
	       proto == NET_MGMT_EVENT_PROTO;
}

static int mgmt_open(int family, int type, int proto)
{
	struct mgmt_socket *socket = NULL;
	int fd = zvfs_reserve_fd();

	ARG_UNUSED(family);
	ARG_UNUSED(type);
	ARG_UNUSED(proto);
	if (fd < 0) {
		return -1;
	}
	(void)k_mutex_lock(&lock, K_FOREVER);
	for (size_t i = 0; i < ARRAY_SIZE(sockets) && socket == NULL; i++) {
		if (!sockets[i].taken) {
			socket = &sockets[i];
			(void)memset(socket, 0, sizeof(*socket));
			socket->taken = true;
		}
	}
	k_mutex_unlock(&lock);
	if (socket == NULL) {
		zvfs_free_fd(fd);
		return fails(ENOENT);
	}
	k_msgq_init(&socket->events, socket->room, sizeof(struct kept_event), KEPT);
	zvfs_finalize_typed_fd(fd, socket, &mgmt_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	return fd;
}

NET_SOCKET_REGISTER(af_net_mgmt, NET_SOCKET_DEFAULT_PRIO, AF_NET_MGMT, mgmt_is_supported, mgmt_open);

#endif /* CONFIG_NET_SOCKETS_NET_MGMT */
