// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Output of test programs. Each name may be defined before; with
 *        CONFIG_ZTEST_TC_UTIL_USER_OVERRIDE in the application's tc_util_user_override.h.
 */
#ifndef ZEPHYR_INCLUDE_TC_UTIL_H_
#define ZEPHYR_INCLUDE_TC_UTIL_H_

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log_ctrl.h>
#include <zephyr/sys/printk.h>

#if defined(CONFIG_ZTEST_TC_UTIL_USER_OVERRIDE)
#include <tc_util_user_override.h>
#endif

#define TC_PASS  0
#define TC_FAIL  1
#define TC_SKIP  2
#define TC_FLAKY 3

#define FMT_ERROR "%s - %s@%d. "

/** For the threads of a test. */
#define TASK_STACK_SIZE (1024 * 2)

#define TC_STR_HELPER(x) #x
#define TC_STR(x)        TC_STR_HELPER(x)

#ifndef TC_PASS_STR
#define TC_PASS_STR "PASS"
#endif
#ifndef TC_FAIL_STR
#define TC_FAIL_STR "FAIL"
#endif
#ifndef TC_SKIP_STR
#define TC_SKIP_STR "SKIP"
#endif
#ifndef TC_FLAKY_STR
#define TC_FLAKY_STR "FLAKY"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Ends the program; a board that cannot end stops. */
FUNC_NORETURN void znet_exit(int status);

#ifdef __cplusplus
}
#endif

static inline const char *TC_RESULT_TO_STR(int result)
{
	switch (result) {
	case TC_PASS:
		return TC_PASS_STR;
	case TC_FAIL:
		return TC_FAIL_STR;
	case TC_SKIP:
		return TC_SKIP_STR;
	case TC_FLAKY:
		return TC_FLAKY_STR;
	default:
		return "?";
	}
}

static inline void print_nothing(const char *fmt, ...)
{
	ARG_UNUSED(fmt);
}

/** Prints like printf(). */
#ifndef PRINT_DATA
#define PRINT_DATA(fmt, ...) printk(fmt, ##__VA_ARGS__)
#endif

#ifndef PRINT_LINE
#define PRINT_LINE                                                                                 \
	PRINT_DATA("===================================================================\n")
#endif

#ifdef TC_RUNID
#define TC_PRINT_RUNID PRINT_DATA("RunID: " TC_STR(TC_RUNID) "\n")
#else
#define TC_PRINT_RUNID                                                                             \
	do {                                                                                       \
	} while (false)
#endif

/** Prints a failure and where it happened. */
#ifndef TC_ERROR
#define TC_ERROR(fmt, ...)                                                                         \
	do {                                                                                       \
		PRINT_DATA(FMT_ERROR, "FAIL", __func__, __LINE__);                                 \
		PRINT_DATA(fmt, ##__VA_ARGS__);                                                    \
	} while (false)
#endif

/* What a quiet program leaves out. */
#if !defined(CONFIG_ZTEST) || defined(CONFIG_ZTEST_VERBOSE_OUTPUT)
#define Z_TC_VERBOSE(fmt, ...) PRINT_DATA(fmt, ##__VA_ARGS__)
#else
#define Z_TC_VERBOSE(fmt, ...) print_nothing(fmt, ##__VA_ARGS__)
#endif

#ifndef TC_PRINT
#define TC_PRINT(fmt, ...) Z_TC_VERBOSE(fmt, ##__VA_ARGS__)
#endif
#ifndef TC_SUMMARY_PRINT
#define TC_SUMMARY_PRINT(fmt, ...) PRINT_DATA(fmt, ##__VA_ARGS__)
#endif
#ifndef TC_START_PRINT
#define TC_START_PRINT(name) Z_TC_VERBOSE("START - %s\n", name)
#endif
#ifndef TC_START
#define TC_START(name)                                                                             \
	do {                                                                                       \
		TC_START_PRINT(name);                                                              \
	} while (false)
#endif
#ifndef TC_END
#define TC_END(result, fmt, ...) PRINT_DATA(fmt, ##__VA_ARGS__)
#endif
#ifndef TC_END_PRINT
#define TC_END_PRINT(result, fmt, ...) Z_TC_VERBOSE(fmt, ##__VA_ARGS__)
#endif

/** Prints the result of a test that programs without suites run by themselves. */
#ifndef Z_TC_END_RESULT
#define Z_TC_END_RESULT(result, func)                                                              \
	do {                                                                                       \
		TC_END_PRINT(result, " %s - %s in 0.000 seconds\n", TC_RESULT_TO_STR(result), func);\
		PRINT_LINE;                                                                        \
	} while (false)
#endif
#ifndef TC_END_RESULT
#define TC_END_RESULT(result) Z_TC_END_RESULT((result), __func__)
#endif
#ifndef TC_END_RESULT_CUSTOM
#define TC_END_RESULT_CUSTOM(result, func) Z_TC_END_RESULT((result), func)
#endif

#ifndef TC_SUITE_PRINT
#define TC_SUITE_PRINT(fmt, ...) PRINT_DATA(fmt, ##__VA_ARGS__)
#endif
#ifndef TC_SUITE_START
#define TC_SUITE_START(name)                                                                       \
	do {                                                                                       \
		TC_SUITE_PRINT("Running TESTSUITE %s\n", name);                                    \
		PRINT_LINE;                                                                        \
	} while (false)
#endif
#ifndef TC_SUITE_END
#define TC_SUITE_END(name, result)                                                                 \
	TC_SUITE_PRINT("TESTSUITE %s %s\n", name, (result) != TC_FAIL ? "succeeded" : "failed.")
#endif

/** Prints how the whole program went, and ends it with that status. */
#ifndef TC_END_REPORT
#define TC_END_REPORT(result)                                                                      \
	do {                                                                                       \
		PRINT_LINE;                                                                        \
		TC_PRINT_RUNID;                                                                    \
		TC_END(result, "PROJECT EXECUTION %s\n",                                           \
		       (result) == TC_PASS ? "SUCCESSFUL" : "FAILED");                             \
		LOG_PANIC();                                                                       \
		znet_exit(result);                                                                 \
	} while (false)
#endif

#endif /* ZEPHYR_INCLUDE_TC_UTIL_H_ */
