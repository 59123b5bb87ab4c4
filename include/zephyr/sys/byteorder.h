// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Byte order: of values, and of values at any address.
 */
#ifndef ZEPHYR_INCLUDE_SYS_BYTEORDER_H_
#define ZEPHYR_INCLUDE_SYS_BYTEORDER_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

/* Constant expressions if their argument is one, so they may stand in static initialisers. */
#define BSWAP_16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define BSWAP_24(x) ((uint32_t)(__builtin_bswap32((uint32_t)(x)) >> 8))
#define BSWAP_32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define BSWAP_40(x) ((uint64_t)(__builtin_bswap64((uint64_t)(x)) >> 24))
#define BSWAP_48(x) ((uint64_t)(__builtin_bswap64((uint64_t)(x)) >> 16))
#define BSWAP_64(x) ((uint64_t)__builtin_bswap64((uint64_t)(x)))

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define sys_le16_to_cpu(val) (val)
#define sys_cpu_to_le16(val) (val)
#define sys_be16_to_cpu(val) BSWAP_16(val)
#define sys_cpu_to_be16(val) BSWAP_16(val)
#define sys_le24_to_cpu(val) (val)
#define sys_cpu_to_le24(val) (val)
#define sys_be24_to_cpu(val) BSWAP_24(val)
#define sys_cpu_to_be24(val) BSWAP_24(val)
#define sys_le32_to_cpu(val) (val)
#define sys_cpu_to_le32(val) (val)
#define sys_be32_to_cpu(val) BSWAP_32(val)
#define sys_cpu_to_be32(val) BSWAP_32(val)
#define sys_le40_to_cpu(val) (val)
#define sys_cpu_to_le40(val) (val)
#define sys_be40_to_cpu(val) BSWAP_40(val)
#define sys_cpu_to_be40(val) BSWAP_40(val)
#define sys_le48_to_cpu(val) (val)
#define sys_cpu_to_le48(val) (val)
#define sys_be48_to_cpu(val) BSWAP_48(val)
#define sys_cpu_to_be48(val) BSWAP_48(val)
#define sys_le64_to_cpu(val) (val)
#define sys_cpu_to_le64(val) (val)
#define sys_be64_to_cpu(val) BSWAP_64(val)
#define sys_cpu_to_be64(val) BSWAP_64(val)
/* The bytes of a value in memory order, as an array initialiser. */
#define sys_uint16_to_array(val) \
	{(uint8_t)(val), (uint8_t)((val) >> 8)}
#define sys_uint32_to_array(val) \
	{(uint8_t)(val), (uint8_t)((val) >> 8), (uint8_t)((val) >> 16), (uint8_t)((val) >> 24)}
#define sys_uint64_to_array(val) \
	{(uint8_t)(val), (uint8_t)((val) >> 8), (uint8_t)((val) >> 16), (uint8_t)((val) >> 24), \
	 (uint8_t)((val) >> 32), (uint8_t)((val) >> 40), (uint8_t)((val) >> 48), (uint8_t)((val) >> 56)}
#else
#define sys_le16_to_cpu(val) BSWAP_16(val)
#define sys_cpu_to_le16(val) BSWAP_16(val)
#define sys_be16_to_cpu(val) (val)
#define sys_cpu_to_be16(val) (val)
#define sys_le24_to_cpu(val) BSWAP_24(val)
#define sys_cpu_to_le24(val) BSWAP_24(val)
#define sys_be24_to_cpu(val) (val)
#define sys_cpu_to_be24(val) (val)
#define sys_le32_to_cpu(val) BSWAP_32(val)
#define sys_cpu_to_le32(val) BSWAP_32(val)
#define sys_be32_to_cpu(val) (val)
#define sys_cpu_to_be32(val) (val)
#define sys_le40_to_cpu(val) BSWAP_40(val)
#define sys_cpu_to_le40(val) BSWAP_40(val)
#define sys_be40_to_cpu(val) (val)
#define sys_cpu_to_be40(val) (val)
#define sys_le48_to_cpu(val) BSWAP_48(val)
#define sys_cpu_to_le48(val) BSWAP_48(val)
#define sys_be48_to_cpu(val) (val)
#define sys_cpu_to_be48(val) (val)
#define sys_le64_to_cpu(val) BSWAP_64(val)
#define sys_cpu_to_le64(val) BSWAP_64(val)
#define sys_be64_to_cpu(val) (val)
#define sys_cpu_to_be64(val) (val)
#define sys_uint16_to_array(val) \
	{(uint8_t)((val) >> 8), (uint8_t)(val)}
#define sys_uint32_to_array(val) \
	{(uint8_t)((val) >> 24), (uint8_t)((val) >> 16), (uint8_t)((val) >> 8), (uint8_t)(val)}
#define sys_uint64_to_array(val) \
	{(uint8_t)((val) >> 56), (uint8_t)((val) >> 48), (uint8_t)((val) >> 40), (uint8_t)((val) >> 32), \
	 (uint8_t)((val) >> 24), (uint8_t)((val) >> 16), (uint8_t)((val) >> 8), (uint8_t)(val)}
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Values at any address, in a given order. sys_put_be24() stores the low 24 bits, and so on. */

static inline void sys_put_be16(uint16_t val, uint8_t dst[2])
{
	dst[0] = (uint8_t)(val >> 8);
	dst[1] = (uint8_t)val;
}

static inline void sys_put_be24(uint32_t val, uint8_t dst[3])
{
	dst[0] = (uint8_t)(val >> 16);
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)val;
}

static inline void sys_put_be32(uint32_t val, uint8_t dst[4])
{
	dst[0] = (uint8_t)(val >> 24);
	dst[1] = (uint8_t)(val >> 16);
	dst[2] = (uint8_t)(val >> 8);
	dst[3] = (uint8_t)val;
}

static inline void sys_put_be40(uint64_t val, uint8_t dst[5])
{
	dst[0] = (uint8_t)(val >> 32);
	dst[1] = (uint8_t)(val >> 24);
	dst[2] = (uint8_t)(val >> 16);
	dst[3] = (uint8_t)(val >> 8);
	dst[4] = (uint8_t)val;
}

static inline void sys_put_be48(uint64_t val, uint8_t dst[6])
{
	dst[0] = (uint8_t)(val >> 40);
	dst[1] = (uint8_t)(val >> 32);
	dst[2] = (uint8_t)(val >> 24);
	dst[3] = (uint8_t)(val >> 16);
	dst[4] = (uint8_t)(val >> 8);
	dst[5] = (uint8_t)val;
}

static inline void sys_put_be64(uint64_t val, uint8_t dst[8])
{
	dst[0] = (uint8_t)(val >> 56);
	dst[1] = (uint8_t)(val >> 48);
	dst[2] = (uint8_t)(val >> 40);
	dst[3] = (uint8_t)(val >> 32);
	dst[4] = (uint8_t)(val >> 24);
	dst[5] = (uint8_t)(val >> 16);
	dst[6] = (uint8_t)(val >> 8);
	dst[7] = (uint8_t)val;
}

static inline void sys_put_le16(uint16_t val, uint8_t dst[2])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
}

static inline void sys_put_le24(uint32_t val, uint8_t dst[3])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)(val >> 16);
}

static inline void sys_put_le32(uint32_t val, uint8_t dst[4])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)(val >> 16);
	dst[3] = (uint8_t)(val >> 24);
}

static inline void sys_put_le40(uint64_t val, uint8_t dst[5])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)(val >> 16);
	dst[3] = (uint8_t)(val >> 24);
	dst[4] = (uint8_t)(val >> 32);
}

static inline void sys_put_le48(uint64_t val, uint8_t dst[6])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)(val >> 16);
	dst[3] = (uint8_t)(val >> 24);
	dst[4] = (uint8_t)(val >> 32);
	dst[5] = (uint8_t)(val >> 40);
}

static inline void sys_put_le64(uint64_t val, uint8_t dst[8])
{
	dst[0] = (uint8_t)val;
	dst[1] = (uint8_t)(val >> 8);
	dst[2] = (uint8_t)(val >> 16);
	dst[3] = (uint8_t)(val >> 24);
	dst[4] = (uint8_t)(val >> 32);
	dst[5] = (uint8_t)(val >> 40);
	dst[6] = (uint8_t)(val >> 48);
	dst[7] = (uint8_t)(val >> 56);
}

static inline uint16_t sys_get_be16(const uint8_t src[2])
{
	return (uint16_t)(((uint16_t)src[0] << 8) | src[1]);
}

static inline uint32_t sys_get_be24(const uint8_t src[3])
{
	return ((uint32_t)src[0] << 16) | ((uint32_t)src[1] << 8) | src[2];
}

static inline uint32_t sys_get_be32(const uint8_t src[4])
{
	return ((uint32_t)src[0] << 24) | ((uint32_t)src[1] << 16) | ((uint32_t)src[2] << 8) |
	       src[3];
}

static inline uint64_t sys_get_be40(const uint8_t src[5])
{
	return ((uint64_t)src[0] << 32) | ((uint64_t)src[1] << 24) | ((uint64_t)src[2] << 16) |
	       ((uint64_t)src[3] << 8) | src[4];
}

static inline uint64_t sys_get_be48(const uint8_t src[6])
{
	return ((uint64_t)src[0] << 40) | ((uint64_t)src[1] << 32) | ((uint64_t)src[2] << 24) |
	       ((uint64_t)src[3] << 16) | ((uint64_t)src[4] << 8) | src[5];
}

static inline uint64_t sys_get_be64(const uint8_t src[8])
{
	return ((uint64_t)src[0] << 56) | ((uint64_t)src[1] << 48) | ((uint64_t)src[2] << 40) |
	       ((uint64_t)src[3] << 32) | ((uint64_t)src[4] << 24) | ((uint64_t)src[5] << 16) |
	       ((uint64_t)src[6] << 8) | src[7];
}

static inline uint16_t sys_get_le16(const uint8_t src[2])
{
	return (uint16_t)(src[0] | ((uint16_t)src[1] << 8));
}

static inline uint32_t sys_get_le24(const uint8_t src[3])
{
	return src[0] | ((uint32_t)src[1] << 8) | ((uint32_t)src[2] << 16);
}

static inline uint32_t sys_get_le32(const uint8_t src[4])
{
	return src[0] | ((uint32_t)src[1] << 8) | ((uint32_t)src[2] << 16) |
	       ((uint32_t)src[3] << 24);
}

static inline uint64_t sys_get_le40(const uint8_t src[5])
{
	return src[0] | ((uint64_t)src[1] << 8) | ((uint64_t)src[2] << 16) |
	       ((uint64_t)src[3] << 24) | ((uint64_t)src[4] << 32);
}

static inline uint64_t sys_get_le48(const uint8_t src[6])
{
	return src[0] | ((uint64_t)src[1] << 8) | ((uint64_t)src[2] << 16) |
	       ((uint64_t)src[3] << 24) | ((uint64_t)src[4] << 32) | ((uint64_t)src[5] << 40);
}

static inline uint64_t sys_get_le64(const uint8_t src[8])
{
	return src[0] | ((uint64_t)src[1] << 8) | ((uint64_t)src[2] << 16) |
	       ((uint64_t)src[3] << 24) | ((uint64_t)src[4] << 32) | ((uint64_t)src[5] << 40) |
	       ((uint64_t)src[6] << 48) | ((uint64_t)src[7] << 56);
}

/** Copies @p length bytes in reverse; the areas do not overlap. */
static inline void sys_memcpy_swap(void *dst, const void *src, size_t length)
{
	const uint8_t *from = (const uint8_t *)src + length;
	uint8_t *to = (uint8_t *)dst;

	while (length-- > 0) {
		*to++ = *--from;
	}
}

/** Reverses @p length bytes in place. */
static inline void sys_mem_swap(void *buf, size_t length)
{
	uint8_t *low = (uint8_t *)buf;
	uint8_t *high = low + length;

	for (size_t i = 0; i < length / 2; i++) {
		const uint8_t kept = *low;

		*low++ = *--high;
		*high = kept;
	}
}

/* Little-endian bytes to a number of @p length bytes and back, in place. */
static inline void sys_le_to_cpu(void *buf, size_t length)
{
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) {
		sys_mem_swap(buf, length);
	}
}

static inline void sys_cpu_to_le(void *buf, size_t length)
{
	sys_le_to_cpu(buf, length);
}

/* The same for big-endian bytes. */
static inline void sys_be_to_cpu(void *buf, size_t length)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
		sys_mem_swap(buf, length);
	}
}

static inline void sys_cpu_to_be(void *buf, size_t length)
{
	sys_be_to_cpu(buf, length);
}

/* And from one place to another. */
static inline void sys_put_le(void *dst, const void *src, size_t length)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
		memcpy(dst, src, length);
	} else {
		sys_memcpy_swap(dst, src, length);
	}
}

static inline void sys_put_be(void *dst, const void *src, size_t length)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
		sys_memcpy_swap(dst, src, length);
	} else {
		memcpy(dst, src, length);
	}
}

static inline void sys_get_le(void *dst, const void *src, size_t length)
{
	sys_put_le(dst, src, length);
}

static inline void sys_get_be(void *dst, const void *src, size_t length)
{
	sys_put_be(dst, src, length);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_BYTEORDER_H_ */
