/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for the options of TCP.
 */
#include <zephyr/posix/netinet/tcp.h>
