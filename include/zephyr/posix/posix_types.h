/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Types of POSIX threads.
 *
 * A host's C library has these types, and C++'s library stands on their sizes: they stay, and hold this library's
 * objects. Elsewhere the C library's are handles of a few bytes, or are missing: names of this library go past
 * them as macros.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_TYPES_H_
#define ZEPHYR_INCLUDE_POSIX_TYPES_H_

#include <sys/types.h>

#include <zephyr/kernel.h>
#include <zephyr/posix/posix_name.h>

struct znet_pthread_rwlock;
struct znet_pthread_barrier;

/* A host hides these from sources that ask for the language's standard alone. Before the
 * header, through which <zephyr/posix/pthread.h> may come. */
#if !defined(CONFIG_ARCH_POSIX) || (defined(__GLIBC__) && !defined(__USE_XOPEN2K))
#define pthread_rwlock_t      struct znet_pthread_rwlock
#define pthread_rwlockattr_t  int
#define pthread_barrier_t     struct znet_pthread_barrier
#define pthread_barrierattr_t int
#define pthread_spinlock_t    int
#endif

#if defined(CONFIG_ARCH_POSIX)
#include <pthread.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** How a thread is to be made. All members 0: not initialised. */
struct znet_pthread_attr {
	void *stack;      /**< NULL: one is allocated */
	size_t stacksize; /**< In bytes */
	size_t guardsize; /**< Kept, not used */
	int priority;     /**< From 0, more is more urgent */
	uint8_t policy;   /**< SCHED_FIFO, SCHED_RR or SCHED_OTHER */
	uint8_t detached; /**< PTHREAD_CREATE_DETACHED or _JOINABLE */
	uint8_t explicit_sched; /**< PTHREAD_EXPLICIT_SCHED or PTHREAD_INHERIT_SCHED */
	uint8_t scope;    /**< PTHREAD_SCOPE_SYSTEM or _PROCESS */
	bool valid;       /**< pthread_attr_init() has seen it */
};

/** A mutex; all 0: free, of type PTHREAD_MUTEX_DEFAULT. */
struct znet_pthread_mutex {
	struct k_mutex mutex;
	uint8_t type;     /**< PTHREAD_MUTEX_NORMAL, _RECURSIVE or _ERRORCHECK */
	uint8_t protocol; /**< PTHREAD_PRIO_NONE or _INHERIT: both inherit */
};

/** How a mutex is to be made. */
struct znet_pthread_mutexattr {
	uint8_t type: 2;
	uint8_t protocol: 2;
	uint8_t valid: 1;
};

/** A condition variable; all 0: nobody waits, and time is CLOCK_REALTIME. */
struct znet_pthread_cond {
	struct k_condvar condvar;
	uint8_t monotonic; /**< Time is CLOCK_MONOTONIC */
};

/** How a condition variable is to be made. */
struct znet_pthread_condattr {
	uint8_t monotonic: 1;
	uint8_t valid: 1;
};

/** A lock of many readers or one writer; all 0: free. */
struct znet_pthread_rwlock {
	struct k_condvar change;
	struct k_thread *writer;
	uint16_t readers;
	uint16_t writers_waiting;
};

/** A place where @p max threads wait for each other. */
struct znet_pthread_barrier {
	struct k_condvar full;
	uint32_t max;
	uint32_t count;
	uint32_t round;
};

#if !defined(CONFIG_ARCH_POSIX)
#define pthread_t             uint32_t
#define pthread_attr_t        struct znet_pthread_attr
#define pthread_mutex_t       struct znet_pthread_mutex
#define pthread_mutexattr_t   struct znet_pthread_mutexattr
#define pthread_cond_t        struct znet_pthread_cond
#define pthread_condattr_t    struct znet_pthread_condattr
#define pthread_key_t         uint32_t
#define pthread_once_t        int
#endif

/** A semaphore. */
typedef struct k_sem sem_t;

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_TYPES_H_ */
