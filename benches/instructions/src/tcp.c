/* SPDX-License-Identifier: Apache-2.0 */
/* Streams. */

#include <errno.h>
#include <stdbool.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>

#include "bench.h"

#define SEGMENT  1460
/* The largest segments over IPv6, whose header is 20 bytes longer. */
#define SEGMENT6 1440
#define CHUNK    (10 * SEGMENT)
#define MESSAGE  (2 * SEGMENT)
#define MANY     1000
/* Milliseconds. */
#define PATIENCE 1000
#define PORT     7
#define BACKLOG  8

static uint8_t data[CHUNK];
static uint8_t received[65536];

static int open_stream(sa_family_t family, int end, int buffer)
{
	int sock;

	znet_instance_select(end);
	sock = zsock_socket(family, SOCK_STREAM, IPPROTO_TCP);
	if (sock < 0) {
		bench_fail("a socket could not be opened");
	}

	if (buffer != 0 &&
	    (zsock_setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer)) < 0 ||
	     zsock_setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer)) < 0)) {
		bench_fail("a buffer could not be sized");
	}

	return sock;
}

static int open_listener(sa_family_t family, int buffer)
{
	union endpoint address = endpoint_of(family, SERVER, PORT);
	int sock = open_stream(family, SERVER, buffer);

	if (zsock_bind(sock, &address.any, endpoint_size(family)) < 0 ||
	    zsock_listen(sock, BACKLOG) < 0) {
		bench_fail("a socket does not listen");
	}

	return sock;
}

/* Opens a connection; the wire is so short that all of it happens within the two calls. */
static void open_connection(sa_family_t family, int listener, int buffer, int *client, int *server)
{
	union endpoint address = endpoint_of(family, SERVER, PORT);

	*client = open_stream(family, CLIENT, buffer);
	if (zsock_connect(*client, &address.any, endpoint_size(family)) < 0) {
		bench_fail("no connection");
	}

	znet_instance_select(SERVER);
	*server = zsock_accept(listener, NULL, NULL);
	if (*server < 0) {
		bench_fail("no connection was accepted");
	}
}

/* Takes what has arrived; false when nothing has. */
static bool receive_some(int sock)
{
	znet_instance_select(SERVER);
	ssize_t n = zsock_recv(sock, received, sizeof(received), ZSOCK_MSG_DONTWAIT);

	if (n < 0 && errno != EAGAIN) {
		bench_fail("a connection failed");
	}

	return n > 0;
}

static size_t segment_of(sa_family_t family)
{
	return family == AF_INET ? SEGMENT : SEGMENT6;
}

/* Sends 1,460 bytes `count` times, in the largest segments, and receives them. */
static void stream(sa_family_t family, int buffer, uint32_t count)
{
	const size_t chunk = 10 * segment_of(family);
	uint64_t left = (uint64_t)count * SEGMENT;
	int listener = open_listener(family, buffer);
	int client, server;

	open_connection(family, listener, buffer, &client, &server);
	wire_hold();
	while (left > 0) {
		size_t size = left < chunk ? left : chunk;

		znet_instance_select(CLIENT);
		ssize_t n = zsock_send(client, data, size, ZSOCK_MSG_DONTWAIT);

		if (n > 0) {
			left -= n;
		}

		wire_run();
		if (!receive_some(server) && n < 0) {
			k_msleep(1);
		}
	}
}

void tcp_stream_64k(sa_family_t family, uint32_t count)
{
	stream(family, 65535, count);
}

void tcp_stream_2seg(sa_family_t family, uint32_t count)
{
	stream(family, 2 * segment_of(family), count);
}

void tcp_connect_close(sa_family_t family, uint32_t count)
{
	int listener = open_listener(family, 0);

	while (count-- > 0) {
		int client, server;

		open_connection(family, listener, 0, &client, &server);
		znet_instance_select(CLIENT);
		zsock_close(client);
		znet_instance_select(SERVER);
		zsock_close(server);
	}
}

/* Sends messages of two segments, which are acknowledged at once, by random ones of the connections. */
static void messages(sa_family_t family, uint32_t connections, uint32_t count)
{
	static int clients[MANY], servers[MANY];
	int listener = open_listener(family, 0);
	uint32_t random = 1;

	for (uint32_t i = 0; i < connections; i++) {
		const int yes = 1;

		open_connection(family, listener, 0, &clients[i], &servers[i]);
		znet_instance_select(CLIENT);
		if (zsock_setsockopt(clients[i], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)) < 0) {
			bench_fail("TCP_NODELAY was refused");
		}
	}

	wire_hold();
	while (count-- > 0) {
		/* A linear congruential generator (Numerical Recipes); its high bits are the good ones. */
		random = random * 1664525 + 1013904223;
		uint32_t i = (uint32_t)(((uint64_t)random * connections) >> 32);

		znet_instance_select(CLIENT);
		if (zsock_send(clients[i], data, MESSAGE, 0) != MESSAGE) {
			bench_fail("a message was not sent");
		}

		wire_run();
		/* A thread that has the stack's timers in hand just now takes in what came meanwhile. */
		for (int wait = 0; !receive_some(servers[i]); wait++) {
			if (wait == PATIENCE) {
				bench_fail("a message did not arrive");
			}
			k_msleep(1);
			wire_run();
		}
	}
}

void tcp_rx_1(sa_family_t family, uint32_t count)
{
	messages(family, 1, count);
}

void tcp_rx_10(sa_family_t family, uint32_t count)
{
	messages(family, 10, count);
}

void tcp_rx_100(sa_family_t family, uint32_t count)
{
	messages(family, 100, count);
}

void tcp_rx_1000(sa_family_t family, uint32_t count)
{
	messages(family, MANY, count);
}
