// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/shell/shell.h>
#include <zephyr/shell/shell_backend.h>
#include <zephyr/shell/shell_dummy.h>
#include <zephyr/ztest.h>

static size_t seen_argc;
static char seen[8][32];
static intptr_t dict_value;

static int remember(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(sh);
	seen_argc = argc;
	for (size_t i = 0; i < MIN(argc, ARRAY_SIZE(seen)); i++) {
		strncpy(seen[i], argv[i], sizeof(seen[i]) - 1);
	}
	zassert_is_null(argv[argc]);
	return 0;
}

static int fails(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_error(sh, "it fails");
	return -EPERM;
}

static int prints(const struct shell *sh, size_t argc, char **argv)
{
	static const uint8_t data[] = "0123456789ABCDEFgh\n";

	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "number %d", 5);
	shell_hexdump(sh, data, sizeof(data) - 1);
	return 0;
}

static int helps(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_help(sh);
	return SHELL_CMD_HELP_PRINTED;
}

static int by_value(const struct shell *sh, size_t argc, char **argv, void *data)
{
	ARG_UNUSED(sh);
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	dict_value = (intptr_t)data;
	return 0;
}

static void dynamic_entry(size_t idx, struct shell_static_entry *entry)
{
	static const char *const names[] = {"dyn_a", "dyn_b"};

	entry->syntax = NULL;
	if (idx < ARRAY_SIZE(names)) {
		entry->syntax = names[idx];
		entry->handler = remember;
		entry->help = "made by a function";
	}
}

SHELL_DYNAMIC_CMD_CREATE(dynamic_set, dynamic_entry);
SHELL_SUBCMD_DICT_SET_CREATE(dict_set, by_value, (one, 1, "first"), (two, 2, "second"));
SHELL_STATIC_SUBCMD_SET_CREATE(deep_set,
	SHELL_CMD(deeper, NULL, "Deeper.", remember),
	SHELL_SUBCMD_SET_END);
SHELL_STATIC_SUBCMD_SET_CREATE(test_set,
	SHELL_CMD_ARG(counted, NULL, "Counts.", remember, 2, 1),
	SHELL_CMD_ARG(raw, NULL, "Raw.", remember, 1, SHELL_OPT_ARG_RAW),
	SHELL_CMD_ARG(many, NULL, "Many.", remember, 2, SHELL_OPT_ARG_CHECK_SKIP),
	SHELL_COND_CMD(CONFIG_NO_SUCH_SYMBOL, absent, NULL, "Absent.", remember),
	SHELL_CMD(deep, &deep_set, "Deep.", remember),
	SHELL_CMD(dynamic, &dynamic_set, "Dynamic.", NULL),
	SHELL_CMD(dict, &dict_set, "Dictionary.", NULL),
	SHELL_CMD(fails, NULL, "Fails.", fails),
	SHELL_CMD(prints, NULL, "Prints.", prints),
	SHELL_CMD(helps, NULL, "Helps itself.", helps),
	SHELL_SUBCMD_SET_END);
SHELL_CMD_REGISTER(test, &test_set, "Commands of the test.", NULL);

SHELL_SUBCMD_SET_CREATE(spread_set, (spread));
SHELL_CMD_REGISTER(spread, &spread_set, "A set from several files.", NULL);
SHELL_SUBCMD_ADD((spread), first, NULL, "First.", remember, 1, 0);
SHELL_SUBCMD_SET_CREATE(spread_second_set, (spread, second));
SHELL_SUBCMD_ADD((spread), second, &spread_second_set, "Second.", NULL, 1, 0);
SHELL_SUBCMD_ADD((spread, second), third, NULL, "Third.", remember, 1, 0);
SHELL_SUBCMD_COND_ADD(0, (spread), never, NULL, "Never.", remember, 1, 0);

static void shell_before(void *fixture)
{
	ARG_UNUSED(fixture);
	while (!shell_ready(shell_backend_dummy_get_ptr())) {
		k_msleep(1);
	}
	shell_backend_dummy_clear_output(shell_backend_dummy_get_ptr());
	memset(seen, 0, sizeof(seen));
	seen_argc = 0;
}

ZTEST_SUITE(shell_commands, NULL, NULL, shell_before, NULL, NULL);

static void expect(int status, const char *line)
{
	const int got = shell_execute_cmd(NULL, line);

	zassert_equal(got, status, "%s: %d", line, got);
}

static bool printed(const char *text)
{
	size_t size;

	return strstr(shell_backend_dummy_get_output(shell_backend_dummy_get_ptr(), &size), text) !=
	       NULL;
}

ZTEST(shell_commands, test_arguments_are_counted)
{
	expect(0, "test counted a");
	zassert_equal(seen_argc, 2);
	zassert_str_equal(seen[0], "counted");
	expect(0, "test counted a b");
	expect(-EINVAL, "test counted");
	zassert_true(printed("wrong parameter count"));
	expect(-EINVAL, "test counted a b c");
	expect(0, "test many a b c d e");
	zassert_equal(seen_argc, 6);
}

ZTEST(shell_commands, test_quotes_and_blanks)
{
	expect(0, "  test   counted \"a b\"   'c \"d'  ");
	zassert_equal(seen_argc, 3);
	zassert_str_equal(seen[1], "a b");
	zassert_str_equal(seen[2], "c \"d");
	expect(0, "test counted a\\ b");
	zassert_str_equal(seen[1], "a b");
	expect(0, "test raw  \"a\"   b ");
	zassert_equal(seen_argc, 2);
	zassert_str_equal(seen[1], "\"a\"   b ");
	expect(0, "");
	expect(0, "   ");
}

ZTEST(shell_commands, test_levels)
{
	expect(0, "test deep");
	zassert_str_equal(seen[0], "deep");
	expect(0, "test deep deeper x");
	zassert_str_equal(seen[0], "deeper");
	zassert_str_equal(seen[1], "x");
	expect(0, "test deep no_such");
	zassert_str_equal(seen[1], "no_such", "the nearest command gets the rest");
	expect(0, "test dynamic dyn_b");
	zassert_str_equal(seen[0], "dyn_b");
	expect(0, "test dict two");
	zassert_equal(dict_value, 2);
	expect(0, "spread first");
	expect(0, "spread second third");
	expect(-ENOEXEC, "spread never");
	expect(-ENOEXEC, "test absent");
}

ZTEST(shell_commands, test_results)
{
	expect(-EPERM, "test fails");
	zassert_equal(shell_get_return_value(shell_backend_dummy_get_ptr()), -EPERM);
	zassert_true(printed("it fails"));
	expect(-ENOEXEC, "no_such");
	zassert_true(printed("no_such: command not found"));
	zassert_equal(shell_execute_cmd(NULL, NULL), -ENOEXEC);

	char line[CONFIG_SHELL_CMD_BUFF_SIZE + 1];

	memset(line, 'a', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	expect(-ENOMEM, line);
}

ZTEST(shell_commands, test_help)
{
	expect(SHELL_CMD_HELP_PRINTED, "test counted --help");
	zassert_true(printed("counted - Counts."));
	expect(SHELL_CMD_HELP_PRINTED, "test -h");
	expect(SHELL_CMD_HELP_PRINTED, "test");
	zassert_true(printed("Fails."));
	expect(SHELL_CMD_HELP_PRINTED, "test helps");
	zassert_true(printed("helps - Helps itself."));
	expect(0, "help");
	zassert_true(printed("Commands of the test."));
	expect(0, "kernel version");
	zassert_true(printed("4.2"));
	expect(0, "kernel threads");
	zassert_true(printed("shell_dummy"));
}

ZTEST(shell_commands, test_output)
{
	expect(0, "test prints");

	size_t size;
	const char *const text =
		shell_backend_dummy_get_output(shell_backend_dummy_get_ptr(), &size);

	zassert_not_null(strstr(text, "number 5\n"));
	zassert_not_null(strstr(text, "00000000: 30 31 32 33 34 35 36 37  38 39 41 42 43 44 45 46 "
				      "|01234567 89ABCDEF|"));
	zassert_not_null(strstr(text, "00000010: 67 68 0a"));
	zassert_equal(strlen(text), size);
	shell_backend_dummy_get_output(shell_backend_dummy_get_ptr(), &size);
	zassert_equal(size, 0, "reading empties it");
}

ZTEST(shell_commands, test_root_command)
{
	zassert_equal(shell_set_root_cmd("no_such"), -EINVAL);
	zassert_ok(shell_set_root_cmd("test"));
	expect(0, "counted a");
	zassert_ok(shell_set_root_cmd(NULL));
	expect(-ENOEXEC, "counted a");
}

ZTEST(shell_commands, test_network)
{
	expect(0, "net iface");
	zassert_true(printed("127.0.0.1"));
	expect(0, "net iface show 1");
	zassert_true(printed("Status    : up"));
	expect(-ENOEXEC, "net iface show 9");
	expect(0, "net mem");
	zassert_true(printed("RX packets"));
	expect(0, "net ping -c 1 127.0.0.1");
	zassert_true(printed("icmp_seq=0"));
	expect(-ENOEXEC, "net ping nobody");
}

ZTEST(shell_commands, test_numbers)
{
	int err = 0;

	zassert_equal(shell_strtol("-0x10", 0, &err), -16);
	zassert_equal(shell_strtoul("42", 10, &err), 42);
	zassert_equal(shell_strtoull("18446744073709551615", 10, &err), UINT64_MAX);
	zassert_true(shell_strtobool("on", 0, &err));
	zassert_true(shell_strtobool("enable", 0, &err));
	zassert_true(shell_strtobool("7", 0, &err));
	zassert_false(shell_strtobool("false", 0, &err));
	zassert_ok(err);
	shell_strtol("12x", 0, &err);
	zassert_equal(err, -EINVAL);
	err = 0;
	shell_strtol("", 0, &err);
	zassert_equal(err, -EINVAL);
	err = 0;
	shell_strtoul("-1", 0, &err);
	zassert_equal(err, -EINVAL);
	err = 0;
	shell_strtol("99999999999999999999", 0, &err);
	zassert_equal(err, -ERANGE);
}

ZTEST(shell_commands, test_devices_and_backends)
{
	zassert_not_null(shell_device_lookup(0, "lo"));
	zassert_is_null(shell_device_lookup(1, "lo"));
	zassert_is_null(shell_device_lookup(0, "no_such"));
	zassert_not_null(shell_device_filter(0, NULL));
	zassert_equal(shell_backend_count_get(), 3);
	zassert_equal_ptr(shell_backend_get_by_name("shell_dummy"), shell_backend_dummy_get_ptr());
	zassert_is_null(shell_backend_get_by_name("no_such"));
}
