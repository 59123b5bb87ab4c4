// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/socket.h>.
 * Written by `cargo xtask headers` from src/capi/socket/control.rs, src/capi/socket/mod.rs, src/capi/socket/msg.rs, src/capi/socket/options.rs, src/capi/socket/pair.rs, src/capi/socket/read_write.rs, src/capi/socket/select.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_SOCKET_H_
#define ZEPHYR_NET_GENERATED_SOCKET_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_CONTEXTS)
int (zsock_fcntl_impl)(int fd, int cmd, int flags);

int (znet_ioctl)(int fd, unsigned long request, int *arg);

int (zsock_socket)(int family, int kind, int proto);

void *(zsock_get_context_object)(int fd);

int (zsock_close)(int fd);

int (zsock_shutdown)(int fd, int how);

int (zsock_listen)(int fd, int backlog);

ssize_t (zsock_send)(int fd, const void *buf, size_t len, int flags);

ssize_t (zsock_recv)(int fd, void *buf, size_t len, int flags);

int (zvfs_poll)(struct zsock_pollfd *fds, int count, int timeout);

ssize_t (zsock_sendmsg)(int fd, const struct msghdr *msg, int flags);

ssize_t (zsock_recvmsg)(int fd, struct msghdr *msg, int flags);

int (zsock_getsockopt)(int fd, int level, int name, void *value, size_t *len);

int (zsock_setsockopt)(int fd, int level, int name, const void *value, size_t len);
#endif

#if (defined(CONFIG_NET_SOCKETPAIR) && defined(CONFIG_ZNET_CONTEXTS))
int (zsock_socketpair)(int family, int kind, int proto, int *ends);
#endif

#if (defined(CONFIG_ZNET_FD_OBJECTS) && defined(CONFIG_ZNET_CONTEXTS))
ssize_t (znet_read)(int fd, void *buf, size_t len);

ssize_t (znet_write)(int fd, const void *buf, size_t len);

ssize_t (zvfs_read)(int fd, void *buf, size_t len, const size_t *offset);

ssize_t (zvfs_write)(int fd, const void *buf, size_t len, const size_t *offset);

int (zvfs_close)(int fd);
#endif

#if defined(CONFIG_ZNET_CONTEXTS)
int (zvfs_select)(int nfds,
		zsock_fd_set *readfds,
		zsock_fd_set *writefds,
		zsock_fd_set *errorfds,
		const struct timespec *timeout,
		const void *_sigmask);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_SOCKET_H_ */
