// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Memory for the stacks of threads. On hosts threads bring their own, and this stays untouched.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H
#define ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H

#include <stddef.h>

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One byte of a stack; the type of its own keeps stacks and other buffers apart. */
struct __packed z_thread_stack_element {
	char data;
};
typedef struct z_thread_stack_element k_thread_stack_t;

/** Alignment of stacks and of their sizes. */
#if defined(CONFIG_ARCH_POSIX)
#define ARCH_STACK_PTR_ALIGN 16
#else
#define ARCH_STACK_PTR_ALIGN 8
#endif

/** Bytes of a stack that are the port's, beside those that the thread asks for. */
#define K_KERNEL_STACK_RESERVED  ((size_t)CONFIG_ZNET_STACK_RESERVED)
/** Bytes taken by a stack of @p size bytes. */
#define K_KERNEL_STACK_LEN(size)                                                                   \
	(ROUND_UP(size, ARCH_STACK_PTR_ALIGN) + K_KERNEL_STACK_RESERVED)

/** Defines the stack @p sym. `static` may precede it. */
#define K_KERNEL_STACK_DEFINE(sym, size)                                                           \
	struct z_thread_stack_element __noinit __aligned(ARCH_STACK_PTR_ALIGN)                     \
		sym[K_KERNEL_STACK_LEN(size)]
/** Defines @p nmemb stacks. */
#define K_KERNEL_STACK_ARRAY_DEFINE(sym, nmemb, size)                                              \
	struct z_thread_stack_element __noinit __aligned(ARCH_STACK_PTR_ALIGN)                     \
		sym[nmemb][K_KERNEL_STACK_LEN(size)]
/** A stack as member of a structure. */
#define K_KERNEL_STACK_MEMBER(sym, size)                                                           \
	struct z_thread_stack_element __aligned(ARCH_STACK_PTR_ALIGN) sym[K_KERNEL_STACK_LEN(size)]
/** Declares a stack that another file defines. */
#define K_KERNEL_STACK_DECLARE(sym, size)                                                          \
	extern struct z_thread_stack_element sym[K_KERNEL_STACK_LEN(size)]
#define K_KERNEL_STACK_ARRAY_DECLARE(sym, nmemb, size)                                             \
	extern struct z_thread_stack_element sym[nmemb][K_KERNEL_STACK_LEN(size)]
/** Usable bytes of a stack that was defined by name. */
#define K_KERNEL_STACK_SIZEOF(sym) (sizeof(sym) - K_KERNEL_STACK_RESERVED)

/** The thread's own bytes of a stack object; the port's follow them. */
static inline char *K_KERNEL_STACK_BUFFER(k_thread_stack_t *sym)
{
	return (char *)sym;
}

/* Stacks of threads and of the kernel are the same: there is no user mode. */
#define K_THREAD_STACK_RESERVED            K_KERNEL_STACK_RESERVED
#define K_THREAD_STACK_LEN                 K_KERNEL_STACK_LEN
#define K_THREAD_STACK_DEFINE              K_KERNEL_STACK_DEFINE
#define K_THREAD_STACK_ARRAY_DEFINE        K_KERNEL_STACK_ARRAY_DEFINE
#define K_THREAD_STACK_MEMBER              K_KERNEL_STACK_MEMBER
#define K_THREAD_STACK_DECLARE             K_KERNEL_STACK_DECLARE
#define K_THREAD_STACK_ARRAY_DECLARE       K_KERNEL_STACK_ARRAY_DECLARE
#define K_THREAD_STACK_EXTERN(sym)         extern k_thread_stack_t sym[]
#define K_THREAD_STACK_SIZEOF              K_KERNEL_STACK_SIZEOF
#define K_THREAD_STACK_BUFFER              K_KERNEL_STACK_BUFFER
#define K_THREAD_PINNED_STACK_DEFINE       K_KERNEL_STACK_DEFINE
#define K_THREAD_PINNED_STACK_ARRAY_DEFINE K_KERNEL_STACK_ARRAY_DEFINE
#define K_KERNEL_PINNED_STACK_DEFINE       K_KERNEL_STACK_DEFINE
#define K_KERNEL_PINNED_STACK_ARRAY_DEFINE K_KERNEL_STACK_ARRAY_DEFINE

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H */
