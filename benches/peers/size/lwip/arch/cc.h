/* SPDX-License-Identifier: Apache-2.0 */
/* What lwIP asks of a compiler and its library. */

#ifndef BENCH_SIZE_ARCH_CC_H_
#define BENCH_SIZE_ARCH_CC_H_

#include <stdlib.h>

#define LWIP_RAND()             ((u32_t)rand())
#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(x)

#endif
