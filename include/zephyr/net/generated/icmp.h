// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/icmp.h>.
 * Written by `cargo xtask headers` from src/capi/icmp.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ICMP_H_
#define ZEPHYR_NET_GENERATED_ICMP_H_

#ifdef __cplusplus
extern "C" {
#endif

#if (defined(CONFIG_NET_IPV4) || defined(CONFIG_NET_IPV6))
int (net_icmp_init_ctx)(struct net_icmp_ctx *ctx,
		      uint8_t kind,
		      uint8_t code,
		      net_icmp_handler_t handler);

int (net_icmp_cleanup_ctx)(struct net_icmp_ctx *ctx);

int (net_icmp_register_offload_ping)(struct net_icmp_offload *offload,
				   struct net_if *iface,
				   net_icmp_offload_ping_handler_t ping_handler);

int (net_icmp_unregister_offload_ping)(struct net_icmp_offload *offload);

int (net_icmp_get_offload_rsp_handler)(struct net_icmp_offload *offload, net_icmp_handler_t *handler);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ICMP_H_ */
