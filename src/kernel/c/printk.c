// SPDX-License-Identifier: Apache-2.0
/*
 * printk(), snprintk(), cbprintf() and the messages of failed assertions.
 */
#include <string.h>

#include <zephyr/sys/__assert.h>
#include <zephyr/sys/cbprintf.h>
#include <zephyr/sys/printk.h>
#include <zephyr/fatal.h>

#include "format.h"

void znet_line_flush(struct znet_line *line)
{
	if (line->len > 0) {
		znet_console_write(line->text, line->len);
		line->len = 0;
	}
}

void znet_line_put(void *ctx, const char *text, size_t len)
{
	struct znet_line *const line = ctx;

	while (len > 0) {
		const size_t room = sizeof(line->text) - line->len;
		const size_t now = len < room ? len : room;

		memcpy(line->text + line->len, text, now);
		line->len += now;
		text += now;
		len -= now;
		if (line->len == sizeof(line->text)) {
			znet_line_flush(line);
		}
	}
}

void znet_line_format(struct znet_line *line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	znet_vformat(znet_line_put, line, fmt, ap);
	va_end(ap);
}

static void console_vformat(const char *fmt, va_list ap)
{
	struct znet_line line;

	line.len = 0;
	znet_vformat(znet_line_put, &line, fmt, ap);
	znet_line_flush(&line);
}

#if defined(CONFIG_PRINTK)
void vprintk(const char *fmt, va_list ap)
{
	console_vformat(fmt, ap);
}

void printk(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	console_vformat(fmt, ap);
	va_end(ap);
}
#endif

struct string {
	char *at;
	size_t room; /* the NUL's included */
};

static void string_put(void *ctx, const char *text, size_t len)
{
	struct string *const string = ctx;

	if (string->room > 1) {
		const size_t now = len < string->room - 1 ? len : string->room - 1;

		memcpy(string->at, text, now);
		string->at += now;
		string->room -= now;
	}
}

int vsnprintk(char *str, size_t size, const char *fmt, va_list ap)
{
	struct string string = {str, size};
	const size_t len = znet_vformat(string_put, &string, fmt, ap);

	if (size > 0) {
		*string.at = '\0';
	}
	return (int)len;
}

int snprintk(char *str, size_t size, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);

	const int len = vsnprintk(str, size, fmt, ap);

	va_end(ap);
	return len;
}

struct callback {
	cbprintf_cb out;
	void *ctx;
	int error;
};

static void callback_put(void *ctx, const char *text, size_t len)
{
	struct callback *const callback = ctx;

	for (size_t i = 0; i < len && callback->error >= 0; i++) {
		callback->error = callback->out((unsigned char)text[i], callback->ctx);
	}
}

int cbvprintf(cbprintf_cb out, void *ctx, const char *format, va_list ap)
{
	struct callback callback = {out, ctx, 0};
	const size_t len = znet_vformat(callback_put, &callback, format, ap);

	return callback.error < 0 ? callback.error : (int)len;
}

int cbprintf(cbprintf_cb out, void *ctx, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);

	const int len = cbvprintf(out, ctx, format, ap);

	va_end(ap);
	return len;
}

void assert_print(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	console_vformat(fmt, ap);
	va_end(ap);
}

__weak void assert_post_action(const char *file, unsigned int line)
{
	ARG_UNUSED(file);
	ARG_UNUSED(line);
	k_fatal_halt(K_ERR_KERNEL_PANIC);
}

__weak void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf)
{
	/* Without the formatter, which a program may not have otherwise. */
	char text[] = "Halting: fatal error 00\n";
	char *const digits = text + sizeof(text) - 4;

	ARG_UNUSED(esf);
	digits[0] = (char)('0' + reason / 10 % 10);
	digits[1] = (char)('0' + reason % 10);
	znet_console_write(text, sizeof(text) - 1);
	k_fatal_halt(reason);
}
