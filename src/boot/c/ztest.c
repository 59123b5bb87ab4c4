// SPDX-License-Identifier: Apache-2.0
/*
 * Runs the test suites of an application and reports.
 *
 * The cases run one after the other on the main thread. A failed assertion leaves the case by
 * longjmp(), so what it holds then stays held: `after` and `teardown` clean up, as they must on any
 * target.
 */
#if defined(CONFIG_ZTEST)

#include <setjmp.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/random/random.h>
#include <zephyr/ztest.h>

#define RULE "===================================================================\n"

static const char *const result_names[] = {"PEND", "PASS", "FAIL", "SKIP", "SKIP", "FAIL"};

static struct {
	/* Where a case that ends early goes, and whether there is one to leave. */
	jmp_buf way_out;
	bool running;
	k_tid_t thread;
	volatile enum ztest_result result;
	volatile bool fail_expected;
} current;

static struct {
	uint32_t passed;
	uint32_t failed;
	uint32_t skipped;
} totals;

static bool suite_missing;

/* Ends the running function. From a thread that the case made, only that thread. */
static void end_case(enum ztest_result result)
{
	if (current.result == ZTEST_RESULT_PENDING || result == ZTEST_RESULT_FAIL) {
		current.result = result;
	}
	if (!current.running) {
		printk("    ... outside of a test\n");
		znet_exit(1);
	}
	if (k_current_get() != current.thread) {
		k_thread_abort(k_current_get());
	} else {
		longjmp(current.way_out, 1);
	}
}

void ztest_test_fail(void)
{
	end_case(ZTEST_RESULT_FAIL);
}

void ztest_test_pass(void)
{
	end_case(ZTEST_RESULT_PASS);
}

void ztest_test_skip(void)
{
	end_case(ZTEST_RESULT_SKIP);
}

void ztest_test_expect_fail(void)
{
	current.fail_expected = true;
}

void ztest_skip_failed_assumption(void)
{
	end_case(IS_ENABLED(CONFIG_ZTEST_FAIL_ON_ASSUME) ? ZTEST_RESULT_FAIL : ZTEST_RESULT_SKIP);
}

bool z_ztest_check(enum z_ztest_kind kind, bool holds, const char *what, const char *file, int line,
		   const char *func, const char *fmt, ...)
{
	static const char *const words[] = {"Assertion", "Expectation", "Assumption"};

	if (holds) {
		if (CONFIG_ZTEST_ASSERT_VERBOSE >= 2) {
			printk("    %s at %s:%d holds: %s\n", words[kind], file, line, what);
		}
		return true;
	}

	char text[160] = "";
	va_list ap;

	va_start(ap, fmt);
	if (fmt != NULL) {
		vsnprintk(text, sizeof(text), fmt, ap);
	}
	va_end(ap);
	printk("\n    %s failed at %s:%d: %s%s%s%s\n", words[kind], file, line, func,
	       CONFIG_ZTEST_ASSERT_VERBOSE >= 1 ? ": (" : "",
	       CONFIG_ZTEST_ASSERT_VERBOSE >= 1 ? what : "",
	       CONFIG_ZTEST_ASSERT_VERBOSE >= 1 ? ")" : "");
	if (text[0] != '\0') {
		printk("    %s\n", text);
	}

	switch (kind) {
	case Z_ZTEST_KIND_ASSERT:
		ztest_test_fail();
		break;
	case Z_ZTEST_KIND_EXPECT:
		current.result = ZTEST_RESULT_FAIL;
		break;
	case Z_ZTEST_KIND_ASSUME:
		ztest_skip_failed_assumption();
		break;
	}
	return false;
}

/* Runs a function that may end early. */
static void guarded(void (*function)(void *), void *argument)
{
	current.thread = k_current_get();
	if (setjmp(current.way_out) == 0) {
		current.running = true;
		function(argument);
	}
	current.running = false;
}

static void rules(const struct ztest_unit_test *test, void *data, bool before)
{
	STRUCT_SECTION_FOREACH(ztest_test_rule, rule) {
		const ztest_rule_cb call = before ? rule->before_each : rule->after_each;

		if (call != NULL) {
			call(test, data);
		}
	}
}

struct call {
	const struct ztest_suite_node *suite;
	const struct ztest_unit_test *test;
	void *fixture;
	/* What the case gets: the fixture, unless the caller of the suite says otherwise. */
	void *data;
};

static void do_case(void *argument)
{
	const struct call *const call = argument;

	rules(call->test, call->fixture, true);
	if (call->suite->before != NULL) {
		call->suite->before(call->fixture);
	}
	call->test->test(call->data);
	if (z_cleanup_mock() != 0) {
		ztest_test_fail();
	}
}

static void do_after(void *argument)
{
	const struct call *const call = argument;

	if (call->suite->after != NULL) {
		call->suite->after(call->fixture);
	}
	rules(call->test, call->fixture, false);
}

/* The result as the program's author wants it, given what ZTEST_EXPECT_FAIL() and its kin say. */
static enum ztest_result judged(const struct ztest_unit_test *test, enum ztest_result result)
{
	enum ztest_result wanted = ZTEST_RESULT_PASS;

	if (current.fail_expected) {
		wanted = ZTEST_RESULT_FAIL;
	}
	STRUCT_SECTION_FOREACH(ztest_expected_result_entry, entry) {
		if (strcmp(entry->test_suite_name, test->test_suite_name) == 0 &&
		    strcmp(entry->test_name, test->name) == 0) {
			wanted = entry->expected_result == ZTEST_EXPECTED_RESULT_FAIL
					 ? ZTEST_RESULT_FAIL
					 : ZTEST_RESULT_SKIP;
		}
	}
	if (wanted == ZTEST_RESULT_PASS) {
		return result;
	}
	return result == wanted ? ZTEST_RESULT_PASS : ZTEST_RESULT_FAIL;
}

/* Counts a result and prints it. */
static void report(const struct ztest_unit_test *test, enum ztest_result result, uint32_t ms)
{
	test->stats->run_count++;
	test->stats->duration_worst_ms = MAX(test->stats->duration_worst_ms, ms);
	switch (result) {
	case ZTEST_RESULT_PASS:
		test->stats->pass_count++;
		break;
	case ZTEST_RESULT_SKIP:
		test->stats->skip_count++;
		break;
	default:
		test->stats->fail_count++;
		break;
	}
	if (IS_ENABLED(CONFIG_ZTEST_VERBOSE_OUTPUT) || result == ZTEST_RESULT_FAIL) {
		printk(" %s - %s in %u.%03u seconds\n", result_names[result], test->name, ms / 1000,
		       ms % 1000);
	}
}

static enum ztest_result run_case(struct call *call)
{
	const struct ztest_unit_test *const test = call->test;
	const int64_t start = k_uptime_get();

	if (IS_ENABLED(CONFIG_ZTEST_VERBOSE_OUTPUT)) {
		printk("START - %s\n", test->name);
	}
	current.result = ZTEST_RESULT_PENDING;
	current.fail_expected = false;
	z_init_mock();
	guarded(do_case, call);
	if (current.result == ZTEST_RESULT_PENDING) {
		current.result = ZTEST_RESULT_PASS;
	}
	guarded(do_after, call);

	const uint32_t ms = (uint32_t)(k_uptime_get() - start);
	const enum ztest_result result = judged(test, current.result);

	report(test, result, ms);
	if (CONFIG_ZTEST_TEST_DELAY_MS > 0) {
		k_msleep(CONFIG_ZTEST_TEST_DELAY_MS);
	}
	return result;
}

struct suite_call {
	const struct ztest_suite_node *suite;
	void *fixture;
};

static void do_setup(void *argument)
{
	struct suite_call *const call = argument;

	call->fixture = call->suite->setup();
}

static void do_teardown(void *argument)
{
	const struct suite_call *const call = argument;

	call->suite->teardown(call->fixture);
}

/* The numbers below `count` in a random order. */
static void shuffled(uint16_t *order, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		order[i] = (uint16_t)i;
	}
	for (size_t i = count; i > 1; i--) {
		const size_t other = sys_rand32_get() % i;
		const uint16_t last = order[i - 1];

		order[i - 1] = order[other];
		order[other] = last;
	}
}

/* A suite's run, as its caller wants it. */
struct how {
	bool shuffle;
	int case_iter;
	void *param;
};

static bool cases_of(const struct ztest_suite_node *suite, void *fixture, const struct how *how)
{
	static uint16_t order[CONFIG_ZNET_ZTEST_SHUFFLE_MAX];
	const size_t count = ZTEST_TEST_COUNT;
	const bool shuffle = how->shuffle && count <= ARRAY_SIZE(order);
	bool failed = false;

	if (shuffle) {
		shuffled(order, count);
	}
	for (size_t n = 0; n < count; n++) {
		struct ztest_unit_test *const test =
			&_ztest_unit_test_list_start[shuffle ? order[n] : n];

		if (strcmp(test->test_suite_name, suite->name) != 0 ||
		    !z_ztest_should_test_run(suite->name, test->name)) {
			continue;
		}
		for (int i = 0; i < how->case_iter; i++) {
			struct call call = {suite, test, fixture,
					    how->param != NULL ? how->param : fixture};

			failed |= run_case(&call) == ZTEST_RESULT_FAIL;
			if (failed && IS_ENABLED(CONFIG_ZTEST_FAIL_FAST)) {
				return false;
			}
		}
	}
	return !failed;
}

/* Marks all cases of a suite whose setup failed or was skipped. */
static void count_all(const struct ztest_suite_node *suite, bool failed)
{
	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (strcmp(test->test_suite_name, suite->name) == 0) {
			test->stats->run_count++;
			if (failed) {
				test->stats->fail_count++;
			} else {
				test->stats->skip_count++;
			}
		}
	}
}

static bool run_suite(const struct ztest_suite_node *suite, const struct how *how)
{
	struct suite_call call = {suite, NULL};
	bool good;

	printk("Running TESTSUITE %s\n" RULE, suite->name);
	suite->stats->run_count++;
	current.result = ZTEST_RESULT_PENDING;
	if (suite->setup != NULL) {
		guarded(do_setup, &call);
	}
	if (current.result == ZTEST_RESULT_FAIL || current.result == ZTEST_RESULT_SKIP) {
		good = current.result != ZTEST_RESULT_FAIL;
		count_all(suite, !good);
	} else {
		good = cases_of(suite, call.fixture, how);
		current.result = ZTEST_RESULT_PENDING;
		if (suite->teardown != NULL) {
			guarded(do_teardown, &call);
		}
		good &= current.result != ZTEST_RESULT_FAIL;
	}
	if (!good) {
		suite->stats->fail_count++;
	}
	printk(RULE "TESTSUITE %s %s\n\n", suite->name, good ? "succeeded" : "failed.");
	return good;
}

static bool may_go_on(bool good)
{
	return good || !IS_ENABLED(CONFIG_ZTEST_FAIL_FAST);
}

/* Without a predicate a suite runs once, whatever the state. */
__weak bool z_ztest_should_suite_run(const void *state, struct ztest_suite_node *suite)
{
	return suite->predicate != NULL ? suite->predicate(state) : suite->stats->run_count == 0;
}

__weak bool z_ztest_should_test_run(const char *suite, const char *test)
{
	ARG_UNUSED(suite);
	ARG_UNUSED(test);
	return true;
}

/* Whether any case of the suite was asked for. */
static bool has_cases(const struct ztest_suite_node *suite)
{
	bool asked = false, any = false;

	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (strcmp(test->test_suite_name, suite->name) == 0) {
			any = true;
			asked |= z_ztest_should_test_run(suite->name, test->name);
		}
	}
	return asked || !any;
}

int ztest_run_test_suites(const void *state, bool shuffle, int suite_iter, int case_iter)
{
	static uint16_t order[CONFIG_ZNET_ZTEST_SHUFFLE_MAX];
	const struct how how = {shuffle, case_iter, NULL};
	const size_t suites = ZTEST_SUITE_COUNT;
	int count = 0;

	shuffle &= suites <= ARRAY_SIZE(order);
	if (shuffle) {
		shuffled(order, suites);
	}
	for (size_t n = 0; n < suites; n++) {
		struct ztest_suite_node *const suite =
			&_ztest_suite_node_list_start[shuffle ? order[n] : n];

		if (!has_cases(suite) || !z_ztest_should_suite_run(state, suite)) {
			continue;
		}
		count++;
		for (int i = 0; i < suite_iter; i++) {
			if (!may_go_on(run_suite(suite, &how))) {
				return count;
			}
		}
	}
	return count;
}

void ztest_run_all(const void *state, bool shuffle, int suite_iter, int case_iter)
{
	ztest_run_test_suites(state, shuffle, suite_iter, case_iter);
}

int z_ztest_run_test_suite(const char *name, bool shuffle, int suite_iter, int case_iter,
			   void *param)
{
	const struct how how = {shuffle, case_iter, param};
	int count = 0;

	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if (strcmp(suite->name, name) == 0) {
			for (int i = 0; i < suite_iter; i++) {
				count++;
				if (!may_go_on(run_suite(suite, &how))) {
					break;
				}
			}
		}
	}
	return count;
}

struct ztest_unit_test *z_ztest_get_next_test(const char *suite, struct ztest_unit_test *prev)
{
	struct ztest_unit_test *test = prev == NULL ? _ztest_unit_test_list_start : prev + 1;

	for (; test < _ztest_unit_test_list_end; test++) {
		if (strcmp(test->test_suite_name, suite) == 0) {
			return test;
		}
	}
	return NULL;
}

void z_ztest_list_tests(void)
{
	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		printk("%s::%s\n", test->test_suite_name, test->name);
	}
}

void ztest_simple_1cpu_before(void *data)
{
	ARG_UNUSED(data);
}

void ztest_simple_1cpu_after(void *data)
{
	ARG_UNUSED(data);
}

void ztest_verify_all_test_suites_ran(void)
{
	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if (suite->stats->run_count == 0 && has_cases(suite)) {
			printk("ERROR: Test suite '%s' did not run.\n", suite->name);
			suite_missing = true;
		}
	}
	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		bool found = false;

		STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
			found |= strcmp(suite->name, test->test_suite_name) == 0;
		}
		if (!found) {
			printk("ERROR: Test '%s' names suite '%s', which does not exist.\n",
			       test->name, test->test_suite_name);
			suite_missing = true;
		}
	}
}

static enum ztest_result overall(const struct ztest_unit_test_stats *stats)
{
	return stats->fail_count > 0   ? ZTEST_RESULT_FAIL
	       : stats->pass_count > 0 ? ZTEST_RESULT_PASS
				       : ZTEST_RESULT_SKIP;
}

static void summary_of(const struct ztest_suite_node *suite)
{
	uint32_t count[ZTEST_RESULT_SUITE_FAIL + 1] = {0};
	uint32_t ms = 0;

	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (strcmp(test->test_suite_name, suite->name) == 0) {
			count[overall(test->stats)]++;
			ms += test->stats->duration_worst_ms;
		}
	}

	const uint32_t pass = count[ZTEST_RESULT_PASS];
	const uint32_t fail = count[ZTEST_RESULT_FAIL];
	const uint32_t skip = count[ZTEST_RESULT_SKIP];
	const uint32_t total = pass + fail + skip;
	const uint32_t rate = pass + fail > 0 ? 10000 * pass / (pass + fail) : 0;
	const bool bad = fail > 0 || suite->stats->fail_count > 0;

	totals.passed += pass;
	totals.failed += fail > 0 ? fail : bad;
	totals.skipped += skip;
	if (!IS_ENABLED(CONFIG_ZTEST_SUMMARY)) {
		return;
	}
	printk("SUITE %s - %3u.%02u%% [%s]: pass = %u, fail = %u, skip = %u, total = %u duration = "
	       "%u.%03u seconds\n",
	       bad ? "FAIL" : pass > 0 ? "PASS" : "SKIP", rate / 100, rate % 100, suite->name, pass,
	       fail, skip, total, ms / 1000, ms % 1000);
	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (strcmp(test->test_suite_name, suite->name) == 0) {
			ms = test->stats->duration_worst_ms;
			printk(" - %s - [%s.%s] duration = %u.%03u seconds\n",
			       result_names[overall(test->stats)], suite->name, test->name,
			       ms / 1000, ms % 1000);
		}
	}
	printk("\n");
}

static void summary(void)
{
	printk("\n------ TESTSUITE SUMMARY START ------\n\n");
	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if (suite->stats->run_count > 0) {
			summary_of(suite);
		}
	}
	printk("------ TESTSUITE SUMMARY END ------\n\n");
}

#if defined(CONFIG_ZTEST_FATAL_HOOK) || defined(CONFIG_ZTEST_ASSERT_HOOK)
/* Ends the thread that did what the test wanted of it. */
static void end_culprit(void)
{
	if (k_current_get() == current.thread) {
		ztest_test_pass();
	}
	k_thread_abort(k_current_get());
}
#endif

#if defined(CONFIG_ZTEST_FATAL_HOOK)
static volatile bool fault_valid;

void ztest_set_fault_valid(bool valid)
{
	fault_valid = valid;
}

__weak void ztest_post_fatal_error_hook(unsigned int reason, const struct arch_esf *esf)
{
	ARG_UNUSED(reason);
	ARG_UNUSED(esf);
}

void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf)
{
	printk("Caught system error -- reason %u\n", reason);
	if (!fault_valid) {
		printk("Fatal error was unexpected, aborting...\n");
		k_fatal_halt(reason);
	}
	fault_valid = false;
	ztest_post_fatal_error_hook(reason, esf);
	end_culprit();
}
#endif

#if defined(CONFIG_ZTEST_ASSERT_HOOK)
static volatile bool assert_valid;

void ztest_set_assert_valid(bool valid)
{
	assert_valid = valid;
}

__weak void ztest_post_assert_fail_hook(void)
{
	end_culprit();
}

void assert_post_action(const char *file, unsigned int line)
{
	printk("Caught assert failed\n");
	if (!assert_valid) {
		printk("Assert failed unexpectedly at %s:%u, aborting...\n", file, line);
		ztest_test_fail();
	}
	assert_valid = false;
	ztest_post_assert_fail_hook();
}
#endif

__weak void test_main(void)
{
	ztest_run_all(NULL, IS_ENABLED(CONFIG_ZTEST_SHUFFLE), CONFIG_ZTEST_SUITE_REPEAT_COUNT,
		      CONFIG_ZTEST_TEST_REPEAT_COUNT);
	if (IS_ENABLED(CONFIG_ZTEST_VERIFY_RUN_ALL)) {
		ztest_verify_all_test_suites_ran();
	}
}

/* The command line of a host may ask for the names of the cases instead. */
#if defined(CONFIG_ARCH_POSIX)
bool z_ztest_native_list(void);
#else
static inline bool z_ztest_native_list(void)
{
	return false;
}
#endif

__weak int main(void)
{
	if (z_ztest_native_list()) {
		znet_exit(0);
	}
	k_thread_priority_set(k_current_get(), CONFIG_ZTEST_THREAD_PRIORITY);
	test_main();
	summary();

	const bool good = totals.failed == 0 && !suite_missing;

	printk(RULE "PROJECT EXECUTION %s\n", good ? "SUCCESSFUL" : "FAILED");
	printk("%u passed, %u failed, %u skipped\n", totals.passed, totals.failed, totals.skipped);
	znet_exit(good ? 0 : 1);
	return 0;
}

#endif
