// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Memory barriers.
 */
#ifndef ZEPHYR_INCLUDE_SYS_BARRIER_H_
#define ZEPHYR_INCLUDE_SYS_BARRIER_H_

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** All memory accesses before it are seen before all after it. */
static ALWAYS_INLINE void barrier_dmem_fence_full(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/** The same, and they are complete. */
static ALWAYS_INLINE void barrier_dsync_fence_full(void)
{
#if defined(__arm__)
	__asm__ __volatile__("dsb 0xF" ::: "memory");
#else
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

/** Instructions after it are fetched anew. */
static ALWAYS_INLINE void barrier_isync_fence_full(void)
{
#if defined(__arm__)
	__asm__ __volatile__("isb 0xF" ::: "memory");
#else
	compiler_barrier();
#endif
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_BARRIER_H_ */
