// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Output of test programs.
 */
#ifndef ZEPHYR_INCLUDE_TC_UTIL_H_
#define ZEPHYR_INCLUDE_TC_UTIL_H_

#include <zephyr/sys/printk.h>

#define TC_PASS 0
#define TC_FAIL 1
#define TC_SKIP 2

/** Prints like printf(). */
#define TC_PRINT(fmt, ...) printk(fmt, ##__VA_ARGS__)
/** Prints a failure and where it happened. */
#define TC_ERROR(fmt, ...) printk("FAIL - %s@%d. " fmt, __FILE__, __LINE__, ##__VA_ARGS__)

#endif /* ZEPHYR_INCLUDE_TC_UTIL_H_ */
