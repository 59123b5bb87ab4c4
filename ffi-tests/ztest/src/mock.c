// SPDX-License-Identifier: Apache-2.0

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(mock, NULL, NULL, NULL, NULL, NULL);

static int read_sensor(int channel, char *name, size_t size)
{
	ztest_check_expected_value(channel);
	ztest_copy_return_data(name, size);
	return (int)ztest_get_return_value();
}

static void *write_text(const char *text)
{
	ztest_check_expected_data(text, text == NULL ? 0 : strlen(text));
	return ztest_get_return_value_ptr();
}

ZTEST(mock, test_values_in_order)
{
	char name[4];

	for (int i = 0; i < 2; i++) {
		ztest_expect_value(read_sensor, channel, 7);
		ztest_return_data(read_sensor, name, "abc");
		ztest_returns_value(read_sensor, -5);
		zassert_equal(read_sensor(7, name, sizeof(name)), -5);
		zassert_str_equal(name, "abc");
	}
	/* Said twice, used in the order of saying. */
	ztest_returns_value(write_text, 1);
	ztest_returns_value(write_text, 2);
	ztest_expect_data(write_text, text, "one");
	ztest_expect_data(write_text, text, NULL);
	zassert_equal_ptr(write_text("one"), (void *)1);
	zassert_equal_ptr(write_text(NULL), (void *)2);
}

ZTEST_EXPECT_FAIL(mock, test_wrong_value);
ZTEST(mock, test_wrong_value)
{
	char name[1];

	ztest_expect_value(read_sensor, channel, 7);
	(void)read_sensor(8, name, sizeof(name));
}

ZTEST_EXPECT_FAIL(mock, test_wrong_data);
ZTEST(mock, test_wrong_data)
{
	ztest_expect_data(write_text, text, "one");
	(void)write_text("two");
}

ZTEST_EXPECT_FAIL(mock, test_unexpected_call);
ZTEST(mock, test_unexpected_call)
{
	(void)write_text("two");
}

ZTEST_EXPECT_FAIL(mock, test_left_over);
ZTEST(mock, test_left_over)
{
	ztest_returns_value(write_text, 1);
}

ZTEST_EXPECT_FAIL(mock, test_too_many);
ZTEST(mock, test_too_many)
{
	for (int i = 0; i <= CONFIG_ZTEST_PARAMETER_COUNT; i++) {
		ztest_returns_value(write_text, i);
	}
}
