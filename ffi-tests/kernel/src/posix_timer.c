/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX timers: one-shot and periodic, how they tell, what they refuse. */

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

static atomic_t calls;
static int last_value;

static void count(union sigval value)
{
	last_value = value.sival_int;
	atomic_inc(&calls);
}

static struct sigevent event_of(int notify)
{
	struct sigevent event;

	memset(&event, 0, sizeof(event));
	event.sigev_notify = notify;
	event.sigev_value.sival_int = 42;
	event.sigev_notify_function = count;
	return event;
}

static struct itimerspec after_ms(long first, long interval)
{
	return (struct itimerspec){
		.it_value = {.tv_sec = first / 1000, .tv_nsec = first % 1000 * NSEC_PER_MSEC},
		.it_interval = {.tv_sec = interval / 1000,
				.tv_nsec = interval % 1000 * NSEC_PER_MSEC},
	};
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	atomic_clear(&calls);
	last_value = 0;
}

ZTEST_SUITE(posix_timer, NULL, NULL, before, NULL, NULL);

ZTEST(posix_timer, test_one_shot)
{
	struct sigevent event = event_of(SIGEV_SIGNAL);
	const struct itimerspec when = after_ms(50, 0);
	struct itimerspec left;
	timer_t timer;

	zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timer));
	zassert_ok(timer_gettime(timer, &left));
	zassert_equal(left.it_value.tv_sec, 0);
	zassert_equal(left.it_value.tv_nsec, 0, "not armed yet");
	zassert_ok(timer_settime(timer, 0, &when, NULL));
	k_msleep(20);
	zassert_equal(atomic_get(&calls), 0);
	zassert_ok(timer_gettime(timer, &left));
	zassert_within(left.it_value.tv_nsec, 30 * NSEC_PER_MSEC, 2 * NSEC_PER_MSEC);
	k_msleep(40);
	zassert_equal(atomic_get(&calls), 1);
	zassert_equal(last_value, 42);
	k_msleep(100);
	zassert_equal(atomic_get(&calls), 1, "once");
	zassert_ok(timer_gettime(timer, &left));
	zassert_equal(left.it_value.tv_nsec, 0, "disarmed");
	zassert_ok(timer_delete(timer));
}

ZTEST(posix_timer, test_periodic_and_disarmed)
{
	struct sigevent event = event_of(SIGEV_SIGNAL);
	struct itimerspec when = after_ms(10, 20);
	struct itimerspec old;
	timer_t timer;

	zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timer));
	zassert_ok(timer_settime(timer, 0, &when, NULL));
	k_msleep(75);
	zassert_equal(atomic_get(&calls), 4, "at 10, 30, 50 and 70 ms");
	when = after_ms(0, 0);
	zassert_ok(timer_settime(timer, 0, &when, &old));
	zassert_equal(old.it_interval.tv_nsec, 20 * NSEC_PER_MSEC);
	zassert_true(old.it_value.tv_nsec > 0);
	k_msleep(50);
	zassert_equal(atomic_get(&calls), 4);
	zassert_ok(timer_delete(timer));
}

ZTEST(posix_timer, test_overrun)
{
	struct sigevent event = event_of(SIGEV_NONE);
	const struct itimerspec when = after_ms(10, 10);
	timer_t timer;

	zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timer));
	zassert_equal(timer_getoverrun(timer), 0);
	zassert_ok(timer_settime(timer, 0, &when, NULL));
	k_msleep(55);
	zassert_equal(timer_getoverrun(timer), 4, "five times, four of them too many");
	zassert_equal(timer_getoverrun(timer), 0);
	zassert_equal(atomic_get(&calls), 0, "nobody is told");
	k_msleep(10 * (CONFIG_POSIX_DELAYTIMER_MAX + 5));
	zassert_equal(timer_getoverrun(timer), CONFIG_POSIX_DELAYTIMER_MAX);
	zassert_ok(timer_delete(timer));
}

ZTEST(posix_timer, test_absolute_time)
{
	struct sigevent event = event_of(SIGEV_SIGNAL);
	struct itimerspec when = {0};
	timer_t timer;

	zassert_ok(timer_create(CLOCK_REALTIME, &event, &timer));
	zassert_ok(clock_gettime(CLOCK_REALTIME, &when.it_value));
	when.it_value.tv_nsec += 200 * NSEC_PER_MSEC;
	when.it_value.tv_sec += when.it_value.tv_nsec / NSEC_PER_SEC;
	when.it_value.tv_nsec %= NSEC_PER_SEC;
	zassert_ok(timer_settime(timer, TIMER_ABSTIME, &when, NULL));
	k_msleep(190);
	zassert_equal(atomic_get(&calls), 0);
	k_msleep(20);
	zassert_equal(atomic_get(&calls), 1);
	when.it_value.tv_sec -= 1;
	zassert_ok(timer_settime(timer, TIMER_ABSTIME, &when, NULL));
	k_msleep(10);
	zassert_equal(atomic_get(&calls), 2, "a time that is over: at once");
	zassert_ok(timer_delete(timer));
}

static K_THREAD_STACK_DEFINE(notify_stack, 1024);

ZTEST(posix_timer, test_thread_of_its_own)
{
	struct sigevent event = event_of(SIGEV_THREAD);
	const struct itimerspec when = after_ms(10, 10);
	pthread_attr_t attr;
	timer_t timer;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_setstack(&attr, notify_stack, K_THREAD_STACK_SIZEOF(notify_stack)));
	event.sigev_notify_attributes = &attr;
	zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timer));
	zassert_ok(timer_settime(timer, 0, &when, NULL));
	k_msleep(35);
	zassert_equal(atomic_get(&calls), 3);
	zassert_ok(timer_delete(timer));
	k_msleep(35);
	zassert_equal(atomic_get(&calls), 3);
	zassert_ok(pthread_attr_destroy(&attr));
}

ZTEST(posix_timer, test_all_taken)
{
	timer_t timers[CONFIG_POSIX_TIMER_MAX];
	struct sigevent event = event_of(SIGEV_NONE);
	timer_t more;

	for (size_t i = 0; i < ARRAY_SIZE(timers); i++) {
		zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timers[i]));
	}
	zassert_equal(timer_create(CLOCK_MONOTONIC, &event, &more), -1);
	zassert_equal(errno, EAGAIN);
	for (size_t i = 0; i < ARRAY_SIZE(timers); i++) {
		zassert_ok(timer_delete(timers[i]));
	}
}

ZTEST(posix_timer, test_refused)
{
	struct sigevent event = event_of(SIGEV_NONE);
	struct itimerspec when = after_ms(10, 0);
	timer_t timer;

	zassert_equal(timer_create((clockid_t)77, &event, &timer), -1);
	zassert_equal(errno, EINVAL);
	zassert_equal(timer_create(CLOCK_MONOTONIC, NULL, &timer), -1);
	event.sigev_notify = 99;
	zassert_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), -1);
	zassert_equal(errno, EINVAL);
	event.sigev_notify = SIGEV_NONE;
	zassert_ok(timer_create(CLOCK_MONOTONIC, &event, &timer));
	when.it_value.tv_nsec = NSEC_PER_SEC;
	zassert_equal(timer_settime(timer, 0, &when, NULL), -1);
	zassert_equal(errno, EINVAL);
	zassert_equal(timer_settime(timer, 0, NULL, NULL), -1);
	zassert_equal(timer_gettime(timer, NULL), -1);
	zassert_ok(timer_delete(timer));
	zassert_equal(timer_delete(timer), -1);
	zassert_equal(errno, EINVAL);
	zassert_equal(timer_getoverrun(timer), -1);
}

ZTEST(posix_timer, test_clock_of_a_process)
{
	clockid_t clock_id;

	zassert_ok(clock_getcpuclockid(0, &clock_id));
	zassert_equal(clock_id, CLOCK_PROCESS_CPUTIME_ID);
	zassert_equal(clock_getcpuclockid(0, NULL), EINVAL);
}
