// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/udp.h>.
 * Written by `cargo xtask headers` from src/capi/udp.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_UDP_H_
#define ZEPHYR_NET_GENERATED_UDP_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_UDP)
struct net_udp_hdr *(net_udp_get_hdr)(struct net_pkt *pkt, struct net_udp_hdr *hdr);

struct net_udp_hdr *(net_udp_set_hdr)(struct net_pkt *pkt, struct net_udp_hdr *hdr);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_UDP_H_ */
