// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The part of toolchain.h that every compiler understands.
 */
#ifndef ZEPHYR_INCLUDE_TOOLCHAIN_COMMON_H_
#define ZEPHYR_INCLUDE_TOOLCHAIN_COMMON_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Inlined even without optimisation. */
#define ALWAYS_INLINE inline __attribute__((__always_inline__))

/** The text of @p s after macro expansion, as a string. */
#define STRINGIFY(s)   Z_STRINGIFY(s)
#define Z_STRINGIFY(x) #x

/** Both tokens, expanded and pasted into one. */
#define _CONCAT(x, y)    _DO_CONCAT(x, y)
#define _DO_CONCAT(x, y) x##y

/* There is no user mode: a system call is a plain function. */
#define __syscall
#define __syscall_always_inline ALWAYS_INLINE
/** Marks the API structure of a driver class. */
#define __subsystem
/** Marks the structure behind a socket descriptor. */
#define __net_socket

/** Evaluates to the alignment of a type. */
#define Z_DECL_ALIGN(type) __alignof__(type)
/** Whether @p ptr is a multiple of @p bytes. */
#define IS_PTR_ALIGNED_BYTES(ptr, bytes) ((((uintptr_t)(ptr)) % (bytes)) == 0)
/** Whether @p ptr is aligned well enough for an object of type @p type. */
#define IS_PTR_ALIGNED(ptr, type) IS_PTR_ALIGNED_BYTES(ptr, __alignof__(type))

/* Arithmetic that the preprocessor and static initialisers can take. */
#define Z_MAX(a, b)            ((a) > (b) ? (a) : (b))
#define Z_MIN(a, b)            ((a) < (b) ? (a) : (b))
#define Z_CLAMP(val, low, high) Z_MAX(low, Z_MIN(val, high))
#define Z_IS_POW2(x)           (((x) != 0) && (((x) & ((x) - 1)) == 0))

/* The declarations of a C header, as C++ sees them. */
#if defined(__cplusplus)
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif

#endif /* ZEPHYR_INCLUDE_TOOLCHAIN_COMMON_H_ */
