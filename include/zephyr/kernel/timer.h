// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Timers and the uptime.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_TIMER_H_
#define ZEPHYR_INCLUDE_KERNEL_TIMER_H_

#include <zephyr/kernel/wait_q.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys_clock.h>

#ifdef __cplusplus
extern "C" {
#endif

struct k_timer;
/** Called when the timer expires, as though by an interrupt: it must not wait. */
typedef void (*k_timer_expiry_t)(struct k_timer *timer);
/** Called by k_timer_stop() of a running timer. */
typedef void (*k_timer_stop_t)(struct k_timer *timer);

/** A timer. */
struct k_timer {
	struct _timeout timeout;
	_wait_q_t wait_q;
	k_timer_expiry_t expiry_fn;
	k_timer_stop_t stop_fn;
	k_timeout_t period;
	uint32_t status;
	void *user_data;
};

void z_timer_expiration_handler(struct _timeout *timeout);

#define Z_TIMER_INITIALIZER(obj, expiry, stop)                                                     \
	{                                                                                          \
		{NULL, NULL, z_timer_expiration_handler, 0, 0}, Z_WAIT_Q_INIT(&(obj).wait_q),      \
			(expiry), (stop), {0}, 0, NULL                                             \
	}
/** Defines a timer; both functions may be NULL. */
#define K_TIMER_DEFINE(name, expiry_fn, stop_fn)                                                   \
	STRUCT_SECTION_ITERABLE(k_timer, name) = Z_TIMER_INITIALIZER(name, expiry_fn, stop_fn)

void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_stop_t stop_fn);
/**
 * Starts or restarts it.
 *
 * @param duration until it expires first; K_FOREVER leaves the timer as it is
 * @param period   between expiries after that; K_NO_WAIT or K_FOREVER: it expires once
 */
void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);
/** Stops it; its stop function runs in the caller, if the timer was running. */
void k_timer_stop(struct k_timer *timer);
/** Expiries since the status was last read. */
uint32_t k_timer_status_get(struct k_timer *timer);
/** The same, but waits for an expiry or a stop if there was none. */
uint32_t k_timer_status_sync(struct k_timer *timer);

/** Uptime in ticks at which it expires next; now if it is stopped. */
static inline k_ticks_t k_timer_expires_ticks(const struct k_timer *timer)
{
	return z_timeout_expires(&timer->timeout);
}

/** Ticks until then, 0 if it is stopped. */
static inline k_ticks_t k_timer_remaining_ticks(const struct k_timer *timer)
{
	return z_timeout_remaining(&timer->timeout);
}

/** Milliseconds until then. */
static inline uint32_t k_timer_remaining_get(struct k_timer *timer)
{
	return k_ticks_to_ms_floor32(k_timer_remaining_ticks(timer));
}

static inline void k_timer_user_data_set(struct k_timer *timer, void *user_data)
{
	timer->user_data = user_data;
}

static inline void *k_timer_user_data_get(const struct k_timer *timer)
{
	return timer->user_data;
}

/** Ticks since start-up. */
int64_t k_uptime_ticks(void);

/** Milliseconds since start-up. */
static inline int64_t k_uptime_get(void)
{
	return (int64_t)k_ticks_to_ms_floor64(k_uptime_ticks());
}

static inline uint32_t k_uptime_get_32(void)
{
	return (uint32_t)k_uptime_get();
}

static inline uint32_t k_uptime_seconds(void)
{
	return k_ticks_to_sec_floor32(k_uptime_ticks());
}

/** Milliseconds since @p reftime, which becomes the present. */
static inline int64_t k_uptime_delta(int64_t *reftime)
{
	int64_t now = k_uptime_get();
	int64_t delta = now - *reftime;

	*reftime = now;
	return delta;
}

/** Hardware cycles since start-up, CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC to the second. */
uint64_t k_cycle_get_64(void);
static inline uint32_t k_cycle_get_32(void)
{
	return (uint32_t)k_cycle_get_64();
}
static inline uint32_t sys_clock_cycle_get_32(void)
{
	return k_cycle_get_32();
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_TIMER_H_ */
