/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A firmware that echoes on lwIP's raw API. It is linked to see how large lwIP is, and never runs: the
 * board's parts are empty.
 */

#include "lwip/init.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/netif.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"

#define PORT 4242

/* The registers of a chip that takes frames and gives them. */
static volatile u32_t *const chip = (volatile u32_t *)0x40000000;

u32_t sys_now(void)
{
	return chip[0];
}

static err_t transmit(struct netif *netif, struct pbuf *packet)
{
	(void)netif;
	for (struct pbuf *part = packet; part != NULL; part = part->next) {
		for (u16_t i = 0; i < part->len; i++) {
			chip[1] = ((u8_t *)part->payload)[i];
		}
	}

	return ERR_OK;
}

static err_t prepare(struct netif *netif)
{
#if LWIP_IPV4
	netif->output = etharp_output;
#endif
#if LWIP_IPV6
	netif->output_ip6 = ethip6_output;
#endif
	netif->linkoutput = transmit;
	netif->mtu = 1500;
	netif->hwaddr_len = 6;
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET |
		       NETIF_FLAG_LINK_UP | NETIF_FLAG_MLD6;
	return ERR_OK;
}

static void datagram(void *arg, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from,
		     u16_t port)
{
	(void)arg;
	udp_sendto(pcb, packet, from, port);
	pbuf_free(packet);
}

#if LWIP_TCP
static err_t segment(void *arg, struct tcp_pcb *pcb, struct pbuf *packet, err_t status)
{
	(void)arg, (void)status;
	if (packet == NULL) {
		return tcp_close(pcb);
	}

	tcp_write(pcb, packet->payload, packet->len, TCP_WRITE_FLAG_COPY);
	tcp_recved(pcb, packet->tot_len);
	pbuf_free(packet);
	return tcp_output(pcb);
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t status)
{
	(void)arg, (void)status;
	tcp_recv(pcb, segment);
	return ERR_OK;
}

/* The peer that the firmware itself connects to, as a client would. */
static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t status)
{
	(void)arg, (void)status;
	tcp_recv(pcb, segment);
	return ERR_OK;
}
#endif

int main(void)
{
	static struct netif netif;
	struct udp_pcb *udp;

	lwip_init();
#if LWIP_IPV4
	ip4_addr_t address, mask, gateway;

	IP4_ADDR(&address, 192, 0, 2, 1);
	IP4_ADDR(&mask, 255, 255, 255, 0);
	IP4_ADDR(&gateway, 192, 0, 2, 2);
	netif_add(&netif, &address, &mask, &gateway, NULL, prepare, ethernet_input);
#endif
#if LWIP_IPV6
	netif_create_ip6_linklocal_address(&netif, 1);
	netif_set_ip6_autoconfig_enabled(&netif, 1);
#endif
	netif_set_default(&netif);
	netif_set_up(&netif);

	udp = udp_new_ip_type(IPADDR_TYPE_ANY);
	udp_bind(udp, IP_ANY_TYPE, PORT);
	udp_recv(udp, datagram, NULL);
#if LWIP_TCP
	struct tcp_pcb *tcp = tcp_new_ip_type(IPADDR_TYPE_ANY);

	tcp_bind(tcp, IP_ANY_TYPE, PORT);
	tcp = tcp_listen(tcp);
	tcp_accept(tcp, on_accept);
	tcp_connect(tcp_new_ip_type(IPADDR_TYPE_ANY), IP_ANY_TYPE, PORT, on_connected);
#endif

	for (;;) {
		u16_t length = (u16_t)chip[2];
		struct pbuf *frame = pbuf_alloc(PBUF_RAW, length, PBUF_POOL);

		for (u16_t i = 0; frame != NULL && i < length; i++) {
			((u8_t *)frame->payload)[i] = (u8_t)chip[3];
		}
		if (frame != NULL && netif.input(frame, &netif) != ERR_OK) {
			pbuf_free(frame);
		}
		sys_check_timeouts();
	}
}
