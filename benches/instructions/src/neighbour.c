/* SPDX-License-Identifier: Apache-2.0 */
/* Finding a neighbour among few and among many. */

#include <string.h>

#include <zephyr/net/socket.h>
#include <zephyr/net/znet_nbr.h>
#include <zephyr/sys/util.h>

#include "bench.h"

#define PAYLOAD 64
#define PORT    9
#define FIRST   0x1000

/* From 192.0.16.0 on, or 2001:db8::1000. */
static union endpoint neighbour(sa_family_t family, uint32_t n)
{
	union endpoint at = endpoint_of(family, SERVER, PORT);
	uint8_t *tail = family == AF_INET ? &at.in.sin_addr.s4_addr[2] : &at.in6.sin6_addr.s6_addr[14];

	tail[0] = (uint8_t)((n + FIRST) >> 8);
	tail[1] = (uint8_t)n;
	return at;
}

/* A linear congruential generator (Numerical Recipes); its high bits are the good ones. */
static uint32_t one_of(uint32_t neighbours)
{
	static uint32_t random = 1;

	random = random * 1664525 + 1013904223;
	return (uint32_t)(((uint64_t)random * neighbours) >> 32);
}

#if defined(CONFIG_NET_IPV6_NBR_CACHE)
static void add_neighbours(uint32_t neighbours)
{
	for (uint32_t n = 0; n < neighbours; n++) {
		const union endpoint at = neighbour(AF_INET6, n);
		const uint8_t mac[6] = {0x02, [4] = (uint8_t)(n >> 8), (uint8_t)n};
		struct net_linkaddr link;

		(void)net_linkaddr_create(&link, mac, sizeof(mac), NET_LINK_ETHERNET);
		if (net_ipv6_nbr_add(net_if_get_by_index(1), &at.in6.sin6_addr, &link, false,
				     NET_IPV6_NBR_STATE_STATIC) == NULL) {
			bench_fail("a neighbour could not be added");
		}
	}
}

static void find(uint32_t neighbours, uint32_t count)
{
	uint32_t found = 0;

	znet_instance_select(CLIENT);
	add_neighbours(neighbours);
	for (uint32_t i = 0; i < count; i++) {
		union endpoint at = neighbour(AF_INET6, one_of(neighbours));

		found += net_ipv6_nbr_lookup(net_if_get_by_index(1), &at.in6.sin6_addr) != NULL;
	}
	if (found != count) {
		bench_fail("a neighbour was not found");
	}
}

void neighbour_find_10(sa_family_t family, uint32_t count)
{
	ARG_UNUSED(family);
	find(10, count);
}

void neighbour_find_1000(sa_family_t family, uint32_t count)
{
	ARG_UNUSED(family);
	find(1000, count);
}
#else
/* Each asks for our address (RFC 826), so it is known. */
static void add_neighbours(uint32_t neighbours)
{
	const struct in_addr own = endpoint_of(AF_INET, CLIENT, 0).in.sin_addr;
	const struct in_addr mask = {{{255, 255, 0, 0}}};
	uint8_t frame[42] = {[12] = 0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1};

	(void)net_if_ipv4_set_netmask_by_addr(net_if_get_by_index(1), &own, &mask);
	memset(frame, 0xff, 6);
	for (uint32_t n = 0; n < neighbours; n++) {
		const union endpoint at = neighbour(AF_INET, n);
		const uint8_t mac[6] = {0x02, [4] = (uint8_t)(n >> 8), (uint8_t)n};

		memcpy(&frame[6], mac, sizeof(mac));
		memcpy(&frame[22], mac, sizeof(mac));
		memcpy(&frame[28], &at.in.sin_addr, 4);
		memcpy(&frame[38], &own, 4);
		wire_inject(CLIENT, frame, sizeof(frame));
	}
}
#endif /* CONFIG_NET_IPV6_NBR_CACHE */

/* What the client spends. */
static void send(sa_family_t family, uint32_t neighbours, uint32_t count)
{
	static const uint8_t payload[PAYLOAD];
	int sock;

	znet_instance_select(CLIENT);
	sock = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
	if (sock < 0) {
		bench_fail("a socket could not be opened");
	}
	add_neighbours(neighbours);
	wire_discard(CLIENT);
	for (uint32_t i = 0; i < count; i++) {
		const union endpoint at = neighbour(family, one_of(neighbours));

		if (zsock_sendto(sock, payload, sizeof(payload), 0, &at.any,
				 endpoint_size(family)) != sizeof(payload)) {
			bench_fail("a datagram was not sent");
		}
	}
	if (wire_discarded() != count) {
		bench_fail("a neighbour was not known");
	}
}

void neighbour_send_10(sa_family_t family, uint32_t count)
{
	send(family, 10, count);
}

void neighbour_send_1000(sa_family_t family, uint32_t count)
{
	send(family, 1000, count);
}
