/* SPDX-License-Identifier: Apache-2.0 */
/* What lwIP asks of a compiler and its library. */

#ifndef BENCH_LWIP_ARCH_CC_H_
#define BENCH_LWIP_ARCH_CC_H_

#include <stdio.h>
#include <stdlib.h>

#define LWIP_RAND() ((u32_t)rand())

#define LWIP_PLATFORM_DIAG(x) do { printf x; } while (0)
#define LWIP_PLATFORM_ASSERT(x)                                                                    \
	do {                                                                                       \
		fprintf(stderr, "lwIP: %s\n", x);                                                  \
		abort();                                                                           \
	} while (0)

#endif
