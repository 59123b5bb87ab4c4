// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Hash functions for tables, not for security.
 */
#ifndef ZEPHYR_INCLUDE_SYS_HASH_FUNCTION_H_
#define ZEPHYR_INCLUDE_SYS_HASH_FUNCTION_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t (*sys_hash_func32_t)(const void *str, size_t n);

/** The value of one, two or four bytes itself, mixed from eight; 0 for other lengths. */
static inline uint32_t sys_hash32_identity(const void *str, size_t n)
{
	uint8_t one;
	uint16_t two;
	uint32_t four;
	uint64_t eight;

	switch (n) {
	case sizeof(one):
		memcpy(&one, str, sizeof(one));
		return one;
	case sizeof(two):
		memcpy(&two, str, sizeof(two));
		return two;
	case sizeof(four):
		memcpy(&four, str, sizeof(four));
		return four;
	case sizeof(eight):
		memcpy(&eight, str, sizeof(eight));
		return (uint32_t)(eight >> 32) ^ (uint32_t)eight;
	default:
		return 0;
	}
}

/** Bernstein's: hash * 33 + byte, from 5381. */
static inline uint32_t sys_hash32_djb2(const void *str, size_t n)
{
	const uint8_t *byte = (const uint8_t *)str;
	uint32_t hash = 5381;

	while (n-- > 0) {
		hash = hash * 33 + *byte++;
	}
	return hash;
}

static inline uint32_t sys_hash32(const void *str, size_t n)
{
	return sys_hash32_djb2(str, n);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_HASH_FUNCTION_H_ */
