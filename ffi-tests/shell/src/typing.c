// SPDX-License-Identifier: Apache-2.0
/*
 * A terminal of the test's own: what is typed goes in, what the screen shows comes out.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/shell/shell.h>
#include <zephyr/ztest.h>

static char input[256], output[1024];
static size_t input_length, output_length;
static shell_transport_handler_t tell;
static void *tell_context;

static int own_init(const struct shell_transport *transport, const void *config,
		    shell_transport_handler_t handler, void *context)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(config);
	tell = handler;
	tell_context = context;
	return 0;
}

static int own_uninit(const struct shell_transport *transport)
{
	ARG_UNUSED(transport);
	return 0;
}

static int own_enable(const struct shell_transport *transport, bool blocking_tx)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(blocking_tx);
	return 0;
}

static int own_write(const struct shell_transport *transport, const void *data, size_t length,
		     size_t *cnt)
{
	const size_t part = MIN(length, sizeof(output) - 1 - output_length);

	ARG_UNUSED(transport);
	memcpy(&output[output_length], data, part);
	output_length += part;
	*cnt = length;
	return 0;
}

static int own_read(const struct shell_transport *transport, void *data, size_t length, size_t *cnt)
{
	const size_t part = MIN(length, input_length);

	ARG_UNUSED(transport);
	memcpy(data, input, part);
	memmove(input, &input[part], input_length - part);
	input_length -= part;
	*cnt = part;
	return 0;
}

static const struct shell_transport_api own_api = {
	.init = own_init,
	.uninit = own_uninit,
	.enable = own_enable,
	.write = own_write,
	.read = own_read,
};
static struct shell_transport own_transport = {.api = &own_api};

SHELL_DEFINE(own, "> ", &own_transport, 0, 0, SHELL_FLAG_OLF_CRLF);

static char said[64];

static int cmd_say(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(sh);
	ARG_UNUSED(argc);
	strncpy(said, argv[1], sizeof(said) - 1);
	return 0;
}

SHELL_CMD_ARG_REGISTER(say, NULL, "Says.", cmd_say, 2, 0);

static void *typing_setup(void)
{
	const struct shell_backend_config_flags flags = SHELL_DEFAULT_BACKEND_CONFIG_FLAGS;

	zassert_ok(shell_init(&own, NULL, flags, false, 0));
	zassert_equal(shell_init(&own, NULL, flags, false, 0), -EALREADY);
	while (!shell_ready(&own)) {
		k_msleep(1);
	}
	return NULL;
}

static void typing_before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(said, 0, sizeof(said));
	memset(output, 0, sizeof(output));
	output_length = 0;
}

ZTEST_SUITE(shell_typing, NULL, typing_setup, typing_before, NULL, NULL);

static void type(const char *text)
{
	input_length = strlen(text);
	memcpy(input, text, input_length);
	tell(SHELL_TRANSPORT_EVT_RX_RDY, tell_context);
	while (input_length > 0) {
		k_msleep(1);
	}
	k_msleep(5);
}

ZTEST(shell_typing, test_line_is_echoed_and_carried_out)
{
	type("say hello\r\n");
	zassert_str_equal(said, "hello");
	zassert_str_equal(output, "say hello\n> ", "one prompt for both ends of the line");
}

ZTEST(shell_typing, test_editing)
{
	type("say abx\bc\n");
	zassert_str_equal(said, "abc");
	type("say bc\033[D\033[Da\n");
	zassert_str_equal(said, "abc", "the cursor goes back");
	type("junk\x15say new\n");
	zassert_str_equal(said, "new", "Ctrl-U clears the line");
	type("say one two\x17three\x01\x05\n");
	zassert_str_equal(said, "new", "two words are too many");
	type("ay q\x01s\n");
	zassert_str_equal(said, "q", "Ctrl-A goes to the begin");
	type("say xy\033[D\033[3~z\n");
	zassert_str_equal(said, "xz", "the delete key takes what is under the cursor");
}

ZTEST(shell_typing, test_history)
{
	type("say first\n");
	type("say second\n");
	type("\033[A\033[A\n");
	zassert_str_equal(said, "first");
	type("\033[A\033[A\033[B\n");
	zassert_str_equal(said, "first", "the latest is the one just repeated");
	type("say a-long-line-of-words\n");
	type("\033[A\033[A\033[A\033[A\n");
	zassert_str_equal(said, "a-long-line-of-words", "the older ones had to go");
}

ZTEST(shell_typing, test_completion)
{
	type("sa\tx\n");
	zassert_str_equal(said, "x");
	type("ke\tup\t\n");
	zassert_not_null(strstr(output, "Uptime: "));
	memset(output, 0, sizeof(output));
	output_length = 0;
	type("kernel \t\n");
	zassert_not_null(strstr(output, "threads"));
	zassert_not_null(strstr(output, "version"));
}

static uint8_t bypassed;

static void on_bypass(const struct shell *sh, uint8_t *data, size_t len)
{
	bypassed = data[len - 1];
	shell_set_bypass(sh, NULL);
}

ZTEST(shell_typing, test_bypass)
{
	shell_set_bypass(&own, on_bypass);
	type("z");
	zassert_equal(bypassed, 'z');
	type("say back\n");
	zassert_str_equal(said, "back");
}

ZTEST(shell_typing, test_output_between_commands_keeps_the_line)
{
	type("say ke");
	shell_print(&own, "from elsewhere");
	zassert_not_null(strstr(output, "from elsewhere\n> say ke"));
	type("pt\n");
	zassert_str_equal(said, "kept");
}

ZTEST(shell_typing, test_obscured)
{
	zassert_equal(shell_obscure_set(&own, true), 0);
	type("say p\n");
	zassert_equal(shell_obscure_set(&own, false), 1);
	zassert_str_equal(said, "p");
	zassert_is_null(strstr(output, "say"));
	zassert_equal(shell_echo_set(NULL, true), -EINVAL);
}

ZTEST(shell_typing, test_line_too_long_is_cut)
{
	char line[CONFIG_SHELL_CMD_BUFF_SIZE];

	memset(line, 'a', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	type(line);
	type("bb\n");
	zassert_not_null(strstr(output, "command not found"));
	type("say still\n");
	zassert_str_equal(said, "still");
}
