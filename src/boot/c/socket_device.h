/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets over contexts of a device with its own IP stack: what their two files share.
 */
#ifndef ZNET_SRC_BOOT_C_SOCKET_DEVICE_H_
#define ZNET_SRC_BOOT_C_SOCKET_DEVICE_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_offload.h>

struct device_socket {
	/* Stands in the queue of those to be accepted. */
	void *fifo_reserved;
	/* NULL once it was closed. */
	struct net_context *context;
	/* The descriptor's. */
	struct k_mutex *lock;
	/* Packets, or with `listening` connections as such sockets. */
	struct k_fifo arrived;
	/* Taken from there, and not yet read to its end. */
	struct net_pkt *head;
	/* Given when an attempt to connect is over. */
	struct k_sem connected;
	/* Given with `ended`, and never taken: who begins to wait later sees it too. */
	struct k_sem over;
	struct sockaddr_storage local;
	struct sockaddr_storage peer;
	k_timeout_t receive_timeout;
	k_timeout_t send_timeout;
	/* Bytes in `arrived` and `head`. */
	atomic_t bytes;
	/* What SO_ERROR tells. */
	atomic_t error;
	/* Threads in a wait on it; the last one gives a closed one back. */
	uint8_t waiting;
	bool taken : 1;
	bool nonblock : 1;
	bool listening : 1;
	bool receives : 1;
	/* Changed by the driver's threads: a member each. */
	volatile bool connecting;
	volatile bool is_connected;
	volatile bool ended;
};

static inline int device_socket_fails(int error)
{
	errno = error;
	return -1;
}

/* Is it one of a stream? */
static inline bool device_socket_is_stream(struct device_socket *socket)
{
	return net_context_get_type(socket->context) == SOCK_STREAM;
}

/* Waits until something arrived, or nothing will any more: 0, or -1 with errno. */
int device_socket_await(struct device_socket *socket, bool dont_wait);
/* Has the driver give what it receives to the socket. 0 or -1. */
int device_socket_receive(struct device_socket *socket);
/* Throws away what arrived. */
void device_socket_drain(struct device_socket *socket);
/* Gives a socket back that was closed, and on which nobody waits. */
void device_socket_release(struct device_socket *socket);

ssize_t device_socket_read(void *obj, void *buf, size_t len);
ssize_t device_socket_write(void *obj, const void *buf, size_t len);
ssize_t device_socket_recvfrom(void *obj, void *buf, size_t len, int flags, struct sockaddr *from,
			       socklen_t *fromlen);
ssize_t device_socket_sendto(void *obj, const void *buf, size_t len, int flags,
			     const struct sockaddr *to, socklen_t tolen);
ssize_t device_socket_recvmsg(void *obj, struct msghdr *msg, int flags);
ssize_t device_socket_sendmsg(void *obj, const struct msghdr *msg, int flags);

int device_socket_getsockopt(void *obj, int level, int name, void *value, socklen_t *len);
int device_socket_setsockopt(void *obj, int level, int name, const void *value, socklen_t len);

#endif /* ZNET_SRC_BOOT_C_SOCKET_DEVICE_H_ */
