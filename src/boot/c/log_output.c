// SPDX-License-Identifier: Apache-2.0
/*
 * <zephyr/logging/log_output.h>: messages as lines of text.
 */
#if defined(CONFIG_LOG)

#include <zephyr/logging/log_core.h>
#include <zephyr/logging/log_output.h>
#include <zephyr/sys/cbprintf.h>

static uint32_t frequency =
	sizeof(log_timestamp_t) < sizeof(uint64_t) ? MSEC_PER_SEC : USEC_PER_SEC;

void log_output_timestamp_freq_set(uint32_t freq)
{
	frequency = freq;
}

uint64_t log_output_timestamp_to_us(log_timestamp_t timestamp)
{
	const uint64_t ticks = timestamp;

	if (frequency == 0) {
		return 0;
	}
	/* Whole seconds apart, so that the product stays small. */
	return ticks / frequency * USEC_PER_SEC + ticks % frequency * USEC_PER_SEC / frequency;
}

int cbpprintf(cbprintf_cb out, void *ctx, const void *packaged)
{
	int count = 0;

	for (const char *c = packaged; *c != '\0'; c++, count++) {
		const int err = out((unsigned char)*c, ctx);

		if (err < 0) {
			return err;
		}
	}
	return count;
}

static int put(int c, void *ctx)
{
	const struct log_output *output = ctx;
	atomic_t *const offset = &output->control_block->offset;
	atomic_val_t at = atomic_inc(offset);

	/* Several threads may log at a time: each place is given out once. */
	if ((size_t)at >= output->size) {
		log_output_flush(output);
		at = atomic_inc(offset);
	}
	if ((size_t)at < output->size) {
		output->buf[at] = (uint8_t)c;
	}
	return 0;
}

static __printf_like(2, 3) int print(const struct log_output *output, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = cbvprintf(put, (void *)output, fmt, ap);
	va_end(ap);
	return len;
}

static const char *color_of(uint8_t level)
{
	switch (level) {
	case LOG_LEVEL_ERR:
		return "\033[1;31m";
	case LOG_LEVEL_WRN:
		return "\033[1;33m";
	case LOG_LEVEL_INF:
		return IS_ENABLED(CONFIG_LOG_INFO_COLOR_GREEN) ? "\033[1;32m" : "";
	default:
		return "";
	}
}

static int put_time(const struct log_output *output, log_timestamp_t timestamp, uint32_t flags)
{
	const unsigned long long us = log_output_timestamp_to_us(timestamp);

	if ((flags & LOG_OUTPUT_FLAG_FORMAT_TIMESTAMP) != 0) {
		return print(output, "[%02llu:%02llu:%02llu.%03llu,%03llu] ", us / 3600000000ULL,
			     us / 60000000 % 60, us / 1000000 % 60, us / 1000 % 1000, us % 1000);
	}
	return print(output, "[%08llu] ", (unsigned long long)timestamp);
}

/* RFC 5424, 6.2.1: severity, of facility 1, "user-level messages". */
static int put_syslog(const struct log_output *output, uint8_t level)
{
	static const uint8_t severity[] = {6, 3, 4, 6, 7};
	const char *host = output->control_block->hostname;

	return print(output, "<%d>1 - %s ", 8 + severity[MIN(level, LOG_LEVEL_DBG)],
		     host != NULL ? host : "-");
}

static void put_end(const struct log_output *output, uint32_t flags)
{
	if ((flags & LOG_OUTPUT_FLAG_CRLF_NONE) != 0) {
		return;
	}
	print(output, "%s", (flags & LOG_OUTPUT_FLAG_CRLF_LFONLY) != 0 ? "\n" : "\r\n");
}

/* Sixteen bytes: as numbers, in two groups, and as characters. */
static void put_row(const struct log_output *output, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < 16; i++) {
		print(output, "%s", i > 0 && i % 8 == 0 ? " " : "");
		if (i < count) {
			print(output, "%02x ", bytes[i]);
		} else {
			print(output, "   ");
		}
	}
	print(output, "|");
	for (size_t i = 0; i < 16; i++) {
		const bool printable = i < count && bytes[i] >= 0x20 && bytes[i] < 0x7f;

		print(output, "%s", i > 0 && i % 8 == 0 ? " " : "");
		put(i >= count ? ' ' : printable ? bytes[i] : '.', (void *)output);
	}
}

void log_output_process(const struct log_output *log_output, log_timestamp_t timestamp,
			const char *domain, const char *source, k_tid_t tid, uint8_t level,
			const uint8_t *package, const uint8_t *data, size_t data_len,
			uint32_t flags)
{
	static const char names[][4] = {"", "err", "wrn", "inf", "dbg"};
	const bool is_raw = level == LOG_LEVEL_INTERNAL_RAW_STRING;
	const bool colors = (flags & LOG_OUTPUT_FLAG_COLORS) != 0 && !is_raw &&
			    *color_of(level) != '\0';
	int head = 0;

	if (!is_raw) {
		if ((flags & LOG_OUTPUT_FLAG_FORMAT_SYSLOG) != 0) {
			head += put_syslog(log_output, level);
		}
		if ((flags & LOG_OUTPUT_FLAG_TIMESTAMP) != 0) {
			head += put_time(log_output, timestamp, flags);
		}
		if (colors) {
			print(log_output, "%s", color_of(level));
		}
		if ((flags & LOG_OUTPUT_FLAG_LEVEL) != 0) {
			head += print(log_output, "<%s> ", names[MIN(level, LOG_LEVEL_DBG)]);
		}
		if ((flags & LOG_OUTPUT_FLAG_THREAD) != 0) {
			head += print(log_output, "[%p] ", (void *)tid);
		}
		if (domain != NULL) {
			head += print(log_output, "%s/", domain);
		}
		if (source != NULL && (flags & LOG_OUTPUT_FLAG_SKIP_SOURCE) == 0) {
			head += print(log_output, "%s: ", source);
		}
	}
	if (package != NULL) {
		cbpprintf(put, (void *)log_output, package);
	}
	for (size_t i = 0; i < data_len; i += 16) {
		put_end(log_output, flags);
		print(log_output, "%*s", head, "");
		put_row(log_output, data + i, MIN(data_len - i, 16));
	}
	if (colors) {
		print(log_output, "\033[0m");
	}
	if (!is_raw) {
		put_end(log_output, flags);
	}
	log_output_flush(log_output);
}

void log_output_msg_process(const struct log_output *log_output, struct log_msg *msg,
			    uint32_t flags)
{
	const struct log_source_const_data *source = log_msg_get_source(msg);
	size_t len;
	const uint8_t *text = log_msg_get_package(msg, &len);
	const uint8_t *data = log_msg_get_data(msg, &len);

	log_output_process(log_output, log_msg_get_timestamp(msg), NULL,
			   source != NULL ? source->name : NULL, log_msg_get_tid(msg),
			   log_msg_get_level(msg), text, data, len, flags);
}

void log_output_dropped_process(const struct log_output *output, uint32_t cnt)
{
	print(output, "--- %u messages dropped ---\r\n", (unsigned int)MIN(cnt, 9999U));
	log_output_flush(output);
}

log_format_func_t log_format_func_t_get(uint32_t log_type)
{
	return log_type == LOG_OUTPUT_TEXT ? log_output_msg_process : NULL;
}

#endif /* CONFIG_LOG */
