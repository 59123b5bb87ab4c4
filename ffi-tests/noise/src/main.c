/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Eight threads make random calls: each mode by itself, then all at once. Afterwards every packet
 * and buffer is free again, and a connection works.
 */

#include "noise.h"

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define THREADS 8
#define ROUNDS  1500
/* Longer than whatever TCP remembers of connections that nobody owns. */
#define REST K_SECONDS(IS_ENABLED(CONFIG_ZNET_PORT_SIM) ? 600 : 2)

static K_THREAD_STACK_ARRAY_DEFINE(stacks, THREADS, 8192);
static struct k_thread threads[THREADS];
static const struct mode *alone;
static atomic_t calls;

uint32_t any(struct draw *draw)
{
	draw->state = draw->state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(draw->state >> 33) ^ (uint32_t)draw->state << 31;
}

uint32_t below(struct draw *draw, uint32_t limit)
{
	return any(draw) % limit;
}

void fill(struct draw *draw, struct room *room)
{
	memset(room->bytes, any(draw), sizeof(room->bytes));
	for (size_t i = 0; i < 16; i++) {
		room->bytes[below(draw, ROOM)] = any(draw);
	}
	memset(room->guard, GUARD, sizeof(room->guard));
}

void watch(const struct room *room)
{
	for (size_t i = 0; i < sizeof(room->guard); i++) {
		zassert_equal(room->guard[i], GUARD, "written past the end");
	}
}

static const struct mode *choose(struct draw *draw)
{
	size_t which = below(draw, 2 * socket_modes_count + other_modes_count);

	return which < 2 * socket_modes_count ? &socket_modes[which % socket_modes_count]
					      : &other_modes[which - 2 * socket_modes_count];
}

static void thread(void *seed, void *p2, void *p3)
{
	struct draw draw = {.state = (uintptr_t)seed};

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int round = 0; round < ROUNDS; round++) {
		/* A mode alone still needs sockets. */
		bool this = alone != NULL && below(&draw, 3) != 0;
		const struct mode *mode = this ? alone : choose(&draw);

		mode->call(&draw);
		(void)atomic_inc(&calls);
		if (below(&draw, 64) == 0) {
			k_sleep(K_USEC(below(&draw, 2000)));
		}
	}
}

static void all_threads(uint32_t seed)
{
	for (size_t i = 0; i < THREADS; i++) {
		k_thread_create(&threads[i], stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]), thread,
				(void *)(uintptr_t)(seed * 100 + i), NULL, NULL,
				K_PRIO_PREEMPT(i % 3 + 1), 0, K_NO_WAIT);
	}
	for (size_t i = 0; i < THREADS; i++) {
		zassert_ok(k_thread_join(&threads[i], K_SECONDS(100)), "a thread hangs");
	}
	zassert_equal(atomic_set(&calls, 0), THREADS * ROUNDS);
	close_all();
}

static void at_rest(void)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	for (int i = 0; i < 60; i++) {
		if (k_mem_slab_num_used_get(rx) + k_mem_slab_num_used_get(tx) == 0) {
			break;
		}
		k_sleep(REST);
	}
	zassert_equal(k_mem_slab_num_used_get(rx), 0, "packets are kept");
	zassert_equal(k_mem_slab_num_used_get(tx), 0, "packets are kept");
}

static void still_works(void)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9000)};
	int listener = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	int client = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	char byte = 7;
	int server;

	here.sin_addr.s_addr = htonl(0x7f000001);
	zassert_true(listener >= 0 && client >= 0, "no sockets are left: errno %d", errno);
	zassert_ok(zsock_bind(listener, (struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_listen(listener, 1));
	zassert_ok(zsock_connect(client, (struct sockaddr *)&here, sizeof(here)), "%d", errno);
	server = zsock_accept(listener, NULL, NULL);
	zassert_equal(zsock_send(client, &byte, 1, 0), 1);
	byte = 0;
	zassert_equal(zsock_recv(server, &byte, 1, 0), 1);
	zassert_equal(byte, 7);
	/* The one that closes last has nothing to remember. */
	zassert_ok(zsock_close(client));
	zassert_ok(zsock_close(server));
	zassert_ok(zsock_close(listener));
	at_rest();
}

static void each(const struct mode *modes, size_t count, uint32_t seed)
{
	for (size_t i = 0; i < count; i++) {
		TC_PRINT("%s\n", modes[i].name);
		alone = &modes[i];
		all_threads(seed + i);
	}
	alone = NULL;
	at_rest();
	still_works();
}

ZTEST(noise, test_sockets)
{
	each(socket_modes, socket_modes_count, 1);
	TC_PRINT("%ld descriptors, %ld bytes\n", (long)atomic_get(&descriptors_made),
		 (long)atomic_get(&bytes_received));
	zassert_true(atomic_get(&descriptors_made) > 1000);
	zassert_true(atomic_get(&bytes_received) > 1000);
}

ZTEST(noise, test_others)
{
	each(other_modes, other_modes_count, 50);
}

ZTEST(noise, test_everything_at_once)
{
	for (uint32_t seed = 100; seed < 104; seed++) {
		all_threads(seed);
	}
	at_rest();
	still_works();
}

ZTEST_SUITE(noise, NULL, NULL, NULL, NULL, NULL);
