// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief On bare metal too int32_t is int, and int64_t long long; errors have the names that Zephyr's have.
 *
 * Compilers for bare metal make int32_t a long, where C written for Zephyr prints it with %d. What is redefined here are
 * the compiler's own names, out of which <stdint.h> and <inttypes.h> are made; read with -imacros before all else.
 */
#ifndef ZEPHYR_INCLUDE_TOOLCHAIN_STDINT_H_
#define ZEPHYR_INCLUDE_TOOLCHAIN_STDINT_H_

#undef __INT32_TYPE__
#undef __UINT32_TYPE__
#undef __INT_LEAST32_TYPE__
#undef __UINT_LEAST32_TYPE__
#undef __INT_FAST32_TYPE__
#undef __UINT_FAST32_TYPE__
#define __INT32_TYPE__        int
#define __UINT32_TYPE__       unsigned int
#define __INT_LEAST32_TYPE__  int
#define __UINT_LEAST32_TYPE__ unsigned int
#define __INT_FAST32_TYPE__   int
#define __UINT_FAST32_TYPE__  unsigned int

#undef __INT64_TYPE__
#undef __UINT64_TYPE__
#undef __INT_LEAST64_TYPE__
#undef __UINT_LEAST64_TYPE__
#undef __INT_FAST64_TYPE__
#undef __UINT_FAST64_TYPE__
#define __INT64_TYPE__        long long int
#define __UINT64_TYPE__       long long unsigned int
#define __INT_LEAST64_TYPE__  long long int
#define __UINT_LEAST64_TYPE__ long long unsigned int
#define __INT_FAST64_TYPE__   long long int
#define __UINT_FAST64_TYPE__  long long unsigned int

/* Newlib keeps errors that Linux has and POSIX has not, such as ESHUTDOWN, behind this. */
#ifndef __LINUX_ERRNO_EXTENSIONS__
#define __LINUX_ERRNO_EXTENSIONS__ 1
#endif

#endif /* ZEPHYR_INCLUDE_TOOLCHAIN_STDINT_H_ */
