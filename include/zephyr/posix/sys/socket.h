/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX names of the socket calls.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_SOCKET_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_SOCKET_H_

#include <zephyr/net/socket.h>
#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHUT_RD   ZSOCK_SHUT_RD   /**< Receive no more */
#define SHUT_WR   ZSOCK_SHUT_WR   /**< Send no more */
#define SHUT_RDWR ZSOCK_SHUT_RDWR /**< Neither */

#define MSG_PEEK     ZSOCK_MSG_PEEK     /**< Leave the data in the queue */
#define MSG_TRUNC    ZSOCK_MSG_TRUNC    /**< Return the datagram's full length */
#define MSG_DONTWAIT ZSOCK_MSG_DONTWAIT /**< This call does not wait */
#define MSG_WAITALL  ZSOCK_MSG_WAITALL  /**< Wait for all that was asked for */
#define MSG_CTRUNC   ZSOCK_MSG_CTRUNC   /**< Ancillary data did not fit */

/** @cond one line a function: see zephyr/net/socket.h */
int socket(int family, int type, int proto) ZNET_NAME_FOR(zsock_socket);
int socketpair(int family, int type, int proto, int sv[2]) ZNET_NAME_FOR(zsock_socketpair);
int bind(int sock, const struct sockaddr *addr, socklen_t len) ZNET_NAME_FOR(zsock_bind);
int connect(int sock, const struct sockaddr *addr, socklen_t len) ZNET_NAME_FOR(zsock_connect);
int listen(int sock, int backlog) ZNET_NAME_FOR(zsock_listen);
int accept(int sock, struct sockaddr *addr, socklen_t *len) ZNET_NAME_FOR(zsock_accept);
int shutdown(int sock, int how) ZNET_NAME_FOR(zsock_shutdown);
ssize_t send(int sock, const void *buf, size_t len, int flags) ZNET_NAME_FOR(zsock_send);
ssize_t sendto(int sock, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addrlen) ZNET_NAME_FOR(zsock_sendto);
ssize_t sendmsg(int sock, const struct msghdr *msg, int flags) ZNET_NAME_FOR(zsock_sendmsg);
ssize_t recv(int sock, void *buf, size_t len, int flags) ZNET_NAME_FOR(zsock_recv);
ssize_t recvfrom(int sock, void *buf, size_t len, int flags, struct sockaddr *addr,
		 socklen_t *addrlen) ZNET_NAME_FOR(zsock_recvfrom);
ssize_t recvmsg(int sock, struct msghdr *msg, int flags) ZNET_NAME_FOR(zsock_recvmsg);
int getsockopt(int sock, int level, int name, void *value, socklen_t *len)
	ZNET_NAME_FOR(zsock_getsockopt);
int setsockopt(int sock, int level, int name, const void *value, socklen_t len)
	ZNET_NAME_FOR(zsock_setsockopt);
int getpeername(int sock, struct sockaddr *addr, socklen_t *len) ZNET_NAME_FOR(zsock_getpeername);
int getsockname(int sock, struct sockaddr *addr, socklen_t *len) ZNET_NAME_FOR(zsock_getsockname);
int sockatmark(int sock) ZNET_NAME_FOR(znet_sockatmark);
/** @endcond */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_SOCKET_H_ */
