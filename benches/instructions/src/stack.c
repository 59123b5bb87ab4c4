/* SPDX-License-Identifier: Apache-2.0 */
/* The work of udp.c and tcp.c by the stack's own calls: no descriptors, nobody who waits. */

#include <stdbool.h>
#include <sys/types.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_ip.h>

#include "bench.h"

#define PAYLOAD  64
#define PORT     10000
#define SEGMENT  1460
/* The largest segments over IPv6, whose header is 20 bytes longer. */
#define SEGMENT6 1440
#define NOTHING  UINT32_MAX

/* The library's own (src/capi/stack_calls.rs). */
uint32_t znet_stack_udp(const void *local, const void *remote, size_t len);
ssize_t znet_stack_udp_send(uint32_t id, const uint8_t *data, size_t len);
ssize_t znet_stack_udp_receive(uint32_t id, uint8_t *room, size_t len);
uint32_t znet_stack_listen(const void *local, size_t len, uint32_t buffer);
uint32_t znet_stack_connect(const void *remote, size_t len, uint32_t buffer);
uint32_t znet_stack_accept(uint32_t listener);
ssize_t znet_stack_send(uint32_t id, const uint8_t *data, size_t len);
ssize_t znet_stack_receive(uint32_t id, uint8_t *room, size_t len);
int znet_stack_close(uint32_t id);

static uint8_t data[10 * SEGMENT];
static uint8_t received[65536];

/* An end point of `end` for datagrams to the other end. */
static uint32_t open_udp(sa_family_t family, int end)
{
	const union endpoint local = endpoint_of(family, end, PORT);
	const union endpoint remote = endpoint_of(family, end == CLIENT ? SERVER : CLIENT, PORT);
	uint32_t id;

	znet_instance_select(end);
	id = znet_stack_udp(&local, &remote, endpoint_size(family));
	if (id == NOTHING) {
		bench_fail("an end point could not be opened");
	}

	return id;
}

static inline void pass_udp(int from, uint32_t sender, int to, uint32_t receiver)
{
	znet_instance_select(from);
	if (znet_stack_udp_send(sender, data, PAYLOAD) != PAYLOAD) {
		bench_fail("a datagram was not sent");
	}

	znet_instance_select(to);
	if (znet_stack_udp_receive(receiver, received, sizeof(received)) != PAYLOAD) {
		bench_fail("a datagram did not arrive");
	}
}

void stack_udp_oneway(sa_family_t family, uint32_t count)
{
	uint32_t server = open_udp(family, SERVER), client = open_udp(family, CLIENT);

	while (count-- > 0) {
		pass_udp(CLIENT, client, SERVER, server);
	}
}

void stack_udp_echo(sa_family_t family, uint32_t count)
{
	uint32_t server = open_udp(family, SERVER), client = open_udp(family, CLIENT);

	while (count-- > 0) {
		pass_udp(CLIENT, client, SERVER, server);
		pass_udp(SERVER, server, CLIENT, client);
	}
}

static uint32_t listen_at(sa_family_t family, uint32_t buffer)
{
	const union endpoint local = endpoint_of(family, SERVER, PORT);
	uint32_t listener;

	znet_instance_select(SERVER);
	listener = znet_stack_listen(&local, endpoint_size(family), buffer);
	if (listener == NOTHING) {
		bench_fail("nobody listens");
	}

	return listener;
}

static void open_connection(sa_family_t family, uint32_t listener, uint32_t buffer, uint32_t *client,
			    uint32_t *server)
{
	const union endpoint remote = endpoint_of(family, SERVER, PORT);

	znet_instance_select(CLIENT);
	*client = znet_stack_connect(&remote, endpoint_size(family), buffer);
	znet_instance_select(SERVER);
	*server = znet_stack_accept(listener);
	if (*client == NOTHING || *server == NOTHING) {
		bench_fail("no connection");
	}
}

static void stream(sa_family_t family, uint32_t buffer, uint32_t count)
{
	const size_t chunk = 10 * (family == AF_INET ? SEGMENT : SEGMENT6);
	uint64_t left = (uint64_t)count * SEGMENT;
	uint32_t listener = listen_at(family, buffer);
	uint32_t client, server;

	open_connection(family, listener, buffer, &client, &server);
	wire_hold();
	while (left > 0) {
		size_t size = left < chunk ? left : chunk;

		znet_instance_select(CLIENT);
		ssize_t sent = znet_stack_send(client, data, size);

		if (sent < 0) {
			bench_fail("a connection failed");
		}

		left -= sent;
		wire_run();
		znet_instance_select(SERVER);
		ssize_t taken = znet_stack_receive(server, received, sizeof(received));

		if (taken < 0) {
			bench_fail("a connection failed");
		}

		if (taken == 0 && sent == 0) {
			k_msleep(1);
		}
	}
}

void stack_stream_64k(sa_family_t family, uint32_t count)
{
	stream(family, 65535, count);
}

void stack_stream_2seg(sa_family_t family, uint32_t count)
{
	stream(family, 2 * (family == AF_INET ? SEGMENT : SEGMENT6), count);
}

void stack_connect_close(sa_family_t family, uint32_t count)
{
	uint32_t listener = listen_at(family, 0);

	while (count-- > 0) {
		uint32_t client, server;

		open_connection(family, listener, 0, &client, &server);
		znet_instance_select(CLIENT);
		znet_stack_close(client);
		znet_instance_select(SERVER);
		znet_stack_close(server);
	}
}
