// SPDX-License-Identifier: Apache-2.0

#include <zephyr/sys/mutex.h>

#include "helper.h"

K_MUTEX_DEFINE(defined_mutex);
SYS_MUTEX_DEFINE(sys_defined_mutex);

static struct k_mutex mutex;
static struct k_condvar condvar;
static int shared;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_ok(k_mutex_init(&mutex));
	zassert_ok(k_condvar_init(&condvar));
	shared = 0;
	trace_clear();
}

ZTEST_SUITE(mutex, NULL, NULL, before, helpers_end, NULL);

ZTEST(mutex, test_recursion)
{
	zassert_equal(k_mutex_unlock(&mutex), -EINVAL);
	zassert_ok(k_mutex_lock(&mutex, K_NO_WAIT));
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	zassert_equal(mutex.lock_count, 2);
	zassert_ok(k_mutex_unlock(&mutex));
	zassert_equal_ptr(mutex.owner, k_current_get());
	zassert_ok(k_mutex_unlock(&mutex));
	zassert_is_null(mutex.owner);
	zassert_equal(k_mutex_unlock(&mutex), -EINVAL);
}

static void try_it(void *results, void *p2, void *p3)
{
	int *result = results;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	result[0] = k_mutex_lock(&mutex, K_NO_WAIT);
	result[1] = k_mutex_lock(&mutex, K_MSEC(10));
	result[2] = k_mutex_unlock(&mutex);
}

ZTEST(mutex, test_others_are_refused)
{
	int results[3];

	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	helper_start(0, try_it, results, NULL, 5);
	helpers_join();
	zassert_equal(results[0], -EBUSY);
	zassert_equal(results[1], -EAGAIN);
	zassert_equal(results[2], -EPERM);
	zassert_ok(k_mutex_unlock(&mutex));
}

static void lock_and_trace(void *letter, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	trace(POINTER_TO_INT(letter));
	zassert_ok(k_mutex_unlock(&mutex));
}

ZTEST(mutex, test_is_handed_to_the_most_urgent)
{
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	helper_start(0, lock_and_trace, INT_TO_POINTER('c'), NULL, 8);
	helper_start(1, lock_and_trace, INT_TO_POINTER('b'), NULL, 7);
	helper_start(2, lock_and_trace, INT_TO_POINTER('a'), NULL, 6);
	k_msleep(1);
	zassert_ok(k_mutex_unlock(&mutex));
	helpers_join();
	zassert_trace("abc");
}

ZTEST(mutex, test_lends_priority)
{
	k_tid_t me = k_current_get();
	int mine = k_thread_priority_get(me);

	k_thread_priority_set(me, 9);
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	helper_start(0, lock_and_trace, INT_TO_POINTER('a'), NULL, 3);
	zassert_equal(k_thread_priority_get(me), 3, "lent while it waits");
	zassert_ok(k_mutex_unlock(&mutex));
	zassert_trace("a");
	zassert_equal(k_thread_priority_get(me), 9, "and given back");
	k_thread_priority_set(me, mine);
	helpers_join();
}

ZTEST(mutex, test_a_loan_ends_with_the_wait)
{
	k_tid_t me = k_current_get();
	int mine = k_thread_priority_get(me);
	int results[3];

	k_thread_priority_set(me, 9);
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	helper_start(0, try_it, results, NULL, 3);
	zassert_equal(k_thread_priority_get(me), 3);
	k_msleep(20);
	zassert_equal(k_thread_priority_get(me), 9);
	zassert_ok(k_mutex_unlock(&mutex));
	k_thread_priority_set(me, mine);
	helpers_join();
}

ZTEST(mutex, test_defined_statically)
{
	zassert_ok(k_mutex_lock(&defined_mutex, K_NO_WAIT));
	zassert_ok(k_mutex_unlock(&defined_mutex));
	zassert_ok(sys_mutex_lock(&sys_defined_mutex, K_NO_WAIT));
	zassert_ok(sys_mutex_unlock(&sys_defined_mutex));
	zassert_equal(sys_mutex_unlock(&sys_defined_mutex), -EINVAL);
}

static void wait_for_it(void *letter, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_mutex_lock(&mutex, K_FOREVER);
	while (shared == 0) {
		zassert_ok(k_condvar_wait(&condvar, &mutex, K_FOREVER));
	}
	trace(POINTER_TO_INT(letter));
	k_mutex_unlock(&mutex);
}

ZTEST(mutex, test_condvar_signal_wakes_one)
{
	helper_start(0, wait_for_it, INT_TO_POINTER('b'), NULL, 6);
	helper_start(1, wait_for_it, INT_TO_POINTER('a'), NULL, 5);
	k_msleep(1);
	shared = 1;
	zassert_ok(k_condvar_signal(&condvar));
	k_msleep(1);
	zassert_trace("a");
	zassert_equal(k_condvar_broadcast(&condvar), 1);
	helpers_join();
	zassert_trace("ab");
}

ZTEST(mutex, test_condvar_broadcast_wakes_all)
{
	for (int i = 0; i < 3; i++) {
		helper_start(i, wait_for_it, INT_TO_POINTER('x'), NULL, 5);
	}
	k_msleep(1);
	shared = 1;
	zassert_equal(k_condvar_broadcast(&condvar), 3);
	helpers_join();
	zassert_trace("xxx");
}

ZTEST(mutex, test_condvar_times_out_with_the_mutex_held)
{
	zassert_ok(k_mutex_lock(&mutex, K_FOREVER));
	zassert_equal(k_condvar_wait(&condvar, &mutex, K_MSEC(5)), -EAGAIN);
	zassert_equal_ptr(mutex.owner, k_current_get());
	zassert_ok(k_mutex_unlock(&mutex));
}
