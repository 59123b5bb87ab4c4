// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's mutexes and condition variables over the kernel's.
 */
#if defined(CONFIG_POSIX_THREADS)

#include "posix_internal.h"

BUILD_ASSERT(sizeof(struct znet_pthread_mutex) <= sizeof(pthread_mutex_t));
BUILD_ASSERT(sizeof(struct znet_pthread_mutexattr) <= sizeof(pthread_mutexattr_t));
BUILD_ASSERT(sizeof(struct znet_pthread_cond) <= sizeof(pthread_cond_t));
BUILD_ASSERT(sizeof(struct znet_pthread_condattr) <= sizeof(pthread_condattr_t));

/* Most locks of a recursive mutex by its owner. */
#define MOST_LOCKS 32767

static bool is_mine(const struct znet_pthread_mutex *m)
{
	return __atomic_load_n(&m->mutex.owner, __ATOMIC_RELAXED) == k_current_get();
}

/* ---- mutexes --------------------------------------------------------------------------------- */

int znet_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
	struct znet_pthread_mutex *m = (struct znet_pthread_mutex *)mutex;
	const struct znet_pthread_mutexattr *a = (const struct znet_pthread_mutexattr *)attr;

	if (m == NULL || (a != NULL && !a->valid)) {
		return EINVAL;
	}
	*m = (struct znet_pthread_mutex){0};
	if (a != NULL) {
		m->type = a->type;
		m->protocol = a->protocol;
	}
	return 0;
}

int znet_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	struct znet_pthread_mutex *m = (struct znet_pthread_mutex *)mutex;

	if (m == NULL) {
		return EINVAL;
	}
	return __atomic_load_n(&m->mutex.owner, __ATOMIC_RELAXED) != NULL ? EBUSY : 0;
}

/* What a lock by the owner gives. */
static int lock_again(struct znet_pthread_mutex *m, k_timeout_t timeout)
{
	if (m->type == PTHREAD_MUTEX_RECURSIVE) {
		return m->mutex.lock_count < MOST_LOCKS ? -k_mutex_lock(&m->mutex, K_NO_WAIT) : EAGAIN;
	}
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return EBUSY;
	}
	if (m->type == PTHREAD_MUTEX_ERRORCHECK) {
		return EDEADLK;
	}
	/* POSIX wants the thread to wait for itself. */
	do {
		(void)k_sleep(timeout);
	} while (K_TIMEOUT_EQ(timeout, K_FOREVER));
	return ETIMEDOUT;
}

static int lock(pthread_mutex_t *mutex, k_timeout_t timeout, int late)
{
	struct znet_pthread_mutex *m = (struct znet_pthread_mutex *)mutex;

	if (m == NULL) {
		return EINVAL;
	}
	if (is_mine(m)) {
		return lock_again(m, timeout);
	}
	return k_mutex_lock(&m->mutex, timeout) == 0 ? 0 : late;
}

int znet_pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return lock(mutex, K_FOREVER, EINVAL);
}

int znet_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	return lock(mutex, K_NO_WAIT, EBUSY);
}

int znet_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *abstime)
{
	k_timeout_t timeout;
	int err;

	/* The time matters only if the mutex is locked. */
	err = lock(mutex, K_NO_WAIT, EBUSY);
	if (err != EBUSY) {
		return err;
	}
	if (!znet_is_span(abstime)) {
		return EINVAL;
	}
	timeout = znet_until(abstime, false);
	return K_TIMEOUT_EQ(timeout, K_NO_WAIT) ? ETIMEDOUT : lock(mutex, timeout, ETIMEDOUT);
}

int znet_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	struct znet_pthread_mutex *m = (struct znet_pthread_mutex *)mutex;

	if (m == NULL) {
		return EINVAL;
	}
	return k_mutex_unlock(&m->mutex) == 0 ? 0 : EPERM;
}

/* ---- attributes of mutexes ------------------------------------------------------------------- */

static struct znet_pthread_mutexattr *valid(const pthread_mutexattr_t *attr)
{
	struct znet_pthread_mutexattr *a = (struct znet_pthread_mutexattr *)attr;

	return a != NULL && a->valid ? a : NULL;
}

int znet_pthread_mutexattr_init(pthread_mutexattr_t *attr)
{
	if (attr == NULL) {
		return EINVAL;
	}
	*(struct znet_pthread_mutexattr *)attr = (struct znet_pthread_mutexattr){
		.type = PTHREAD_MUTEX_DEFAULT,
		.valid = 1,
	};
	return 0;
}

int znet_pthread_mutexattr_destroy(pthread_mutexattr_t *attr)
{
	struct znet_pthread_mutexattr *a = valid(attr);

	if (a == NULL) {
		return EINVAL;
	}
	a->valid = 0;
	return 0;
}

int znet_pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type)
{
	struct znet_pthread_mutexattr *a = valid(attr);

	if (a == NULL || (type != PTHREAD_MUTEX_NORMAL && type != PTHREAD_MUTEX_RECURSIVE &&
			  type != PTHREAD_MUTEX_ERRORCHECK)) {
		return EINVAL;
	}
	a->type = type;
	return 0;
}

int znet_pthread_mutexattr_gettype(const pthread_mutexattr_t *attr, int *type)
{
	struct znet_pthread_mutexattr *a = valid(attr);

	if (a == NULL || type == NULL) {
		return EINVAL;
	}
	*type = a->type;
	return 0;
}

int znet_pthread_mutexattr_setprotocol(pthread_mutexattr_t *attr, int protocol)
{
	struct znet_pthread_mutexattr *a = valid(attr);

	if (a == NULL) {
		return EINVAL;
	}
	switch (protocol) {
	case PTHREAD_PRIO_NONE:
	case PTHREAD_PRIO_INHERIT:
		a->protocol = protocol;
		return 0;
	case PTHREAD_PRIO_PROTECT:
		return ENOTSUP;
	default:
		return EINVAL;
	}
}

int znet_pthread_mutexattr_getprotocol(const pthread_mutexattr_t *attr, int *protocol)
{
	struct znet_pthread_mutexattr *a = valid(attr);

	if (a == NULL || protocol == NULL) {
		return EINVAL;
	}
	*protocol = a->protocol;
	return 0;
}

/* ---- condition variables --------------------------------------------------------------------- */

int znet_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attr)
{
	struct znet_pthread_cond *cv = (struct znet_pthread_cond *)cond;
	const struct znet_pthread_condattr *a = (const struct znet_pthread_condattr *)attr;

	if (cv == NULL || (a != NULL && !a->valid)) {
		return EINVAL;
	}
	*cv = (struct znet_pthread_cond){.monotonic = a != NULL && a->monotonic};
	return 0;
}

int znet_pthread_cond_destroy(pthread_cond_t *cond)
{
	struct znet_pthread_cond *cv = (struct znet_pthread_cond *)cond;

	if (cv == NULL) {
		return EINVAL;
	}
	return __atomic_load_n(&cv->condvar.wait_q.head, __ATOMIC_RELAXED) != NULL ? EBUSY : 0;
}

int znet_pthread_cond_signal(pthread_cond_t *cond)
{
	struct znet_pthread_cond *cv = (struct znet_pthread_cond *)cond;

	if (cv == NULL) {
		return EINVAL;
	}
	(void)k_condvar_signal(&cv->condvar);
	return 0;
}

int znet_pthread_cond_broadcast(pthread_cond_t *cond)
{
	struct znet_pthread_cond *cv = (struct znet_pthread_cond *)cond;

	if (cv == NULL) {
		return EINVAL;
	}
	(void)k_condvar_broadcast(&cv->condvar);
	return 0;
}

static int wait(struct znet_pthread_cond *cv, pthread_mutex_t *mutex, k_timeout_t timeout)
{
	struct znet_pthread_mutex *m = (struct znet_pthread_mutex *)mutex;
	int err;

	if (m == NULL) {
		return EINVAL;
	}
	if (!is_mine(m)) {
		return EPERM;
	}
	znet_pthread_wait_begins();
	err = k_condvar_wait(&cv->condvar, &m->mutex, timeout);
	znet_pthread_wait_ends();
	return err == 0 ? 0 : ETIMEDOUT;
}

int znet_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	int err;

	if (cond == NULL) {
		return EINVAL;
	}
	err = wait((struct znet_pthread_cond *)cond, mutex, K_FOREVER);
	/* Woken without a signal, which POSIX allows. */
	return err == ETIMEDOUT ? 0 : err;
}

int znet_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *abstime)
{
	struct znet_pthread_cond *cv = (struct znet_pthread_cond *)cond;

	if (cv == NULL || !znet_is_span(abstime)) {
		return EINVAL;
	}
	return wait(cv, mutex, znet_until(abstime, cv->monotonic));
}

int znet_pthread_condattr_init(pthread_condattr_t *attr)
{
	if (attr == NULL) {
		return EINVAL;
	}
	*(struct znet_pthread_condattr *)attr = (struct znet_pthread_condattr){.valid = 1};
	return 0;
}

int znet_pthread_condattr_destroy(pthread_condattr_t *attr)
{
	struct znet_pthread_condattr *a = (struct znet_pthread_condattr *)attr;

	if (a == NULL || !a->valid) {
		return EINVAL;
	}
	a->valid = 0;
	return 0;
}

int znet_pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock_id)
{
	struct znet_pthread_condattr *a = (struct znet_pthread_condattr *)attr;

	if (a == NULL || !a->valid || (clock_id != CLOCK_REALTIME && clock_id != CLOCK_MONOTONIC)) {
		return EINVAL;
	}
	a->monotonic = clock_id == CLOCK_MONOTONIC;
	return 0;
}

int znet_pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock_id)
{
	const struct znet_pthread_condattr *a = (const struct znet_pthread_condattr *)attr;

	if (a == NULL || !a->valid || clock_id == NULL) {
		return EINVAL;
	}
	*clock_id = a->monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME;
	return 0;
}

#endif /* CONFIG_POSIX_THREADS */
