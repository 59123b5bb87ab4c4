// SPDX-License-Identifier: Apache-2.0
/*
 * What an interrupt may not do ends the program by the fatal error handler. The tests' handler goes back to the interrupt
 * instead, to see the next.
 */
#include "fatal.h"
#include "line.h"

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 1024);
static K_MUTEX_DEFINE(mutex);

ZTEST_SUITE(refused, NULL, NULL, NULL, NULL, NULL);

static volatile bool refused;
static void (*volatile attempt)(void);
/* The call is refused with the irq lock held. */
static volatile bool locked;

static void interrupt(void)
{
	expect_fatal_here(true);
	if (setjmp(fatal_back) == 0) {
		attempt();
	} else {
		refused = true;
		if (locked) {
			irq_unlock(0);
		}
	}
	expect_fatal_here(false);
}

static void assert_refused(void (*f)(void), const char *name)
{
	refused = false;
	attempt = f;
	raise_interrupt(interrupt);
	zassert_true(refused, "%s went through", name);
	zassert_equal(last_fatal(), K_ERR_KERNEL_PANIC);
}
#define ASSERT_REFUSED(f) assert_refused(f, #f)

static void nothing(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(p1, K_FOREVER);
}

static void sleep(void)
{
	(void)k_msleep(1);
}

static void sleep_micros(void)
{
	(void)k_usleep(1);
}

static void lock(void)
{
	(void)k_mutex_lock(&mutex, K_NO_WAIT);
}

static void unlock(void)
{
	(void)k_mutex_unlock(&mutex);
}

static void lock_scheduler(void)
{
	k_sched_lock();
}

static void create(void)
{
	static struct k_thread other;

	(void)k_thread_create(&other, stack, K_THREAD_STACK_SIZEOF(stack), nothing, NULL, NULL, NULL, 1,
			      0, K_NO_WAIT);
}

static void end(void)
{
	k_thread_abort(&thread);
}

static void suspend(void)
{
	k_thread_suspend(&thread);
}

static void change_priority(void)
{
	k_thread_priority_set(&thread, 3);
}

ZTEST(refused, test_waiting_and_locking)
{
	ASSERT_REFUSED(sleep);
	ASSERT_REFUSED(sleep_micros);
	ASSERT_REFUSED(lock);
	ASSERT_REFUSED(unlock);
	ASSERT_REFUSED(lock_scheduler);
}

ZTEST(refused, test_the_life_of_threads)
{
	static struct k_sem sem;

	k_sem_init(&sem, 0, 1);
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), nothing, &sem, NULL, NULL, 1, 0,
			K_NO_WAIT);
	ASSERT_REFUSED(create);
	locked = true;
	ASSERT_REFUSED(suspend);
	ASSERT_REFUSED(change_priority);
	ASSERT_REFUSED(end);
	locked = false;
	k_sem_give(&sem);
	zassert_ok(k_thread_join(&thread, K_SECONDS(1)));
}

static void give(void)
{
	static struct k_sem sem;

	k_sem_give(&sem);
}

ZTEST(refused, test_an_interrupt_that_locks_do_not_keep_out)
{
	set_interrupt_urgency(0);
	ASSERT_REFUSED(give);
	set_interrupt_urgency(USUAL_URGENCY);
	raise_interrupt(give);
}
