// SPDX-License-Identifier: Apache-2.0
/*
 * The formatter behind printk(), the log and cbprintf().
 */
#ifndef ZNET_KERNEL_FORMAT_H_
#define ZNET_KERNEL_FORMAT_H_

#include <stdarg.h>
#include <stddef.h>

/* Takes the next piece of text; len is never 0. */
typedef void (*znet_sink)(void *ctx, const char *text, size_t len);

/*
 * Formats as printf() does (see <zephyr/sys/printk.h> for what is known) and returns the length of
 * the text.
 */
size_t znet_vformat(znet_sink put, void *ctx, const char *fmt, va_list ap);

/* Text on its way to the console, gathered so that a line of usual length is one write. */
struct znet_line {
	size_t len;
	char text[256];
};

/* A sink whose ctx is a struct znet_line. */
void znet_line_put(void *ctx, const char *text, size_t len);
/* Formats into the line. */
void znet_line_format(struct znet_line *line, const char *fmt, ...)
	__attribute__((__format__(__printf__, 2, 3)));
/* Writes what is gathered. */
void znet_line_flush(struct znet_line *line);

/* The port's console; in src/kernel/console.rs. */
void znet_console_write(const char *text, size_t len);
/* Microseconds since start-up. */
unsigned long long znet_uptime_us(void);

#endif /* ZNET_KERNEL_FORMAT_H_ */
