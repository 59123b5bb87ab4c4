/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the shell share. */

#ifndef ZNET_SHELL_INTERNAL_H_
#define ZNET_SHELL_INTERNAL_H_

#include <zephyr/shell/shell.h>

/* Most words of a line, as Kconfig says, and the one behind them. */
#define SHELL_WORDS (CONFIG_SHELL_ARGC_MAX + 1)

/* Commands below an entry; all those at the top below NULL. */
struct shell_level {
	const struct shell_static_entry *parent;
	/* Where the entries of functions go. */
	struct shell_static_entry made;
};

/* The command of that index on a level, NULL behind the last. Entries that Kconfig left out have no name. */
const struct shell_static_entry *shell_entry_at(struct shell_level *level, size_t index);
/* The command of that name. */
const struct shell_static_entry *shell_entry_find(struct shell_level *level, const char *name);

/* Splits a line in place; quotes and backslashes are taken off. Returns the number of words. */
size_t shell_split(char *line, char **words, size_t most);
/* Carries out a line, which it takes apart. */
int shell_execute_line(const struct shell *sh, char *line);
/* The help of a command and the names of those below it. */
void shell_print_help(const struct shell *sh, const struct shell_static_entry *entry);
/* Completes the line in ctx->cmd_buff, which the cursor is behind. */
void shell_complete(const struct shell *sh);

/* Bytes as they are. */
void shell_write(const struct shell *sh, const char *data, size_t length);
void shell_write_text(const struct shell *sh, const char *text);
/* The prompt and the line behind it, and the cursor in its place. */
void shell_redraw(const struct shell *sh);
/* Takes the prompt off the screen. */
void shell_erase(const struct shell *sh);

/* The lines typed before. */
void shell_history_put(struct shell_ctx *ctx, const char *line);
/* The line `back` before the end, 1 for the latest; NULL if there are fewer. */
const char *shell_history_get(const struct shell_ctx *ctx, size_t back);
/* The command `help` at the top, and what `history` prints. */
void shell_print_commands(const struct shell *sh);

#endif /* ZNET_SHELL_INTERNAL_H_ */
