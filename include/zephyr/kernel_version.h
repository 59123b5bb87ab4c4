// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Which version of the API the program runs with.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_VERSION_H_
#define ZEPHYR_INCLUDE_KERNEL_VERSION_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Parts of what sys_kernel_version_get() returns. */
#define SYS_KERNEL_VER_MAJOR(ver)      (((ver) >> 24) & 0xFFU)
#define SYS_KERNEL_VER_MINOR(ver)      (((ver) >> 16) & 0xFFU)
#define SYS_KERNEL_VER_PATCHLEVEL(ver) (((ver) >> 8) & 0xFFU)

/** Major, minor and patch level in the three upper bytes. */
uint32_t sys_kernel_version_get(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_VERSION_H_ */
