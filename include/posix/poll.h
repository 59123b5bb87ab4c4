/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for poll().
 */
#include <zephyr/posix/poll.h>
