// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Argument checks of API functions: tested, asserted or trusted, as the configuration says.
 */
#ifndef ZEPHYR_INCLUDE_SYS_CHECK_H_
#define ZEPHYR_INCLUDE_SYS_CHECK_H_

#include <zephyr/sys/__assert.h>

/** Stands where an `if` would: its statement handles the case that @p expr, the mistake, is true. */
#if defined(CONFIG_ASSERT_ON_ERRORS)
#define CHECKIF(expr)                                                                              \
	__ASSERT_NO_MSG(!(expr));                                                                  \
	if (false)
#elif defined(CONFIG_NO_RUNTIME_CHECKS)
#define CHECKIF(...) if (false)
#else
#define CHECKIF(expr) if (expr)
#endif

#endif /* ZEPHYR_INCLUDE_SYS_CHECK_H_ */
