// SPDX-License-Identifier: Apache-2.0
/*
 * The link layer of devices with their own IP stack: there is none. Packets of this library do not go
 * that way.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_SOCKETS_OFFLOAD) || defined(CONFIG_NET_OFFLOAD)

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_l2.h>
#include <zephyr/net/offloaded_netdev.h>

static int offloaded_enable(struct net_if *iface, bool state)
{
	const struct offloaded_if_api *api = net_if_get_device(iface)->api;

	return api != NULL && api->enable != NULL ? api->enable(iface, state) : 0;
}

static enum net_l2_flags offloaded_flags(struct net_if *iface)
{
	ARG_UNUSED(iface);
	return 0;
}

NET_L2_INIT(OFFLOADED_NETDEV_L2, NULL, NULL, offloaded_enable, offloaded_flags);

#endif
