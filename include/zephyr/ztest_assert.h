// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Checks inside a test case. Include <zephyr/ztest.h>.
 *
 * Three families with the same conditions: zassert_ ends the case as failed, zexpect_ marks it and
 * goes on, zassume_ ends it as skipped. After the arguments of the condition a printf format and
 * its arguments may follow.
 */
#ifndef ZEPHYR_INCLUDE_ZTEST_ASSERT_H_
#define ZEPHYR_INCLUDE_ZTEST_ASSERT_H_

#include <string.h>

#include <zephyr/sys/util.h>
#include <zephyr/types.h>
#include <zephyr/ztest_test.h>

#ifdef __cplusplus
extern "C" {
#endif

enum z_ztest_kind {
	Z_ZTEST_KIND_ASSERT,
	Z_ZTEST_KIND_EXPECT,
	Z_ZTEST_KIND_ASSUME,
};

/**
 * Reports a check and returns whether it held. Does not return from a failed assertion or
 * assumption. The format may be NULL; NULL also follows the last argument, so that the macros need
 * not tell whether there was any.
 */
bool z_ztest_check(enum z_ztest_kind kind, bool holds, const char *what, const char *file, int line,
		   const char *func, const char *fmt, ...);

#ifdef __cplusplus
}
#endif

#define Z_ZTEST_CHECK(kind, cond, what, ...)                                                       \
	((void)z_ztest_check(kind, (bool)(cond), what, __FILE__, __LINE__, __func__,               \
			     ##__VA_ARGS__, NULL))

#define zassert(cond, default_msg, ...)                                                            \
	Z_ZTEST_CHECK(Z_ZTEST_KIND_ASSERT, cond, default_msg, ##__VA_ARGS__)
#define zexpect(cond, default_msg, ...)                                                            \
	Z_ZTEST_CHECK(Z_ZTEST_KIND_EXPECT, cond, default_msg, ##__VA_ARGS__)
#define zassume(cond, default_msg, ...)                                                            \
	Z_ZTEST_CHECK(Z_ZTEST_KIND_ASSUME, cond, default_msg, ##__VA_ARGS__)

/** Fails where control must not come. */
#define zassert_unreachable(...) zassert(false, "Reached unreachable code", ##__VA_ARGS__)

/* The case fails and ends. */
#define zassert_true(cond, ...)                                                                    \
	zassert((cond), #cond " is false", ##__VA_ARGS__)
#define zassert_false(cond, ...)                                                                   \
	zassert(!(cond), #cond " is true", ##__VA_ARGS__)
#define zassert_ok(cond, ...)                                                                      \
	zassert((cond) == 0, #cond " is non-zero", ##__VA_ARGS__)
#define zassert_not_ok(cond, ...)                                                                  \
	zassert((cond) != 0, #cond " is zero", ##__VA_ARGS__)
#define zassert_is_null(ptr, ...)                                                                  \
	zassert((ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zassert_not_null(ptr, ...)                                                                 \
	zassert((ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zassert_equal(a, b, ...)                                                                   \
	zassert((a) == (b), #a " not equal to " #b, ##__VA_ARGS__)
#define zassert_not_equal(a, b, ...)                                                               \
	zassert((a) != (b), #a " equal to " #b, ##__VA_ARGS__)
#define zassert_equal_ptr(a, b, ...)                                                               \
	zassert((const void *)(a) == (const void *)(b), #a " not equal to " #b, ##__VA_ARGS__)
#define zassert_within(a, b, d, ...)                                                               \
	zassert((a) >= (b) - (d) && (a) <= (b) + (d), #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zassert_between_inclusive(a, l, u, ...)                                                    \
	zassert((a) >= (l) && (a) <= (u), #a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
/** The arguments may be macros that stand for several. */
#define zassert_mem_equal(...) zassert_mem_equal__(__VA_ARGS__)
#define zassert_mem_equal__(buf, exp, size, ...)                                                     \
	zassert(memcmp(buf, exp, size) == 0, #buf " not equal to " #exp, ##__VA_ARGS__)
#define zassert_str_equal(s1, s2, ...)                                                             \
	zassert(strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

/* The case fails and goes on. */
#define zexpect_true(cond, ...)                                                                    \
	zexpect((cond), #cond " is false", ##__VA_ARGS__)
#define zexpect_false(cond, ...)                                                                   \
	zexpect(!(cond), #cond " is true", ##__VA_ARGS__)
#define zexpect_ok(cond, ...)                                                                      \
	zexpect((cond) == 0, #cond " is non-zero", ##__VA_ARGS__)
#define zexpect_not_ok(cond, ...)                                                                  \
	zexpect((cond) != 0, #cond " is zero", ##__VA_ARGS__)
#define zexpect_is_null(ptr, ...)                                                                  \
	zexpect((ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zexpect_not_null(ptr, ...)                                                                 \
	zexpect((ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zexpect_equal(a, b, ...)                                                                   \
	zexpect((a) == (b), #a " not equal to " #b, ##__VA_ARGS__)
#define zexpect_not_equal(a, b, ...)                                                               \
	zexpect((a) != (b), #a " equal to " #b, ##__VA_ARGS__)
#define zexpect_equal_ptr(a, b, ...)                                                               \
	zexpect((const void *)(a) == (const void *)(b), #a " not equal to " #b, ##__VA_ARGS__)
#define zexpect_within(a, b, d, ...)                                                               \
	zexpect((a) >= (b) - (d) && (a) <= (b) + (d), #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zexpect_between_inclusive(a, l, u, ...)                                                    \
	zexpect((a) >= (l) && (a) <= (u), #a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
/** The arguments may be macros that stand for several. */
#define zexpect_mem_equal(...) zexpect_mem_equal__(__VA_ARGS__)
#define zexpect_mem_equal__(buf, exp, size, ...)                                                     \
	zexpect(memcmp(buf, exp, size) == 0, #buf " not equal to " #exp, ##__VA_ARGS__)
#define zexpect_str_equal(s1, s2, ...)                                                             \
	zexpect(strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

/* The case is skipped. */
#define zassume_true(cond, ...)                                                                    \
	zassume((cond), #cond " is false", ##__VA_ARGS__)
#define zassume_false(cond, ...)                                                                   \
	zassume(!(cond), #cond " is true", ##__VA_ARGS__)
#define zassume_ok(cond, ...)                                                                      \
	zassume((cond) == 0, #cond " is non-zero", ##__VA_ARGS__)
#define zassume_not_ok(cond, ...)                                                                  \
	zassume((cond) != 0, #cond " is zero", ##__VA_ARGS__)
#define zassume_is_null(ptr, ...)                                                                  \
	zassume((ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zassume_not_null(ptr, ...)                                                                 \
	zassume((ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zassume_equal(a, b, ...)                                                                   \
	zassume((a) == (b), #a " not equal to " #b, ##__VA_ARGS__)
#define zassume_not_equal(a, b, ...)                                                               \
	zassume((a) != (b), #a " equal to " #b, ##__VA_ARGS__)
#define zassume_equal_ptr(a, b, ...)                                                               \
	zassume((const void *)(a) == (const void *)(b), #a " not equal to " #b, ##__VA_ARGS__)
#define zassume_within(a, b, d, ...)                                                               \
	zassume((a) >= (b) - (d) && (a) <= (b) + (d), #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zassume_between_inclusive(a, l, u, ...)                                                    \
	zassume((a) >= (l) && (a) <= (u), #a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
/** The arguments may be macros that stand for several. */
#define zassume_mem_equal(...) zassume_mem_equal__(__VA_ARGS__)
#define zassume_mem_equal__(buf, exp, size, ...)                                                     \
	zassume(memcmp(buf, exp, size) == 0, #buf " not equal to " #exp, ##__VA_ARGS__)
#define zassume_str_equal(s1, s2, ...)                                                             \
	zassume(strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

#endif /* ZEPHYR_INCLUDE_ZTEST_ASSERT_H_ */
