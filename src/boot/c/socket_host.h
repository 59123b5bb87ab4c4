/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host's sockets: what src/drivers/native_sim/sockets does. Each answers with a negative errno value when
 * it fails, and never waits but for znet_host_ready() and znet_host_lookup().
 */
#ifndef ZNET_SRC_BOOT_C_SOCKET_HOST_H_
#define ZNET_SRC_BOOT_C_SOCKET_HOST_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zephyr/net/socket.h>

bool znet_host_supports(int family, int type);
int znet_host_socket(int family, int type, int proto);
int znet_host_close(int fd);
int znet_host_bind(int fd, const void *addr, size_t len);
int znet_host_connect(int fd, const void *addr, size_t len);
int znet_host_listen(int fd, int backlog);
int znet_host_accept(int fd, void *addr, size_t *len);
int znet_host_name(int fd, void *addr, size_t *len, bool peer);
int znet_host_shutdown(int fd, int how);
ssize_t znet_host_send(int fd, struct iovec *iov, size_t count, const void *addr, size_t len);
ssize_t znet_host_receive(int fd, struct iovec *iov, size_t count, int *flags, void *addr,
			  size_t *len);
int znet_host_getsockopt(int fd, int level, int name, void *value, size_t *len);
int znet_host_setsockopt(int fd, int level, int name, const void *value, size_t len);
/* Bytes that can be received at once. */
int znet_host_readable(int fd);
/* For which events of poll() it is ready now. */
int znet_host_poll(int fd, int events);
/* Has znet_host_ready() tell once when it is. */
int znet_host_watch(int fd, int events, uint64_t key);
int znet_host_ready(uint64_t *key, int *events);

/* Bytes of the longest address. */
#define HOST_ADDR_MAX 110

/*
 * Asks the host for addresses. What is wanted is family, type, protocol and flags; an answer is family, type,
 * protocol and the length of its address. How many there are, or DNS_EAI_*.
 */
int znet_host_lookup(const char *node, const char *service, const int wanted[4], int answers[][4],
		     uint8_t addrs[][HOST_ADDR_MAX], size_t room);

#endif /* ZNET_SRC_BOOT_C_SOCKET_HOST_H_ */
