// SPDX-License-Identifier: Apache-2.0

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/logging/log_ctrl.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(here, LOG_LEVEL_DBG);
LOG_INSTANCE_REGISTER(here, one, LOG_LEVEL_INF)

static char console[1024];
static size_t console_len;
static bool capturing;

void __real_znet_console_write(const char *text, size_t len);
void __wrap_znet_console_write(const char *text, size_t len);

void __wrap_znet_console_write(const char *text, size_t len)
{
	if (!capturing) {
		__real_znet_console_write(text, len);
		return;
	}
	len = MIN(len, sizeof(console) - 1 - console_len);
	memcpy(console + console_len, text, len);
	console_len += len;
	console[console_len] = '\0';
}

static log_timestamp_t clock_ticks;

static log_timestamp_t now(void)
{
	return clock_ticks;
}

static void *setup(void)
{
	zassert_equal(log_set_timestamp_func(NULL, 1000), -EINVAL);
	zassert_ok(log_set_timestamp_func(now, 1000));
	return NULL;
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	clock_ticks = 3723004; /* 01:02:03.004 */
	console_len = 0;
	console[0] = '\0';
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	capturing = false;
}

ZTEST_SUITE(logging, NULL, setup, before, after, NULL);

/* Runs a statement and compares what it writes. */
#define WRITES(statement, text)                                                                    \
	do {                                                                                       \
		console_len = 0;                                                                   \
		console[0] = '\0';                                                                 \
		capturing = true;                                                                  \
		statement;                                                                         \
		capturing = false;                                                                 \
		zassert_str_equal(console, text, "'%s'", console);                                 \
	} while (false)

#define TIME "[01:02:03.004,000] "

ZTEST(logging, test_levels)
{
	WRITES(LOG_ERR("a %d", 1), TIME "<err> here: a 1\n");
	WRITES(LOG_WRN("b"), TIME "<wrn> here: b\n");
	WRITES(LOG_INF("c %s", "d"), TIME "<inf> here: c d\n");
	WRITES(LOG_DBG("e"), TIME "<dbg> here: logging_test_levels: e\n");
	WRITES(LOG_RAW("as it is"), "as it is");
	WRITES(printk("%s\n", "plain"), "plain\n");
}

ZTEST(logging, test_a_level_can_be_lower_in_a_block)
{
	LOG_LEVEL_SET(LOG_LEVEL_WRN);

	WRITES(LOG_INF("not here"), "");
	WRITES(LOG_WRN("but here"), TIME "<wrn> here: but here\n");
}

ZTEST(logging, test_warning_once)
{
	for (int i = 0; i < 2; i++) {
		WRITES(LOG_WRN_ONCE("seldom"), i == 0 ? TIME "<wrn> here: seldom\n" : "");
	}
}

ZTEST(logging, test_instances)
{
	struct {
		int other;
		LOG_INSTANCE_PTR_DECLARE(log);
	} object = {.other = 1, LOG_INSTANCE_PTR_INIT(log, here, one)};

	WRITES(LOG_INST_INF(object.log, "%d", object.other), TIME "<inf> here.one: 1\n");
	WRITES(LOG_INST_DBG(object.log, "above its level"), "");
}

ZTEST(logging, test_hexdump)
{
	WRITES(LOG_HEXDUMP_INF("0123456789abcdefgh\n", 19, "bytes"), TIME
	       "<inf> here: bytes\n"
	       "                               "
	       "30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66 |01234567 89abcdef\n"
	       "                               "
	       "67 68 0a                                         |gh.              \n");
	WRITES(LOG_HEXDUMP_INF("", 0, "none"), TIME "<inf> here: none\n");
}

/* Longer than the buffer of a line: in several writes, but whole. */
ZTEST(logging, test_long_message)
{
	static char text[400];

	memset(text, 'x', sizeof(text) - 1);
	capturing = true;
	LOG_INF("%s", text);
	capturing = false;
	zassert_equal(console_len, strlen(TIME "<inf> here: \n") + 399);
	zassert_equal(console[console_len - 1], '\n');
}

ZTEST(logging, test_sources_are_listed)
{
	const int id = log_source_id_get("here");

	zassert_true(id >= 0);
	zassert_str_equal(log_source_name_get(0, (uint32_t)id), "here");
	zassert_true(log_source_id_get("here.one") >= 0);
	zassert_equal(log_source_id_get("nowhere"), -1);
	zassert_is_null(log_source_name_get(0, log_src_cnt_get(0)));
	zassert_equal(log_src_cnt_get(1), 0);
}

/* Not run: arguments of messages that are compiled out count as used. */
static __unused void compiled_out(int only_logged)
{
	LOG_LEVEL_SET(LOG_LEVEL_NONE);
	LOG_DBG("%d", only_logged);
}
