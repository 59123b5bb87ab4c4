// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The interrupt lock.
 */
#ifndef ZEPHYR_INCLUDE_IRQ_H_
#define ZEPHYR_INCLUDE_IRQ_H_

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Keeps interrupts, and with them all other threads, out until irq_unlock(). Nests. On hosts it is
 * one lock for the whole process.
 *
 * @return key for irq_unlock()
 */
unsigned int irq_lock(void);

/** Ends the section that irq_lock() with this key began. */
void irq_unlock(unsigned int key);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_IRQ_H_ */
