// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The test framework.
 */
#ifndef ZEPHYR_INCLUDE_ZTEST_H_
#define ZEPHYR_INCLUDE_ZTEST_H_

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>
#include <zephyr/tc_util.h>
#include <zephyr/ztest_assert.h>
#include <zephyr/ztest_error_hook.h>
#include <zephyr/ztest_mock.h>
#include <zephyr/ztest_test.h>

#define PRINT printk

#endif /* ZEPHYR_INCLUDE_ZTEST_H_ */
