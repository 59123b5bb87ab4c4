// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

struct item {
	void *reserved; /* the queue's */
	int value;
};

K_FIFO_DEFINE(fifo);
K_LIFO_DEFINE(lifo);
K_STACK_DEFINE(stack, 3);
K_QUEUE_DEFINE(queue);

static struct item items[4] = {{NULL, 0}, {NULL, 1}, {NULL, 2}, {NULL, 3}};

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_fifo_init(&fifo);
	k_lifo_init(&lifo);
	k_queue_init(&queue);
}

ZTEST_SUITE(queue, NULL, NULL, before, helpers_end, NULL);

ZTEST(queue, test_defined_empty)
{
	zassert_true(k_fifo_is_empty(&fifo));
	zassert_is_null(k_fifo_get(&fifo, K_NO_WAIT));
	zassert_is_null(k_fifo_peek_head(&fifo));
	zassert_is_null(k_fifo_peek_tail(&fifo));
	zassert_is_null(k_lifo_get(&lifo, K_MSEC(1)));
}

ZTEST(queue, test_fifo_and_lifo)
{
	for (int i = 0; i < 3; i++) {
		k_fifo_put(&fifo, &items[i]);
	}
	zassert_equal_ptr(k_fifo_peek_head(&fifo), &items[0]);
	zassert_equal_ptr(k_fifo_peek_tail(&fifo), &items[2]);
	for (int i = 0; i < 3; i++) {
		zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[i]);
	}
	for (int i = 0; i < 3; i++) {
		k_lifo_put(&lifo, &items[i]);
	}
	for (int i = 2; i >= 0; i--) {
		zassert_equal_ptr(k_lifo_get(&lifo, K_NO_WAIT), &items[i]);
	}
	zassert_is_null(k_lifo_get(&lifo, K_NO_WAIT));
}

ZTEST(queue, test_allocated_links)
{
	int a, b;

	zassert_ok(k_fifo_alloc_put(&fifo, &a));
	k_fifo_put(&fifo, &items[0]);
	zassert_ok(k_fifo_alloc_put(&fifo, &b));
	zassert_equal_ptr(k_fifo_peek_head(&fifo), &a);
	zassert_equal_ptr(k_fifo_peek_tail(&fifo), &b);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &a);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[0]);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &b);
	zassert_ok(k_lifo_alloc_put(&lifo, &a));
	zassert_ok(k_lifo_alloc_put(&lifo, &b));
	zassert_equal_ptr(k_lifo_get(&lifo, K_NO_WAIT), &b);
	zassert_equal_ptr(k_lifo_get(&lifo, K_NO_WAIT), &a);
}

ZTEST(queue, test_insert_and_remove)
{
	k_queue_append(&queue, &items[0]);
	k_queue_append(&queue, &items[2]);
	k_queue_insert(&queue, &items[0], &items[1]);
	k_queue_insert(&queue, &items[2], &items[3]);
	zassert_equal_ptr(k_queue_peek_tail(&queue), &items[3]);
	zassert_false(k_queue_unique_append(&queue, &items[1]));
	zassert_true(k_queue_remove(&queue, &items[3]));
	zassert_true(k_queue_remove(&queue, &items[0]));
	zassert_false(k_queue_remove(&queue, &items[0]));
	zassert_true(k_queue_unique_append(&queue, &items[0]));
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &items[1]);
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &items[2]);
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &items[0]);
	zassert_true(k_queue_is_empty(&queue));
}

ZTEST(queue, test_lists)
{
	sys_slist_t list;

	items[0].reserved = &items[1];
	items[1].reserved = &items[2];
	items[2].reserved = NULL;
	k_fifo_put_list(&fifo, &items[0], &items[2]);
	sys_slist_init(&list);
	sys_slist_append(&list, (sys_snode_t *)&items[3]);
	k_fifo_put_slist(&fifo, &list);
	zassert_true(sys_slist_is_empty(&list));
	for (int i = 0; i < 4; i++) {
		zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[i]);
	}
	zassert_equal(k_queue_append_list(&queue, NULL, NULL), -EINVAL);
	zassert_equal(k_queue_merge_slist(&queue, &list), -EINVAL);
}

static void get(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(void **)result = k_fifo_get(&fifo, K_SECONDS(10));
}

ZTEST(queue, test_hands_to_waiters)
{
	void *got[2] = {NULL, NULL};

	helper_start(0, get, &got[0], NULL, 6);
	helper_start(1, get, &got[1], NULL, 5);
	k_msleep(1);
	k_fifo_put(&fifo, &items[0]);
	zassert_true(k_fifo_is_empty(&fifo));
	items[1].reserved = &items[2];
	items[2].reserved = NULL;
	k_fifo_put_list(&fifo, &items[1], &items[2]);
	helpers_join();
	zassert_equal_ptr(got[1], &items[0]);
	zassert_equal_ptr(got[0], &items[1]);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[2]);
}

ZTEST(queue, test_cancel_ends_a_wait)
{
	void *got = &got;
	int64_t begin = k_uptime_get();

	helper_start(0, get, &got, NULL, 5);
	k_msleep(1);
	k_fifo_cancel_wait(&fifo);
	helpers_join();
	zassert_is_null(got);
	zassert_true(k_uptime_get() - begin < 100);
}

static void pop(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_ok(k_stack_pop(&stack, result, K_FOREVER));
}

ZTEST(queue, test_stack)
{
	stack_data_t word = 0;

	zassert_equal(k_stack_pop(&stack, &word, K_NO_WAIT), -EBUSY);
	zassert_equal(k_stack_pop(&stack, &word, K_MSEC(1)), -EAGAIN);
	for (stack_data_t i = 1; i <= 3; i++) {
		zassert_ok(k_stack_push(&stack, i));
	}
	zassert_equal(k_stack_push(&stack, 4), -ENOMEM);
	for (stack_data_t i = 3; i >= 1; i--) {
		zassert_ok(k_stack_pop(&stack, &word, K_NO_WAIT));
		zassert_equal(word, i);
	}
	helper_start(0, pop, &word, NULL, 5);
	k_msleep(1);
	zassert_ok(k_stack_push(&stack, 77));
	helpers_join();
	zassert_equal(word, 77);
}

ZTEST(queue, test_stack_on_the_heap)
{
	struct k_stack allocated;
	stack_data_t word;

	zassert_ok(k_stack_alloc_init(&allocated, 2));
	zassert_ok(k_stack_push(&allocated, 5));
	zassert_ok(k_stack_pop(&allocated, &word, K_NO_WAIT));
	zassert_ok(k_stack_cleanup(&allocated));
	zassert_equal(k_stack_alloc_init(&allocated, 1000000), -ENOMEM);
}
