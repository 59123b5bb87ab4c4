// SPDX-License-Identifier: Apache-2.0

#include <zephyr/kernel.h>
#include <zephyr/sys/__assert.h>
#include <zephyr/ztest.h>

ZTEST_DMEM int in_data = 1;
ZTEST_BMEM int in_bss;

static int rule_before, rule_after;

static void before_each(const struct ztest_unit_test *test, void *data)
{
	ARG_UNUSED(test);
	ARG_UNUSED(data);
	rule_before++;
}

static void after_each(const struct ztest_unit_test *test, void *data)
{
	ARG_UNUSED(test);
	ARG_UNUSED(data);
	rule_after++;
}

ZTEST_RULE(counted, before_each, after_each);

ZTEST_SUITE(rules, NULL, NULL, ztest_simple_1cpu_before, ztest_simple_1cpu_after, NULL);

ZTEST(rules, test_rules_surround_each_case)
{
	zassert_equal(rule_before, rule_after + 1);
	zassert_equal(in_data + in_bss, 1);
}

ZTEST_USER(rules, test_user)
{
	zassert_not_equal(rule_before, 0);
}

/* A suite that runs by name, with what its caller hands in. */
static bool never(const void *state)
{
	ARG_UNUSED(state);
	return false;
}

static int param_sum;

static void *param_setup(void)
{
	static int fixture = 1;

	return &fixture;
}

ZTEST_SUITE(by_name, never, param_setup, NULL, NULL, NULL);

ZTEST_P(by_name, test_param)
{
	param_sum += *(int *)data;
}

ZTEST_SUITE(states, NULL, NULL, NULL, NULL, NULL);

ZTEST(states, test_tables)
{
	struct ztest_unit_test *first = z_ztest_get_next_test("rules", NULL);
	struct ztest_unit_test *second = z_ztest_get_next_test("rules", first);

	zassert_true(ZTEST_SUITE_COUNT >= 5);
	zassert_true(ZTEST_TEST_COUNT > ZTEST_SUITE_COUNT);
	zassert_not_null(first);
	zassert_not_null(second);
	zassert_str_equal(second->test_suite_name, "rules");
	zassert_is_null(z_ztest_get_next_test("rules", second));
	zassert_is_null(z_ztest_get_next_test("none", NULL));
}

ZTEST(states, test_messages_may_be_null)
{
	const char *message = "by a variable";

	zassert_true(true, NULL);
	zassert_equal(1, 1, message);
	zassert_within(5, 4, 1, "%d %s", 1, "two");
	zassert_between_inclusive(4, 4, 5);
	zexpect_ok(0);
	zassume_not_ok(1);
#define TWO_AND_SIZE "ab", "abc", 2
	zassert_mem_equal(TWO_AND_SIZE);
}

ZTEST_EXPECT_FAIL(states, test_expectation_goes_on);
ZTEST(states, test_expectation_goes_on)
{
	zexpect_str_equal("a", "b", "on purpose");
	in_bss = 0;
}

ZTEST(states, test_result_may_be_foretold)
{
	ztest_test_expect_fail();
	zassert_unreachable("on purpose");
}

ZTEST(states, test_fatal_error_on_purpose)
{
	ztest_set_fault_valid(true);
	k_panic();
	zassert_unreachable();
}

ZTEST(states, test_assert_on_purpose)
{
	ztest_set_assert_valid(true);
	__ASSERT(in_data == 2, "on purpose");
	zassert_unreachable();
}

void test_main(void)
{
	int param = 10;

	ztest_run_all(NULL, true, 1, 2);
	ztest_run_test_suite(by_name, false, 2, 3, &param);
	ztest_run_test_suite(by_name, true, 1, 1, NULL);
	/* Unless the command line asks for other cases. */
	if (z_ztest_should_test_run("by_name", "test_param") && param_sum != 61) {
		TC_ERROR("sum of parameters: %d\n", param_sum);
		TC_END_REPORT(TC_FAIL);
	}
	ztest_verify_all_test_suites_ran();
}
