// SPDX-License-Identifier: Apache-2.0

#include <zephyr/app_memory/app_memdomain.h>

#include "helper.h"

ZTEST_SUITE(atomic, NULL, NULL, NULL, helpers_end, NULL);

static atomic_t value = ATOMIC_INIT(5);
static ATOMIC_DEFINE(bits, 100);

ZTEST(atomic, test_operations_return_what_was)
{
	static atomic_ptr_t pointer = ATOMIC_PTR_INIT(NULL);

	atomic_set(&value, 5);
	zassert_equal(atomic_get(&value), 5);
	zassert_equal(atomic_add(&value, 3), 5);
	zassert_equal(atomic_sub(&value, 1), 8);
	zassert_equal(atomic_inc(&value), 7);
	zassert_equal(atomic_dec(&value), 8);
	zassert_equal(atomic_or(&value, 0x10), 7);
	zassert_equal(atomic_and(&value, 0x13), 0x17);
	zassert_equal(atomic_xor(&value, 1), 0x13);
	zassert_equal(atomic_nand(&value, 0x2), 0x12);
	zassert_equal(atomic_get(&value), ~0x2L);
	zassert_false(atomic_cas(&value, 1, 2));
	zassert_true(atomic_cas(&value, ~0x2L, 5));
	zassert_equal(atomic_clear(&value), 5);
	zassert_is_null(atomic_ptr_set(&pointer, &value));
	zassert_true(atomic_ptr_cas(&pointer, &value, &bits));
	zassert_equal_ptr(atomic_ptr_get(&pointer), &bits);
	zassert_equal_ptr(atomic_ptr_clear(&pointer), &bits);
}

ZTEST(atomic, test_bits)
{
	zassert_equal(sizeof(bits), ROUND_UP(100, ATOMIC_BITS) / 8);
	for (int bit = 0; bit < 100; bit += 33) {
		zassert_false(atomic_test_and_set_bit(bits, bit));
		zassert_true(atomic_test_bit(bits, bit));
		zassert_true(atomic_test_and_set_bit(bits, bit));
		zassert_true(atomic_test_and_clear_bit(bits, bit));
		zassert_false(atomic_test_and_clear_bit(bits, bit));
		atomic_set_bit_to(bits, bit, true);
		zassert_true(atomic_test_bit(bits, bit));
		atomic_set_bit_to(bits, bit, false);
		zassert_false(atomic_test_bit(bits, bit));
	}
}

static struct k_spinlock lock;

ZTEST(atomic, test_locks_nest)
{
	unsigned int outer = irq_lock();
	k_spinlock_key_t key = k_spin_lock(&lock);
	k_spinlock_key_t inner;
	int turns = 0;

	zassert_ok(k_spin_trylock(&lock, &inner));
	k_spin_unlock(&lock, inner);
	k_spin_unlock(&lock, key);
	K_SPINLOCK(&lock) {
		turns++;
	}
	K_SPINLOCK(&lock) {
		turns++;
		K_SPINLOCK_BREAK;
		turns += 10;
	}
	irq_unlock(outer);
	zassert_equal(turns, 2);
}

static void give(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	atomic_inc(&value);
}

ZTEST(atomic, test_nobody_runs_inside_a_lock)
{
	unsigned int key = irq_lock();

	atomic_clear(&value);
	helper_start(0, give, NULL, NULL, K_PRIO_COOP(2));
	zassert_equal(atomic_get(&value), 0);
	irq_unlock(key);
	zassert_equal(atomic_get(&value), 1);
	helpers_join();
}

/* User mode's macros leave no trace. */
K_APPMEM_PARTITION_DEFINE(partition);
static K_APP_BMEM(partition) int in_partition;
static K_APP_DMEM(partition) int in_data = 3;

ZTEST(atomic, test_user_mode_is_absent)
{
	struct k_mem_domain domain;

	zassert_ok(k_mem_domain_init(&domain, 0, NULL));
	zassert_ok(k_mem_domain_add_thread(&domain, k_current_get()));
	k_object_access_grant(&lock, k_current_get());
	k_thread_access_grant(k_current_get(), &lock, &domain);
	zassert_equal(in_partition + in_data, 3);
}
