// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What applications and drivers use of an architecture's header: the interrupt lock and
 * register access.
 */
#ifndef ZEPHYR_INCLUDE_ARCH_CPU_H_
#define ZEPHYR_INCLUDE_ARCH_CPU_H_

#include <zephyr/irq.h>
#include <zephyr/sys/sys_io.h>

#define arch_irq_lock()      irq_lock()
#define arch_irq_unlock(key) irq_unlock(key)

#endif /* ZEPHYR_INCLUDE_ARCH_CPU_H_ */
