// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Formatted output to the console, and into strings, without the C library.
 *
 * Known: flags `-+ #0`, width and precision (also `*`), lengths hh h l ll j z t, conversions d i u
 * o x X p c s %. With CONFIG_CBPRINTF_FP_SUPPORT also f F e E g G.
 */
#ifndef ZEPHYR_INCLUDE_SYS_PRINTK_H_
#define ZEPHYR_INCLUDE_SYS_PRINTK_H_

#include <stdarg.h>
#include <stddef.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_PRINTK)
/** Writes to the console. May be called from anywhere, an ISR included. */
__printf_like(1, 2) void printk(const char *fmt, ...);
/** The same with the arguments in a list. */
__printf_like(1, 0) void vprintk(const char *fmt, va_list ap);
#else
static inline __printf_like(1, 2) void printk(const char *fmt, ...)
{
	ARG_UNUSED(fmt);
}

static inline __printf_like(1, 0) void vprintk(const char *fmt, va_list ap)
{
	ARG_UNUSED(fmt);
	ARG_UNUSED(ap);
}
#endif

/**
 * Writes into a string, at most @p size bytes with the final NUL.
 *
 * @return length of the whole text, whether it fitted or not.
 */
__printf_like(3, 4) int snprintk(char *str, size_t size, const char *fmt, ...);
/** The same with the arguments in a list. */
__printf_like(3, 0) int vsnprintk(char *str, size_t size, const char *fmt, va_list ap);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_PRINTK_H_ */
