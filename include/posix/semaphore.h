/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for POSIX semaphores.
 */
#include <zephyr/posix/semaphore.h>
