// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What a stand-in of a function expects and returns. Include <zephyr/ztest.h>.
 *
 * A test says beforehand, by the stand-in's name, what its parameters will be and what it is to
 * return; the stand-in checks and fetches that. What was said is used up in order, and what is left
 * over when the case ends fails it. Needs CONFIG_ZTEST_MOCKING.
 */
#ifndef ZEPHYR_INCLUDE_ZTEST_MOCK_H_
#define ZEPHYR_INCLUDE_ZTEST_MOCK_H_

#include <zephyr/sys/util.h>
#include <zephyr/types.h>

/** The next call of @p func will have this value in @p param. */
#define ztest_expect_value(func, param, value)                                                     \
	z_ztest_expect_value(STRINGIFY(func), STRINGIFY(param), (uintptr_t)(value))
/** In the stand-in: fails the case unless @p param is as expected. */
#define ztest_check_expected_value(param)                                                          \
	z_ztest_check_expected_value(__func__, STRINGIFY(param), (uintptr_t)(param))

/** The next call of @p func will have @p param point to what equals @p data; NULL expects NULL. */
#define ztest_expect_data(func, param, data)                                                       \
	z_ztest_expect_data(STRINGIFY(func), STRINGIFY(param), (void *)(data))
/** In the stand-in: fails the case unless the bytes at @p param are as expected. */
#define ztest_check_expected_data(param, length)                                                   \
	z_ztest_check_expected_data(__func__, STRINGIFY(param), (void *)(param), (length))

/** The next call of @p func is to write @p data to where @p param points. */
#define ztest_return_data(func, param, data)                                                       \
	z_ztest_return_data(STRINGIFY(func), STRINGIFY(param), (void *)(data))
/** In the stand-in: writes what it was told to. */
#define ztest_copy_return_data(param, length)                                                      \
	z_ztest_copy_return_data(__func__, STRINGIFY(param), (void *)(param), (length))

/** The next call of @p func is to return @p value. */
#define ztest_returns_value(func, value) z_ztest_returns_value(STRINGIFY(func), (uintptr_t)(value))
/** In the stand-in: what to return. */
#define ztest_get_return_value()         z_ztest_get_return_value(__func__)
#define ztest_get_return_value_ptr()     ((void *)z_ztest_get_return_value(__func__))

#if defined(CONFIG_ZTEST_MOCKING)

#ifdef __cplusplus
extern "C" {
#endif

void z_init_mock(void);
/** Forgets what was said; an error number if something was left over. */
int z_cleanup_mock(void);

void z_ztest_expect_value(const char *fn, const char *name, uintptr_t value);
void z_ztest_check_expected_value(const char *fn, const char *name, uintptr_t value);
void z_ztest_expect_data(const char *fn, const char *name, void *data);
void z_ztest_check_expected_data(const char *fn, const char *name, void *data, uint32_t length);
void z_ztest_return_data(const char *fn, const char *name, void *data);
void z_ztest_copy_return_data(const char *fn, const char *name, void *data, uint32_t length);
void z_ztest_returns_value(const char *fn, uintptr_t value);
uintptr_t z_ztest_get_return_value(const char *fn);

#ifdef __cplusplus
}
#endif

#else

#define z_init_mock()
#define z_cleanup_mock() 0

#endif /* CONFIG_ZTEST_MOCKING */

#endif /* ZEPHYR_INCLUDE_ZTEST_MOCK_H_ */
