/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX names for functions of this library.
 *
 * The linker's name of the function is given with the declaration. So a program that has a C library
 * of its own, with functions of the same names, holds both: what is compiled with these headers calls
 * the stack, the rest its C library. Unlike a macro this leaves members and types of such names alone.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_POSIX_NAME_H_
#define ZEPHYR_INCLUDE_POSIX_POSIX_NAME_H_

#include <zephyr/toolchain.h>

/** Behind a declaration: it is a name for @p symbol. */
#define ZNET_NAME_FOR(symbol) __asm__(#symbol)

/* A host's headers may have promised C++ that these throw nothing; so must we then. */
#if defined(__cplusplus) && defined(__THROW)
#define ZNET_NOTHROW __THROW
#else
#define ZNET_NOTHROW
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_POSIX_NAME_H_ */
