// SPDX-License-Identifier: Apache-2.0
/*
 * A shell: its thread, the line being typed, the lines typed before.
 */
#if defined(CONFIG_SHELL)

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/shell/shell_backend.h>
#if defined(CONFIG_SHELL_BACKEND_DUMMY)
#include <zephyr/shell/shell_dummy.h>
#endif

#include "shell_internal.h"

#define CTRL(letter) ((letter) & 0x1f)
#define ESC          0x1b
#define DELETE       0x7f

/* ---- the screen ------------------------------------------------------------------------------ */

void shell_erase(const struct shell *sh)
{
	shell_write_text(sh, sh->ctx->cfg.use_vt100 ? "\r\033[K" : "\n");
}

void shell_redraw(const struct shell *sh)
{
	struct shell_ctx *const ctx = sh->ctx;

	shell_write_text(sh, ctx->prompt);
	if (ctx->cfg.echo) {
		for (size_t i = 0; i < ctx->cmd_buff_len; i++) {
			shell_write(sh, ctx->cfg.obscure ? "*" : &ctx->cmd_buff[i], 1);
		}
		for (size_t i = ctx->cmd_buff_len; i > ctx->cmd_buff_pos; i--) {
			shell_write_text(sh, "\b");
		}
	}
}

/* The line changed before the cursor. */
static void refresh(const struct shell *sh)
{
	if (sh->ctx->cfg.echo) {
		shell_erase(sh);
		shell_redraw(sh);
	}
}

/* ---- the history: lines one behind the other, each with its terminator ------------------------ */

void shell_history_put(struct shell_ctx *ctx, const char *line)
{
	const size_t size = strlen(line) + 1;
	const char *const latest = shell_history_get(ctx, 1);

	if (!IS_ENABLED(CONFIG_SHELL_HISTORY) || size == 1 || size > sizeof(ctx->history) ||
	    (latest != NULL && strcmp(latest, line) == 0)) {
		return;
	}
	while (ctx->history_len + size > sizeof(ctx->history)) {
		const size_t oldest = strlen(ctx->history) + 1;

		ctx->history_len -= (uint16_t)oldest;
		memmove(ctx->history, &ctx->history[oldest], ctx->history_len);
	}
	memcpy(&ctx->history[ctx->history_len], line, size);
	ctx->history_len += (uint16_t)size;
}

const char *shell_history_get(const struct shell_ctx *ctx, size_t back)
{
	size_t at = ctx->history_len;

	while (back-- > 0) {
		if (at == 0) {
			return NULL;
		}
		at--;
		while (at > 0 && ctx->history[at - 1] != '\0') {
			at--;
		}
	}
	return &ctx->history[at];
}

static void show_history(const struct shell *sh, int step)
{
	struct shell_ctx *const ctx = sh->ctx;
	const int back = ctx->history_back + step;
	const char *const line = back > 0 ? shell_history_get(ctx, back) : "";

	if (back < 0 || line == NULL) {
		return;
	}
	ctx->history_back = (uint16_t)back;
	ctx->cmd_buff_len = (uint16_t)MIN(strlen(line), sizeof(ctx->cmd_buff) - 1);
	memcpy(ctx->cmd_buff, line, ctx->cmd_buff_len);
	ctx->cmd_buff[ctx->cmd_buff_len] = '\0';
	ctx->cmd_buff_pos = ctx->cmd_buff_len;
	refresh(sh);
}

/* ---- the line -------------------------------------------------------------------------------- */

static void clear_line(struct shell_ctx *ctx)
{
	ctx->cmd_buff_len = 0;
	ctx->cmd_buff_pos = 0;
	ctx->cmd_buff[0] = '\0';
	ctx->history_back = 0;
}

/* Takes bytes from..to out of the line. */
static void cut(const struct shell *sh, size_t from, size_t to)
{
	struct shell_ctx *const ctx = sh->ctx;

	if (from >= to || to > ctx->cmd_buff_len) {
		return;
	}
	memmove(&ctx->cmd_buff[from], &ctx->cmd_buff[to], ctx->cmd_buff_len - to + 1);
	ctx->cmd_buff_len -= (uint16_t)(to - from);
	ctx->cmd_buff_pos = (uint16_t)from;
	refresh(sh);
}

static void insert(const struct shell *sh, char c)
{
	struct shell_ctx *const ctx = sh->ctx;

	if (ctx->cmd_buff_len + 1u >= sizeof(ctx->cmd_buff)) {
		return;
	}
	memmove(&ctx->cmd_buff[ctx->cmd_buff_pos + 1], &ctx->cmd_buff[ctx->cmd_buff_pos],
		ctx->cmd_buff_len - ctx->cmd_buff_pos + 1);
	ctx->cmd_buff[ctx->cmd_buff_pos++] = c;
	ctx->cmd_buff_len++;
	if (ctx->cmd_buff_pos < ctx->cmd_buff_len) {
		refresh(sh);
	} else if (ctx->cfg.echo) {
		shell_write(sh, ctx->cfg.obscure ? "*" : &c, 1);
	}
}

static void execute(const struct shell *sh)
{
	struct shell_ctx *const ctx = sh->ctx;
	char line[CONFIG_SHELL_CMD_BUFF_SIZE];

	if (ctx->cfg.echo) {
		shell_write_text(sh, "\n");
	}
	ctx->at_prompt = false;
	memcpy(line, ctx->cmd_buff, sizeof(line));
	shell_history_put(ctx, line);
	clear_line(ctx);
	/* Others may print while the command runs. */
	k_mutex_unlock(&ctx->wr_mtx);
	ctx->ret_val = shell_execute_line(sh, line);
	k_mutex_lock(&ctx->wr_mtx, K_FOREVER);
	if (ctx->bypass == NULL && !ctx->stop) {
		shell_write_text(sh, ctx->prompt);
		ctx->at_prompt = true;
	}
}

static void control(const struct shell *sh, char c)
{
	struct shell_ctx *const ctx = sh->ctx;
	size_t from = ctx->cmd_buff_pos;

	switch (c) {
	case '\t':
		if (IS_ENABLED(CONFIG_SHELL_TAB) && ctx->cfg.echo &&
		    ctx->cmd_buff_pos == ctx->cmd_buff_len) {
			shell_complete(sh);
		}
		break;
	case '\b':
	case DELETE:
		cut(sh, from - (from > 0), from);
		break;
	case CTRL('a'):
		ctx->cmd_buff_pos = 0;
		refresh(sh);
		break;
	case CTRL('c'):
		clear_line(ctx);
		shell_write_text(sh, "\n");
		shell_redraw(sh);
		break;
	case CTRL('e'):
		ctx->cmd_buff_pos = ctx->cmd_buff_len;
		refresh(sh);
		break;
	case CTRL('k'):
		cut(sh, from, ctx->cmd_buff_len);
		break;
	case CTRL('l'):
		shell_write_text(sh, "\033[2J\033[H");
		shell_redraw(sh);
		break;
	case CTRL('n'):
		show_history(sh, -1);
		break;
	case CTRL('p'):
		show_history(sh, 1);
		break;
	case CTRL('u'):
		cut(sh, 0, from);
		break;
	case CTRL('w'):
		while (from > 0 && ctx->cmd_buff[from - 1] == ' ') {
			from--;
		}
		while (from > 0 && ctx->cmd_buff[from - 1] != ' ') {
			from--;
		}
		cut(sh, from, ctx->cmd_buff_pos);
		break;
	default:
		break;
	}
}

/* The last byte of ESC [ letter. */
static void escape(const struct shell *sh, char c)
{
	struct shell_ctx *const ctx = sh->ctx;

	switch (c) {
	case 'A':
		show_history(sh, 1);
		break;
	case 'B':
		show_history(sh, -1);
		break;
	case 'C':
		ctx->cmd_buff_pos += ctx->cmd_buff_pos < ctx->cmd_buff_len;
		refresh(sh);
		break;
	case 'D':
		ctx->cmd_buff_pos -= ctx->cmd_buff_pos > 0;
		refresh(sh);
		break;
	case 'H':
		control(sh, CTRL('a'));
		break;
	case 'F':
		control(sh, CTRL('e'));
		break;
	default:
		break;
	}
}

static void typed(const struct shell *sh, char c)
{
	struct shell_ctx *const ctx = sh->ctx;
	const char last_end = ctx->last_end;

	ctx->last_end = '\0';
	switch (ctx->receive_state) {
	case SHELL_RECEIVE_ESC:
		ctx->receive_state = c == '[' || c == 'O' ? SHELL_RECEIVE_ESC_SEQ
							  : SHELL_RECEIVE_DEFAULT;
		return;
	case SHELL_RECEIVE_ESC_SEQ:
		if (c == '3') { /* ESC [ 3 ~: the delete key */
			ctx->receive_state = SHELL_RECEIVE_TILDE_EXP;
		} else if (c >= '@') {
			ctx->receive_state = SHELL_RECEIVE_DEFAULT;
			escape(sh, c);
		}
		return;
	case SHELL_RECEIVE_TILDE_EXP:
		ctx->receive_state = SHELL_RECEIVE_DEFAULT;
		if (c == '~') {
			const uint16_t pos = ctx->cmd_buff_pos;

			cut(sh, pos, pos + 1u);
		}
		return;
	default:
		break;
	}
	if (c == '\r' || c == '\n') {
		/* One end of a line may be two bytes. */
		if (last_end == '\0' || last_end == c) {
			ctx->last_end = c;
			execute(sh);
		}
	} else if (c == ESC) {
		ctx->receive_state = SHELL_RECEIVE_ESC;
	} else if ((unsigned char)c < ' ' || c == DELETE) {
		control(sh, c);
	} else {
		insert(sh, c);
	}
}

void shell_process(const struct shell *sh)
{
	struct shell_ctx *const ctx = sh->ctx;
	uint8_t data[16];
	size_t count;

	do {
		count = 0;
		if (sh->iface->api->read(sh->iface, data, sizeof(data), &count) != 0) {
			break;
		}
		if (ctx->bypass != NULL && count > 0) {
			ctx->bypass(sh, data, count);
			continue;
		}
		k_mutex_lock(&ctx->wr_mtx, K_FOREVER);
		for (size_t i = 0; i < count; i++) {
			typed(sh, (char)data[i]);
		}
		k_mutex_unlock(&ctx->wr_mtx);
	} while (count > 0 && !ctx->stop);
	if (sh->iface->api->update != NULL) {
		sh->iface->api->update(sh->iface);
	}
}

/* ---- its life -------------------------------------------------------------------------------- */

static void on_event(enum shell_transport_evt event, void *context)
{
	const struct shell *const sh = context;

	if (event == SHELL_TRANSPORT_EVT_RX_RDY) {
		k_sem_give(&sh->ctx->rx_ready);
	}
}

static void shell_thread(void *p1, void *p2, void *p3)
{
	const struct shell *const sh = p1;
	struct shell_ctx *const ctx = sh->ctx;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ctx->tid = k_current_get();
	if (sh->iface->api->enable(sh->iface, false) != 0 || shell_start(sh) != 0) {
		return;
	}
	while (!ctx->stop) {
		k_sem_take(&ctx->rx_ready, K_FOREVER);
		if (ctx->state == SHELL_STATE_ACTIVE && !ctx->stop) {
			shell_process(sh);
		}
	}
	(void)sh->iface->api->uninit(sh->iface);
	ctx->state = SHELL_STATE_UNINITIALIZED;
	if (ctx->uninit_cb != NULL) {
		ctx->uninit_cb(sh, 0);
	}
}

int shell_init(const struct shell *sh, const void *transport_config,
	       struct shell_backend_config_flags cfg_flags, bool log_backend,
	       uint32_t init_log_level)
{
	struct shell_ctx *const ctx = sh->ctx;

	ARG_UNUSED(log_backend);
	ARG_UNUSED(init_log_level);
	if (ctx->tid != NULL && ctx->state != SHELL_STATE_UNINITIALIZED) {
		return -EALREADY;
	}
	memset(ctx, 0, sizeof(*ctx));
	ctx->prompt = sh->default_prompt;
	ctx->cfg = cfg_flags;
	k_sem_init(&ctx->rx_ready, 0, 1);
	k_mutex_init(&ctx->wr_mtx);

	const int status = sh->iface->api->init(sh->iface, transport_config, on_event, (void *)sh);

	if (status != 0) {
		return status;
	}
	ctx->state = SHELL_STATE_INITIALIZED;
	ctx->tid = k_thread_create(sh->thread, sh->stack, CONFIG_SHELL_STACK_SIZE, shell_thread,
				   (void *)sh, NULL, NULL, CONFIG_SHELL_THREAD_PRIORITY, 0,
				   K_NO_WAIT);
	k_thread_name_set(ctx->tid, sh->name);
	return 0;
}

void shell_uninit(const struct shell *sh, shell_uninit_cb_t cb)
{
	sh->ctx->uninit_cb = cb;
	sh->ctx->stop = true;
	k_sem_give(&sh->ctx->rx_ready);
}

int shell_start(const struct shell *sh)
{
	struct shell_ctx *const ctx = sh->ctx;

	if (ctx->state != SHELL_STATE_INITIALIZED) {
		return -ENOTSUP;
	}
	k_mutex_lock(&ctx->wr_mtx, K_FOREVER);
	ctx->state = SHELL_STATE_ACTIVE;
	shell_write_text(sh, "\n");
	shell_redraw(sh);
	ctx->at_prompt = true;
	k_mutex_unlock(&ctx->wr_mtx);
	return 0;
}

int shell_stop(const struct shell *sh)
{
	if (sh->ctx->state != SHELL_STATE_ACTIVE) {
		return -ENOTSUP;
	}
	sh->ctx->at_prompt = false;
	sh->ctx->state = SHELL_STATE_INITIALIZED;
	return 0;
}

bool shell_ready(const struct shell *sh)
{
	return sh->ctx->state == SHELL_STATE_ACTIVE;
}

int shell_execute_cmd(const struct shell *sh, const char *cmd)
{
	if (cmd == NULL) {
		return -ENOEXEC;
	}
#if defined(CONFIG_SHELL_BACKEND_DUMMY)
	if (sh == NULL) {
		sh = shell_backend_dummy_get_ptr();
	}
#endif
	if (sh == NULL) {
		return -EINVAL;
	}

	struct shell_ctx *const ctx = sh->ctx;
	const size_t length = strlen(cmd);

	char line[CONFIG_SHELL_CMD_BUFF_SIZE];

	if (length >= sizeof(line)) {
		return -ENOMEM;
	}
	if (ctx->state != SHELL_STATE_ACTIVE) {
		return -ENOEXEC;
	}
	memcpy(line, cmd, length + 1);
	ctx->ret_val = shell_execute_line(sh, line);
	return ctx->ret_val;
}

int shell_get_return_value(const struct shell *sh)
{
	return sh->ctx->ret_val;
}

void shell_set_bypass(const struct shell *sh, shell_bypass_cb_t bypass)
{
	sh->ctx->bypass = bypass;
	if (bypass == NULL && shell_ready(sh)) {
		shell_redraw(sh);
		sh->ctx->at_prompt = true;
	}
}

int shell_prompt_change(const struct shell *sh, const char *prompt)
{
	if (prompt == NULL) {
		return -EINVAL;
	}
	sh->ctx->prompt = prompt;
	return 0;
}

#define SETTER(name, flag)                                                                         \
	int name(const struct shell *sh, bool val)                                                 \
	{                                                                                          \
		if (sh == NULL) {                                                                  \
			return -EINVAL;                                                            \
		}                                                                                  \
                                                                                                   \
		const int before = sh->ctx->cfg.flag;                                              \
                                                                                                   \
		sh->ctx->cfg.flag = val;                                                           \
		return before;                                                                     \
	}

SETTER(shell_insert_mode_set, insert_mode)
SETTER(shell_use_colors_set, use_colors)
SETTER(shell_use_vt100_set, use_vt100)
SETTER(shell_echo_set, echo)
SETTER(shell_obscure_set, obscure)
SETTER(shell_mode_delete_set, mode_delete)

const struct shell *shell_backend_get_by_name(const char *backend_name)
{
	STRUCT_SECTION_FOREACH(shell, sh) {
		if (strcmp(sh->name, backend_name) == 0) {
			return sh;
		}
	}
	return NULL;
}

#endif /* CONFIG_SHELL */
