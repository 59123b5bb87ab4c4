// SPDX-License-Identifier: Apache-2.0
/*
 * The shell of native_sim: on a pseudo terminal, whose name is printed at start, or with
 * --uart_stdinout on the standard streams. The host's side is src/drivers/native_sim/terminal.rs.
 */
#if defined(CONFIG_SHELL_BACKEND_SERIAL) && defined(CONFIG_ARCH_POSIX)

#include <nsi_cmdline.h>
#include <nsi_tasks.h>

#include <zephyr/init.h>
#include <zephyr/shell/shell_uart.h>

/* How often the host is asked whether something was typed. */
#define POLL_MS 20

/* A descriptor to read from, or -1. */
extern int znet_native_terminal_open(bool standard_streams);
/* Bytes read without waiting; -1 when nobody can type any more. */
extern int znet_native_terminal_read(int terminal, void *data, size_t length);
extern int znet_native_terminal_write(int terminal, const void *data, size_t length);

static bool on_standard_streams;
static int terminal = -1;
static bool deaf;
static shell_transport_handler_t tell;
static void *tell_context;

static struct args_struct_t options[] = {
	{.is_switch = true,
	 .option = "uart_stdinout",
	 .type = 'b',
	 .dest = &on_standard_streams,
	 .descript = "Connect the shell to the standard streams instead of a pseudo terminal"},
	ARG_TABLE_ENDMARKER};

static void add_options(void)
{
	nsi_add_command_line_opts(options);
}

NSI_TASK(add_options, PRE_BOOT_1, 11);

static void look(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	if (tell != NULL && !deaf) {
		tell(SHELL_TRANSPORT_EVT_RX_RDY, tell_context);
	}
}

static K_TIMER_DEFINE(look_timer, look, NULL);

static int native_init(const struct shell_transport *transport, const void *config,
		       shell_transport_handler_t evt_handler, void *context)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(config);
	tell = evt_handler;
	tell_context = context;
	return 0;
}

static int native_uninit(const struct shell_transport *transport)
{
	ARG_UNUSED(transport);
	k_timer_stop(&look_timer);
	tell = NULL;
	return 0;
}

static int native_enable(const struct shell_transport *transport, bool blocking_tx)
{
	ARG_UNUSED(transport);
	ARG_UNUSED(blocking_tx);
	terminal = znet_native_terminal_open(on_standard_streams ||
					     IS_ENABLED(CONFIG_UART_NATIVE_PTY_0_ON_STDINOUT));
	if (terminal < 0) {
		return -EIO;
	}
	k_timer_start(&look_timer, K_MSEC(POLL_MS), K_MSEC(POLL_MS));
	return 0;
}

static int native_write(const struct shell_transport *transport, const void *data, size_t length,
			size_t *cnt)
{
	ARG_UNUSED(transport);
	(void)znet_native_terminal_write(terminal, data, length);
	/* What no terminal takes is lost, as on a line with nobody at its end. */
	*cnt = length;
	return 0;
}

static int native_read(const struct shell_transport *transport, void *data, size_t length,
		       size_t *cnt)
{
	ARG_UNUSED(transport);
	*cnt = 0;
	if (!deaf) {
		const int count = znet_native_terminal_read(terminal, data, length);

		deaf = count < 0;
		*cnt = count > 0 ? (size_t)count : 0;
	}
	return 0;
}

static const struct shell_transport_api native_api = {
	.init = native_init,
	.uninit = native_uninit,
	.enable = native_enable,
	.write = native_write,
	.read = native_read,
};

static struct shell_transport native_transport = {.api = &native_api};

SHELL_DEFINE(shell_uart, CONFIG_SHELL_PROMPT_UART, &native_transport, 0, 0,
	     SHELL_FLAG_CRLF_DEFAULT);

const struct shell *shell_backend_uart_get_ptr(void)
{
	return &shell_uart;
}

static int start_native(void)
{
	const struct shell_backend_config_flags flags = SHELL_DEFAULT_BACKEND_CONFIG_FLAGS;

	return shell_init(&shell_uart, NULL, flags, false, 0);
}

SYS_INIT(start_native, POST_KERNEL, CONFIG_SHELL_BACKEND_SERIAL_INIT_PRIORITY);

#endif
