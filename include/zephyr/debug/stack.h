// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Reports of how deep stacks have grown.
 *
 * Stacks are the host's, or the RTOS's, which has tools of its own: nothing is reported.
 */
#ifndef ZEPHYR_INCLUDE_DEBUG_STACK_H_
#define ZEPHYR_INCLUDE_DEBUG_STACK_H_

#include <zephyr/kernel.h>

static inline void log_stack_usage(const struct k_thread *thread)
{
	ARG_UNUSED(thread);
}

#endif /* ZEPHYR_INCLUDE_DEBUG_STACK_H_ */
