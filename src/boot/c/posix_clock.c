// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's clocks and sleep.
 */
#if defined(CONFIG_POSIX_TIMERS)

#include <limits.h>

#include <zephyr/posix/sys/time.h>

#include "posix_internal.h"

/* Here, for timers come without threads, but no threads without timers. */
K_MUTEX_DEFINE(znet_posix_lock);

/* What the time of day is ahead of the uptime. */
static int64_t ahead_ns;
static struct k_spinlock ahead_lock;

static int64_t ahead(void)
{
	k_spinlock_key_t key = k_spin_lock(&ahead_lock);
	int64_t ns = ahead_ns;

	k_spin_unlock(&ahead_lock, key);
	return ns;
}

static int64_t uptime_ns(void)
{
	return (int64_t)k_ticks_to_ns_floor64(k_uptime_ticks());
}

/* Seconds beyond this are as good as for ever: about 146 years. */
#define MOST_SECONDS (INT64_MAX / 2 / NSEC_PER_SEC)

static int64_t to_ns(const struct timespec *t)
{
	int64_t sec = MIN((int64_t)t->tv_sec, MOST_SECONDS);

	return sec * NSEC_PER_SEC + t->tv_nsec;
}

static k_timeout_t for_ns(int64_t ns)
{
	return ns <= 0 ? K_NO_WAIT : K_TICKS(k_ns_to_ticks_ceil64(ns));
}

k_timeout_t znet_for(const struct timespec *span)
{
	return for_ns(to_ns(span));
}

k_timeout_t znet_until(const struct timespec *when, bool monotonic)
{
	return for_ns(to_ns(when) - uptime_ns() - (monotonic ? 0 : ahead()));
}

static bool is_clock(clockid_t clock_id)
{
	return clock_id == CLOCK_REALTIME || clock_id == CLOCK_MONOTONIC;
}

int znet_clock_gettime(clockid_t clock_id, struct timespec *tp)
{
	int64_t ns = uptime_ns();

	if (!is_clock(clock_id) || tp == NULL) {
		return znet_posix_status(EINVAL);
	}
	if (clock_id == CLOCK_REALTIME) {
		ns += ahead();
	}
	tp->tv_sec = ns / NSEC_PER_SEC;
	tp->tv_nsec = ns % NSEC_PER_SEC;
	return 0;
}

int znet_clock_settime(clockid_t clock_id, const struct timespec *tp)
{
	k_spinlock_key_t key;

	if (clock_id != CLOCK_REALTIME || !znet_is_span(tp)) {
		return znet_posix_status(EINVAL);
	}
	key = k_spin_lock(&ahead_lock);
	ahead_ns = to_ns(tp) - uptime_ns();
	k_spin_unlock(&ahead_lock, key);
	return 0;
}

int znet_clock_getres(clockid_t clock_id, struct timespec *res)
{
	if (!is_clock(clock_id)) {
		return znet_posix_status(EINVAL);
	}
	if (res != NULL) {
		res->tv_sec = 0;
		res->tv_nsec = DIV_ROUND_UP(NSEC_PER_SEC, CONFIG_SYS_CLOCK_TICKS_PER_SEC);
		if (res->tv_nsec == NSEC_PER_SEC) {
			*res = (struct timespec){.tv_sec = 1};
		}
	}
	return 0;
}

/* Sleeps; the milliseconds left if it was woken early. */
static int32_t nap(k_timeout_t timeout)
{
	int32_t left;

	znet_pthread_wait_begins();
	left = k_sleep(timeout);
	znet_pthread_wait_ends();
	return left;
}

int znet_clock_nanosleep(clockid_t clock_id, int flags, const struct timespec *rqtp, struct timespec *rmtp)
{
	if (!is_clock(clock_id) || !znet_is_span(rqtp)) {
		return EINVAL;
	}
	(void)nap((flags & TIMER_ABSTIME) != 0 ? znet_until(rqtp, clock_id == CLOCK_MONOTONIC)
					       : znet_for(rqtp));
	if (rmtp != NULL && (flags & TIMER_ABSTIME) == 0) {
		*rmtp = (struct timespec){0};
	}
	return 0;
}

int znet_nanosleep(const struct timespec *rqtp, struct timespec *rmtp)
{
	return znet_posix_status(znet_clock_nanosleep(CLOCK_MONOTONIC, 0, rqtp, rmtp));
}

int znet_clock_getcpuclockid(pid_t pid, clockid_t *clock_id)
{
	/* There is one process. Its time is not counted apart from the others'. */
	if (clock_id == NULL) {
		return EINVAL;
	}
	if (pid != 0) {
		return EPERM;
	}
	*clock_id = CLOCK_PROCESS_CPUTIME_ID;
	return 0;
}

unsigned int znet_sleep(unsigned int seconds)
{
	int32_t left_ms = nap(K_TICKS((int64_t)seconds * CONFIG_SYS_CLOCK_TICKS_PER_SEC));

	return left_ms <= 0 ? 0 : DIV_ROUND_UP((unsigned int)left_ms, MSEC_PER_SEC);
}

int znet_usleep(unsigned int useconds)
{
	if (useconds >= USEC_PER_SEC) {
		return znet_posix_status(EINVAL);
	}
	(void)nap(K_USEC(useconds));
	return 0;
}

int znet_gettimeofday(struct timeval *tv, void *tz)
{
	struct timespec now;

	ARG_UNUSED(tz);
	if (tv == NULL || znet_clock_gettime(CLOCK_REALTIME, &now) != 0) {
		return znet_posix_status(EINVAL);
	}
	tv->tv_sec = now.tv_sec;
	tv->tv_usec = now.tv_nsec / NSEC_PER_USEC;
	return 0;
}

#endif /* CONFIG_POSIX_TIMERS */
