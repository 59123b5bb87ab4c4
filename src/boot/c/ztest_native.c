// SPDX-License-Identifier: Apache-2.0
/*
 * The command line of a test program on native_sim: which cases to run.
 *
 *   --list                          prints the cases and ends
 *   --test=suite::case,other::*     runs these only
 */
#if defined(CONFIG_ZTEST) && defined(CONFIG_ARCH_POSIX)

#include <string.h>

#include <nsi_cmdline.h>
#include <nsi_tasks.h>

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

static bool list_wanted;
static char *tests_wanted;

static struct args_struct_t options[] = {
	{.is_switch = true,
	 .option = "list",
	 .type = 'b',
	 .dest = &list_wanted,
	 .descript = "List all suite and test cases"},
	{.option = "test",
	 .name = "suite::test",
	 .type = 's',
	 .dest = &tests_wanted,
	 .descript = "Names of the tests to run, separated by commas; * stands for all of a suite"},
	ARG_TABLE_ENDMARKER};

static void add_options(void)
{
	nsi_add_command_line_opts(options);
}

NSI_TASK(add_options, PRE_BOOT_1, 10);

/* Whether text[..length] is the name, or `*`. */
static bool is_name(const char *text, size_t length, const char *name)
{
	return (length == 1 && text[0] == '*') ||
	       (strlen(name) == length && strncmp(text, name, length) == 0);
}

bool z_ztest_should_test_run(const char *suite, const char *test)
{
	if (tests_wanted == NULL) {
		return true;
	}
	for (const char *entry = tests_wanted; *entry != '\0';) {
		const size_t length = strcspn(entry, ",");
		const char *const colons = strstr(entry, "::");
		const size_t head =
			colons != NULL && colons < entry + length ? colons - entry : (ptrdiff_t)length;

		if (is_name(entry, head, suite) &&
		    (head == length || is_name(colons + 2, length - head - 2, test))) {
			return true;
		}
		entry += length + (entry[length] == ',');
	}
	return false;
}

bool z_ztest_native_list(void)
{
	if (list_wanted) {
		z_ztest_list_tests();
	}
	return list_wanted;
}

#endif
