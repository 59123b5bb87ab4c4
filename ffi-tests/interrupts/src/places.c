/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An interrupt at each place of a packet's way that a timer of 40 ns can choose; QEMU counts 32 ns for
 * an instruction. It does what a driver's does: takes a packet, hands it in, gives a semaphore.
 */

#include "pipe.h"

/* Shots that come after the end of the way before it counts as covered. */
#define BEHIND 20
/* More than any way takes. */
#define MOST   60000

static int sock;
static uint32_t place;
static volatile int handed_in;
static K_SEM_DEFINE(seen, 0, 1);

static void *open(void)
{
	sock = pipe_socket();
	return NULL;
}

static void close(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_ok(zsock_close(sock));
}

ZTEST_SUITE(places, NULL, open, NULL, NULL, close);

static void as_driver(void)
{
	struct net_pkt *spare = net_pkt_alloc_with_buffer(NULL, 100, AF_INET, 0, K_NO_WAIT);

	handed_in = spare == NULL ? -ENOBUFS : pipe_receive(place);
	if (spare != NULL) {
		net_pkt_unref(spare);
	}
	k_sem_give(&seen);
}

/* Takes one datagram; the number in it. */
static uint32_t take(void)
{
	uint32_t number = UINT32_MAX;

	zassert_equal(zsock_recv(sock, &number, sizeof(number), 0), sizeof(number), "nothing came: %d",
		      errno);
	return number;
}

static void send_one(void)
{
	uint32_t before = pipe_sent;

	zassert_equal(zsock_send(sock, &place, sizeof(place), 0), sizeof(place), "errno %d", errno);
	zassert_equal(pipe_sent, before + 1);
}

static void receive_one(void)
{
	zassert_ok(pipe_receive(MOST + place));
	/* This one, or that of the interrupt, which is awaited below. */
	if (take() == place) {
		zassert_equal(take(), MOST + place);
		handed_in = 1;
	}
}

/* Does `work` with an interrupt at its n-th place, for each n. */
static void at_each_place(void (*work)(void))
{
	int behind = 0;

	for (place = 1; behind < BEHIND; place++) {
		uint32_t before = shots;

		zassert_true(place < MOST, "there is no end");
		shoot_after(place, as_driver);
		work();
		behind += shots == before;
		zassert_ok(k_sem_take(&seen, K_SECONDS(1)), "no interrupt at place %u", place);
		if (handed_in == 0) {
			zassert_equal(take(), place);
		} else {
			zassert_equal(handed_in, 1, "an interrupt could not hand in: %d", handed_in);
		}
		pipe_at_rest();
	}
	TC_PRINT("%u places\n", place);
	zassert_true(place > 500, "that is too short to be a packet's way");
}

ZTEST(places, test_of_a_datagram_that_is_sent)
{
	at_each_place(send_one);
}

ZTEST(places, test_of_a_datagram_that_is_received)
{
	at_each_place(receive_one);
}
