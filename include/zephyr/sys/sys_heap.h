// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief A heap in memory the caller gives. Nothing here locks; k_heap does.
 */
#ifndef ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_
#define ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/mem_stats.h>

#ifdef __cplusplus
extern "C" {
#endif

struct z_heap;

/** A heap; the administration lies at the start of its memory. */
struct sys_heap {
	struct z_heap *heap;
	void *init_mem;
	size_t init_bytes;
};

void sys_heap_init(struct sys_heap *heap, void *mem, size_t bytes);
/** NULL if there is no room, or for 0 bytes. */
void *sys_heap_alloc(struct sys_heap *heap, size_t bytes);
/** Aligned to @p align, a power of two, or 0 for what every allocation has: 8. */
void *sys_heap_aligned_alloc(struct sys_heap *heap, size_t align, size_t bytes);
/** Frees; NULL is ignored. */
void sys_heap_free(struct sys_heap *heap, void *mem);
/** Changes the size of an allocation, moving it if need be; 0 bytes frees it. */
void *sys_heap_aligned_realloc(struct sys_heap *heap, void *ptr, size_t align, size_t bytes);
#define sys_heap_realloc(heap, ptr, bytes) sys_heap_aligned_realloc(heap, ptr, 0, bytes)
/** Bytes that an allocation really has. */
size_t sys_heap_usable_size(struct sys_heap *heap, void *mem);
/** 0, or -EINVAL for NULL. */
int sys_heap_runtime_stats_get(struct sys_heap *heap, struct sys_memory_stats *stats);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_ */
