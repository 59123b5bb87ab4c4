/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Sockets of somebody else: drivers and libraries that bring their own.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_OFFLOAD_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_OFFLOAD_H_

#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>
#include <zephyr/sys/fdtable.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What can be done with a socket; NULL for what can't. Each function returns what the call of that
 * name returns: -1 with errno for a failure.
 */
struct socket_op_vtable {
	/** read(), write(), close() and ioctl() */
	struct fd_op_vtable fd_vtable;
	/** zsock_shutdown() */
	int (*shutdown)(void *obj, int how);
	/** zsock_bind() */
	int (*bind)(void *obj, const struct sockaddr *addr, socklen_t addrlen);
	/** zsock_connect() */
	int (*connect)(void *obj, const struct sockaddr *addr, socklen_t addrlen);
	/** zsock_listen() */
	int (*listen)(void *obj, int backlog);
	/** zsock_accept() */
	int (*accept)(void *obj, struct sockaddr *addr, socklen_t *addrlen);
	/** zsock_sendto() and zsock_send() */
	ssize_t (*sendto)(void *obj, const void *buf, size_t len, int flags,
			  const struct sockaddr *dest_addr, socklen_t addrlen);
	/** zsock_recvfrom() and zsock_recv() */
	ssize_t (*recvfrom)(void *obj, void *buf, size_t max_len, int flags,
			    struct sockaddr *src_addr, socklen_t *addrlen);
	/** zsock_getsockopt() */
	int (*getsockopt)(void *obj, int level, int optname, void *optval, socklen_t *optlen);
	/** zsock_setsockopt() */
	int (*setsockopt)(void *obj, int level, int optname, const void *optval, socklen_t optlen);
	/** zsock_sendmsg() */
	ssize_t (*sendmsg)(void *obj, const struct msghdr *msg, int flags);
	/** zsock_recvmsg() */
	ssize_t (*recvmsg)(void *obj, struct msghdr *msg, int flags);
	/** zsock_getpeername() */
	int (*getpeername)(void *obj, struct sockaddr *addr, socklen_t *addrlen);
	/** zsock_getsockname() */
	int (*getsockname)(void *obj, struct sockaddr *addr, socklen_t *addrlen);
};

/** Names and addresses by a device of its own. */
struct socket_dns_offload {
	/** zsock_getaddrinfo() */
	int (*getaddrinfo)(const char *node, const char *service, const struct zsock_addrinfo *hints,
			   struct zsock_addrinfo **res);
	/** zsock_freeaddrinfo() */
	void (*freeaddrinfo)(struct zsock_addrinfo *res);
};

#if defined(CONFIG_NET_SOCKETS_OFFLOAD)
/** Has @p ops answer zsock_getaddrinfo() from now on; the first who comes stays. */
void socket_offload_dns_register(const struct socket_dns_offload *ops);

/** What the device answers. */
int socket_offload_getaddrinfo(const char *node, const char *service,
			       const struct zsock_addrinfo *hints, struct zsock_addrinfo **res);

/** Gives back what the device answered. */
void socket_offload_freeaddrinfo(struct zsock_addrinfo *res);
#endif

#if defined(CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER)
/** @cond for the dispatcher */
int znet_fd_move(int from, int to);
/** @endcond */
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_OFFLOAD_H_ */
