// SPDX-License-Identifier: Apache-2.0
/*
 * What shells print, and the numbers they read.
 */
#if defined(CONFIG_SHELL)

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/cbprintf.h>

#include "shell_internal.h"

/* A transport that takes nothing for this long is taken for dead. */
#define PATIENCE_MS 100

static void put_bytes(const struct shell *sh, const char *data, size_t length)
{
	int64_t patience = k_uptime_get() + PATIENCE_MS;

	while (length > 0) {
		size_t count = 0;

		if (sh->iface->api->write(sh->iface, data, length, &count) != 0) {
			return;
		}
		data += count;
		length -= count;
		if (count > 0) {
			patience = k_uptime_get() + PATIENCE_MS;
		} else if (length > 0) {
			if (k_is_in_isr() || k_uptime_get() > patience) {
				return;
			}
			k_msleep(1);
		}
	}
}

/* Text: a terminal wants a carriage return before each line feed. */
static void put_text(const struct shell *sh, const char *text, size_t length)
{
	while (length > 0) {
		const char *const end =
			(sh->shell_flag & SHELL_FLAG_CRLF_DEFAULT) ? memchr(text, '\n', length) : NULL;
		const size_t part = end != NULL ? (size_t)(end - text) : length;

		put_bytes(sh, text, part);
		text += part;
		length -= part;
		if (length > 0) {
			put_bytes(sh, "\r\n", 2);
			text++;
			length--;
		}
	}
}

void shell_write(const struct shell *sh, const char *data, size_t length)
{
	put_text(sh, data, length);
}

void shell_write_text(const struct shell *sh, const char *text)
{
	put_text(sh, text, strlen(text));
}

struct line {
	const struct shell *sh;
	size_t length;
	char text[64];
};

static void flush(struct line *line)
{
	put_text(line->sh, line->text, line->length);
	line->length = 0;
}

static int put_char(int c, void *ctx)
{
	struct line *const line = ctx;

	if (line->length == sizeof(line->text)) {
		flush(line);
	}
	line->text[line->length++] = (char)c;
	return 1;
}

void shell_vfprintf(const struct shell *sh, enum shell_vt100_color color, const char *fmt,
		    va_list args)
{
	struct line line = {.sh = sh};
	struct shell_ctx *const ctx = sh->ctx;
	const bool colored = ctx->cfg.use_colors && color < SHELL_VT100_COLOR_DEFAULT;
	const bool locked = !k_is_in_isr();

	if (locked) {
		k_mutex_lock(&ctx->wr_mtx, K_FOREVER);
	}

	/* Between two commands another thread speaks: the line being typed makes way. */
	const bool at_prompt = ctx->at_prompt && k_current_get() != ctx->tid;

	if (at_prompt) {
		shell_erase(sh);
	}
	if (colored) {
		char code[] = "\033[1;30m";

		code[5] = (char)('0' + color);
		shell_write_text(sh, code);
	}
	cbvprintf((cbprintf_cb)put_char, &line, fmt, args);
	flush(&line);
	if (colored) {
		shell_write_text(sh, "\033[m");
	}
	if (at_prompt) {
		shell_redraw(sh);
	}
	if (locked) {
		k_mutex_unlock(&ctx->wr_mtx);
	}
}

void shell_fprintf_impl(const struct shell *sh, enum shell_vt100_color color, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	shell_vfprintf(sh, color, fmt, args);
	va_end(args);
}

#define PRINTER(name, color)                                                                       \
	void name(const struct shell *sh, const char *fmt, ...)                                    \
	{                                                                                          \
		va_list args;                                                                      \
                                                                                                   \
		va_start(args, fmt);                                                               \
		shell_vfprintf(sh, color, fmt, args);                                              \
		va_end(args);                                                                      \
	}

PRINTER(shell_fprintf_info, SHELL_INFO)
PRINTER(shell_fprintf_normal, SHELL_NORMAL)
PRINTER(shell_fprintf_warn, SHELL_WARNING)
PRINTER(shell_fprintf_error, SHELL_ERROR)

void shell_hexdump_line(const struct shell *sh, unsigned int offset, const uint8_t *data,
			size_t len)
{
	char hex[SHELL_HEXDUMP_BYTES_IN_LINE * 3 + 2] = "";
	char text[SHELL_HEXDUMP_BYTES_IN_LINE + 2] = "";
	size_t h = 0, t = 0;

	for (size_t i = 0; i < SHELL_HEXDUMP_BYTES_IN_LINE; i++) {
		static const char digits[] = "0123456789abcdef";
		const bool there = i < len;

		if (i == SHELL_HEXDUMP_BYTES_IN_LINE / 2) {
			hex[h++] = ' ';
			text[t++] = ' ';
		}
		hex[h++] = there ? digits[data[i] >> 4] : ' ';
		hex[h++] = there ? digits[data[i] & 15] : ' ';
		hex[h++] = ' ';
		text[t++] = !there ? ' ' : data[i] >= ' ' && data[i] < 0x7f ? (char)data[i] : '.';
	}
	hex[h] = '\0';
	text[t] = '\0';
	shell_print(sh, "%08X: %s|%s|", offset, hex, text);
}

void shell_hexdump(const struct shell *sh, const uint8_t *data, size_t len)
{
	for (size_t at = 0; at < len; at += SHELL_HEXDUMP_BYTES_IN_LINE) {
		shell_hexdump_line(sh, at, &data[at], MIN(len - at, SHELL_HEXDUMP_BYTES_IN_LINE));
	}
}

/* ---- numbers --------------------------------------------------------------------------------- */

/* After a conversion that set errno and stopped at `end`. */
static bool is_number(const char *str, const char *end, int *err)
{
	if (errno == ERANGE) {
		*err = -ERANGE;
		return false;
	}
	if (errno != 0 || end == str || *end != '\0') {
		*err = -EINVAL;
		return false;
	}
	return true;
}

long shell_strtol(const char *str, int base, int *err)
{
	char *end;

	errno = 0;

	const long value = strtol(str, &end, base);

	return is_number(str, end, err) ? value : 0;
}

unsigned long long shell_strtoull(const char *str, int base, int *err)
{
	char *end;

	/* strtoull() would take a negative number and wrap it. */
	if (str[0] == '-') {
		*err = -EINVAL;
		return 0;
	}
	errno = 0;

	const unsigned long long value = strtoull(str, &end, base);

	return is_number(str, end, err) ? value : 0;
}

unsigned long shell_strtoul(const char *str, int base, int *err)
{
	int own = 0;
	const unsigned long long value = shell_strtoull(str, base, &own);

	if (own == 0 && value > ULONG_MAX) {
		own = -ERANGE;
	}
	if (own != 0) {
		*err = own;
		return 0;
	}
	return (unsigned long)value;
}

bool shell_strtobool(const char *str, int base, int *err)
{
	if (strcmp(str, "on") == 0 || strcmp(str, "enable") == 0 || strcmp(str, "true") == 0) {
		return true;
	}
	if (strcmp(str, "off") == 0 || strcmp(str, "disable") == 0 || strcmp(str, "false") == 0) {
		return false;
	}
	return shell_strtoul(str, base, err) != 0;
}

/* ---- devices as arguments -------------------------------------------------------------------- */

const struct device *shell_device_filter(size_t idx, shell_device_filter_t filter)
{
	STRUCT_SECTION_FOREACH(device, dev) {
		if (device_is_ready(dev) && dev->name != NULL && dev->name[0] != '\0' &&
		    (filter == NULL || filter(dev)) && idx-- == 0) {
			return dev;
		}
	}
	return NULL;
}

const struct device *shell_device_lookup(size_t idx, const char *prefix)
{
	STRUCT_SECTION_FOREACH(device, dev) {
		if (device_is_ready(dev) && dev->name != NULL && dev->name[0] != '\0' &&
		    (prefix == NULL || strncmp(prefix, dev->name, strlen(prefix)) == 0) &&
		    idx-- == 0) {
			return dev;
		}
	}
	return NULL;
}

const struct device *shell_device_get_binding(const char *name)
{
	return device_get_binding(name);
}

#endif /* CONFIG_SHELL */
