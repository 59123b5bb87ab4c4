// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/hostname.h>.
 * Written by `cargo xtask headers` from src/capi/hostname.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_HOSTNAME_H_
#define ZEPHYR_NET_GENERATED_HOSTNAME_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_HOSTNAME_ENABLE)
const char *(net_hostname_get)(void);

void (net_hostname_init)(void);
#endif

#if (defined(CONFIG_NET_HOSTNAME_DYNAMIC) && defined(CONFIG_NET_HOSTNAME_ENABLE))
int (net_hostname_set)(const char *host, size_t len);
#endif

#if (defined(CONFIG_NET_HOSTNAME_UNIQUE) && defined(CONFIG_NET_HOSTNAME_ENABLE))
int (net_hostname_set_postfix)(const uint8_t *postfix, int len);

int (net_hostname_set_postfix_str)(const uint8_t *postfix, int len);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_HOSTNAME_H_ */
