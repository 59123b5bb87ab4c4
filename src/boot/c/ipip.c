// SPDX-License-Identifier: Apache-2.0
/*
 * The devices of tunnels of IP in IP. Their functions are in Rust (src/capi/ipip.rs).
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_L2_IPIP)

#include <zephyr/net/net_ip.h>
#include <zephyr/net/virtual.h>
#include <zephyr/sys/util.h>

extern const struct virtual_interface_api znet_ipip_api;

/* The MTU until the interface below is known. */
#define IPIP_DEVICE(n, _)                                                                          \
	NET_VIRTUAL_INTERFACE_INIT_INSTANCE(ipip_##n, "IP_TUNNEL" #n, n, NULL, NULL, NULL, NULL,   \
					    CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &znet_ipip_api,   \
					    NET_IPV4_MTU)

LISTIFY(CONFIG_NET_L2_IPIP_TUNNEL_COUNT, IPIP_DEVICE, (;), _);

#endif /* CONFIG_NET_L2_IPIP */
