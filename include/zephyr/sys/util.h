// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Small helpers: arrays, alignment, limits, text conversions.
 */
#ifndef ZEPHYR_INCLUDE_SYS_UTIL_H_
#define ZEPHYR_INCLUDE_SYS_UTIL_H_

#include <string.h>

#include <zephyr/sys/util_macro.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

/** Bits in a value of type @p t. */
#define NUM_BITS(t) (sizeof(t) * BITS_PER_BYTE)

#define POINTER_TO_UINT(x) ((uintptr_t)(x))
#define UINT_TO_POINTER(x) ((void *)(uintptr_t)(x))
#define POINTER_TO_INT(x)  ((intptr_t)(x))
#define INT_TO_POINTER(x)  ((void *)(intptr_t)(x))

#define BITS_PER_BYTE      8
#define BITS_PER_NIBBLE    4
#define NIBBLES_PER_BYTE   2
#define BITS_PER_LONG      (__CHAR_BIT__ * __SIZEOF_LONG__)
#define BITS_PER_LONG_LONG (__CHAR_BIT__ * __SIZEOF_LONG_LONG__)

/** The bits from @p l up to and with @p h set, as an unsigned long. */
#define GENMASK(h, l)   (((~0UL) << (l)) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
/** The same in 64 bits. */
#define GENMASK64(h, l) (((~0ULL) << (l)) & (~0ULL >> (BITS_PER_LONG_LONG - 1 - (h))))

/** 0 if the constant @p cond holds; an error while compiling if not. */
#if defined(__cplusplus)
#define ZERO_OR_COMPILE_ERROR(cond) ((int)sizeof(char[(cond) ? 1 : -1]) - 1)
#else
#define ZERO_OR_COMPILE_ERROR(cond) ((int)(0 * sizeof(struct { char z_holds[(cond) ? 1 : -1]; })))
#endif

#if defined(__cplusplus)
/** Number of elements; a pointer does not compile. */
template <class T, size_t N> constexpr size_t z_array_size(const T (&)[N]) { return N; }
#define ARRAY_SIZE(array) (z_array_size(array))
#else
/** 0 if the argument is an array; a pointer does not compile. */
#define IS_ARRAY(array)                                                                            \
	ZERO_OR_COMPILE_ERROR(                                                                     \
		!__builtin_types_compatible_p(__typeof__(array), __typeof__(&(array)[0])))
/** Number of elements; a pointer does not compile. */
#define ARRAY_SIZE(array) ((size_t)(IS_ARRAY(array) + (sizeof(array) / sizeof((array)[0]))))
#endif

/** A member @p name of length unknown, also as the only member or in a union. */
#if defined(__cplusplus)
#define FLEXIBLE_ARRAY_DECLARE(type, name) type name[]
#else
#define FLEXIBLE_ARRAY_DECLARE(type, name)                                                         \
	struct {                                                                                   \
		struct {                                                                           \
		} z_unused_##name;                                                                 \
		type name[];                                                                       \
	}
#endif

/** Whether @p ptr points into @p array. */
#define PART_OF_ARRAY(array, ptr)                                                                  \
	(POINTER_TO_UINT(ptr) >= POINTER_TO_UINT(&(array)[0]) &&                                   \
	 POINTER_TO_UINT(ptr) < POINTER_TO_UINT(&(array)[ARRAY_SIZE(array)]))
/** Whether @p ptr points to the start of an element of @p array. */
#define IS_ARRAY_ELEMENT(array, ptr)                                                               \
	(PART_OF_ARRAY(array, ptr) &&                                                              \
	 (POINTER_TO_UINT(ptr) - POINTER_TO_UINT(&(array)[0])) % sizeof((array)[0]) == 0)
/** Index of the element of @p array that holds the address @p ptr. */
#define ARRAY_INDEX_FLOOR(array, ptr)                                                              \
	((POINTER_TO_UINT(ptr) - POINTER_TO_UINT(&(array)[0])) / sizeof((array)[0]))
/** Index of the element of @p array that starts at @p ptr. */
#define ARRAY_INDEX(array, ptr) ((size_t)((ptr) - &(array)[0]))
/** A loop over the indices of @p array. */
#define ARRAY_FOR_EACH(array, idx) for (size_t idx = 0; (idx) < ARRAY_SIZE(array); ++(idx))
/** A loop over pointers to the elements of @p array. */
#define ARRAY_FOR_EACH_PTR(array, ptr)                                                             \
	for (__typeof__(&(array)[0]) ptr = (array);                                                \
	     (size_t)((ptr) - (array)) < ARRAY_SIZE(array); ++(ptr))

/** Size of a member, in bytes. */
#define SIZEOF_FIELD(type, member) sizeof((((type *)0)->member))

#if defined(__cplusplus)
#define CONTAINER_OF(ptr, type, field)                                                             \
	(reinterpret_cast<type *>(reinterpret_cast<uintptr_t>(ptr) - offsetof(type, field)))
#else
/** Whether two expressions have one type, qualifiers aside. */
#define SAME_TYPE(a, b) __builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define CONTAINER_OF_VALIDATE(ptr, type, field)                                                    \
	BUILD_ASSERT(SAME_TYPE(*(ptr), ((type *)0)->field) || SAME_TYPE(*(ptr), void),             \
		     "the pointer does not point to that member")
/** The @p type whose member @p field is at @p ptr. */
#define CONTAINER_OF(ptr, type, field)                                                             \
	__extension__({                                                                            \
		CONTAINER_OF_VALIDATE(ptr, type, field);                                           \
		((type *)(void *)(((char *)(ptr)) - offsetof(type, field)));                       \
	})
#endif

/** The arguments, one to eight, pasted into one token. */
#define CONCAT(...) UTIL_CAT(Z_CONCAT_, NUM_VA_ARGS(__VA_ARGS__))(__VA_ARGS__)
#define Z_CONCAT_1(a)                      a
#define Z_CONCAT_2(a, b)                   UTIL_CAT(a, b)
#define Z_CONCAT_3(a, b, c)                UTIL_CAT(Z_CONCAT_2(a, b), c)
#define Z_CONCAT_4(a, b, c, d)             UTIL_CAT(Z_CONCAT_3(a, b, c), d)
#define Z_CONCAT_5(a, b, c, d, e)          UTIL_CAT(Z_CONCAT_4(a, b, c, d), e)
#define Z_CONCAT_6(a, b, c, d, e, f)       UTIL_CAT(Z_CONCAT_5(a, b, c, d, e), f)
#define Z_CONCAT_7(a, b, c, d, e, f, g)    UTIL_CAT(Z_CONCAT_6(a, b, c, d, e, f), g)
#define Z_CONCAT_8(a, b, c, d, e, f, g, h) UTIL_CAT(Z_CONCAT_7(a, b, c, d, e, f, g), h)

/** Whether the address or number is a multiple of @p align. */
#define IS_ALIGNED(ptr, align) (((uintptr_t)(ptr)) % (align) == 0)
/** @p x up to the next multiple of @p align. */
#define ROUND_UP(x, align)                                                                         \
	((((unsigned long)(x) + ((unsigned long)(align) - 1)) / (unsigned long)(align)) *          \
	 (unsigned long)(align))
/** @p x down to a multiple of @p align. */
#define ROUND_DOWN(x, align)                                                                       \
	(((unsigned long)(x) / (unsigned long)(align)) * (unsigned long)(align))
/** @p x up to a multiple of the size of a pointer. */
#define WB_UP(x) ROUND_UP(x, sizeof(void *))
/** @p x down to a multiple of the size of a pointer. */
#define WB_DN(x) ROUND_DOWN(x, sizeof(void *))
/** Quotient, rounded up; for non-negative numbers. */
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
/** Quotient, rounded to the nearest. */
#define DIV_ROUND_CLOSEST(n, d)                                                                    \
	(((((__typeof__(n))-1) < 0) && (((__typeof__(d))-1) < 0) && ((n) < 0) != ((d) < 0))        \
		 ? ((n) - ((d) / 2)) / (d)                                                         \
		 : ((n) + ((d) / 2)) / (d))

#ifndef MAX
/** The larger one; evaluates it twice. */
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#endif
#ifndef MIN
/** The smaller one; evaluates it twice. */
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef CLAMP
/** @p val, no less than @p low and no more than @p high. */
#define CLAMP(val, low, high) (((val) <= (low)) ? (low) : MIN(val, high))
#endif
/** Whether @p val lies between the two, both included. */
#define IN_RANGE(val, min, max) ((val) >= (min) && (val) <= (max))

/** Position of the highest set bit of a positive constant or value. */
#define LOG2(x)     ((x) < 1 ? -1 : (63 - __builtin_clzll((unsigned long long)(x))))
/** The smallest n with 2^n >= x. */
#define LOG2CEIL(x) ((x) <= 1 ? 0 : (64 - __builtin_clzll((unsigned long long)(x) - 1)))
/** The next power of two not below @p x, as 64 bits; 0 if there is none. */
#define NHPOT(x)                                                                                   \
	((x) < 1 ? 1 : ((x) > (1ULL << 63) ? 0 : 1ULL << LOG2CEIL(x)))

/** Whether the @p buflen bytes at @p addr run past the end of the address space. */
#define Z_DETECT_POINTER_OVERFLOW(addr, buflen)                                                    \
	(((buflen) != 0) && ((UINTPTR_MAX - (uintptr_t)(addr)) <= ((uintptr_t)(buflen) - 1)))

#define KB(x)  ((x) << 10)
#define MB(x)  (KB(x) << 10)
#define GB(x)  (MB(x) << 10)
#define KHZ(x) ((x) * 1000)
#define MHZ(x) (KHZ(x) * 1000)

/**
 * Evaluates @p expr until it holds or @p timeout microseconds are over, and is its value. After
 * each failure it runs @p delay_stmt. Needs <zephyr/kernel.h>.
 */
#define WAIT_FOR(expr, timeout, delay_stmt)                                                        \
	__extension__({                                                                            \
		const uint64_t z_end = (uint64_t)k_uptime_ticks() +                                \
				       (uint64_t)k_us_to_ticks_ceil64(timeout);                    \
		bool z_ok = (expr);                                                                \
		while (!z_ok && (uint64_t)k_uptime_ticks() < z_end) {                              \
			delay_stmt;                                                                \
			z_ok = (expr);                                                             \
		}                                                                                  \
		z_ok;                                                                              \
	})

#ifdef __cplusplus
extern "C" {
#endif

/** Whether exactly one bit is set. */
static inline bool is_power_of_two(unsigned int x)
{
	return IS_POWER_OF_TWO(x);
}

/** Whether the pointer is NULL, for pointers the compiler believes never are. */
static ALWAYS_INLINE bool is_null_no_warn(void *p)
{
	return p == NULL;
}

/** Shifts right and fills with the sign, whatever the compiler does with `>>`. */
static inline int64_t arithmetic_shift_right(int64_t value, uint8_t shift)
{
	return value < 0 ? ~(~value >> shift) : value >> shift;
}

/** Copies byte by byte, upwards. */
static inline void bytecpy(void *dst, const void *src, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		((volatile uint8_t *)dst)[i] = ((volatile const uint8_t *)src)[i];
	}
}

/** Exchanges two pieces of memory that do not overlap, byte by byte. */
static inline void byteswp(void *a, void *b, size_t size)
{
	uint8_t *left = (uint8_t *)a;
	uint8_t *right = (uint8_t *)b;

	while (size-- > 0) {
		const uint8_t kept = *left;

		*left++ = *right;
		*right++ = kept;
	}
}

/**
 * Value of a hexadecimal digit.
 *
 * @return 0, or -EINVAL if @p c is no digit.
 */
int char2hex(char c, uint8_t *x);

/**
 * The lower-case hexadecimal digit of a value below 16.
 *
 * @return 0, or -EINVAL if @p x is too large.
 */
int hex2char(uint8_t x, char *c);

/**
 * Writes @p buflen bytes as hexadecimal digits and a final NUL.
 *
 * @return number of digits, or 0 if @p hexlen has no room for them and the NUL.
 */
size_t bin2hex(const uint8_t *buf, size_t buflen, char *hex, size_t hexlen);

/**
 * Reads hexadecimal digits. With an odd number of them the first byte has one digit.
 *
 * @return number of bytes, or 0 if there is no room or a character is no digit.
 */
size_t hex2bin(const char *hex, size_t hexlen, uint8_t *buf, size_t buflen);

/** The number whose two decimal digits are the nibbles of @p bcd. */
static inline uint8_t bcd2bin(uint8_t bcd)
{
	return (uint8_t)((bcd >> 4) * 10 + (bcd & 0x0f));
}

/** The decimal digits of a number below 100, one a nibble. */
static inline uint8_t bin2bcd(uint8_t bin)
{
	return (uint8_t)(((bin / 10) << 4) | (bin % 10));
}

/**
 * Writes a number in decimal, with a final NUL if there is room.
 *
 * @return number of digits written; fewer than it has if @p buflen is too small.
 */
uint8_t u8_to_dec(char *buf, uint8_t buflen, uint8_t value);

/** Takes bit @p index as the sign of @p value and extends it upwards. */
static inline int32_t sign_extend(uint32_t value, uint8_t index)
{
	const uint8_t up = (uint8_t)(31U - index);

	return (int32_t)arithmetic_shift_right((int32_t)(value << up), up);
}

/** The same in 64 bits. */
static inline int64_t sign_extend_64(uint64_t value, uint8_t index)
{
	const uint8_t up = (uint8_t)(63U - index);

	return arithmetic_shift_right((int64_t)(value << up), up);
}

/** Cuts an incomplete UTF-8 sequence off the end of a string, in place. */
char *utf8_trunc(char *utf8_str);

/** Copies at most @p n - 1 bytes and a NUL, without cutting a UTF-8 sequence in two. */
char *utf8_lcpy(char *dst, const char *src, size_t n);

/** Exclusive or of two pieces of memory. */
static inline void mem_xor_n(uint8_t *dst, const uint8_t *src1, const uint8_t *src2, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		dst[i] = src1[i] ^ src2[i];
	}
}

/** Exclusive or of four bytes. */
static inline void mem_xor_32(uint8_t dst[4], const uint8_t src1[4], const uint8_t src2[4])
{
	mem_xor_n(dst, src1, src2, 4U);
}

/** Exclusive or of sixteen bytes. */
static inline void mem_xor_128(uint8_t dst[16], const uint8_t src1[16], const uint8_t src2[16])
{
	mem_xor_n(dst, src1, src2, 16U);
}

/** Whether n bytes are the same. */
static inline bool util_memeq(const void *m1, const void *m2, size_t n)
{
	return memcmp(m1, m2, n) == 0;
}

/** Whether two pieces of memory of known lengths are the same. */
static inline bool util_eq(const void *m1, size_t len1, const void *m2, size_t len2)
{
	return len1 == len2 && (m1 == m2 || util_memeq(m1, m2, len1));
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_UTIL_H_ */
