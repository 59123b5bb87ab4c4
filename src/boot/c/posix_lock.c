// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's other ways to wait for each other, and what each thread has for itself: locks of many readers, barriers,
 * spin locks, things done once, keys.
 */
#if defined(CONFIG_POSIX_THREADS)

#include "posix_internal.h"

BUILD_ASSERT(sizeof(struct znet_pthread_rwlock) <= sizeof(pthread_rwlock_t));
BUILD_ASSERT(sizeof(struct znet_pthread_barrier) <= sizeof(pthread_barrier_t));

/* ---- locks of many readers or one writer ----------------------------------------------------- */

int znet_pthread_rwlock_init(pthread_rwlock_t *rwlock, const pthread_rwlockattr_t *attr)
{
	ARG_UNUSED(attr);
	if (rwlock == NULL) {
		return EINVAL;
	}
	*(struct znet_pthread_rwlock *)rwlock = (struct znet_pthread_rwlock){0};
	return 0;
}

int znet_pthread_rwlock_destroy(pthread_rwlock_t *rwlock)
{
	struct znet_pthread_rwlock *l = (struct znet_pthread_rwlock *)rwlock;

	if (l == NULL) {
		return EINVAL;
	}
	return l->writer != NULL || l->readers > 0 || l->writers_waiting > 0 ? EBUSY : 0;
}

/* Under the lock; 0, EBUSY, or an error that no waiting mends. */
static int try(struct znet_pthread_rwlock *l, bool write)
{
	if (l->writer == k_current_get()) {
		return EDEADLK;
	}
	if (l->writer != NULL || (write ? l->readers > 0 : l->writers_waiting > 0)) {
		return EBUSY;
	}
	if (write) {
		l->writer = k_current_get();
	} else if (l->readers == UINT16_MAX) {
		return EAGAIN;
	} else {
		l->readers++;
	}
	return 0;
}

static int lock(pthread_rwlock_t *rwlock, bool write, k_timeout_t timeout)
{
	struct znet_pthread_rwlock *l = (struct znet_pthread_rwlock *)rwlock;
	k_timepoint_t end = sys_timepoint_calc(timeout);
	int err;

	if (l == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	err = try(l, write);
	if (err == EBUSY && !K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		l->writers_waiting += write;
		while (err == EBUSY && !sys_timepoint_expired(end)) {
			(void)k_condvar_wait(&l->change, &znet_posix_lock, sys_timepoint_timeout(end));
			err = try(l, write);
		}
		l->writers_waiting -= write;
		if (err == EBUSY) {
			/* Readers may have waited for this writer. */
			(void)k_condvar_broadcast(&l->change);
			err = ETIMEDOUT;
		}
	}
	znet_posix_leave();
	return err;
}

static int timed_lock(pthread_rwlock_t *rwlock, bool write, const struct timespec *abstime)
{
	int err = lock(rwlock, write, K_NO_WAIT);
	k_timeout_t timeout;

	if (err != EBUSY) {
		return err;
	}
	if (!znet_is_span(abstime)) {
		return EINVAL;
	}
	timeout = znet_until(abstime, false);
	return K_TIMEOUT_EQ(timeout, K_NO_WAIT) ? ETIMEDOUT : lock(rwlock, write, timeout);
}

int znet_pthread_rwlock_rdlock(pthread_rwlock_t *rwlock)
{
	return lock(rwlock, false, K_FOREVER);
}

int znet_pthread_rwlock_tryrdlock(pthread_rwlock_t *rwlock)
{
	int err = lock(rwlock, false, K_NO_WAIT);

	return err == EDEADLK ? EBUSY : err;
}

int znet_pthread_rwlock_timedrdlock(pthread_rwlock_t *rwlock, const struct timespec *abstime)
{
	return timed_lock(rwlock, false, abstime);
}

int znet_pthread_rwlock_wrlock(pthread_rwlock_t *rwlock)
{
	return lock(rwlock, true, K_FOREVER);
}

int znet_pthread_rwlock_trywrlock(pthread_rwlock_t *rwlock)
{
	int err = lock(rwlock, true, K_NO_WAIT);

	return err == EDEADLK ? EBUSY : err;
}

int znet_pthread_rwlock_timedwrlock(pthread_rwlock_t *rwlock, const struct timespec *abstime)
{
	return timed_lock(rwlock, true, abstime);
}

int znet_pthread_rwlock_unlock(pthread_rwlock_t *rwlock)
{
	struct znet_pthread_rwlock *l = (struct znet_pthread_rwlock *)rwlock;
	int err = 0;

	if (l == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	if (l->writer == k_current_get()) {
		l->writer = NULL;
	} else if (l->writer == NULL && l->readers > 0) {
		l->readers--;
	} else {
		err = EPERM;
	}
	if (err == 0 && l->readers == 0) {
		(void)k_condvar_broadcast(&l->change);
	}
	znet_posix_leave();
	return err;
}

/* ---- barriers -------------------------------------------------------------------------------- */

int znet_pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attr, unsigned int count)
{
	ARG_UNUSED(attr);
	if (barrier == NULL || count == 0) {
		return EINVAL;
	}
	*(struct znet_pthread_barrier *)barrier = (struct znet_pthread_barrier){.max = count};
	return 0;
}

int znet_pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	struct znet_pthread_barrier *b = (struct znet_pthread_barrier *)barrier;
	int err;

	if (b == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	err = b->count > 0 ? EBUSY : 0;
	znet_posix_leave();
	return err;
}

int znet_pthread_barrier_wait(pthread_barrier_t *barrier)
{
	struct znet_pthread_barrier *b = (struct znet_pthread_barrier *)barrier;
	uint32_t round;
	int ret = 0;

	if (b == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	round = b->round;
	b->count++;
	if (b->count >= b->max) {
		b->count = 0;
		b->round++;
		(void)k_condvar_broadcast(&b->full);
		ret = PTHREAD_BARRIER_SERIAL_THREAD;
	}
	while (b->round == round) {
		(void)k_condvar_wait(&b->full, &znet_posix_lock, K_FOREVER);
	}
	znet_posix_leave();
	return ret;
}

/* ---- attributes that only say who shares: everybody ------------------------------------------ */

#define SHARED_ATTR(name)                                                                          \
	int znet_pthread_##name##_init(pthread_##name##_t *attr)                                   \
	{                                                                                          \
		if (attr == NULL) {                                                                \
			return EINVAL;                                                             \
		}                                                                                  \
		*(int *)attr = PTHREAD_PROCESS_PRIVATE;                                            \
		return 0;                                                                          \
	}                                                                                          \
	int znet_pthread_##name##_destroy(pthread_##name##_t *attr)                                \
	{                                                                                          \
		return attr == NULL ? EINVAL : 0;                                                  \
	}                                                                                          \
	int znet_pthread_##name##_setpshared(pthread_##name##_t *attr, int pshared)                \
	{                                                                                          \
		if (attr == NULL ||                                                                \
		    (pshared != PTHREAD_PROCESS_PRIVATE && pshared != PTHREAD_PROCESS_SHARED)) {   \
			return EINVAL;                                                             \
		}                                                                                  \
		*(int *)attr = pshared;                                                            \
		return 0;                                                                          \
	}                                                                                          \
	int znet_pthread_##name##_getpshared(const pthread_##name##_t *attr, int *pshared)         \
	{                                                                                          \
		if (attr == NULL || pshared == NULL) {                                             \
			return EINVAL;                                                             \
		}                                                                                  \
		*pshared = *(const int *)attr;                                                     \
		return 0;                                                                          \
	}

SHARED_ATTR(rwlockattr)
SHARED_ATTR(barrierattr)

/* ---- spin locks ------------------------------------------------------------------------------ */

int znet_pthread_spin_init(pthread_spinlock_t *spin, int pshared)
{
	if (spin == NULL || (pshared != PTHREAD_PROCESS_PRIVATE && pshared != PTHREAD_PROCESS_SHARED)) {
		return EINVAL;
	}
	*spin = 0;
	return 0;
}

int znet_pthread_spin_destroy(pthread_spinlock_t *spin)
{
	if (spin == NULL) {
		return EINVAL;
	}
	return *spin != 0 ? EBUSY : 0;
}

int znet_pthread_spin_trylock(pthread_spinlock_t *spin)
{
	unsigned int key;
	int err = EBUSY;

	if (spin == NULL) {
		return EINVAL;
	}
	/* Not by the compiler's atomics: small processors have none. */
	key = irq_lock();
	if (*spin == 0) {
		*spin = 1;
		err = 0;
	}
	irq_unlock(key);
	return err;
}

int znet_pthread_spin_lock(pthread_spinlock_t *spin)
{
	int err;

	while ((err = znet_pthread_spin_trylock(spin)) == EBUSY) {
		/* Whoever has it may be less urgent. */
		(void)k_sleep(K_TICKS(1));
	}
	return err;
}

int znet_pthread_spin_unlock(pthread_spinlock_t *spin)
{
	unsigned int key;

	if (spin == NULL) {
		return EINVAL;
	}
	key = irq_lock();
	*spin = 0;
	irq_unlock(key);
	return 0;
}

/* ---- things done once ------------------------------------------------------------------------ */

enum {
	NOT_YET,
	AT_IT,
	DONE,
};

static struct k_condvar once_done;

int znet_pthread_once(pthread_once_t *once, void (*init)(void))
{
	int *state = (int *)once;
	bool mine;

	if (state == NULL || init == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	while (*state == AT_IT) {
		(void)k_condvar_wait(&once_done, &znet_posix_lock, K_FOREVER);
	}
	mine = *state != DONE;
	if (mine) {
		*state = AT_IT;
	}
	znet_posix_leave();
	if (mine) {
		init();
		znet_posix_enter();
		*state = DONE;
		(void)k_condvar_broadcast(&once_done);
		znet_posix_leave();
	}
	return 0;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static struct {
	void (*destructor)(void *value);
	bool used;
} keys[CONFIG_POSIX_THREAD_KEYS_MAX];

int znet_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int err = EAGAIN;

	if (key == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!keys[i].used) {
			keys[i].used = true;
			keys[i].destructor = destructor;
			*key = i;
			err = 0;
			break;
		}
	}
	znet_posix_leave();
	return err;
}

static bool is_key(pthread_key_t key)
{
	return key < ARRAY_SIZE(keys) && keys[key].used;
}

int znet_pthread_key_delete(pthread_key_t key)
{
	int err = EINVAL;

	znet_posix_enter();
	if (is_key(key)) {
		keys[key].used = false;
		err = 0;
	}
	znet_posix_leave();
	return err;
}

int znet_pthread_setspecific(pthread_key_t key, const void *value)
{
	void **values = znet_pthread_values();

	if (values == NULL || !is_key(key)) {
		return EINVAL;
	}
	values[key] = (void *)value;
	return 0;
}

void *znet_pthread_getspecific(pthread_key_t key)
{
	void **values = znet_pthread_values();

	return values != NULL && is_key(key) ? values[key] : NULL;
}

void znet_pthread_end_keys(void *values[])
{
	bool again = true;

	/* A destructor may set values anew. */
	for (int round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
		again = false;
		for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
			void *value = values[i];

			if (value != NULL && keys[i].used && keys[i].destructor != NULL) {
				values[i] = NULL;
				keys[i].destructor(value);
				again = true;
			}
		}
	}
}

#endif /* CONFIG_POSIX_THREADS */
