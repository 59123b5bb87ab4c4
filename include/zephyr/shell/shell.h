// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Commands that an application offers on a terminal.
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_H_

#include <stdarg.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_instance.h>
#include <zephyr/shell/shell_string_conv.h>
#include <zephyr/shell/shell_types.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef CONFIG_SHELL_CMD_BUFF_SIZE
#define CONFIG_SHELL_CMD_BUFF_SIZE 1
#endif
#ifndef CONFIG_SHELL_STACK_SIZE
#define CONFIG_SHELL_STACK_SIZE 2048
#endif
#ifndef CONFIG_SHELL_HISTORY_BUFFER
#define CONFIG_SHELL_HISTORY_BUFFER 1
#endif

struct device;
struct shell;
struct shell_static_entry;

/** Optional arguments: the rest of the line is one argument. */
#define SHELL_OPT_ARG_RAW        0xFE
/** Optional arguments: any number. */
#define SHELL_OPT_ARG_CHECK_SKIP 0xFF
/** Most optional arguments of a command that counts them. */
#define SHELL_OPT_ARG_MAX        0xFD

#define SHELL_HEXDUMP_BYTES_IN_LINE 16

/** A handler's return value: the help was printed. */
#define SHELL_CMD_HELP_PRINTED 1

/** Fills @p entry with the subcommand of index @p idx; leaves `syntax` NULL behind the last. */
typedef void (*shell_dynamic_get)(size_t idx, struct shell_static_entry *entry);

/** Subcommands: a table that ends with an entry without syntax, or a function. */
union shell_cmd_entry {
	shell_dynamic_get dynamic_get;
	const struct shell_static_entry *entry;
};

struct shell_static_args {
	/** Arguments that must be there, the command's own name included. */
	uint8_t mandatory;
	/** Arguments that may follow. */
	uint8_t optional;
};

/** Carries a command out; the result is 0 or a negative errno. argv[0] is the command's name. */
typedef int (*shell_cmd_handler)(const struct shell *sh, size_t argc, char **argv);
/** The same, with a value that belongs to the command. */
typedef int (*shell_dict_cmd_handler)(const struct shell *sh, size_t argc, char **argv, void *data);

/** A command. */
struct shell_static_entry {
	const char *syntax;
	const char *help;
	const union shell_cmd_entry *subcmd;
	shell_cmd_handler handler;
	struct shell_static_args args;
};

/* ---- defining commands ---------------------------------------------------------------------- */

/** A command at the top, with checked numbers of arguments. */
#define SHELL_CMD_ARG_REGISTER(syntax, subcmd, help, handler, mandatory, optional)                 \
	static const struct shell_static_entry UTIL_CAT(_shell_, syntax) =                         \
		SHELL_CMD_ARG(syntax, subcmd, help, handler, mandatory, optional);                 \
	static const TYPE_SECTION_ITERABLE(union shell_cmd_entry, UTIL_CAT(shell_cmd_, syntax),    \
					   shell_root_cmds, UTIL_CAT(shell_cmd_, syntax)) = {      \
		.entry = &UTIL_CAT(_shell_, syntax)}

#define SHELL_COND_CMD_ARG_REGISTER(flag, syntax, subcmd, help, handler, mandatory, optional)      \
	COND_CODE_1(flag,                                                                          \
		    (SHELL_CMD_ARG_REGISTER(syntax, subcmd, help, handler, mandatory, optional)),  \
		    (static shell_cmd_handler dummy_##syntax##_handler __unused = handler;         \
		     static const union shell_cmd_entry *dummy_subcmd_##syntax __unused = subcmd))

/** A command at the top. */
#define SHELL_CMD_REGISTER(syntax, subcmd, help, handler)                                          \
	SHELL_CMD_ARG_REGISTER(syntax, subcmd, help, handler, 0, 0)
#define SHELL_COND_CMD_REGISTER(flag, syntax, subcmd, help, handler)                               \
	SHELL_COND_CMD_ARG_REGISTER(flag, syntax, subcmd, help, handler, 0, 0)

/** A table of subcommands; the last is SHELL_SUBCMD_SET_END. */
#define SHELL_STATIC_SUBCMD_SET_CREATE(name, ...)                                                  \
	static const struct shell_static_entry shell_##name[] = {__VA_ARGS__};                     \
	static const union shell_cmd_entry name = {.entry = shell_##name}

#define SHELL_SUBCMD_SET_END {NULL, NULL, NULL, NULL, {0, 0}}

/* Sets spread over files lie in one table, sorted by their parents' names: each begins with an empty entry. */
#define Z_SHELL_UNDERSCORE(x) _##x
#define Z_SHELL_PATH(...)     MACRO_MAP_CAT(Z_SHELL_UNDERSCORE, __VA_ARGS__)
#define Z_SHELL_SET_TAG(parent) Z_SHELL_PATH(NUM_VA_ARGS_LESS_1 parent, __DEBRACKET parent)
#define Z_SHELL_ADD_TAG(parent, syntax)                                                            \
	Z_SHELL_PATH(NUM_VA_ARGS_LESS_1 parent, __DEBRACKET parent, syntax)

/** A set that SHELL_SUBCMD_ADD() fills from any file; @p _parent is its path in parentheses. */
#define SHELL_SUBCMD_SET_CREATE(_name, _parent)                                                    \
	static const TYPE_SECTION_ITERABLE(struct shell_static_entry, _name, shell_subcmds,        \
					   Z_SHELL_SET_TAG(_parent))

#define SHELL_SUBCMD_COND_ADD(_flag, _parent, _syntax, _subcmd, _help, _handler, _mand, _opt)      \
	COND_CODE_1(_flag,                                                                         \
		    (static const TYPE_SECTION_ITERABLE(                                           \
			     struct shell_static_entry,                                            \
			     UTIL_CAT(shell_subcmds, Z_SHELL_PATH(__DEBRACKET _parent, _syntax)),  \
			     shell_subcmds, Z_SHELL_ADD_TAG(_parent, _syntax)) =                   \
			     SHELL_CMD_ARG(_syntax, _subcmd, _help, _handler, _mand, _opt)),       \
		    (static shell_cmd_handler dummy_handler_##_syntax __unused = _handler;         \
		     static const union shell_cmd_entry dummy_subcmd_##_syntax __unused = {        \
			     .entry = (const struct shell_static_entry *)_subcmd}))
/** Adds a subcommand to such a set. */
#define SHELL_SUBCMD_ADD(_parent, _syntax, _subcmd, _help, _handler, _mand, _opt)                  \
	SHELL_SUBCMD_COND_ADD(1, _parent, _syntax, _subcmd, _help, _handler, _mand, _opt)

/** Subcommands that a function knows. */
#define SHELL_DYNAMIC_CMD_CREATE(name, get)                                                        \
	static const TYPE_SECTION_ITERABLE(union shell_cmd_entry, name, shell_dynamic_subcmds,     \
					   name) = {.dynamic_get = get}

/** An entry of a table. A string as @p _syntax is taken without its quotes. */
#define SHELL_EXPR_CMD_ARG(_expr, _syntax, _subcmd, _help, _handler, _mand, _opt)                  \
	{                                                                                          \
		.syntax = (_expr) ? (const char *)STRINGIFY(_syntax) : "",                         \
		.help = (_expr) ? (const char *)_help : NULL,                                      \
		.subcmd = (const union shell_cmd_entry *)((_expr) ? _subcmd : NULL),               \
		.handler = (shell_cmd_handler)((_expr) ? _handler : NULL),                         \
		.args = {.mandatory = _mand, .optional = _opt},                                    \
	}
#define SHELL_CMD_ARG(syntax, subcmd, help, handler, mand, opt)                                    \
	SHELL_EXPR_CMD_ARG(1, syntax, subcmd, help, handler, mand, opt)
#define SHELL_COND_CMD_ARG(flag, syntax, subcmd, help, handler, mand, opt)                         \
	SHELL_EXPR_CMD_ARG(IS_ENABLED(flag), syntax, subcmd, help, handler, mand, opt)
#define SHELL_CMD(_syntax, _subcmd, _help, _handler)                                               \
	SHELL_CMD_ARG(_syntax, _subcmd, _help, _handler, 0, 0)
#define SHELL_COND_CMD(_flag, _syntax, _subcmd, _help, _handler)                                   \
	SHELL_COND_CMD_ARG(_flag, _syntax, _subcmd, _help, _handler, 0, 0)
#define SHELL_EXPR_CMD(_expr, _syntax, _subcmd, _help, _handler)                                   \
	SHELL_EXPR_CMD_ARG(_expr, _syntax, _subcmd, _help, _handler, 0, 0)

#define Z_SHELL_DICT_NAME(_data, _handler)                                                         \
	UTIL_CAT(UTIL_CAT(cmd_dict_, UTIL_CAT(_handler, _)), GET_ARG_N(1, __DEBRACKET _data))
#define Z_SHELL_CMD_DICT_HANDLER_CREATE(_data, _handler)                                           \
	static int Z_SHELL_DICT_NAME(_data, _handler)(const struct shell *sh, size_t argc,         \
						      char **argv)                                 \
	{                                                                                          \
		return _handler(sh, argc, argv, (void *)GET_ARG_N(2, __DEBRACKET _data));          \
	}
#define SHELL_CMD_DICT_CREATE(_data, _handler)                                                     \
	SHELL_CMD_ARG(GET_ARG_N(1, __DEBRACKET _data), NULL, GET_ARG_N(3, __DEBRACKET _data),      \
		      Z_SHELL_DICT_NAME(_data, _handler), 1, 0)
/** Subcommands (name, value, help) that share a handler. */
#define SHELL_SUBCMD_DICT_SET_CREATE(_name, _handler, ...)                                         \
	FOR_EACH_FIXED_ARG(Z_SHELL_CMD_DICT_HANDLER_CREATE, (), _handler, __VA_ARGS__)             \
	SHELL_STATIC_SUBCMD_SET_CREATE(                                                            \
		_name, FOR_EACH_FIXED_ARG(SHELL_CMD_DICT_CREATE, (,), _handler, __VA_ARGS__),      \
		SHELL_SUBCMD_SET_END)

/* ---- a shell and what it talks through ------------------------------------------------------- */

enum shell_receive_state {
	SHELL_RECEIVE_DEFAULT,
	SHELL_RECEIVE_ESC,
	SHELL_RECEIVE_ESC_SEQ,
	SHELL_RECEIVE_TILDE_EXP
};

enum shell_state {
	SHELL_STATE_UNINITIALIZED,
	SHELL_STATE_INITIALIZED,
	SHELL_STATE_ACTIVE,
	SHELL_STATE_PANIC_MODE_ACTIVE,
	SHELL_STATE_PANIC_MODE_INACTIVE
};

enum shell_transport_evt {
	SHELL_TRANSPORT_EVT_RX_RDY,
	SHELL_TRANSPORT_EVT_TX_RDY
};

enum shell_flag {
	/** Lines end with carriage return and line feed. */
	SHELL_FLAG_CRLF_DEFAULT = 1,
	/** Lines end with what was printed. */
	SHELL_FLAG_OLF_CRLF = 2
};

/** A transport calls it when there is something to read, or room to write. */
typedef void (*shell_transport_handler_t)(enum shell_transport_evt evt, void *context);
/** Called when the shell has ended. */
typedef void (*shell_uninit_cb_t)(const struct shell *sh, int res);
/** Gets what is typed in place of the shell. */
typedef void (*shell_bypass_cb_t)(const struct shell *sh, uint8_t *data, size_t len);

struct shell_transport;

struct shell_transport_api {
	int (*init)(const struct shell_transport *transport, const void *config,
		    shell_transport_handler_t evt_handler, void *context);
	int (*uninit)(const struct shell_transport *transport);
	int (*enable)(const struct shell_transport *transport, bool blocking_tx);
	/** Does not wait; the number of bytes taken goes to @p cnt. */
	int (*write)(const struct shell_transport *transport, const void *data, size_t length,
		     size_t *cnt);
	/** Does not wait; the number of bytes read goes to @p cnt. */
	int (*read)(const struct shell_transport *transport, void *data, size_t length,
		    size_t *cnt);
	/** May be NULL: called now and then. */
	void (*update)(const struct shell_transport *transport);
};

struct shell_transport {
	const struct shell_transport_api *api;
	void *ctx;
};

struct shell_backend_config_flags {
	uint32_t insert_mode: 1;
	/** Print what is typed. */
	uint32_t echo: 1;
	/** Print asterisks for it. */
	uint32_t obscure: 1;
	uint32_t mode_delete: 1;
	uint32_t use_colors: 1;
	/** The terminal knows escape sequences. */
	uint32_t use_vt100: 1;
};

#define SHELL_DEFAULT_BACKEND_CONFIG_FLAGS                                                         \
	{                                                                                          \
		.insert_mode = 0,                                                                  \
		.echo = 1,                                                                         \
		.obscure = IS_ENABLED(CONFIG_SHELL_START_OBSCURED),                                \
		.mode_delete = 1,                                                                  \
		.use_colors = IS_ENABLED(CONFIG_SHELL_VT100_COLORS),                               \
		.use_vt100 = IS_ENABLED(CONFIG_SHELL_VT100_COMMANDS),                              \
	}

/** What changes in a shell. */
struct shell_ctx {
	const char *prompt;
	enum shell_state state;
	enum shell_receive_state receive_state;
	/** The command that runs. */
	struct shell_static_entry active_cmd;
	/** What stands for the top, NULL for the top itself. */
	const struct shell_static_entry *selected_cmd;
	shell_uninit_cb_t uninit_cb;
	shell_bypass_cb_t bypass;
	struct shell_backend_config_flags cfg;
	/** Something to read. */
	struct k_sem rx_ready;
	/** Taken while one text goes out. */
	struct k_mutex wr_mtx;
	k_tid_t tid;
	int ret_val;
	/** A prompt with a line behind it is on the screen. */
	bool at_prompt;
	volatile bool stop;
	/** A line feed that follows a carriage return says nothing new. */
	char last_end;
	uint16_t cmd_buff_len;
	uint16_t cmd_buff_pos;
	/** The line of the history on the screen, 0 for the line itself. */
	uint16_t history_back;
	char cmd_buff[CONFIG_SHELL_CMD_BUFF_SIZE];
	char temp_buff[CONFIG_SHELL_CMD_BUFF_SIZE];
	/** Lines, each terminated, the latest last. */
	uint16_t history_len;
	char history[CONFIG_SHELL_HISTORY_BUFFER];
};

struct shell {
	const char *default_prompt;
	const struct shell_transport *iface;
	struct shell_ctx *ctx;
	const enum shell_flag shell_flag;
	const char *name;
	struct k_thread *thread;
	k_thread_stack_t *stack;
};

/** Defines a shell. The queue of log messages and its time-out are ignored: the log has its own ways. */
#define SHELL_DEFINE(_name, _prompt, _transport_iface, _log_queue_size, _log_timeout, _shell_flag) \
	static struct shell_ctx UTIL_CAT(_name, _ctx);                                             \
	static K_KERNEL_STACK_DEFINE(_name##_stack, CONFIG_SHELL_STACK_SIZE);                      \
	static struct k_thread _name##_thread;                                                     \
	static const STRUCT_SECTION_ITERABLE(shell, _name) = {                                     \
		.default_prompt = _prompt,                                                         \
		.iface = _transport_iface,                                                         \
		.ctx = &UTIL_CAT(_name, _ctx),                                                     \
		.shell_flag = _shell_flag,                                                         \
		.name = STRINGIFY(_name),                                                          \
		.thread = &_name##_thread,                                                         \
		.stack = _name##_stack,                                                            \
	}

/** Starts the shell's thread; -EALREADY if it was. */
int shell_init(const struct shell *sh, const void *transport_config,
	       struct shell_backend_config_flags cfg_flags, bool log_backend,
	       uint32_t init_log_level);
/** Ends the shell; @p cb, which may be NULL, hears of it. */
void shell_uninit(const struct shell *sh, shell_uninit_cb_t cb);
/** Goes on after shell_stop(), or for the first time: prints the prompt. */
int shell_start(const struct shell *sh);
/** Stops reading. */
int shell_stop(const struct shell *sh);
/** Reads and handles what has arrived. */
void shell_process(const struct shell *sh);
/** Whether it takes commands. */
bool shell_ready(const struct shell *sh);

/* ---- output ---------------------------------------------------------------------------------- */

#define SHELL_NORMAL  SHELL_VT100_COLOR_DEFAULT
#define SHELL_INFO    SHELL_VT100_COLOR_GREEN
#define SHELL_OPTION  SHELL_VT100_COLOR_CYAN
#define SHELL_WARNING SHELL_VT100_COLOR_YELLOW
#define SHELL_ERROR   SHELL_VT100_COLOR_RED

void __printf_like(3, 4) shell_fprintf_impl(const struct shell *sh, enum shell_vt100_color color,
					    const char *fmt, ...);
#define shell_fprintf(sh, color, fmt, ...) shell_fprintf_impl(sh, color, fmt, ##__VA_ARGS__)
void shell_vfprintf(const struct shell *sh, enum shell_vt100_color color, const char *fmt,
		    va_list args);
void __printf_like(2, 3) shell_fprintf_info(const struct shell *sh, const char *fmt, ...);
void __printf_like(2, 3) shell_fprintf_normal(const struct shell *sh, const char *fmt, ...);
void __printf_like(2, 3) shell_fprintf_warn(const struct shell *sh, const char *fmt, ...);
void __printf_like(2, 3) shell_fprintf_error(const struct shell *sh, const char *fmt, ...);

/* A line, with its end. */
#define shell_print(_sh, _ft, ...) shell_fprintf_normal(_sh, _ft "\n", ##__VA_ARGS__)
#define shell_info(_sh, _ft, ...)  shell_fprintf_info(_sh, _ft "\n", ##__VA_ARGS__)
#define shell_warn(_sh, _ft, ...)  shell_fprintf_warn(_sh, _ft "\n", ##__VA_ARGS__)
#define shell_error(_sh, _ft, ...) shell_fprintf_error(_sh, _ft "\n", ##__VA_ARGS__)

/** One line of a dump: offset, up to 16 bytes, the same as text. */
void shell_hexdump_line(const struct shell *sh, unsigned int offset, const uint8_t *data,
			size_t len);
void shell_hexdump(const struct shell *sh, const uint8_t *data, size_t len);

/** In a handler: prints the command's help. */
void shell_help(const struct shell *sh);

/* ---- the rest -------------------------------------------------------------------------------- */

/**
 * Carries a line out, as if it were typed.
 *
 * @param sh the shell; NULL for the dummy shell
 * @return what the command returned, SHELL_CMD_HELP_PRINTED, -ENOEXEC for a command that is not
 *         there, -EINVAL for a wrong number of arguments, -ENOMEM for a line that is too long
 */
int shell_execute_cmd(const struct shell *sh, const char *cmd);
/** The result of the last command. */
int shell_get_return_value(const struct shell *sh);
/** Makes a command stand for the top; NULL undoes it. -EINVAL if there is none of that name. */
int shell_set_root_cmd(const char *cmd);
/** Hands what is typed to a function; NULL ends that. */
void shell_set_bypass(const struct shell *sh, shell_bypass_cb_t bypass);
/** Another prompt; the text must stay. */
int shell_prompt_change(const struct shell *sh, const char *prompt);

/* Each returns what it was, -EINVAL for a shell that is not there. */
int shell_insert_mode_set(const struct shell *sh, bool val);
int shell_use_colors_set(const struct shell *sh, bool val);
int shell_use_vt100_set(const struct shell *sh, bool val);
int shell_echo_set(const struct shell *sh, bool val);
int shell_obscure_set(const struct shell *sh, bool obscure);
int shell_mode_delete_set(const struct shell *sh, bool val);

typedef bool (*shell_device_filter_t)(const struct device *dev);
/** The device of that index among those that are ready and whose names begin so. */
const struct device *shell_device_lookup(size_t idx, const char *prefix);
/** The device of that index among those that pass the filter, which may be NULL. */
const struct device *shell_device_filter(size_t idx, shell_device_filter_t filter);
/** The device of that name. */
const struct device *shell_device_get_binding(const char *name);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_H_ */
