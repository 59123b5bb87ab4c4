// SPDX-License-Identifier: Apache-2.0
/* Buffers from the three kinds of pools: allocation, references, clones, user data, destroy callbacks, lists. */

#include <errno.h>
#include <string.h>

#include <zephyr/net_buf.h>
#include <zephyr/ztest.h>

static int destroyed;

static void count_and_destroy(struct net_buf *buf)
{
	destroyed++;
	zassert_equal(buf->ref, 0);
	net_buf_destroy(buf);
}

NET_BUF_POOL_FIXED_DEFINE(fixed, 4, 64, 8, NULL);
NET_BUF_POOL_FIXED_DEFINE(counted, 2, 32, 0, count_and_destroy);
NET_BUF_POOL_VAR_DEFINE(var, 4, 1024, 4, NULL);
NET_BUF_POOL_VAR_DEFINE(var_counted, 2, 512, 4, count_and_destroy);
NET_BUF_POOL_HEAP_DEFINE(heap, 3, 16, NULL);
NET_BUF_POOL_DEFINE(plain, 2, 20, 0, NULL);

/* How many buffers a pool gives now. */
static int available(struct net_buf_pool *pool)
{
	struct net_buf *taken[8];
	int count = 0;

	while (count < 8 && (taken[count] = net_buf_alloc_len(pool, 8, K_NO_WAIT)) != NULL) {
		count++;
	}

	for (int i = 0; i < count; i++) {
		net_buf_unref(taken[i]);
	}

	return count;
}

static void start(void *fixture)
{
	ARG_UNUSED(fixture);
	destroyed = 0;
}

static void nothing_is_lost(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_equal(available(&fixed), 4);
	zassert_equal(available(&counted), 2);
	zassert_equal(available(&var), 4);
	zassert_equal(available(&var_counted), 2);
	zassert_equal(available(&heap), 3);
	zassert_equal(available(&plain), 2);
}

ZTEST_SUITE(net_buf, NULL, NULL, start, nothing_is_lost, NULL);

ZTEST(net_buf, test_fixed_allocation)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_equal(buf->ref, 1);
	zassert_equal(buf->flags, 0);
	zassert_equal(buf->len, 0);
	zassert_equal(buf->size, 64);
	zassert_is_null(buf->frags);
	zassert_equal_ptr(buf->data, buf->__buf);
	zassert_equal_ptr(buf->b.data, buf->data);
	zassert_equal(buf->user_data_size, 8);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_fixed_is_aligned)
{
	struct net_buf *buf = net_buf_alloc_fixed(&fixed, K_NO_WAIT);

	zassert_equal((uintptr_t)buf->data % sizeof(void *), 0);
	zassert_equal((uintptr_t)net_buf_user_data(buf) % sizeof(void *), 0);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_fixed_refuses_more_than_it_has)
{
	zassert_is_null(net_buf_alloc_len(&fixed, 65, K_NO_WAIT));
	zassert_is_null(net_buf_alloc_len(&fixed, SIZE_MAX, K_NO_WAIT));
}

ZTEST(net_buf, test_fixed_runs_dry)
{
	struct net_buf *taken[4];

	for (int i = 0; i < 4; i++) {
		taken[i] = net_buf_alloc(&fixed, K_NO_WAIT);
		zassert_not_null(taken[i]);
		memset(net_buf_add(taken[i], 64), i, 64);
	}

	zassert_is_null(net_buf_alloc(&fixed, K_NO_WAIT));

	for (int i = 0; i < 4; i++) {
		for (int n = 0; n < 64; n++) {
			zassert_equal(taken[i]->data[n], i, "storage of two buffers overlaps");
		}
		net_buf_unref(taken[i]);
	}
}

ZTEST(net_buf, test_time_out)
{
	struct net_buf *taken[2] = {net_buf_alloc(&plain, K_NO_WAIT),
				    net_buf_alloc(&plain, K_NO_WAIT)};
	int64_t begin = k_uptime_get();

	zassert_is_null(net_buf_alloc(&plain, K_MSEC(30)));
	zassert_true(k_uptime_get() - begin >= 30);
	net_buf_unref(taken[0]);
	net_buf_unref(taken[1]);
}

static struct net_buf *held;

static void give_back(struct k_work *work)
{
	ARG_UNUSED(work);
	net_buf_unref(held);
}

K_WORK_DELAYABLE_DEFINE(later, give_back);

ZTEST(net_buf, test_waits_for_a_buffer)
{
	struct net_buf *other = net_buf_alloc(&plain, K_NO_WAIT);
	struct net_buf *buf;

	held = net_buf_alloc(&plain, K_NO_WAIT);
	k_work_schedule(&later, K_MSEC(20));
	buf = net_buf_alloc(&plain, K_FOREVER);
	zassert_not_null(buf);
	net_buf_unref(buf);
	net_buf_unref(other);
}

ZTEST(net_buf, test_waits_for_memory)
{
	struct net_buf *buf;

	held = net_buf_alloc_len(&var, 600, K_NO_WAIT);
	zassert_not_null(held);
	zassert_is_null(net_buf_alloc_len(&var, 600, K_NO_WAIT));
	k_work_schedule(&later, K_MSEC(20));
	buf = net_buf_alloc_len(&var, 600, K_SECONDS(5));
	zassert_not_null(buf);
	net_buf_unref(buf);
}

static void timer_alloc(struct k_timer *timer)
{
	/* As an interrupt handler: to be refused at once, not to wait. */
	k_timer_user_data_set(timer, net_buf_alloc(&plain, K_FOREVER));
}

K_TIMER_DEFINE(from_isr, timer_alloc, NULL);

ZTEST(net_buf, test_allocates_in_interrupt)
{
	struct net_buf *buf;

	k_timer_start(&from_isr, K_MSEC(1), K_NO_WAIT);
	k_timer_status_sync(&from_isr);
	buf = k_timer_user_data_get(&from_isr);
	zassert_not_null(buf);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_does_not_wait_in_interrupt)
{
	struct net_buf *taken[2] = {net_buf_alloc(&plain, K_NO_WAIT),
				    net_buf_alloc(&plain, K_NO_WAIT)};

	k_timer_start(&from_isr, K_MSEC(1), K_NO_WAIT);
	k_timer_status_sync(&from_isr);
	zassert_is_null(k_timer_user_data_get(&from_isr));
	net_buf_unref(taken[0]);
	net_buf_unref(taken[1]);
}

ZTEST(net_buf, test_var_gives_what_is_asked)
{
	struct net_buf *small = net_buf_alloc_len(&var, 10, K_NO_WAIT);
	struct net_buf *large = net_buf_alloc_len(&var, 500, K_NO_WAIT);

	zassert_equal(small->size, 10);
	zassert_equal(large->size, 500);
	zassert_equal(net_buf_tailroom(large), 500);
	net_buf_unref(small);
	net_buf_unref(large);
}

ZTEST(net_buf, test_var_memory_runs_dry)
{
	struct net_buf *buf = net_buf_alloc_len(&var, 700, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_is_null(net_buf_alloc_len(&var, 700, K_NO_WAIT));
	net_buf_unref(buf);
	buf = net_buf_alloc_len(&var, 700, K_NO_WAIT);
	zassert_not_null(buf);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_var_free_buffers_do_not_hold_memory)
{
	struct net_buf *taken[4];

	for (int i = 0; i < 4; i++) {
		taken[i] = net_buf_alloc_len(&var, 150, K_NO_WAIT);
		zassert_not_null(taken[i]);
	}
	for (int i = 0; i < 4; i++) {
		net_buf_unref(taken[i]);
	}
	taken[0] = net_buf_alloc_len(&var, 700, K_NO_WAIT);
	zassert_not_null(taken[0]);
	net_buf_unref(taken[0]);
}

ZTEST(net_buf, test_heap_pool)
{
	struct net_buf *buf = net_buf_alloc_len(&heap, 300, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_equal(buf->size, 300);
	memset(net_buf_add(buf, 300), 0xa5, 300);
	net_buf_unref(buf);
	zassert_is_null(net_buf_alloc_len(&heap, 60000, K_NO_WAIT));
}

ZTEST(net_buf, test_without_storage)
{
	struct net_buf *buf = net_buf_alloc_len(&var, 0, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_is_null(buf->__buf);
	zassert_equal(buf->size, 0);
	zassert_is_null(net_buf_add(buf, 1));
	net_buf_unref(buf);
}

static void with_data(struct net_buf_pool *pool)
{
	static uint8_t text[] = "external";
	struct net_buf *buf = net_buf_alloc_with_data(pool, text, 8, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_equal(buf->len, 8);
	zassert_equal(buf->size, 8);
	zassert_equal_ptr(buf->data, text);
	zassert_equal(buf->flags & NET_BUF_EXTERNAL_DATA, NET_BUF_EXTERNAL_DATA);
	net_buf_unref(buf);
	/* The buffer has its own storage again. */
	buf = net_buf_alloc_len(pool, 8, K_NO_WAIT);
	zassert_not_null(buf);
	zassert_not_equal(buf->data, text);
	zassert_equal(buf->flags, 0);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_external_data_fixed)
{
	with_data(&fixed);
}

ZTEST(net_buf, test_external_data_var)
{
	with_data(&var);
}

ZTEST(net_buf, test_external_data_heap)
{
	with_data(&heap);
}

ZTEST(net_buf, test_reference_counts)
{
	struct net_buf *buf = net_buf_alloc(&counted, K_NO_WAIT);

	zassert_equal_ptr(net_buf_ref(buf), buf);
	zassert_equal(buf->ref, 2);
	net_buf_unref(buf);
	zassert_equal(buf->ref, 1);
	zassert_equal(destroyed, 0);
	net_buf_unref(buf);
	zassert_equal(destroyed, 1);
}

ZTEST(net_buf, test_second_release_is_harmless)
{
	struct net_buf *buf = net_buf_alloc(&counted, K_NO_WAIT);

	net_buf_unref(buf);
	net_buf_unref(buf);
	zassert_equal(destroyed, 1);
}

ZTEST(net_buf, test_destroy_callback_var)
{
	struct net_buf *buf = net_buf_alloc_len(&var_counted, 100, K_NO_WAIT);

	net_buf_unref(buf);
	zassert_equal(destroyed, 1);
}

ZTEST(net_buf, test_clone_of_fixed_is_a_copy)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);
	struct net_buf *clone;

	net_buf_reserve(buf, 5);
	net_buf_add_mem(buf, "content", 7);
	clone = net_buf_clone(buf, K_NO_WAIT);
	zassert_not_null(clone);
	zassert_equal(clone->len, 7);
	zassert_mem_equal(clone->data, "content", 7);
	zassert_equal(net_buf_headroom(clone), 5);
	zassert_not_equal(clone->__buf, buf->__buf);
	net_buf_unref(buf);
	zassert_mem_equal(clone->data, "content", 7);
	net_buf_unref(clone);
}

static void clone_shares(struct net_buf_pool *pool)
{
	struct net_buf *buf = net_buf_alloc_len(pool, 40, K_NO_WAIT);
	struct net_buf *clone;

	net_buf_add_mem(buf, "content", 7);
	clone = net_buf_clone(buf, K_NO_WAIT);
	zassert_not_null(clone);
	zassert_equal_ptr(clone->__buf, buf->__buf);
	zassert_equal(clone->size, 40);
	net_buf_pull(clone, 3);
	zassert_equal(buf->len, 7);
	net_buf_unref(buf);
	zassert_mem_equal(clone->data, "tent", 4);
	net_buf_unref(clone);
}

ZTEST(net_buf, test_clone_of_var_shares)
{
	clone_shares(&var);
}

ZTEST(net_buf, test_clone_of_heap_shares)
{
	clone_shares(&heap);
}

ZTEST(net_buf, test_clone_of_external_is_a_copy)
{
	static uint8_t text[] = "external";
	struct net_buf *buf = net_buf_alloc_with_data(&var, text, 8, K_NO_WAIT);
	struct net_buf *clone = net_buf_clone(buf, K_NO_WAIT);

	zassert_not_null(clone);
	zassert_not_equal(clone->data, text);
	zassert_mem_equal(clone->data, "external", 8);
	net_buf_unref(buf);
	net_buf_unref(clone);
}

ZTEST(net_buf, test_clone_without_memory)
{
	struct net_buf *taken[2] = {net_buf_alloc(&plain, K_NO_WAIT),
				    net_buf_alloc(&plain, K_NO_WAIT)};

	zassert_is_null(net_buf_clone(taken[0], K_NO_WAIT));
	net_buf_unref(taken[0]);
	net_buf_unref(taken[1]);
}

ZTEST(net_buf, test_user_data)
{
	struct net_buf *from = net_buf_alloc(&fixed, K_NO_WAIT);
	struct net_buf *to = net_buf_alloc_len(&heap, 8, K_NO_WAIT);
	struct net_buf *small = net_buf_alloc_len(&var, 8, K_NO_WAIT);

	memcpy(net_buf_user_data(from), "8 bytes", 8);
	zassert_ok(net_buf_user_data_copy(to, from));
	zassert_mem_equal(net_buf_user_data(to), "8 bytes", 8);
	zassert_equal(net_buf_user_data_copy(small, from), -EINVAL);
	zassert_ok(net_buf_user_data_copy(from, from));
	net_buf_unref(from);
	net_buf_unref(to);
	net_buf_unref(small);
}

ZTEST(net_buf, test_user_data_survives_content)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);

	memset(net_buf_user_data(buf), 0x77, 8);
	memset(net_buf_add(buf, 64), 0x11, 64);
	for (int i = 0; i < 8; i++) {
		zassert_equal(buf->user_data[i], 0x77);
	}
	net_buf_unref(buf);
}

ZTEST(net_buf, test_pool_and_place_of_a_buffer)
{
	struct net_buf *first = net_buf_alloc(&fixed, K_NO_WAIT);
	struct net_buf *second = net_buf_alloc(&fixed, K_NO_WAIT);

	zassert_equal_ptr(net_buf_pool_get(first->pool_id), &fixed);
	zassert_not_equal(net_buf_id(first), net_buf_id(second));
	zassert_between_inclusive(net_buf_id(first), 0, 3);
	zassert_between_inclusive(net_buf_id(second), 0, 3);
	net_buf_unref(first);
	net_buf_unref(second);
}

ZTEST(net_buf, test_pool_numbers)
{
	zassert_is_null(net_buf_pool_get(-1));
	zassert_is_null(net_buf_pool_get(255));
	STRUCT_SECTION_FOREACH(net_buf_pool, pool) {
		struct net_buf *buf = net_buf_alloc_len(pool, 8, K_NO_WAIT);

		zassert_equal_ptr(net_buf_pool_get(buf->pool_id), pool);
		net_buf_unref(buf);
	}
}

ZTEST(net_buf, test_usage)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);

	zassert_equal(atomic_get(&fixed.avail_count), 3);
	zassert_true(fixed.max_used >= 1);
	zassert_str_equal(fixed.name, "fixed");
	net_buf_unref(buf);
	zassert_equal(atomic_get(&fixed.avail_count), 4);
}

ZTEST(net_buf, test_reset)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);

	net_buf_reserve(buf, 10);
	net_buf_add(buf, 10);
	net_buf_reset(buf);
	zassert_equal(buf->len, 0);
	zassert_equal(net_buf_headroom(buf), 0);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_room)
{
	struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);

	net_buf_reserve(buf, 10);
	zassert_equal(net_buf_max_len(buf), 54);
	net_buf_add(buf, 20);
	zassert_equal(net_buf_headroom(buf), 10);
	zassert_equal(net_buf_tailroom(buf), 34);
	zassert_equal(net_buf_max_len(buf), 54);
	zassert_equal_ptr(net_buf_tail(buf), buf->data + 20);
	net_buf_unref(buf);
}

ZTEST(net_buf, test_fifo)
{
	struct k_fifo fifo;
	struct net_buf *first = net_buf_alloc(&fixed, K_NO_WAIT);
	struct net_buf *second = net_buf_alloc(&fixed, K_NO_WAIT);

	k_fifo_init(&fifo);
	k_fifo_put(&fifo, first);
	k_fifo_put(&fifo, second);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), first);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), second);
	zassert_is_null(k_fifo_get(&fifo, K_NO_WAIT));
	net_buf_unref(first);
	net_buf_unref(second);
}

ZTEST(net_buf, test_slist)
{
	sys_slist_t list;
	struct net_buf *first = net_buf_alloc(&fixed, K_NO_WAIT);
	struct net_buf *second = net_buf_alloc(&fixed, K_NO_WAIT);

	sys_slist_init(&list);
	zassert_is_null(net_buf_slist_get(&list));
	net_buf_slist_put(&list, first);
	net_buf_slist_put(&list, second);
	zassert_equal_ptr(net_buf_slist_get(&list), first);
	zassert_equal_ptr(net_buf_slist_get(&list), second);
	zassert_true(sys_slist_is_empty(&list));
	zassert_is_null(net_buf_slist_get(&list));
	net_buf_unref(first);
	net_buf_unref(second);
}

/* Each width and order through the functions of the buffer itself. */
#define NUMBER(order, bytes, value)                                                                \
	ZTEST(net_buf, test_number_##order)                                                        \
	{                                                                                          \
		struct net_buf *buf = net_buf_alloc(&fixed, K_NO_WAIT);                            \
                                                                                                   \
		net_buf_reserve(buf, 16);                                                          \
		net_buf_add_##order(buf, value);                                                   \
		net_buf_push_##order(buf, value);                                                  \
		zassert_equal(buf->len, 2 * (bytes));                                              \
		zassert_equal(net_buf_pull_##order(buf), value);                                   \
		zassert_equal(net_buf_remove_##order(buf), value);                                 \
		zassert_equal(net_buf_pull_##order(buf), 0);                                       \
		zassert_equal(buf->len, 0);                                                        \
		net_buf_unref(buf);                                                                \
	}

NUMBER(u8, 1, 0x5a)
NUMBER(le16, 2, 0x0102)
NUMBER(be16, 2, 0x0102)
NUMBER(le24, 3, 0x010203)
NUMBER(be24, 3, 0x010203)
NUMBER(le32, 4, 0x01020304)
NUMBER(be32, 4, 0x01020304)
NUMBER(le40, 5, 0x0102030405)
NUMBER(be40, 5, 0x0102030405)
NUMBER(le48, 6, 0x010203040506)
NUMBER(be48, 6, 0x010203040506)
NUMBER(le64, 8, 0x0102030405060708)
NUMBER(be64, 8, 0x0102030405060708)

/* A pool whose storage comes from functions of the application's own. */
static uint8_t own_storage[2][48];
static int own_users;

static uint8_t *own_alloc(struct net_buf *buf, size_t *size, k_timeout_t timeout)
{
	zassert_true(K_TIMEOUT_EQ(timeout, K_NO_WAIT));
	if (*size > 48) {
		return NULL;
	}
	own_users++;
	*size = 48;
	return own_storage[net_buf_id(buf)];
}

static void own_unref(struct net_buf *buf, uint8_t *data)
{
	zassert_equal_ptr(data, own_storage[net_buf_id(buf)]);
	own_users--;
}

static const struct net_buf_data_cb own_cb = {.alloc = own_alloc, .unref = own_unref};
static const struct net_buf_data_alloc own_allocator = {.cb = &own_cb};
static struct own_buf {
	struct net_buf buf;
} own_bufs[2];
static struct net_buf_pool own =
	NET_BUF_POOL_INITIALIZER(own, &own_allocator, own_bufs, 2, 0, NULL);

ZTEST(net_buf, test_allocator_of_the_application)
{
	struct net_buf *buf = net_buf_alloc_len(&own, 20, K_NO_WAIT);

	zassert_not_null(buf);
	zassert_equal(own_users, 1);
	zassert_equal(buf->size, 48);
	zassert_is_null(net_buf_alloc_len(&own, 49, K_NO_WAIT));
	net_buf_unref(buf);
	zassert_equal(own_users, 0);
}
