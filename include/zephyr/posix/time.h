/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Clocks and sleep.
 *
 * CLOCK_MONOTONIC is the kernel's uptime. CLOCK_REALTIME begins at 0 with it, until clock_settime().
 */
#ifndef ZEPHYR_INCLUDE_POSIX_TIME_H_
#define ZEPHYR_INCLUDE_POSIX_TIME_H_

#include <sys/types.h>
#include <time.h>

#include <zephyr/posix/posix_name.h>
#include <zephyr/posix/signal.h>

#ifndef CLOCK_REALTIME
#define CLOCK_REALTIME 1 /**< Time of day */
#endif
#ifndef CLOCK_PROCESS_CPUTIME_ID
#define CLOCK_PROCESS_CPUTIME_ID 2 /**< Time of the process; not counted */
#endif
#ifndef CLOCK_THREAD_CPUTIME_ID
#define CLOCK_THREAD_CPUTIME_ID 3 /**< Time of the thread; not counted */
#endif
#ifndef CLOCK_MONOTONIC
#define CLOCK_MONOTONIC 4 /**< Time since start-up */
#endif
#ifndef TIMER_ABSTIME
#define TIMER_ABSTIME 4 /**< For clock_nanosleep(): until, not for */
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct timespec;

/** What time it is; -1 with EINVAL for other clocks. */
int clock_gettime(clockid_t clock_id, struct timespec *tp) ZNET_NOTHROW ZNET_NAME_FOR(znet_clock_gettime);
/** Sets CLOCK_REALTIME; -1 with EINVAL for other clocks, and for what is no time. */
int clock_settime(clockid_t clock_id, const struct timespec *tp) ZNET_NOTHROW ZNET_NAME_FOR(znet_clock_settime);
/** A clock's step. */
int clock_getres(clockid_t clock_id, struct timespec *res) ZNET_NOTHROW ZNET_NAME_FOR(znet_clock_getres);
/** Sleeps; @p rem, if there is one, is set to 0. -1 with EINVAL for what is no time. */
int nanosleep(const struct timespec *rqtp, struct timespec *rmtp) ZNET_NAME_FOR(znet_nanosleep);
/** Sleeps for, or with TIMER_ABSTIME until, a time. Returns 0 or a positive errno. */
int clock_nanosleep(clockid_t clock_id, int flags, const struct timespec *rqtp, struct timespec *rmtp)
	ZNET_NAME_FOR(znet_clock_nanosleep);

/** Gives CLOCK_PROCESS_CPUTIME_ID for process 0. Returns a positive errno. */
int clock_getcpuclockid(pid_t pid, clockid_t *clock_id) ZNET_NOTHROW
	ZNET_NAME_FOR(znet_clock_getcpuclockid);

struct itimerspec;

/**
 * Makes a timer that is not running; POSIX_TIMER_MAX at a time, then EAGAIN.
 *
 * @param evp who is told when it runs out; with SIGEV_SIGNAL the function is called in an interrupt
 */
int timer_create(clockid_t clock_id, struct sigevent *evp, timer_t *timerid) ZNET_NOTHROW
	ZNET_NAME_FOR(znet_timer_create);
/** Stops and ends a timer. */
int timer_delete(timer_t timerid) ZNET_NOTHROW ZNET_NAME_FOR(znet_timer_delete);
/** Starts a timer, or stops it with an it_value of 0; @p ovalue gets what was left. */
int timer_settime(timer_t timerid, int flags, const struct itimerspec *value,
		  struct itimerspec *ovalue) ZNET_NOTHROW ZNET_NAME_FOR(znet_timer_settime);
/** Tells what is left, and the interval. */
int timer_gettime(timer_t timerid, struct itimerspec *its) ZNET_NOTHROW
	ZNET_NAME_FOR(znet_timer_gettime);
/** How often it ran out beyond once since the last call, at most POSIX_DELAYTIMER_MAX. */
int timer_getoverrun(timer_t timerid) ZNET_NOTHROW ZNET_NAME_FOR(znet_timer_getoverrun);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_TIME_H_ */
