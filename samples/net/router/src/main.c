/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A router between two networks: 192.0.2.0/24 and 2001:db8:1::/64 on its first Ethernet interface, 198.51.100.0/24 and
 * 2001:db8:2::/64 on its second. Everything else the stack does by itself.
 */

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>

LOG_MODULE_REGISTER(router, LOG_LEVEL_INF);

static const struct {
	struct in_addr addr;
	struct in6_addr addr6;
} ends[] = {
	{{{{192, 0, 2, 1}}}, {{{0x20, 0x01, 0x0d, 0xb8, 0, 1, [15] = 1}}}},
	{{{{198, 51, 100, 1}}}, {{{0x20, 0x01, 0x0d, 0xb8, 0, 2, [15] = 1}}}},
};

static void attach(struct net_if *iface, void *data)
{
	struct in_addr netmask = {{{255, 255, 255, 0}}};
	size_t *end = data;

	if (net_if_l2(iface) != &NET_L2_GET_NAME(ETHERNET) || *end == ARRAY_SIZE(ends)) {
		return;
	}

	struct in_addr addr = ends[*end].addr;
	struct in6_addr addr6 = ends[*end].addr6;

	if (net_if_ipv4_addr_add(iface, &addr, NET_ADDR_MANUAL, 0) == NULL ||
	    !net_if_ipv4_set_netmask_by_addr(iface, &addr, &netmask) ||
	    net_if_ipv6_addr_add(iface, &addr6, NET_ADDR_MANUAL, 0) == NULL ||
	    net_if_ipv6_prefix_add(iface, &addr6, 64, 0xffffffff) == NULL) {
		LOG_ERR("interface %d has no room for addresses", net_if_get_by_iface(iface));
		return;
	}

	LOG_INF("interface %d leads to network %d", net_if_get_by_iface(iface), (int)*end + 1);
	*end += 1;
}

int main(void)
{
	size_t end = 0;

	net_if_foreach(attach, &end);
	if (end < ARRAY_SIZE(ends)) {
		LOG_ERR("a router takes two Ethernet interfaces");
	}
	k_sleep(K_FOREVER);
	return 0;
}
