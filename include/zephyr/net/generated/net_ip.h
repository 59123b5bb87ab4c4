// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_ip.h>.
 * Written by `cargo xtask headers` from src/capi/net_ip.rs, src/capi/net_ipv6_pe.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_IP_H_
#define ZEPHYR_NET_GENERATED_NET_IP_H_

#ifdef __cplusplus
extern "C" {
#endif

int (net_addr_pton)(uint16_t family, const char *src, void *dst);

char *(net_addr_ntop)(uint16_t family, const void *src, char *dst, size_t size);

int (net_bytes_from_str)(uint8_t *buf, int len, const char *src);

const char *(net_family2str)(uint16_t family);

int (net_tx_priority2tc)(uint8_t priority);

int (net_rx_priority2tc)(uint8_t priority);

#if defined(CONFIG_NET_IPV6_PE)
int (net_ipv6_pe_add_filter)(struct in6_addr *addr, bool is_denylist);

int (net_ipv6_pe_del_filter)(struct in6_addr *addr);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_IP_H_ */
