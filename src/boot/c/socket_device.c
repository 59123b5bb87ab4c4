// SPDX-License-Identifier: Apache-2.0
/*
 * Sockets over contexts of a device with its own IP stack (struct net_offload): how they come, connect and
 * go. Belongs to the application's part of the image, as the other sockets of devices do.
 */

#include "socket_device.h"

#if defined(CONFIG_NET_OFFLOAD) && defined(CONFIG_NET_SOCKETS)

#include <stdarg.h>
#include <string.h>

#include <zephyr/sys/fdtable.h>

/* How long a connect takes at most when the socket has no time-out of its own. */
#if defined(CONFIG_NET_TCP)
#define CONNECT_TIMEOUT K_MSEC(CONFIG_NET_SOCKETS_CONNECT_TIMEOUT)
#else
#define CONNECT_TIMEOUT K_FOREVER
#endif

static struct device_socket sockets[CONFIG_NET_MAX_CONTEXTS];
static K_MUTEX_DEFINE(lock);

static const struct socket_op_vtable device_socket_ops;

static struct device_socket *claim(struct net_context *context)
{
	struct device_socket *socket = NULL;

	(void)k_mutex_lock(&lock, K_FOREVER);
	for (size_t i = 0; i < ARRAY_SIZE(sockets) && socket == NULL; i++) {
		if (!sockets[i].taken) {
			socket = &sockets[i];
			(void)memset(socket, 0, sizeof(*socket));
			socket->taken = true;
		}
	}
	k_mutex_unlock(&lock);
	if (socket != NULL) {
		socket->context = context;
		socket->receive_timeout = K_FOREVER;
		socket->send_timeout = K_FOREVER;
		k_fifo_init(&socket->arrived);
		k_sem_init(&socket->connected, 0, 1);
		k_sem_init(&socket->over, 0, 1);
	}
	return socket;
}

void device_socket_release(struct device_socket *socket)
{
	if (socket->waiting == 0) {
		socket->taken = false;
	}
}

/* Closes what nobody accepted. */
static void refuse_rest(struct device_socket *socket)
{
	struct device_socket *unheard;

	while ((unheard = k_fifo_get(&socket->arrived, K_NO_WAIT)) != NULL) {
		struct net_context *context = unheard->context;

		unheard->context = NULL;
		(void)net_context_put(context);
		device_socket_drain(unheard);
		device_socket_release(unheard);
	}
}

static int device_socket_close(void *obj, int fd)
{
	struct device_socket *socket = obj;
	struct net_context *context = socket->context;
	int status;

	ARG_UNUSED(fd);
	socket->context = NULL;
	status = net_context_put(context);
	if (socket->listening) {
		refuse_rest(socket);
	} else {
		device_socket_drain(socket);
	}
	/* Whoever waits finds it closed, and gives it back. */
	socket->ended = true;
	k_sem_give(&socket->over);
	k_fifo_cancel_wait(&socket->arrived);
	k_sem_give(&socket->connected);
	device_socket_release(socket);
	return status < 0 ? device_socket_fails(-status) : 0;
}

static int device_socket_shutdown(void *obj, int how)
{
	struct device_socket *socket = obj;

	if (how == ZSOCK_SHUT_WR) {
		return device_socket_fails(ENOTSUP);
	}
	if (how != ZSOCK_SHUT_RD && how != ZSOCK_SHUT_RDWR) {
		return device_socket_fails(EINVAL);
	}
	socket->ended = true;
	k_sem_give(&socket->over);
	k_fifo_cancel_wait(&socket->arrived);
	return 0;
}

static int device_socket_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	struct device_socket *socket = obj;
	int status = net_context_bind(socket->context, addr, len);

	if (status < 0) {
		return device_socket_fails(-status);
	}
	(void)memcpy(&socket->local, addr, MIN((size_t)len, sizeof(socket->local)));
	return device_socket_is_stream(socket) ? 0 : device_socket_receive(socket);
}

static void is_connected(struct net_context *context, int status, void *user_data)
{
	struct device_socket *socket = user_data;

	if (socket == NULL || socket->context != context) {
		return;
	}
	if (status < 0) {
		(void)atomic_set(&socket->error, -status);
	}
	socket->is_connected = status >= 0;
	socket->connecting = false;
	k_sem_give(&socket->connected);
}

/* Waits for the driver to say how the attempt ended: 0 or an error. */
static int await_connection(struct device_socket *socket, k_timeout_t timeout)
{
	int status;

	socket->waiting++;
	k_mutex_unlock(socket->lock);
	status = k_sem_take(&socket->connected, timeout);
	(void)k_mutex_lock(socket->lock, K_FOREVER);
	socket->waiting--;
	if (socket->context == NULL) {
		device_socket_release(socket);
		return EBADF;
	}
	if (status != 0 && socket->connecting) {
		return ETIMEDOUT;
	}
	return (int)atomic_clear(&socket->error);
}

static int device_socket_connect(void *obj, const struct sockaddr *addr, socklen_t len)
{
	struct device_socket *socket = obj;
	k_timeout_t timeout = socket->send_timeout;
	int status, error = 0;

	if (socket->connecting) {
		return device_socket_fails(EALREADY);
	}
	if (socket->is_connected && device_socket_is_stream(socket)) {
		return device_socket_fails(EISCONN);
	}
	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		timeout = CONNECT_TIMEOUT;
	}
	k_sem_reset(&socket->connected);
	(void)atomic_clear(&socket->error);
	socket->connecting = true;
	status = net_context_connect(socket->context, addr, len, is_connected,
				     socket->nonblock ? K_NO_WAIT : timeout, socket);
	if (status == -EINPROGRESS) {
		error = socket->nonblock ? EINPROGRESS : await_connection(socket, timeout);
		if (error != 0 && error != EINPROGRESS) {
			socket->connecting = error == EBADF && socket->connecting;
			return device_socket_fails(error);
		}
	} else {
		/* What the driver says now counts more than what it told the callback. */
		socket->connecting = false;
		socket->is_connected = status >= 0;
		(void)atomic_clear(&socket->error);
		if (status < 0) {
			return device_socket_fails(-status);
		}
	}
	(void)memcpy(&socket->peer, addr, MIN((size_t)len, sizeof(socket->peer)));
	if (device_socket_receive(socket) != 0) {
		return -1;
	}
	return error != 0 ? device_socket_fails(error) : 0;
}

static void accepted(struct net_context *context, struct sockaddr *addr, socklen_t len, int status,
		     void *user_data)
{
	struct device_socket *listener = user_data, *socket = NULL;

	if (status < 0 || context == NULL) {
		return;
	}
	if (listener != NULL && listener->context != NULL) {
		socket = claim(context);
	}
	if (socket == NULL) {
		(void)net_context_put(context);
		return;
	}
	if (addr != NULL) {
		(void)memcpy(&socket->peer, addr, MIN((size_t)len, sizeof(socket->peer)));
	}
	socket->local = listener->local;
	socket->is_connected = true;
	/* It may bring data before anybody accepts it. */
	if (device_socket_receive(socket) != 0) {
		(void)net_context_put(context);
		device_socket_release(socket);
		return;
	}
	k_fifo_put(&listener->arrived, socket);
}

static int device_socket_listen(void *obj, int backlog)
{
	struct device_socket *socket = obj;
	int status = net_context_listen(socket->context, backlog);

	if (status >= 0) {
		socket->listening = true;
		status = net_context_accept(socket->context, accepted, K_NO_WAIT, socket);
	}
	return status < 0 ? device_socket_fails(-status) : 0;
}

static int write_name(const struct sockaddr_storage *name, struct sockaddr *addr, socklen_t *len)
{
	socklen_t whole = sizeof(struct sockaddr_in);

	if (addr == NULL || len == NULL) {
		return device_socket_fails(EFAULT);
	}
#if defined(CONFIG_NET_IPV6)
	if (name->ss_family == AF_INET6) {
		whole = sizeof(struct sockaddr_in6);
	}
#endif
	(void)memcpy(addr, name, MIN(*len, whole));
	*len = whole;
	return 0;
}

static int device_socket_accept(void *obj, struct sockaddr *addr, socklen_t *len)
{
	struct device_socket *listener = obj, *socket;
	int fd;

	if (!listener->listening) {
		return device_socket_fails(EINVAL);
	}
	if (device_socket_await(listener, false) != 0) {
		return -1;
	}
	fd = zvfs_reserve_fd();
	if (fd < 0) {
		return -1;
	}
	socket = k_fifo_get(&listener->arrived, K_NO_WAIT);
	if (socket == NULL) {
		zvfs_free_fd(fd);
		return device_socket_fails(listener->ended ? EINVAL : EAGAIN);
	}
	if (addr != NULL && len != NULL) {
		(void)write_name(&socket->peer, addr, len);
	}
	zvfs_finalize_typed_fd(fd, socket, &device_socket_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	return fd;
}

static int device_socket_getpeername(void *obj, struct sockaddr *addr, socklen_t *len)
{
	struct device_socket *socket = obj;

	if (!socket->is_connected) {
		return device_socket_fails(ENOTCONN);
	}
	return write_name(&socket->peer, addr, len);
}

static int device_socket_getsockname(void *obj, struct sockaddr *addr, socklen_t *len)
{
	struct device_socket *socket = obj;

	socket->local.ss_family = net_context_get_family(socket->context);
	return write_name(&socket->local, addr, len);
}

static int prepare(struct device_socket *socket, struct zsock_pollfd *fd,
		   struct k_poll_event **event, struct k_poll_event *end)
{
	bool in = (fd->events & ZSOCK_POLLIN) != 0, out = (fd->events & ZSOCK_POLLOUT) != 0;

	if (*event + (in ? 1 : 0) + (out ? 1 : 0) > end) {
		return -ENOMEM;
	}
	if (in) {
		k_poll_event_init((*event)++, K_POLL_TYPE_FIFO_DATA_AVAILABLE,
				  K_POLL_MODE_NOTIFY_ONLY, &socket->arrived);
	}
	if (out) {
		k_poll_event_init((*event)++, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
				  &socket->connected);
	}
	if ((in && socket->head != NULL) || (out && !socket->connecting) || socket->ended ||
	    atomic_get(&socket->error) != 0) {
		return -EALREADY;
	}
	return 0;
}

static int update(struct device_socket *socket, struct zsock_pollfd *fd,
		  struct k_poll_event **event)
{
	bool there = socket->head != NULL || !k_fifo_is_empty(&socket->arrived);

	if ((fd->events & ZSOCK_POLLIN) != 0) {
		(*event)++;
		fd->revents |= there || socket->ended ? ZSOCK_POLLIN : 0;
	}
	if ((fd->events & ZSOCK_POLLOUT) != 0) {
		(*event)++;
		fd->revents |= socket->connecting ? 0 : ZSOCK_POLLOUT;
	}
	if (socket->ended) {
		fd->revents |= ZSOCK_POLLHUP;
	}
	if (atomic_get(&socket->error) != 0) {
		fd->revents |= ZSOCK_POLLERR;
	}
	return 0;
}

/* Bytes that can be received at once. */
static int readable(struct device_socket *socket)
{
	struct net_pkt *pkt = socket->head;

	if (device_socket_is_stream(socket)) {
		return (int)atomic_get(&socket->bytes);
	}
	if (pkt == NULL) {
		pkt = k_fifo_peek_head(&socket->arrived);
	}
	return pkt != NULL ? (int)net_pkt_remaining_data(pkt) : 0;
}

static int device_socket_ioctl(void *obj, unsigned int request, va_list args)
{
	struct device_socket *socket = obj;
	struct zsock_pollfd *fd;
	struct k_poll_event **event;
	int *value;

	switch (request) {
	case ZFD_IOCTL_SET_LOCK:
		socket->lock = va_arg(args, struct k_mutex *);
		return 0;
	case ZVFS_F_GETFL:
		return ZVFS_O_RDWR | (socket->nonblock ? ZVFS_O_NONBLOCK : 0);
	case ZVFS_F_SETFL:
		socket->nonblock = (va_arg(args, int) & ZVFS_O_NONBLOCK) != 0;
		return 0;
	case ZFD_IOCTL_FIONBIO:
		value = va_arg(args, int *);
		if (value == NULL) {
			return device_socket_fails(EFAULT);
		}
		socket->nonblock = *value != 0;
		return 0;
	case ZFD_IOCTL_FIONREAD:
		value = va_arg(args, int *);
		if (value == NULL) {
			return device_socket_fails(EFAULT);
		}
		*value = socket->listening ? 0 : readable(socket);
		return 0;
	case ZFD_IOCTL_POLL_PREPARE:
		fd = va_arg(args, struct zsock_pollfd *);
		event = va_arg(args, struct k_poll_event **);
		return prepare(socket, fd, event, va_arg(args, struct k_poll_event *));
	case ZFD_IOCTL_POLL_UPDATE:
		fd = va_arg(args, struct zsock_pollfd *);
		event = va_arg(args, struct k_poll_event **);
		return update(socket, fd, event);
	default:
		return device_socket_fails(EOPNOTSUPP);
	}
}

static const struct socket_op_vtable device_socket_ops = {
	.fd_vtable = {.read = device_socket_read,
		      .write = device_socket_write,
		      .close2 = device_socket_close,
		      .ioctl = device_socket_ioctl},
	.shutdown = device_socket_shutdown,
	.bind = device_socket_bind,
	.connect = device_socket_connect,
	.listen = device_socket_listen,
	.accept = device_socket_accept,
	.sendto = device_socket_sendto,
	.recvfrom = device_socket_recvfrom,
	.getsockopt = device_socket_getsockopt,
	.setsockopt = device_socket_setsockopt,
	.sendmsg = device_socket_sendmsg,
	.recvmsg = device_socket_recvmsg,
	.getpeername = device_socket_getpeername,
	.getsockname = device_socket_getsockname,
};

int znet_socket_of_device(int family, int type, int proto)
{
	struct device_socket *socket;
	struct net_context *context;
	int status, fd = zvfs_reserve_fd();

	if (fd < 0) {
		return -1;
	}
	if (proto == 0) {
		proto = type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
	}
	status = net_context_get((sa_family_t)family, (enum net_sock_type)type, (uint16_t)proto,
				 &context);
	if (status < 0) {
		zvfs_free_fd(fd);
		return device_socket_fails(-status);
	}
	socket = claim(context);
	if (socket == NULL) {
		(void)net_context_put(context);
		zvfs_free_fd(fd);
		return device_socket_fails(ENOMEM);
	}
	zvfs_finalize_typed_fd(fd, socket, &device_socket_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	return fd;
}

#endif /* CONFIG_NET_OFFLOAD && CONFIG_NET_SOCKETS */
