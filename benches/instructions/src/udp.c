/* SPDX-License-Identifier: Apache-2.0 */
/* Datagrams of 64 bytes. */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>

#include "bench.h"

#define PAYLOAD    64
#define FIRST_PORT 10000
#define MANY       1000

/* Where the UDP header lies in a frame without IP options, and what is where in it. */
#define UDP_HEADER   (14 + 20)
#define UDP_DST_PORT (UDP_HEADER + 2)
#define UDP_CHECKSUM (UDP_HEADER + 6)

static uint8_t payload[PAYLOAD];
static uint8_t received[1500];

/* A socket of `end`, bound to `port`. */
static int open_socket(sa_family_t family, int end, uint16_t port)
{
	union endpoint any = endpoint_of(family, ENDS, port);
	int sock;

	znet_instance_select(end);
	sock = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
	if (sock < 0 || zsock_bind(sock, &any.any, endpoint_size(family)) < 0) {
		bench_fail("a socket could not be opened");
	}

	return sock;
}

/* Sends from the socket of `end`. */
static inline void send_from(int end, int sock, const union endpoint *to, socklen_t length)
{
	znet_instance_select(end);
	if (zsock_sendto(sock, payload, sizeof(payload), 0, &to->any, length) != sizeof(payload)) {
		bench_fail("a datagram was not sent");
	}
}

/* Receives what has arrived at the socket of `end`. */
static inline void receive_at(int end, int sock, union endpoint *from)
{
	socklen_t length = sizeof(*from);

	znet_instance_select(end);
	if (zsock_recvfrom(sock, received, sizeof(received), ZSOCK_MSG_DONTWAIT, &from->any,
			   &length) != sizeof(payload)) {
		bench_fail("a datagram did not arrive");
	}
}

void udp_64_oneway(sa_family_t family, uint32_t count)
{
	const union endpoint to = endpoint_of(family, SERVER, FIRST_PORT);
	const socklen_t length = endpoint_size(family);
	int server = open_socket(family, SERVER, FIRST_PORT);
	int client = open_socket(family, CLIENT, FIRST_PORT);
	union endpoint from;

	while (count-- > 0) {
		send_from(CLIENT, client, &to, length);
		receive_at(SERVER, server, &from);
	}
}

void udp_64_echo(sa_family_t family, uint32_t count)
{
	const union endpoint to = endpoint_of(family, SERVER, FIRST_PORT);
	const socklen_t length = endpoint_size(family);
	int server = open_socket(family, SERVER, FIRST_PORT);
	int client = open_socket(family, CLIENT, FIRST_PORT);
	union endpoint from;

	while (count-- > 0) {
		send_from(CLIENT, client, &to, length);
		receive_at(SERVER, server, &from);
		send_from(SERVER, server, &from, length);
		receive_at(CLIENT, client, &from);
	}
}

static uint16_t get_be16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static void put_be16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* Addresses the frame to another port and corrects its checksum (RFC 1624, equation 3). */
static inline void readdress(uint8_t *frame, uint16_t port)
{
	uint32_t sum = (uint16_t)~get_be16(frame + UDP_CHECKSUM);

	sum += (uint16_t)~get_be16(frame + UDP_DST_PORT);
	sum += port;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	put_be16(frame + UDP_CHECKSUM, (uint16_t)~sum);
	put_be16(frame + UDP_DST_PORT, port);
}

/* What the server spends on a frame over IPv4 for a random one of its sockets. */
static void receive_at_one_of(sa_family_t family, uint32_t sockets, uint32_t count)
{
	static int servers[MANY];
	static uint8_t frame[128];
	const union endpoint to = endpoint_of(family, SERVER, FIRST_PORT);
	const socklen_t length = endpoint_size(family);
	uint32_t random = 1;
	union endpoint from;
	size_t size;
	int client;

	for (uint32_t i = 0; i < sockets; i++) {
		servers[i] = open_socket(family, SERVER, FIRST_PORT + i);
	}

	/* One datagram for ARP, and one to keep. */
	client = open_socket(family, CLIENT, FIRST_PORT);
	send_from(CLIENT, client, &to, length);
	receive_at(SERVER, servers[0], &from);
	wire_capture(CLIENT, frame, sizeof(frame));
	send_from(CLIENT, client, &to, length);
	size = wire_captured();

	while (count-- > 0) {
		/* A linear congruential generator (Numerical Recipes); its high bits are the good ones. */
		random = random * 1664525 + 1013904223;
		uint32_t i = (uint32_t)(((uint64_t)random * sockets) >> 32);

		readdress(frame, (uint16_t)(FIRST_PORT + i));
		wire_inject(SERVER, frame, size);
		receive_at(SERVER, servers[i], &from);
	}
}

void udp_rx_1(sa_family_t family, uint32_t count)
{
	receive_at_one_of(family, 1, count);
}

void udp_rx_10(sa_family_t family, uint32_t count)
{
	receive_at_one_of(family, 10, count);
}

void udp_rx_100(sa_family_t family, uint32_t count)
{
	receive_at_one_of(family, 100, count);
}

void udp_rx_1000(sa_family_t family, uint32_t count)
{
	receive_at_one_of(family, MANY, count);
}
