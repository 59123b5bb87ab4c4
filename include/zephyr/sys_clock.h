// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Time-outs and points in time.
 */
#ifndef ZEPHYR_INCLUDE_SYS_CLOCK_H_
#define ZEPHYR_INCLUDE_SYS_CLOCK_H_

#include <zephyr/sys/dlist.h>
#include <zephyr/sys/time_units.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A time in clock ticks, CONFIG_SYS_CLOCK_TICKS_PER_SEC to the second. */
#if defined(CONFIG_TIMEOUT_64BIT)
typedef int64_t k_ticks_t;
#else
typedef uint32_t k_ticks_t;
#endif

#define K_TICKS_FOREVER ((k_ticks_t)-1)

/** How long a call may wait. Made by K_MSEC() and its kin only. */
typedef struct {
	k_ticks_t ticks; /* -1 for ever; with 64 bits, from -2 downwards, a point in time */
} k_timeout_t;

#define K_TIMEOUT_EQ(a, b) ((a).ticks == (b).ticks)

#define NSEC_PER_USEC 1000U
#define NSEC_PER_MSEC 1000000U
#define USEC_PER_MSEC 1000U
#define MSEC_PER_SEC  1000U
#define SEC_PER_MIN   60U
#define SEC_PER_HOUR  3600U
#define SEC_PER_DAY   86400U
#define MIN_PER_HOUR  60U
#define HOUR_PER_DAY  24U
#define USEC_PER_SEC  ((USEC_PER_MSEC) * (MSEC_PER_SEC))
#define NSEC_PER_SEC  ((NSEC_PER_USEC) * (USEC_PER_MSEC) * (MSEC_PER_SEC))

#define Z_TIMEOUT_NO_WAIT_INIT  {0}
#define Z_TIMEOUT_TICKS_INIT(t) {(k_ticks_t)(t)}
#define Z_TIMEOUT_NO_WAIT       ((k_timeout_t)Z_TIMEOUT_NO_WAIT_INIT)
#define Z_TIMEOUT_TICKS(t)      ((k_timeout_t)Z_TIMEOUT_TICKS_INIT(t))
#define Z_FOREVER               Z_TIMEOUT_TICKS(K_TICKS_FOREVER)

/* What is negative is over already. */
#define Z_TIMEOUT_OR_ZERO(t)  ((t) > 0 ? (t) : 0)
#define Z_TIMEOUT_MS_TICKS(t) ((k_ticks_t)k_ms_to_ticks_ceil64(Z_TIMEOUT_OR_ZERO(t)))
#define Z_TIMEOUT_MS(t)       Z_TIMEOUT_TICKS(Z_TIMEOUT_MS_TICKS(t))
#define Z_TIMEOUT_US(t)       Z_TIMEOUT_TICKS(k_us_to_ticks_ceil64(Z_TIMEOUT_OR_ZERO(t)))
#define Z_TIMEOUT_NS(t)       Z_TIMEOUT_TICKS(k_ns_to_ticks_ceil64(Z_TIMEOUT_OR_ZERO(t)))
#define Z_TIMEOUT_CYC(t)      Z_TIMEOUT_TICKS(k_cyc_to_ticks_ceil64(Z_TIMEOUT_OR_ZERO(t)))

/** A point in time as a negative time-out, and back. */
#define Z_TICK_ABS(t) (K_TICKS_FOREVER - 1 - (t))

/** Do not wait. */
#define K_NO_WAIT Z_TIMEOUT_NO_WAIT
/** Wait as long as it takes. */
#define K_FOREVER Z_FOREVER
/** Wait up to so many units. */
#define K_NSEC(t)    Z_TIMEOUT_NS(t)
#define K_USEC(t)    Z_TIMEOUT_US(t)
#define K_CYC(t)     Z_TIMEOUT_CYC(t)
#define K_TICKS(t)   Z_TIMEOUT_TICKS(t)
#define K_MSEC(ms)   Z_TIMEOUT_MS(ms)
#define K_SECONDS(s) K_MSEC((s) * 1000LL)
#define K_MINUTES(m) K_SECONDS((m) * 60LL)
#define K_HOURS(h)   K_MINUTES((h) * 60LL)
/** Wait until this uptime. */
#define K_TIMEOUT_ABS_TICKS(t) Z_TIMEOUT_TICKS(Z_TICK_ABS((k_ticks_t)Z_TIMEOUT_OR_ZERO(t)))
#define K_TIMEOUT_ABS_SEC(t)   K_TIMEOUT_ABS_TICKS((k_ticks_t)k_sec_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_MS(t)    K_TIMEOUT_ABS_TICKS((k_ticks_t)k_ms_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_US(t)    K_TIMEOUT_ABS_TICKS((k_ticks_t)k_us_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_NS(t)    K_TIMEOUT_ABS_TICKS((k_ticks_t)k_ns_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_CYC(t)   K_TIMEOUT_ABS_TICKS((k_ticks_t)k_cyc_to_ticks_ceil64(t))

/** Uptime in ticks. */
int64_t sys_clock_tick_get(void);
/** Its low half. */
uint32_t sys_clock_tick_get_32(void);

/** A point in time, to spread one time-out over several calls. */
typedef struct {
	uint64_t tick; /* 0: now or earlier, UINT64_MAX: never */
} k_timepoint_t;

/** The point in time at which @p timeout, begun now, ends. */
k_timepoint_t sys_timepoint_calc(k_timeout_t timeout);
/** What is left until @p timepoint: K_NO_WAIT once it is over. */
k_timeout_t sys_timepoint_timeout(k_timepoint_t timepoint);

/** Below 0, 0 or above 0: @p a is before, at, after @p b. */
static inline int sys_timepoint_cmp(k_timepoint_t a, k_timepoint_t b)
{
	return (a.tick > b.tick) - (a.tick < b.tick);
}

static inline bool sys_timepoint_expired(k_timepoint_t timepoint)
{
	return K_TIMEOUT_EQ(sys_timepoint_timeout(timepoint), Z_TIMEOUT_NO_WAIT);
}

struct _timeout;
typedef void (*_timeout_func_t)(struct _timeout *t);

/** An entry in the kernel's list of what is to happen; zeroed memory is one that waits for nothing. */
struct _timeout {
	struct _timeout *next;
	struct _timeout *prev;
	_timeout_func_t fn;
	uint64_t deadline_us;
	uint32_t armed;
};

/** The uptime in ticks at which a time-out ends; now if it waits for nothing. */
k_ticks_t z_timeout_expires(const struct _timeout *timeout);
/** Ticks until then. */
k_ticks_t z_timeout_remaining(const struct _timeout *timeout);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_CLOCK_H_ */
