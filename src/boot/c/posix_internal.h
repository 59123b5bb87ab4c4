/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of POSIX's threads share. The functions are defined by the names that the linker sees: the
 * declarations in <pthread.h> of a host carry attributes that would hide checks of arguments from the compiler.
 */
#ifndef ZNET_POSIX_INTERNAL_H_
#define ZNET_POSIX_INTERNAL_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/posix/pthread.h>
#include <zephyr/posix/semaphore.h>

/* Held for a few instructions: pools, and objects that consist of several words. */
extern struct k_mutex znet_posix_lock;

static inline void znet_posix_enter(void)
{
	(void)k_mutex_lock(&znet_posix_lock, K_FOREVER);
}

static inline void znet_posix_leave(void)
{
	(void)k_mutex_unlock(&znet_posix_lock);
}

static inline bool znet_is_span(const struct timespec *t)
{
	return t != NULL && t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < NSEC_PER_SEC;
}

/* A valid span as a timeout. */
k_timeout_t znet_for(const struct timespec *span);
/* What is left until a valid time of the clock; nothing if it is over. */
k_timeout_t znet_until(const struct timespec *when, bool monotonic);

/* Around a wait at which a thread may be cancelled. The second does not come back if it was. */
#if defined(CONFIG_POSIX_THREADS)
void znet_pthread_wait_begins(void);
void znet_pthread_wait_ends(void);
#else
static inline void znet_pthread_wait_begins(void)
{
}
static inline void znet_pthread_wait_ends(void)
{
}
#endif

FUNC_NORETURN void znet_pthread_exit(void *ret);

/* Ends what the thread keeps under keys, calling destructors. */
void znet_pthread_end_keys(void *values[]);
/* The calling thread's values; NULL if it is no POSIX thread. */
void **znet_pthread_values(void);

/* 0, or EINVAL if there is no such policy or priority. */
int znet_sched_check(int policy, int priority);
int znet_sched_to_kernel(int policy, int priority);

/* Passes a positive errno on as errno and -1. */
static inline int znet_posix_status(int err)
{
	if (err == 0) {
		return 0;
	}
	errno = err;
	return -1;
}

#endif /* ZNET_POSIX_INTERNAL_H_ */
