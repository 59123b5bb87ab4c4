// SPDX-License-Identifier: Apache-2.0
/*
 * What an interrupt may do. Each test has its interrupt in the middle of the thread's code.
 */
#include "line.h"

static struct k_sem sem;
static struct k_msgq queue;
static char queue_buffer[2 * sizeof(int)];
static volatile int seen;
static int64_t then;

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 1024);

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	seen = 0;
	k_sem_init(&sem, 0, 10);
	k_msgq_init(&queue, queue_buffer, sizeof(int), 2);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	k_thread_abort(&thread);
}

ZTEST_SUITE(isr, NULL, NULL, before, after, NULL);

static void start(k_thread_entry_t entry, int prio)
{
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, NULL, NULL, NULL, prio, 0,
			K_NO_WAIT);
}

static void look_around(void)
{
	seen = k_is_in_isr() && !k_can_yield();
}

ZTEST(isr, test_knows_what_it_is)
{
	zassert_false(k_is_in_isr());
	raise_interrupt(look_around);
	zassert_equal(seen, 1);
	zassert_false(k_is_in_isr());
}

static void give(void)
{
	k_sem_give(&sem);
}

static void take(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (k_sem_take(&sem, K_FOREVER) == 0) {
		seen++;
	}
}

ZTEST(isr, test_wakes_a_more_urgent_thread_at_once)
{
	start(take, -1);
	raise_interrupt(give);
	zassert_equal(seen, 1);
}

ZTEST(isr, test_wakes_a_less_urgent_thread_when_it_is_its_turn)
{
	start(take, 5);
	k_msleep(1);
	raise_interrupt(give);
	zassert_equal(seen, 0);
	k_msleep(1);
	zassert_equal(seen, 1);
}

static void spin_for_the_scheduler(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(&sem, K_FOREVER);
	seen = 1;
}

ZTEST(isr, test_a_cooperative_thread_keeps_the_processor)
{
	k_tid_t me = k_current_get();
	int prio = k_thread_priority_get(me);

	k_thread_priority_set(me, -1);
	start(spin_for_the_scheduler, -5);
	k_msleep(1);
	raise_interrupt(give);
	k_busy_wait(1000);
	zassert_equal(seen, 0, "preempted");
	k_yield(); /* to threads as urgent, and to those more urgent that wait for the processor */
	zassert_equal(seen, 1);
	k_thread_priority_set(me, prio);
}

ZTEST(isr, test_is_kept_out_by_the_lock)
{
	int begin = interrupts;
	unsigned int outer = irq_lock();
	unsigned int inner = irq_lock();

	raise_interrupt(give);
	irq_unlock(inner);
	zassert_equal(interrupts, begin, "the inner section has let it through");
	zassert_equal(k_sem_count_get(&sem), 0);
	irq_unlock(outer);
	zassert_equal(interrupts, begin + 1);
	zassert_equal(k_sem_count_get(&sem), 1);
}

static void lock_inside(void)
{
	unsigned int key = irq_lock();

	irq_unlock(key);
	seen = 1;
}

ZTEST(isr, test_may_lock_itself)
{
	raise_interrupt(lock_inside);
	zassert_equal(seen, 1);
	raise_interrupt(give);
	zassert_equal(k_sem_count_get(&sem), 1, "interrupts are still let through");
}

static void wait_for_nothing(void)
{
	int value = 7;

	/* Nothing there: an interrupt is told at once, whatever time it would give. */
	seen = k_sem_take(&sem, K_FOREVER) == -EBUSY && k_msgq_get(&queue, &value, K_SECONDS(1)) < 0;
	seen += k_msgq_put(&queue, &value, K_FOREVER) == 0;
}

ZTEST(isr, test_does_not_wait)
{
	int value = 0;

	raise_interrupt(wait_for_nothing);
	zassert_equal(seen, 2);
	zassert_ok(k_msgq_get(&queue, &value, K_NO_WAIT));
	zassert_equal(value, 7);
}

static void on_time(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	seen = k_is_in_isr() ? (int)(k_uptime_get() - then) : -1;
}
static K_TIMER_DEFINE(timer, on_time, NULL);

static void start_timer(void)
{
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
}

ZTEST(isr, test_starts_a_timer)
{
	then = k_uptime_get();
	raise_interrupt(start_timer);
	k_msleep(30);
	zassert_between_inclusive(seen, 20, 21);
}

static void do_work(struct k_work *work)
{
	ARG_UNUSED(work);
	seen = !k_is_in_isr();
}
static K_WORK_DEFINE(work, do_work);

static void submit(void)
{
	(void)k_work_submit(&work);
}

ZTEST(isr, test_submits_work)
{
	raise_interrupt(submit);
	k_msleep(1);
	zassert_equal(seen, 1);
}

static void resume(void)
{
	k_thread_resume(&thread);
}

static void stop_self(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_thread_suspend(k_current_get());
	seen = 1;
}

ZTEST(isr, test_resumes_a_thread)
{
	start(stop_self, -1);
	zassert_equal(seen, 0);
	raise_interrupt(resume);
	zassert_equal(seen, 1);
}

static void count(void)
{
	uint64_t now = k_cycle_get_64();

	seen += now >= (uint64_t)then;
	then = (int64_t)now;
}

ZTEST(isr, test_time_never_goes_back)
{
	then = 0;
	for (int i = 0; i < 2000; i++) {
		raise_interrupt(count);
		count();
	}
	zassert_equal(seen, 4000);
}

static struct k_thread equal;
static K_THREAD_STACK_DEFINE(equal_stack, 1024);
static volatile int equal_ran;

static void run_once(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	equal_ran++;
}

/* Threads of one priority do not preempt each other, not even on the way back from a more urgent one. */
ZTEST(isr, test_equals_wait_for_each_other)
{
	int prio = k_thread_priority_get(k_current_get());

	equal_ran = 0;
	start(take, -1);
	k_thread_create(&equal, equal_stack, K_THREAD_STACK_SIZEOF(equal_stack), run_once, NULL, NULL,
			NULL, prio, 0, K_NO_WAIT);
	for (int i = 1; i <= 5; i++) {
		raise_interrupt(give);
		zassert_equal(seen, i);
		zassert_equal(equal_ran, 0, "preempted by its like");
	}
	k_yield();
	zassert_equal(equal_ran, 1);
	zassert_ok(k_thread_join(&equal, K_SECONDS(1)));
}
