// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/ethernet.h>.
 * Written by `cargo xtask headers` from src/capi/ethernet.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ETHERNET_H_
#define ZEPHYR_NET_GENERATED_ETHERNET_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_L2_ETHERNET)
void (ethernet_init)(struct net_if *iface);

void (net_eth_carrier_on)(struct net_if *iface);

void (net_eth_carrier_off)(struct net_if *iface);

int (net_eth_promisc_mode)(struct net_if *iface, bool enable);

int (net_eth_txinjection_mode)(struct net_if *iface, bool enable);

const struct device *(net_eth_get_phy)(struct net_if *iface);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ETHERNET_H_ */
