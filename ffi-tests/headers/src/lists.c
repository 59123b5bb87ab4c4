// SPDX-License-Identifier: Apache-2.0

#include <zephyr/sys/dlist.h>
#include <zephyr/sys/ring_buffer.h>
#include <zephyr/sys/sflist.h>
#include <zephyr/sys/slist.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(lists, NULL, NULL, NULL, NULL, NULL);

struct single {
	int value;
	sys_snode_t node;
};

static int digits_of(sys_slist_t *list)
{
	struct single *item;
	int digits = 0;

	SYS_SLIST_FOR_EACH_CONTAINER(list, item, node) {
		digits = digits * 10 + item->value;
	}
	return digits;
}

ZTEST(lists, test_single)
{
	struct single items[] = {{.value = 0}, {.value = 1}, {.value = 2}, {.value = 3}, {.value = 4}};
	sys_slist_t list = SYS_SLIST_STATIC_INIT(&list);
	sys_slist_t other = SYS_SLIST_STATIC_INIT(&other);
	struct single *item;
	struct single *next;

	zassert_true(sys_slist_is_empty(&list));
	zassert_is_null(sys_slist_get(&list));
	sys_slist_append(&list, &items[2].node);
	sys_slist_prepend(&list, &items[1].node);
	sys_slist_insert(&list, &items[2].node, &items[3].node);
	zassert_equal(digits_of(&list), 123);
	zassert_equal_ptr(sys_slist_peek_tail(&list), &items[3].node);
	zassert_equal_ptr(SYS_SLIST_PEEK_NEXT_CONTAINER(&items[1], node), &items[2]);

	sys_slist_append(&other, &items[4].node);
	sys_slist_merge_slist(&list, &other);
	zassert_true(sys_slist_is_empty(&other));
	zassert_equal(digits_of(&list), 1234);
	zassert_equal(sys_slist_len(&list), 4);

	zassert_true(sys_slist_find_and_remove(&list, &items[4].node));
	zassert_false(sys_slist_find_and_remove(&list, &items[4].node));
	zassert_equal_ptr(sys_slist_peek_tail(&list), &items[3].node);
	SYS_SLIST_FOR_EACH_CONTAINER_SAFE(&list, item, next, node) {
		if (item->value == 2) {
			zassert_true(sys_slist_find_and_remove(&list, &item->node));
		}
	}
	zassert_equal(digits_of(&list), 13);
	zassert_equal_ptr(sys_slist_get(&list), &items[1].node);
	zassert_equal_ptr(sys_slist_get(&list), &items[3].node);
	zassert_is_null(sys_slist_peek_tail(&list));
}

struct flagged {
	sys_sfnode_t node;
	int value;
};

ZTEST(lists, test_flags_survive_their_list)
{
	struct flagged items[3] = {{.value = 0}, {.value = 1}, {.value = 2}};
	sys_sflist_t list = SYS_SFLIST_STATIC_INIT(&list);
	struct flagged *item;
	int sum = 0;

	for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
		sys_sfnode_init(&items[i].node, (uint8_t)i);
		sys_sflist_append(&list, &items[i].node);
	}
	SYS_SFLIST_FOR_EACH_CONTAINER(&list, item, node) {
		zassert_equal(sys_sfnode_flags_get(&item->node), item->value);
		sum += item->value;
	}
	zassert_equal(sum, 3);
	sys_sfnode_flags_set(&items[1].node, 3);
	zassert_true(sys_sflist_find_and_remove(&list, &items[0].node));
	zassert_equal_ptr(sys_sflist_get(&list), &items[1].node);
	zassert_equal(sys_sfnode_flags_get(&items[1].node), 3);
	zassert_equal(sys_sflist_len(&list), 1);
}

struct twofold {
	sys_dnode_t node;
	int value;
};

static int above(sys_dnode_t *node, void *data)
{
	return CONTAINER_OF(node, struct twofold, node)->value > *(int *)data;
}

ZTEST(lists, test_double)
{
	struct twofold items[5];
	sys_dlist_t list = SYS_DLIST_STATIC_INIT(&list);
	struct twofold *item;
	struct twofold *next;
	int digits = 0;

	for (int i = 0; i < 5; i++) {
		items[i].value = i;
		sys_dnode_init(&items[i].node);
	}
	zassert_true(sys_dlist_is_empty(&list));
	for (int i = 4; i >= 1; i -= 3) {
		sys_dlist_insert_at(&list, &items[i].node, above, &items[i].value);
	}
	sys_dlist_insert_at(&list, &items[3].node, above, &items[3].value);
	sys_dlist_insert(&items[3].node, &items[2].node);
	sys_dlist_prepend(&list, &items[0].node);
	SYS_DLIST_FOR_EACH_CONTAINER(&list, item, node) {
		digits = digits * 10 + item->value;
	}
	zassert_equal(digits, 1234);
	zassert_equal(sys_dlist_len(&list), 5);
	zassert_equal_ptr(sys_dlist_peek_prev(&list, &items[3].node), &items[2].node);
	zassert_is_null(sys_dlist_peek_prev(&list, &items[0].node));
	zassert_true(sys_dlist_is_tail(&list, &items[4].node));
	SYS_DLIST_FOR_EACH_CONTAINER_SAFE(&list, item, next, node) {
		sys_dlist_remove(&item->node);
		zassert_false(sys_dnode_is_linked(&item->node));
	}
	zassert_is_null(sys_dlist_get(&list));
}

RING_BUF_DECLARE(ring, 8);
RING_BUF_ITEM_DECLARE(item_ring, 4);

ZTEST(lists, test_ring_buffer)
{
	uint8_t *data;
	uint8_t out[8] = {0};

	zassert_equal(ring_buf_put(&ring, (const uint8_t *)"abcdef", 6), 6);
	zassert_equal(ring_buf_get(&ring, out, 4), 4);
	zassert_mem_equal(out, "abcd", 4);
	zassert_equal(ring_buf_put_claim(&ring, &data, 8), 2, "up to the end of the storage");
	memcpy(data, "gh", 2);
	zassert_ok(ring_buf_put_finish(&ring, 2));
	zassert_equal(ring_buf_put(&ring, (const uint8_t *)"ijklm", 5), 4, "there is no more room");
	zassert_equal(ring_buf_size_get(&ring), 8);
	zassert_equal(ring_buf_peek(&ring, out, 8), 8);
	zassert_mem_equal(out, "efghijkl", 8);
	zassert_equal(ring_buf_get_finish(&ring, 1), -EINVAL, "nothing is claimed");
	zassert_equal(ring_buf_get(&ring, NULL, 8), 8);
	zassert_true(ring_buf_is_empty(&ring));
}

ZTEST(lists, test_ring_buffer_of_items)
{
	uint32_t words[] = {1, 2};
	uint32_t out[2];
	uint16_t type;
	uint8_t value;
	uint8_t size = 2;

	zassert_ok(ring_buf_item_put(&item_ring, 77, 5, words, 2));
	zassert_equal(ring_buf_item_put(&item_ring, 1, 1, words, 1), -EMSGSIZE);
	zassert_ok(ring_buf_item_get(&item_ring, &type, &value, out, &size));
	zassert_equal(type, 77);
	zassert_equal(value, 5);
	zassert_equal(size, 2);
	zassert_mem_equal(out, words, sizeof(words));
	zassert_equal(ring_buf_item_get(&item_ring, &type, &value, out, &size), -EAGAIN);
}
