// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What backends that write text have in common.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_STD_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_STD_H_

#include <zephyr/logging/log_ctrl.h>
#include <zephyr/logging/log_output.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flags for log_output_msg_process() by the configuration. */
static inline uint32_t log_backend_std_get_flags(void)
{
	uint32_t flags = LOG_OUTPUT_FLAG_LEVEL | LOG_OUTPUT_FLAG_TIMESTAMP;

	if (IS_ENABLED(CONFIG_LOG_BACKEND_SHOW_COLOR)) {
		flags |= LOG_OUTPUT_FLAG_COLORS;
	}
	if (IS_ENABLED(CONFIG_LOG_BACKEND_FORMAT_TIMESTAMP)) {
		flags |= LOG_OUTPUT_FLAG_FORMAT_TIMESTAMP;
	}
	return flags;
}

/** For a backend's `panic`. */
static inline void log_backend_std_panic(const struct log_output *const output)
{
	log_output_flush(output);
}

/** For a backend's `dropped`. */
static inline void log_backend_std_dropped(const struct log_output *const output, uint32_t cnt)
{
	log_output_dropped_process(output, cnt);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_STD_H_ */
