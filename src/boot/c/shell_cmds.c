// SPDX-License-Identifier: Apache-2.0
/*
 * Commands that every shell has, and those about the kernel.
 */
#if defined(CONFIG_SHELL)

#include <zephyr/kernel.h>
#include <zephyr/version.h>
#include <zephyr/sys/reboot.h>

#include "shell_internal.h"

static int cmd_help(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "Press the Tab key to complete a command. The arrow keys bring back lines\n"
			"typed before. A command followed by -h or --help prints its help.\n");
	shell_print_commands(sh);
	return 0;
}

static int cmd_clear(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_fprintf(sh, SHELL_NORMAL, "\033[2J\033[H");
	return 0;
}

static int cmd_history(const struct shell *sh, size_t argc, char **argv)
{
	size_t count = 0;

	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	while (shell_history_get(sh->ctx, count + 1) != NULL) {
		count++;
	}
	for (size_t back = 1; back <= count; back++) {
		shell_print(sh, "[%3u] %s", (unsigned int)(back - 1),
			    shell_history_get(sh->ctx, back));
	}
	return 0;
}

static int cmd_echo(const struct shell *sh, size_t argc, char **argv)
{
	int err = 0;
	const bool on = argc > 1 ? shell_strtobool(argv[1], 0, &err) : sh->ctx->cfg.echo;

	if (err != 0) {
		shell_error(sh, "%s: on or off?", argv[1]);
		return err;
	}
	if (argc > 1) {
		shell_echo_set(sh, on);
	} else {
		shell_print(sh, "Echo status: %s", on ? "on" : "off");
	}
	return 0;
}

static int cmd_colors(const struct shell *sh, size_t argc, char **argv)
{
	int err = 0;
	const bool on = shell_strtobool(argv[1], 0, &err);

	ARG_UNUSED(argc);
	if (err != 0) {
		shell_error(sh, "%s: on or off?", argv[1]);
		return err;
	}
	shell_use_colors_set(sh, on);
	return 0;
}

SHELL_STATIC_SUBCMD_SET_CREATE(shell_below,
	SHELL_CMD_ARG(echo, NULL, "Print what is typed: on, off.", cmd_echo, 1, 1),
	SHELL_CMD_ARG(colors, NULL, "Print in colours: on, off.", cmd_colors, 2, 0),
	SHELL_SUBCMD_SET_END);

SHELL_CMD_ARG_REGISTER(help, NULL, "Prints the help message.", cmd_help, 1, 0);
SHELL_CMD_ARG_REGISTER(clear, NULL, "Clear screen.", cmd_clear, 1, 0);
SHELL_COND_CMD_ARG_REGISTER(CONFIG_SHELL_HISTORY, history, NULL, "Command history.", cmd_history, 1,
			    0);
SHELL_CMD_REGISTER(shell, &shell_below, "Useful, not Unix-like shell commands.", NULL);

#if defined(CONFIG_KERNEL_SHELL)

static int cmd_version(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "Zephyr version %s", KERNEL_VERSION_STRING);
	return 0;
}

static int cmd_uptime(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "Uptime: %u ms", k_uptime_get_32());
	return 0;
}

static int cmd_cycles(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "cycles: %u hw cycles", k_cycle_get_32());
	return 0;
}

static void print_thread(const struct k_thread *thread, void *user_data)
{
	const struct shell *const sh = user_data;
	const char *const name = k_thread_name_get((k_tid_t)thread);

	shell_print(sh, "%s%p %-16s priority: %d", thread == k_current_get() ? "*" : " ",
		    (const void *)thread, name != NULL ? name : "NA",
		    k_thread_priority_get((k_tid_t)thread));
}

static int cmd_threads(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	k_thread_foreach_unlocked(print_thread, (void *)sh);
	return 0;
}

static int cmd_reboot(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(sh);
	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	sys_reboot(SYS_REBOOT_COLD);
	return 0;
}

SHELL_STATIC_SUBCMD_SET_CREATE(kernel_below,
	SHELL_CMD_ARG(cycles, NULL, "Kernel cycles.", cmd_cycles, 1, 0),
	SHELL_CMD_ARG(reboot, NULL, "Reboot.", cmd_reboot, 1, 1),
	SHELL_CMD_ARG(threads, NULL, "List kernel threads.", cmd_threads, 1, 0),
	SHELL_CMD_ARG(uptime, NULL, "Kernel uptime.", cmd_uptime, 1, 1),
	SHELL_CMD_ARG(version, NULL, "Kernel version.", cmd_version, 1, 0),
	SHELL_SUBCMD_SET_END);

SHELL_CMD_REGISTER(kernel, &kernel_below, "Kernel commands", NULL);

#endif /* CONFIG_KERNEL_SHELL */

#endif /* CONFIG_SHELL */
