/* SPDX-License-Identifier: Apache-2.0 */

#include "pipe.h"

#include <string.h>

#include <zephyr/irq.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>

/* CMSDK APB timer 1, which counts down from the reload value and raises its line at 0. */
#define TIMER1_LINE   9
#define TIMER1_CTRL   (*(volatile uint32_t *)0x40001000)
#define TIMER1_VALUE  (*(volatile uint32_t *)0x40001004)
#define TIMER1_RELOAD (*(volatile uint32_t *)0x40001008)
#define TIMER1_CLEAR  (*(volatile uint32_t *)0x4000100c)
#define CTRL_RUN      (BIT(0) | BIT(3))

volatile uint32_t pipe_sent, shots;
static void (*volatile at_the_shot)(void);
static struct net_if *iface;

static const struct in_addr here = {{{198, 51, 100, 1}}};
static const struct in_addr there = {{{198, 51, 100, 2}}};
static const struct in_addr mask = {{{255, 255, 255, 0}}};

static void pipe_init(struct net_if *new)
{
	static uint8_t address[6] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01};

	iface = new;
	net_if_set_link_addr(iface, address, sizeof(address), NET_LINK_DUMMY);
}

static int pipe_send(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(pkt);
	pipe_sent++;
	return 0;
}

static const struct dummy_api pipe_api = {
	.iface_api.init = pipe_init,
	.send = pipe_send,
};

NET_DEVICE_INIT(pipe, "pipe", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &pipe_api,
		DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 127);

int pipe_socket(void)
{
	struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	struct sockaddr_in peer = local;
	struct timeval second = {.tv_sec = 1};
	int sock;

	if (net_if_ipv4_addr_lookup(&here, NULL) == NULL) {
		struct in_addr address = here;

		zassert_not_null(net_if_ipv4_addr_add(iface, &address, NET_ADDR_MANUAL, 0));
		zassert_true(net_if_ipv4_set_netmask_by_addr(iface, &here, &mask));
	}
	peer.sin_addr = there;
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&local, sizeof(local)));
	zassert_ok(zsock_connect(sock, (struct sockaddr *)&peer, sizeof(peer)));
	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second)));
	return sock;
}

static uint16_t sum_of(const uint8_t *header)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < 20; i += 2) {
		sum += header[i] << 8 | header[i + 1];
	}
	sum = (sum & 0xffff) + (sum >> 16);
	return ~(sum + (sum >> 16));
}

int pipe_receive(uint32_t number)
{
	/* No checksum for the datagram, which IPv4 allows. */
	uint8_t packet[32] = {
		0x45, 0, 0, 32, 0, 0, 0, 0, 64, IPPROTO_UDP, 0, 0, 198, 51, 100, 2, 198, 51, 100, 1,
		PORT >> 8, PORT & 0xff, PORT >> 8, PORT & 0xff, 0, 12, 0, 0,
	};
	uint16_t sum = sum_of(packet);
	struct net_pkt *pkt;
	int result;

	packet[10] = sum >> 8;
	packet[11] = sum;
	memcpy(&packet[28], &number, sizeof(number));
	pkt = net_pkt_rx_alloc_with_buffer(iface, sizeof(packet), AF_INET, 0, K_NO_WAIT);
	if (pkt == NULL) {
		return -ENOMEM;
	}
	result = net_pkt_write(pkt, packet, sizeof(packet));
	if (result == 0) {
		result = net_recv_data(iface, pkt);
	}
	if (result != 0) {
		net_pkt_unref(pkt);
	}
	return result;
}

void pipe_at_rest(void)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	for (int i = 0; i < 10 && k_mem_slab_num_used_get(rx) + k_mem_slab_num_used_get(tx) != 0; i++) {
		k_msleep(1);
	}
	zassert_equal(k_mem_slab_num_used_get(rx), 0, "packets are kept");
	zassert_equal(k_mem_slab_num_used_get(tx), 0, "packets are kept");
	zassert_equal(atomic_get(&rx_data->avail_count), rx_data->buf_count, "buffers are kept");
	zassert_equal(atomic_get(&tx_data->avail_count), tx_data->buf_count, "buffers are kept");
}

static void on_timer(const void *arg)
{
	ARG_UNUSED(arg);
	TIMER1_CTRL = 0;
	TIMER1_CLEAR = 1;
	at_the_shot();
	shots++;
}

void shoot_after(uint32_t ticks, void (*handler)(void))
{
	static bool connected;

	if (!connected) {
		IRQ_CONNECT(TIMER1_LINE, 0, on_timer, NULL, 0);
		irq_enable(TIMER1_LINE);
		connected = true;
	}
	at_the_shot = handler;
	TIMER1_RELOAD = ticks;
	TIMER1_VALUE = ticks;
	TIMER1_CTRL = CTRL_RUN;
}
