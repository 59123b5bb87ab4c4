/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for POSIX threads.
 */
#if __has_include_next(<pthread.h>)
#include_next <pthread.h>
#endif
#include <zephyr/posix/pthread.h>
