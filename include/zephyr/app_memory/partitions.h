// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Partitions that libraries have in Zephyr; without user mode there are none.
 */
#ifndef ZEPHYR_INCLUDE_APP_MEMORY_PARTITIONS_H_
#define ZEPHYR_INCLUDE_APP_MEMORY_PARTITIONS_H_

#include <zephyr/kernel.h>

#endif /* ZEPHYR_INCLUDE_APP_MEMORY_PARTITIONS_H_ */
