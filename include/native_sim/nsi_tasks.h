/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions called at fixed moments of a native_sim process.
 *
 * NSI_TASK(fn, level, prio) has void fn(void) called at `level`, tasks of one level in the order of
 * `prio`, lowest first. Levels: PRE_BOOT_1 (before the command line is read: add options here),
 * PRE_BOOT_2 (after it), HW_INIT, PRE_BOOT_3 (right before the kernel boots), FIRST_SLEEP (when the
 * kernel first goes idle), ON_EXIT_PRE and ON_EXIT_POST (when the process ends). No thread of the
 * kernel runs at the levels before the boot.
 */

#ifndef ZNET_NATIVE_SIM_NSI_TASKS_H_
#define ZNET_NATIVE_SIM_NSI_TASKS_H_

#ifdef __cplusplus
extern "C" {
#endif

#define NSITASK_PRE_BOOT_1_LEVEL   0
#define NSITASK_PRE_BOOT_2_LEVEL   1
#define NSITASK_HW_INIT_LEVEL      2
#define NSITASK_PRE_BOOT_3_LEVEL   3
#define NSITASK_FIRST_SLEEP_LEVEL  4
#define NSITASK_ON_EXIT_PRE_LEVEL  5
#define NSITASK_ON_EXIT_POST_LEVEL 6

/* A task as the registry keeps it. */
struct znet_native_task {
	void (*run)(void);
	int level;
	int prio;
	struct znet_native_task *next;
};

/* Adds a task; it must outlive the process and be added once. */
void znet_native_task_add(struct znet_native_task *task);

/* A constructor adds the task, so that no linker script has to collect it. */
#define NSI_TASK(fn, level, prio) ZNET_NATIVE_TASK(fn, NSITASK_##level##_LEVEL, prio)
#define ZNET_NATIVE_TASK(fn, level_number, prio_number)                                            \
	static void __attribute__((constructor, used)) znet_native_task_add_##fn(void)             \
	{                                                                                          \
		static struct znet_native_task task = { fn, level_number, prio_number, 0 };        \
                                                                                                   \
		znet_native_task_add(&task);                                                       \
	}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_NATIVE_SIM_NSI_TASKS_H_ */
