// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Formatted output through a function of the caller, one character at a time.
 */
#ifndef ZEPHYR_INCLUDE_SYS_CBPRINTF_H_
#define ZEPHYR_INCLUDE_SYS_CBPRINTF_H_

#include <stdarg.h>
#include <stddef.h>

#include <zephyr/sys/printk.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Takes the character @p c, as an unsigned char.
 *
 * @return a negative value to end the output
 */
typedef int (*cbprintf_cb)(int c, void *ctx);

/**
 * Formats and hands each character to @p out.
 *
 * @return number of characters, or the negative value that @p out returned
 */
__printf_like(3, 4) int cbprintf(cbprintf_cb out, void *ctx, const char *format, ...);
/** The same with the arguments in a list. */
__printf_like(3, 0) int cbvprintf(cbprintf_cb out, void *ctx, const char *format, va_list ap);

/* Names of the C library's functions over this formatter. */
#define snprintfcb(str, size, ...)         snprintk(str, size, __VA_ARGS__)
#define vsnprintfcb(str, size, format, ap) vsnprintk(str, size, format, ap)
#define printfcb(...)                      printk(__VA_ARGS__)
#define vprintfcb(format, ap)              vprintk(format, ap)

/** Hands out the text of a log message's package; see <zephyr/logging/log_msg.h>. */
int cbpprintf(cbprintf_cb out, void *ctx, const void *packaged);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_CBPRINTF_H_ */
