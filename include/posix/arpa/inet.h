/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for addresses as text.
 */
#include <zephyr/posix/arpa/inet.h>
