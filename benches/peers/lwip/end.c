/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One end of a wire on lwIP's raw API. build.rs links this file and lwIP's to one object, twice, and
 * gives each the names of its end, so that the two ends are two stacks.
 */

#include <string.h>

#include "lwip/init.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/netif.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"

#define RING 256

/* The other end's: a buffer for a frame of `length` bytes, and its arrival. */
typedef struct pbuf *(*alloc_fn)(u16_t length);
typedef void (*arrive_fn)(struct pbuf *frame);

uint32_t bench_buffer = 65535;

static struct netif netif;
static alloc_fn other_alloc;
static arrive_fn other_arrive;
static ip_addr_t other_address;

static struct pbuf *ring[RING];
static unsigned int first, last;

static u8_t received[65536];
static u32_t datagrams, bytes;
static struct tcp_pcb *accepted;
static int connected;
static u32_t now_ms;

u32_t sys_now(void)
{
	return now_ms;
}

struct pbuf *bench_alloc(u16_t length)
{
	return pbuf_alloc(PBUF_RAW, length, PBUF_POOL);
}

void bench_arrive(struct pbuf *frame)
{
	if (last - first == RING) {
		pbuf_free(frame);
		return;
	}

	ring[last++ % RING] = frame;
}

static err_t transmit(struct netif *from, struct pbuf *packet)
{
	struct pbuf *frame = other_alloc(packet->tot_len);

	(void)from;
	if (frame == NULL) {
		return ERR_MEM;
	}

	pbuf_copy_partial(packet, frame->payload, packet->tot_len, 0);
	other_arrive(frame);
	return ERR_OK;
}

static err_t prepare(struct netif *it)
{
	it->name[0] = 'e';
	it->name[1] = 'n';
#if LWIP_IPV4
	it->output = etharp_output;
#else
	it->output_ip6 = ethip6_output;
#endif
	it->linkoutput = transmit;
	it->mtu = 1500;
	it->hwaddr_len = 6;
	it->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET |
		    NETIF_FLAG_LINK_UP;
	return ERR_OK;
}

static void set_address(ip_addr_t *address, u8_t number)
{
#if LWIP_IPV4
	IP4_ADDR(address, 192, 0, 2, number);
#else
	IP6_ADDR(address, PP_HTONL(0x20010db8UL), 0, 0, lwip_htonl(number));
	ip6_addr_clear_zone(address);
#endif
}

void bench_start(u8_t number, u8_t other, alloc_fn alloc, arrive_fn arrive)
{
	ip_addr_t address;

	lwip_init();
	other_alloc = alloc;
	other_arrive = arrive;
	set_address(&address, number);
	set_address(&other_address, other);
	memcpy(netif.hwaddr, (u8_t[]){0x02, 0, 0x5e, 0, 0x53, number}, 6);
#if LWIP_IPV4
	ip4_addr_t mask;

	IP4_ADDR(&mask, 255, 255, 255, 0);
	netif_add(&netif, &address, &mask, NULL, NULL, prepare, ethernet_input);
#else
	netif_add(&netif, NULL, prepare, ethernet_input);
	netif_ip6_addr_set(&netif, 0, &address);
	netif_ip6_addr_set_state(&netif, 0, IP6_ADDR_PREFERRED);
#endif
	netif_set_default(&netif);
	netif_set_up(&netif);
}

/* Takes in what has arrived; how many frames that was. */
u32_t bench_run(void)
{
	u32_t count = 0;

	while (first != last) {
		struct pbuf *frame = ring[first++ % RING];

		if (netif.input(frame, &netif) != ERR_OK) {
			pbuf_free(frame);
		}
		count++;
	}

	return count;
}

/* A quarter of a second passes: lwIP's TCP timer. */
void bench_tick(void)
{
	now_ms += TCP_TMR_INTERVAL;
	tcp_tmr();
}

/* When that should happen next. */
u32_t bench_next_tick(void)
{
	return now_ms + TCP_TMR_INTERVAL;
}

/* The frame that waits first, as bytes; it is taken out of the ring. 0: none waits. */
u32_t bench_capture(u8_t *into, u32_t size)
{
	struct pbuf *frame;
	u32_t length;

	if (first == last) {
		return 0;
	}

	frame = ring[first++ % RING];
	length = pbuf_copy_partial(frame, into, (u16_t)size, 0);
	pbuf_free(frame);
	return length;
}

/* Puts a frame on the wire to this end. */
void bench_inject(const u8_t *data, u32_t length)
{
	struct pbuf *frame = bench_alloc((u16_t)length);

	if (frame != NULL) {
		memcpy(frame->payload, data, length);
		bench_arrive(frame);
	}
}

static void datagram(void *arg, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from,
		     u16_t port)
{
	(void)arg, (void)pcb, (void)from, (void)port;
	pbuf_copy_partial(packet, received, packet->tot_len, 0);
	pbuf_free(packet);
	datagrams++;
}

void *bench_udp_open(u16_t port)
{
	struct udp_pcb *pcb = udp_new();

	if (pcb == NULL || udp_bind(pcb, IP_ANY_TYPE, port) != ERR_OK) {
		return NULL;
	}

	udp_recv(pcb, datagram, NULL);
	return pcb;
}

int bench_udp_send(void *pcb, const u8_t *data, u16_t length, u16_t port)
{
	struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, length, PBUF_RAM);
	err_t status;

	if (packet == NULL) {
		return 0;
	}

	memcpy(packet->payload, data, length);
	status = udp_sendto(pcb, packet, &other_address, port);
	pbuf_free(packet);
	return status == ERR_OK;
}

/* Datagrams received since this was asked last. */
u32_t bench_udp_received(void)
{
	u32_t count = datagrams;

	datagrams = 0;
	return count;
}

static err_t segment(void *arg, struct tcp_pcb *pcb, struct pbuf *packet, err_t status)
{
	(void)arg, (void)status;
	if (packet != NULL) {
		pbuf_copy_partial(packet, received, packet->tot_len, 0);
		bytes += packet->tot_len;
		tcp_recved(pcb, packet->tot_len);
		pbuf_free(packet);
	}

	return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t status)
{
	(void)arg, (void)status;
	accepted = pcb;
	tcp_recv(pcb, segment);
	return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t status)
{
	(void)arg, (void)status;
	connected = 1;
	tcp_recv(pcb, segment);
	tcp_nagle_disable(pcb);
	return ERR_OK;
}

int bench_tcp_listen(u16_t port)
{
	struct tcp_pcb *pcb = tcp_new();

	if (pcb == NULL || tcp_bind(pcb, IP_ANY_TYPE, port) != ERR_OK) {
		return 0;
	}

	pcb = tcp_listen(pcb);
	tcp_accept(pcb, on_accept);
	return 1;
}

void *bench_tcp_connect(u16_t port)
{
	struct tcp_pcb *pcb = tcp_new();

	connected = 0;
	if (pcb == NULL || tcp_connect(pcb, &other_address, port, on_connected) != ERR_OK) {
		return NULL;
	}

	return pcb;
}

int bench_tcp_connected(void)
{
	return connected;
}

void *bench_tcp_accepted(void)
{
	struct tcp_pcb *pcb = accepted;

	accepted = NULL;
	return pcb;
}

/* Queues and sends as much as there is room for; how much that was. */
u32_t bench_tcp_send(struct tcp_pcb *pcb, const u8_t *data, u32_t length)
{
	u32_t room = tcp_sndbuf(pcb);
	u16_t size = (u16_t)LWIP_MIN(length, room);

	if (size == 0 || tcp_write(pcb, data, size, TCP_WRITE_FLAG_COPY) != ERR_OK) {
		return 0;
	}

	tcp_output(pcb);
	return size;
}

/* Bytes received since this was asked last. */
u32_t bench_tcp_received(void)
{
	u32_t count = bytes;

	bytes = 0;
	return count;
}

int bench_tcp_close(struct tcp_pcb *pcb)
{
	return tcp_close(pcb) == ERR_OK;
}
