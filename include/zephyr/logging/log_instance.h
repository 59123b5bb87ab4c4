// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Sources of messages: modules, and instances of a module with levels of their own.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_INSTANCE_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_INSTANCE_H_

#include <zephyr/sys/iterable_sections.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A source: its name before each message, and the highest level it is compiled with. */
struct log_source_const_data {
	const char *name;
	uint8_t level;
};

#if defined(CONFIG_LOG_RUNTIME_FILTERING)
/** What changes of a source: a level for each backend, three bits each. */
struct log_source_dynamic_data {
	uint32_t filters;
};

#define Z_LOG_ITEM_DYNAMIC_DATA(name) _CONCAT(log_dynamic_, name)
/* The list is in the order of the sources', since names decide. Ten backends with the same level. */
#define Z_LOG_DYNAMIC_ITEM_REGISTER(name, level)                                                   \
	TYPE_SECTION_ITERABLE(struct log_source_dynamic_data, Z_LOG_ITEM_DYNAMIC_DATA(name),       \
			      log_dynamic, Z_LOG_ITEM_DYNAMIC_DATA(name)) = {                      \
		(uint32_t)(level) * 01111111111U};
#else
#define Z_LOG_DYNAMIC_ITEM_REGISTER(name, level)
#endif

#define Z_LOG_ITEM_CONST_DATA(name) _CONCAT(log_const_, name)

#define Z_LOG_CONST_ITEM_REGISTER(name, str_name, level)                                           \
	Z_LOG_DYNAMIC_ITEM_REGISTER(name, level)                                                   \
	const TYPE_SECTION_ITERABLE(struct log_source_const_data, Z_LOG_ITEM_CONST_DATA(name),     \
				    log_const, Z_LOG_ITEM_CONST_DATA(name)) = {                    \
		str_name, (uint8_t)(level)}

#define Z_LOG_INSTANCE_FULL_NAME(module_name, inst_name)                                           \
	UTIL_CAT(module_name, UTIL_CAT(_, inst_name))

#if defined(CONFIG_LOG)
/** Member of a structure: where its messages come from. */
#define LOG_INSTANCE_PTR_DECLARE(name) const struct log_source_const_data *name
/** Defines an instance; its messages come as "module.instance". */
#define LOG_INSTANCE_REGISTER(module_name, inst_name, level)                                       \
	Z_LOG_CONST_ITEM_REGISTER(Z_LOG_INSTANCE_FULL_NAME(module_name, inst_name),                \
				  STRINGIFY(module_name) "." STRINGIFY(inst_name), level);
/** Address of a defined instance. */
#define LOG_INSTANCE_PTR(module_name, inst_name)                                                   \
	(&Z_LOG_ITEM_CONST_DATA(Z_LOG_INSTANCE_FULL_NAME(module_name, inst_name)))
/** Initialiser, with its comma, of the member @p name. */
#define LOG_INSTANCE_PTR_INIT(name, module_name, inst_name)                                        \
	.name = LOG_INSTANCE_PTR(module_name, inst_name),
#else
#define LOG_INSTANCE_PTR_DECLARE(name)
#define LOG_INSTANCE_REGISTER(module_name, inst_name, level)
#define LOG_INSTANCE_PTR(module_name, inst_name) NULL
#define LOG_INSTANCE_PTR_INIT(name, module_name, inst_name)
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_INSTANCE_H_ */
