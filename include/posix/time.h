/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for clocks.
 */
#if __has_include_next(<time.h>)
#include_next <time.h>
#endif
#include <zephyr/posix/time.h>
