// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Threads: creation, life, priorities, sleep.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_THREAD_H_
#define ZEPHYR_INCLUDE_KERNEL_THREAD_H_

#include <errno.h>

#include <zephyr/kernel/thread_stack.h>
#include <zephyr/kernel/wait_q.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys_clock.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Priorities: negative ones are cooperative and not preempted, 0 and above are; lower is more urgent. */
#define K_PRIO_COOP(x)                     (-(CONFIG_NUM_COOP_PRIORITIES - (x)))
#define K_PRIO_PREEMPT(x)                  (x)
#define K_HIGHEST_THREAD_PRIO              (-CONFIG_NUM_COOP_PRIORITIES)
#define K_LOWEST_THREAD_PRIO               CONFIG_NUM_PREEMPT_PRIORITIES
#define K_IDLE_PRIO                        K_LOWEST_THREAD_PRIO
#define K_HIGHEST_APPLICATION_THREAD_PRIO  (K_HIGHEST_THREAD_PRIO)
#define K_LOWEST_APPLICATION_THREAD_PRIO   (K_LOWEST_THREAD_PRIO - 1)

/* Options of a thread. The kernel keeps them; only K_ESSENTIAL means anything: its end is the system's. */
#define K_ESSENTIAL     (BIT(0))
#define K_FP_IDX        1
#define K_FP_REGS       (BIT(K_FP_IDX))
#define K_USER          (BIT(2))
#define K_INHERIT_PERMS (BIT(3))
#define K_CALLBACK_STATE (BIT(4))
#define K_DSP_IDX       6
#define K_DSP_REGS      (BIT(K_DSP_IDX))
#define K_AGU_IDX       7
#define K_AGU_REGS      (BIT(K_AGU_IDX))
#define K_SSE_REGS      (BIT(7))

/** What a call runs in. */
enum execution_context_types {
	K_ISR = 0,
	K_COOP_THREAD,
	K_PREEMPT_THREAD,
};

struct k_heap;
struct k_thread;
/** Handle of a thread. */
typedef struct k_thread *k_tid_t;
typedef void (*k_thread_entry_t)(void *p1, void *p2, void *p3);
typedef void (*k_thread_user_cb_t)(const struct k_thread *thread, void *user_data);

/** The part of a thread that the port keeps. */
struct _thread_base {
	void *port;
	void (*entry)(uintptr_t argument);
	uintptr_t argument;
	void *waiter;
	const char *name;
	void (*on_end)(struct _thread_base *thread);
	void *custom_data;
	_wait_q_t joiners;
	int prio; /* in force; a mutex may have raised it */
	int base_prio;
	uint32_t mutexes;
	uint8_t state;
	uint8_t end_requested;
	uint8_t is_k_thread;
};

/** Longest name of a thread, with its NUL. */
#if defined(CONFIG_THREAD_MAX_NAME_LEN)
#define Z_THREAD_NAME_LEN CONFIG_THREAD_MAX_NAME_LEN
#else
#define Z_THREAD_NAME_LEN 1
#endif

/** A thread. Its members are the kernel's. */
struct k_thread {
	struct _thread_base base;
	struct k_thread *next_thread;
	struct {
		k_thread_entry_t pEntry;
		void *parameter1;
		void *parameter2;
		void *parameter3;
	} entry;
	struct _timeout start;
	struct {
		uintptr_t start;
		size_t size;
		size_t delta;
	} stack_info;
	struct k_heap *resource_pool;
	uint32_t user_options;
	char name[Z_THREAD_NAME_LEN];
};
typedef struct k_thread _thread_t;

/** Run-time statistics; none are gathered. */
typedef struct k_thread_runtime_stats {
	uint64_t execution_cycles;
	uint64_t total_cycles;
} k_thread_runtime_stats_t;

/**
 * Makes a thread and starts it after @p delay (K_NO_WAIT: at once, K_FOREVER: by k_thread_start()).
 *
 * @param new_thread storage, of no living thread
 * @param stack      made by K_THREAD_STACK_DEFINE() or its kin
 * @param stack_size K_THREAD_STACK_SIZEOF(stack)
 * @return the handle, which is @p new_thread
 */
k_tid_t k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay);
/** Starts a thread that waits for it or for its delay. */
void k_thread_start(k_tid_t thread);
/** Goes on with @p entry as though the thread had been dropped to user mode, which does not exist. */
FUNC_NORETURN void k_thread_user_mode_enter(k_thread_entry_t entry, void *p1, void *p2, void *p3);
/**
 * Waits until the thread has ended.
 *
 * @retval 0 it has
 * @retval -EBUSY it lives, and @p timeout is K_NO_WAIT
 * @retval -EAGAIN it still lives after @p timeout
 * @retval -EDEADLK it is the caller
 */
int k_thread_join(struct k_thread *thread, k_timeout_t timeout);
/**
 * Ends a thread, at once unless it is running on another processor: then where it waits next. Its cleanup is its
 * own affair.
 */
void k_thread_abort(k_tid_t thread);
/** Stops a thread until k_thread_resume(): at once, or where it waits next. */
void k_thread_suspend(k_tid_t thread);
void k_thread_resume(k_tid_t thread);

/** The calling thread. */
k_tid_t k_sched_current_thread_query(void);
static inline k_tid_t k_current_get(void)
{
	return k_sched_current_thread_query();
}

int k_thread_priority_get(k_tid_t thread);
/** Gives the thread another priority; one lent to it by a mutex stays in force until given back. */
void k_thread_priority_set(k_tid_t thread, int prio);

/**
 * Sleeps.
 *
 * @return 0, or the milliseconds left if k_wakeup() ended it
 */
int32_t k_sleep(k_timeout_t timeout);
static inline int32_t k_msleep(int32_t ms)
{
	return k_sleep(Z_TIMEOUT_MS(ms));
}
/** Sleeps so many microseconds; returns those left if woken. */
int32_t k_usleep(int32_t us);
/** Keeps the processor busy so long. */
void k_busy_wait(uint32_t usec_to_wait);
/** Ends the sleep or the wait of a thread; starts one that waits for its delay. */
void k_wakeup(k_tid_t thread);
/** Lets threads of the same priority run. */
void k_yield(void);
/** False in interrupts. */
bool k_can_yield(void);
/** Lets a more urgent thread run that became ready meanwhile. */
void k_reschedule(void);
/** Keeps other threads from taking the processor until k_sched_unlock(); nests. Other processors run on. */
void k_sched_lock(void);
void k_sched_unlock(void);
/** Threads of one priority take turns as the host sees fit; both calls do nothing. */
void k_sched_time_slice_set(int32_t slice, int prio);

/** Runs in an interrupt, or in a callback that Zephyr runs in one. */
bool k_is_in_isr(void);
/** The calling thread has a priority of 0 or above. */
int k_is_preempt_thread(void);
/** The start-up has not come to POST_KERNEL. */
bool k_is_pre_kernel(void);

/** One pointer for the thread itself. */
void k_thread_custom_data_set(void *value);
void *k_thread_custom_data_get(void);

/** Names a thread (NULL: the caller). -EINVAL is kept for user mode; 0, or -ENOSYS without CONFIG_THREAD_NAME. */
int k_thread_name_set(k_tid_t thread, const char *str);
/** The name, empty if it has none. NULL without CONFIG_THREAD_NAME. */
const char *k_thread_name_get(k_tid_t thread);
/** Copies the name; -ENOSPC if it does not fit, -ENOSYS without CONFIG_THREAD_NAME. */
int k_thread_name_copy(k_tid_t thread, char *buf, size_t size);
/** Writes the thread's state in words; returns @p buf. */
const char *k_thread_state_str(k_tid_t thread_id, char *buf, size_t buf_size);

/** Calls @p user_cb for each thread, with the list locked. */
void k_thread_foreach(k_thread_user_cb_t user_cb, void *user_data);
/** The same without the lock, so that @p user_cb may wait; threads that end meanwhile may be missed. */
void k_thread_foreach_unlocked(k_thread_user_cb_t user_cb, void *user_data);

/** Bytes of the stack that were never used: 0, or -ENOTSUP where they are not known, as on hosts. */
int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused_ptr);
/** Uptime in ticks at which the thread's start is due, now if it is none. */
k_ticks_t k_thread_timeout_expires_ticks(const struct k_thread *thread);
/** Ticks until then. */
k_ticks_t k_thread_timeout_remaining_ticks(const struct k_thread *thread);
/** Allocates a stack from the system heap; @p flags is ignored. NULL if there is no room. */
k_thread_stack_t *k_thread_stack_alloc(size_t size, int flags);
/** Frees it; -EINVAL for NULL. */
int k_thread_stack_free(k_thread_stack_t *stack);
/** No statistics: -ENOTSUP. */
int k_thread_runtime_stats_get(k_tid_t thread, k_thread_runtime_stats_t *stats);
int k_thread_runtime_stats_all_get(k_thread_runtime_stats_t *stats);

/** The same: -ENOTSUP. */
static inline int k_thread_runtime_stats_cpu_get(int cpu, k_thread_runtime_stats_t *stats)
{
	ARG_UNUSED(cpu);
	return k_thread_runtime_stats_all_get(stats);
}
static inline int k_thread_runtime_stats_enable(k_tid_t thread)
{
	ARG_UNUSED(thread);
	return -ENOTSUP;
}
static inline int k_thread_runtime_stats_disable(k_tid_t thread)
{
	ARG_UNUSED(thread);
	return -ENOTSUP;
}
static inline void k_sys_runtime_stats_enable(void)
{
}
static inline void k_sys_runtime_stats_disable(void)
{
}

/** k_thread_foreach() of the threads of one processor: there is one, number 0. */
static inline void k_thread_foreach_filter_by_cpu(unsigned int cpu, k_thread_user_cb_t user_cb,
						  void *user_data)
{
	if (cpu == 0) {
		k_thread_foreach(user_cb, user_data);
	}
}
/** The same with k_thread_foreach_unlocked(). */
static inline void k_thread_foreach_unlocked_filter_by_cpu(unsigned int cpu,
							   k_thread_user_cb_t user_cb,
							   void *user_data)
{
	if (cpu == 0) {
		k_thread_foreach_unlocked(user_cb, user_data);
	}
}

/** The heap for allocations on behalf of a thread. */
static inline void k_thread_heap_assign(struct k_thread *thread, struct k_heap *heap)
{
	thread->resource_pool = heap;
}

/** What K_THREAD_DEFINE() leaves for the start-up. */
struct _static_thread_data {
	struct k_thread *init_thread;
	k_thread_stack_t *init_stack;
	unsigned int init_stack_size;
	k_thread_entry_t init_entry;
	void *init_p1;
	void *init_p2;
	void *init_p3;
	int init_prio;
	uint32_t init_options;
	const char *init_name;
	k_timeout_t init_delay;
};

/**
 * Defines a thread that starts with the system.
 *
 * @param name       of its handle, a `const k_tid_t`
 * @param stack_size in bytes
 * @param delay      milliseconds after the start-up, or SYS_FOREVER_MS
 */
#define K_THREAD_DEFINE(name, stack_size, entry, p1, p2, p3, prio, options, delay)                 \
	K_THREAD_STACK_DEFINE(_k_thread_stack_##name, stack_size);                                 \
	struct k_thread _k_thread_obj_##name;                                                      \
	STRUCT_SECTION_ITERABLE(_static_thread_data, _k_thread_data_##name) = {                    \
		&_k_thread_obj_##name, _k_thread_stack_##name, stack_size,                         \
		(k_thread_entry_t)entry, (void *)(p1), (void *)(p2), (void *)(p3),                 \
		prio, options, #name, SYS_TIMEOUT_MS_INIT(delay),                                  \
	};                                                                                         \
	const k_tid_t name = &_k_thread_obj_##name
#define K_KERNEL_THREAD_DEFINE K_THREAD_DEFINE

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_THREAD_H_ */
