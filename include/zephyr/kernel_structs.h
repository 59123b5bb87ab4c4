// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The structures behind threads.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_STRUCTS_H_
#define ZEPHYR_INCLUDE_KERNEL_STRUCTS_H_

#include <zephyr/kernel/thread.h>
#include <zephyr/kernel/wait_q.h>

#endif /* ZEPHYR_INCLUDE_KERNEL_STRUCTS_H_ */
