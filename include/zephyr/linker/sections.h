// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Names of the sections of an image.
 */
#ifndef ZEPHYR_INCLUDE_LINKER_SECTIONS_H_
#define ZEPHYR_INCLUDE_LINKER_SECTIONS_H_

#define _TEXT_SECTION_NAME   text
#define _RODATA_SECTION_NAME rodata
#define _DATA_SECTION_NAME   datas
#define _BSS_SECTION_NAME    bss
#define _NOINIT_SECTION_NAME noinit

#define TEXT   text
#define RODATA rodata
#define DATA   data
#define BSS    bss
#define NOINIT noinit

#endif /* ZEPHYR_INCLUDE_LINKER_SECTIONS_H_ */
