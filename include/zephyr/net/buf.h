// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The place where <zephyr/net_buf.h> was before version 4.
 */

#ifndef ZEPHYR_INCLUDE_NET_BUF_OLD_H_
#define ZEPHYR_INCLUDE_NET_BUF_OLD_H_

#include <zephyr/net_buf.h>

#endif /* ZEPHYR_INCLUDE_NET_BUF_OLD_H_ */
