// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief A semaphore that user mode may own; here it is a k_sem that tells when it is full.
 */
#ifndef ZEPHYR_INCLUDE_SYS_SEM_H_
#define ZEPHYR_INCLUDE_SYS_SEM_H_

#include <zephyr/kernel.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sys_sem {
	struct k_sem kernel_sem;
};

#define SYS_SEM_DEFINE(_name, _initial_count, _count_limit)                                        \
	STRUCT_SECTION_ITERABLE_ALTERNATE(k_sem, sys_sem, _name) = {                               \
		Z_SEM_INITIALIZER(_name.kernel_sem, _initial_count, _count_limit)};                \
	BUILD_ASSERT((_count_limit) != 0 && (_initial_count) <= (_count_limit))

/** 0, or -EINVAL. */
int sys_sem_init(struct sys_sem *sem, unsigned int initial_count, unsigned int limit);
/** 0. */
int sys_sem_give(struct sys_sem *sem);
/** 0, or -ETIMEDOUT. */
int sys_sem_take(struct sys_sem *sem, k_timeout_t timeout);
/** Tokens left. */
unsigned int sys_sem_count_get(struct sys_sem *sem);

/** Leaves the block of SYS_SEM_LOCK(); `break`, `return` and `goto` would keep the token. */
#define SYS_SEM_LOCK_BREAK continue
/** Runs the following block with a token taken. */
#define SYS_SEM_LOCK(sem)                                                                          \
	for (int z_taken = sys_sem_take((sem), K_FOREVER); z_taken == 0;                           \
	     (void)sys_sem_give(sem), z_taken = 1)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_SEM_H_ */
