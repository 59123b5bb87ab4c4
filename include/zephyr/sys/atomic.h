// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Atomic variables and arrays of atomic bits. Every operation is sequentially consistent.
 */
#ifndef ZEPHYR_INCLUDE_SYS_ATOMIC_H_
#define ZEPHYR_INCLUDE_SYS_ATOMIC_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/atomic_types.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Initialisers of static variables. */
#define ATOMIC_INIT(i)     (i)
#define ATOMIC_PTR_INIT(p) (p)

/** Bits in one atomic variable. */
#define ATOMIC_BITS                  (sizeof(atomic_val_t) * 8U)
/** The bit of number @p bit within its variable. */
#define ATOMIC_MASK(bit)             (1UL << ((unsigned long)(bit) & (ATOMIC_BITS - 1U)))
/** The variable of an array that holds bit @p bit. */
#define ATOMIC_ELEM(addr, bit)       ((addr) + ((bit) / ATOMIC_BITS))
/** Variables needed for @p num_bits bits. */
#define ATOMIC_BITMAP_SIZE(num_bits) (((num_bits) + ATOMIC_BITS - 1U) / ATOMIC_BITS)
/** Defines an array of @p num_bits bits. */
#define ATOMIC_DEFINE(name, num_bits) atomic_t name[ATOMIC_BITMAP_SIZE(num_bits)]

/** Stores @p new_value if the variable holds @p old_value; says whether it did. */
static inline bool atomic_cas(atomic_t *target, atomic_val_t old_value, atomic_val_t new_value)
{
	return __atomic_compare_exchange_n(target, &old_value, new_value, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

/** The same for a pointer. */
static inline bool atomic_ptr_cas(atomic_ptr_t *target, atomic_ptr_val_t old_value,
				  atomic_ptr_val_t new_value)
{
	return __atomic_compare_exchange_n(target, &old_value, new_value, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_get(const atomic_t *target)
{
	return __atomic_load_n(target, __ATOMIC_SEQ_CST);
}

static inline atomic_ptr_val_t atomic_ptr_get(const atomic_ptr_t *target)
{
	return __atomic_load_n(target, __ATOMIC_SEQ_CST);
}

/* All that follow return the value the variable had before. */

static inline atomic_val_t atomic_set(atomic_t *target, atomic_val_t value)
{
	return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_ptr_val_t atomic_ptr_set(atomic_ptr_t *target, atomic_ptr_val_t value)
{
	return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_clear(atomic_t *target)
{
	return atomic_set(target, 0);
}

static inline atomic_ptr_val_t atomic_ptr_clear(atomic_ptr_t *target)
{
	return atomic_ptr_set(target, NULL);
}

static inline atomic_val_t atomic_add(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_add(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_sub(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_sub(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_or(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_xor(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_and(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_nand(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_nand(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_inc(atomic_t *target)
{
	return atomic_add(target, 1);
}

static inline atomic_val_t atomic_dec(atomic_t *target)
{
	return atomic_sub(target, 1);
}

/* Bits of an array; `target` is its first variable. */

static inline bool atomic_test_bit(const atomic_t *target, int bit)
{
	return ((unsigned long)atomic_get(ATOMIC_ELEM(target, bit)) & ATOMIC_MASK(bit)) != 0U;
}

static inline bool atomic_test_and_clear_bit(atomic_t *target, int bit)
{
	atomic_val_t before = atomic_and(ATOMIC_ELEM(target, bit), (atomic_val_t)~ATOMIC_MASK(bit));

	return ((unsigned long)before & ATOMIC_MASK(bit)) != 0U;
}

static inline bool atomic_test_and_set_bit(atomic_t *target, int bit)
{
	atomic_val_t before = atomic_or(ATOMIC_ELEM(target, bit), (atomic_val_t)ATOMIC_MASK(bit));

	return ((unsigned long)before & ATOMIC_MASK(bit)) != 0U;
}

static inline void atomic_clear_bit(atomic_t *target, int bit)
{
	(void)atomic_test_and_clear_bit(target, bit);
}

static inline void atomic_set_bit(atomic_t *target, int bit)
{
	(void)atomic_test_and_set_bit(target, bit);
}

static inline void atomic_set_bit_to(atomic_t *target, int bit, bool val)
{
	if (val) {
		atomic_set_bit(target, bit);
	} else {
		atomic_clear_bit(target, bit);
	}
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_ATOMIC_H_ */
