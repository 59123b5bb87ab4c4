// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Assertions, compiled in by CONFIG_ASSERT.
 *
 * The CONFIG_ASSERT_* options say how much of a failed one is printed: texts that are not printed
 * take no room in the image.
 */
#ifndef ZEPHYR_INCLUDE_SYS___ASSERT_H_
#define ZEPHYR_INCLUDE_SYS___ASSERT_H_

#include <stdbool.h>

#include <zephyr/sys/printk.h>
#include <zephyr/toolchain.h>

#if defined(CONFIG_ASSERT) && !defined(CONFIG_FORCE_NO_ASSERT) && CONFIG_ASSERT_LEVEL > 0
#define __ASSERT_ON 1
#if CONFIG_ASSERT_LEVEL == 1
#pragma message("assertions are compiled in")
#endif
#else
#define __ASSERT_ON 0
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Prints the message of a failed assertion. */
__printf_like(1, 2) void assert_print(const char *fmt, ...);
/**
 * Ends the program after a failed assertion; an application may define its own, which may return.
 */
void assert_post_action(const char *file, unsigned int line);

#ifdef __cplusplus
}
#endif

#if defined(CONFIG_ASSERT_VERBOSE)
#define __ASSERT_PRINT(fmt, ...) assert_print(fmt, ##__VA_ARGS__)
#else
#define __ASSERT_PRINT(fmt, ...) ((void)0)
#endif
#if defined(CONFIG_ASSERT_NO_MSG_INFO)
#define __ASSERT_MSG_INFO(fmt, ...) ((void)0)
#else
#define __ASSERT_MSG_INFO(fmt, ...) __ASSERT_PRINT("\t" fmt "\n", ##__VA_ARGS__)
#endif
#if defined(CONFIG_ASSERT_NO_COND_INFO)
#define __ASSERT_COND(text) ""
#else
#define __ASSERT_COND(text) text
#endif
#if defined(CONFIG_ASSERT_NO_FILE_INFO)
#define __ASSERT_FILE ""
#else
#define __ASSERT_FILE __FILE__
#endif
#define __ASSERT_FAILED(text)                                                                      \
	__ASSERT_PRINT("ASSERTION FAIL [%s] @ %s:%d\n", __ASSERT_COND(text), __ASSERT_FILE, __LINE__)
#define __ASSERT_LOC(test)     __ASSERT_FAILED(STRINGIFY(test))
#define __ASSERT_POST_ACTION() assert_post_action(__ASSERT_FILE, __LINE__)

#if __ASSERT_ON
/** Stops with the formatted message unless @p test holds. */
#define __ASSERT(test, fmt, ...)                                                                   \
	do {                                                                                       \
		if (!(test)) {                                                                     \
			__ASSERT_LOC(test);                                                        \
			__ASSERT_MSG_INFO(fmt, ##__VA_ARGS__);                                     \
			__ASSERT_POST_ACTION();                                                    \
		}                                                                                  \
	} while (false)
/** Stops unless @p test holds. */
#define __ASSERT_NO_MSG(test)                                                                      \
	do {                                                                                       \
		if (!(test)) {                                                                     \
			__ASSERT_LOC(test);                                                        \
			__ASSERT_POST_ACTION();                                                    \
		}                                                                                  \
	} while (false)
/** Runs @p expr2 and asserts @p test; without assertions runs @p expr1 instead. */
#define __ASSERT_EVAL(expr1, expr2, test, fmt, ...)                                                \
	do {                                                                                       \
		expr2;                                                                             \
		__ASSERT(test, fmt, ##__VA_ARGS__);                                                \
	} while (false)
#define __ASSERT_UNREACHABLE                                                                       \
	do {                                                                                       \
		__ASSERT_FAILED("unreachable code");                                               \
		__ASSERT_POST_ACTION();                                                            \
		CODE_UNREACHABLE;                                                                  \
	} while (false)
#else
#define __ASSERT(test, fmt, ...)                    ((void)0)
#define __ASSERT_NO_MSG(test)                       ((void)0)
#define __ASSERT_EVAL(expr1, expr2, test, fmt, ...) expr1
#define __ASSERT_UNREACHABLE                        CODE_UNREACHABLE
#endif

#endif /* ZEPHYR_INCLUDE_SYS___ASSERT_H_ */
