/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX's mutexes, condition variables, semaphores and their kin; clocks. */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <zephyr/kernel.h>
#include <zephyr/sys/fdtable.h>
#include <zephyr/ztest.h>

#define STACK_SIZE 1024

static K_THREAD_STACK_ARRAY_DEFINE(stacks, 2, STACK_SIZE);

static pthread_t start(int which, void *(*routine)(void *), void *arg)
{
	pthread_attr_t attr;
	pthread_t th;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_setstack(&attr, stacks[which], STACK_SIZE));
	zassert_ok(pthread_create(&th, &attr, routine, arg));
	return th;
}

static struct timespec soon(clockid_t clock_id)
{
	struct timespec at;

	zassert_ok(clock_gettime(clock_id, &at));
	at.tv_nsec += 50 * NSEC_PER_MSEC;
	if (at.tv_nsec >= NSEC_PER_SEC) {
		at.tv_sec++;
		at.tv_nsec -= NSEC_PER_SEC;
	}
	return at;
}

static const struct timespec no_time = {.tv_nsec = NSEC_PER_SEC};

ZTEST_SUITE(posix_sync, NULL, NULL, NULL, NULL, NULL);

/* ---- mutexes --------------------------------------------------------------------------------- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *from_elsewhere(void *arg)
{
	struct timespec at = soon(CLOCK_REALTIME);

	ARG_UNUSED(arg);
	zassert_equal(pthread_mutex_trylock(&mutex), EBUSY);
	zassert_equal(pthread_mutex_timedlock(&mutex, &at), ETIMEDOUT);
	zassert_equal(pthread_mutex_timedlock(&mutex, &no_time), EINVAL);
	zassert_equal(pthread_mutex_unlock(&mutex), EPERM);
	zassert_ok(pthread_mutex_lock(&mutex));
	zassert_ok(pthread_mutex_unlock(&mutex));
	return NULL;
}

ZTEST(posix_sync, test_mutex)
{
	pthread_t th;

	zassert_ok(pthread_mutex_lock(&mutex));
	zassert_equal(pthread_mutex_trylock(&mutex), EBUSY);
	zassert_equal(pthread_mutex_destroy(&mutex), EBUSY);
	th = start(0, from_elsewhere, NULL);
	usleep(100000);
	zassert_ok(pthread_mutex_unlock(&mutex));
	zassert_ok(pthread_join(th, NULL));
	zassert_equal(pthread_mutex_unlock(&mutex), EPERM);
	zassert_ok(pthread_mutex_destroy(&mutex));
}

ZTEST(posix_sync, test_mutex_types)
{
	struct timespec at = soon(CLOCK_REALTIME);
	pthread_mutexattr_t attr;
	pthread_mutex_t m;
	int value;

	zassert_ok(pthread_mutexattr_init(&attr));
	zassert_ok(pthread_mutexattr_gettype(&attr, &value));
	zassert_equal(value, PTHREAD_MUTEX_DEFAULT);
	zassert_equal(pthread_mutexattr_settype(&attr, 99), EINVAL);
	zassert_ok(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT));
	zassert_equal(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT), ENOTSUP);

	zassert_ok(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));
	zassert_ok(pthread_mutex_init(&m, &attr));
	zassert_ok(pthread_mutex_lock(&m));
	zassert_ok(pthread_mutex_lock(&m));
	zassert_ok(pthread_mutex_trylock(&m));
	for (int i = 0; i < 3; i++) {
		zassert_ok(pthread_mutex_unlock(&m));
	}
	zassert_equal(pthread_mutex_unlock(&m), EPERM);

	zassert_ok(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK));
	zassert_ok(pthread_mutex_init(&m, &attr));
	zassert_ok(pthread_mutex_lock(&m));
	zassert_equal(pthread_mutex_lock(&m), EDEADLK);
	zassert_ok(pthread_mutex_unlock(&m));

	zassert_ok(pthread_mutex_init(&m, NULL));
	zassert_ok(pthread_mutex_lock(&m));
	zassert_equal(pthread_mutex_timedlock(&m, &at), ETIMEDOUT);
	zassert_ok(pthread_mutex_unlock(&m));

	zassert_ok(pthread_mutexattr_destroy(&attr));
	zassert_equal(pthread_mutex_init(&m, &attr), EINVAL);
}

/* ---- condition variables --------------------------------------------------------------------- */

static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int waiting;
static int woken;

static void *wait_for_it(void *arg)
{
	ARG_UNUSED(arg);
	zassert_ok(pthread_mutex_lock(&mutex));
	waiting++;
	zassert_ok(pthread_cond_wait(&cond, &mutex));
	woken++;
	zassert_ok(pthread_mutex_unlock(&mutex));
	return NULL;
}

static void until_both_wait(void)
{
	bool both = false;

	while (!both) {
		usleep(1000);
		zassert_ok(pthread_mutex_lock(&mutex));
		both = waiting == 2;
		zassert_ok(pthread_mutex_unlock(&mutex));
	}
}

ZTEST(posix_sync, test_condition)
{
	pthread_t a, b;

	waiting = 0;
	woken = 0;
	a = start(0, wait_for_it, NULL);
	b = start(1, wait_for_it, NULL);
	until_both_wait();
	zassert_equal(pthread_cond_destroy(&cond), EBUSY);
	zassert_ok(pthread_cond_signal(&cond));
	usleep(10000);
	zassert_equal(woken, 1);
	zassert_ok(pthread_cond_broadcast(&cond));
	zassert_ok(pthread_join(a, NULL));
	zassert_ok(pthread_join(b, NULL));
	zassert_equal(woken, 2);
	zassert_ok(pthread_cond_destroy(&cond));
}

ZTEST(posix_sync, test_condition_times_out)
{
	struct timespec at = soon(CLOCK_MONOTONIC);
	pthread_condattr_t attr;
	pthread_cond_t cv;
	clockid_t clock_id;

	zassert_ok(pthread_condattr_init(&attr));
	zassert_ok(pthread_condattr_getclock(&attr, &clock_id));
	zassert_equal(clock_id, CLOCK_REALTIME);
	zassert_ok(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC));
	zassert_equal(pthread_condattr_setclock(&attr, 77), EINVAL);
	zassert_ok(pthread_cond_init(&cv, &attr));
	zassert_equal(pthread_cond_timedwait(&cv, &mutex, &at), EPERM, "not locked");
	zassert_ok(pthread_mutex_lock(&mutex));
	zassert_equal(pthread_cond_timedwait(&cv, &mutex, &no_time), EINVAL);
	zassert_equal(pthread_cond_timedwait(&cv, &mutex, &at), ETIMEDOUT);
	zassert_ok(pthread_mutex_unlock(&mutex), "locked again");
}

static void *cancelled_in_wait(void *arg)
{
	ARG_UNUSED(arg);
	zassert_ok(pthread_mutex_lock(&mutex));
	pthread_cleanup_push((void (*)(void *))pthread_mutex_unlock, &mutex);
	for (;;) {
		zassert_ok(pthread_cond_wait(&cond, &mutex));
	}
	pthread_cleanup_pop(1);
	return NULL;
}

ZTEST(posix_sync, test_cancelled_with_the_mutex_locked)
{
	pthread_t th = start(0, cancelled_in_wait, NULL);
	void *ret = NULL;

	usleep(1000);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, &ret));
	zassert_equal_ptr(ret, PTHREAD_CANCELED);
	zassert_ok(pthread_mutex_trylock(&mutex), "its handler has unlocked it");
	zassert_ok(pthread_mutex_unlock(&mutex));
}

/* ---- many readers or one writer -------------------------------------------------------------- */

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static int order;

static void *write_it(void *arg)
{
	zassert_equal(pthread_rwlock_trywrlock(&rwlock), EBUSY);
	zassert_ok(pthread_rwlock_wrlock(&rwlock));
	*(int *)arg = ++order;
	zassert_equal(pthread_rwlock_rdlock(&rwlock), EDEADLK);
	zassert_ok(pthread_rwlock_unlock(&rwlock));
	return NULL;
}

static void *read_it(void *arg)
{
	zassert_ok(pthread_rwlock_rdlock(&rwlock));
	*(int *)arg = ++order;
	zassert_ok(pthread_rwlock_unlock(&rwlock));
	return NULL;
}

ZTEST(posix_sync, test_readers_and_writers)
{
	struct timespec at = soon(CLOCK_REALTIME);
	int writer = 0, reader = 0;
	pthread_t a, b;

	order = 0;
	zassert_ok(pthread_rwlock_rdlock(&rwlock));
	zassert_ok(pthread_rwlock_tryrdlock(&rwlock));
	zassert_equal(pthread_rwlock_timedwrlock(&rwlock, &at), ETIMEDOUT);
	zassert_equal(pthread_rwlock_destroy(&rwlock), EBUSY);
	a = start(0, write_it, &writer);
	usleep(1000);
	b = start(1, read_it, &reader);
	usleep(1000);
	zassert_equal(order, 0);
	zassert_ok(pthread_rwlock_unlock(&rwlock));
	zassert_ok(pthread_rwlock_unlock(&rwlock));
	zassert_ok(pthread_join(a, NULL));
	zassert_ok(pthread_join(b, NULL));
	zassert_equal(writer, 1, "a writer that waits goes first");
	zassert_equal(reader, 2);
	zassert_equal(pthread_rwlock_unlock(&rwlock), EPERM);
	zassert_ok(pthread_rwlock_destroy(&rwlock));
}

/* ---- barriers, spin locks, once -------------------------------------------------------------- */

static pthread_barrier_t barrier;

static void *meet(void *arg)
{
	for (int i = 0; i < 3; i++) {
		*(int *)arg += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	}
	return NULL;
}

ZTEST(posix_sync, test_barrier)
{
	int a = 0, b = 0, here = 0;
	pthread_t th[2];

	zassert_equal(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
	zassert_ok(pthread_barrier_init(&barrier, NULL, 3));
	th[0] = start(0, meet, &a);
	th[1] = start(1, meet, &b);
	usleep(1000);
	zassert_equal(pthread_barrier_destroy(&barrier), EBUSY);
	meet(&here);
	zassert_ok(pthread_join(th[0], NULL));
	zassert_ok(pthread_join(th[1], NULL));
	zassert_equal(a + b + here, 3, "one of them each time");
	zassert_ok(pthread_barrier_destroy(&barrier));
}

ZTEST(posix_sync, test_spin_lock)
{
	pthread_spinlock_t spin;

	zassert_equal(pthread_spin_init(&spin, 9), EINVAL);
	zassert_ok(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
	zassert_ok(pthread_spin_lock(&spin));
	zassert_equal(pthread_spin_trylock(&spin), EBUSY);
	zassert_equal(pthread_spin_destroy(&spin), EBUSY);
	zassert_ok(pthread_spin_unlock(&spin));
	zassert_ok(pthread_spin_trylock(&spin));
	zassert_ok(pthread_spin_unlock(&spin));
	zassert_ok(pthread_spin_destroy(&spin));
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int inits;

static void slow_init(void)
{
	usleep(10000);
	inits++;
}

static void *init_it(void *arg)
{
	zassert_ok(pthread_once(&once, slow_init));
	*(int *)arg = inits;
	return NULL;
}

ZTEST(posix_sync, test_once)
{
	int a = 0, b = 0;
	pthread_t th[] = {start(0, init_it, &a), start(1, init_it, &b)};

	zassert_ok(pthread_join(th[0], NULL));
	zassert_ok(pthread_join(th[1], NULL));
	zassert_equal(inits, 1);
	zassert_true(a == 1 && b == 1, "nobody goes on before it is done");
}

/* ---- semaphores ------------------------------------------------------------------------------ */

static void *post_later(void *arg)
{
	usleep(10000);
	zassert_ok(sem_post(arg));
	return NULL;
}

ZTEST(posix_sync, test_semaphore)
{
	struct timespec at;
	pthread_t th;
	sem_t sem;
	int value;

	zassert_equal(sem_init(&sem, 1, 0), -1);
	zassert_equal(errno, ENOSYS);
	zassert_equal(sem_init(&sem, 0, SEM_VALUE_MAX + 1U), -1);
	zassert_equal(errno, EINVAL);
	zassert_ok(sem_init(&sem, 0, 1));
	zassert_ok(sem_wait(&sem));
	zassert_equal(sem_trywait(&sem), -1);
	zassert_equal(errno, EAGAIN);
	at = soon(CLOCK_REALTIME);
	zassert_equal(sem_timedwait(&sem, &at), -1);
	zassert_equal(errno, ETIMEDOUT);
	zassert_equal(sem_timedwait(&sem, &no_time), -1);
	zassert_equal(errno, EINVAL);
	th = start(0, post_later, &sem);
	zassert_ok(sem_wait(&sem));
	zassert_ok(pthread_join(th, NULL));
	zassert_ok(sem_post(&sem));
	zassert_ok(sem_getvalue(&sem, &value));
	zassert_equal(value, 1);
	zassert_ok(sem_destroy(&sem));
	zassert_ok(sem_init(&sem, 0, SEM_VALUE_MAX));
	zassert_equal(sem_post(&sem), -1);
	zassert_equal(errno, EOVERFLOW);
}

ZTEST(posix_sync, test_semaphore_by_name)
{
	sem_t *a, *b;

	zassert_equal_ptr(sem_open("/one", 0), SEM_FAILED);
	zassert_equal(errno, ENOENT);
	zassert_equal_ptr(sem_open("one", ZVFS_O_CREAT, 0, 0), SEM_FAILED);
	zassert_equal(errno, EINVAL);
	zassert_equal_ptr(sem_open("/a-name-that-is-too-long", ZVFS_O_CREAT, 0, 0), SEM_FAILED);
	zassert_equal(errno, ENAMETOOLONG);
	a = sem_open("/one", ZVFS_O_CREAT, 0, 3);
	zassert_not_null(a);
	zassert_equal_ptr(sem_open("/one", ZVFS_O_CREAT | ZVFS_O_EXCL, 0, 3), SEM_FAILED);
	zassert_equal(errno, EEXIST);
	b = sem_open("/one", 0);
	zassert_equal_ptr(a, b);
	zassert_ok(sem_unlink("/one"));
	zassert_equal(sem_unlink("/one"), -1);
	zassert_equal(errno, ENOENT);
	zassert_ok(sem_wait(a), "it lives as long as it is open");
	zassert_ok(sem_close(a));
	zassert_ok(sem_close(b));
	zassert_equal(sem_close(b), -1);
	zassert_equal(errno, EINVAL);
}

/* ---- clocks ---------------------------------------------------------------------------------- */

static int64_t ms_of(clockid_t clock_id)
{
	struct timespec now;

	zassert_ok(clock_gettime(clock_id, &now));
	return (int64_t)now.tv_sec * MSEC_PER_SEC + now.tv_nsec / NSEC_PER_MSEC;
}

ZTEST(posix_sync, test_clocks)
{
	struct timespec set = {.tv_sec = 1700000000, .tv_nsec = 5};
	struct timespec res;
	struct timeval tv;

	zassert_within(ms_of(CLOCK_MONOTONIC), k_uptime_get(), 2);
	zassert_ok(clock_settime(CLOCK_REALTIME, &set));
	zassert_within(ms_of(CLOCK_REALTIME), 1700000000LL * MSEC_PER_SEC, 2);
	zassert_ok(gettimeofday(&tv, NULL));
	zassert_equal(tv.tv_sec, 1700000000);
	zassert_equal(clock_settime(CLOCK_MONOTONIC, &set), -1);
	zassert_equal(errno, EINVAL);
	zassert_equal(clock_settime(CLOCK_REALTIME, &no_time), -1);
	zassert_equal(clock_gettime(1234, &set), -1);
	zassert_equal(errno, EINVAL);
	zassert_ok(clock_getres(CLOCK_MONOTONIC, &res));
	zassert_equal(res.tv_nsec, NSEC_PER_SEC / CONFIG_SYS_CLOCK_TICKS_PER_SEC);
}

ZTEST(posix_sync, test_sleep)
{
	struct timespec span = {.tv_nsec = 20 * NSEC_PER_MSEC};
	struct timespec left = {.tv_sec = 9};
	int64_t before = k_uptime_get();
	struct timespec at;

	zassert_ok(nanosleep(&span, &left));
	zassert_between_inclusive(k_uptime_get() - before, 20, 30);
	zassert_equal(left.tv_sec, 0);
	at = soon(CLOCK_MONOTONIC);
	before = k_uptime_get();
	zassert_ok(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL));
	zassert_between_inclusive(k_uptime_get() - before, 49, 60);
	before = k_uptime_get();
	zassert_ok(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL), "over");
	zassert_between_inclusive(k_uptime_get() - before, 0, 2);
	zassert_equal(nanosleep(&no_time, NULL), -1);
	zassert_equal(errno, EINVAL);
	before = k_uptime_get();
	zassert_ok(sleep(1));
	zassert_between_inclusive(k_uptime_get() - before, 1000, 1010);
	zassert_equal(usleep(USEC_PER_SEC), -1);
	zassert_equal(errno, EINVAL);
}
