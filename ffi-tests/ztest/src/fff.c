// SPDX-License-Identifier: Apache-2.0

#include <zephyr/fff.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

DEFINE_FFF_GLOBALS;

struct pair {
	int a;
	int b;
};

FAKE_VOID_FUNC(nothing);
FAKE_VOID_FUNC(takes, int, const char *, struct pair);
FAKE_VALUE_FUNC(int, gives);
FAKE_VALUE_FUNC(struct pair, makes, const int, void *);
FAKE_VOID_FUNC_VARARG(prints, const char *, ...);
FAKE_VALUE_FUNC_VARARG(int, sums, int, ...);
DECLARE_FAKE_VALUE_FUNC(int, apart, int);
DEFINE_FAKE_VALUE_FUNC(int, apart, int);

static void fff_before(void *fixture)
{
	ARG_UNUSED(fixture);
	RESET_FAKE(nothing);
	RESET_FAKE(takes);
	RESET_FAKE(gives);
	RESET_FAKE(makes);
	RESET_FAKE(prints);
	RESET_FAKE(sums);
	RESET_FAKE(apart);
	FFF_RESET_HISTORY();
}

ZTEST_SUITE(fff, NULL, NULL, fff_before, NULL, NULL);

ZTEST(fff, test_arguments_and_order)
{
	const char *const text = "text";

	nothing();
	takes(1, text, (struct pair){2, 3});
	takes(4, NULL, (struct pair){5, 6});
	zassert_equal(nothing_fake.call_count, 1);
	zassert_equal(takes_fake.call_count, 2);
	zassert_equal(takes_fake.arg0_val, 4);
	zassert_equal(takes_fake.arg0_history[0], 1);
	zassert_equal_ptr(takes_fake.arg1_history[0], text);
	zassert_is_null(takes_fake.arg1_val);
	zassert_equal(takes_fake.arg2_history[0].b, 3);
	zassert_equal(fff.call_history_idx, 3);
	zassert_equal_ptr(fff.call_history[0], nothing);
	zassert_equal_ptr(fff.call_history[2], takes);
}

ZTEST(fff, test_history_is_bounded)
{
	for (int i = 0; i < FFF_ARG_HISTORY_LEN + 3; i++) {
		apart(i);
	}
	zassert_equal(apart_fake.call_count, FFF_ARG_HISTORY_LEN + 3);
	zassert_equal(apart_fake.arg_histories_dropped, 3);
	zassert_equal(apart_fake.arg0_val, FFF_ARG_HISTORY_LEN + 2);
	zassert_equal(apart_fake.arg0_history[FFF_ARG_HISTORY_LEN - 1], FFF_ARG_HISTORY_LEN - 1);
	zassert_equal(fff.call_history_idx, FFF_CALL_HISTORY_LEN);
}

ZTEST(fff, test_return_values)
{
	int values[] = {7, 8};

	zassert_equal(gives(), 0);
	gives_fake.return_val = 5;
	zassert_equal(gives(), 5);
	SET_RETURN_SEQ(gives, values, 2);
	zassert_equal(gives(), 7);
	zassert_equal(gives(), 8);
	zassert_equal(gives(), 8, "the last one stays");
	zassert_equal(gives_fake.return_val_history[1], 5);
	makes_fake.return_val = (struct pair){1, 2};
	zassert_equal(makes(1, NULL).b, 2);
}

static int doubled(int value)
{
	return 2 * value;
}

static int negated(int value)
{
	return -value;
}

ZTEST(fff, test_custom_functions)
{
	int (*functions[])(int) = {doubled, negated};

	apart_fake.custom_fake = doubled;
	zassert_equal(apart(4), 8);
	SET_CUSTOM_FAKE_SEQ(apart, functions, 2);
	zassert_equal(apart(4), 8);
	zassert_equal(apart(4), -4);
	zassert_equal(apart(5), -5);
	zassert_equal(apart_fake.return_val_history[3], -5);
}

static int sum(int count, va_list ap)
{
	int total = 0;

	while (count-- > 0) {
		total += va_arg(ap, int);
	}
	return total;
}

ZTEST(fff, test_variable_arguments)
{
	prints("%d", 1);
	zassert_str_equal(prints_fake.arg0_val, "%d");
	sums_fake.custom_fake = sum;
	zassert_equal(sums(3, 1, 2, 3), 6);
}
