/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for message queues.
 */
#include <zephyr/posix/mqueue.h>
