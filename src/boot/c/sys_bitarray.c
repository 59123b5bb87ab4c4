// SPDX-License-Identifier: Apache-2.0
/*
 * <zephyr/sys/bitarray.h>. A run is gone through word by word: the part of each word that is in it is a mask.
 */
#include <errno.h>

#include <zephyr/sys/bitarray.h>

#define WORD 32U

static bool is_run(const sys_bitarray_t *b, size_t num_bits, size_t offset)
{
	return b != NULL && num_bits > 0 && num_bits <= b->num_bits &&
	       offset <= b->num_bits - num_bits;
}

/* The bits of the word at `*offset` that belong to the run; goes on to the next word. */
static uint32_t next_mask(size_t *num_bits, size_t *offset)
{
	const size_t first = *offset % WORD;
	const size_t count = MIN(*num_bits, WORD - first);

	*num_bits -= count;
	*offset += count;
	return (count == WORD ? UINT32_MAX : (uint32_t)BIT_MASK(count)) << first;
}

static bool matches(const sys_bitarray_t *b, size_t num_bits, size_t offset, bool set)
{
	while (num_bits > 0) {
		const uint32_t word = b->bundles[offset / WORD];
		const uint32_t mask = next_mask(&num_bits, &offset);

		if ((word & mask) != (set ? mask : 0)) {
			return false;
		}
	}
	return true;
}

static void fill(sys_bitarray_t *b, size_t num_bits, size_t offset, bool set)
{
	while (num_bits > 0) {
		uint32_t *word = &b->bundles[offset / WORD];
		const uint32_t mask = next_mask(&num_bits, &offset);

		*word = set ? *word | mask : *word & ~mask;
	}
}

/* Asks or changes one bit: what it was. */
static int one(sys_bitarray_t *b, size_t bit, int *was, bool change, bool set)
{
	k_spinlock_key_t key;

	if (!is_run(b, 1, bit)) {
		return -EINVAL;
	}
	key = k_spin_lock(&b->lock);
	if (was != NULL) {
		*was = matches(b, 1, bit, true) ? 1 : 0;
	}
	if (change) {
		fill(b, 1, bit, set);
	}
	k_spin_unlock(&b->lock, key);
	return 0;
}

int sys_bitarray_set_bit(sys_bitarray_t *bitarray, size_t bit)
{
	return one(bitarray, bit, NULL, true, true);
}

int sys_bitarray_clear_bit(sys_bitarray_t *bitarray, size_t bit)
{
	return one(bitarray, bit, NULL, true, false);
}

int sys_bitarray_test_bit(sys_bitarray_t *bitarray, size_t bit, int *val)
{
	return val == NULL ? -EINVAL : one(bitarray, bit, val, false, false);
}

int sys_bitarray_test_and_set_bit(sys_bitarray_t *bitarray, size_t bit, int *prev_val)
{
	return prev_val == NULL ? -EINVAL : one(bitarray, bit, prev_val, true, true);
}

int sys_bitarray_test_and_clear_bit(sys_bitarray_t *bitarray, size_t bit, int *prev_val)
{
	return prev_val == NULL ? -EINVAL : one(bitarray, bit, prev_val, true, false);
}

int sys_bitarray_alloc(sys_bitarray_t *bitarray, size_t num_bits, size_t *offset)
{
	k_spinlock_key_t key;
	int err = -ENOSPC;

	if (!is_run(bitarray, num_bits, 0) || offset == NULL) {
		return -EINVAL;
	}
	key = k_spin_lock(&bitarray->lock);
	for (size_t at = 0; at <= bitarray->num_bits - num_bits; at++) {
		if (matches(bitarray, num_bits, at, false)) {
			fill(bitarray, num_bits, at, true);
			*offset = at;
			err = 0;
			break;
		}
	}
	k_spin_unlock(&bitarray->lock, key);
	return err;
}

/* Changes a run if all of it is `!set`. */
static int change(sys_bitarray_t *b, size_t num_bits, size_t offset, bool set, int otherwise)
{
	k_spinlock_key_t key;
	int err = otherwise;

	if (!is_run(b, num_bits, offset)) {
		return -EINVAL;
	}
	key = k_spin_lock(&b->lock);
	if (otherwise == 0 || matches(b, num_bits, offset, !set)) {
		fill(b, num_bits, offset, set);
		err = 0;
	}
	k_spin_unlock(&b->lock, key);
	return err;
}

int sys_bitarray_free(sys_bitarray_t *bitarray, size_t num_bits, size_t offset)
{
	return change(bitarray, num_bits, offset, false, -EFAULT);
}

int sys_bitarray_set_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset)
{
	return change(bitarray, num_bits, offset, true, 0);
}

int sys_bitarray_clear_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset)
{
	return change(bitarray, num_bits, offset, false, 0);
}

int sys_bitarray_test_and_set_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset,
				     bool to_set)
{
	return change(bitarray, num_bits, offset, to_set, -EEXIST);
}

static bool all(sys_bitarray_t *b, size_t num_bits, size_t offset, bool set)
{
	k_spinlock_key_t key;
	bool result;

	if (!is_run(b, num_bits, offset)) {
		return false;
	}
	key = k_spin_lock(&b->lock);
	result = matches(b, num_bits, offset, set);
	k_spin_unlock(&b->lock, key);
	return result;
}

bool sys_bitarray_is_region_set(sys_bitarray_t *bitarray, size_t num_bits, size_t offset)
{
	return all(bitarray, num_bits, offset, true);
}

bool sys_bitarray_is_region_cleared(sys_bitarray_t *bitarray, size_t num_bits, size_t offset)
{
	return all(bitarray, num_bits, offset, false);
}

int sys_bitarray_xor(sys_bitarray_t *dst, sys_bitarray_t *other, size_t num_bits, size_t offset)
{
	k_spinlock_key_t key;

	if (!is_run(dst, num_bits, offset) || other == NULL || dst->num_bits != other->num_bits) {
		return -EINVAL;
	}
	/* One processor: a lock keeps interrupts off both. */
	key = k_spin_lock(&dst->lock);
	while (num_bits > 0) {
		const size_t at = offset / WORD;

		dst->bundles[at] ^= other->bundles[at] & next_mask(&num_bits, &offset);
	}
	k_spin_unlock(&dst->lock, key);
	return 0;
}

int sys_bitarray_popcount_region(sys_bitarray_t *bitarray, size_t num_bits, size_t offset,
				 size_t *count)
{
	k_spinlock_key_t key;
	size_t ones = 0;

	if (!is_run(bitarray, num_bits, offset) || count == NULL) {
		return -EINVAL;
	}
	key = k_spin_lock(&bitarray->lock);
	while (num_bits > 0) {
		const uint32_t word = bitarray->bundles[offset / WORD];

		ones += (size_t)__builtin_popcount(word & next_mask(&num_bits, &offset));
	}
	k_spin_unlock(&bitarray->lock, key);
	*count = ones;
	return 0;
}

int sys_bitarray_find_nth_set(sys_bitarray_t *bitarray, size_t n, size_t num_bits, size_t offset,
			      size_t *found_at)
{
	k_spinlock_key_t key;
	int err = 1;

	if (!is_run(bitarray, num_bits, offset) || found_at == NULL || n == 0 || n > num_bits) {
		return -EINVAL;
	}
	key = k_spin_lock(&bitarray->lock);
	for (size_t at = offset; at < offset + num_bits; at++) {
		if (matches(bitarray, 1, at, true) && --n == 0) {
			*found_at = at;
			err = 0;
			break;
		}
	}
	k_spin_unlock(&bitarray->lock, key);
	return err;
}
