/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An Ethernet device as small as there can be: a register that takes and gives bytes. It calls of the library what
 * every driver calls.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>

static volatile uint8_t *const port = (volatile uint8_t *)0x40200000;
static volatile size_t *const length = (volatile size_t *)0x40200004;

static struct net_if *interface;
static uint8_t mac[] = {0x02, 0x00, 0x5e, 0x10, 0x00, 0x01};

static void start(struct net_if *iface)
{
	interface = iface;
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_ETHERNET);
	ethernet_init(iface);
}

static enum ethernet_hw_caps capabilities(const struct device *dev)
{
	ARG_UNUSED(dev);

	return ETHERNET_LINK_10BASE;
}

static int transmit(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);

	for (struct net_buf *part = pkt->frags; part != NULL; part = part->frags) {
		for (uint16_t i = 0; i < part->len; i++) {
			*port = part->data[i];
		}
	}
	return 0;
}

/* What the device's interrupt comes to; the vector table names it. */
void receive(void);

void receive(void)
{
	size_t left = *length;
	struct net_pkt *pkt =
		net_pkt_rx_alloc_with_buffer(interface, left, AF_UNSPEC, 0, K_NO_WAIT);

	if (pkt == NULL) {
		return;
	}
	while (left-- > 0) {
		uint8_t byte = *port;

		(void)net_pkt_write(pkt, &byte, sizeof(byte));
	}
	if (net_recv_data(interface, pkt) != 0) {
		net_pkt_unref(pkt);
	}
}

static const struct ethernet_api api = {
	.iface_api.init = start,
	.get_capabilities = capabilities,
	.send = transmit,
};

ETH_NET_DEVICE_INIT(bytes, "bytes", NULL, NULL, NULL, NULL, CONFIG_ETH_INIT_PRIORITY, &api,
		    NET_ETH_MTU);
