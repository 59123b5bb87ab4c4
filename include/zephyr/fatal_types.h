// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Reasons of a fatal error.
 */
#ifndef ZEPHYR_INCLUDE_FATAL_TYPES_H_
#define ZEPHYR_INCLUDE_FATAL_TYPES_H_

enum k_fatal_error_reason {
	/** The processor trapped and nothing better is known. */
	K_ERR_CPU_EXCEPTION,
	/** An interrupt nobody handles. */
	K_ERR_SPURIOUS_IRQ,
	/** A thread ran over its stack. */
	K_ERR_STACK_CHK_FAIL,
	/** k_oops() was called. */
	K_ERR_KERNEL_OOPS,
	/** k_panic() was called. */
	K_ERR_KERNEL_PANIC,
	/** First of the reasons of an architecture. */
	K_ERR_ARCH_START = 16,
};

#endif /* ZEPHYR_INCLUDE_FATAL_TYPES_H_ */
