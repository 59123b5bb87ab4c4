// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Spin locks: here each of them is the interrupt lock.
 */
#ifndef ZEPHYR_INCLUDE_SPINLOCK_H_
#define ZEPHYR_INCLUDE_SPINLOCK_H_

#include <zephyr/irq.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A lock; zeroed memory is a free one. */
struct k_spinlock {
	char dummy; /* C and C++ must agree on the size */
};

/** What k_spin_lock() returns and k_spin_unlock() wants back. */
struct z_spinlock_key {
	unsigned int key;
};
typedef struct z_spinlock_key k_spinlock_key_t;

/** Keeps interrupts and other threads out. Other locks may be taken inside, and left before it. */
static ALWAYS_INLINE k_spinlock_key_t k_spin_lock(struct k_spinlock *l)
{
	k_spinlock_key_t key;

	ARG_UNUSED(l);
	key.key = irq_lock();
	return key;
}

/** Takes the lock if that needs no waiting; it never does. Returns 0. */
static ALWAYS_INLINE int k_spin_trylock(struct k_spinlock *l, k_spinlock_key_t *k)
{
	*k = k_spin_lock(l);
	return 0;
}

static ALWAYS_INLINE void k_spin_unlock(struct k_spinlock *l, k_spinlock_key_t key)
{
	ARG_UNUSED(l);
	irq_unlock(key.key);
}

/** Gives up the lock, not the exclusion of interrupts. */
static ALWAYS_INLINE void k_spin_release(struct k_spinlock *l)
{
	ARG_UNUSED(l);
}

/* One turn of the loop is the guarded block; K_SPINLOCK_BREAK leaves it early. */
struct z_spinlock_guard {
	k_spinlock_key_t key;
	bool done;
};

static ALWAYS_INLINE struct z_spinlock_guard z_spinlock_enter(struct k_spinlock *l)
{
	struct z_spinlock_guard guard = {k_spin_lock(l), false};

	return guard;
}

/** Leaves the block of K_SPINLOCK(); `break`, `return` and `goto` would keep the lock. */
#define K_SPINLOCK_BREAK continue
/** Runs the following block with the lock held. */
#define K_SPINLOCK(lck)                                                                            \
	for (struct z_spinlock_guard z_guard = z_spinlock_enter(lck); !z_guard.done;               \
	     k_spin_unlock((lck), z_guard.key), z_guard.done = true)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SPINLOCK_H_ */
