/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for signals.
 */
#if __has_include_next(<signal.h>)
#include_next <signal.h>
#endif
#include <zephyr/posix/signal.h>
