// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Messages as lines of text, for backends.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_OUTPUT_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_OUTPUT_H_

#include <stdarg.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log_msg.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LOG_OUTPUT_FLAG_COLORS           BIT(0) /**< By ANSI escape sequences */
#define LOG_OUTPUT_FLAG_TIMESTAMP        BIT(1) /**< The time */
#define LOG_OUTPUT_FLAG_FORMAT_TIMESTAMP BIT(2) /**< As hours, minutes, seconds */
#define LOG_OUTPUT_FLAG_LEVEL            BIT(3) /**< The level */
#define LOG_OUTPUT_FLAG_CRLF_NONE        BIT(4) /**< No end of line */
#define LOG_OUTPUT_FLAG_CRLF_LFONLY      BIT(5) /**< "\n", not "\r\n" */
#define LOG_OUTPUT_FLAG_FORMAT_SYSLOG    BIT(6) /**< RFC 5424's head */
#define LOG_OUTPUT_FLAG_THREAD           BIT(7) /**< The thread */
#define LOG_OUTPUT_FLAG_SKIP_SOURCE      BIT(8) /**< Not the source */

#define LOG_OUTPUT_TEXT   0 /**< The only format there is */
#define LOG_OUTPUT_SYST   1
#define LOG_OUTPUT_DICT   2
#define LOG_OUTPUT_CUSTOM 3

/** Takes bytes; returns how many. */
typedef int (*log_output_func_t)(uint8_t *buf, size_t size, void *ctx);

/** What changes of an output. */
struct log_output_control_block {
	atomic_t offset;
	void *ctx;
	const char *hostname;
};

/** Where lines go, and the buffer in which they are gathered. */
struct log_output {
	log_output_func_t func;
	struct log_output_control_block *control_block;
	uint8_t *buf;
	size_t size;
};

/** Writes a message in some format. */
typedef void (*log_format_func_t)(const struct log_output *output, struct log_msg *msg,
				  uint32_t flags);

/** The function of a format, or NULL. */
log_format_func_t log_format_func_t_get(uint32_t log_type);

/** Defines an output. */
#define LOG_OUTPUT_DEFINE(_name, _func, _buf, _size)                                               \
	static struct log_output_control_block _name##_control_block;                              \
	static const struct log_output _name = {                                                   \
		.func = _func,                                                                     \
		.control_block = &_name##_control_block,                                           \
		.buf = _buf,                                                                       \
		.size = _size,                                                                     \
	}

/** Writes a message. */
void log_output_msg_process(const struct log_output *log_output, struct log_msg *msg,
			    uint32_t flags);
/** Writes one by its parts; @p package is as log_msg_get_package() gives it, or NULL. */
void log_output_process(const struct log_output *log_output, log_timestamp_t timestamp,
			const char *domain, const char *source, k_tid_t tid, uint8_t level,
			const uint8_t *package, const uint8_t *data, size_t data_len,
			uint32_t flags);
/** Says how many messages were lost. */
void log_output_dropped_process(const struct log_output *output, uint32_t cnt);

/** Hands bytes over until all are taken. */
static inline void log_output_write(log_output_func_t outf, uint8_t *buf, size_t len, void *ctx)
{
	while (len > 0) {
		int taken = outf(buf, len, ctx);

		if (taken <= 0) {
			return;
		}
		len -= (size_t)taken;
		buf += taken;
	}
}

/** Hands over what is gathered. */
static inline void log_output_flush(const struct log_output *output)
{
	const size_t len = (size_t)atomic_set(&output->control_block->offset, 0);

	log_output_write(output->func, output->buf, MIN(len, output->size),
			 output->control_block->ctx);
}

/** What the function gets. */
static inline void log_output_ctx_set(const struct log_output *output, void *ctx)
{
	output->control_block->ctx = ctx;
}

/** The host's name in RFC 5424's head. */
static inline void log_output_hostname_set(const struct log_output *output, const char *hostname)
{
	output->control_block->hostname = hostname;
}

/** Frequency of timestamps. */
void log_output_timestamp_freq_set(uint32_t freq);
/** A timestamp in microseconds. */
uint64_t log_output_timestamp_to_us(log_timestamp_t timestamp);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_OUTPUT_H_ */
