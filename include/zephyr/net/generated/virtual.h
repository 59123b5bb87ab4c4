// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/virtual.h>.
 * Written by `cargo xtask headers` from src/capi/virtual_.rs, src/capi/ipip.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_VIRTUAL_H_
#define ZEPHYR_NET_GENERATED_VIRTUAL_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_L2_VIRTUAL)
int (net_virtual_interface_attach)(struct net_if *virtual_iface, struct net_if *iface);

struct net_if *(net_virtual_get_iface)(struct net_if *iface);

char *(net_virtual_get_name)(struct net_if *iface, char *buf, size_t len);

void (net_virtual_set_name)(struct net_if *iface, const char *name);

enum net_verdict (net_virtual_input)(struct net_if *input_iface,
				   struct net_addr *_remote_addr,
				   struct net_pkt *pkt);

void (net_virtual_init)(struct net_if *iface);

void (net_virtual_disable)(struct net_if *iface);

void (net_virtual_enable)(struct net_if *iface);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_VIRTUAL_H_ */
