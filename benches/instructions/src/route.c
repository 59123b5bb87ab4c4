/* SPDX-License-Identifier: Apache-2.0 */
/* Finding a route among few and among many. */

#include <zephyr/net/net_if.h>
#include <zephyr/net/net_route.h>
#include <zephyr/sys/util.h>

#include "bench.h"

#if defined(CONFIG_NET_ROUTE)
/* 2001:db8:<n>::9 */
static struct in6_addr inside(uint32_t n)
{
	struct in6_addr addr = {{{0x20, 0x01, 0x0d, 0xb8, n >> 8, n & 0xff, [15] = 9}}};

	return addr;
}

static void find(uint32_t routes, uint32_t count)
{
	static const struct in6_addr router = {{{0xfe, 0x80, [15] = 0x99}}};
	uint32_t found = 0, next = 1;

	znet_instance_select(CLIENT);
	for (uint32_t n = 0; n < routes; n++) {
		struct in6_addr prefix = inside(n + 1);

		if (net_route_add(net_if_get_by_index(1), &prefix, 48, &router,
				  NET_IPV6_ND_INFINITE_LIFETIME, NET_ROUTE_PREFERENCE_MEDIUM) == NULL) {
			bench_fail("a route could not be added");
		}
	}

	for (uint32_t i = 0; i < count; i++) {
		struct in6_addr dst;

		next = next * 1103515245 + 12345;
		dst = inside((next >> 16) % routes + 1);
		found += net_route_lookup(NULL, &dst) != NULL;
	}

	if (found != count) {
		bench_fail("a route was not found");
	}
}

void route_find_10(sa_family_t family, uint32_t count)
{
	ARG_UNUSED(family);
	find(10, count);
}

void route_find_1000(sa_family_t family, uint32_t count)
{
	ARG_UNUSED(family);
	find(1000, count);
}
#endif /* CONFIG_NET_ROUTE */
