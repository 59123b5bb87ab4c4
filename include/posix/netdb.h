/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for names and addresses.
 */
#include <zephyr/posix/netdb.h>
