/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for gettimeofday().
 */
#if __has_include_next(<sys/time.h>)
#include_next <sys/time.h>
#endif
#include <zephyr/posix/sys/time.h>
