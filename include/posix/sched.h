/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for scheduling.
 */
#if __has_include_next(<sched.h>)
#include_next <sched.h>
#endif
#include <zephyr/posix/sched.h>
