/* SPDX-License-Identifier: Apache-2.0 */
/* The shell: what is typed, lines as commands, clients of Telnet; and the log as syslog. */

#include "inputs.h"

#include <stdio.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_backend_net.h>
#include <zephyr/net/socket.h>
#include <zephyr/shell/shell.h>
#include <zephyr/shell/shell_backend.h>
#include <zephyr/shell/shell_dummy.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(inputs, LOG_LEVEL_DBG);

/* ---- commands of all forms ------------------------------------------------------------------- */

static int look(const struct shell *sh, size_t argc, char **argv)
{
	zassert_true(argc >= 1 && argc <= CONFIG_SHELL_ARGC_MAX);
	zassert_is_null(argv[argc]);
	for (size_t i = 0; i < argc; i++) {
		zassert_true(strlen(argv[i]) < CONFIG_SHELL_CMD_BUFF_SIZE);
		shell_fprintf(sh, SHELL_NORMAL, "%s ", argv[i]);
	}
	return 0;
}

static int dump(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	shell_hexdump(sh, (const uint8_t *)argv[1], strlen(argv[1]));
	shell_help(sh);
	return SHELL_CMD_HELP_PRINTED;
}

static void made(size_t idx, struct shell_static_entry *entry)
{
	static const char *const names[] = {"one", "only", "other"};

	entry->syntax = idx < ARRAY_SIZE(names) ? names[idx] : NULL;
	entry->handler = look;
	entry->help = NULL;
	entry->subcmd = NULL;
}

SHELL_DYNAMIC_CMD_CREATE(made_set, made);
SHELL_STATIC_SUBCMD_SET_CREATE(below_set,
	SHELL_CMD_ARG(look, NULL, "Looks.", look, 1, 3),
	SHELL_CMD_ARG(dump, NULL, "Dumps.", dump, 2, 0),
	SHELL_CMD_ARG(raw, NULL, NULL, look, 1, SHELL_OPT_ARG_RAW),
	SHELL_CMD(made, &made_set, "Made.", NULL),
	SHELL_SUBCMD_SET_END);
SHELL_CMD_REGISTER(try, &below_set, "Tries.", NULL);
SHELL_CMD_ARG_REGISTER(tree, NULL, "Has no tree.", look, 1, 8);

#define COMMANDS                                                                                   \
	"try ", "tree ", "look ", "dump ", "raw ", "made ", "o", "one", "help", "clear", "history", \
		"shell ", "echo ", "off", "on", "colors ", "net ", "iface ", "show ", "mem", "up ",  \
		"down ", "2", "kernel ", "threads", "uptime", "version", "-h", "--help", "\"", "'",  \
		"\\", "\\x41", "\\\"", "*", "?", " ", "  ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void shell_commands(struct input *input)
{
	const struct shell *const sh = shell_backend_dummy_get_ptr();
	char line[CONFIG_SHELL_CMD_BUFF_SIZE + 20];
	size_t size;

	(void)take_text(input, line, sizeof(line));
	/* That one ends the program. */
	if (strstr(line, "reboot") != NULL) {
		return;
	}
	(void)shell_execute_cmd(sh, line);
	zassert_equal(strlen(shell_backend_dummy_get_output(sh, &size)), size);
	(void)shell_execute_cmd(NULL, "net iface up 1");
}

static const char *const command_words[] = {COMMANDS, ""};

const struct target shell_commands_target = {"shell commands", shell_commands, command_words, 50000};

/* ---- keys ------------------------------------------------------------------------------------ */

static struct input *typed;
static shell_transport_handler_t tell;
static void *tell_context;

static int key_init(const struct shell_transport *transport, const void *config,
		    shell_transport_handler_t handler, void *context)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(config);
	tell = handler;
	tell_context = context;
	return 0;
}

static int key_uninit(const struct shell_transport *transport)
{
	ARG_UNUSED(transport);
	return 0;
}

static int key_enable(const struct shell_transport *transport, bool blocking_tx)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(blocking_tx);
	return 0;
}

static int key_write(const struct shell_transport *transport, const void *data, size_t length,
		     size_t *cnt)
{
	ARG_UNUSED(transport);
	/* Every byte is read, by whoever watches memory. */
	zassert_is_null(memchr(data, 0, length), "a zero byte on the screen");
	*cnt = length;
	return 0;
}

static int key_read(const struct shell_transport *transport, void *data, size_t length, size_t *cnt)
{
	ARG_UNUSED(transport);
	*cnt = typed != NULL ? take_bytes(typed, data, length) : 0;
	return 0;
}

static const struct shell_transport_api key_api = {
	.init = key_init,
	.uninit = key_uninit,
	.enable = key_enable,
	.write = key_write,
	.read = key_read,
};
static struct shell_transport key_transport = {.api = &key_api};

SHELL_DEFINE(keys, "> ", &key_transport, 0, 0, SHELL_FLAG_OLF_CRLF);

static void shell_line(struct input *input)
{
	static bool begun;
	uint8_t text[512];
	struct input filtered = {.at = text};

	if (!begun) {
		const struct shell_backend_config_flags flags = SHELL_DEFAULT_BACKEND_CONFIG_FLAGS;

		zassert_ok(shell_init(&keys, NULL, flags, false, 0));
		k_msleep(5);
		begun = true;
	}
	filtered.left = take_bytes(input, text, sizeof(text));
	/* The word that ends the program can't come together without this letter. */
	for (size_t i = 0; i < filtered.left; i++) {
		if (text[i] == 'b') {
			text[i] = '\b';
		}
	}
	typed = &filtered;
	tell(SHELL_TRANSPORT_EVT_RX_RDY, tell_context);
	while (filtered.left > 0) {
		k_msleep(1);
	}
	k_msleep(5);
	typed = NULL;
	zassert_true(keys.ctx->cmd_buff_len < sizeof(keys.ctx->cmd_buff));
	zassert_true(keys.ctx->cmd_buff_pos <= keys.ctx->cmd_buff_len);
	zassert_equal(keys.ctx->cmd_buff[keys.ctx->cmd_buff_len], '\0');
	zassert_true(keys.ctx->history_len <= sizeof(keys.ctx->history));
}

static const char *const key_words[] = {
	COMMANDS, "\t", "\n", "\r\n", "\033[A", "\033[B", "\033[C", "\033[D", "\033[3~", "\033[H",
	"\033[F", "\033[1;5C", "\033", "\033[", "\x01", "\x03", "\x05", "\x0b", "\x0c", "\x15",
	"\x17", "\x7f", "\b", "",
};

const struct target shell_line_target = {"shell line", shell_line, key_words, 10000};

/* ---- Telnet ---------------------------------------------------------------------------------- */

static struct sockaddr_in local(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

	address.sin_addr.s_addr = htonl(0x7f000001);
	return address;
}

static void telnet(struct input *input)
{
	const struct sockaddr_in server = local(CONFIG_SHELL_TELNET_PORT);
	const int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	const uint8_t how = take_byte(input);
	uint8_t data[512];
	ssize_t got;

	zassert_true(sock >= 0, "errno %d", errno);
	zassert_ok(zsock_connect(sock, (const struct sockaddr *)&server, sizeof(server)));
	while (input->left > 0) {
		const size_t len = take_bytes(input, data, 1 + how % 64);

		for (size_t i = 0; i < len; i++) {
			data[i] = data[i] == 'b' ? 0xff : data[i];
		}
		zassert_equal(zsock_send(sock, data, len, 0), (ssize_t)len);
		if ((how & 64) == 0) {
			k_msleep(1);
		}
	}
	/* Some clients don't read. */
	k_msleep(20);
	do {
		got = zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT);
	} while (got > 0 && (how & 128) == 0);
	zassert_ok(zsock_close(sock));
	k_msleep(20);
}

static const char *const telnet_words[] = {
	"\xff\xfd\x01", "\xff\xfb\x18", "\xff\xfa\x1f", "\xff\xf0", "\xff\xff", "\xff", "\xff\xfe",
	"\xff\xf4", "try look a\r\n", "\r\n", "help\r\n", "\x03", "net mem\r\n", "",
};

const struct target telnet_target = {"telnet", telnet, telnet_words, 1000};

/* ---- syslog ---------------------------------------------------------------------------------- */

static void syslog(struct input *input)
{
	static int sock = -1;
	char text[300], datagram[CONFIG_LOG_BACKEND_NET_MAX_BUF_SIZE + 64];
	ssize_t len;

	if (sock < 0) {
		const struct sockaddr_in server = local(5514);

		sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		zassert_ok(zsock_bind(sock, (const struct sockaddr *)&server, sizeof(server)));
		log_backend_net_start();
	}
	const uint8_t how = take_byte(input);

	if (how == 0) {
		log_backend_net_hostname_set(text, take_text(input, text, sizeof(text)));
	}
	(void)take_text(input, text, sizeof(text));
	switch (how % 5) {
	case 0:
		LOG_ERR("%s", text);
		break;
	case 1:
		LOG_WRN("%.*s %d", how, text, how);
		break;
	case 2:
		LOG_INF("%c%5u%lld%p", text[0], how, (long long)how << 40, (void *)text);
		break;
	case 3:
		LOG_HEXDUMP_INF(text, how, text);
		break;
	default:
		LOG_DBG("%*s|%-8s", how, text, text);
		break;
	}
	k_msleep(10);
	while ((len = zsock_recv(sock, datagram, sizeof(datagram), ZSOCK_MSG_DONTWAIT)) > 0) {
		unsigned int priority, version;

		/* RFC 5424, 6: <PRIVAL>VERSION SP ... */
		zassert_true(len <= CONFIG_LOG_BACKEND_NET_MAX_BUF_SIZE);
		zassert_equal(sscanf(datagram, "<%u>%u ", &priority, &version), 2);
		zassert_true(priority <= 191 && version == 1);
	}
}

static const char *const syslog_words[] = {
	"%s", "%d", "%n", "%", "\n", "\r", "<13>", "1 ", "[x@1 y=\"\"]", "\\", "]", "\"", "\xef\xbb\xbf",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "",
};

const struct target syslog_target = {"syslog", syslog, syslog_words, 10000};
