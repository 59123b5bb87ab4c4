// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Messages of code that belongs to the host side of native_sim.
 */
#ifndef ZEPHYR_INCLUDE_ARCH_POSIX_POSIX_TRACE_H_
#define ZEPHYR_INCLUDE_ARCH_POSIX_POSIX_TRACE_H_

#include <zephyr/sys/printk.h>

#define posix_print_warning(...) printk("WARNING: " __VA_ARGS__)
#define posix_print_trace(...)   printk(__VA_ARGS__)

#endif /* ZEPHYR_INCLUDE_ARCH_POSIX_POSIX_TRACE_H_ */
