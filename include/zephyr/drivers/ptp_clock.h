// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Clocks of Ethernet devices, which time stamps of packets are read from.
 */
#ifndef ZEPHYR_INCLUDE_DRIVERS_PTP_CLOCK_H_
#define ZEPHYR_INCLUDE_DRIVERS_PTP_CLOCK_H_

#include <errno.h>

#include <zephyr/device.h>
#include <zephyr/net/ptp_time.h>

#ifdef __cplusplus
extern "C" {
#endif

#if !defined(PTP_CLOCK_NAME)
#define PTP_CLOCK_NAME "PTP_CLOCK"
#endif

/** What a driver of a clock brings. Each returns 0 or a negative errno. */
__subsystem struct ptp_clock_driver_api {
	int (*set)(const struct device *dev, struct net_ptp_time *tm);
	int (*get)(const struct device *dev, struct net_ptp_time *tm);
	/** Moves the clock by nanoseconds. */
	int (*adjust)(const struct device *dev, int increment);
	/** Makes it run at a multiple of its own rate. */
	int (*rate_adjust)(const struct device *dev, double ratio);
};

#define Z_PTP_CLOCK_API(dev) ((const struct ptp_clock_driver_api *)(dev)->api)

/** Sets the clock. */
static inline int ptp_clock_set(const struct device *dev, struct net_ptp_time *tm)
{
	return Z_PTP_CLOCK_API(dev)->set(dev, tm);
}

/** Reads the clock. */
static inline int ptp_clock_get(const struct device *dev, struct net_ptp_time *tm)
{
	return Z_PTP_CLOCK_API(dev)->get(dev, tm);
}

/** Moves the clock by nanoseconds. */
static inline int ptp_clock_adjust(const struct device *dev, int increment)
{
	return Z_PTP_CLOCK_API(dev)->adjust(dev, increment);
}

/** Makes the clock run at a multiple of its own rate. */
static inline int ptp_clock_rate_adjust(const struct device *dev, double rate)
{
	return Z_PTP_CLOCK_API(dev)->rate_adjust(dev, rate);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_DRIVERS_PTP_CLOCK_H_ */
