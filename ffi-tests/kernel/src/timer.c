// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

static int expired, stopped, in_isr;
static int64_t last;

static void on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	expired++;
	in_isr += k_is_in_isr();
	last = k_uptime_ticks();
}

static void on_stop(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	stopped++;
}

K_TIMER_DEFINE(timer, on_expiry, on_stop);

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_timer_init(&timer, on_expiry, on_stop);
	expired = stopped = in_isr = 0;
}

static void after(void *fixture)
{
	k_timer_stop(&timer);
	helpers_end(fixture);
}

ZTEST_SUITE(timer, NULL, NULL, before, after, NULL);

ZTEST(timer, test_expires_once)
{
	int64_t begin = k_uptime_ticks();

	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	zassert_between_inclusive(k_timer_remaining_get(&timer), 19, 20);
	zassert_between_inclusive(k_timer_expires_ticks(&timer) - begin, 200, 201);
	k_msleep(100);
	zassert_equal(expired, 1);
	zassert_equal(in_isr, 1);
	zassert_between_inclusive(last - begin, 200, 201);
	zassert_equal(k_timer_remaining_ticks(&timer), 0);
	k_timer_stop(&timer);
	zassert_equal(stopped, 0, "it was not running");
}

ZTEST(timer, test_period_does_not_drift)
{
	int64_t begin = k_uptime_ticks();

	k_timer_start(&timer, K_MSEC(10), K_TICKS(33));
	k_sleep(K_TICKS(100 + 33 * 99 + 16));
	zassert_equal(expired, 100);
	zassert_between_inclusive(last - begin, 100 + 33 * 99, 101 + 33 * 99);
	zassert_equal(k_timer_status_get(&timer), 100);
	zassert_equal(k_timer_status_get(&timer), 0);
	k_timer_stop(&timer);
	zassert_equal(stopped, 1);
	k_msleep(50);
	zassert_equal(expired, 100);
}

ZTEST(timer, test_at_once_and_then_by_period)
{
	k_timer_start(&timer, K_NO_WAIT, K_MSEC(10));
	k_msleep(25);
	zassert_equal(expired, 3);
}

ZTEST(timer, test_status_sync_waits)
{
	int64_t begin = k_uptime_get();

	k_timer_start(&timer, K_MSEC(10), K_MSEC(10));
	zassert_equal(k_timer_status_sync(&timer), 1);
	zassert_equal(k_timer_status_sync(&timer), 1);
	zassert_between_inclusive(k_uptime_get() - begin, 20, 21);
	k_msleep(35);
	zassert_equal(k_timer_status_sync(&timer), 3, "no waiting for the past");
	k_timer_stop(&timer);
	zassert_equal(k_timer_status_sync(&timer), 0, "stopped: nothing to wait for");
}

static void sync(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(uint32_t *)result = k_timer_status_sync(&timer);
}

ZTEST(timer, test_a_stop_ends_the_sync)
{
	uint32_t result = 99;

	k_timer_start(&timer, K_SECONDS(100), K_NO_WAIT);
	helper_start(0, sync, &result, NULL, 5);
	k_msleep(1);
	k_timer_stop(&timer);
	helpers_join();
	zassert_equal(result, 0);
}

ZTEST(timer, test_restart_begins_anew)
{
	k_timer_start(&timer, K_MSEC(10), K_NO_WAIT);
	k_msleep(5);
	k_timer_start(&timer, K_MSEC(10), K_NO_WAIT);
	k_msleep(7);
	zassert_equal(expired, 0);
	k_msleep(7);
	zassert_equal(expired, 1);
}

ZTEST(timer, test_absolute)
{
	int64_t at = k_uptime_get() + 30;

	k_timer_start(&timer, K_TIMEOUT_ABS_MS(at), K_NO_WAIT);
	k_msleep(60);
	zassert_equal(expired, 1);
	zassert_equal(k_ticks_to_ms_floor64(last), at);
}

ZTEST(timer, test_user_data)
{
	k_timer_user_data_set(&timer, &expired);
	zassert_equal_ptr(k_timer_user_data_get(&timer), &expired);
}

ZTEST(timer, test_several_in_order)
{
	static struct k_timer timers[5];
	static const int delays[] = {30, 10, 50, 20, 40};

	for (int i = 0; i < 5; i++) {
		k_timer_init(&timers[i], NULL, NULL);
		k_timer_start(&timers[i], K_MSEC(delays[i]), K_NO_WAIT);
	}
	k_timer_stop(&timers[3]);
	for (int ms = 10; ms <= 50; ms += 10) {
		k_msleep(10);
		for (int i = 0; i < 5; i++) {
			zassert_equal(k_timer_status_get(&timers[i]), delays[i] == ms && i != 3);
		}
	}
}
