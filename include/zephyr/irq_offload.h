/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief A function called as an interrupt would call it, for tests.
 */
#ifndef ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_
#define ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_

#ifdef __cplusplus
extern "C" {
#endif

/** What is called. */
typedef void (*irq_offload_routine_t)(const void *parameter);

/** Calls @p routine where k_is_in_isr() holds and nothing may wait, and returns behind it. */
void irq_offload(irq_offload_routine_t routine, const void *parameter);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_ */
