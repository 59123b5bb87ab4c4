/* SPDX-License-Identifier: Apache-2.0 */

#include "cable.h"

struct end left = {.peer = &right, .mac = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01}};
struct end right = {.peer = &left, .mac = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x02}};

static void end_init(struct net_if *iface)
{
	struct end *end = net_if_get_device(iface)->data;

	end->iface = iface;
	ethernet_init(iface);
	net_if_set_link_addr(iface, end->mac, sizeof(end->mac), NET_LINK_ETHERNET);
}

struct net_ptp_time last_time;

static int end_send(const struct device *dev, struct net_pkt *pkt)
{
	struct end *end = dev->data;
	uint8_t frame[NET_ETH_MAX_FRAME_SIZE];
	size_t len = net_pkt_get_len(pkt);

	if (net_pkt_timestamp(pkt)->second != 0) {
		last_time = *net_pkt_timestamp(pkt);
	}
	if (len > sizeof(frame) || net_pkt_read(pkt, frame, len) != 0) {
		return -EIO;
	}
	arrives(end->peer, frame, len);
	return 0;
}

static enum ethernet_hw_caps end_caps(const struct device *dev)
{
	ARG_UNUSED(dev);
	return ETHERNET_LINK_100BASE;
}

static const struct ethernet_api end_api = {
	.iface_api.init = end_init,
	.get_capabilities = end_caps,
	.send = end_send,
};

ETH_NET_DEVICE_INIT(a_left, "a_left", NULL, NULL, &left, NULL, CONFIG_ETH_INIT_PRIORITY, &end_api,
		    NET_ETH_MTU);
ETH_NET_DEVICE_INIT(b_right, "b_right", NULL, NULL, &right, NULL, CONFIG_ETH_INIT_PRIORITY,
		    &end_api, NET_ETH_MTU);

void arrives(struct end *end, const void *frame, size_t len)
{
	struct net_pkt *pkt;

	pkt = net_pkt_rx_alloc_with_buffer(end->iface, len, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, frame, len));
	if (net_recv_data(end->iface, pkt) != 0) {
		net_pkt_unref(pkt); /* not up yet */
	}
}

int index_of(const struct end *end)
{
	return net_if_get_by_iface(end->iface);
}

static uint32_t free_rx, free_tx;

static void count(uint32_t *rx, uint32_t *tx)
{
	struct k_mem_slab *rx_slab, *tx_slab;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx_slab, &tx_slab, &rx_data, &tx_data);
	*rx = k_mem_slab_num_free_get(rx_slab);
	*tx = k_mem_slab_num_free_get(tx_slab);
}

void before(void *fixture)
{
	ARG_UNUSED(fixture);
	/* What the interfaces say of themselves at the start is over. */
	k_sleep(K_SECONDS(20));
	count(&free_rx, &free_tx);
}

void after(void *fixture)
{
	uint32_t rx, tx;

	ARG_UNUSED(fixture);
	k_sleep(K_SECONDS(2));
	count(&rx, &tx);
	zassert_equal(rx, free_rx, "%u received packets kept", free_rx - rx);
	zassert_equal(tx, free_tx, "%u packets to be sent kept", free_tx - tx);
}
