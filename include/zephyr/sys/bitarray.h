/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Arrays of bits, from which runs may be allocated.
 *
 * Each call is atomic. All return -EINVAL for NULL and for bits beyond the array.
 */
#ifndef ZEPHYR_INCLUDE_SYS_BITARRAY_H_
#define ZEPHYR_INCLUDE_SYS_BITARRAY_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** So many bits, 32 a word. */
struct sys_bitarray {
	uint32_t num_bits;
	uint32_t num_bundles; /**< Words */
	uint32_t *bundles;
	struct k_spinlock lock;
};

/** See there. */
typedef struct sys_bitarray sys_bitarray_t;

#define _SYS_BITARRAY_DEFINE(name, total_bits, sba_mod)                                            \
	sba_mod uint32_t _sys_bitarray_bundles_##name[DIV_ROUND_UP(total_bits, 32)];               \
	sba_mod sys_bitarray_t name = {                                                            \
		.num_bits = (total_bits),                                                          \
		.num_bundles = DIV_ROUND_UP(total_bits, 32),                                       \
		.bundles = _sys_bitarray_bundles_##name,                                           \
	}

/** An array of @p total_bits zeros. */
#define SYS_BITARRAY_DEFINE(name, total_bits) _SYS_BITARRAY_DEFINE(name, total_bits, )
/** The same, of this file only. */
#define SYS_BITARRAY_DEFINE_STATIC(name, total_bits) _SYS_BITARRAY_DEFINE(name, total_bits, static)

/** Sets a bit. */
int sys_bitarray_set_bit(sys_bitarray_t *bitarray, size_t bit);
/** Clears a bit. */
int sys_bitarray_clear_bit(sys_bitarray_t *bitarray, size_t bit);
/** Tells a bit. */
int sys_bitarray_test_bit(sys_bitarray_t *bitarray, size_t bit, int *val);
/** Sets a bit and tells what it was. */
int sys_bitarray_test_and_set_bit(sys_bitarray_t *bitarray, size_t bit, int *prev_val);
/** Clears a bit and tells what it was. */
int sys_bitarray_test_and_clear_bit(sys_bitarray_t *bitarray, size_t bit, int *prev_val);
/** Finds the first run of so many zeros and sets them; -ENOSPC when there is none. */
int sys_bitarray_alloc(sys_bitarray_t *bitarray, size_t num_bits, size_t *offset);
/** Clears a run of ones; -EFAULT, and nothing changes, when there is a zero in it. */
int sys_bitarray_free(sys_bitarray_t *bitarray, size_t num_bits, size_t offset);
/** Inverts where @p other has ones. Both are of one size. */
int sys_bitarray_xor(sys_bitarray_t *dst, sys_bitarray_t *other, size_t num_bits, size_t offset);
/** Where the @p n th one of a run is, from 1; 1 when it has less of them. */
int sys_bitarray_find_nth_set(sys_bitarray_t *bitarray, size_t n, size_t num_bits, size_t offset,
			      size_t *found_at);
/** Counts the ones of a run. */
int sys_bitarray_popcount_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset,
				 size_t *count);
/** Whether a run has ones only. */
bool sys_bitarray_is_region_set(sys_bitarray_t *bitarray, size_t num_bits, size_t offset);
/** Whether a run has zeros only. */
bool sys_bitarray_is_region_cleared(sys_bitarray_t *bitarray, size_t num_bits, size_t offset);
/** Sets a run. */
int sys_bitarray_set_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset);
/** Clears a run. */
int sys_bitarray_clear_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset);
/** Sets or clears a run if all of it is otherwise; else -EEXIST. */
int sys_bitarray_test_and_set_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset,
				     bool to_set);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_BITARRAY_H_ */
