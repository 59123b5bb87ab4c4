// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

K_EVENT_DEFINE(defined_event);

static struct k_event event;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_event_init(&event);
}

ZTEST_SUITE(event, NULL, NULL, before, helpers_end, NULL);

ZTEST(event, test_set_post_clear_return_what_was)
{
	zassert_equal(k_event_post(&event, 0x3), 0);
	zassert_equal(k_event_post(&event, 0x6), 0x2);
	zassert_equal(k_event_test(&event, 0xff), 0x7);
	zassert_equal(k_event_set(&event, 0x10), 0x7);
	zassert_equal(k_event_set_masked(&event, 0x0f, 0x11), 0x10);
	zassert_equal(k_event_test(&event, 0xff), 0x01);
	zassert_equal(k_event_clear(&event, 0xff), 0x01);
	zassert_equal(k_event_test(&event, 0xff), 0);
	zassert_equal(k_event_test(&defined_event, 0xff), 0);
}

ZTEST(event, test_any_and_all)
{
	k_event_post(&event, 0x1);
	zassert_equal(k_event_wait(&event, 0x3, false, K_NO_WAIT), 0x1);
	zassert_equal(k_event_wait_all(&event, 0x3, false, K_NO_WAIT), 0);
	zassert_equal(k_event_wait_all(&event, 0x3, false, K_MSEC(5)), 0);
	k_event_post(&event, 0x2);
	zassert_equal(k_event_wait_all(&event, 0x3, false, K_NO_WAIT), 0x3);
	zassert_equal(k_event_wait(&event, 0x3, true, K_NO_WAIT), 0, "reset comes first");
}

static void wait_all(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(uint32_t *)result = k_event_wait_all(&event, 0x5, false, K_FOREVER);
}

static void wait_any(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(uint32_t *)result = k_event_wait(&event, 0xc, false, K_FOREVER);
}

ZTEST(event, test_wakes_whose_wish_is_met)
{
	uint32_t all = 0, any = 0;

	helper_start(0, wait_all, &all, NULL, 5);
	helper_start(1, wait_any, &any, NULL, 5);
	k_msleep(1);
	k_event_post(&event, 0x1);
	k_msleep(1);
	zassert_equal(all, 0);
	zassert_equal(any, 0);
	/* Gone again before the waiters run: they have been told all the same. */
	k_event_post(&event, 0x4);
	k_event_clear(&event, 0xff);
	helpers_join();
	zassert_equal(all, 0x5);
	zassert_equal(any, 0x4);
}

ZTEST(event, test_safe_takes_what_it_returns)
{
	k_event_post(&event, 0x7);
	zassert_equal(k_event_wait_safe(&event, 0x3, false, K_NO_WAIT), 0x3);
	zassert_equal(k_event_test(&event, 0xff), 0x4);
	zassert_equal(k_event_wait_all_safe(&event, 0x5, false, K_NO_WAIT), 0);
	zassert_equal(k_event_test(&event, 0xff), 0x4);
}
