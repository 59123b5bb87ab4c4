// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Attributes that place objects in the sections of an image.
 *
 * Only `__noinit` has an effect of its own, see toolchain.h: the rest lie where the compiler puts
 * them.
 */
#ifndef ZEPHYR_INCLUDE_LINKER_SECTION_TAGS_H_
#define ZEPHYR_INCLUDE_LINKER_SECTION_TAGS_H_

#include <zephyr/toolchain.h>

#define __nocache
#define __pinned_func
#define __pinned_data
#define __pinned_bss
#define __pinned_noinit __noinit
#define __pinned_rodata
#define __boot_func

#endif /* ZEPHYR_INCLUDE_LINKER_SECTION_TAGS_H_ */
