/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The standard's name for Internet addresses.
 */
#include <zephyr/net/net_ip.h>
#include <zephyr/posix/netinet/in.h>
#include <zephyr/posix/sys/socket.h>
