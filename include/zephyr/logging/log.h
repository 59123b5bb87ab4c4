// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Messages with a level, the time and the name of their module.
 *
 * A line reads `[00:00:01.250,000] <inf> name: text`. Levels above CONFIG_LOG_MAX_LEVEL or the
 * module's own leave no code. Messages may come from anywhere, an ISR included; they are written at
 * once.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_H_

#include <zephyr/logging/log_core.h>
#include <zephyr/logging/log_instance.h>
#include <zephyr/sys/iterable_sections.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Something failed. */
#define LOG_ERR(...) Z_LOG(LOG_LEVEL_ERR, __VA_ARGS__)
/** Something unusual happened. */
#define LOG_WRN(...) Z_LOG(LOG_LEVEL_WRN, __VA_ARGS__)
/** Something worth knowing. */
#define LOG_INF(...) Z_LOG(LOG_LEVEL_INF, __VA_ARGS__)
/** Something for whoever looks for a fault. */
#define LOG_DBG(...) Z_LOG(LOG_LEVEL_DBG, __VA_ARGS__)

/** A warning that each place in the code gives once only. */
#define LOG_WRN_ONCE(...)                                                                          \
	do {                                                                                       \
		static bool z_warned;                                                              \
		if (!z_warned) {                                                                   \
			z_warned = true;                                                           \
			LOG_WRN(__VA_ARGS__);                                                      \
		}                                                                                  \
	} while (false)

/** Text without level, time and name, through the log. */
#define LOG_RAW(...)    Z_LOG_RAW(__VA_ARGS__)
/** The same, as printk() would write it. */
#define LOG_PRINTK(...) Z_LOG_RAW(__VA_ARGS__)

/* Messages of an instance: the pointer that LOG_INSTANCE_PTR_DECLARE() declares in a structure. */
#define LOG_INST_ERR(_log_inst, ...) Z_LOG_INSTANCE(LOG_LEVEL_ERR, _log_inst, __VA_ARGS__)
#define LOG_INST_WRN(_log_inst, ...) Z_LOG_INSTANCE(LOG_LEVEL_WRN, _log_inst, __VA_ARGS__)
#define LOG_INST_INF(_log_inst, ...) Z_LOG_INSTANCE(LOG_LEVEL_INF, _log_inst, __VA_ARGS__)
#define LOG_INST_DBG(_log_inst, ...) Z_LOG_INSTANCE(LOG_LEVEL_DBG, _log_inst, __VA_ARGS__)

/* A message and, below it, bytes: sixteen a line, as numbers and as characters. */
#define LOG_HEXDUMP_ERR(_data, _length, _str) Z_LOG_HEXDUMP(LOG_LEVEL_ERR, _data, _length, _str)
#define LOG_HEXDUMP_WRN(_data, _length, _str) Z_LOG_HEXDUMP(LOG_LEVEL_WRN, _data, _length, _str)
#define LOG_HEXDUMP_INF(_data, _length, _str) Z_LOG_HEXDUMP(LOG_LEVEL_INF, _data, _length, _str)
#define LOG_HEXDUMP_DBG(_data, _length, _str) Z_LOG_HEXDUMP(LOG_LEVEL_DBG, _data, _length, _str)

#define LOG_INST_HEXDUMP_ERR(_log_inst, _data, _length, _str)                                      \
	Z_LOG_HEXDUMP_INSTANCE(LOG_LEVEL_ERR, _log_inst, _data, _length, _str)
#define LOG_INST_HEXDUMP_WRN(_log_inst, _data, _length, _str)                                      \
	Z_LOG_HEXDUMP_INSTANCE(LOG_LEVEL_WRN, _log_inst, _data, _length, _str)
#define LOG_INST_HEXDUMP_INF(_log_inst, _data, _length, _str)                                      \
	Z_LOG_HEXDUMP_INSTANCE(LOG_LEVEL_INF, _log_inst, _data, _length, _str)
#define LOG_INST_HEXDUMP_DBG(_log_inst, _data, _length, _str)                                      \
	Z_LOG_HEXDUMP_INSTANCE(LOG_LEVEL_DBG, _log_inst, _data, _length, _str)

#define Z_LOG_LEVEL_OF(name, level, ...) Z_LOG_RESOLVED_LEVEL(level, CONFIG_LOG_DEFAULT_LEVEL)
#define Z_LOG_NAME_OF(name, ...)         name

/**
 * LOG_MODULE_REGISTER(name [, level]): the messages of this file come from module @p name. Once for
 * each module; its other files say LOG_MODULE_DECLARE(). The level is CONFIG_LOG_DEFAULT_LEVEL if
 * none is given.
 */
#if defined(CONFIG_LOG)
#define LOG_MODULE_REGISTER(...)                                                                   \
	Z_LOG_MODULE_DEFINE(Z_LOG_NAME_OF(__VA_ARGS__, ~),                                         \
			    Z_LOG_LEVEL_OF(__VA_ARGS__, NOT_GIVEN, ~))
#define Z_LOG_MODULE_DEFINE(name, level)                                                           \
	EXTERN_C const struct log_source_const_data Z_LOG_ITEM_CONST_DATA(name);                   \
	Z_LOG_CONST_ITEM_REGISTER(name, STRINGIFY(name), Z_MAX(level, CONFIG_LOG_OVERRIDE_LEVEL)); \
	Z_LOG_MODULE_USE(name, level)
/**
 * LOG_MODULE_DECLARE(name [, level]): the messages of this file come from a module registered in
 * another.
 */
#define LOG_MODULE_DECLARE(...)                                                                    \
	Z_LOG_MODULE_FOREIGN(Z_LOG_NAME_OF(__VA_ARGS__, ~),                                        \
			     Z_LOG_LEVEL_OF(__VA_ARGS__, NOT_GIVEN, ~))
#define Z_LOG_MODULE_FOREIGN(name, level)                                                          \
	extern const struct log_source_const_data Z_LOG_ITEM_CONST_DATA(name);                     \
	Z_LOG_MODULE_USE(name, level)
#define Z_LOG_MODULE_USE(name, level)                                                              \
	static const struct log_source_const_data *const __log_current_const_data __unused =       \
		&Z_LOG_ITEM_CONST_DATA(name);                                                      \
	static const uint32_t __log_level __unused = level
/** Sets the level of the messages of a block. */
#define LOG_LEVEL_SET(level)                                                                       \
	static const uint32_t __log_level __unused =                                               \
		Z_LOG_RESOLVED_LEVEL(level, CONFIG_LOG_DEFAULT_LEVEL)
#else
#define LOG_MODULE_REGISTER(...)  BUILD_ASSERT(true, "")
#define LOG_MODULE_DECLARE(...)   BUILD_ASSERT(true, "")
#define LOG_LEVEL_SET(level)      BUILD_ASSERT(true, "")
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_H_ */
