// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Placement of variables into partitions of user mode, which does not exist: they stay where they are.
 */
#ifndef ZEPHYR_INCLUDE_APP_MEMORY_APP_MEMDOMAIN_H_
#define ZEPHYR_INCLUDE_APP_MEMORY_APP_MEMDOMAIN_H_

#include <zephyr/kernel.h>

#define K_APP_BMEM(ptn)
#define K_APP_DMEM(ptn)
#define K_APP_DMEM_SECTION(ptn)         .data
#define K_APP_BMEM_SECTION(ptn)         .bss
#define K_APPMEM_PARTITION_DEFINE(name)

#endif /* ZEPHYR_INCLUDE_APP_MEMORY_APP_MEMDOMAIN_H_ */
