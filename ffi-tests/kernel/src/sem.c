// SPDX-License-Identifier: Apache-2.0

#include <zephyr/kernel.h>
#include <zephyr/sys/sem.h>
#include <zephyr/ztest.h>

K_SEM_DEFINE(defined_sem, 1, 2);
SYS_SEM_DEFINE(sys_defined_sem, 1, 1);

static struct k_sem sem;
static struct k_thread threads[2];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, 2, 1024);
static int order[2];
static int done;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_ok(k_sem_init(&sem, 0, 2));
	done = 0;
}

ZTEST_SUITE(sem, NULL, NULL, before, NULL, NULL);

ZTEST(sem, test_counts_to_its_limit)
{
	for (int i = 0; i < 5; i++) {
		k_sem_give(&sem);
	}
	zassert_equal(k_sem_count_get(&sem), 2);
	zassert_ok(k_sem_take(&sem, K_NO_WAIT));
	zassert_ok(k_sem_take(&sem, K_FOREVER));
	zassert_equal(k_sem_take(&sem, K_NO_WAIT), -EBUSY);
}

ZTEST(sem, test_times_out_neither_early_nor_late)
{
	int64_t begin = k_uptime_get();

	zassert_equal(k_sem_take(&sem, K_MSEC(50)), -EAGAIN);
	zassert_between_inclusive(k_uptime_get() - begin, 50, 51);
}

ZTEST(sem, test_refuses_impossible_limits)
{
	zassert_equal(k_sem_init(&sem, 0, 0), -EINVAL);
	zassert_equal(k_sem_init(&sem, 3, 2), -EINVAL);
}

ZTEST(sem, test_defined_statically)
{
	zassert_equal(k_sem_count_get(&defined_sem), 1);
	zassert_ok(k_sem_take(&defined_sem, K_NO_WAIT));
	k_sem_give(&defined_sem);
	zassert_ok(sys_sem_take(&sys_defined_sem, K_NO_WAIT));
	zassert_equal(sys_sem_take(&sys_defined_sem, K_MSEC(1)), -ETIMEDOUT);
	zassert_ok(sys_sem_give(&sys_defined_sem));
	SYS_SEM_LOCK(&sys_defined_sem) {
		zassert_equal(sys_sem_count_get(&sys_defined_sem), 0);
	}
	zassert_equal(sys_sem_count_get(&sys_defined_sem), 1);
}

static void take(void *id, void *result, void *p3)
{
	ARG_UNUSED(p3);
	*(int *)result = k_sem_take(&sem, K_SECONDS(10));
	order[done++] = POINTER_TO_INT(id);
}

ZTEST(sem, test_wakes_the_most_urgent)
{
	int results[2];

	for (int i = 0; i < 2; i++) {
		k_thread_create(&threads[i], stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]), take,
				INT_TO_POINTER(i), &results[i], NULL, 5 - i, 0, K_NO_WAIT);
	}
	k_msleep(1);
	k_sem_give(&sem);
	zassert_equal(k_sem_count_get(&sem), 0, "the token went to a waiter");
	k_sem_give(&sem);
	for (int i = 0; i < 2; i++) {
		zassert_ok(k_thread_join(&threads[i], K_SECONDS(1)));
		zassert_ok(results[i]);
	}
	zassert_equal(order[0], 1);
}

ZTEST(sem, test_reset_sends_waiters_off)
{
	int results[2];

	for (int i = 0; i < 2; i++) {
		k_thread_create(&threads[i], stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]), take,
				INT_TO_POINTER(i), &results[i], NULL, 5, 0, K_NO_WAIT);
	}
	k_msleep(1);
	k_sem_reset(&sem);
	for (int i = 0; i < 2; i++) {
		zassert_ok(k_thread_join(&threads[i], K_SECONDS(1)));
		zassert_equal(results[i], -EAGAIN);
	}
}
