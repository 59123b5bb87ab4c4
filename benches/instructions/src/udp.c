/* SPDX-License-Identifier: Apache-2.0 */
/* Datagrams of 64 bytes over IPv4. */

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

static struct sockaddr_in end_address(int end, uint16_t port)
{
	static const struct in_addr addresses[ENDS] = {END_ADDRESS(CLIENT), END_ADDRESS(SERVER)};

	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = addresses[end],
	};
}

/* A socket of `end`, bound to `port`. */
static int open_socket(int end, uint16_t port)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
	int sock;

	znet_instance_select(end);
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	if (sock < 0 || zsock_bind(sock, (struct sockaddr *)&any, sizeof(any)) < 0) {
		bench_fail("a socket could not be opened");
	}

	return sock;
}

/* Sends from the socket of `end`. */
static inline void send_from(int end, int sock, const struct sockaddr_in *to)
{
	znet_instance_select(end);
	if (zsock_sendto(sock, payload, sizeof(payload), 0, (const struct sockaddr *)to,
			 sizeof(*to)) != sizeof(payload)) {
		bench_fail("a datagram was not sent");
	}
}

/* Receives what has arrived at the socket of `end`. */
static inline void receive_at(int end, int sock, struct sockaddr_in *from)
{
	socklen_t length = sizeof(*from);

	znet_instance_select(end);
	if (zsock_recvfrom(sock, received, sizeof(received), ZSOCK_MSG_DONTWAIT,
			   (struct sockaddr *)from, &length) != sizeof(payload)) {
		bench_fail("a datagram did not arrive");
	}
}

void udp4_64_oneway(uint32_t count)
{
	const struct sockaddr_in to = end_address(SERVER, FIRST_PORT);
	int server = open_socket(SERVER, FIRST_PORT);
	int client = open_socket(CLIENT, FIRST_PORT);
	struct sockaddr_in from;

	while (count-- > 0) {
		send_from(CLIENT, client, &to);
		receive_at(SERVER, server, &from);
	}
}

void udp4_64_echo(uint32_t count)
{
	const struct sockaddr_in to = end_address(SERVER, FIRST_PORT);
	int server = open_socket(SERVER, FIRST_PORT);
	int client = open_socket(CLIENT, FIRST_PORT);
	struct sockaddr_in from;

	while (count-- > 0) {
		send_from(CLIENT, client, &to);
		receive_at(SERVER, server, &from);
		send_from(SERVER, server, &from);
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

/* What the server spends on a frame for a random one of its sockets. */
static void receive_at_one_of(uint32_t sockets, uint32_t count)
{
	static int servers[MANY];
	static uint8_t frame[128];
	const struct sockaddr_in to = end_address(SERVER, FIRST_PORT);
	uint32_t random = 1;
	struct sockaddr_in from;
	size_t length;
	int client;

	for (uint32_t i = 0; i < sockets; i++) {
		servers[i] = open_socket(SERVER, FIRST_PORT + i);
	}

	/* One datagram for ARP, and one to keep. */
	client = open_socket(CLIENT, FIRST_PORT);
	send_from(CLIENT, client, &to);
	receive_at(SERVER, servers[0], &from);
	wire_capture(CLIENT, frame, sizeof(frame));
	send_from(CLIENT, client, &to);
	length = wire_captured();

	while (count-- > 0) {
		/* A linear congruential generator (Numerical Recipes); its high bits are the good ones. */
		random = random * 1664525 + 1013904223;
		uint32_t i = (uint32_t)(((uint64_t)random * sockets) >> 32);

		readdress(frame, (uint16_t)(FIRST_PORT + i));
		wire_inject(SERVER, frame, length);
		receive_at(SERVER, servers[i], &from);
	}
}

void udp4_rx_1(uint32_t count)
{
	receive_at_one_of(1, count);
}

void udp4_rx_1000(uint32_t count)
{
	receive_at_one_of(MANY, count);
}
