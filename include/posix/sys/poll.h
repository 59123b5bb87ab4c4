/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The older name of <poll.h>.
 */
#include <zephyr/posix/poll.h>
