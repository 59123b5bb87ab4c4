// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Semaphores, mutexes, condition variables, events.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_SYNC_H_
#define ZEPHYR_INCLUDE_KERNEL_SYNC_H_

#include <limits.h>

#include <zephyr/kernel/thread.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A counting semaphore. */
struct k_sem {
	_wait_q_t wait_q;
	unsigned int count;
	unsigned int limit;
	Z_DECL_POLL_EVENT
};

#define K_SEM_MAX_LIMIT UINT_MAX

#define Z_SEM_INITIALIZER(obj, initial_count, count_limit)                                         \
	{Z_WAIT_Q_INIT(&(obj).wait_q), (initial_count), (count_limit), Z_POLL_Q_INIT}
/** Defines a semaphore of @p initial_count of at most @p count_limit tokens. */
#define K_SEM_DEFINE(name, initial_count, count_limit)                                             \
	STRUCT_SECTION_ITERABLE(k_sem, name) = Z_SEM_INITIALIZER(name, initial_count, count_limit); \
	BUILD_ASSERT((count_limit) != 0 && (count_limit) <= K_SEM_MAX_LIMIT &&                     \
		     ((initial_count) < (count_limit) || (initial_count) == (count_limit)))

/** 0, or -EINVAL if @p limit is 0 or below @p initial_count. */
int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit);
/**
 * Takes a token.
 *
 * @retval 0 taken
 * @retval -EBUSY none there, and @p timeout is K_NO_WAIT
 * @retval -EAGAIN none came in time, or k_sem_reset() was called
 */
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);
/** Gives one, to the most urgent waiter if there is any. For interrupts too. */
void k_sem_give(struct k_sem *sem);
/** Takes all tokens away and sends every waiter off with -EAGAIN. */
void k_sem_reset(struct k_sem *sem);
/** Tokens left. */
static inline unsigned int k_sem_count_get(struct k_sem *sem)
{
	return __atomic_load_n(&sem->count, __ATOMIC_RELAXED);
}

/** A mutex that its owner may lock again, and which lends the owner the priority of those who wait. */
struct k_mutex {
	_wait_q_t wait_q;
	struct k_thread *owner;
	uint32_t lock_count;
	int owner_orig_prio;
};

#define Z_MUTEX_INITIALIZER(obj) {Z_WAIT_Q_INIT(&(obj).wait_q), NULL, 0, 0}
#define K_MUTEX_DEFINE(name)                                                                       \
	STRUCT_SECTION_ITERABLE(k_mutex, name) = Z_MUTEX_INITIALIZER(name)

/** Returns 0. */
int k_mutex_init(struct k_mutex *mutex);
/**
 * Locks, not in interrupts.
 *
 * @retval 0 locked
 * @retval -EBUSY another thread has it, and @p timeout is K_NO_WAIT
 * @retval -EAGAIN another thread kept it
 */
int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);
/** 0, -EINVAL if it is not locked, -EPERM if another thread locked it. */
int k_mutex_unlock(struct k_mutex *mutex);

/** A condition variable. */
struct k_condvar {
	_wait_q_t wait_q;
};

#define Z_CONDVAR_INITIALIZER(obj) {Z_WAIT_Q_INIT(&obj.wait_q)}
#define K_CONDVAR_DEFINE(name)                                                                     \
	STRUCT_SECTION_ITERABLE(k_condvar, name) = Z_CONDVAR_INITIALIZER(name)

/** Returns 0. */
int k_condvar_init(struct k_condvar *condvar);
/** Wakes one waiter; returns 0. */
int k_condvar_signal(struct k_condvar *condvar);
/** Wakes all; returns how many. */
int k_condvar_broadcast(struct k_condvar *condvar);
/** Unlocks the mutex, waits, locks it again. 0, or -EAGAIN if nothing came in time. */
int k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout);

/** 32 event bits for which threads can wait. */
struct k_event {
	_wait_q_t wait_q;
	uint32_t events;
};

#define Z_EVENT_INITIALIZER(obj) {Z_WAIT_Q_INIT(&obj.wait_q), 0}
#define K_EVENT_DEFINE(name)     STRUCT_SECTION_ITERABLE(k_event, name) = Z_EVENT_INITIALIZER(name)

void k_event_init(struct k_event *event);
/** Adds bits. Like the next three, returns which of those concerned were set before. */
uint32_t k_event_post(struct k_event *event, uint32_t events);
/** Replaces all bits. */
uint32_t k_event_set(struct k_event *event, uint32_t events);
/** Replaces the bits of @p events_mask. */
uint32_t k_event_set_masked(struct k_event *event, uint32_t events, uint32_t events_mask);
/** Takes bits away. */
uint32_t k_event_clear(struct k_event *event, uint32_t events);
/**
 * Waits for any of the bits. With @p reset all bits are cleared first.
 *
 * @return the bits found, 0 if none came in time
 */
uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** The same for all of the bits. */
uint32_t k_event_wait_all(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** As k_event_wait(), and clears the bits it returns in the same moment. */
uint32_t k_event_wait_safe(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** As k_event_wait_all(), and clears the bits it returns in the same moment. */
uint32_t k_event_wait_all_safe(struct k_event *event, uint32_t events, bool reset,
			       k_timeout_t timeout);
/** Which of the bits are set. */
static inline uint32_t k_event_test(struct k_event *event, uint32_t events_mask)
{
	return k_event_wait(event, events_mask, false, K_NO_WAIT);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_SYNC_H_ */
