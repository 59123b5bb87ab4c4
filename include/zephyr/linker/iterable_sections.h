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
 * element may be.
 */
#ifndef Z_LINK_ITERABLE_ALIGN
#define Z_LINK_ITERABLE_ALIGN 32
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

/** Constant elements, by name. */
#define ITERABLE_SECTION_ROM(type, subalign)                                                       \
	type##_area : ALIGN(Z_LINK_ITERABLE_ALIGN) { Z_LINK_ITERABLE(type, Z_LINK_BY_NAME(type)) }
/** The same, by the number at the end of the name. */
#define ITERABLE_SECTION_ROM_NUMERIC(type, subalign)                                               \
	type##_area : ALIGN(Z_LINK_ITERABLE_ALIGN) { Z_LINK_ITERABLE(type, Z_LINK_BY_NUMBER(type)) }
/** Constant elements that go if nothing refers to them. */
#define ITERABLE_SECTION_ROM_GC_ALLOWED(type, subalign)                                            \
	type##_area : ALIGN(Z_LINK_ITERABLE_ALIGN) { Z_LINK_ITERABLE(type, Z_LINK_GC_ALLOWED(type)) }
/** Variable elements, by name. */
#define ITERABLE_SECTION_RAM(type, subalign)            ITERABLE_SECTION_ROM(type, subalign)
#define ITERABLE_SECTION_RAM_NUMERIC(type, subalign)    ITERABLE_SECTION_ROM_NUMERIC(type, subalign)
#define ITERABLE_SECTION_RAM_GC_ALLOWED(type, subalign)                                            \
	ITERABLE_SECTION_ROM_GC_ALLOWED(type, subalign)

#endif /* ZEPHYR_INCLUDE_LINKER_ITERABLE_SECTIONS_H_ */
