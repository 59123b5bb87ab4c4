// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The machinery below log.h. Include <zephyr/logging/log.h>.
 *
 * A message of a level above the module's leaves no code. Without CONFIG_LOG nothing is left of
 * any, but its arguments are still checked against its format.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_CORE_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_CORE_H_

#include <stdarg.h>
#include <stdbool.h>

#include <zephyr/logging/log_instance.h>
#include <zephyr/logging/log_msg.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LOG_LEVEL_NONE 0U
#define LOG_LEVEL_ERR  1U
#define LOG_LEVEL_WRN  2U
#define LOG_LEVEL_INF  3U
#define LOG_LEVEL_DBG  4U

/* Output without level, time and name. */
#define LOG_LEVEL_INTERNAL_RAW_STRING LOG_LEVEL_NONE

#ifndef CONFIG_LOG_DEFAULT_LEVEL
#define CONFIG_LOG_DEFAULT_LEVEL 0
#endif
#ifndef CONFIG_LOG_MAX_LEVEL
#define CONFIG_LOG_MAX_LEVEL 0
#endif
#ifndef CONFIG_LOG_OVERRIDE_LEVEL
#define CONFIG_LOG_OVERRIDE_LEVEL 0
#endif

/*
 * A level given as 0 to 4 or LOG_LEVEL_x stands; anything else, such as an unset Kconfig symbol, is
 * the default.
 */
#define Z_LOG_RESOLVED_LEVEL(level, other)  Z_LOG_RESOLVE(level, other)
#define Z_LOG_RESOLVE(level, other)         Z_SECOND_OF(Z_LOG_IS_LEVEL_##level level, other, ~)
#define Z_LOG_IS_LEVEL_0                    ~,
#define Z_LOG_IS_LEVEL_1                    ~,
#define Z_LOG_IS_LEVEL_2                    ~,
#define Z_LOG_IS_LEVEL_3                    ~,
#define Z_LOG_IS_LEVEL_4                    ~,
#define Z_LOG_IS_LEVEL_0U                   ~,
#define Z_LOG_IS_LEVEL_1U                   ~,
#define Z_LOG_IS_LEVEL_2U                   ~,
#define Z_LOG_IS_LEVEL_3U                   ~,
#define Z_LOG_IS_LEVEL_4U                   ~,

/* Whether messages of @p level are compiled into this module at all. */
#if defined(CONFIG_LOG)
#define Z_LOG_CONST_LEVEL_CHECK(level)                                                             \
	((level) <= Z_MAX(__log_level, CONFIG_LOG_OVERRIDE_LEVEL) &&                               \
	 (level) <= CONFIG_LOG_MAX_LEVEL)
#else
#define Z_LOG_CONST_LEVEL_CHECK(level) false
#endif

#define Z_LOG_FUNC_PREFIX_1U IS_ENABLED(CONFIG_LOG_FUNC_NAME_PREFIX_ERR)
#define Z_LOG_FUNC_PREFIX_2U IS_ENABLED(CONFIG_LOG_FUNC_NAME_PREFIX_WRN)
#define Z_LOG_FUNC_PREFIX_3U IS_ENABLED(CONFIG_LOG_FUNC_NAME_PREFIX_INF)
#define Z_LOG_FUNC_PREFIX_4U IS_ENABLED(CONFIG_LOG_FUNC_NAME_PREFIX_DBG)
#define Z_LOG_FUNC(level)    (UTIL_CAT(Z_LOG_FUNC_PREFIX_, level) ? __func__ : NULL)

/** Writes one message. @p func is NULL, or a name to put before the text. */
__printf_like(4, 5) void z_log_msg(const struct log_source_const_data *source, uint32_t level,
				   const char *func, const char *fmt, ...);
/** Writes one message and the bytes below it. */
void z_log_hexdump(const struct log_source_const_data *source, uint32_t level, const char *func,
		   const char *text, const void *data, size_t len);
/** Writes text as it is. */
__printf_like(1, 2) void z_log_raw(const char *fmt, ...);
/* A message as src/kernel/c/log.c hands it to the application's part, and whether the console wants it too. */
struct z_log_entry {
	const struct log_source_const_data *source;
	uint32_t level;
	const char *func;
	const char *fmt;
	va_list *ap;
	const void *data;
	size_t data_len;
};
bool z_log_backends_put(const struct z_log_entry *entry);
/* The log's clock. */
log_timestamp_t z_log_timestamp(void);
void z_log_vprintk(const char *fmt, va_list ap);

/** Writes a message of the calling code's choice. */
void log_generic(uint8_t level, const char *fmt, va_list ap);

static inline __printf_like(1, 2) void z_log_printf_arg_checker(const char *fmt, ...)
{
	ARG_UNUSED(fmt);
}

/* `if (false)` keeps the arguments used and checked in messages that are compiled out. */
#define Z_LOG(level, ...)                                                                          \
	do {                                                                                       \
		if (Z_LOG_CONST_LEVEL_CHECK(level)) {                                              \
			z_log_msg(Z_LOG_SOURCE(), level, Z_LOG_FUNC(level), __VA_ARGS__);          \
		}                                                                                  \
		if (false) {                                                                       \
			z_log_printf_arg_checker(__VA_ARGS__);                                     \
		}                                                                                  \
	} while (false)

#define Z_LOG_HEXDUMP(level, data, length, text)                                                   \
	do {                                                                                       \
		if (Z_LOG_CONST_LEVEL_CHECK(level)) {                                              \
			z_log_hexdump(Z_LOG_SOURCE(), level, Z_LOG_FUNC(level), text, data,        \
				      (size_t)(length));                                           \
		}                                                                                  \
	} while (false)

#if defined(CONFIG_LOG)
#define Z_LOG_SOURCE() __log_current_const_data

#define Z_LOG_INSTANCE(_level, inst, ...)                                                          \
	do {                                                                                       \
		if ((_level) <= CONFIG_LOG_MAX_LEVEL && (inst) != NULL &&                          \
		    (_level) <= (inst)->level) {                                                   \
			z_log_msg(inst, _level, NULL, __VA_ARGS__);                                \
		}                                                                                  \
	} while (false)
#define Z_LOG_HEXDUMP_INSTANCE(_level, inst, data, length, text)                                   \
	do {                                                                                       \
		if ((_level) <= CONFIG_LOG_MAX_LEVEL && (inst) != NULL &&                          \
		    (_level) <= (inst)->level) {                                                   \
			z_log_hexdump(inst, _level, NULL, text, data, (size_t)(length));           \
		}                                                                                  \
	} while (false)
#define Z_LOG_RAW(...)   z_log_raw(__VA_ARGS__)
#else
#define Z_LOG_SOURCE() NULL

#define Z_LOG_INSTANCE(_level, inst, ...)                                                          \
	do {                                                                                       \
		if (false) {                                                                       \
			z_log_printf_arg_checker(__VA_ARGS__);                                     \
		}                                                                                  \
	} while (false)
#define Z_LOG_HEXDUMP_INSTANCE(_level, inst, data, length, text) ((void)(data))
#define Z_LOG_RAW(...)                                                                             \
	do {                                                                                       \
		if (false) {                                                                       \
			z_log_printf_arg_checker(__VA_ARGS__);                                     \
		}                                                                                  \
	} while (false)
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_CORE_H_ */
