// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The integer types and the few names the standard headers leave out.
 */
#ifndef ZEPHYR_INCLUDE_TYPES_H_
#define ZEPHYR_INCLUDE_TYPES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A type of the strictest alignment any scalar has. */
typedef union {
	long long thelonglong;
	long double thelongdouble;
	uintmax_t theuintmax_t;
	size_t thesize_t;
	uintptr_t theuintptr_t;
	void *thepvoid;
	void (*thepfunc)(void);
} z_max_align_t;

#ifdef __cplusplus
}
#endif

/** Storage of which each thread has its own. */
#if defined(__cplusplus)
#define Z_THREAD_LOCAL thread_local
#else
#define Z_THREAD_LOCAL __thread
#endif

#endif /* ZEPHYR_INCLUDE_TYPES_H_ */
