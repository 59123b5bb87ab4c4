/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An urgent thread sends while one of least urgency is anywhere in the stack, its locks included, and one
 * between them takes the processor for as long as it gets it. The urgent one may wait for the least urgent,
 * which inherits its priority, and never for the one between.
 */

#include "pipe.h"

/* How long the thread between spins, unless the urgent one is done before. */
#define SPIN_US   20000
/* What the urgent one may take: a few packets' ways. */
#define BOUND_US  2000
#define STEP      3
#define BEHIND    10
#define MOST      60000

static int sock;
static struct k_thread threads[2];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, 2, 2048);
static K_SEM_DEFINE(wake_urgent, 0, 1);
static K_SEM_DEFINE(wake_between, 0, 1);
static K_SEM_DEFINE(both_done, 0, 2);
static volatile bool urgent_done, over;
static uint32_t shortest = UINT32_MAX, longest, starved, begin;

static uint32_t now_us(void)
{
	return k_cyc_to_us_floor32(k_cycle_get_32());
}

static void urgent(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (k_sem_take(&wake_urgent, K_FOREVER) == 0 && !over) {
		uint32_t took;

		zassert_equal(zsock_send(sock, "u", 1, 0), 1, "errno %d", errno);
		took = now_us() - begin;
		shortest = MIN(shortest, took);
		longest = MAX(longest, took);
		urgent_done = true;
		k_sem_give(&both_done);
	}
}

static void between(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (k_sem_take(&wake_between, K_FOREVER) == 0 && !over) {
		while (!urgent_done && now_us() - begin < SPIN_US) {
		}
		starved += !urgent_done;
		k_sem_give(&both_done);
	}
}

static void wake_both(void)
{
	urgent_done = false;
	begin = now_us();
	k_sem_give(&wake_between);
	k_sem_give(&wake_urgent);
}

static void *open(void)
{
	sock = pipe_socket();
	k_thread_create(&threads[0], stacks[0], K_THREAD_STACK_SIZEOF(stacks[0]), urgent, NULL, NULL,
			NULL, 1, 0, K_NO_WAIT);
	k_thread_create(&threads[1], stacks[1], K_THREAD_STACK_SIZEOF(stacks[1]), between, NULL, NULL,
			NULL, 5, 0, K_NO_WAIT);
	return NULL;
}

static void close(void *fixture)
{
	ARG_UNUSED(fixture);
	over = true;
	k_sem_give(&wake_urgent);
	k_sem_give(&wake_between);
	for (size_t i = 0; i < ARRAY_SIZE(threads); i++) {
		zassert_ok(k_thread_join(&threads[i], K_SECONDS(1)));
	}
	zassert_ok(zsock_close(sock));
}

ZTEST_SUITE(inversion, NULL, open, NULL, NULL, close);

ZTEST(inversion, test_urgent_sender_waits_for_nobody_between)
{
	int behind = 0;
	uint32_t places = 0;

	zassert_true(k_thread_priority_get(k_current_get()) > 5, "this is the least urgent one");
	for (uint32_t place = 1; behind < BEHIND; place += STEP) {
		uint32_t before = shots;

		zassert_true(place < MOST, "there is no end");
		shoot_after(place, wake_both);
		zassert_equal(zsock_send(sock, "l", 1, 0), 1, "errno %d", errno);
		behind += shots == before;
		zassert_ok(k_sem_take(&both_done, K_SECONDS(1)));
		zassert_ok(k_sem_take(&both_done, K_SECONDS(1)));
		pipe_at_rest();
		places++;
	}
	TC_PRINT("%u places, the urgent one took %u to %u us\n", places, shortest, longest);
	zassert_true(longest > shortest + 10, "it never met a lock: nothing was tried");
	zassert_equal(starved, 0, "%u times it waited for one less urgent", starved);
	zassert_true(longest < BOUND_US, "%u us", longest);
}
