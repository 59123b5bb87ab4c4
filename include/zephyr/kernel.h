// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The kernel's C API, by area.
 *
 * Time-outs and points in time are in <zephyr/sys_clock.h>, conversions of units in <zephyr/sys/time_units.h>.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_H_
#define ZEPHYR_INCLUDE_KERNEL_H_

#include <errno.h>
#include <limits.h>
#include <stdbool.h>

#include <zephyr/kernel_includes.h>

#include <zephyr/kernel/mem.h>
#include <zephyr/kernel/message.h>
#include <zephyr/kernel/poll.h>
#include <zephyr/kernel/queue.h>
#include <zephyr/kernel/sync.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/kernel/timer.h>
#include <zephyr/kernel/work.h>

#ifdef __cplusplus
extern "C" {
#endif

/* User mode does not exist: every thread may use every object. */
static inline void k_object_access_grant(const void *object, struct k_thread *thread)
{
	ARG_UNUSED(object);
	ARG_UNUSED(thread);
}
static inline void k_object_access_revoke(const void *object, struct k_thread *thread)
{
	ARG_UNUSED(object);
	ARG_UNUSED(thread);
}
static inline void k_object_access_all_grant(const void *object)
{
	ARG_UNUSED(object);
}
#define k_thread_access_grant(thread, ...) ((void)(thread))
#define k_thread_system_pool_assign(thread) ((void)(thread))
#define k_object_init(obj) ((void)(obj))

static inline int k_float_disable(struct k_thread *thread)
{
	ARG_UNUSED(thread);
	return -ENOTSUP;
}
static inline int k_float_enable(struct k_thread *thread, unsigned int options)
{
	ARG_UNUSED(thread);
	ARG_UNUSED(options);
	return -ENOTSUP;
}

/** Waits for an interrupt: the caller sleeps a moment. */
void k_cpu_idle(void);
/** The same, and unlocks interrupts with @p key. */
void k_cpu_atomic_idle(unsigned int key);

/** Prints the reason and calls k_sys_fatal_error_handler(). */
FUNC_NORETURN void z_fatal_error(unsigned int reason, const struct arch_esf *esf);
/** Something is wrong in this thread. */
#define k_oops()  z_fatal_error(K_ERR_KERNEL_OOPS, NULL)
/** Something is wrong altogether. */
#define k_panic() z_fatal_error(K_ERR_KERNEL_PANIC, NULL)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_H_ */
