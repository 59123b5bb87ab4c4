// SPDX-License-Identifier: Apache-2.0

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

struct framework_fixture {
	int set_up;
	int before;
	int after;
};

static struct framework_fixture fixture_data;

static void *framework_setup(void)
{
	fixture_data.set_up++;
	return &fixture_data;
}

static void framework_before(void *fixture)
{
	((struct framework_fixture *)fixture)->before++;
}

static void framework_after(void *fixture)
{
	((struct framework_fixture *)fixture)->after++;
}

ZTEST_SUITE(framework, NULL, framework_setup, framework_before, framework_after, NULL);

ZTEST_F(framework, test_fixture)
{
	zassert_equal(fixture->set_up, 1);
	zassert_equal(fixture->before, fixture->after + 1, "after each case, also one that failed");
}

ZTEST_EXPECT_FAIL(framework, test_assertion_ends_the_case);
ZTEST(framework, test_assertion_ends_the_case)
{
	zassert_true(false, "on purpose");
	k_panic();
}

ZTEST_EXPECT_FAIL(framework, test_expectation_fails_later);
ZTEST(framework, test_expectation_fails_later)
{
	zexpect_equal(1, 2, "on purpose");
	ztest_test_pass();
}

ZTEST_EXPECT_SKIP(framework, test_skip);
ZTEST(framework, test_skip)
{
	ztest_test_skip();
	k_panic();
}

static struct k_thread thread;
static K_THREAD_STACK_DEFINE(stack, 2048);

static void fails(void *a, void *b, void *c)
{
	ARG_UNUSED(a);
	ARG_UNUSED(b);
	ARG_UNUSED(c);
	zassert_unreachable("on purpose");
	k_panic();
}

ZTEST_EXPECT_FAIL(framework, test_failure_in_another_thread);
ZTEST(framework, test_failure_in_another_thread)
{
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), fails, NULL, NULL, NULL, 0, 0,
			K_NO_WAIT);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
}
