// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/socket_offload.h>.
 * Written by `cargo xtask headers` from src/capi/socket/offload.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_SOCKET_OFFLOAD_H_
#define ZEPHYR_NET_GENERATED_SOCKET_OFFLOAD_H_

#ifdef __cplusplus
extern "C" {
#endif

#if (defined(CONFIG_NET_SOCKETS_OFFLOAD) && defined(CONFIG_ZNET_CONTEXTS))
void (socket_offload_dns_register)(const struct socket_dns_offload *ops);

int (socket_offload_getaddrinfo)(const char *node,
			       const char *service,
			       const struct zsock_addrinfo *hints,
			       struct zsock_addrinfo **found);

void (socket_offload_freeaddrinfo)(struct zsock_addrinfo *info);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_SOCKET_OFFLOAD_H_ */
