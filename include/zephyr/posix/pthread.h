/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX threads: threads of the kernel with POSIX's rules.
 *
 * Calls return 0 or a positive errno. On hosts these names are for C: a C++ source keeps the host's, on which C++'s
 * own library stands; see docs/adr/0022.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_PTHREAD_H_
#define ZEPHYR_INCLUDE_POSIX_PTHREAD_H_

#include <zephyr/posix/posix_types.h>
#include <zephyr/posix/sched.h>
#include <zephyr/posix/time.h>

#if !(defined(CONFIG_ARCH_POSIX) && defined(__cplusplus))

#ifdef __cplusplus
extern "C" {
#endif

/* What a host has defined has the same values. */
#if !defined(CONFIG_ARCH_POSIX)
#undef PTHREAD_CREATE_JOINABLE
#undef PTHREAD_CREATE_DETACHED
#undef PTHREAD_SCOPE_SYSTEM
#undef PTHREAD_SCOPE_PROCESS
#undef PTHREAD_INHERIT_SCHED
#undef PTHREAD_EXPLICIT_SCHED
#define PTHREAD_CREATE_JOINABLE     0 /**< Somebody will join it */
#define PTHREAD_CREATE_DETACHED     1 /**< Nobody will */
#define PTHREAD_PROCESS_PRIVATE     0 /**< The only kind */
#define PTHREAD_PROCESS_SHARED      1 /**< Kept, without effect */
#define PTHREAD_CANCEL_ENABLE       0 /**< The thread may be cancelled */
#define PTHREAD_CANCEL_DISABLE      1 /**< It waits until it may */
#define PTHREAD_CANCEL_DEFERRED     0 /**< At pthread_testcancel() */
#define PTHREAD_CANCEL_ASYNCHRONOUS 1 /**< At once */
#define PTHREAD_SCOPE_SYSTEM        0 /**< Competes with all threads */
#define PTHREAD_SCOPE_PROCESS       1 /**< The same here */
#define PTHREAD_INHERIT_SCHED       0 /**< Priority of the creator */
#define PTHREAD_EXPLICIT_SCHED      1 /**< Priority of the attributes */
#define PTHREAD_MUTEX_NORMAL        0 /**< Locked twice it never comes back */
#define PTHREAD_MUTEX_RECURSIVE     1 /**< May be locked many times */
#define PTHREAD_MUTEX_ERRORCHECK    2 /**< Locked twice: EDEADLK */
#define PTHREAD_MUTEX_DEFAULT       PTHREAD_MUTEX_NORMAL /**< What a mutex is without attributes */
#define PTHREAD_PRIO_NONE           0 /**< Inherits all the same */
#define PTHREAD_PRIO_INHERIT        1 /**< The owner inherits the priority of those who wait */
#define PTHREAD_PRIO_PROTECT        2 /**< Not there */
#endif

#undef PTHREAD_CANCELED
#undef PTHREAD_BARRIER_SERIAL_THREAD
#undef PTHREAD_ONCE_INIT
#undef PTHREAD_MUTEX_INITIALIZER
#undef PTHREAD_COND_INITIALIZER
#undef PTHREAD_RWLOCK_INITIALIZER
#undef PTHREAD_STACK_MIN
#undef PTHREAD_KEYS_MAX
#undef PTHREAD_THREADS_MAX
#undef PTHREAD_DESTRUCTOR_ITERATIONS
#define PTHREAD_CANCELED              ((void *)-1) /**< What a cancelled thread returns */
#define PTHREAD_BARRIER_SERIAL_THREAD 1 /**< For one of those that passed a barrier */
#define PTHREAD_ONCE_INIT             0 /**< Not yet */
#define PTHREAD_MUTEX_INITIALIZER     {0} /**< A free mutex */
#define PTHREAD_COND_INITIALIZER      {0} /**< Nobody waits */
#define PTHREAD_RWLOCK_INITIALIZER    {0} /**< A free lock */
#define PTHREAD_STACK_MIN             K_KERNEL_STACK_LEN(0) /**< Least size of a stack */
#define PTHREAD_KEYS_MAX              CONFIG_POSIX_THREAD_KEYS_MAX /**< Keys at a time */
#define PTHREAD_THREADS_MAX           CONFIG_POSIX_THREAD_THREADS_MAX /**< Threads at a time */
#define PTHREAD_DESTRUCTOR_ITERATIONS 4 /**< Rounds of destructors at a thread's end */

/* Threads. */

/**
 * Starts a thread that calls @p routine. EINVAL for attributes that are none, EAGAIN without a free block
 * or stack.
 */
int pthread_create(pthread_t *th, const pthread_attr_t *attr, void *(*routine)(void *), void *arg)
	ZNET_NAME_FOR(znet_pthread_create);
/** Ends the calling thread, after its cleanup handlers and destructors. */
FUNC_NORETURN void pthread_exit(void *retval) ZNET_NAME_FOR(znet_pthread_exit);
/** Waits for the end. ESRCH for none, EINVAL for a detached thread, EDEADLK for oneself. */
int pthread_join(pthread_t th, void **status) ZNET_NAME_FOR(znet_pthread_join);
/** The same until CLOCK_REALTIME is @p abstime, then ETIMEDOUT. */
int pthread_timedjoin_np(pthread_t th, void **status, const struct timespec *abstime)
	ZNET_NAME_FOR(znet_pthread_timedjoin_np);
/** The same without waiting: EBUSY while it runs. */
int pthread_tryjoin_np(pthread_t th, void **status) ZNET_NAME_FOR(znet_pthread_tryjoin_np);
/** Nobody will join it. ESRCH for none, EINVAL when that was said before. */
int pthread_detach(pthread_t th) ZNET_NAME_FOR(znet_pthread_detach);
/** The calling thread; 0 for one that pthread_create() did not make. */
pthread_t pthread_self(void) ZNET_NAME_FOR(znet_pthread_self);
/** Not 0 if both are the same. */
int pthread_equal(pthread_t a, pthread_t b) ZNET_NAME_FOR(znet_pthread_equal);
/** Asks a thread to end. ESRCH for none. */
int pthread_cancel(pthread_t th) ZNET_NAME_FOR(znet_pthread_cancel);
/** Whether the calling thread may be cancelled; the old state goes to @p oldstate. EINVAL for other states. */
int pthread_setcancelstate(int state, int *oldstate) ZNET_NAME_FOR(znet_pthread_setcancelstate);
/** When it ends then. EINVAL for other types. */
int pthread_setcanceltype(int type, int *oldtype) ZNET_NAME_FOR(znet_pthread_setcanceltype);
/** Ends the calling thread if it was cancelled. */
void pthread_testcancel(void) ZNET_NAME_FOR(znet_pthread_testcancel);
/** Calls @p init, unless that was done before. */
int pthread_once(pthread_once_t *once, void (*init)(void)) ZNET_NAME_FOR(znet_pthread_once);
/** There are no other processes: ENOSYS. */
int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
	ZNET_NAME_FOR(znet_pthread_atfork);
/** 0: the implementation decides. */
int pthread_getconcurrency(void) ZNET_NAME_FOR(znet_pthread_getconcurrency);
/** Kept; EINVAL below 0, EAGAIN for what has no effect. */
int pthread_setconcurrency(int level) ZNET_NAME_FOR(znet_pthread_setconcurrency);
/** Names the thread. ESRCH for none. */
int pthread_setname_np(pthread_t th, const char *name) ZNET_NAME_FOR(znet_pthread_setname_np);
/** Copies the name. ERANGE if it does not fit. */
int pthread_getname_np(pthread_t th, char *name, size_t len) ZNET_NAME_FOR(znet_pthread_getname_np);
/** A thread's policy and priority. ESRCH for none. */
int pthread_getschedparam(pthread_t th, int *policy, struct sched_param *param)
	ZNET_NAME_FOR(znet_pthread_getschedparam);
/** Sets both. EINVAL for what is no policy or priority. */
int pthread_setschedparam(pthread_t th, int policy, const struct sched_param *param)
	ZNET_NAME_FOR(znet_pthread_setschedparam);
/** Sets the priority. */
int pthread_setschedprio(pthread_t th, int prio) ZNET_NAME_FOR(znet_pthread_setschedprio);

/* Attributes of threads. */

/** Attributes of a joinable thread with the creator's priority. */
int pthread_attr_init(pthread_attr_t *attr) ZNET_NAME_FOR(znet_pthread_attr_init);
/** Ends their use. */
int pthread_attr_destroy(pthread_attr_t *attr) ZNET_NAME_FOR(znet_pthread_attr_destroy);
/** Stack by address and size: a stack of the kernel's. EINVAL below PTHREAD_STACK_MIN. */
int pthread_attr_setstack(pthread_attr_t *attr, void *stackaddr, size_t stacksize)
	ZNET_NAME_FOR(znet_pthread_attr_setstack);
int pthread_attr_getstack(const pthread_attr_t *attr, void **stackaddr, size_t *stacksize)
	ZNET_NAME_FOR(znet_pthread_attr_getstack);
int pthread_attr_setstacksize(pthread_attr_t *attr, size_t stacksize)
	ZNET_NAME_FOR(znet_pthread_attr_setstacksize);
int pthread_attr_getstacksize(const pthread_attr_t *attr, size_t *stacksize)
	ZNET_NAME_FOR(znet_pthread_attr_getstacksize);
/** Kept, without effect. */
int pthread_attr_setguardsize(pthread_attr_t *attr, size_t guardsize)
	ZNET_NAME_FOR(znet_pthread_attr_setguardsize);
int pthread_attr_getguardsize(const pthread_attr_t *attr, size_t *guardsize)
	ZNET_NAME_FOR(znet_pthread_attr_getguardsize);
int pthread_attr_setdetachstate(pthread_attr_t *attr, int detachstate)
	ZNET_NAME_FOR(znet_pthread_attr_setdetachstate);
int pthread_attr_getdetachstate(const pthread_attr_t *attr, int *detachstate)
	ZNET_NAME_FOR(znet_pthread_attr_getdetachstate);
int pthread_attr_setschedpolicy(pthread_attr_t *attr, int policy)
	ZNET_NAME_FOR(znet_pthread_attr_setschedpolicy);
int pthread_attr_getschedpolicy(const pthread_attr_t *attr, int *policy)
	ZNET_NAME_FOR(znet_pthread_attr_getschedpolicy);
int pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *param)
	ZNET_NAME_FOR(znet_pthread_attr_setschedparam);
int pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *param)
	ZNET_NAME_FOR(znet_pthread_attr_getschedparam);
int pthread_attr_setinheritsched(pthread_attr_t *attr, int inheritsched)
	ZNET_NAME_FOR(znet_pthread_attr_setinheritsched);
int pthread_attr_getinheritsched(const pthread_attr_t *attr, int *inheritsched)
	ZNET_NAME_FOR(znet_pthread_attr_getinheritsched);
/** ENOTSUP for PTHREAD_SCOPE_PROCESS, as all threads compete. */
int pthread_attr_setscope(pthread_attr_t *attr, int scope)
	ZNET_NAME_FOR(znet_pthread_attr_setscope);
int pthread_attr_getscope(const pthread_attr_t *attr, int *scope)
	ZNET_NAME_FOR(znet_pthread_attr_getscope);

/* Values that each thread has for itself. */

/** A new key. EAGAIN when there is none left. */
int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
	ZNET_NAME_FOR(znet_pthread_key_create);
/** Ends it, without destructors. */
int pthread_key_delete(pthread_key_t key) ZNET_NAME_FOR(znet_pthread_key_delete);
/** Sets the calling thread's value. EINVAL for other keys, and in threads that are no POSIX threads. */
int pthread_setspecific(pthread_key_t key, const void *value)
	ZNET_NAME_FOR(znet_pthread_setspecific);
/** The calling thread's value, NULL for none. */
void *pthread_getspecific(pthread_key_t key) ZNET_NAME_FOR(znet_pthread_getspecific);

/* Mutexes. */

int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_mutex_init);
/** EBUSY while it is locked. */
int pthread_mutex_destroy(pthread_mutex_t *m) ZNET_NAME_FOR(znet_pthread_mutex_destroy);
/** Locks. What a second lock by the owner does, the type says; EAGAIN at too many locks. */
int pthread_mutex_lock(pthread_mutex_t *m) ZNET_NAME_FOR(znet_pthread_mutex_lock);
/** Locks, or EBUSY. */
int pthread_mutex_trylock(pthread_mutex_t *m) ZNET_NAME_FOR(znet_pthread_mutex_trylock);
/** Locks until CLOCK_REALTIME is @p abstime, then ETIMEDOUT. */
int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *abstime)
	ZNET_NAME_FOR(znet_pthread_mutex_timedlock);
/** EPERM if the caller did not lock it. */
int pthread_mutex_unlock(pthread_mutex_t *m) ZNET_NAME_FOR(znet_pthread_mutex_unlock);
int pthread_mutexattr_init(pthread_mutexattr_t *attr) ZNET_NAME_FOR(znet_pthread_mutexattr_init);
int pthread_mutexattr_destroy(pthread_mutexattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_mutexattr_destroy);
int pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type)
	ZNET_NAME_FOR(znet_pthread_mutexattr_settype);
int pthread_mutexattr_gettype(const pthread_mutexattr_t *attr, int *type)
	ZNET_NAME_FOR(znet_pthread_mutexattr_gettype);
/** ENOTSUP for PTHREAD_PRIO_PROTECT. */
int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attr, int protocol)
	ZNET_NAME_FOR(znet_pthread_mutexattr_setprotocol);
int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *attr, int *protocol)
	ZNET_NAME_FOR(znet_pthread_mutexattr_getprotocol);

/* Condition variables. */

int pthread_cond_init(pthread_cond_t *cv, const pthread_condattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_cond_init);
int pthread_cond_destroy(pthread_cond_t *cv) ZNET_NAME_FOR(znet_pthread_cond_destroy);
/** Wakes the most urgent waiter. */
int pthread_cond_signal(pthread_cond_t *cv) ZNET_NAME_FOR(znet_pthread_cond_signal);
/** Wakes all. */
int pthread_cond_broadcast(pthread_cond_t *cv) ZNET_NAME_FOR(znet_pthread_cond_broadcast);
/** Unlocks @p m, waits, locks it again. EPERM if the caller has not locked it. */
int pthread_cond_wait(pthread_cond_t *cv, pthread_mutex_t *m) ZNET_NAME_FOR(znet_pthread_cond_wait);
/** The same until the variable's clock says @p abstime, then ETIMEDOUT. */
int pthread_cond_timedwait(pthread_cond_t *cv, pthread_mutex_t *m, const struct timespec *abstime)
	ZNET_NAME_FOR(znet_pthread_cond_timedwait);
int pthread_condattr_init(pthread_condattr_t *attr) ZNET_NAME_FOR(znet_pthread_condattr_init);
int pthread_condattr_destroy(pthread_condattr_t *attr) ZNET_NAME_FOR(znet_pthread_condattr_destroy);
/** CLOCK_REALTIME or CLOCK_MONOTONIC, else EINVAL. */
int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock_id)
	ZNET_NAME_FOR(znet_pthread_condattr_setclock);
int pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock_id)
	ZNET_NAME_FOR(znet_pthread_condattr_getclock);

/* Locks of many readers or one writer. Writers that wait go before new readers. */

int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_rwlock_init);
/** EBUSY while it is locked. */
int pthread_rwlock_destroy(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_destroy);
/** EDEADLK for the writer itself. */
int pthread_rwlock_rdlock(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_rdlock);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_tryrdlock);
int pthread_rwlock_timedrdlock(pthread_rwlock_t *l, const struct timespec *abstime)
	ZNET_NAME_FOR(znet_pthread_rwlock_timedrdlock);
int pthread_rwlock_wrlock(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_wrlock);
int pthread_rwlock_trywrlock(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_trywrlock);
int pthread_rwlock_timedwrlock(pthread_rwlock_t *l, const struct timespec *abstime)
	ZNET_NAME_FOR(znet_pthread_rwlock_timedwrlock);
/** EPERM if nobody has locked it, or another writer. */
int pthread_rwlock_unlock(pthread_rwlock_t *l) ZNET_NAME_FOR(znet_pthread_rwlock_unlock);
int pthread_rwlockattr_init(pthread_rwlockattr_t *attr) ZNET_NAME_FOR(znet_pthread_rwlockattr_init);
int pthread_rwlockattr_destroy(pthread_rwlockattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_rwlockattr_destroy);
int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attr, int pshared)
	ZNET_NAME_FOR(znet_pthread_rwlockattr_setpshared);
int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *attr, int *pshared)
	ZNET_NAME_FOR(znet_pthread_rwlockattr_getpshared);

/* Barriers. */

/** EINVAL for 0 threads. */
int pthread_barrier_init(pthread_barrier_t *b, const pthread_barrierattr_t *attr,
	unsigned int count) ZNET_NAME_FOR(znet_pthread_barrier_init);
/** EBUSY while a thread waits. */
int pthread_barrier_destroy(pthread_barrier_t *b) ZNET_NAME_FOR(znet_pthread_barrier_destroy);
/** Waits until all are there; one of them gets PTHREAD_BARRIER_SERIAL_THREAD, the others 0. */
int pthread_barrier_wait(pthread_barrier_t *b) ZNET_NAME_FOR(znet_pthread_barrier_wait);
int pthread_barrierattr_init(pthread_barrierattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_barrierattr_init);
int pthread_barrierattr_destroy(pthread_barrierattr_t *attr)
	ZNET_NAME_FOR(znet_pthread_barrierattr_destroy);
int pthread_barrierattr_setpshared(pthread_barrierattr_t *attr, int pshared)
	ZNET_NAME_FOR(znet_pthread_barrierattr_setpshared);
int pthread_barrierattr_getpshared(const pthread_barrierattr_t *attr, int *pshared)
	ZNET_NAME_FOR(znet_pthread_barrierattr_getpshared);

/* Locks that are asked for again and again, for short sections. */

int pthread_spin_init(pthread_spinlock_t *lock, int pshared) ZNET_NAME_FOR(znet_pthread_spin_init);
int pthread_spin_destroy(pthread_spinlock_t *lock) ZNET_NAME_FOR(znet_pthread_spin_destroy);
int pthread_spin_lock(pthread_spinlock_t *lock) ZNET_NAME_FOR(znet_pthread_spin_lock);
/** EBUSY. */
int pthread_spin_trylock(pthread_spinlock_t *lock) ZNET_NAME_FOR(znet_pthread_spin_trylock);
int pthread_spin_unlock(pthread_spinlock_t *lock) ZNET_NAME_FOR(znet_pthread_spin_unlock);

/* A handler that runs when the thread ends between push and pop. */
struct znet_pthread_cleanup {
	struct znet_pthread_cleanup *next;
	void (*routine)(void *arg);
	void *arg;
};
void znet_pthread_cleanup_push(struct znet_pthread_cleanup *entry, void (*routine)(void *arg), void *arg);
void znet_pthread_cleanup_pop(int execute);

#undef pthread_cleanup_push
#undef pthread_cleanup_pop
/** Adds a handler; opens a block. */
#define pthread_cleanup_push(rtn, arg)                                                             \
	do {                                                                                       \
		struct znet_pthread_cleanup z_cleanup;                                             \
		znet_pthread_cleanup_push(&z_cleanup, rtn, arg)
/** Takes the last handler away, calling it if @p ex is not 0; closes the block. */
#define pthread_cleanup_pop(ex)                                                                    \
		znet_pthread_cleanup_pop(ex);                                                      \
	} while (0)

#ifdef __cplusplus
}
#endif

#endif /* a host's C++ */

#endif /* ZEPHYR_INCLUDE_POSIX_PTHREAD_H_ */
