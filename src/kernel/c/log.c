// SPDX-License-Identifier: Apache-2.0
/*
 * The log: a line is formatted into one buffer and written by whoever made the message.
 */
#if defined(CONFIG_LOG)

#include <errno.h>
#include <string.h>

#include <zephyr/logging/log.h>
#include <zephyr/logging/log_ctrl.h>
#include <zephyr/sys/printk.h>

#include "format.h"

#define COLOR_ERROR   "\033[1;31m"
#define COLOR_WARNING "\033[1;33m"
#define COLOR_INFO    "\033[1;32m"
#define COLOR_NONE    "\033[0m"

/* In the application's part; a program without that part has the console only. */
extern __weak bool z_log_backends_put(const struct z_log_entry *entry);
extern __weak void log_output_timestamp_freq_set(uint32_t freq);

static log_timestamp_get_t timestamp_get;
static uint32_t timestamp_freq;

#if CONFIG_LOG_TAG_MAX_LEN > 0
static char tag[CONFIG_LOG_TAG_MAX_LEN + 1] = CONFIG_LOG_TAG_DEFAULT;
#endif

int log_set_timestamp_func(log_timestamp_get_t timestamp_getter, uint32_t freq)
{
	if (timestamp_getter == NULL || freq == 0) {
		return -EINVAL;
	}
	timestamp_freq = freq;
	timestamp_get = timestamp_getter;
	if (log_output_timestamp_freq_set != NULL) {
		log_output_timestamp_freq_set(freq);
	}
	return 0;
}

log_timestamp_t z_log_timestamp(void)
{
	/* Of microseconds 32 bits hold 72 minutes. */
	const uint32_t unit_us = sizeof(log_timestamp_t) < sizeof(uint64_t) ? 1000 : 1;

	return timestamp_get != NULL ? timestamp_get()
				     : (log_timestamp_t)(znet_uptime_us() / unit_us);
}

int log_set_tag(const char *text)
{
#if CONFIG_LOG_TAG_MAX_LEN > 0
	if (text == NULL) {
		return -EINVAL;
	}
	snprintk(tag, sizeof(tag), "%s", text);
	return strlen(text) < sizeof(tag) ? 0 : -ENOMEM;
#else
	ARG_UNUSED(text);
	return -ENOTSUP;
#endif
}

static unsigned long long now_us(void)
{
	if (timestamp_get == NULL) {
		return znet_uptime_us();
	}

	const unsigned long long ticks = timestamp_get();

	/* Whole seconds apart, so that the product stays small. */
	return ticks / timestamp_freq * 1000000 + ticks % timestamp_freq * 1000000 / timestamp_freq;
}

static const char *color_of(uint32_t level)
{
	if (!IS_ENABLED(CONFIG_LOG_BACKEND_SHOW_COLOR)) {
		return "";
	}
	switch (level) {
	case LOG_LEVEL_ERR:
		return COLOR_ERROR;
	case LOG_LEVEL_WRN:
		return COLOR_WARNING;
	case LOG_LEVEL_INF:
		return IS_ENABLED(CONFIG_LOG_INFO_COLOR_GREEN) ? COLOR_INFO : "";
	default:
		return "";
	}
}

/* "[00:00:01.250,000] " */
static void put_time(struct znet_line *line)
{
	const unsigned long long us = now_us();

	if (IS_ENABLED(CONFIG_LOG_BACKEND_FORMAT_TIMESTAMP)) {
		const unsigned long long seconds = us / 1000000;

		znet_line_format(line, "[%02llu:%02llu:%02llu.%03llu,%03llu] ", seconds / 3600,
				 seconds / 60 % 60, seconds % 60, us / 1000 % 1000, us % 1000);
	} else {
		znet_line_format(line, "[%08llu] ", us);
	}
}

/* Everything before the text; returns the width it takes on the screen. */
static size_t put_head(struct znet_line *line, const struct log_source_const_data *source,
		       uint32_t level, const char *func)
{
	static const char names[][4] = {"   ", "err", "wrn", "inf", "dbg"};
	const char *const module = source != NULL ? source->name : "";
	size_t invisible = 0;

	level = MIN(level, LOG_LEVEL_DBG);
	line->len = 0;
	if (IS_ENABLED(CONFIG_LOG_MODE_MINIMAL)) {
		znet_line_format(line, "%c: ", " EWID"[level]);
	} else {
#if CONFIG_LOG_TAG_MAX_LEN > 0
		if (tag[0] != '\0') {
			znet_line_format(line, "%s ", tag);
		}
#endif
		put_time(line);
		invisible = strlen(color_of(level));
		znet_line_format(line, "%s<%s> %s: ", color_of(level), names[level], module);
	}
	if (func != NULL) {
		znet_line_format(line, "%s: ", func);
	}
	return line->len - invisible;
}

static void put_end(struct znet_line *line, uint32_t level)
{
	if (!IS_ENABLED(CONFIG_LOG_MODE_MINIMAL) && *color_of(level) != '\0') {
		znet_line_put(line, COLOR_NONE, strlen(COLOR_NONE));
	}
	znet_line_put(line, "\n", 1);
	znet_line_flush(line);
}

#if defined(CONFIG_LOG_BACKEND_NET)
/* In the application's part; a program without that part sends nothing. */
extern __weak void z_log_backend_net_put(const char *source, uint32_t level, const char *fmt,
					 va_list ap);
#endif

/* Hands a message to the backends: whether it goes to the console as well. */
static bool to_backends(const struct log_source_const_data *source, uint32_t level,
			const char *func, const void *data, size_t data_len, const char *fmt,
			va_list ap)
{
	va_list copy;
	bool console;

	if (z_log_backends_put == NULL) {
		return true;
	}
	va_copy(copy, ap);

	const struct z_log_entry entry = {.source = source,
					  .level = level,
					  .func = func,
					  .fmt = fmt,
					  .ap = &copy,
					  .data = data,
					  .data_len = data_len};

	console = z_log_backends_put(&entry);
	va_end(copy);
	return console;
}

/* The same of a text without arguments. */
static bool dump_to_backends(const struct log_source_const_data *source, uint32_t level,
			     const char *func, const void *data, size_t data_len, const char *fmt,
			     ...)
{
	va_list ap;
	bool console;

	va_start(ap, fmt);
	console = to_backends(source, level, func, data, data_len, fmt, ap);
	va_end(ap);
	return console;
}

static void message(const struct log_source_const_data *source, uint32_t level, const char *func,
		    const char *fmt, va_list ap)
{
	struct znet_line line;

#if defined(CONFIG_LOG_BACKEND_NET)
	if (z_log_backend_net_put != NULL) {
		va_list copy;

		va_copy(copy, ap);
		z_log_backend_net_put(source != NULL ? source->name : "-", level, fmt, copy);
		va_end(copy);
	}
#endif
	if (!to_backends(source, level, func, NULL, 0, fmt, ap)) {
		return;
	}
	put_head(&line, source, level, func);
	znet_vformat(znet_line_put, &line, fmt, ap);
	put_end(&line, level);
}

void z_log_msg(const struct log_source_const_data *source, uint32_t level, const char *func,
	       const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(source, level, func, fmt, ap);
	va_end(ap);
}

void log_generic(uint8_t level, const char *fmt, va_list ap)
{
	if (level == LOG_LEVEL_INTERNAL_RAW_STRING) {
		z_log_vprintk(fmt, ap);
	} else if (level <= CONFIG_LOG_MAX_LEVEL) {
		message(NULL, level, NULL, fmt, ap);
	}
}

/* Sixteen bytes: two groups of eight numbers, then their characters. */
static void put_row(struct znet_line *line, size_t indent, const uint8_t *bytes, size_t count)
{
	znet_line_format(line, "\n%*s", (int)indent, "");
	for (size_t i = 0; i < 16; i++) {
		if (i > 0 && i % 8 == 0) {
			znet_line_put(line, " ", 1);
		}
		if (i < count) {
			znet_line_format(line, "%02x ", bytes[i]);
		} else {
			znet_line_put(line, "   ", 3);
		}
	}
	znet_line_put(line, "|", 1);
	for (size_t i = 0; i < 16; i++) {
		const bool printable = i < count && bytes[i] >= 0x20 && bytes[i] < 0x7f;
		const char c = i >= count ? ' ' : printable ? (char)bytes[i] : '.';

		if (i > 0 && i % 8 == 0) {
			znet_line_put(line, " ", 1);
		}
		znet_line_put(line, &c, 1);
	}
}

void z_log_hexdump(const struct log_source_const_data *source, uint32_t level, const char *func,
		   const char *text, const void *data, size_t len)
{
	const uint8_t *const bytes = data;
	struct znet_line line;
	size_t indent;

	if (!dump_to_backends(source, level, func, data, len, "%s", text)) {
		return;
	}
	indent = put_head(&line, source, level, func);

	znet_line_format(&line, "%s", text);
	for (size_t i = 0; i < len; i += 16) {
		put_row(&line, indent, bytes + i, MIN(len - i, 16));
	}
	put_end(&line, level);
}

void z_log_vprintk(const char *fmt, va_list ap)
{
	struct znet_line line;

	if (!to_backends(NULL, LOG_LEVEL_INTERNAL_RAW_STRING, NULL, NULL, 0, fmt, ap)) {
		return;
	}
	line.len = 0;
	znet_vformat(znet_line_put, &line, fmt, ap);
	znet_line_flush(&line);
}

void z_log_raw(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	z_log_vprintk(fmt, ap);
	va_end(ap);
}

#else
/* ISO C wants a declaration in each file. */
extern int znet_no_log;
#endif
