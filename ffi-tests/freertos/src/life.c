// SPDX-License-Identifier: Apache-2.0
/*
 * The end of threads, and what becomes of their stacks.
 */
#include <string.h>

#include "line.h"

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 1024);
static struct k_sem sem;
static volatile int ran;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	ran = 0;
	k_sem_init(&sem, 0, 10);
}

ZTEST_SUITE(life, NULL, NULL, before, NULL, NULL);

static void run_once(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ran++;
}

static void start(k_thread_entry_t entry, int prio)
{
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, NULL, NULL, NULL, prio, 0,
			K_NO_WAIT);
}

/* Whatever FreeRTOS still knew of a thread would be in these bytes. */
static void spoil_stack(void)
{
	memset(stack, 0xff, sizeof(stack));
	k_msleep(5);
}

ZTEST(life, test_a_joined_stack_is_free)
{
	for (int i = 1; i <= 20; i++) {
		/* Less urgent: the joiner preempts it in its last breath. */
		start(run_once, 5);
		zassert_ok(k_thread_join(&thread, K_FOREVER));
		spoil_stack();
		zassert_equal(ran, i);
	}
}

static void wait(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(&sem, K_FOREVER);
}

ZTEST(life, test_an_aborted_stack_is_free)
{
	start(wait, 5);
	k_msleep(1);
	k_thread_abort(&thread);
	spoil_stack();
	start(run_once, 5);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	zassert_equal(ran, 1);
}

static void abort_self(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ran++;
	k_thread_abort(k_current_get());
	ran = 100;
}

ZTEST(life, test_a_thread_that_aborts_itself)
{
	start(abort_self, -1);
	zassert_equal(ran, 1);
	zassert_ok(k_thread_join(&thread, K_NO_WAIT));
	spoil_stack();
	start(abort_self, 5);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	spoil_stack();
	zassert_equal(ran, 2);
}

ZTEST(life, test_a_stack_used_anew_at_once)
{
	for (int i = 1; i <= 20; i++) {
		start(run_once, -1);
		zassert_equal(ran, i);
	}
}

ZTEST(life, test_nobody_joins)
{
	start(run_once, -1);
	/* The idle task clears up. */
	k_msleep(5);
	spoil_stack();
	zassert_equal(ran, 1);
}
