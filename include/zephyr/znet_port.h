// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What a firmware supplies so that the library runs on its system (CONFIG_ZNET_PORT_EXTERNAL).
 *
 * The library calls these functions; the firmware defines them. One processor. `struct _thread_base` is the library's;
 * of its members the firmware may use `port`, a pointer for the system's handle of the thread, and read `prio`. For
 * FreeRTOS they are defined in src/os/freertos: see <zephyr/znet_freertos.h>.
 */
#ifndef ZEPHYR_INCLUDE_ZNET_PORT_H_
#define ZEPHYR_INCLUDE_ZNET_PORT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zephyr/kernel/thread.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Keeps interrupts out that call the library, and with them other threads. Nests: the key restores what was. */
uint32_t znet_port_irq_lock(void);
void znet_port_irq_unlock(uint32_t key);
/** The caller is an interrupt handler. */
bool znet_port_in_isr(void);

/** The calling thread's block. For a thread that the library did not start: one of its own, zero but for `port` and the
 * priority in `prio` and `base_prio`. */
struct _thread_base *znet_port_current(void);
/**
 * Makes a thread that calls znet_port_run() with @p thread, for which znet_port_current() is @p thread.
 *
 * @param stack lowest address of its stack, which has CONFIG_ZNET_STACK_RESERVED bytes more than @p stack_size
 * @param name  may be NULL
 * @param prio  Zephyr's: lower is more urgent, negative is not to be preempted by other threads
 * @return 0, anything else if it cannot be made
 */
int znet_port_start(struct _thread_base *thread, void *stack, size_t stack_size, const char *name,
		    int prio);
/** The body of such a thread, of the library's. */
void znet_port_run(struct _thread_base *thread);
/**
 * Has the calling thread sleep until znet_port_unpark() of it or @p deadline_us (UINT64_MAX: never). An unpark that came
 * before ends it at once, and returning early for no reason is allowed.
 */
void znet_port_park(uint64_t deadline_us);
/** Ends the thread's sleep, now or the next. From interrupts too, with the irq lock held. */
void znet_port_unpark(struct _thread_base *thread);
/** With the irq lock held: the thread never runs again, and its block and its stack may be used anew; for the caller
 * itself that begins with znet_port_finish(). Does nothing for a thread that was never started. Also called when a thread
 * that has ended is joined, perhaps before znet_port_run() of it has returned. */
void znet_port_kill(struct _thread_base *thread);
/** With the irq lock held: stops the thread, and lets it go on. The caller itself may stop when it gives back the lock. */
void znet_port_suspend(struct _thread_base *thread);
void znet_port_resume(struct _thread_base *thread);
/** Called by a thread that may have stopped itself, after the irq lock was given back. */
void znet_port_checkpoint(void);
/** With the irq lock held: the thread's priority is now @p prio. */
void znet_port_set_priority(struct _thread_base *thread, int prio);
/** Bytes of the thread's stack that were never used; SIZE_MAX if that is not known. */
size_t znet_port_stack_unused(struct _thread_base *thread);
/** Lets threads of the same priority run. */
void znet_port_yield(void);
/** Keeps other threads from running until the matching unlock; nests. */
void znet_port_sched_lock(void);
void znet_port_sched_unlock(void);
/** Ends the calling thread. */
FUNC_NORETURN void znet_port_finish(void);

/** Microseconds since start-up; never goes back. */
uint64_t znet_port_now_us(void);
/** Fills @p len bytes with random numbers fit for keys; 0, anything else on failure. */
int znet_port_entropy(uint8_t *bytes, size_t len);
/** Writes to where messages go. */
void znet_port_console(const uint8_t *bytes, size_t len);
/** An interrupt has called @p what, which only threads may: says so and ends the program. */
FUNC_NORETURN void znet_port_misuse(const char *what);
/** Starts the machine anew, for sys_reboot(). */
FUNC_NORETURN void znet_port_restart(void);
/** Stops the machine. */
FUNC_NORETURN void znet_port_exit(int code);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZNET_PORT_H_ */
