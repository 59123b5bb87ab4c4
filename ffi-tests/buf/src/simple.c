// SPDX-License-Identifier: Apache-2.0
/* net_buf_simple: content at both ends of some storage. */

#include <string.h>

#include <zephyr/net_buf.h>
#include <zephyr/ztest.h>

NET_BUF_SIMPLE_DEFINE_STATIC(shared, 32);

static void empty_shared(void *fixture)
{
	ARG_UNUSED(fixture);
	net_buf_simple_reset(&shared);
}

ZTEST_SUITE(simple, NULL, NULL, empty_shared, NULL, NULL);

ZTEST(simple, test_define_on_stack)
{
	NET_BUF_SIMPLE_DEFINE(buf, 10);

	zassert_equal(buf.size, 10);
	zassert_equal(buf.len, 0);
	zassert_equal_ptr(buf.data, buf.__buf);
	zassert_equal(net_buf_simple_tailroom(&buf), 10);
}

ZTEST(simple, test_pointer_to_stack)
{
	struct net_buf_simple *buf = NET_BUF_SIMPLE(16);

	net_buf_simple_init(buf, 4);
	zassert_equal(net_buf_simple_headroom(buf), 4);
	zassert_equal(net_buf_simple_tailroom(buf), 12);
	zassert_not_null(net_buf_simple_add_mem(buf, "0123456789ab", 12));
	zassert_mem_equal(buf->data, "0123456789ab", 12);
	zassert_is_null(net_buf_simple_add(buf, 1));
}

ZTEST(simple, test_init_keeps_given_storage)
{
	uint8_t storage[8];
	struct net_buf_simple buf = {.__buf = storage, .size = sizeof(storage)};

	net_buf_simple_init(&buf, 3);
	zassert_equal_ptr(buf.data, storage + 3);
	zassert_equal(net_buf_simple_max_len(&buf), 5);
}

ZTEST(simple, test_init_with_data)
{
	char text[] = "seven..";
	struct net_buf_simple buf;

	net_buf_simple_init_with_data(&buf, text, 7);
	zassert_equal(buf.len, 7);
	zassert_equal(net_buf_simple_tailroom(&buf), 0);
	zassert_equal(net_buf_simple_headroom(&buf), 0);
	zassert_equal(net_buf_simple_pull_u8(&buf), 's');
}

ZTEST(simple, test_add_returns_old_tail)
{
	uint8_t *first = net_buf_simple_add(&shared, 4);
	uint8_t *second = net_buf_simple_add(&shared, 4);

	zassert_equal_ptr(first, shared.data);
	zassert_equal_ptr(second, first + 4);
	zassert_equal_ptr(net_buf_simple_tail(&shared), second + 4);
}

ZTEST(simple, test_add_mem)
{
	zassert_mem_equal(net_buf_simple_add_mem(&shared, "abc", 3), "abc", 3);
	zassert_mem_equal(net_buf_simple_add_mem(&shared, "def", 3), "def", 3);
	zassert_equal(shared.len, 6);
	zassert_mem_equal(shared.data, "abcdef", 6);
}

ZTEST(simple, test_add_mem_of_nothing)
{
	zassert_equal_ptr(net_buf_simple_add_mem(&shared, NULL, 0), shared.data);
	zassert_equal(shared.len, 0);
}

ZTEST(simple, test_add_u8_returns_place)
{
	uint8_t *at = net_buf_simple_add_u8(&shared, 0x5a);

	zassert_equal_ptr(at, shared.data);
	zassert_equal(*at, 0x5a);
}

ZTEST(simple, test_remove_mem)
{
	net_buf_simple_add_mem(&shared, "abcdef", 6);
	zassert_mem_equal(net_buf_simple_remove_mem(&shared, 2), "ef", 2);
	zassert_equal(shared.len, 4);
	zassert_mem_equal(shared.data, "abcd", 4);
}

ZTEST(simple, test_push_and_pull)
{
	net_buf_simple_reserve(&shared, 8);
	net_buf_simple_add_mem(&shared, "payload", 7);
	zassert_mem_equal(net_buf_simple_push_mem(&shared, "head", 4), "head", 4);
	zassert_equal(shared.len, 11);
	zassert_equal(net_buf_simple_headroom(&shared), 4);
	zassert_mem_equal(net_buf_simple_pull(&shared, 4), "payload", 7);
	zassert_mem_equal(net_buf_simple_pull_mem(&shared, 3), "pay", 3);
	zassert_mem_equal(shared.data, "load", 4);
}

ZTEST(simple, test_push_without_headroom)
{
	zassert_is_null(net_buf_simple_push(&shared, 1));
	net_buf_simple_push_u8(&shared, 1);
	zassert_is_null(net_buf_simple_push_mem(&shared, "x", 1));
	zassert_equal(shared.len, 0);
}

ZTEST(simple, test_clone_shares_storage)
{
	struct net_buf_simple clone;

	net_buf_simple_add_mem(&shared, "abc", 3);
	net_buf_simple_clone(&shared, &clone);
	zassert_equal(net_buf_simple_pull_u8(&clone), 'a');
	zassert_equal(shared.len, 3);
	*shared.data = 'x';
	zassert_equal(clone.data[-1], 'x');
}

ZTEST(simple, test_save_and_restore)
{
	struct net_buf_simple_state state;

	net_buf_simple_reserve(&shared, 5);
	net_buf_simple_add_mem(&shared, "abcdef", 6);
	net_buf_simple_save(&shared, &state);
	net_buf_simple_pull(&shared, 4);
	net_buf_simple_add_u8(&shared, '!');
	net_buf_simple_restore(&shared, &state);
	zassert_equal(shared.len, 6);
	zassert_mem_equal(shared.data, "abcdef", 6);
}

ZTEST(simple, test_reset)
{
	net_buf_simple_reserve(&shared, 5);
	net_buf_simple_add(&shared, 5);
	net_buf_simple_reset(&shared);
	zassert_equal(shared.len, 0);
	zassert_equal(net_buf_simple_tailroom(&shared), 32);
}

ZTEST(simple, test_reserve_beyond_end)
{
	net_buf_simple_reserve(&shared, 33);
	zassert_equal(net_buf_simple_headroom(&shared), 32);
	zassert_is_null(net_buf_simple_add(&shared, 1));
}

ZTEST(simple, test_lengths_that_cannot_be)
{
	net_buf_simple_add(&shared, 10);
	zassert_is_null(net_buf_simple_add(&shared, 23));
	zassert_is_null(net_buf_simple_add(&shared, SIZE_MAX));
	zassert_is_null(net_buf_simple_add_mem(&shared, "", SIZE_MAX));
	zassert_is_null(net_buf_simple_pull(&shared, 11));
	zassert_is_null(net_buf_simple_pull_mem(&shared, SIZE_MAX));
	zassert_is_null(net_buf_simple_remove_mem(&shared, 11));
	zassert_is_null(net_buf_simple_push(&shared, SIZE_MAX));
	zassert_equal(shared.len, 10);
}

/* Each width and order: at both ends, with too little room, with too little content. */
#define NUMBER(order, bytes, value)                                                                \
	ZTEST(simple, test_number_##order)                                                         \
	{                                                                                          \
		net_buf_simple_reserve(&shared, 16);                                               \
		net_buf_simple_add_##order(&shared, value);                                        \
		net_buf_simple_push_##order(&shared, value);                                       \
		zassert_equal(shared.len, 2 * (bytes));                                            \
		zassert_mem_equal(shared.data, shared.data + (bytes), bytes);                      \
		zassert_equal(net_buf_simple_pull_##order(&shared), value);                        \
		zassert_equal(net_buf_simple_remove_##order(&shared), value);                      \
		zassert_equal(shared.len, 0);                                                      \
                                                                                                   \
		net_buf_simple_add(&shared, (bytes) - 1);                                          \
		zassert_equal(net_buf_simple_pull_##order(&shared), 0);                            \
		zassert_equal(net_buf_simple_remove_##order(&shared), 0);                          \
		zassert_equal(shared.len, (bytes) - 1);                                            \
                                                                                                   \
		net_buf_simple_reset(&shared);                                                     \
		net_buf_simple_reserve(&shared, (bytes) - 1);                                      \
		net_buf_simple_push_##order(&shared, value);                                       \
		net_buf_simple_add(&shared, 32 - 2 * ((bytes) - 1));                               \
		net_buf_simple_add_##order(&shared, value);                                        \
		zassert_equal(shared.len, 32 - 2 * ((bytes) - 1));                                 \
	}

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

ZTEST(simple, test_byte_order)
{
	static const uint8_t expected[] = {2, 1, 1, 2, 3, 2, 1, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1};

	net_buf_simple_add_le16(&shared, 0x0102);
	net_buf_simple_add_be16(&shared, 0x0102);
	net_buf_simple_add_le24(&shared, 0xff010203);
	net_buf_simple_add_be40(&shared, 0xffffff0102030405);
	net_buf_simple_add_le48(&shared, 0xffff010203040506);
	zassert_equal(shared.len, sizeof(expected));
	zassert_mem_equal(shared.data, expected, sizeof(expected));
}
