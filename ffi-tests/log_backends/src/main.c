/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_backend.h>
#include <zephyr/logging/log_backend_std.h>
#include <zephyr/logging/log_ctrl.h>
#include <zephyr/logging/log_output.h>
#include <zephyr/sys/cbprintf.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(here, LOG_LEVEL_DBG);

void other_speaks(void);

/* ---- a backend that keeps the last message ---------------------------------------------------- */

static struct {
	int count;
	uint8_t level;
	const char *source;
	char text[300];
	uint8_t dump[64];
	size_t dump_len;
	void *tid;
	log_timestamp_t timestamp;
	int panics;
	int inits;
} kept;

static int keep_char(int c, void *ctx)
{
	size_t *at = ctx;

	if (*at < sizeof(kept.text) - 1) {
		kept.text[(*at)++] = (char)c;
		kept.text[*at] = '\0';
	}
	return 0;
}

static void keep(const struct log_backend *const backend, union log_msg_generic *msg)
{
	const struct log_source_const_data *source = log_msg_get_source(&msg->log);
	size_t len;
	size_t at = 0;
	uint8_t *package = log_msg_get_package(&msg->log, &len);
	uint8_t *data;

	zassert_equal(log_msg_get_domain(&msg->log), 0);
	zassert_true(log_backend_is_active(backend));
	kept.count++;
	kept.level = log_msg_get_level(&msg->log);
	kept.source = source != NULL ? source->name : NULL;
	kept.tid = log_msg_get_tid(&msg->log);
	kept.timestamp = log_msg_get_timestamp(&msg->log);
	kept.text[0] = '\0';
	zassert_equal(cbpprintf(keep_char, &at, package), (int)at);
	zassert_equal(len, at + 1);
	data = log_msg_get_data(&msg->log, &kept.dump_len);
	memcpy(kept.dump, data != NULL ? data : kept.dump, MIN(kept.dump_len, sizeof(kept.dump)));
}

static void note_panic(const struct log_backend *const backend)
{
	ARG_UNUSED(backend);
	kept.panics++;
}

static void note_init(const struct log_backend *const backend)
{
	ARG_UNUSED(backend);
	kept.inits++;
}

static const struct log_backend_api keeper_api = {
	.process = keep,
	.panic = note_panic,
	.init = note_init,
};

static int context;

LOG_BACKEND_DEFINE(keeper, keeper_api, false, &context);

/* ---- a backend that writes lines -------------------------------------------------------------- */

static char lines[600];
static size_t lines_len;
static uint32_t flags;

static int write_line(uint8_t *buf, size_t size, void *ctx)
{
	zassert_equal_ptr(ctx, &context);
	size = MIN(size, sizeof(lines) - 1 - lines_len);
	memcpy(lines + lines_len, buf, size);
	lines_len += size;
	lines[lines_len] = '\0';
	return (int)size;
}

static uint8_t buffer[7];

LOG_OUTPUT_DEFINE(output, write_line, buffer, sizeof(buffer));

static void write_it(const struct log_backend *const backend, union log_msg_generic *msg)
{
	ARG_UNUSED(backend);
	log_output_ctx_set(&output, &context);
	log_format_func_t_get(LOG_OUTPUT_TEXT)(&output, &msg->log, flags);
}

static int ready = -EBUSY;

static int is_ready(const struct log_backend *const backend)
{
	ARG_UNUSED(backend);
	return ready;
}

static const struct log_backend_api writer_api = {.process = write_it, .is_ready = is_ready};

LOG_BACKEND_DEFINE(writer, writer_api, true);

static void ignore(const struct log_backend *const backend, union log_msg_generic *msg)
{
	ARG_UNUSED(backend);
	ARG_UNUSED(msg);
}

static const struct log_backend_api starter_api = {.process = ignore};

LOG_BACKEND_DEFINE(starter, starter_api, true);

static log_timestamp_t ticks;

static log_timestamp_t now(void)
{
	return ticks;
}

static bool starter_was_active;
static bool writer_was_active;
static void *first_context;

static void *setup(void)
{
	starter_was_active = log_backend_is_active(&starter);
	writer_was_active = log_backend_is_active(&writer);
	first_context = keeper.cb->ctx;
	return NULL;
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(&kept, 0, sizeof(kept));
	lines_len = 0;
	lines[0] = '\0';
	ticks = 3723004;
	zassert_ok(log_set_timestamp_func(now, 1000));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	log_backend_disable(&keeper);
	log_backend_disable(&writer);
	log_backend_disable(&starter);
}

ZTEST_SUITE(log_backends, NULL, setup, before, after, NULL);

ZTEST(log_backends, test_list)
{
	zassert_equal(log_backend_count_get(), 4, "three and the console");
	zassert_equal_ptr(log_backend_get_by_name("keeper"), &keeper);
	zassert_is_null(log_backend_get_by_name("nobody"));
	for (int i = 0; i < log_backend_count_get(); i++) {
		zassert_equal(log_backend_id_get(log_backend_get(i)), i + 1);
	}
	zassert_equal(log_domains_count(), 1);
	zassert_not_null(log_domain_name_get(0));
	zassert_is_null(log_domain_name_get(1));
}

ZTEST(log_backends, test_start)
{
	zassert_true(starter_was_active);
	zassert_false(writer_was_active, "it was not ready");
	zassert_equal_ptr(first_context, &context);
}

ZTEST(log_backends, test_message)
{
	log_backend_enable(&keeper, &context, LOG_LEVEL_INF);
	LOG_INF("%d and %s", 42, "text");
	zassert_equal(kept.count, 1);
	zassert_equal(kept.level, LOG_LEVEL_INF);
	zassert_str_equal(kept.source, "here");
	zassert_str_equal(kept.text, "42 and text");
	zassert_equal_ptr(kept.tid, k_current_get());
	zassert_equal(kept.timestamp, 3723004);
	zassert_equal(kept.dump_len, 0);
	LOG_DBG("not so much");
	zassert_equal(kept.count, 1);
	log_backend_disable(&keeper);
	LOG_ERR("nobody listens");
	zassert_equal(kept.count, 1);
}

ZTEST(log_backends, test_initialised_once)
{
	keeper.cb->initialized = false;
	log_backend_enable(&keeper, NULL, LOG_LEVEL_INF);
	log_backend_disable(&keeper);
	log_backend_enable(&keeper, NULL, LOG_LEVEL_INF);
	zassert_equal(kept.inits, 1);
}

ZTEST(log_backends, test_dump)
{
	static const uint8_t bytes[] = {1, 2, 3};

	log_backend_enable(&keeper, NULL, LOG_LEVEL_DBG);
	LOG_HEXDUMP_WRN(bytes, sizeof(bytes), "some %d bytes");
	zassert_equal(kept.level, LOG_LEVEL_WRN);
	zassert_str_equal(kept.text, "some %d bytes", "no format");
	zassert_equal(kept.dump_len, sizeof(bytes));
	zassert_mem_equal(kept.dump, bytes, sizeof(bytes));
}

ZTEST(log_backends, test_raw)
{
	log_backend_enable(&keeper, NULL, LOG_LEVEL_DBG);
	LOG_RAW("%s", "as it is\n");
	zassert_equal(kept.level, LOG_LEVEL_INTERNAL_RAW_STRING);
	zassert_is_null(kept.source);
	zassert_str_equal(kept.text, "as it is\n");
}

ZTEST(log_backends, test_long_text_is_cut)
{
	char text[400];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_backend_enable(&keeper, NULL, LOG_LEVEL_DBG);
	LOG_INF("%s", text);
	zassert_equal(strlen(kept.text), 255);
}

ZTEST(log_backends, test_levels_at_run_time)
{
	const int here = log_source_id_get("here");
	const int other = log_source_id_get("other");

	zassert_true(here >= 0 && other >= 0);
	log_backend_enable(&keeper, NULL, LOG_LEVEL_DBG);
	zassert_equal(log_filter_get(&keeper, 0, (int16_t)here, true), LOG_LEVEL_DBG);
	zassert_equal(log_filter_get(&keeper, 0, (int16_t)other, true), LOG_LEVEL_WRN,
		      "no more than is compiled in");
	zassert_equal(log_filter_get(NULL, 0, (int16_t)other, false), LOG_LEVEL_WRN);

	zassert_equal(log_filter_set(&keeper, 0, (int16_t)here, LOG_LEVEL_ERR), LOG_LEVEL_ERR);
	LOG_WRN("no");
	zassert_equal(kept.count, 0);
	other_speaks();
	zassert_equal(kept.count, 1, "the other source is as it was");
	zassert_str_equal(kept.source, "other");
	LOG_ERR("yes");
	zassert_equal(kept.count, 2);

	zassert_equal(log_filter_set(&keeper, 0, (int16_t)other, LOG_LEVEL_NONE), LOG_LEVEL_NONE);
	other_speaks();
	zassert_equal(kept.count, 2);
	zassert_equal(log_filter_set(NULL, 0, (int16_t)other, LOG_LEVEL_DBG), LOG_LEVEL_WRN);
	other_speaks();
	zassert_equal(kept.count, 3);
	zassert_equal(log_filter_set(NULL, 0, (int16_t)here, LOG_LEVEL_DBG), LOG_LEVEL_DBG);
	zassert_equal(log_filter_set(NULL, 0, 1000, LOG_LEVEL_DBG), 0, "no such source");
}

ZTEST(log_backends, test_lines)
{
	flags = LOG_OUTPUT_FLAG_LEVEL | LOG_OUTPUT_FLAG_TIMESTAMP |
		LOG_OUTPUT_FLAG_FORMAT_TIMESTAMP;
	log_backend_enable(&writer, NULL, LOG_LEVEL_DBG);
	LOG_INF("value %d", 1);
	zassert_str_equal(lines, "[01:02:03.004,000] <inf> here: value 1\r\n");

	lines_len = 0;
	flags = LOG_OUTPUT_FLAG_LEVEL | LOG_OUTPUT_FLAG_CRLF_LFONLY | LOG_OUTPUT_FLAG_COLORS;
	LOG_ERR("red");
	zassert_str_equal(lines, "\033[1;31m<err> here: red\033[0m\n");

	lines_len = 0;
	flags = LOG_OUTPUT_FLAG_TIMESTAMP | LOG_OUTPUT_FLAG_SKIP_SOURCE |
		LOG_OUTPUT_FLAG_CRLF_NONE;
	LOG_INF("bare");
	zassert_str_equal(lines, "[03723004] bare");

	lines_len = 0;
	flags = 0;
	LOG_RAW("raw");
	zassert_str_equal(lines, "raw");
}

ZTEST(log_backends, test_line_with_a_dump)
{
	flags = LOG_OUTPUT_FLAG_LEVEL | LOG_OUTPUT_FLAG_CRLF_LFONLY;
	log_backend_enable(&writer, NULL, LOG_LEVEL_DBG);
	LOG_HEXDUMP_INF("0123456789abcdef\x01", 17, "dump");
	zassert_str_equal(lines,
			  "<inf> here: dump\n"
			  "            30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66 "
			  "|01234567 89abcdef\n"
			  "            01                                               "
			  "|.                \n");
}

ZTEST(log_backends, test_syslog_line)
{
	flags = LOG_OUTPUT_FLAG_FORMAT_SYSLOG | LOG_OUTPUT_FLAG_CRLF_LFONLY;
	log_output_hostname_set(&output, "host");
	log_backend_enable(&writer, NULL, LOG_LEVEL_DBG);
	LOG_WRN("careful");
	zassert_str_equal(lines, "<12>1 - host here: careful\n");
}

ZTEST(log_backends, test_lost_messages)
{
	log_output_ctx_set(&output, &context);
	log_output_dropped_process(&output, 3);
	zassert_str_equal(lines, "--- 3 messages dropped ---\r\n");
}

ZTEST(log_backends, test_times)
{
	zassert_equal(log_output_timestamp_to_us(1500), 1500000);
	log_output_timestamp_freq_set(0);
	zassert_equal(log_output_timestamp_to_us(1500), 0);
	log_output_timestamp_freq_set(1000);
}

ZTEST(log_backends, test_panic)
{
	log_backend_enable(&keeper, NULL, LOG_LEVEL_DBG);
	LOG_PANIC();
	zassert_equal(kept.panics, 1);
}

ZTEST(log_backends, test_formats)
{
	zassert_equal(log_backend_format_set(NULL, LOG_OUTPUT_TEXT), -EINVAL);
	zassert_equal(log_backend_format_set(&keeper, LOG_OUTPUT_DICT), -EINVAL);
	zassert_equal(log_backend_format_set(&keeper, LOG_OUTPUT_TEXT), -ENOTSUP);
	zassert_true((log_backend_std_get_flags() & LOG_OUTPUT_FLAG_LEVEL) != 0);
}
