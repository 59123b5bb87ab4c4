/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does what datagrams to port 4300 say, and answers each with what it has seen of its Ethernet
 * interface and of the packet pools: `name=value` words, one blank apart. Commands:
 *
 *   state              nothing else
 *   join A, leave A    membership of the group A on port 4301, whose datagrams are counted
 *   promisc 0|1        promiscuous mode
 *   bounce             the interface down for 100 ms, then up
 *
 * A socket on port 4302 holds what it gets until the next command. One on port 4303 listens for
 * connections, and accepts none.
 */

#include <stdio.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>

#define CONTROL_PORT 4300
#define GROUP_PORT   4301
#define UNREAD_PORT  4302
#define LISTEN_PORT  4303

static struct net_if *iface;
static unsigned int carrier_lost;

/* Counts how often the carrier goes. */
static void watch_carrier(void *p1, void *p2, void *p3)
{
	bool before = true;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (true) {
		const bool now = net_if_is_carrier_ok(net_if_get_default());

		carrier_lost += before && !now;
		before = now;
		k_msleep(5);
	}
}

K_THREAD_DEFINE(watch, 1024, watch_carrier, NULL, NULL, NULL, K_PRIO_PREEMPT(3), 0, 0);

static int open_port(int type, uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int sock = zsock_socket(AF_INET, type, 0);

	if (sock < 0 || zsock_bind(sock, (struct sockaddr *)&address, sizeof(address)) < 0) {
		printk("no socket on port %u\n", port);
		k_oops();
	}

	return sock;
}

/* Takes all that waits on a socket; returns how much that was. */
static unsigned int drain(int sock)
{
	uint8_t byte;
	unsigned int count = 0;

	while (zsock_recv(sock, &byte, sizeof(byte), ZSOCK_MSG_DONTWAIT) >= 0) {
		count++;
	}

	return count;
}

static int member(int sock, int option, const char *group)
{
	struct ip_mreqn request = {0};

	if (zsock_inet_pton(AF_INET, group, &request.imr_multiaddr) != 1) {
		return -1;
	}

	return zsock_setsockopt(sock, IPPROTO_IP, option, &request, sizeof(request));
}

/* Returns 0, or a negative number if it could not be done. */
static int obey(const char *command, int group_sock)
{
	if (strncmp(command, "join ", 5) == 0) {
		return member(group_sock, IP_ADD_MEMBERSHIP, command + 5);
	}
	if (strncmp(command, "leave ", 6) == 0) {
		return member(group_sock, IP_DROP_MEMBERSHIP, command + 6);
	}
	if (strncmp(command, "promisc ", 8) == 0) {
		return net_eth_promisc_mode(iface, command[8] == '1');
	}
	if (strcmp(command, "bounce") == 0) {
		int error = net_if_down(iface);

		k_msleep(100);
		return error < 0 ? error : net_if_up(iface);
	}

	return strcmp(command, "state") == 0 ? 0 : -1;
}

/*
 * Nothing of the control channel's is in a pool while this looks: the command was taken out, the
 * answer is not yet in.
 */
static int describe(char *text, size_t size, int done, unsigned int group)
{
	const struct device *dev = net_if_get_device(iface);
	const struct net_stats_eth *stats = ((const struct ethernet_api *)dev->api)->get_stats(dev);
	struct net_buf_pool *rx_data, *tx_data;
	struct k_mem_slab *rx, *tx;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);

	return snprintf(text, size,
			"done=%d rx_pkts=%u tx_pkts=%u rx_bufs=%d tx_bufs=%d frames=%u "
			"multicast=%u no_buffer=%u errors=%u group=%u lost=%u",
			done, (unsigned int)k_mem_slab_num_free_get(rx),
			(unsigned int)k_mem_slab_num_free_get(tx),
			(int)atomic_get(&rx_data->avail_count),
			(int)atomic_get(&tx_data->avail_count),
			(unsigned int)stats->pkts.rx, (unsigned int)stats->multicast.rx,
			(unsigned int)stats->error_details.rx_buf_alloc_failed,
			(unsigned int)(stats->errors.rx + stats->errors.tx), group, carrier_lost);
}

int main(void)
{
	int control = open_port(SOCK_DGRAM, CONTROL_PORT);
	int group_sock = open_port(SOCK_DGRAM, GROUP_PORT);
	int unread = open_port(SOCK_DGRAM, UNREAD_PORT);
	unsigned int group = 0;

	if (zsock_listen(open_port(SOCK_STREAM, LISTEN_PORT), 4) < 0) {
		printk("nobody listens on port %u\n", LISTEN_PORT);
		k_oops();
	}
	iface = net_if_get_default();
	while (true) {
		struct sockaddr_in peer;
		socklen_t peer_length = sizeof(peer);
		char command[64], answer[256];
		ssize_t length = zsock_recvfrom(control, command, sizeof(command) - 1, 0,
						(struct sockaddr *)&peer, &peer_length);
		int done;

		if (length < 0) {
			continue;
		}
		command[length] = '\0';
		group += drain(group_sock);
		(void)drain(unread);
		done = obey(command, group_sock);
		length = describe(answer, sizeof(answer), done, group);
		(void)zsock_sendto(control, answer, length, 0, (struct sockaddr *)&peer,
				   peer_length);
	}
}
