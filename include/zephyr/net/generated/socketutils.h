// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/socketutils.h>.
 * Written by `cargo xtask headers` from src/capi/socket/names.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_SOCKETUTILS_H_
#define ZEPHYR_NET_GENERATED_SOCKETUTILS_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_CONTEXTS)
int (zsock_getaddrinfo)(const char *host,
		      const char *service,
		      const struct zsock_addrinfo *hints,
		      struct zsock_addrinfo **found);

void (zsock_freeaddrinfo)(struct zsock_addrinfo *info);

const char *(zsock_gai_strerror)(int code);

const char *(net_addr_str_find_port)(const char *text);

int (net_getaddrinfo_addr_str)(const char *text,
			     const char *def_port,
			     const struct zsock_addrinfo *hints,
			     struct zsock_addrinfo **found);

int (zsock_gethostname)(char *buf, size_t len);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_SOCKETUTILS_H_ */
