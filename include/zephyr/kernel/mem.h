// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Memory: slabs of blocks of one size, heaps, the system heap.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_MEM_H_
#define ZEPHYR_INCLUDE_KERNEL_MEM_H_

#include <zephyr/kernel/wait_q.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/mem_stats.h>
#include <zephyr/sys/sys_heap.h>
#include <zephyr/sys_clock.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Figures of a slab. */
struct k_mem_slab_info {
	uint32_t num_blocks;
	size_t block_size;
	uint32_t num_used;
#if defined(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)
	uint32_t max_used;
#endif
};

#if defined(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)
#define Z_MEM_SLAB_MAX_INIT , 0
#else
#define Z_MEM_SLAB_MAX_INIT
#endif

/** A slab. */
struct k_mem_slab {
	_wait_q_t wait_q;
	char *buffer;
	char *free_list;
	uint32_t num_touched; /* blocks that were ever handed out */
	struct k_mem_slab_info info;
};

#define Z_MEM_SLAB_INITIALIZER(_slab, _slab_buffer, _slab_block_size, _slab_num_blocks)            \
	{Z_WAIT_Q_INIT(&(_slab).wait_q), (_slab_buffer), NULL, 0,                                  \
	 {(_slab_num_blocks), (_slab_block_size), 0 Z_MEM_SLAB_MAX_INIT}}

#define Z_MEM_SLAB_DEFINE(linkage, name, block_size, num_blocks, align)                            \
	linkage char __noinit_named(k_mem_slab_buf_##name) __aligned(WB_UP(align))                 \
		_k_mem_slab_buf_##name[(num_blocks) * WB_UP(block_size)];                          \
	linkage STRUCT_SECTION_ITERABLE(k_mem_slab, name) = Z_MEM_SLAB_INITIALIZER(                \
		name, _k_mem_slab_buf_##name, WB_UP(block_size), num_blocks)
/** Defines a slab of @p slab_num_blocks blocks; sizes are rounded up to whole words. */
#define K_MEM_SLAB_DEFINE(name, slab_block_size, slab_num_blocks, slab_align)                      \
	Z_MEM_SLAB_DEFINE(, name, slab_block_size, slab_num_blocks, slab_align)
#define K_MEM_SLAB_DEFINE_STATIC(name, slab_block_size, slab_num_blocks, slab_align)               \
	Z_MEM_SLAB_DEFINE(static, name, slab_block_size, slab_num_blocks, slab_align)

/** 0, or -EINVAL if the buffer or the size is not a multiple of a word. */
int k_mem_slab_init(struct k_mem_slab *slab, void *buffer, size_t block_size, uint32_t num_blocks);
/** Takes a block. 0; -ENOMEM if none is free and @p timeout K_NO_WAIT; -EAGAIN if none came in time. */
int k_mem_slab_alloc(struct k_mem_slab *slab, void **mem, k_timeout_t timeout);
void k_mem_slab_free(struct k_mem_slab *slab, void *mem);
/** 0, or -EINVAL for NULL. */
int k_mem_slab_runtime_stats_get(struct k_mem_slab *slab, struct sys_memory_stats *stats);
int k_mem_slab_runtime_stats_reset_max(struct k_mem_slab *slab);

static inline uint32_t k_mem_slab_num_used_get(struct k_mem_slab *slab)
{
	return slab->info.num_used;
}

static inline uint32_t k_mem_slab_max_used_get(struct k_mem_slab *slab)
{
#if defined(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)
	return slab->info.max_used;
#else
	(void)slab;
	return 0;
#endif
}

static inline uint32_t k_mem_slab_num_free_get(struct k_mem_slab *slab)
{
	return slab->info.num_blocks - slab->info.num_used;
}

/** A heap on which threads can wait for memory. */
struct k_heap {
	struct sys_heap heap;
	_wait_q_t wait_q;
};

/** Bytes that the administration of a heap takes, besides two words for each allocation. */
#define Z_HEAP_ADMIN_SIZE (32 * sizeof(void *))

/** Defines a heap of @p bytes bytes, and its administration. */
#define K_HEAP_DEFINE(name, bytes)                                                                 \
	static char __noinit_named(kheap_buf_##name) __aligned(8)                                  \
		kheap_##name[(bytes) + Z_HEAP_ADMIN_SIZE];                                         \
	STRUCT_SECTION_ITERABLE(k_heap, name) = {                                                  \
		{NULL, kheap_##name, (bytes) + Z_HEAP_ADMIN_SIZE}, {0, 0}}
#define K_HEAP_DEFINE_NOCACHE(name, bytes) K_HEAP_DEFINE(name, bytes)

void k_heap_init(struct k_heap *h, void *mem, size_t bytes) __attribute_nonnull(1);
/** Memory, or NULL if there was none in time. */
void *k_heap_alloc(struct k_heap *h, size_t bytes, k_timeout_t timeout) __attribute_nonnull(1);
/** The same aligned to @p align, a power of two. */
void *k_heap_aligned_alloc(struct k_heap *h, size_t align, size_t bytes, k_timeout_t timeout)
	__attribute_nonnull(1);
/** @p num times @p size bytes of zeros. */
void *k_heap_calloc(struct k_heap *h, size_t num, size_t size, k_timeout_t timeout)
	__attribute_nonnull(1);
/** Changes the size of an allocation, moving it if need be. */
void *k_heap_realloc(struct k_heap *h, void *ptr, size_t bytes, k_timeout_t timeout)
	__attribute_nonnull(1);
/** Frees; NULL is ignored. */
void k_heap_free(struct k_heap *h, void *mem) __attribute_nonnull(1);

/* The system heap, of CONFIG_HEAP_MEM_POOL_SIZE bytes. */
void *k_malloc(size_t size);
void *k_calloc(size_t nmemb, size_t size);
void *k_realloc(void *ptr, size_t size);
void *k_aligned_alloc(size_t align, size_t size);
void k_free(void *ptr);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_MEM_H_ */
