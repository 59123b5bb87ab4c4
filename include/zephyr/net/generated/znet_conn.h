// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_conn.h>.
 * Written by `cargo xtask headers` from src/capi/by_hand.rs, src/capi/conn_handlers.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_CONN_H_
#define ZEPHYR_NET_GENERATED_ZNET_CONN_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_CONN_HANDLERS)
enum net_verdict (znet_ip_input)(struct net_pkt *pkt);
#endif

#if (defined(CONFIG_NET_ARP) && defined(CONFIG_ZNET_CONN_HANDLERS))
enum net_verdict (znet_arp_input)(struct net_pkt *pkt);

int (znet_arp_neighbour)(size_t which, uint8_t *ip, uint8_t *mac);

void (znet_arp_forget)(struct net_if *iface);
#endif

#if defined(CONFIG_ZNET_CONN_HANDLERS)
int (znet_icmp_error)(struct net_pkt *pkt, uint8_t kind, uint8_t code, uint32_t value);

int (znet_conn_set)(int slot, const struct znet_conn_filter *filter, znet_conn_deliver_t function);

void (znet_conn_clear)(int slot);

int (znet_conn_find)(uint8_t proto, const void *remote, const void *local);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_CONN_H_ */
