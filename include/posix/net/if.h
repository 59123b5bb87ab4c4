/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for network interfaces.
 */
#include <zephyr/posix/net/if.h>
