/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Modes of files: the C library's names. There is no file system.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_STAT_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_STAT_H_

#include <sys/stat.h>

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_STAT_H_ */
