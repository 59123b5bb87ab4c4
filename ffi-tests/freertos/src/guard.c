// SPDX-License-Identifier: Apache-2.0
/*
 * A stack that is full. The fatal error handler of the tests (refused.c) sends the thread to rescue(), on a part of its
 * stack that is not needed any more.
 */
#include "fatal.h"
#include "line.h"

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 1024);
static struct k_sem done;

ZTEST_SUITE(guard, NULL, NULL, NULL, NULL, NULL);

static void rescue(void)
{
	k_sem_give(&done);
	k_thread_abort(k_current_get());
}

static volatile int depth;

__attribute__((noinline)) static int deeper(int level)
{
	volatile int here = level;

	depth = level;
	/* Without an end, which the compiler must not see; nor may it make a loop of it. */
	return here < 0 ? 0 : deeper(here + 1) + here;
}

static void overflow(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)deeper(1);
}

ZTEST(guard, test_a_full_stack_is_seen_at_once)
{
	k_sem_init(&done, 0, 1);
	expect_fatal(rescue, (uintptr_t)stack + 1024);
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), overflow, NULL, NULL, NULL, 1, 0,
			K_NO_WAIT);
	k_thread_name_set(&thread, "deep");
	zassert_ok(k_sem_take(&done, K_SECONDS(1)));
	zassert_equal(last_fatal(), K_ERR_STACK_CHK_FAIL);
	zassert_between_inclusive(depth, 10, 1024 / 8);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
}

static void touch(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(volatile int *)0xf0000000 = 1;
}

ZTEST(guard, test_another_fault_is_no_full_stack)
{
	k_sem_init(&done, 0, 1);
	expect_fatal(rescue, (uintptr_t)stack + 1024);
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), touch, NULL, NULL, NULL, 1, 0,
			K_NO_WAIT);
	zassert_ok(k_sem_take(&done, K_SECONDS(1)));
	zassert_equal(last_fatal(), K_ERR_CPU_EXCEPTION);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
}

static void use_some(void *p1, void *p2, void *p3)
{
	volatile char some[300];

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (size_t i = 0; i < sizeof(some); i++) {
		some[i] = 0;
	}
	if (p1 != NULL) {
		/* Of its own too, the guard notwithstanding. */
		zassert_ok(k_thread_stack_space_get(k_current_get(), p1));
	}
	(void)k_sem_take(&done, K_FOREVER);
}

ZTEST(guard, test_what_was_never_used)
{
	size_t seen_by_itself = 0;
	size_t seen = 0;

	k_sem_init(&done, 0, 1);
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), use_some, &seen_by_itself, NULL,
			NULL, 1, 0, K_NO_WAIT);
	k_msleep(1);
	zassert_ok(k_thread_stack_space_get(&thread, &seen));
	zassert_between_inclusive(seen, 100, 1024 - 300);
	zassert_true(seen <= seen_by_itself);
	k_sem_give(&done);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
}
