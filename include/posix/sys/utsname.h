/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for what system this is.
 */
#include <zephyr/posix/sys/utsname.h>
