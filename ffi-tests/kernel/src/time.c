// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

ZTEST_SUITE(time, NULL, NULL, NULL, NULL, NULL);

BUILD_ASSERT(CONFIG_SYS_CLOCK_TICKS_PER_SEC == 10000, "the figures below are for this frequency");

/* Constant expressions, at file scope too. */
static const k_timeout_t constant = K_MSEC(5);
static const uint32_t ticks = k_ms_to_ticks_ceil32(5);

ZTEST(time, test_conversions_round)
{
	zassert_equal(constant.ticks, 50);
	zassert_equal(ticks, 50);
	zassert_equal(k_us_to_ticks_ceil64(1), 1);
	zassert_equal(k_us_to_ticks_floor64(199), 1);
	zassert_equal(k_us_to_ticks_near64(149), 1);
	zassert_equal(k_us_to_ticks_near64(150), 2);
	zassert_equal(k_ticks_to_ms_floor32(19), 1);
	zassert_equal(k_ticks_to_ms_ceil32(11), 2);
	zassert_equal(k_ticks_to_ns_floor64(1), 100000);
	zassert_equal(k_sec_to_ms_floor32(3), 3000);
	zassert_equal(k_ms_to_sec_near32(1500), 2);
	zassert_equal(k_ticks_to_us_near64(UINT32_MAX), 100ULL * UINT32_MAX);
}

ZTEST(time, test_timeouts)
{
	zassert_true(K_TIMEOUT_EQ(K_MSEC(0), K_NO_WAIT));
	zassert_true(K_TIMEOUT_EQ(K_MSEC(-5), K_NO_WAIT));
	zassert_false(K_TIMEOUT_EQ(K_USEC(1), K_NO_WAIT), "rounded up");
	zassert_true(K_TIMEOUT_EQ(K_SECONDS(1), K_MSEC(1000)));
	zassert_true(K_TIMEOUT_EQ(K_HOURS(1), K_MINUTES(60)));
	zassert_true(K_TIMEOUT_EQ(SYS_TIMEOUT_MS(SYS_FOREVER_MS), K_FOREVER));
	zassert_equal(Z_TICK_ABS(K_TIMEOUT_ABS_MS(7).ticks), 70);
}

ZTEST(time, test_sleep_takes_its_time)
{
	int64_t reference = k_uptime_get();

	zassert_equal(k_msleep(10), 0);
	zassert_between_inclusive(k_uptime_delta(&reference), 10, 11);
	zassert_equal(k_usleep(5000), 0);
	zassert_between_inclusive(k_uptime_delta(&reference), 5, 6);
	k_busy_wait(3000);
	zassert_between_inclusive(k_uptime_delta(&reference), 3, 4);
	zassert_equal(k_sleep(K_NO_WAIT), 0);
	zassert_equal(k_sleep(K_TIMEOUT_ABS_MS(k_uptime_get() + 10)), 0);
	zassert_between_inclusive(k_uptime_delta(&reference), 10, 11);
	zassert_equal(k_uptime_get_32(), (uint32_t)k_uptime_get());
	zassert_equal(k_uptime_seconds(), k_uptime_get() / 1000);
}

ZTEST(time, test_cycles_pass_with_time)
{
	uint32_t begin = k_cycle_get_32();

	k_msleep(100);
	zassert_between_inclusive(k_cyc_to_ms_floor32(k_cycle_get_32() - begin), 99, 101);
	zassert_true(k_cycle_get_64() >= begin);
}

ZTEST(time, test_timepoints)
{
	k_timepoint_t end = sys_timepoint_calc(K_MSEC(20));

	zassert_true(K_TIMEOUT_EQ(sys_timepoint_timeout(end), K_MSEC(20)));
	k_msleep(15);
	zassert_false(sys_timepoint_expired(end));
	zassert_between_inclusive(sys_timepoint_timeout(end).ticks, 40, 50);
	k_msleep(6);
	zassert_true(sys_timepoint_expired(end));
	zassert_true(sys_timepoint_expired(sys_timepoint_calc(K_NO_WAIT)));
	zassert_false(sys_timepoint_expired(sys_timepoint_calc(K_FOREVER)));
	zassert_true(sys_timepoint_cmp(end, sys_timepoint_calc(K_FOREVER)) < 0);
	zassert_equal(sys_timepoint_cmp(end, end), 0);
	zassert_true(sys_timepoint_cmp(end, sys_timepoint_calc(K_NO_WAIT)) > 0);
}

#if defined(CONFIG_ZNET_PORT_SIM)
/* In virtual time a year is nothing. */
ZTEST(time, test_long_times)
{
	int64_t begin = k_uptime_get();

	k_sleep(K_HOURS(24 * 365));
	zassert_equal((k_uptime_get() - begin) / 3600000, 24 * 365);
}
#endif
