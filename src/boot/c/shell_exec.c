// SPDX-License-Identifier: Apache-2.0
/*
 * The tree of commands: finding, carrying out, help.
 */
#if defined(CONFIG_SHELL)

#include <string.h>

#include <zephyr/kernel.h>

#include "shell_internal.h"

TYPE_SECTION_START_EXTERN(const union shell_cmd_entry, shell_root_cmds);
TYPE_SECTION_END_EXTERN(const union shell_cmd_entry, shell_root_cmds);
TYPE_SECTION_START_EXTERN(const union shell_cmd_entry, shell_dynamic_subcmds);
TYPE_SECTION_END_EXTERN(const union shell_cmd_entry, shell_dynamic_subcmds);
TYPE_SECTION_START_EXTERN(const struct shell_static_entry, shell_subcmds);
TYPE_SECTION_END_EXTERN(const struct shell_static_entry, shell_subcmds);

static bool lies_in(const void *what, const void *start, const void *end)
{
	return (uintptr_t)what >= (uintptr_t)start && (uintptr_t)what < (uintptr_t)end;
}

const struct shell_static_entry *shell_entry_at(struct shell_level *level, size_t index)
{
	if (level->parent == NULL) {
		const union shell_cmd_entry *const root =
			&TYPE_SECTION_START(shell_root_cmds)[index];

		return lies_in(root, TYPE_SECTION_START(shell_root_cmds),
			       TYPE_SECTION_END(shell_root_cmds))
			       ? root->entry
			       : NULL;
	}

	const union shell_cmd_entry *const below = level->parent->subcmd;

	if (below == NULL) {
		return NULL;
	}
	if (lies_in(below, TYPE_SECTION_START(shell_dynamic_subcmds),
		    TYPE_SECTION_END(shell_dynamic_subcmds))) {
		memset(&level->made, 0, sizeof(level->made));
		below->dynamic_get(index, &level->made);
		return level->made.syntax != NULL ? &level->made : NULL;
	}
	if (lies_in(below, TYPE_SECTION_START(shell_subcmds), TYPE_SECTION_END(shell_subcmds))) {
		/* The set's empty entry, then those added to it up to the next set's. */
		const struct shell_static_entry *entry = (const void *)below;

		for (size_t i = 0; i <= index; i++) {
			entry++;
			if ((uintptr_t)entry >= (uintptr_t)TYPE_SECTION_END(shell_subcmds) ||
			    entry->syntax == NULL) {
				return NULL;
			}
		}
		return entry;
	}
	/* A table: its end has no name. */
	return below->entry[index].syntax != NULL ? &below->entry[index] : NULL;
}

const struct shell_static_entry *shell_entry_find(struct shell_level *level, const char *name)
{
	const struct shell_static_entry *entry;

	for (size_t i = 0; (entry = shell_entry_at(level, i)) != NULL; i++) {
		if (entry->syntax[0] != '\0' && strcmp(entry->syntax, name) == 0) {
			return entry;
		}
	}
	return NULL;
}

size_t shell_split(char *line, char **words, size_t most)
{
	size_t count = 0;
	char *out = line;

	for (;;) {
		char quote = '\0';

		while (*line == ' ' || *line == '\t') {
			line++;
		}
		if (*line == '\0' || count == most) {
			return count;
		}
		words[count++] = out;
		for (; *line != '\0' && (quote != '\0' || (*line != ' ' && *line != '\t')); line++) {
			if (*line == quote) {
				quote = '\0';
			} else if (quote == '\0' && (*line == '"' || *line == '\'')) {
				quote = *line;
			} else {
				line += *line == '\\' && line[1] != '\0';
				*out++ = *line;
			}
		}
		line += *line != '\0';
		*out++ = '\0';
	}
}

/* Whether the entry counts its arguments. */
static bool takes(const struct shell_static_entry *entry, size_t argc)
{
	const struct shell_static_args *const args = &entry->args;

	if (args->mandatory == 0 && args->optional == 0) {
		return true;
	}
	return argc >= args->mandatory && (args->optional == SHELL_OPT_ARG_CHECK_SKIP ||
					   args->optional == SHELL_OPT_ARG_RAW ||
					   argc <= (size_t)args->mandatory + args->optional);
}

static void print_below(const struct shell *sh, const struct shell_static_entry *parent)
{
	struct shell_level level = {.parent = parent};
	const struct shell_static_entry *entry;

	for (size_t i = 0; (entry = shell_entry_at(&level, i)) != NULL; i++) {
		if (entry->syntax[0] != '\0') {
			shell_print(sh, "  %-12s: %s", entry->syntax,
				    entry->help != NULL ? entry->help : "");
		}
	}
}

void shell_print_commands(const struct shell *sh)
{
	shell_print(sh, "Available commands:");
	print_below(sh, sh->ctx->selected_cmd);
}

void shell_print_help(const struct shell *sh, const struct shell_static_entry *entry)
{
	struct shell_level level = {.parent = entry};

	shell_print(sh, "%s - %s", entry->syntax, entry->help != NULL ? entry->help : "");
	if (shell_entry_at(&level, 0) != NULL) {
		shell_print(sh, "Subcommands:");
		print_below(sh, entry);
	}
}

void shell_help(const struct shell *sh)
{
	shell_print_help(sh, &sh->ctx->active_cmd);
}

static bool asks_for_help(const char *word)
{
	return strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0;
}

/* What follows the first `count` words of the line as typed, quotes and all. */
static char *rest_of(char *line, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char quote = '\0';

		line += strspn(line, " \t");
		for (; *line != '\0' && (quote != '\0' || (*line != ' ' && *line != '\t')); line++) {
			if (*line == quote) {
				quote = '\0';
			} else if (quote == '\0' && (*line == '"' || *line == '\'')) {
				quote = *line;
			} else if (*line == '\\' && line[1] != '\0') {
				line++;
			}
		}
	}
	return line + strspn(line, " \t");
}

int shell_execute_line(const struct shell *sh, char *line)
{
	struct shell_ctx *const ctx = sh->ctx;
	char typed[CONFIG_SHELL_CMD_BUFF_SIZE];
	char *words[SHELL_WORDS + 1];
	struct shell_level level = {.parent = ctx->selected_cmd};
	/* The deepest command that was named, and the deepest that can be carried out. */
	struct shell_static_entry deepest = {0}, found = {0};
	const struct shell_static_entry *entry;
	size_t depth = 0, named = 0;

	strncpy(typed, line, sizeof(typed) - 1);
	typed[sizeof(typed) - 1] = '\0';

	size_t argc = shell_split(line, words, SHELL_WORDS);

	if (argc == 0) {
		return 0;
	}
	/* As far down as the words name commands. */
	while (named < argc && (entry = shell_entry_find(&level, words[named])) != NULL) {
		deepest = *entry;
		level.parent = &deepest;
		named++;
		/* An entry without a function of its own may be an argument of the one above. */
		if (deepest.handler != NULL || found.handler == NULL) {
			found = deepest;
			depth = named;
		}
		if (found.args.optional == SHELL_OPT_ARG_RAW) {
			break;
		}
	}
	if (depth == 0 && ctx->selected_cmd != NULL) {
		/* The chosen command gets the words itself. */
		found = *ctx->selected_cmd;
		memmove(&words[1], words, MIN(argc, SHELL_WORDS - 1u) * sizeof(words[0]));
		argc = MIN(argc + 1, SHELL_WORDS);
		words[0] = (char *)found.syntax;
		depth = 1;
	}
	if (depth == 0) {
		shell_error(sh, "%s: command not found", words[0]);
		return -ENOEXEC;
	}
	ctx->active_cmd = found;
	if (argc > depth && asks_for_help(words[argc - 1]) &&
	    found.args.optional != SHELL_OPT_ARG_RAW) {
		shell_print_help(sh, &found);
		return SHELL_CMD_HELP_PRINTED;
	}
	if (found.handler == NULL) {
		if (found.help != NULL && argc == depth) {
			shell_print_help(sh, &found);
			return SHELL_CMD_HELP_PRINTED;
		}
		shell_error(sh, "Please specify a subcommand.");
		return -ENOEXEC;
	}

	char **const argv = &words[depth - 1];

	argc -= depth - 1;
	if (found.args.optional == SHELL_OPT_ARG_RAW && argc > found.args.mandatory) {
		argc = (size_t)found.args.mandatory + 1;
		argv[argc - 1] = rest_of(typed, depth - 1 + found.args.mandatory);
	}
	argv[argc] = NULL;
	if (!takes(&found, argc)) {
		shell_error(sh, "%s: wrong parameter count", found.syntax);
		shell_print_help(sh, &found);
		return -EINVAL;
	}
	return found.handler(sh, argc, argv);
}

int shell_set_root_cmd(const char *cmd)
{
	struct shell_level level = {.parent = NULL};
	const struct shell_static_entry *entry = NULL;

	if (cmd != NULL) {
		entry = shell_entry_find(&level, cmd);
		if (entry == NULL) {
			return -EINVAL;
		}
	}
	STRUCT_SECTION_FOREACH(shell, sh) {
		sh->ctx->selected_cmd = entry;
	}
	return 0;
}

/* ---- completion ---------------------------------------------------------------------------- */

/* Length of what two names have in common. */
static size_t common(const char *a, const char *b, size_t most)
{
	size_t n = 0;

	while (n < most && a[n] != '\0' && a[n] == b[n]) {
		n++;
	}
	return n;
}

void shell_complete(const struct shell *sh)
{
	struct shell_ctx *const ctx = sh->ctx;
	char *words[SHELL_WORDS + 1];
	struct shell_level level = {.parent = ctx->selected_cmd};
	struct shell_static_entry found;
	const struct shell_static_entry *entry;
	char name[CONFIG_SHELL_CMD_BUFF_SIZE] = "";
	size_t matches = 0, shared = 0;

	memcpy(ctx->temp_buff, ctx->cmd_buff, sizeof(ctx->temp_buff));

	const bool fresh = ctx->cmd_buff_len == 0 || ctx->cmd_buff[ctx->cmd_buff_len - 1] == ' ';
	const size_t argc = shell_split(ctx->temp_buff, words, SHELL_WORDS);
	const size_t whole = fresh ? argc : argc - 1;
	const char *const start = fresh ? "" : words[argc - 1];
	const size_t length = strlen(start);

	for (size_t i = 0; i < whole; i++) {
		entry = shell_entry_find(&level, words[i]);
		if (entry == NULL) {
			return;
		}
		found = *entry;
		level.parent = &found;
	}
	for (size_t i = 0; (entry = shell_entry_at(&level, i)) != NULL; i++) {
		if (entry->syntax[0] == '\0' || strncmp(entry->syntax, start, length) != 0) {
			continue;
		}
		if (matches++ == 0) {
			strncpy(name, entry->syntax, sizeof(name) - 1);
			shared = strlen(name);
		} else {
			shared = common(name, entry->syntax, shared);
		}
	}
	if (matches == 0) {
		return;
	}
	if (matches == 1 && shared < sizeof(name) - 1) {
		name[shared++] = ' ';
	}
	if (shared > length && ctx->cmd_buff_len + shared - length < sizeof(ctx->cmd_buff)) {
		memcpy(&ctx->cmd_buff[ctx->cmd_buff_len], &name[length], shared - length);
		shell_write(sh, &name[length], shared - length);
		ctx->cmd_buff_len += (uint16_t)(shared - length);
		ctx->cmd_buff[ctx->cmd_buff_len] = '\0';
		ctx->cmd_buff_pos = ctx->cmd_buff_len;
	} else if (matches > 1) {
		shell_write_text(sh, "\n");
		for (size_t i = 0; (entry = shell_entry_at(&level, i)) != NULL; i++) {
			if (entry->syntax[0] != '\0' &&
			    strncmp(entry->syntax, start, length) == 0) {
				shell_write_text(sh, "  ");
				shell_write_text(sh, entry->syntax);
			}
		}
		shell_write_text(sh, "\n");
		shell_redraw(sh);
	}
}

#endif /* CONFIG_SHELL */
