// SPDX-License-Identifier: Apache-2.0
//
// A module that names no level, and a file that belongs to another file's module.

#include <zephyr/logging/log.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(by_default);

ZTEST(logging, test_level_by_default)
{
	zassert_equal(__log_level, CONFIG_LOG_DEFAULT_LEVEL);
	zassert_equal(__log_current_const_data->level, CONFIG_LOG_DEFAULT_LEVEL);
}
