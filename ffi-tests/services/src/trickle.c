// SPDX-License-Identifier: Apache-2.0
/*
 * Trickle timers (RFC 6206), in virtual time.
 */

#include <zephyr/kernel.h>
#include <zephyr/net/trickle.h>
#include <zephyr/ztest.h>

static struct net_trickle trickle;
static size_t spoke, kept_silent;
static int64_t last;

static void speak(struct net_trickle *t, bool may_speak, void *user_data)
{
	zassert_equal_ptr(t, &trickle);
	zassert_equal_ptr(user_data, &spoke);
	spoke += may_speak;
	kept_silent += !may_speak;
	last = k_uptime_get();
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	spoke = kept_silent = 0;
	zassert_ok(net_trickle_create(&trickle, 100, 3, 2));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_trickle_stop(&trickle);
}

ZTEST_SUITE(trickle, NULL, NULL, before, after, NULL);

ZTEST(trickle, test_parameters_that_make_no_sense)
{
	zassert_equal(net_trickle_create(&trickle, 1, 3, 2), -EINVAL);
	zassert_equal(net_trickle_create(&trickle, 100, 0, 2), -EINVAL);
	zassert_equal(net_trickle_create(&trickle, 100, 30, 2), -EINVAL, "past the clock");
	zassert_equal(net_trickle_create(NULL, 100, 3, 2), -EINVAL);
	zassert_equal(net_trickle_start(NULL, speak, NULL), -EINVAL);
	zassert_equal(net_trickle_stop(NULL), -EINVAL);
	net_trickle_consistency(NULL);
	net_trickle_inconsistency(NULL);
	zassert_false(net_trickle_is_running(NULL));
}

ZTEST(trickle, test_once_an_interval_and_ever_more_rarely)
{
	zassert_false(net_trickle_is_running(&trickle));
	zassert_ok(net_trickle_start(&trickle, speak, &spoke));
	zassert_true(net_trickle_is_running(&trickle));
	zassert_between_inclusive(trickle.I, 100, 800);
	k_sleep(K_MSEC(2000));
	zassert_equal(trickle.I, 800, "as long as allowed, and no longer");
	spoke = 0;
	k_sleep(K_MSEC(8000));
	zassert_between_inclusive(spoke, 9, 11);
	zassert_ok(net_trickle_stop(&trickle));
	zassert_false(net_trickle_is_running(&trickle));
	spoke = 0;
	k_sleep(K_MSEC(2000));
	zassert_equal(spoke, 0);
}

ZTEST(trickle, test_silent_when_others_have_said_it)
{
	zassert_ok(net_trickle_start(&trickle, speak, &spoke));
	k_sleep(K_MSEC(2000));
	spoke = kept_silent = 0;
	for (int i = 0; i < 100; i++) {
		net_trickle_consistency(&trickle);
		net_trickle_consistency(&trickle);
		k_sleep(K_MSEC(40));
	}
	zassert_equal(spoke, 0);
	zassert_between_inclusive(kept_silent, 4, 6);
}

ZTEST(trickle, test_always_speaks_without_a_bound)
{
	zassert_ok(net_trickle_create(&trickle, 100, 3, NET_TRICKLE_INFINITE_REDUNDANCY));
	zassert_ok(net_trickle_start(&trickle, speak, &spoke));
	for (int i = 0; i < 50; i++) {
		net_trickle_consistency(&trickle);
		k_sleep(K_MSEC(40));
	}
	zassert_equal(kept_silent, 0);
	zassert_true(spoke >= 2);
}

ZTEST(trickle, test_disagreement_begins_the_shortest_interval)
{
	int64_t now;

	zassert_ok(net_trickle_start(&trickle, speak, &spoke));
	k_sleep(K_MSEC(2000));
	spoke = 0;
	now = k_uptime_get();
	net_trickle_inconsistency(&trickle);
	zassert_equal(trickle.I, 100);
	k_sleep(K_MSEC(101));
	zassert_equal(spoke, 1);
	zassert_between_inclusive(last - now, 50, 101, "in the second half");
	zassert_equal(trickle.I, 200);
}
