// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Random numbers.
 */
#ifndef ZEPHYR_INCLUDE_RANDOM_RANDOM_H_
#define ZEPHYR_INCLUDE_RANDOM_RANDOM_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Fills @p len bytes. */
void sys_rand_get(void *dst, size_t len);
/** Fills @p len bytes fit for keys; 0, or -EIO if the source fails. */
int sys_csrand_get(void *dst, size_t len);

static inline uint8_t sys_rand8_get(void)
{
	uint8_t value;

	sys_rand_get(&value, sizeof(value));
	return value;
}

static inline uint16_t sys_rand16_get(void)
{
	uint16_t value;

	sys_rand_get(&value, sizeof(value));
	return value;
}

uint32_t sys_rand32_get(void);

static inline uint64_t sys_rand64_get(void)
{
	uint64_t value;

	sys_rand_get(&value, sizeof(value));
	return value;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_RANDOM_RANDOM_H_ */
