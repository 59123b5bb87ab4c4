// SPDX-License-Identifier: Apache-2.0
/*
 * The host's own sockets for applications of native_sim. Belongs to the application's part of the image, as
 * sockets of devices do.
 *
 * The host is never waited for by who calls: a thread hears from it what is ready (`hear`), and gives the
 * semaphores that callers wait for. So a descriptor can be closed under a wait, and waits have their
 * time-outs.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS)

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <zephyr/net/net_if.h>
#include <zephyr/net/offloaded_netdev.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_offload.h>
#include <zephyr/sys/fdtable.h>

#include "socket_host.h"

#define STACK_SIZE 2048
#define BROKEN     (ZSOCK_POLLERR | ZSOCK_POLLHUP)

struct host_socket {
	int host_fd;
	/* Counts those who had this place, lest news of an earlier one count. */
	uint32_t tenant;
	/* The descriptor's mutex. */
	struct k_mutex *lock;
	/* Given when it is ready to be read from, and written to. */
	struct k_sem in;
	struct k_sem out;
	k_timeout_t receive_timeout;
	k_timeout_t send_timeout;
	/* What the host is to tell; under `lock_of_all`. */
	int watched;
	uint8_t waiting;
	bool taken;
	bool closed;
	bool nonblock;
};

static struct host_socket sockets[CONFIG_ZVFS_OPEN_MAX];
static K_MUTEX_DEFINE(lock_of_all);

static const struct socket_op_vtable host_ops;

static int fails(int error)
{
	errno = error;
	return -1;
}

/* 0 or -1 with errno, from what the host answered. */
static int status(int answer)
{
	return answer < 0 ? fails(-answer) : 0;
}

/* Has the host tell when it is ready for `events` too. */
static void watch(struct host_socket *socket, int events)
{
	uint64_t key = (uint64_t)socket->tenant << 32 | (uint64_t)(socket - sockets);

	(void)k_mutex_lock(&lock_of_all, K_FOREVER);
	socket->watched |= events;
	(void)znet_host_watch(socket->host_fd, socket->watched, key);
	k_mutex_unlock(&lock_of_all);
}

/* The thread that waits for the host. */
static void hear(void *p1, void *p2, void *p3)
{
	uint64_t key;
	int events;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (znet_host_ready(&key, &events) == 0) {
		struct host_socket *socket = &sockets[(uint32_t)key];

		(void)k_mutex_lock(&lock_of_all, K_FOREVER);
		if (socket->taken && !socket->closed && socket->tenant == (uint32_t)(key >> 32)) {
			/* Told once: the host has to be asked anew for the rest. */
			int rest = (events & BROKEN) != 0 ? 0 : socket->watched & ~events;

			if ((events & (ZSOCK_POLLIN | BROKEN)) != 0) {
				k_sem_give(&socket->in);
			}
			if ((events & (ZSOCK_POLLOUT | BROKEN)) != 0) {
				k_sem_give(&socket->out);
			}
			socket->watched = rest;
			if (rest != 0) {
				(void)znet_host_watch(socket->host_fd, rest, key);
			}
		}
		k_mutex_unlock(&lock_of_all);
	}
}

K_THREAD_DEFINE(znet_host_sockets, STACK_SIZE, hear, NULL, NULL, NULL, K_PRIO_PREEMPT(0), 0, 0);

static struct host_socket *claim(int host_fd)
{
	struct host_socket *socket = NULL;

	(void)k_mutex_lock(&lock_of_all, K_FOREVER);
	for (size_t i = 0; i < ARRAY_SIZE(sockets) && socket == NULL; i++) {
		if (!sockets[i].taken) {
			uint32_t tenant = sockets[i].tenant + 1;

			socket = &sockets[i];
			(void)memset(socket, 0, sizeof(*socket));
			socket->tenant = tenant;
			socket->taken = true;
		}
	}
	k_mutex_unlock(&lock_of_all);
	if (socket != NULL) {
		socket->host_fd = host_fd;
		socket->receive_timeout = K_FOREVER;
		socket->send_timeout = K_FOREVER;
		k_sem_init(&socket->in, 0, 1);
		k_sem_init(&socket->out, 0, 1);
	}
	return socket;
}

/* Gives a descriptor to a socket of the host's, which is closed when there is none. */
static int give_descriptor(int host_fd)
{
	struct host_socket *socket;
	int fd = zvfs_reserve_fd();

	socket = fd < 0 ? NULL : claim(host_fd);
	if (socket == NULL) {
		(void)znet_host_close(host_fd);
		if (fd >= 0) {
			zvfs_free_fd(fd);
		}
		return fails(ENFILE);
	}
	zvfs_finalize_typed_fd(fd, socket, &host_ops.fd_vtable, ZVFS_MODE_IFSOCK);
	return fd;
}

static int host_open(int family, int type, int proto)
{
	int host_fd = znet_host_socket(family, type, proto);

	return host_fd < 0 ? fails(-host_fd) : give_descriptor(host_fd);
}

static int host_close(void *obj, int fd)
{
	struct host_socket *socket = obj;
	int answer;

	ARG_UNUSED(fd);
	(void)k_mutex_lock(&lock_of_all, K_FOREVER);
	socket->closed = true;
	answer = znet_host_close(socket->host_fd);
	/* While it is nobody else's. */
	k_sem_give(&socket->in);
	k_sem_give(&socket->out);
	/* Whoever waits finds it closed, and the last one gives it back. */
	socket->taken = socket->waiting > 0;
	k_mutex_unlock(&lock_of_all);
	return status(answer);
}

/* Waits, without the descriptor's mutex, until the host may be asked again: 0 or an error. */
static int await(struct host_socket *socket, int event, k_timepoint_t end)
{
	struct k_sem *sem = event == ZSOCK_POLLIN ? &socket->in : &socket->out;
	int in_time;

	if (sys_timepoint_expired(end)) {
		return EAGAIN;
	}
	socket->waiting++;
	watch(socket, event);
	k_mutex_unlock(socket->lock);
	in_time = k_sem_take(sem, sys_timepoint_timeout(end));
	(void)k_mutex_lock(socket->lock, K_FOREVER);
	socket->waiting--;
	if (!socket->closed) {
		/* Told once: the host tells others who wait or poll, if there is something left for them. */
		watch(socket, event);
		return in_time != 0 ? EAGAIN : 0;
	}
	if (socket->waiting > 0) {
		/* They look for themselves. */
		k_sem_give(sem);
	} else {
		socket->taken = false;
	}
	return EBADF;
}

static k_timepoint_t end_of(struct host_socket *socket, k_timeout_t timeout, int flags)
{
	bool dont_wait = socket->nonblock || (flags & ZSOCK_MSG_DONTWAIT) != 0;

	return sys_timepoint_calc(dont_wait ? K_NO_WAIT : timeout);
}

static int host_shutdown(void *obj, int how)
{
	return status(znet_host_shutdown(((struct host_socket *)obj)->host_fd, how));
}

static int host_bind(void *obj, const struct sockaddr *addr, socklen_t len)
{
	return addr == NULL ? fails(EFAULT)
			    : status(znet_host_bind(((struct host_socket *)obj)->host_fd, addr, len));
}

static int host_listen(void *obj, int backlog)
{
	return status(znet_host_listen(((struct host_socket *)obj)->host_fd, backlog));
}

static int host_connect(void *obj, const struct sockaddr *addr, socklen_t len)
{
	struct host_socket *socket = obj;
	size_t size = sizeof(int);
	int answer, error = 0;

	if (addr == NULL) {
		return fails(EFAULT);
	}
	answer = znet_host_connect(socket->host_fd, addr, len);
	if (answer == -EINPROGRESS && !socket->nonblock) {
		k_timepoint_t end = sys_timepoint_calc(socket->send_timeout);

		/* Semaphores may be given for what was before. */
		while (error == 0 && znet_host_poll(socket->host_fd, ZSOCK_POLLOUT) == 0) {
			error = await(socket, ZSOCK_POLLOUT, end);
		}
		if (error != 0) {
			return fails(error == EAGAIN ? EINPROGRESS : error);
		}
		answer = znet_host_getsockopt(socket->host_fd, SOL_SOCKET, SO_ERROR, &error, &size);
		return answer < 0 || error == 0 ? status(answer) : fails(error);
	}
	return status(answer);
}

static int host_accept(void *obj, struct sockaddr *addr, socklen_t *len)
{
	struct host_socket *socket = obj;
	k_timepoint_t end = end_of(socket, socket->receive_timeout, 0);
	int answer, error;

	while ((answer = znet_host_accept(socket->host_fd, addr, len)) == -EAGAIN) {
		error = await(socket, ZSOCK_POLLIN, end);
		if (error != 0) {
			return fails(error);
		}
	}
	return answer < 0 ? fails(-answer) : give_descriptor(answer);
}

static ssize_t receive(struct host_socket *socket, struct iovec *iov, size_t count, int *flags,
		       void *addr, socklen_t *len)
{
	k_timepoint_t end = end_of(socket, socket->receive_timeout, *flags);
	int error, asked = *flags;
	ssize_t answer;

	while ((answer = znet_host_receive(socket->host_fd, iov, count, flags, addr, len)) ==
	       -EAGAIN) {
		error = await(socket, ZSOCK_POLLIN, end);
		if (error != 0) {
			return fails(error);
		}
		*flags = asked;
	}
	return answer < 0 ? fails((int)-answer) : answer;
}

static bool is_stream(const struct host_socket *socket)
{
	int type = 0;
	size_t size = sizeof(type);

	return znet_host_getsockopt(socket->host_fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
	       type == SOCK_STREAM;
}

static ssize_t host_recvfrom(void *obj, void *buf, size_t len, int flags, struct sockaddr *from,
			     socklen_t *fromlen)
{
	struct iovec rest = {.iov_base = buf, .iov_len = len};
	/* Datagrams come one at a time, whatever is asked. */
	bool all = (flags & (ZSOCK_MSG_WAITALL | ZSOCK_MSG_PEEK)) == ZSOCK_MSG_WAITALL &&
		   is_stream(obj);
	size_t done = 0;
	ssize_t got;
	int told;

	if (buf == NULL && len != 0) {
		return fails(EFAULT);
	}
	do {
		told = flags;
		got = receive(obj, &rest, 1, &told, from, fromlen);
		if (got <= 0) {
			return done > 0 ? (ssize_t)done : got;
		}
		done += (size_t)got;
		rest.iov_base = (uint8_t *)buf + done;
		rest.iov_len = len - MIN(done, len);
	} while (all && done < len);
	return (ssize_t)done;
}

static ssize_t host_recvmsg(void *obj, struct msghdr *msg, int flags)
{
	ssize_t got;

	if (msg == NULL) {
		return fails(EFAULT);
	}
	got = receive(obj, msg->msg_iov, msg->msg_iovlen, &flags, msg->msg_name, &msg->msg_namelen);
	if (got >= 0) {
		msg->msg_flags = flags;
		msg->msg_controllen = 0;
	}
	return got;
}

static ssize_t send_once(struct host_socket *socket, struct iovec *iov, size_t count, const void *to,
			 socklen_t len, k_timepoint_t end)
{
	ssize_t answer;
	int error;

	while ((answer = znet_host_send(socket->host_fd, iov, count, to, len)) == -EAGAIN) {
		error = await(socket, ZSOCK_POLLOUT, end);
		if (error != 0) {
			return fails(error);
		}
	}
	return answer < 0 ? fails((int)-answer) : answer;
}

static ssize_t host_sendto(void *obj, const void *buf, size_t len, int flags,
			   const struct sockaddr *to, socklen_t tolen)
{
	struct host_socket *socket = obj;
	k_timepoint_t end = end_of(socket, socket->send_timeout, flags);
	size_t done = 0;
	ssize_t sent;

	if (buf == NULL && len != 0) {
		return fails(EFAULT);
	}
	/* Of a stream the host may take a part at a time. */
	do {
		struct iovec rest = {.iov_base = (uint8_t *)buf + done, .iov_len = len - done};

		sent = send_once(socket, &rest, 1, to, tolen, end);
		if (sent < 0) {
			return done > 0 ? (ssize_t)done : -1;
		}
		done += (size_t)sent;
	} while (done < len && sent > 0);
	return (ssize_t)done;
}

static ssize_t host_sendmsg(void *obj, const struct msghdr *msg, int flags)
{
	struct host_socket *socket = obj;
	k_timepoint_t end = end_of(socket, socket->send_timeout, flags);
	ssize_t sent, done;
	size_t skip;

	if (msg == NULL) {
		return fails(EFAULT);
	}
	done = send_once(socket, msg->msg_iov, msg->msg_iovlen, msg->msg_name, msg->msg_namelen, end);
	if (done <= 0) {
		return done;
	}
	/* Of a stream the host may have taken a part. */
	skip = (size_t)done;
	for (size_t i = 0; i < msg->msg_iovlen; i++) {
		size_t len = msg->msg_iov[i].iov_len;

		for (; skip < len; skip += (size_t)sent, done += sent) {
			struct iovec rest = {.iov_base = (uint8_t *)msg->msg_iov[i].iov_base + skip,
					     .iov_len = len - skip};

			sent = send_once(socket, &rest, 1, msg->msg_name, msg->msg_namelen, end);
			if (sent <= 0) {
				return done;
			}
		}
		skip -= len;
	}
	return done;
}

static ssize_t host_read(void *obj, void *buf, size_t len)
{
	return host_recvfrom(obj, buf, len, 0, NULL, NULL);
}

static ssize_t host_write(void *obj, const void *buf, size_t len)
{
	return host_sendto(obj, buf, len, 0, NULL, 0);
}

static int host_getpeername(void *obj, struct sockaddr *addr, socklen_t *len)
{
	return status(znet_host_name(((struct host_socket *)obj)->host_fd, addr, len, true));
}

static int host_getsockname(void *obj, struct sockaddr *addr, socklen_t *len)
{
	return status(znet_host_name(((struct host_socket *)obj)->host_fd, addr, len, false));
}

static k_timeout_t *time_of(struct host_socket *socket, int level, int name)
{
	if (level != SOL_SOCKET) {
		return NULL;
	}
	if (name == SO_RCVTIMEO) {
		return &socket->receive_timeout;
	}
	return name == SO_SNDTIMEO ? &socket->send_timeout : NULL;
}

static int host_getsockopt(void *obj, int level, int name, void *value, socklen_t *len)
{
	struct host_socket *socket = obj;
	k_timeout_t *timeout = time_of(socket, level, name);
	struct zsock_timeval time = {0};

	if (value == NULL || len == NULL) {
		return fails(EFAULT);
	}
	if (timeout == NULL) {
		return status(znet_host_getsockopt(socket->host_fd, level, name, value, len));
	}
	if (*len < sizeof(time)) {
		return fails(EINVAL);
	}
	if (!K_TIMEOUT_EQ(*timeout, K_FOREVER)) {
		uint64_t us = k_ticks_to_us_ceil64((uint64_t)timeout->ticks);

		time.tv_sec = us / USEC_PER_SEC;
		time.tv_usec = us % USEC_PER_SEC;
	}
	(void)memcpy(value, &time, sizeof(time));
	*len = sizeof(time);
	return 0;
}

static int host_setsockopt(void *obj, int level, int name, const void *value, socklen_t len)
{
	struct host_socket *socket = obj;
	k_timeout_t *timeout = time_of(socket, level, name);
	struct zsock_timeval time;
	uint64_t us;

	if (value == NULL) {
		return fails(EFAULT);
	}
	if (timeout == NULL) {
		return status(znet_host_setsockopt(socket->host_fd, level, name, value, len));
	}
	if (len != sizeof(time)) {
		return fails(EINVAL);
	}
	(void)memcpy(&time, value, sizeof(time));
	if (time.tv_sec < 0 || time.tv_usec < 0 || time.tv_usec >= USEC_PER_SEC) {
		return fails(EDOM);
	}
	us = (uint64_t)time.tv_sec * USEC_PER_SEC + (uint64_t)time.tv_usec;
	*timeout = us == 0 || (int64_t)time.tv_sec > INT32_MAX ? K_FOREVER : K_USEC(us);
	return 0;
}

static int prepare(struct host_socket *socket, struct zsock_pollfd *fd,
		   struct k_poll_event **event, struct k_poll_event *end)
{
	bool in = (fd->events & ZSOCK_POLLIN) != 0, out = (fd->events & ZSOCK_POLLOUT) != 0;

	if (*event + (in ? 1 : 0) + (out ? 1 : 0) > end) {
		return -ENOMEM;
	}
	if (in) {
		k_poll_event_init((*event)++, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
				  &socket->in);
	}
	if (out) {
		k_poll_event_init((*event)++, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
				  &socket->out);
	}
	if (znet_host_poll(socket->host_fd, fd->events) != 0) {
		return -EALREADY;
	}
	/* News of before would end the wait; the host tells anew, whoever waits, what is so still. */
	if (in) {
		(void)k_sem_take(&socket->in, K_NO_WAIT);
	}
	if (out) {
		(void)k_sem_take(&socket->out, K_NO_WAIT);
	}
	watch(socket, fd->events & (ZSOCK_POLLIN | ZSOCK_POLLOUT));
	return 0;
}

static int update(struct host_socket *socket, struct zsock_pollfd *fd,
		  struct k_poll_event **event)
{
	*event += (fd->events & ZSOCK_POLLIN) != 0 ? 1 : 0;
	*event += (fd->events & ZSOCK_POLLOUT) != 0 ? 1 : 0;
	fd->revents = (short)znet_host_poll(socket->host_fd, fd->events);
	return 0;
}

static int host_ioctl(void *obj, unsigned int request, va_list args)
{
	struct host_socket *socket = obj;
	struct zsock_pollfd *fd;
	struct k_poll_event **event;
	int answer, *value;

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
			return fails(EFAULT);
		}
		socket->nonblock = *value != 0;
		return 0;
	case ZFD_IOCTL_FIONREAD:
		value = va_arg(args, int *);
		answer = value == NULL ? -EFAULT : znet_host_readable(socket->host_fd);
		if (answer < 0) {
			return fails(-answer);
		}
		*value = answer;
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
		return fails(EOPNOTSUPP);
	}
}

static const struct socket_op_vtable host_ops = {
	.fd_vtable = {.read = host_read,
		      .write = host_write,
		      .close2 = host_close,
		      .ioctl = host_ioctl},
	.shutdown = host_shutdown,
	.bind = host_bind,
	.connect = host_connect,
	.listen = host_listen,
	.accept = host_accept,
	.sendto = host_sendto,
	.recvfrom = host_recvfrom,
	.getsockopt = host_getsockopt,
	.setsockopt = host_setsockopt,
	.sendmsg = host_sendmsg,
	.recvmsg = host_recvmsg,
	.getpeername = host_getpeername,
	.getsockname = host_getsockname,
};

static bool host_is_supported(int family, int type, int proto)
{
	ARG_UNUSED(proto);
	return znet_host_supports(family, type);
}

NET_SOCKET_OFFLOAD_REGISTER(host, CONFIG_NET_SOCKETS_OFFLOAD_PRIORITY, AF_UNSPEC, host_is_supported,
			    host_open);

/* What stands for these sockets among the interfaces. */
static void host_iface_init(struct net_if *iface)
{
	net_if_socket_offload_set(iface, host_open);
}

static struct offloaded_if_api host_iface_api = {
	.iface_api.init = host_iface_init,
};

NET_DEVICE_OFFLOAD_INIT(znet_host, "host", NULL, NULL, NULL, NULL,
			CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &host_iface_api, 1500);

#endif /* CONFIG_NET_NATIVE_OFFLOADED_SOCKETS */
