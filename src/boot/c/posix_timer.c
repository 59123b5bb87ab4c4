// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's timers: those of the kernel, and what struct sigevent asks for when one runs out.
 */
#if defined(CONFIG_POSIX_TIMERS)

#include <zephyr/posix/signal.h>
#include <zephyr/posix/time.h>

#include "posix_internal.h"

static struct posix_timer {
	struct k_timer timer;
	struct sigevent event;
	volatile bool used;
	/* It is being deleted; its place is free only when its thread is over. */
	volatile bool ends;
	bool monotonic;
#if defined(CONFIG_POSIX_THREADS)
	/* Wakes the thread of SIGEV_THREAD; `ends` says why. */
	struct k_sem expired;
	pthread_t thread;
	/* Deleted by its own thread, for which nobody waits. */
	bool alone;
#endif
} timers[CONFIG_POSIX_TIMER_MAX];

/* Names begin at 1, so that none looks like nothing. */
static timer_t name_of(const struct posix_timer *t)
{
	return (timer_t)(uintptr_t)(t - timers + 1);
}

static struct posix_timer *timer_of(timer_t name)
{
	const uintptr_t index = (uintptr_t)name - 1;

	return index < ARRAY_SIZE(timers) && timers[index].used && !timers[index].ends
		       ? &timers[index]
		       : NULL;
}

static void expire(struct k_timer *timer)
{
	struct posix_timer *t = CONTAINER_OF(timer, struct posix_timer, timer);

	switch (t->event.sigev_notify) {
	case SIGEV_SIGNAL:
		if (t->event.sigev_notify_function != NULL) {
			t->event.sigev_notify_function(t->event.sigev_value);
		}
		break;
#if defined(CONFIG_POSIX_THREADS)
	case SIGEV_THREAD:
		k_sem_give(&t->expired);
		break;
#endif
	default:
		break;
	}
}

#if defined(CONFIG_POSIX_THREADS)
static void *notify(void *arg)
{
	struct posix_timer *t = arg;

	while (k_sem_take(&t->expired, K_FOREVER) == 0 && !t->ends) {
		t->event.sigev_notify_function(t->event.sigev_value);
	}
	if (t->alone) {
		t->used = false;
	}
	return NULL;
}
#endif

/* A timer's thread, if it has one: 0, or a positive errno. */
static int begin(struct posix_timer *t)
{
#if defined(CONFIG_POSIX_THREADS)
	if (t->event.sigev_notify == SIGEV_THREAD) {
		if (t->event.sigev_notify_function == NULL) {
			return EINVAL;
		}
		t->alone = false;
		(void)k_sem_init(&t->expired, 0, K_SEM_MAX_LIMIT);
		return pthread_create(&t->thread, t->event.sigev_notify_attributes, notify, t);
	}
#endif
	return t->event.sigev_notify == SIGEV_SIGNAL || t->event.sigev_notify == SIGEV_NONE
		       ? 0
		       : EINVAL;
}

int znet_timer_create(clockid_t clock_id, struct sigevent *evp, timer_t *timerid)
{
	struct posix_timer *t = NULL;
	int err;

	if ((clock_id != CLOCK_MONOTONIC && clock_id != CLOCK_REALTIME) || evp == NULL ||
	    timerid == NULL) {
		return znet_posix_status(EINVAL);
	}
	znet_posix_enter();
	for (size_t i = 0; i < ARRAY_SIZE(timers) && t == NULL; i++) {
		t = timers[i].used ? NULL : &timers[i];
	}
	if (t != NULL) {
		t->used = true;
		t->ends = false;
	}
	znet_posix_leave();
	if (t == NULL) {
		return znet_posix_status(EAGAIN);
	}
	t->event = *evp;
	t->monotonic = clock_id == CLOCK_MONOTONIC;
	k_timer_init(&t->timer, expire, NULL);
	err = begin(t);
	if (err != 0) {
		t->used = false;
		return znet_posix_status(err);
	}
	*timerid = name_of(t);
	return 0;
}

int znet_timer_delete(timer_t timerid)
{
	struct posix_timer *t = timer_of(timerid);

	if (t == NULL) {
		return znet_posix_status(EINVAL);
	}
	k_timer_stop(&t->timer);
#if defined(CONFIG_POSIX_THREADS)
	if (t->event.sigev_notify == SIGEV_THREAD) {
		const bool own = pthread_equal(pthread_self(), t->thread);

		/* The place is free only when its thread has seen that it is over. */
		t->event.sigev_notify = SIGEV_NONE;
		t->alone = own;
		t->ends = true;
		k_sem_give(&t->expired);
		if (own) {
			(void)pthread_detach(t->thread);
			return 0;
		}
		(void)pthread_join(t->thread, NULL);
	}
#endif
	t->used = false;
	return 0;
}

static void to_timespec(k_ticks_t ticks, struct timespec *t)
{
	const uint64_t ns = k_ticks_to_ns_ceil64(MAX(ticks, 0));

	t->tv_sec = ns / NSEC_PER_SEC;
	t->tv_nsec = ns % NSEC_PER_SEC;
}

static bool is_armed(const struct itimerspec *value)
{
	return value->it_value.tv_sec != 0 || value->it_value.tv_nsec != 0;
}

int znet_timer_gettime(timer_t timerid, struct itimerspec *its)
{
	struct posix_timer *t = timer_of(timerid);

	if (t == NULL || its == NULL) {
		return znet_posix_status(EINVAL);
	}
	to_timespec(k_timer_remaining_ticks(&t->timer), &its->it_value);
	to_timespec(K_TIMEOUT_EQ(t->timer.period, K_FOREVER) ? 0 : t->timer.period.ticks,
		    &its->it_interval);
	return 0;
}

int znet_timer_settime(timer_t timerid, int flags, const struct itimerspec *value,
		       struct itimerspec *ovalue)
{
	struct posix_timer *t = timer_of(timerid);
	k_timeout_t first;

	if (t == NULL || value == NULL || !znet_is_span(&value->it_value) ||
	    !znet_is_span(&value->it_interval)) {
		return znet_posix_status(EINVAL);
	}
	if (ovalue != NULL) {
		(void)znet_timer_gettime(timerid, ovalue);
	}
	k_timer_stop(&t->timer);
	if (!is_armed(value)) {
		return 0;
	}
	first = (flags & TIMER_ABSTIME) != 0 ? znet_until(&value->it_value, t->monotonic)
					     : znet_for(&value->it_value);
	k_timer_start(&t->timer, first, znet_for(&value->it_interval));
	return 0;
}

int znet_timer_getoverrun(timer_t timerid)
{
	struct posix_timer *t = timer_of(timerid);
	uint32_t expiries;

	if (t == NULL) {
		return znet_posix_status(EINVAL);
	}
	expiries = k_timer_status_get(&t->timer);
	return (int)MIN(expiries - MIN(expiries, 1), CONFIG_POSIX_DELAYTIMER_MAX);
}

#endif /* CONFIG_POSIX_TIMERS */
