// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include <zephyr/random/random.h>

#include "helper.h"

K_MEM_SLAB_DEFINE(slab, 12, 3, 4);
K_HEAP_DEFINE(heap, 1024);

ZTEST_SUITE(mem, NULL, NULL, NULL, helpers_end, NULL);

ZTEST(mem, test_slab)
{
	struct sys_memory_stats stats;
	void *blocks[4];

	zassert_equal(slab.info.block_size % sizeof(void *), 0, "rounded up");
	for (int i = 0; i < 3; i++) {
		zassert_ok(k_mem_slab_alloc(&slab, &blocks[i], K_NO_WAIT));
		memset(blocks[i], i, 12);
	}
	zassert_equal(k_mem_slab_alloc(&slab, &blocks[3], K_NO_WAIT), -ENOMEM);
	zassert_is_null(blocks[3]);
	zassert_equal(k_mem_slab_alloc(&slab, &blocks[3], K_MSEC(2)), -EAGAIN);
	zassert_equal(k_mem_slab_num_used_get(&slab), 3);
	zassert_equal(k_mem_slab_num_free_get(&slab), 0);
	zassert_equal(k_mem_slab_max_used_get(&slab), 3);
	for (int i = 0; i < 3; i++) {
		zassert_equal(((uint8_t *)blocks[i])[11], i);
		k_mem_slab_free(&slab, blocks[i]);
	}
	zassert_ok(k_mem_slab_runtime_stats_get(&slab, &stats));
	zassert_equal(stats.free_bytes, 3 * slab.info.block_size);
	zassert_equal(stats.max_allocated_bytes, 3 * slab.info.block_size);
	zassert_ok(k_mem_slab_runtime_stats_reset_max(&slab));
	zassert_equal(k_mem_slab_max_used_get(&slab), 0);
	zassert_equal(k_mem_slab_runtime_stats_get(NULL, &stats), -EINVAL);
}

ZTEST(mem, test_slab_made_at_run_time)
{
	static uint64_t buffer[4];
	struct k_mem_slab made;
	void *block;

	zassert_equal(k_mem_slab_init(&made, (char *)buffer + 1, 8, 2), -EINVAL);
	zassert_equal(k_mem_slab_init(&made, buffer, 7, 2), -EINVAL);
	zassert_ok(k_mem_slab_init(&made, buffer, 16, 2));
	zassert_ok(k_mem_slab_alloc(&made, &block, K_NO_WAIT));
	k_mem_slab_free(&made, block);
}

static void take_block(void *block, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_ok(k_mem_slab_alloc(&slab, block, K_SECONDS(1)));
}

ZTEST(mem, test_slab_waits)
{
	void *blocks[3], *late = NULL;

	for (int i = 0; i < 3; i++) {
		zassert_ok(k_mem_slab_alloc(&slab, &blocks[i], K_NO_WAIT));
	}
	helper_start(0, take_block, &late, NULL, 5);
	k_msleep(1);
	k_mem_slab_free(&slab, blocks[1]);
	helpers_join();
	zassert_equal_ptr(late, blocks[1]);
	k_mem_slab_free(&slab, blocks[0]);
	k_mem_slab_free(&slab, late);
	k_mem_slab_free(&slab, blocks[2]);
}

ZTEST(mem, test_heap)
{
	char *a = k_heap_alloc(&heap, 100, K_NO_WAIT);
	char *b = k_heap_aligned_alloc(&heap, 64, 100, K_NO_WAIT);
	char *c = k_heap_calloc(&heap, 10, 10, K_NO_WAIT);

	zassert_not_null(a);
	zassert_equal((uintptr_t)b % 64, 0);
	for (int i = 0; i < 100; i++) {
		zassert_equal(c[i], 0);
	}
	memset(a, 'a', 100);
	memset(b, 'b', 100);
	a = k_heap_realloc(&heap, a, 200, K_NO_WAIT);
	zassert_not_null(a);
	zassert_equal(a[99], 'a');
	a = k_heap_realloc(&heap, a, 10, K_NO_WAIT);
	zassert_equal(a[9], 'a');
	zassert_equal(b[99], 'b');
	zassert_is_null(k_heap_alloc(&heap, 2000, K_NO_WAIT));
	zassert_is_null(k_heap_calloc(&heap, SIZE_MAX / 2, 4, K_NO_WAIT), "the product overflows");
	zassert_is_null(k_heap_realloc(&heap, a, 5000, K_MSEC(1)));
	zassert_equal(a[9], 'a', "it stays when there is no room");
	k_heap_free(&heap, a);
	k_heap_free(&heap, b);
	k_heap_free(&heap, c);
	k_heap_free(&heap, NULL);
	a = k_heap_alloc(&heap, 900, K_NO_WAIT);
	zassert_not_null(a, "all pieces are one again");
	k_heap_free(&heap, a);
}

static void take_memory(void *got, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(void **)got = k_heap_alloc(&heap, 800, K_SECONDS(1));
}

ZTEST(mem, test_heap_waits)
{
	void *first = k_heap_alloc(&heap, 800, K_NO_WAIT);
	void *late = NULL;

	zassert_not_null(first);
	helper_start(0, take_memory, &late, NULL, 5);
	k_msleep(10);
	zassert_is_null(late);
	k_heap_free(&heap, first);
	helpers_join();
	zassert_not_null(late);
	k_heap_free(&heap, late);
}

ZTEST(mem, test_system_heap)
{
	char *a = k_malloc(100), *b = k_calloc(4, 25), *c = k_aligned_alloc(128, 10);

	zassert_not_null(a);
	zassert_not_null(b);
	zassert_equal((uintptr_t)c % 128, 0);
	strcpy(a, "text");
	a = k_realloc(a, 1000);
	zassert_str_equal(a, "text");
	zassert_is_null(k_malloc(100000));
	zassert_is_null(k_malloc(0));
	k_free(a);
	k_free(b);
	k_free(c);
	k_free(NULL);
	a = k_malloc(CONFIG_HEAP_MEM_POOL_SIZE - 64);
	zassert_not_null(a, "all pieces are one again");
	k_free(a);
}

ZTEST(mem, test_sys_heap)
{
	static uint64_t memory[128];
	struct sys_memory_stats stats;
	struct sys_heap own;
	void *a, *b;

	sys_heap_init(&own, memory, sizeof(memory));
	a = sys_heap_alloc(&own, 100);
	b = sys_heap_aligned_alloc(&own, 32, 10);
	zassert_not_null(a);
	zassert_equal((uintptr_t)b % 32, 0);
	zassert_true(sys_heap_usable_size(&own, a) >= 100);
	a = sys_heap_realloc(&own, a, 300);
	zassert_not_null(a);
	zassert_ok(sys_heap_runtime_stats_get(&own, &stats));
	zassert_true(stats.allocated_bytes >= 310);
	zassert_true(stats.allocated_bytes + stats.free_bytes <= sizeof(memory));
	sys_heap_free(&own, a);
	sys_heap_free(&own, b);
	zassert_is_null(sys_heap_alloc(&own, sizeof(memory)));
	zassert_equal(sys_heap_runtime_stats_get(NULL, &stats), -EINVAL);
}

ZTEST(mem, test_random)
{
	uint8_t first[32], second[32];

	sys_rand_get(first, sizeof(first));
	zassert_ok(sys_csrand_get(second, sizeof(second)));
	zassert_true(memcmp(first, second, sizeof(first)) != 0);
	zassert_ok(sys_csrand_get(NULL, 0));
	zassert_true(sys_rand64_get() != sys_rand64_get());
	zassert_true((sys_rand32_get() ^ sys_rand32_get()) != 0);
}
