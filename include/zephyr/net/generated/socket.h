// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/socket.h>, which includes this.
 * Written by `cargo xtask headers` from src/capi/select.rs, src/capi/socket.rs, src/capi/socket_msg.rs, src/capi/socket_options.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_SOCKET_H_
#define ZEPHYR_NET_GENERATED_SOCKET_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_SOCKETS)
int zvfs_select(int nfds,
		zsock_fd_set *readfds,
		zsock_fd_set *writefds,
		zsock_fd_set *errorfds,
		const struct timespec *timeout,
		const void *_sigmask);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_select(int nfds,
		 zsock_fd_set *readfds,
		 zsock_fd_set *writefds,
		 zsock_fd_set *exceptfds,
		 const struct timeval *timeout);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_socket(int family, int kind, int proto);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_close(int fd);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_shutdown(int fd, int how);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_bind(int fd, const void *addr, size_t len);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_connect(int fd, const void *addr, size_t len);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_listen(int fd, int _backlog);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_accept(int fd, void *_addr, size_t *_len);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_sendto(int fd,
		       const void *buf,
		       size_t len,
		       int flags,
		       const void *addr,
		       size_t addrlen);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_recvfrom(int fd, void *buf, size_t len, int flags, void *addr, size_t *addrlen);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_send(int fd, const void *buf, size_t len, int flags);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_recv(int fd, void *buf, size_t len, int flags);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_getsockname(int fd, void *addr, size_t *len);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_getpeername(int fd, void *addr, size_t *len);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zvfs_poll(struct poll_fd *fds, int count, int timeout);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_fcntl_impl(int fd, int cmd, int flags);
#endif

#if defined(CONFIG_NET_SOCKETS)
int znet_ioctl(int fd, unsigned long request, int *arg);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_sendmsg(int fd, const struct msghdr *msg, int flags);
#endif

#if defined(CONFIG_NET_SOCKETS)
ptrdiff_t zsock_recvmsg(int fd, struct msghdr *msg, int flags);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_getsockopt(int fd, int level, int name, void *value, size_t *len);
#endif

#if defined(CONFIG_NET_SOCKETS)
int zsock_setsockopt(int fd, int level, int name, const void *value, size_t len);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_SOCKET_H_ */
