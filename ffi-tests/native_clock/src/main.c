/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each interface of native_sim has a clock of its own, which applications find by the interface or by the name.
 */

#include <errno.h>

#include <zephyr/device.h>
#include <zephyr/drivers/ptp_clock.h>
#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/ethernet_mgmt.h>
#include <zephyr/net/net_if.h>
#include <zephyr/ztest.h>

/* More than the host takes between two reads, even when it is busy. */
#define LONG_S 1000

static uint64_t now(const struct device *clock)
{
	struct net_ptp_time time;

	zassert_ok(ptp_clock_get(clock, &time));
	zassert_true(time.nanosecond < NSEC_PER_SEC);
	return time.second * NSEC_PER_SEC + time.nanosecond;
}

ZTEST(native_clock, test_each_interface_has_one)
{
	struct net_if *first = net_if_get_by_index(1);
	struct net_if *second = net_if_get_by_index(2);
	const struct device *clock = net_eth_get_ptp_clock(first);

	zassert_not_null(clock);
	zassert_equal_ptr(clock, net_eth_get_ptp_clock_by_index(1));
	zassert_equal_ptr(clock, device_get_binding("PTP_CLOCK_0"));
	zassert_equal_ptr(net_eth_get_ptp_clock(second), device_get_binding("PTP_CLOCK_1"));
	zassert_not_equal((uintptr_t)clock, (uintptr_t)net_eth_get_ptp_clock(second));
	zassert_is_null(net_eth_get_ptp_clock_by_index(3));
	zassert_equal(net_eth_get_hw_capabilities(first) & (ETHERNET_PTP | ETHERNET_TXTIME),
		      ETHERNET_PTP | ETHERNET_TXTIME);
}

ZTEST(native_clock, test_it_starts_with_the_time_of_the_day_and_goes_on)
{
	const struct device *clock = net_eth_get_ptp_clock_by_index(2);
	uint64_t first = now(clock);
	uint64_t second;

	zassert_true(first / NSEC_PER_SEC > 1700000000, "later than November 2023");
	k_busy_wait(1000);
	second = now(clock);
	zassert_true(second - first >= 900 * NSEC_PER_USEC);
	zassert_true(second - first < LONG_S * NSEC_PER_SEC);
}

ZTEST(native_clock, test_it_is_set_and_moved)
{
	const struct device *clock = net_eth_get_ptp_clock_by_index(1);
	struct net_ptp_time time = {.second = 5000, .nanosecond = 7};

	zassert_ok(ptp_clock_set(clock, &time));
	zassert_true(IN_RANGE(now(clock) / NSEC_PER_SEC, 5000, 5000 + LONG_S));
	zassert_true(now(net_eth_get_ptp_clock_by_index(2)) / NSEC_PER_SEC > 1700000000,
		     "the other one goes on");
	time.second = 10 * LONG_S;
	zassert_ok(ptp_clock_set(clock, &time));
	zassert_ok(ptp_clock_adjust(clock, -2000000000));
	zassert_true(now(clock) >= (10 * LONG_S - 2) * (uint64_t)NSEC_PER_SEC);
	zassert_true(now(clock) < (11 * LONG_S) * (uint64_t)NSEC_PER_SEC);
	zassert_ok(ptp_clock_rate_adjust(clock, 1.0001));
	zassert_ok(ptp_clock_rate_adjust(clock, 1.0));
}

ZTEST(native_clock, test_what_is_no_time_or_rate_is_refused)
{
	const struct device *clock = net_eth_get_ptp_clock_by_index(1);
	struct net_ptp_time time = {.nanosecond = NSEC_PER_SEC};

	zassert_equal(ptp_clock_set(clock, &time), -EINVAL);
	time = (struct net_ptp_time){.second = UINT64_MAX};
	zassert_equal(ptp_clock_set(clock, &time), -EINVAL);
	zassert_equal(ptp_clock_set(clock, NULL), -EINVAL);
	zassert_equal(ptp_clock_get(clock, NULL), -EINVAL);
	zassert_equal(ptp_clock_rate_adjust(clock, 0.0), -EINVAL);
	zassert_equal(ptp_clock_rate_adjust(clock, 100.0), -EINVAL);
}

ZTEST(native_clock, test_queues_mind_times)
{
	struct net_if *iface = net_if_get_by_index(1);
	struct ethernet_req_params params = {
		.txtime_param = {
			.type = ETHERNET_TXTIME_PARAM_TYPE_ENABLE_QUEUES,
			.queue_id = 0,
			.enable_txtime = true,
		},
	};

	zassert_ok(net_mgmt(NET_REQUEST_ETHERNET_SET_TXTIME_PARAM, iface, &params, sizeof(params)));
	params.txtime_param.enable_txtime = false;
	zassert_equal(net_mgmt(NET_REQUEST_ETHERNET_SET_TXTIME_PARAM, iface, &params,
			       sizeof(params)),
		      -ENOTSUP);
}

ZTEST_SUITE(native_clock, NULL, NULL, NULL, NULL, NULL);
