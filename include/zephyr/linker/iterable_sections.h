// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Rules of the linker script for the arrays of <zephyr/sys/iterable_sections.h>.
 *
 * For linker scripts that go through the C preprocessor: cmake/sections.ld and what an application
 * adds with zephyr_linker_sources(). Each rule is an output section, so it stands directly inside
 * SECTIONS { }.
 */
#ifndef ZEPHYR_INCLUDE_LINKER_ITERABLE_SECTIONS_H_
#define ZEPHYR_INCLUDE_LINKER_ITERABLE_SECTIONS_H_

/*
 * The start symbol and the first element must coincide, so the section starts as aligned as any
 * element may be: compilers for 64-bit processors align large objects to 32.
 */
#ifndef Z_LINK_ITERABLE_ALIGN
#if defined(CONFIG_64BIT)
#define Z_LINK_ITERABLE_ALIGN 32
#else
#define Z_LINK_ITERABLE_ALIGN 8
#endif
#endif
/* Where the sections lie: said by the linker script of a microcontroller. */
#ifndef Z_LINK_ROM
#define Z_LINK_ROM
#define Z_LINK_RAM
#define Z_LINK_RAM_ALIGN ALIGN(Z_LINK_ITERABLE_ALIGN)
#endif
/* Accepted for the sake of existing scripts; elements keep the alignment of their type. */
#define Z_LINK_ITERABLE_SUBALIGN Z_LINK_ITERABLE_ALIGN

#define Z_LINK_ITERABLE(type, elements)                                                            \
	_##type##_list_start = .;                                                                  \
	elements                                                                                   \
	_##type##_list_end = .;

#define Z_LINK_BY_NAME(type)    KEEP(*(SORT_BY_NAME(._##type.static.*)))
#define Z_LINK_GC_ALLOWED(type) *(SORT_BY_NAME(._##type.static.*))
/* Names that end in _<number>: shorter numbers first. */
#define Z_LINK_BY_NUMBER(type)                                                                     \
	KEEP(*(SORT_BY_NAME(._##type.static.*_?_*)))                                               \
	KEEP(*(SORT_BY_NAME(._##type.static.*_??_*)))                                              \
	KEEP(*(SORT_BY_NAME(._##type.static.*_???_*)))

#define Z_LINK_AREA(type, align, elements, memory)                                                 \
	type##_area : align                                                                        \
	{                                                                                          \
		. = ALIGN(Z_LINK_ITERABLE_ALIGN);                                                  \
		Z_LINK_ITERABLE(type, elements)                                                    \
	} memory

/** Constant elements, by name. */
#define ITERABLE_SECTION_ROM(type, subalign)                                                       \
	Z_LINK_AREA(type, ALIGN(Z_LINK_ITERABLE_ALIGN), Z_LINK_BY_NAME(type), Z_LINK_ROM)
/** The same, by the number at the end of the name. */
#define ITERABLE_SECTION_ROM_NUMERIC(type, subalign)                                               \
	Z_LINK_AREA(type, ALIGN(Z_LINK_ITERABLE_ALIGN), Z_LINK_BY_NUMBER(type), Z_LINK_ROM)
/** Constant elements that go if nothing refers to them. */
#define ITERABLE_SECTION_ROM_GC_ALLOWED(type, subalign)                                            \
	Z_LINK_AREA(type, ALIGN(Z_LINK_ITERABLE_ALIGN), Z_LINK_GC_ALLOWED(type), Z_LINK_ROM)
/** Variable elements, by name. */
#define ITERABLE_SECTION_RAM(type, subalign)                                                       \
	Z_LINK_AREA(type, Z_LINK_RAM_ALIGN, Z_LINK_BY_NAME(type), Z_LINK_RAM)
#define ITERABLE_SECTION_RAM_NUMERIC(type, subalign)                                               \
	Z_LINK_AREA(type, Z_LINK_RAM_ALIGN, Z_LINK_BY_NUMBER(type), Z_LINK_RAM)
#define ITERABLE_SECTION_RAM_GC_ALLOWED(type, subalign)                                            \
	Z_LINK_AREA(type, Z_LINK_RAM_ALIGN, Z_LINK_GC_ALLOWED(type), Z_LINK_RAM)

#endif /* ZEPHYR_INCLUDE_LINKER_ITERABLE_SECTIONS_H_ */
