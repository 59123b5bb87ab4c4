// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Faults and failed __ASSERT()s that a test provokes. Include <zephyr/ztest.h>.
 */
#ifndef ZEPHYR_INCLUDE_ZTEST_ERROR_HOOK_H_
#define ZEPHYR_INCLUDE_ZTEST_ERROR_HOOK_H_

#include <zephyr/fatal.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZTEST_FATAL_HOOK)
/** The next fatal error is meant: it ends the thread, and the case passes. */
void ztest_set_fault_valid(bool valid);
/** Called after such an error; an application may define its own. */
void ztest_post_fatal_error_hook(unsigned int reason, const struct arch_esf *esf);
#endif

#if defined(CONFIG_ZTEST_ASSERT_HOOK)
/** The next __ASSERT() that fails is meant: it ends the thread, and the case passes. */
void ztest_set_assert_valid(bool valid);
/** Called after such a failure; an application may define its own. */
void ztest_post_assert_fail_hook(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZTEST_ERROR_HOOK_H_ */
