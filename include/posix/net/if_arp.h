/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for hardware types.
 */
#include <zephyr/posix/net/if_arp.h>
