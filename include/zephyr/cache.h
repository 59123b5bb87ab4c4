// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Data cache maintenance around DMA.
 *
 * No target so far has a data cache that software must mind, so all of these succeed and do
 * nothing.
 */
#ifndef ZEPHYR_INCLUDE_CACHE_H_
#define ZEPHYR_INCLUDE_CACHE_H_

#include <stddef.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes a range back to memory. */
static ALWAYS_INLINE int sys_cache_data_flush_range(void *addr, size_t size)
{
	ARG_UNUSED(addr);
	ARG_UNUSED(size);
	return 0;
}

/** Forgets what is cached of a range. */
static ALWAYS_INLINE int sys_cache_data_invd_range(void *addr, size_t size)
{
	ARG_UNUSED(addr);
	ARG_UNUSED(size);
	return 0;
}

/** Both. */
static ALWAYS_INLINE int sys_cache_data_flush_and_invd_range(void *addr, size_t size)
{
	ARG_UNUSED(addr);
	ARG_UNUSED(size);
	return 0;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_CACHE_H_ */
