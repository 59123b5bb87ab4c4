/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The usual name for counters to wait for.
 */
#include <zephyr/posix/sys/eventfd.h>
