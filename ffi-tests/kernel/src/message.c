// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "helper.h"

K_MSGQ_DEFINE(defined_msgq, sizeof(uint32_t), 3, 4);
K_PIPE_DEFINE(defined_pipe, 8, 4);
K_MBOX_DEFINE(mbox);

static struct k_msgq msgq;
static uint32_t buffer[3];
static struct k_pipe pipe;
static uint8_t ring[8];

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_msgq_init(&msgq, (char *)buffer, sizeof(uint32_t), ARRAY_SIZE(buffer));
	k_pipe_init(&pipe, ring, sizeof(ring));
	k_mbox_init(&mbox);
}

ZTEST_SUITE(message, NULL, NULL, before, helpers_end, NULL);

static int put(uint32_t value, k_timeout_t timeout)
{
	return k_msgq_put(&msgq, &value, timeout);
}

ZTEST(message, test_msgq_is_a_ring)
{
	uint32_t value;

	for (uint32_t round = 0; round < 5; round++) {
		zassert_ok(put(round, K_NO_WAIT));
		zassert_ok(put(round + 100, K_NO_WAIT));
		zassert_ok(k_msgq_peek(&msgq, &value));
		zassert_equal(value, round);
		zassert_ok(k_msgq_peek_at(&msgq, &value, 1));
		zassert_equal(value, round + 100);
		zassert_equal(k_msgq_peek_at(&msgq, &value, 2), -ENOMSG);
		zassert_ok(k_msgq_get(&msgq, &value, K_NO_WAIT));
		zassert_equal(value, round);
		zassert_ok(k_msgq_get(&msgq, &value, K_NO_WAIT));
		zassert_equal(value, round + 100);
	}
	zassert_equal(k_msgq_get(&msgq, &value, K_NO_WAIT), -ENOMSG);
	zassert_equal(k_msgq_get(&msgq, &value, K_MSEC(1)), -EAGAIN);
	zassert_equal(k_msgq_peek(&msgq, &value), -ENOMSG);
}

ZTEST(message, test_msgq_full)
{
	struct k_msgq_attrs attrs;
	uint32_t value = 9;

	for (uint32_t i = 0; i < 3; i++) {
		zassert_ok(put(i, K_NO_WAIT));
	}
	zassert_equal(put(3, K_NO_WAIT), -ENOMSG);
	zassert_equal(put(3, K_MSEC(1)), -EAGAIN);
	zassert_equal(k_msgq_put_front(&msgq, &value), -ENOMSG);
	zassert_equal(k_msgq_num_used_get(&msgq), 3);
	zassert_equal(k_msgq_num_free_get(&msgq), 0);
	k_msgq_get_attrs(&msgq, &attrs);
	zassert_equal(attrs.msg_size, sizeof(uint32_t));
	zassert_equal(attrs.max_msgs, 3);
	zassert_equal(attrs.used_msgs, 3);
	zassert_ok(k_msgq_get(&msgq, &value, K_NO_WAIT));
	value = 9;
	zassert_ok(k_msgq_put_front(&msgq, &value));
	value = 0;
	zassert_ok(k_msgq_get(&msgq, &value, K_NO_WAIT));
	zassert_equal(value, 9, "it was at the front");
	k_msgq_purge(&msgq);
	zassert_equal(k_msgq_num_used_get(&msgq), 0);
	zassert_equal(k_msgq_num_used_get(&defined_msgq), 0);
	zassert_equal(k_msgq_num_free_get(&defined_msgq), 3);
}

static void put_in_thread(void *value, void *result, void *p3)
{
	ARG_UNUSED(p3);
	*(int *)result = put(POINTER_TO_UINT(value), K_SECONDS(10));
}

ZTEST(message, test_msgq_waiting_writers_come_in_order)
{
	int results[2];
	uint32_t value;

	for (uint32_t i = 0; i < 3; i++) {
		zassert_ok(put(i, K_NO_WAIT));
	}
	helper_start(0, put_in_thread, UINT_TO_POINTER(4), &results[0], 6);
	helper_start(1, put_in_thread, UINT_TO_POINTER(3), &results[1], 5);
	k_msleep(1);
	for (uint32_t i = 0; i < 5; i++) {
		zassert_ok(k_msgq_get(&msgq, &value, K_NO_WAIT));
		zassert_equal(value, i);
	}
	helpers_join();
	zassert_ok(results[0]);
	zassert_ok(results[1]);
}

ZTEST(message, test_msgq_purge_sends_writers_off)
{
	int result;

	for (uint32_t i = 0; i < 3; i++) {
		zassert_ok(put(i, K_NO_WAIT));
	}
	helper_start(0, put_in_thread, UINT_TO_POINTER(4), &result, 6);
	k_msleep(1);
	k_msgq_purge(&msgq);
	helpers_join();
	zassert_equal(result, -ENOMSG);
}

static void get_in_thread(void *value, void *result, void *p3)
{
	ARG_UNUSED(p3);
	*(int *)result = k_msgq_get(&msgq, value, K_SECONDS(10));
}

ZTEST(message, test_msgq_a_waiting_reader_gets_it_at_once)
{
	uint32_t value = 0;
	int result;

	helper_start(0, get_in_thread, &value, &result, 6);
	k_msleep(1);
	zassert_ok(put(7, K_NO_WAIT));
	zassert_equal(k_msgq_num_used_get(&msgq), 0);
	helpers_join();
	zassert_ok(result);
	zassert_equal(value, 7);
}

ZTEST(message, test_msgq_on_the_heap)
{
	struct k_msgq allocated;
	uint32_t value = 3;

	zassert_ok(k_msgq_alloc_init(&allocated, sizeof(value), 4));
	zassert_ok(k_msgq_put(&allocated, &value, K_NO_WAIT));
	zassert_ok(k_msgq_cleanup(&allocated));
	zassert_equal(k_msgq_alloc_init(&allocated, SIZE_MAX, 2), -EINVAL);
	zassert_equal(k_msgq_alloc_init(&allocated, 1000, 1000), -ENOMEM);
}

ZTEST(message, test_pipe_wraps)
{
	uint8_t out[8];

	for (int round = 0; round < 10; round++) {
		zassert_equal(k_pipe_write(&pipe, (const uint8_t *)"abcde", 5, K_NO_WAIT), 5);
		zassert_equal(k_pipe_read(&pipe, out, 5, K_NO_WAIT), 5);
		zassert_mem_equal(out, "abcde", 5);
	}
	zassert_equal(k_pipe_write(&pipe, (const uint8_t *)"0123456789", 10, K_NO_WAIT), 8);
	zassert_equal(k_pipe_write(&pipe, (const uint8_t *)"x", 1, K_MSEC(1)), -EAGAIN);
	zassert_equal(k_pipe_read(&pipe, out, 3, K_NO_WAIT), 3);
	zassert_equal(k_pipe_read(&pipe, out, 8, K_MSEC(1)), 5, "what there is");
	zassert_mem_equal(out, "34567", 5);
	zassert_equal(k_pipe_read(&pipe, out, 1, K_NO_WAIT), -EAGAIN);
}

static void write_long(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(int *)result = k_pipe_write(&pipe, (const uint8_t *)"0123456789abcdefghij", 20, K_FOREVER);
}

ZTEST(message, test_pipe_longer_than_its_buffer)
{
	uint8_t out[20];
	int result;

	helper_start(0, write_long, &result, NULL, 5);
	zassert_equal(k_pipe_read(&pipe, out, 20, K_SECONDS(1)), 20);
	helpers_join();
	zassert_equal(result, 20);
	zassert_mem_equal(out, "0123456789abcdefghij", 20);
}

ZTEST(message, test_pipe_reset_and_close)
{
	uint8_t out[8];
	int result;

	helper_start(0, write_long, &result, NULL, 5);
	k_msleep(1);
	k_pipe_reset(&pipe);
	helpers_join();
	zassert_equal(result, -ECANCELED);
	zassert_equal(k_pipe_read(&pipe, out, 1, K_NO_WAIT), -EAGAIN, "empty");

	zassert_equal(k_pipe_write(&pipe, (const uint8_t *)"ab", 2, K_NO_WAIT), 2);
	k_pipe_close(&pipe);
	zassert_equal(k_pipe_write(&pipe, (const uint8_t *)"c", 1, K_FOREVER), -EPIPE);
	zassert_equal(k_pipe_read(&pipe, out, 8, K_FOREVER), 2);
	zassert_equal(k_pipe_read(&pipe, out, 8, K_FOREVER), -EPIPE);
	zassert_equal(k_pipe_write(&defined_pipe, (const uint8_t *)"ab", 2, K_NO_WAIT), 2);
}

static void send(void *text, void *result, void *p3)
{
	struct k_mbox_msg msg = {
		.size = strlen(text),
		.info = 5,
		.tx_data = text,
		.tx_target_thread = K_ANY,
	};

	ARG_UNUSED(p3);
	*(int *)result = k_mbox_put(&mbox, &msg, K_SECONDS(1)) * 100 + msg.info;
}

ZTEST(message, test_mbox_exchanges)
{
	char text[8] = "";
	struct k_mbox_msg msg = {.size = sizeof(text), .info = 9, .rx_source_thread = K_ANY};
	int result = -1;
	k_tid_t sender = helper_start(0, send, "hello", &result, 5);

	zassert_ok(k_mbox_get(&mbox, &msg, text, K_SECONDS(1)));
	zassert_equal(msg.size, 5);
	zassert_equal(msg.info, 5);
	zassert_equal_ptr(msg.rx_source_thread, sender);
	zassert_str_equal(text, "hello");
	helpers_join();
	zassert_equal(result, 9, "the sender has the receiver's info");
}

ZTEST(message, test_mbox_data_can_be_fetched_later)
{
	char text[8] = "";
	struct k_mbox_msg msg = {.size = 3, .rx_source_thread = K_ANY};
	int result = -1;

	helper_start(0, send, "hello", &result, 5);
	zassert_ok(k_mbox_get(&mbox, &msg, NULL, K_SECONDS(1)));
	k_msleep(1500);
	zassert_equal(result, -1, "the sender still waits");
	k_mbox_data_get(&msg, text);
	zassert_str_equal(text, "hel");
	helpers_join();
	zassert_equal(result, 0);
}

ZTEST(message, test_mbox_targets_and_timeouts)
{
	struct k_mbox_msg msg = {.size = 4, .rx_source_thread = k_current_get()};
	struct k_mbox_msg tx = {.size = 0, .tx_target_thread = K_ANY};
	int result = 0;

	zassert_equal(k_mbox_get(&mbox, &msg, NULL, K_NO_WAIT), -ENOMSG);
	zassert_equal(k_mbox_put(&mbox, &tx, K_NO_WAIT), -ENOMSG);
	zassert_equal(k_mbox_put(&mbox, &tx, K_MSEC(1)), -EAGAIN);
	helper_start(0, send, "x", &result, 5);
	zassert_equal(k_mbox_get(&mbox, &msg, NULL, K_MSEC(10)), -EAGAIN, "from another");
	helpers_join();
	zassert_equal(result, -EAGAIN * 100 + 5);
}

ZTEST(message, test_mbox_async)
{
	static struct k_mbox_msg tx = {.size = 3, .tx_data = "abc", .tx_target_thread = K_ANY};
	struct k_mbox_msg rx = {.size = 3, .rx_source_thread = K_ANY};
	struct k_sem received;
	char text[3];

	k_sem_init(&received, 0, 1);
	k_mbox_async_put(&mbox, &tx, &received);
	zassert_equal(k_sem_take(&received, K_NO_WAIT), -EBUSY);
	zassert_ok(k_mbox_get(&mbox, &rx, text, K_NO_WAIT));
	zassert_mem_equal(text, "abc", 3);
	zassert_ok(k_sem_take(&received, K_NO_WAIT));
}
