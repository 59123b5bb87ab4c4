/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief What sysconf() can be asked; the numbers are the C library's.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_SYSCONF_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_SYSCONF_H_

#include <unistd.h>

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_SYSCONF_H_ */
