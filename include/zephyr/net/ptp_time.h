// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Time stamps of IEEE 1588 and IEEE 802.1AS.
 */

#ifndef ZEPHYR_INCLUDE_NET_PTP_TIME_H_
#define ZEPHYR_INCLUDE_NET_PTP_TIME_H_

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/net/net_core.h>
#include <zephyr/net/net_time.h>
#include <zephyr/sys_clock.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Protocol messages carry 48 bits of seconds; the halves are named for that. */
#if defined(CONFIG_BIG_ENDIAN)
#define Z_NET_PTP_48_BITS                                                                          \
	uint16_t unused;                                                                           \
	uint16_t high;                                                                             \
	uint32_t low;
#else
#define Z_NET_PTP_48_BITS                                                                          \
	uint32_t low;                                                                              \
	uint16_t high;                                                                             \
	uint16_t unused;
#endif

/** Seconds and nanoseconds since the PTP epoch. */
struct net_ptp_time {
	/** Seconds, 48 bits of which travel. */
	union {
		struct {
			Z_NET_PTP_48_BITS
		} _sec;
		uint64_t second;
	};
	/** Nanoseconds, below one second. */
	uint32_t nanosecond;
};

/** Seconds and fractions of 2^-16 nanoseconds. */
struct net_ptp_extended_time {
	/** Seconds, 48 bits of which travel. */
	union {
		struct {
			Z_NET_PTP_48_BITS
		} _sec;
		uint64_t second;
	};
	/** Units of 2^-16 nanoseconds, 48 bits of which travel. */
	union {
		struct {
			Z_NET_PTP_48_BITS
		} _fns;
		uint64_t fract_nsecond;
	};
} __packed;

/** Nanoseconds of a time stamp. */
static inline net_time_t net_ptp_time_to_ns(const struct net_ptp_time *ts)
{
	if (ts == NULL) {
		return 0;
	}

	return (net_time_t)ts->second * NSEC_PER_SEC + ts->nanosecond;
}

/** Time stamp of non-negative nanoseconds. */
static inline struct net_ptp_time ns_to_net_ptp_time(net_time_t nsec)
{
	struct net_ptp_time ts;

	ts.second = (uint64_t)(nsec / NSEC_PER_SEC);
	ts.nanosecond = (uint32_t)(nsec % NSEC_PER_SEC);

	return ts;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_PTP_TIME_H_ */
