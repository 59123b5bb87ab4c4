/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for the socket API.
 */
#include <zephyr/posix/sys/socket.h>
