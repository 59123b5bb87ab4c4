// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Types of atomic variables.
 */
#ifndef ZEPHYR_INCLUDE_SYS_ATOMIC_TYPES_H_
#define ZEPHYR_INCLUDE_SYS_ATOMIC_TYPES_H_

#ifdef __cplusplus
extern "C" {
#endif

/** An integer of the width of a pointer. */
typedef long atomic_t;
typedef atomic_t atomic_val_t;
/** A pointer. */
typedef void *atomic_ptr_t;
typedef atomic_ptr_t atomic_ptr_val_t;

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_ATOMIC_TYPES_H_ */
