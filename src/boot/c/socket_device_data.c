// SPDX-License-Identifier: Apache-2.0
/*
 * Data of sockets over contexts of a device with its own IP stack. The driver leaves packets on threads
 * of its own; they wait in a queue for who receives.
 */

#include "socket_device.h"

#if defined(CONFIG_NET_OFFLOAD) && defined(CONFIG_NET_SOCKETS)

#include <string.h>

/* Where received bytes go. */
struct pieces {
	const struct iovec *iov;
	size_t count;
	/* How far it is in the first. */
	size_t at;
};

/* A packet of the library's own has its sender in its headers. */
static void name_sender(struct net_pkt *pkt, union net_ip_header *ip, union net_proto_header *proto)
{
	if (ip == NULL || proto == NULL || net_pkt_remote_address(pkt)->sa_family != AF_UNSPEC) {
		return;
	}
#if defined(CONFIG_NET_IPV4)
	if (net_pkt_family(pkt) == AF_INET) {
		struct sockaddr_in from = {
			.sin_family = AF_INET,
			.sin_port = proto->udp->src_port,
		};

		net_ipv4_addr_copy_raw((uint8_t *)&from.sin_addr, ip->ipv4->src);
		net_pkt_set_remote_address(pkt, (struct sockaddr *)&from, sizeof(from));
	}
#endif
#if defined(CONFIG_NET_IPV6)
	if (net_pkt_family(pkt) == AF_INET6) {
		struct sockaddr_in6 from = {
			.sin6_family = AF_INET6,
			.sin6_port = proto->udp->src_port,
		};

		net_ipv6_addr_copy_raw((uint8_t *)&from.sin6_addr, ip->ipv6->src);
		net_pkt_set_remote_address(pkt, (struct sockaddr *)&from, sizeof(from));
	}
#endif
}

static void arrived(struct net_context *context, struct net_pkt *pkt, union net_ip_header *ip,
		    union net_proto_header *proto, int status, void *user_data)
{
	struct device_socket *socket = user_data;
	bool ends = pkt == NULL;

	if (socket == NULL || socket->context != context) {
		if (pkt != NULL) {
			net_pkt_unref(pkt);
		}
		return;
	}
	if (status < 0) {
		(void)atomic_set(&socket->error, -status);
		ends = true;
	}
	if (pkt != NULL) {
		ends = ends || net_pkt_eof(pkt);
		name_sender(pkt, ip, proto);
		(void)atomic_add(&socket->bytes, (atomic_val_t)net_pkt_remaining_data(pkt));
		k_fifo_put(&socket->arrived, pkt);
	}
	if (ends) {
		socket->is_connected = false;
		socket->ended = true;
		k_sem_give(&socket->over);
		k_fifo_cancel_wait(&socket->arrived);
	}
}

int device_socket_receive(struct device_socket *socket)
{
	int status = net_context_recv(socket->context, arrived, K_NO_WAIT, socket);

	if (status < 0) {
		return device_socket_fails(-status);
	}
	socket->receives = true;
	return 0;
}

/* Is there nothing to be waited for? */
static bool is_there(struct device_socket *socket)
{
	return socket->head != NULL || !k_fifo_is_empty(&socket->arrived) || socket->ended ||
	       atomic_get(&socket->error) != 0;
}

int device_socket_await(struct device_socket *socket, bool dont_wait)
{
	k_timepoint_t end = sys_timepoint_calc(socket->receive_timeout);
	struct k_poll_event events[2];

	while (!is_there(socket)) {
		if (dont_wait || socket->nonblock || sys_timepoint_expired(end)) {
			return device_socket_fails(EAGAIN);
		}
		socket->waiting++;
		k_mutex_unlock(socket->lock);
		/* Nothing is taken here: who comes first takes it, which need not be this thread. */
		k_poll_event_init(&events[0], K_POLL_TYPE_FIFO_DATA_AVAILABLE,
				  K_POLL_MODE_NOTIFY_ONLY, &socket->arrived);
		k_poll_event_init(&events[1], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
				  &socket->over);
		(void)k_poll(events, ARRAY_SIZE(events), sys_timepoint_timeout(end));
		(void)k_mutex_lock(socket->lock, K_FOREVER);
		socket->waiting--;
		if (socket->context == NULL) {
			device_socket_release(socket);
			return device_socket_fails(EBADF);
		}
	}
	return 0;
}

void device_socket_drain(struct device_socket *socket)
{
	struct net_pkt *pkt;

	if (socket->head != NULL) {
		net_pkt_unref(socket->head);
		socket->head = NULL;
	}
	while ((pkt = k_fifo_get(&socket->arrived, K_NO_WAIT)) != NULL) {
		net_pkt_unref(pkt);
	}
}

/* Reads from where the cursor is into the pieces; how many bytes. */
static size_t read_packet(struct net_pkt *pkt, struct pieces *to)
{
	size_t done = 0, len, left;

	while (to->count > 0) {
		left = net_pkt_remaining_data(pkt);
		len = MIN(to->iov->iov_len - to->at, left);
		if (len > 0 && net_pkt_read(pkt, (uint8_t *)to->iov->iov_base + to->at, len) != 0) {
			break;
		}
		done += len;
		to->at += len;
		if (to->at < to->iov->iov_len) {
			break;
		}
		to->iov++;
		to->count--;
		to->at = 0;
	}
	return done;
}

/* Who sent a datagram: what its driver says, else to whom the socket is connected. */
static int write_sender(struct device_socket *socket, struct net_pkt *pkt, struct sockaddr *from,
			socklen_t *fromlen)
{
	const struct sockaddr *sender = net_pkt_remote_address(pkt);
	socklen_t len = sizeof(struct sockaddr_in);

	if (from == NULL || fromlen == NULL) {
		return 0;
	}
	if (sender->sa_family == AF_UNSPEC) {
		if ((socket->context->flags & NET_CONTEXT_REMOTE_ADDR_SET) == 0) {
			return device_socket_fails(ENOTSUP);
		}
		sender = &socket->context->remote;
	}
#if defined(CONFIG_NET_IPV6)
	if (sender->sa_family == AF_INET6) {
		len = sizeof(struct sockaddr_in6);
	}
#endif
	(void)memcpy(from, sender, MIN(*fromlen, len));
	*fromlen = len;
	return 0;
}

/* The packet in front, which is one's own while the descriptor's mutex is held. NULL at the end. */
static struct net_pkt *front(struct device_socket *socket)
{
	if (socket->head == NULL) {
		socket->head = k_fifo_get(&socket->arrived, K_NO_WAIT);
	}
	return socket->head;
}

static void drop_front(struct device_socket *socket)
{
	net_pkt_unref(socket->head);
	socket->head = NULL;
}

/* One datagram: how many bytes were read, with MSG_TRUNC how many there were. */
static ssize_t receive_datagram(struct device_socket *socket, struct pieces to, int flags,
				struct sockaddr *from, socklen_t *fromlen, int *told)
{
	struct net_pkt *pkt = front(socket);
	struct net_pkt_cursor start;
	size_t whole, done;

	if (pkt == NULL) {
		int error = (int)atomic_clear(&socket->error);

		return error != 0 ? device_socket_fails(error) : 0;
	}
	if (write_sender(socket, pkt, from, fromlen) != 0) {
		return -1;
	}
	net_pkt_cursor_backup(pkt, &start);
	whole = net_pkt_remaining_data(pkt);
	done = read_packet(pkt, &to);
	if (done < whole) {
		*told |= ZSOCK_MSG_TRUNC;
	}
	if ((flags & ZSOCK_MSG_PEEK) != 0) {
		net_pkt_cursor_restore(pkt, &start);
	} else {
		(void)atomic_sub(&socket->bytes, (atomic_val_t)whole);
		drop_front(socket);
	}
	return (ssize_t)((flags & ZSOCK_MSG_TRUNC) != 0 ? whole : done);
}

/* As much of a stream as there is, with MSG_WAITALL as there is room for. */
static ssize_t receive_stream(struct device_socket *socket, struct pieces to, int flags)
{
	struct net_pkt_cursor start;
	size_t done = 0, len;

	while (to.count > 0) {
		if (front(socket) == NULL) {
			if (done > 0 && ((flags & ZSOCK_MSG_WAITALL) == 0 || socket->ended)) {
				break;
			}
			if (socket->ended || atomic_get(&socket->error) != 0) {
				int error = (int)atomic_clear(&socket->error);

				return error != 0 && done == 0 ? device_socket_fails(error)
							       : (ssize_t)done;
			}
			if (device_socket_await(socket, (flags & ZSOCK_MSG_DONTWAIT) != 0) != 0) {
				return done > 0 ? (ssize_t)done : -1;
			}
			continue;
		}
		net_pkt_cursor_backup(socket->head, &start);
		len = read_packet(socket->head, &to);
		done += len;
		if ((flags & ZSOCK_MSG_PEEK) != 0) {
			net_pkt_cursor_restore(socket->head, &start);
			break;
		}
		(void)atomic_sub(&socket->bytes, (atomic_val_t)len);
		if (net_pkt_remaining_data(socket->head) == 0) {
			drop_front(socket);
		}
	}
	return (ssize_t)done;
}

static ssize_t receive(struct device_socket *socket, struct pieces to, int flags,
		       struct sockaddr *from, socklen_t *fromlen, int *told)
{
	if (socket->listening) {
		return device_socket_fails(EINVAL);
	}
	if (device_socket_is_stream(socket)) {
		if (!socket->receives) {
			return device_socket_fails(ENOTCONN);
		}
		return receive_stream(socket, to, flags);
	}
	if (!socket->receives && device_socket_receive(socket) != 0) {
		return -1;
	}
	if (device_socket_await(socket, (flags & ZSOCK_MSG_DONTWAIT) != 0) != 0) {
		return -1;
	}
	return receive_datagram(socket, to, flags, from, fromlen, told);
}

ssize_t device_socket_recvfrom(void *obj, void *buf, size_t len, int flags, struct sockaddr *from,
			       socklen_t *fromlen)
{
	const struct iovec whole = {.iov_base = buf, .iov_len = len};
	const struct pieces to = {.iov = &whole, .count = len > 0 ? 1 : 0};
	int told = 0;

	if (buf == NULL && len != 0) {
		return device_socket_fails(EFAULT);
	}
	return receive(obj, to, flags, from, fromlen, &told);
}

ssize_t device_socket_recvmsg(void *obj, struct msghdr *msg, int flags)
{
	struct pieces to;
	ssize_t result;
	int told = 0;

	if (msg == NULL || (msg->msg_iov == NULL && msg->msg_iovlen != 0)) {
		return device_socket_fails(EFAULT);
	}
	to = (struct pieces){.iov = msg->msg_iov, .count = msg->msg_iovlen};
	result = receive(obj, to, flags, msg->msg_name, &msg->msg_namelen, &told);
	if (result >= 0) {
		msg->msg_flags = told;
		msg->msg_controllen = 0;
	}
	return result;
}

ssize_t device_socket_read(void *obj, void *buf, size_t len)
{
	return device_socket_recvfrom(obj, buf, len, 0, NULL, NULL);
}

/* Was it told to whom to send? */
static bool has_peer(struct device_socket *socket)
{
	return (socket->context->flags & NET_CONTEXT_REMOTE_ADDR_SET) != 0;
}

/* What is sent once may be answered. */
static int ready_to_send(struct device_socket *socket)
{
	if (device_socket_is_stream(socket)) {
		return socket->is_connected ? 0 : device_socket_fails(ENOTCONN);
	}
	return socket->receives ? 0 : device_socket_receive(socket);
}

static k_timeout_t send_timeout(struct device_socket *socket, int flags)
{
	bool dont_wait = socket->nonblock || (flags & ZSOCK_MSG_DONTWAIT) != 0;

	return dont_wait ? K_NO_WAIT : socket->send_timeout;
}

static ssize_t sent(int status)
{
	return status < 0 ? device_socket_fails(status == -ENOMEM ? EAGAIN : -status) : status;
}

ssize_t device_socket_sendto(void *obj, const void *buf, size_t len, int flags,
			     const struct sockaddr *to, socklen_t tolen)
{
	struct device_socket *socket = obj;
	k_timeout_t timeout = send_timeout(socket, flags);

	if (buf == NULL && len != 0) {
		return device_socket_fails(EFAULT);
	}
	if (ready_to_send(socket) != 0) {
		return -1;
	}
	if (device_socket_is_stream(socket) || (to == NULL && has_peer(socket))) {
		return sent(net_context_send(socket->context, buf, len, NULL, timeout, socket));
	}
	if (to == NULL) {
		return device_socket_fails(EDESTADDRREQ);
	}
	return sent(net_context_sendto(socket->context, buf, len, to, tolen, NULL, timeout,
				       socket));
}

ssize_t device_socket_sendmsg(void *obj, const struct msghdr *msg, int flags)
{
	struct device_socket *socket = obj;

	if (msg == NULL) {
		return device_socket_fails(EFAULT);
	}
	if (ready_to_send(socket) != 0) {
		return -1;
	}
	if (msg->msg_name == NULL && !device_socket_is_stream(socket) && !has_peer(socket)) {
		return device_socket_fails(EDESTADDRREQ);
	}
	return sent(net_context_sendmsg(socket->context, msg, 0, NULL, send_timeout(socket, flags),
					socket));
}

ssize_t device_socket_write(void *obj, const void *buf, size_t len)
{
	return device_socket_sendto(obj, buf, len, 0, NULL, 0);
}

#endif /* CONFIG_NET_OFFLOAD && CONFIG_NET_SOCKETS */
