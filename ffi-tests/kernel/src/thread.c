// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "helper.h"

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 1024);
static volatile int ran;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	ran = 0;
	trace_clear();
}

ZTEST_SUITE(thread, NULL, NULL, before, helpers_end, NULL);

static void count(void *step, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ran += POINTER_TO_INT(step);
}

static k_tid_t create(k_thread_entry_t entry, int prio, k_timeout_t delay)
{
	return k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, INT_TO_POINTER(7),
			       NULL, NULL, prio, 0, delay);
}

ZTEST(thread, test_runs_with_its_parameters)
{
	k_tid_t tid = create(count, 1, K_NO_WAIT);

	zassert_equal_ptr(tid, &thread);
	zassert_ok(k_thread_join(tid, K_FOREVER));
	zassert_equal(ran, 7);
	zassert_ok(k_thread_join(tid, K_NO_WAIT), "joining again");
}

ZTEST(thread, test_the_more_urgent_runs_at_once)
{
	create(count, K_PRIO_COOP(1), K_NO_WAIT);
	zassert_equal(ran, 7);
}

ZTEST(thread, test_waits_for_its_delay)
{
	int64_t begin = k_uptime_get();

	create(count, 1, K_MSEC(100));
	zassert_equal(k_thread_join(&thread, K_MSEC(50)), -EAGAIN);
	zassert_true(k_thread_timeout_remaining_ticks(&thread) > 0);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	zassert_between_inclusive(k_uptime_get() - begin, 100, 102);
}

ZTEST(thread, test_waits_for_its_start)
{
	create(count, 1, K_FOREVER);
	k_msleep(1000);
	zassert_equal(ran, 0);
	zassert_equal(k_thread_join(&thread, K_NO_WAIT), -EBUSY);
	k_thread_start(&thread);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
	zassert_equal(ran, 7);
}

ZTEST(thread, test_can_be_ended_before_its_start)
{
	create(count, 1, K_MSEC(10));
	k_thread_abort(&thread);
	k_msleep(20);
	zassert_equal(ran, 0);
	zassert_ok(k_thread_join(&thread, K_NO_WAIT));
}

static void sleep_long(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ran = 1;
	ran = 1000 + k_msleep(500);
}

ZTEST(thread, test_abort_stops_a_sleeper)
{
	create(sleep_long, 1, K_NO_WAIT);
	k_msleep(10);
	k_thread_abort(&thread);
	zassert_ok(k_thread_join(&thread, K_NO_WAIT));
	k_msleep(1000);
	zassert_equal(ran, 1);
}

ZTEST(thread, test_wakeup_ends_a_sleep)
{
	create(sleep_long, 1, K_NO_WAIT);
	k_msleep(100);
	k_wakeup(&thread);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
	zassert_between_inclusive(ran, 1399, 1401);
}

static void tick(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		ran++;
		k_msleep(1);
	}
}

ZTEST(thread, test_suspend_and_resume)
{
	k_tid_t tid = helper_start(0, tick, NULL, NULL, 1);
	int seen;

	k_msleep(10);
	k_thread_suspend(tid);
	seen = ran;
	zassert_true(seen >= 10);
	k_msleep(100);
	zassert_equal(ran, seen);
	k_thread_resume(tid);
	k_msleep(10);
	zassert_true(ran >= seen + 9);
}

static void suspend_self(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	trace('a');
	k_thread_suspend(k_current_get());
	trace('b');
}

ZTEST(thread, test_suspends_itself)
{
	k_tid_t tid = helper_start(0, suspend_self, NULL, NULL, 1);

	k_msleep(10);
	zassert_trace("a");
	k_thread_resume(tid);
	helpers_join();
	zassert_trace("ab");
}

static void letter(void *which, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	trace(POINTER_TO_INT(which));
	k_yield();
	trace(POINTER_TO_INT(which));
}

ZTEST(thread, test_equals_take_turns_by_yielding)
{
	helper_start(0, letter, INT_TO_POINTER('a'), NULL, 3);
	helper_start(1, letter, INT_TO_POINTER('b'), NULL, 3);
	helpers_join();
	zassert_trace("abab");
}

ZTEST(thread, test_priorities)
{
	k_tid_t me = k_current_get();
	int mine = k_thread_priority_get(me);

	helper_start(0, letter, INT_TO_POINTER('x'), NULL, 5);
	k_thread_priority_set(me, 6);
	/* The other was more urgent for a while. */
	zassert_trace("xx");
	zassert_equal(k_thread_priority_get(me), 6);
	k_thread_priority_set(me, mine);
	helpers_join();
}

ZTEST(thread, test_sched_lock_keeps_the_processor)
{
	k_sched_lock();
	create(count, K_PRIO_COOP(1), K_NO_WAIT);
	zassert_equal(ran, 0);
	k_sched_unlock();
	zassert_equal(ran, 7);
}

ZTEST(thread, test_names)
{
	char buffer[16];

	create(count, 1, K_FOREVER);
	zassert_str_equal(k_thread_name_get(&thread), "");
	zassert_ok(k_thread_name_set(&thread, "worker"));
	zassert_str_equal(k_thread_name_get(&thread), "worker");
	zassert_ok(k_thread_name_copy(&thread, buffer, sizeof(buffer)));
	zassert_str_equal(buffer, "worker");
	zassert_equal(k_thread_name_copy(&thread, buffer, 6), -ENOSPC);
	zassert_str_equal(k_thread_name_get(k_current_get()), "main");
	zassert_str_equal(k_thread_state_str(&thread, buffer, sizeof(buffer)), "prestart");
	k_thread_abort(&thread);
	zassert_str_equal(k_thread_state_str(&thread, buffer, sizeof(buffer)), "dead");
}

static void find(const struct k_thread *candidate, void *found)
{
	if (candidate == &thread) {
		(*(int *)found)++;
	}
}

ZTEST(thread, test_foreach_sees_the_living)
{
	int found = 0;

	create(count, 1, K_FOREVER);
	k_thread_foreach(find, &found);
	zassert_equal(found, 1);
	k_thread_abort(&thread);
	k_thread_foreach_unlocked(find, &found);
	zassert_equal(found, 1);
}

static void keep(void *value, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_thread_custom_data_set(value);
	k_msleep(5);
	ran += k_thread_custom_data_get() == value;
}

ZTEST(thread, test_custom_data_is_each_threads_own)
{
	helper_start(0, keep, &thread, NULL, 1);
	helper_start(1, keep, stack, NULL, 1);
	helpers_join();
	zassert_equal(ran, 2);
}

ZTEST(thread, test_join_knows_itself)
{
	zassert_equal(k_thread_join(k_current_get(), K_FOREVER), -EDEADLK);
}

ZTEST(thread, test_context)
{
	zassert_false(k_is_in_isr());
	zassert_false(k_is_pre_kernel());
	zassert_true(k_can_yield());
	zassert_equal(k_is_preempt_thread(), k_thread_priority_get(k_current_get()) >= 0);
}

/* Started by the start-up. */
static volatile int static_ran;
static void static_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	static_ran = POINTER_TO_INT(p1);
}
K_THREAD_DEFINE(static_thread, 1024, static_entry, INT_TO_POINTER(42), NULL, NULL, -2, 0, 0);
static void never(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	static_ran = -1;
}
K_THREAD_DEFINE(waiting_thread, 1024, never, NULL, NULL, NULL, 5, 0, SYS_FOREVER_MS);

ZTEST(thread, test_defined_statically)
{
	zassert_ok(k_thread_join(static_thread, K_SECONDS(1)));
	zassert_equal(static_ran, 42);
	zassert_equal(k_thread_join(waiting_thread, K_MSEC(10)), -EAGAIN);
	zassert_str_equal(k_thread_name_get(waiting_thread), "waiting_thread");
}
