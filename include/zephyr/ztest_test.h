// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Test suites and their cases. Include <zephyr/ztest.h>.
 *
 * The program runs all suites, prints each case, a summary and, last, the line `N passed, N failed,
 * N skipped`. It ends with a status other than 0 if a case failed.
 */
#ifndef ZEPHYR_INCLUDE_ZTEST_TEST_H_
#define ZEPHYR_INCLUDE_ZTEST_TEST_H_

#include <zephyr/app_memory/app_memdomain.h>
#include <zephyr/init.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ztest_result {
	/** Not known yet. */
	ZTEST_RESULT_PENDING,
	ZTEST_RESULT_PASS,
	ZTEST_RESULT_FAIL,
	ZTEST_RESULT_SKIP,
	ZTEST_RESULT_SUITE_SKIP,
	ZTEST_RESULT_SUITE_FAIL,
};

enum ztest_phase {
	TEST_PHASE_SETUP,
	TEST_PHASE_BEFORE,
	TEST_PHASE_TEST,
	TEST_PHASE_AFTER,
	TEST_PHASE_TEARDOWN,
	TEST_PHASE_FRAMEWORK,
};

enum ztest_expected_result {
	ZTEST_EXPECTED_RESULT_FAIL,
	ZTEST_EXPECTED_RESULT_SKIP,
};

/** A case that is meant to fail or to be skipped. */
struct ztest_expected_result_entry {
	const char *test_suite_name;
	const char *test_name;
	enum ztest_expected_result expected_result;
};

struct ztest_unit_test_stats {
	uint32_t run_count;
	uint32_t skip_count;
	uint32_t fail_count;
	uint32_t pass_count;
	/** Time of the longest run, in milliseconds. */
	uint32_t duration_worst_ms;
};

/** A case. */
struct ztest_unit_test {
	const char *test_suite_name;
	const char *name;
	void (*test)(void *data);
	/** Ignored: there is no user mode. */
	uint32_t thread_options;
	struct ztest_unit_test_stats *const stats;
};

struct ztest_suite_stats {
	uint32_t run_count;
	uint32_t skip_count;
	uint32_t fail_count;
};

/** Runs once before the cases; its result is handed to the other functions. */
typedef void *(*ztest_suite_setup_t)(void);
/** Runs before each case. */
typedef void (*ztest_suite_before_t)(void *fixture);
/** Runs after each case, also one that failed. */
typedef void (*ztest_suite_after_t)(void *fixture);
/** Runs once after the cases. */
typedef void (*ztest_suite_teardown_t)(void *fixture);
/** Says whether the suite shall run in the given state of the program. */
typedef bool (*ztest_suite_predicate_t)(const void *global_state);

/** A suite. */
struct ztest_suite_node {
	const char *const name;
	const ztest_suite_setup_t setup;
	const ztest_suite_before_t before;
	const ztest_suite_after_t after;
	const ztest_suite_teardown_t teardown;
	const ztest_suite_predicate_t predicate;
	struct ztest_suite_stats *const stats;
};

/** Defines a suite; each function may be NULL. */
#define ZTEST_SUITE(SUITE_NAME, PREDICATE, setup_fn, before_fn, after_fn, teardown_fn)             \
	static struct ztest_suite_stats _CONCAT(z_ztest_suite_stats_, SUITE_NAME);                 \
	static const STRUCT_SECTION_ITERABLE(ztest_suite_node,                                     \
					     _CONCAT(z_ztest_suite_node_, SUITE_NAME)) = {         \
		STRINGIFY(SUITE_NAME), setup_fn, before_fn, after_fn, teardown_fn, PREDICATE,      \
		&_CONCAT(z_ztest_suite_stats_, SUITE_NAME)}

#define Z_ZTEST_UNIT(suite, fn, body)                                                              \
	static struct ztest_unit_test_stats z_ztest_unit_test_stats_##suite##_##fn;                \
	static const STRUCT_SECTION_ITERABLE(ztest_unit_test,                                      \
					     z_ztest_unit_test__##suite##__##fn) = {               \
		#suite, #fn, body, 0, &z_ztest_unit_test_stats_##suite##_##fn}

#define Z_ZTEST(suite, fn)                                                                         \
	static void suite##_##fn(void);                                                            \
	static void z_ztest_run_##suite##_##fn(void *data)                                         \
	{                                                                                          \
		ARG_UNUSED(data);                                                                  \
		suite##_##fn();                                                                    \
	}                                                                                          \
	Z_ZTEST_UNIT(suite, fn, z_ztest_run_##suite##_##fn);                                       \
	static void suite##_##fn(void)

#define Z_ZTEST_P(suite, fn)                                                                       \
	static void suite##_##fn(void *data);                                                      \
	Z_ZTEST_UNIT(suite, fn, suite##_##fn);                                                     \
	static void suite##_##fn(void *data)

#define Z_ZTEST_F(suite, fn)                                                                       \
	static void suite##_##fn(struct suite##_fixture *fixture);                                 \
	static void z_ztest_run_##suite##_##fn(void *data)                                         \
	{                                                                                          \
		suite##_##fn((struct suite##_fixture *)data);                                      \
	}                                                                                          \
	Z_ZTEST_UNIT(suite, fn, z_ztest_run_##suite##_##fn);                                       \
	static void suite##_##fn(struct suite##_fixture *fixture)

/** Defines a case of a suite: a function body follows. */
#define ZTEST(suite, fn)        Z_ZTEST(suite, fn)
/** The same; there is no user mode. */
#define ZTEST_USER(suite, fn)   Z_ZTEST(suite, fn)
/** A case whose body sees `struct suite_fixture *fixture`, what the suite's setup returned. */
#define ZTEST_F(suite, fn)      Z_ZTEST_F(suite, fn)
#define ZTEST_USER_F(suite, fn) Z_ZTEST_F(suite, fn)
/**
 * A case whose body sees `void *data`: what the suite's setup returned, or what the caller of
 * ztest_run_test_suite() hands in.
 */
#define ZTEST_P(suite, fn)      Z_ZTEST_P(suite, fn)

#define Z_ZTEST_EXPECT(suite, fn, expectation)                                                     \
	static const STRUCT_SECTION_ITERABLE(ztest_expected_result_entry,                          \
					     z_ztest_expected_##suite##_##fn) = {                  \
		#suite, #fn, expectation}
/** The case passes if it fails. */
#define ZTEST_EXPECT_FAIL(suite, fn) Z_ZTEST_EXPECT(suite, fn, ZTEST_EXPECTED_RESULT_FAIL)
/** The case passes if it is skipped. */
#define ZTEST_EXPECT_SKIP(suite, fn) Z_ZTEST_EXPECT(suite, fn, ZTEST_EXPECTED_RESULT_SKIP)

/** Skips the case if the Kconfig symbol is set. */
#define Z_TEST_SKIP_IFDEF(config)                                                                  \
	do {                                                                                       \
		if (IS_ENABLED(config)) {                                                          \
			ztest_test_skip();                                                         \
		}                                                                                  \
	} while (false)
/** Skips the case unless the Kconfig symbol is set. */
#define Z_TEST_SKIP_IFNDEF(config)                                                                 \
	do {                                                                                       \
		if (!IS_ENABLED(config)) {                                                         \
			ztest_test_skip();                                                         \
		}                                                                                  \
	} while (false)

typedef void (*ztest_rule_cb)(const struct ztest_unit_test *test, void *data);

/** Functions around each case of every suite. */
struct ztest_test_rule {
	ztest_rule_cb before_each;
	ztest_rule_cb after_each;
};

/** Defines a rule; either function may be NULL. */
#define ZTEST_RULE(name, before_each_fn, after_each_fn)                                            \
	static const STRUCT_SECTION_ITERABLE(ztest_test_rule, z_ztest_test_rule_##name) = {        \
		before_each_fn, after_each_fn}

/* Attributes that other targets need. */
#define ZTEST_BMEM
#define ZTEST_DMEM
#define ZTEST_SECTION .data

extern struct ztest_unit_test _ztest_unit_test_list_start[];
extern struct ztest_unit_test _ztest_unit_test_list_end[];
extern struct ztest_suite_node _ztest_suite_node_list_start[];
extern struct ztest_suite_node _ztest_suite_node_list_end[];

/** Number of cases in the program. */
#define ZTEST_TEST_COUNT  (_ztest_unit_test_list_end - _ztest_unit_test_list_start)
/** Number of suites in the program. */
#define ZTEST_SUITE_COUNT (_ztest_suite_node_list_end - _ztest_suite_node_list_start)

/** Ends the case as failed. From another thread: marks it and ends that thread. */
void ztest_test_fail(void);
/** Ends the case as passed. */
void ztest_test_pass(void);
/** Ends the case as skipped. */
void ztest_test_skip(void);
/** The case passes only if a check fails from here on. */
void ztest_test_expect_fail(void);
/** Ends the case for a failed assumption: skipped, or failed with CONFIG_ZTEST_FAIL_ON_ASSUME. */
void ztest_skip_failed_assumption(void);

/**
 * Runs the suites whose predicate says so.
 *
 * @param state      handed to the predicates
 * @param shuffle    run suites and cases in a random order instead of that of their names
 * @param suite_iter times to run each suite
 * @param case_iter  times to run each case within it
 * @return number of suites that ran
 */
int ztest_run_test_suites(const void *state, bool shuffle, int suite_iter, int case_iter);
/** The same without a result. */
void ztest_run_all(const void *state, bool shuffle, int suite_iter, int case_iter);
/** Fails the program if a suite has not run. */
void ztest_verify_all_test_suites_ran(void);
/**
 * Runs one suite by name.
 *
 * @param param handed to the cases in place of what setup returned; NULL leaves that
 */
int z_ztest_run_test_suite(const char *name, bool shuffle, int suite_iter, int case_iter,
			   void *param);
#define ztest_run_test_suite(suite, shuffle, suite_iter, case_iter, param)                         \
	z_ztest_run_test_suite(STRINGIFY(suite), shuffle, suite_iter, case_iter, param)

/** The case of the suite that follows @p prev, or the first; NULL behind the last. */
struct ztest_unit_test *z_ztest_get_next_test(const char *suite, struct ztest_unit_test *prev);

/** For suites that must have one processor, which is all there is: nothing to do. */
void ztest_simple_1cpu_before(void *data);
/** The counterpart of ztest_simple_1cpu_before(). */
void ztest_simple_1cpu_after(void *data);

static inline void z_test_1cpu_start(void)
{
}

static inline void z_test_1cpu_stop(void)
{
}

/** What a board may do in place of the framework; the weak functions of the library serve all. */
struct ztest_arch_api {
	void (*run_all)(const void *state, bool shuffle, int suite_iter, int case_iter);
	bool (*should_suite_run)(const void *state, struct ztest_suite_node *suite);
	bool (*should_test_run)(const char *suite, const char *test);
};

/** Whether the suite runs in this state of the program; an application may define its own. */
bool z_ztest_should_suite_run(const void *state, struct ztest_suite_node *suite);
/** Whether the case was asked for. */
bool z_ztest_should_test_run(const char *suite, const char *test);
/** Prints the suites and cases there are, one a line as suite::case. */
void z_ztest_list_tests(void);

/** What main() calls; an application may define its own. The library's runs all suites once. */
void test_main(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZTEST_TEST_H_ */
