// SPDX-License-Identifier: Apache-2.0
/*
 * Interrupts that come whenever they like: a timer of the board's raises one every 200 microseconds, in the midst of
 * whatever threads and the kernel do, and while nothing runs.
 */
#include "line.h"

/* CMSDK APB timer 1, which counts down from the reload value and raises its line at 0. */
#define TIMER1_LINE   9
#define TIMER1_CTRL   (*(volatile uint32_t *)0x40001000)
#define TIMER1_RELOAD (*(volatile uint32_t *)0x40001008)
#define TIMER1_CLEAR  (*(volatile uint32_t *)0x4000100c)
#define CTRL_RUN      (BIT(0) | BIT(3))

#define PERIOD_US 200
#define STORM_MS  500
#define EXPECTED  (STORM_MS * 1000 / PERIOD_US)

static struct k_sem sem;
static struct k_msgq queue;
static uint32_t queue_buffer[16];
static K_MUTEX_DEFINE(mutex);
static volatile uint32_t given, put, lost, anonymous;
static uint32_t taken, got, out_of_order, shared, own[2];
static volatile bool over;

static struct k_thread threads[4];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, 4, 1024);

static void handler(const void *arg)
{
	ARG_UNUSED(arg);
	TIMER1_CLEAR = 1;
	anonymous += k_current_get() == NULL;
	k_sem_give(&sem);
	given++;
	if (k_msgq_put(&queue, (const void *)&put, K_NO_WAIT) == 0) {
		put++;
	} else {
		lost++;
	}
}

static void take(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (k_sem_take(&sem, K_MSEC(50)) == 0) {
		taken++;
	}
}

static void get(void *p1, void *p2, void *p3)
{
	uint32_t number;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (k_msgq_get(&queue, &number, K_MSEC(50)) == 0) {
		out_of_order += number != got;
		got++;
	}
}

static void share(void *which, void *p2, void *p3)
{
	const int me = POINTER_TO_INT(which);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!over) {
		(void)k_mutex_lock(&mutex, K_FOREVER);
		uint32_t now = shared;

		k_busy_wait(me == 0 ? 30 : 70);
		shared = now + 1;
		(void)k_mutex_unlock(&mutex);
		own[me]++;
		if (me == 1) {
			k_usleep(150);
		}
	}
}

static void start(int n, k_thread_entry_t entry, void *argument, int prio)
{
	k_thread_create(&threads[n], stacks[n], K_THREAD_STACK_SIZEOF(stacks[n]), entry, argument, NULL,
			NULL, prio, 0, K_NO_WAIT);
}

static void storm(bool busy)
{
	k_sem_init(&sem, 0, K_SEM_MAX_LIMIT);
	k_msgq_init(&queue, (char *)queue_buffer, sizeof(uint32_t), ARRAY_SIZE(queue_buffer));
	given = put = lost = anonymous = 0;
	taken = got = out_of_order = shared = own[0] = own[1] = 0;
	over = false;

	start(0, take, NULL, 1);
	start(1, get, NULL, -2);
	if (busy) {
		start(2, share, INT_TO_POINTER(0), 4);
		start(3, share, INT_TO_POINTER(1), 3);
	}
	IRQ_CONNECT(TIMER1_LINE, 0, handler, NULL, 0);
	TIMER1_RELOAD = CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC / 1000000 * PERIOD_US - 1;
	irq_enable(TIMER1_LINE);
	TIMER1_CTRL = CTRL_RUN;
	k_msleep(STORM_MS);
	TIMER1_CTRL = 0;
	irq_disable(TIMER1_LINE);
	over = true;
	for (int n = 0; n < (busy ? 4 : 2); n++) {
		zassert_ok(k_thread_join(&threads[n], K_SECONDS(1)));
	}
	zassert_between_inclusive(given, EXPECTED * 9 / 10, EXPECTED * 11 / 10);
	zassert_equal(taken, given);
	zassert_equal(got, put);
	zassert_equal(lost, 0);
	zassert_equal(out_of_order, 0);
	zassert_equal(anonymous, 0);
	zassert_equal(shared, own[0] + own[1]);
}

ZTEST_SUITE(storm, NULL, NULL, NULL, NULL, NULL);

ZTEST(storm, test_while_nothing_runs)
{
	storm(false);
}

ZTEST(storm, test_while_threads_work)
{
	storm(true);
	zassert_true(own[0] > 100 && own[1] > 100);
}
