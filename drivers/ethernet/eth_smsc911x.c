/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SMSC LAN9118 and its kin, Ethernet controllers with FIFOs on a memory bus: frames, interrupts and
 * the driver's table. MAC and PHY are in eth_smsc911x_mac.c.
 *
 * The interrupt handler only masks what it has seen and gives a semaphore. A thread of the driver's
 * empties the receive FIFO and looks after the link; sending happens on the sender's thread, and
 * waits for room without polling. The chip's own FIFOs hold what the thread has not come to yet: a
 * flood is lost there, where that costs no time.
 */

#include <errno.h>

#include <zephyr/logging/log.h>
LOG_MODULE_REGISTER(eth_smsc911x, CONFIG_ETHERNET_LOG_LEVEL);

#include <zephyr/irq.h>
#include <zephyr/net/net_pkt.h>

#include "eth_smsc911x_priv.h"

/* What the thread is woken for */
#define INT_THREAD (INT_RX_STATUS | INT_RX_ERROR | INT_PHY)

/* Ethernet's check sequence, which the chip leaves at the end of received frames */
#define FCS_SIZE 4

/* How long a frame may wait for room among those that are being sent */
#define TX_PATIENCE K_MSEC(100)

/*
 * The thread comes after the stack's own, which have the other cooperative priorities: what it
 * hands up is dealt with before it fetches more.
 */
#define RX_PRIORITY K_PRIO_COOP(CONFIG_NUM_COOP_PRIORITIES - 1)

/* ---- interrupts ---- */

static void int_change(const struct device *dev, uint32_t clear, uint32_t set)
{
	unsigned int key = irq_lock();

	smsc911x_write(dev, INT_EN, (smsc911x_read(dev, INT_EN) & ~clear) | set);
	irq_unlock(key);
}

static void smsc911x_isr(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	const uint32_t seen = smsc911x_read(dev, INT_STS) & smsc911x_read(dev, INT_EN);

	int_change(dev, seen, 0);
	if ((seen & INT_TX_DONE) != 0) {
		k_sem_give(&data->tx_done);
	}
	if ((seen & INT_THREAD) != 0) {
		k_sem_give(&data->wake);
	}
}

/* ---- receiving ---- */

/*
 * Takes the next frame out of the data FIFO into `pkt`, or drops it without one. It is read either
 * way: the chip could skip it, but machines that emulate the chip do not all give its room back.
 */
static int frame_read(const struct device *dev, struct net_pkt *pkt, size_t length)
{
	uint32_t chunk[32];
	size_t words = DIV_ROUND_UP(length, sizeof(uint32_t));
	size_t left = MAX(length, FCS_SIZE) - FCS_SIZE;
	int error = 0;

	while (words > 0) {
		const size_t count = MIN(words, ARRAY_SIZE(chunk));
		const size_t bytes = MIN(count * sizeof(uint32_t), left);

		for (size_t i = 0; i < count; i++) {
			chunk[i] = smsc911x_read(dev, RX_DATA_FIFO);
		}
		if (pkt != NULL && error == 0 && bytes > 0) {
			error = net_pkt_write(pkt, chunk, bytes);
		}
		words -= count;
		left -= bytes;
	}

	return error;
}

static void count_rx(struct smsc911x_data *data, uint32_t status)
{
	SMSC911X_COUNT(data, pkts.rx, 1);
	SMSC911X_COUNT(data, bytes.received, RX_STATUS_LENGTH(status) - FCS_SIZE);
	SMSC911X_COUNT(data, broadcast.rx, (status & RX_STATUS_BROADCAST) != 0);
	SMSC911X_COUNT(data, multicast.rx, (status & RX_STATUS_MULTICAST) != 0);
}

static void count_rx_error(struct smsc911x_data *data, uint32_t status)
{
	SMSC911X_COUNT(data, errors.rx, 1);
	SMSC911X_COUNT(data, error_details.rx_crc_errors, (status & RX_STATUS_CRC) != 0);
	SMSC911X_COUNT(data, error_details.rx_short_length_errors, (status & RX_STATUS_RUNT) != 0);
	SMSC911X_COUNT(data, error_details.rx_long_length_errors,
		       (status & RX_STATUS_TOO_LONG) != 0);
}

static void frame_receive(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;
	const uint32_t status = smsc911x_read(dev, RX_STATUS_FIFO);
	const size_t length = RX_STATUS_LENGTH(status);
	struct net_pkt *pkt = NULL;

	if ((status & RX_STATUS_ERROR) != 0 || length <= FCS_SIZE) {
		count_rx_error(data, status);
	} else {
		count_rx(data, status);
		pkt = net_pkt_rx_alloc_with_buffer(data->iface, length - FCS_SIZE, AF_UNSPEC, 0,
						   K_NO_WAIT);
		SMSC911X_COUNT(data, error_details.rx_buf_alloc_failed, pkt == NULL);
	}
	if (frame_read(dev, pkt, length) < 0 ||
	    (pkt != NULL && net_recv_data(data->iface, pkt) < 0)) {
		SMSC911X_COUNT(data, errors.rx, 1);
		net_pkt_unref(pkt);
	}
}

static void smsc911x_thread(void *p1, void *p2, void *p3)
{
	const struct device *dev = p1;
	struct smsc911x_data *data = dev->data;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	while (true) {
		uint32_t seen;

		k_sem_take(&data->wake, K_FOREVER);

		/* Taken back before the look, so that whatever comes after it raises it again. */
		seen = smsc911x_read(dev, INT_STS) & INT_THREAD;
		smsc911x_write(dev, INT_STS, seen);
		if ((seen & INT_PHY) != 0) {
			smsc911x_link_update(dev);
		}
		while (RX_FIFO_INF_STATUSES(smsc911x_read(dev, RX_FIFO_INF)) > 0) {
			frame_receive(dev);
			k_yield();
		}
		SMSC911X_COUNT(data, error_details.rx_missed_errors, smsc911x_read(dev, RX_DROP));
		int_change(dev, 0, INT_THREAD);
	}
}

/* ---- sending ---- */

/* Takes the reports about frames that have gone: a full status FIFO would stop the transmitter. */
static void tx_reports(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;

	while (TX_FIFO_INF_STATUSES(smsc911x_read(dev, TX_FIFO_INF)) > 0) {
		const uint32_t status = smsc911x_read(dev, TX_STATUS_FIFO);

		if ((status & TX_STATUS_ERROR) == 0) {
			continue;
		}
		SMSC911X_COUNT(data, errors.tx, 1);
		SMSC911X_COUNT(data, collisions, TX_STATUS_COLLISIONS(status));
		SMSC911X_COUNT(data, error_details.tx_carrier_errors,
			       (status & TX_STATUS_NO_CARRIER) != 0);
		SMSC911X_COUNT(data, error_details.tx_window_errors,
			       (status & TX_STATUS_LATE) != 0);
		SMSC911X_COUNT(data, error_details.tx_aborted_errors,
			       (status & TX_STATUS_ABORTED) != 0);
	}
}

static bool tx_has_room(const struct device *dev, size_t size)
{
	tx_reports(dev);

	return TX_FIFO_INF_FREE(smsc911x_read(dev, TX_FIFO_INF)) >= size;
}

/*
 * Waits until `size` bytes fit into the TX data FIFO. Frames that have gone interrupt during that wait
 * only.
 */
static int tx_wait_room(const struct device *dev, size_t size)
{
	struct smsc911x_data *data = dev->data;

	while (!tx_has_room(dev, size)) {
		k_sem_reset(&data->tx_done);
		smsc911x_write(dev, INT_STS, INT_TX_DONE);
		/* One may have gone in between: then nothing would wake this thread. */
		if (tx_has_room(dev, size)) {
			break;
		}
		int_change(dev, 0, INT_TX_DONE);
		if (k_sem_take(&data->tx_done, TX_PATIENCE) < 0) {
			int_change(dev, INT_TX_DONE, 0);
			SMSC911X_COUNT(data, tx_timeout_count, 1);
			return -ENOBUFS;
		}
	}

	return 0;
}

/* Writes the bytes of all fragments as words; a word may begin in one and end in another. */
static void frame_write(const struct device *dev, const struct net_pkt *pkt)
{
	uint32_t word = 0;
	unsigned int bits = 0;

	for (const struct net_buf *buf = pkt->buffer; buf != NULL; buf = buf->frags) {
		const uint8_t *bytes = buf->data;
		const uint8_t *end = bytes + buf->len;

		while (bytes < end) {
			if (bits == 0 && end - bytes >= (ptrdiff_t)sizeof(word)) {
				smsc911x_write(dev, TX_DATA_FIFO,
					       UNALIGNED_GET((const uint32_t *)bytes));
				bytes += sizeof(word);
				continue;
			}
			word |= (uint32_t)*bytes++ << bits;
			bits += 8;
			if (bits == 32) {
				smsc911x_write(dev, TX_DATA_FIFO, word);
				word = 0;
				bits = 0;
			}
		}
	}
	if (bits > 0) {
		smsc911x_write(dev, TX_DATA_FIFO, word);
	}
}

static int smsc911x_send(const struct device *dev, struct net_pkt *pkt)
{
	struct smsc911x_data *data = dev->data;
	const size_t length = net_pkt_get_len(pkt);
	int error;

	if (length > NET_ETH_MAX_FRAME_SIZE) {
		return -EMSGSIZE;
	}

	k_mutex_lock(&data->tx_lock, K_FOREVER);
	error = tx_wait_room(dev, ROUND_UP(length, sizeof(uint32_t)) + TX_HEADER_SIZE);
	if (error == 0) {
		smsc911x_write(dev, TX_DATA_FIFO,
			       TX_A_INTERRUPT | TX_A_FIRST | TX_A_LAST | length);
		smsc911x_write(dev, TX_DATA_FIFO, length);
		frame_write(dev, pkt);
		SMSC911X_COUNT(data, pkts.tx, 1);
		SMSC911X_COUNT(data, bytes.sent, length);
	}
	k_mutex_unlock(&data->tx_lock);

	return error;
}

/* ---- the driver's table ---- */

static void smsc911x_iface_init(struct net_if *iface)
{
	const struct device *dev = net_if_get_device(iface);
	const struct smsc911x_config *config = dev->config;
	struct smsc911x_data *data = dev->data;

	data->iface = iface;
	net_if_set_link_addr(iface, data->mac.addr, sizeof(data->mac.addr), NET_LINK_ETHERNET);
	ethernet_init(iface);
	net_eth_carrier_off(iface);
	smsc911x_link_update(dev);

	k_thread_create(&data->thread, data->stack, K_KERNEL_STACK_SIZEOF(data->stack),
			smsc911x_thread, (void *)dev, NULL, NULL, RX_PRIORITY, 0, K_NO_WAIT);
	k_thread_name_set(&data->thread, "eth_smsc911x");
	config->connect();
	int_change(dev, 0, INT_THREAD);
}

static int smsc911x_start(const struct device *dev)
{
	return smsc911x_mac_enable(dev, true);
}

static int smsc911x_stop(const struct device *dev)
{
	return smsc911x_mac_enable(dev, false);
}

static enum ethernet_hw_caps smsc911x_capabilities(const struct device *dev)
{
	ARG_UNUSED(dev);

	return ETHERNET_LINK_10BASE | ETHERNET_LINK_100BASE | ETHERNET_HW_FILTERING |
	       ETHERNET_PROMISC_MODE;
}

static int smsc911x_set_config(const struct device *dev, enum ethernet_config_type type,
			       const struct ethernet_config *config)
{
	switch (type) {
	case ETHERNET_CONFIG_TYPE_MAC_ADDRESS:
		return smsc911x_mac_address(dev, &config->mac_address);
	case ETHERNET_CONFIG_TYPE_PROMISC_MODE:
		return smsc911x_mac_promisc(dev, config->promisc_mode);
	case ETHERNET_CONFIG_TYPE_FILTER: {
		struct net_eth_addr address = config->filter.mac_address;

		/* The table is one of groups, by destination; of stations it knows its own. */
		if (config->filter.type != ETHERNET_FILTER_TYPE_DST_MAC_ADDRESS ||
		    !net_eth_is_addr_group(&address)) {
			return -ENOTSUP;
		}
		return smsc911x_mac_group(dev, &address, config->filter.set);
	}
	default:
		return -ENOTSUP;
	}
}

#if defined(CONFIG_NET_STATISTICS_ETHERNET)
static struct net_stats_eth *smsc911x_stats(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;

	return &data->stats;
}
#endif

static const struct ethernet_api smsc911x_api = {
	.iface_api.init = smsc911x_iface_init,
#if defined(CONFIG_NET_STATISTICS_ETHERNET)
	.get_stats = smsc911x_stats,
#endif
	.start = smsc911x_start,
	.stop = smsc911x_stop,
	.get_capabilities = smsc911x_capabilities,
	.set_config = smsc911x_set_config,
	.send = smsc911x_send,
};

/* Resets the chip and prepares everything but the flow of frames. */
static int smsc911x_init(const struct device *dev)
{
	struct smsc911x_data *data = dev->data;

	k_mutex_init(&data->mac_lock);
	k_mutex_init(&data->tx_lock);
	k_sem_init(&data->tx_done, 0, 1);
	k_sem_init(&data->wake, 0, 1);

	for (int turn = 0; (smsc911x_read(dev, PMT_CTRL) & PMT_CTRL_READY) == 0; turn++) {
		if (turn == 100) {
			return -ENODEV;
		}
		k_busy_wait(1000);
	}
	if (smsc911x_read(dev, BYTE_TEST) != BYTE_TEST_VALUE) {
		LOG_ERR("%s: no such chip there", dev->name);
		return -ENODEV;
	}

	smsc911x_write(dev, HW_CFG, HW_CFG_RESET);
	if (smsc911x_wait_zero(dev, HW_CFG, HW_CFG_RESET) < 0 ||
	    smsc911x_wait_zero(dev, E2P_CMD, E2P_CMD_BUSY) < 0) {
		return -EIO;
	}
	smsc911x_write(dev, HW_CFG, HW_CFG_MUST_BE_ONE | HW_CFG_TX_FIFO_5_KB);
	smsc911x_write(dev, GPIO_CFG, GPIO_CFG_LEDS);
	smsc911x_write(dev, FIFO_INT, 0);
	smsc911x_write(dev, RX_CFG, 0);
	smsc911x_write(dev, TX_CFG, TX_CFG_ON);
	smsc911x_write(dev, INT_EN, 0);
	smsc911x_write(dev, INT_STS, UINT32_MAX);
	smsc911x_write(dev, IRQ_CFG, IRQ_CFG_EN | IRQ_CFG_HIGH | IRQ_CFG_PUSH_PULL);

	LOG_DBG("%s: chip %08x", dev->name, (unsigned int)smsc911x_read(dev, ID_REV));

	return smsc911x_mac_setup(dev);
}

static void smsc911x_connect(void);

static const struct smsc911x_config smsc911x_config_0 = {
	.base = CONFIG_ZNET_ETH_SMSC911X_BASE,
	.connect = smsc911x_connect,
};

static struct smsc911x_data smsc911x_data_0;

ETH_NET_DEVICE_INIT(eth_smsc911x, "eth0", smsc911x_init, NULL, &smsc911x_data_0,
		    &smsc911x_config_0, CONFIG_ETH_INIT_PRIORITY, &smsc911x_api, NET_ETH_MTU);

static void smsc911x_connect(void)
{
	IRQ_CONNECT(CONFIG_ZNET_ETH_SMSC911X_IRQ, CONFIG_ZNET_ETH_SMSC911X_IRQ_PRIORITY,
		    smsc911x_isr, DEVICE_GET(eth_smsc911x), 0);
	irq_enable(CONFIG_ZNET_ETH_SMSC911X_IRQ);
}
