/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two Ethernet interfaces, one of each stack, and the wire between them: what one sends is copied
 * into a fresh packet of the other, which is what a driver costs that has no DMA.
 */

#include <stdbool.h>
#include <string.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>

#include "bench.h"

/* Frames on the wire at a time. */
#define WIRE_FRAMES 128

struct wire_end {
	struct net_if *iface;
	struct wire_end *peer;
	uint8_t mac[6];
};

static struct wire_end ends[ENDS] = {
	[CLIENT] = {.peer = &ends[SERVER], .mac = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01}},
	[SERVER] = {.peer = &ends[CLIENT], .mac = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x02}},
};

/* The frame to be kept, while there is room for one. */
static struct {
	const struct wire_end *from;
	uint8_t *frame;
	size_t size;
	size_t length;
} capture;

static void wire_init(struct net_if *iface)
{
	struct wire_end *end = net_if_get_device(iface)->data;

	end->iface = iface;
	ethernet_init(iface);
	net_if_set_link_addr(iface, end->mac, sizeof(end->mac), NET_LINK_ETHERNET);
}

static int wire_keep(struct net_pkt *pkt)
{
	size_t length = net_pkt_get_len(pkt);

	if (length > capture.size) {
		bench_fail("the frame to be kept is too long");
	}

	net_pkt_cursor_init(pkt);
	capture.from = NULL;
	capture.length = length;
	return net_pkt_read(pkt, capture.frame, length);
}

/* Frames that wait to be delivered, while they are held. */
static struct {
	struct net_pkt *pkt[WIRE_FRAMES];
	struct net_if *to[WIRE_FRAMES];
	unsigned int first;
	unsigned int count;
	bool hold;
	bool ready;
} wire;

static void wire_arrive(struct net_if *iface, struct net_pkt *pkt)
{
	if (net_recv_data(iface, pkt) < 0) {
		if (wire.ready) {
			bench_fail("a frame was refused");
		}

		/* What one end says when it comes up, the other may not be there to hear. */
		net_pkt_unref(pkt);
	}
}

static void wire_deliver(struct net_if *iface, struct net_pkt *pkt)
{
	unsigned int last = (wire.first + wire.count) % WIRE_FRAMES;

	if (!wire.hold) {
		wire_arrive(iface, pkt);
		return;
	}

	if (wire.count == WIRE_FRAMES) {
		bench_fail("the wire is full");
	}

	wire.pkt[last] = pkt;
	wire.to[last] = iface;
	wire.count++;
}

void wire_hold(void)
{
	wire.hold = true;
}

void wire_run(void)
{
	while (wire.count > 0) {
		unsigned int next = wire.first;

		wire.first = (next + 1) % WIRE_FRAMES;
		wire.count--;
		wire_arrive(wire.to[next], wire.pkt[next]);
	}
}

/* Whose datagrams go nowhere. */
static const struct wire_end *discard_from;
static uint32_t discarded;

/* Questions for link addresses and reports of groups are not counted: they are no longer than this. */
#define LONGEST_QUESTION 100

void wire_discard(int end)
{
	discard_from = &ends[end];
}

uint32_t wire_discarded(void)
{
	return discarded;
}

static int wire_send(const struct device *dev, struct net_pkt *pkt)
{
	const struct wire_end *end = dev->data;
	struct net_pkt *copy;

	if (discard_from == end) {
		discarded += net_pkt_get_len(pkt) > LONGEST_QUESTION;
		return 0;
	}

	if (capture.from == end) {
		return wire_keep(pkt);
	}

	copy = net_pkt_rx_alloc_with_buffer(end->peer->iface, net_pkt_get_len(pkt), AF_UNSPEC, 0,
					    K_NO_WAIT);
	if (copy == NULL) {
		return -ENOMEM;
	}

	for (struct net_buf *part = pkt->buffer; part != NULL; part = part->frags) {
		if (net_pkt_write(copy, part->data, part->len) < 0) {
			net_pkt_unref(copy);
			return -ENOBUFS;
		}
	}

	wire_deliver(end->peer->iface, copy);
	return 0;
}

static const struct ethernet_api wire_api = {
	.iface_api.init = wire_init,
	.send = wire_send,
};

ETH_NET_DEVICE_INIT(wire_client, "wire_client", NULL, NULL, &ends[CLIENT], NULL,
		    CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &wire_api, NET_ETH_MTU);
ETH_NET_DEVICE_INIT(wire_server, "wire_server", NULL, NULL, &ends[SERVER], NULL,
		    CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &wire_api, NET_ETH_MTU);

void wire_capture(int end, uint8_t *frame, size_t size)
{
	capture.from = &ends[end];
	capture.frame = frame;
	capture.size = size;
	capture.length = 0;
}

size_t wire_captured(void)
{
	return capture.length;
}

void wire_inject(int end, const uint8_t *frame, size_t length)
{
	struct net_if *iface = ends[end].iface;
	struct net_pkt *pkt;

	pkt = net_pkt_rx_alloc_with_buffer(iface, length, AF_UNSPEC, 0, K_NO_WAIT);
	if (pkt == NULL || net_pkt_write(pkt, frame, length) < 0 || net_recv_data(iface, pkt) < 0) {
		bench_fail("the frame was not taken");
	}
}

/* Gives one end its addresses. */
static bool wire_address(int end)
{
	struct net_if *iface = ends[end].iface;

#if defined(CONFIG_NET_IPV4)
	static const struct in_addr netmask = END_NETMASK;
	struct in_addr address = endpoint_of(AF_INET, end, 0).in.sin_addr;

	if (net_if_ipv4_addr_add(iface, &address, NET_ADDR_MANUAL, 0) == NULL ||
	    !net_if_ipv4_set_netmask_by_addr(iface, &address, &netmask)) {
		return false;
	}
#endif
#if defined(CONFIG_NET_IPV6)
	static const struct in6_addr prefix = END_PREFIX6;
	struct in6_addr address6 = endpoint_of(AF_INET6, end, 0).in6.sin6_addr;

	if (net_if_ipv6_addr_add(iface, &address6, NET_ADDR_MANUAL, 0) == NULL ||
	    net_if_ipv6_prefix_add(iface, (struct in6_addr *)&prefix, END_PREFIX6_LEN,
				    UINT32_MAX) == NULL) {
		return false;
	}
#endif
	return true;
}

void wire_start(void)
{
	for (int end = 0; end < ENDS; end++) {
		struct net_if *iface = ends[end].iface;

		if (znet_instance_adopt(iface, end) != 0) {
			bench_fail("there is no second stack: CONFIG_ZNET_INSTANCES is not 2");
		}

		znet_instance_select(end);
		if (!wire_address(end) || (net_if_up(iface) < 0 && !net_if_is_up(iface))) {
			bench_fail("an interface could not be set up");
		}
	}

	wire.ready = true;
}
