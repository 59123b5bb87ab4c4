/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for modes of files.
 */
#if __has_include_next(<sys/stat.h>)
#include_next <sys/stat.h>
#endif
#include <zephyr/posix/sys/stat.h>
