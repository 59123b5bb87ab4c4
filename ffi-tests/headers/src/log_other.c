// SPDX-License-Identifier: Apache-2.0

#include <zephyr/logging/log.h>
#include <zephyr/ztest.h>

LOG_MODULE_DECLARE(by_default, CONFIG_NO_SUCH_LOG_LEVEL);

ZTEST(logging, test_module_of_another_file)
{
	zassert_str_equal(__log_current_const_data->name, "by_default");
	zassert_equal(__log_level, CONFIG_LOG_DEFAULT_LEVEL, "the symbol is not set");
}
