// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The name under which applications include what an architecture offers; see <zephyr/arch/cpu.h>.
 */
#ifndef ZEPHYR_INCLUDE_SYS_ARCH_INTERFACE_H_
#define ZEPHYR_INCLUDE_SYS_ARCH_INTERFACE_H_

#include <zephyr/arch/cpu.h>

#endif /* ZEPHYR_INCLUDE_SYS_ARCH_INTERFACE_H_ */
