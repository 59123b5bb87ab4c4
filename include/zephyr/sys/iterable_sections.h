// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Arrays that the linker gathers: each file defines elements, anybody loops over all of
 * them.
 *
 * An element of type `struct T` named N stands in section `._T.static.N_`. The linker sorts those
 * by name and sets `_T_list_start` and `_T_list_end` around them. cmake/sections.ld has the rules
 * for our own types; `zephyr_iterable_section()` of the CMake package adds an application's.
 */
#ifndef ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_
#define ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

/** Symbol before the first element of a list. */
#define TYPE_SECTION_START(secname) _CONCAT(_##secname, _list_start)
/** Symbol after the last element. */
#define TYPE_SECTION_END(secname)   _CONCAT(_##secname, _list_end)

#define TYPE_SECTION_START_EXTERN(type, secname) extern type TYPE_SECTION_START(secname)[]
#define TYPE_SECTION_END_EXTERN(type, secname)   extern type TYPE_SECTION_END(secname)[]

/** Defines @p varname of @p type in list @p secname, sorted as @p secname_postfix. */
#define TYPE_SECTION_ITERABLE(type, varname, secname, secname_postfix)                             \
	Z_DECL_ALIGN_LIST(type)                                                                    \
	varname __in_section(_##secname, static, _CONCAT(secname_postfix, _)) __used Z_NOASAN_OBJECT

/* Exactly the alignment of the type: more would leave gaps in the array. */
#define Z_DECL_ALIGN_LIST(type) type __aligned(__alignof__(type))

/** Loops over the elements of list @p secname. */
#define TYPE_SECTION_FOREACH(type, secname, iterator)                                              \
	TYPE_SECTION_START_EXTERN(type, secname);                                                  \
	TYPE_SECTION_END_EXTERN(type, secname);                                                    \
	for (type *iterator = TYPE_SECTION_START(secname);                                         \
	     (uintptr_t)(iterator) < (uintptr_t)TYPE_SECTION_END(secname); (iterator)++)

/** Stores the address of element @p i in @p dst. */
#define TYPE_SECTION_GET(type, secname, i, dst)                                                    \
	do {                                                                                       \
		TYPE_SECTION_START_EXTERN(type, secname);                                          \
		*(dst) = &TYPE_SECTION_START(secname)[i];                                          \
	} while (false)

/** Stores the number of elements in @p dst. */
#define TYPE_SECTION_COUNT(type, secname, dst)                                                     \
	do {                                                                                       \
		TYPE_SECTION_START_EXTERN(type, secname);                                          \
		TYPE_SECTION_END_EXTERN(type, secname);                                            \
		*(dst) = ((uintptr_t)TYPE_SECTION_END(secname) -                                   \
			  (uintptr_t)TYPE_SECTION_START(secname)) /                                \
			 sizeof(type);                                                             \
	} while (false)

#define STRUCT_SECTION_START(struct_type)        TYPE_SECTION_START(struct_type)
#define STRUCT_SECTION_END(struct_type)          TYPE_SECTION_END(struct_type)
#define STRUCT_SECTION_START_EXTERN(struct_type)                                                   \
	TYPE_SECTION_START_EXTERN(struct struct_type, struct_type)
#define STRUCT_SECTION_END_EXTERN(struct_type)                                                     \
	TYPE_SECTION_END_EXTERN(struct struct_type, struct_type)

/** Defines `struct struct_type varname` in list @p secname; an initialiser may follow. */
#define STRUCT_SECTION_ITERABLE_ALTERNATE(secname, struct_type, varname)                           \
	TYPE_SECTION_ITERABLE(struct struct_type, varname, secname, varname)
/** The same, sorted under @p name. */
#define STRUCT_SECTION_ITERABLE_NAMED_ALTERNATE(struct_type, secname, name, varname)               \
	TYPE_SECTION_ITERABLE(struct struct_type, varname, secname, name)
/** Defines an element of the list of its type; an initialiser may follow. */
#define STRUCT_SECTION_ITERABLE(struct_type, varname)                                              \
	STRUCT_SECTION_ITERABLE_ALTERNATE(struct_type, struct_type, varname)
/** The same, sorted under @p name. */
#define STRUCT_SECTION_ITERABLE_NAMED(struct_type, name, varname)                                  \
	TYPE_SECTION_ITERABLE(struct struct_type, varname, struct_type, name)
/** Defines @p size elements in a row. */
#define STRUCT_SECTION_ITERABLE_ARRAY(struct_type, varname, size)                                  \
	TYPE_SECTION_ITERABLE(struct struct_type, varname[size], struct_type, varname)
#define STRUCT_SECTION_ITERABLE_ARRAY_ALTERNATE(secname, struct_type, varname, size)               \
	TYPE_SECTION_ITERABLE(struct struct_type, varname[size], secname, varname)

/** Loops over list @p secname of `struct struct_type`. */
#define STRUCT_SECTION_FOREACH_ALTERNATE(secname, struct_type, iterator)                           \
	TYPE_SECTION_FOREACH(struct struct_type, secname, iterator)
/** Loops over the list of its type. */
#define STRUCT_SECTION_FOREACH(struct_type, iterator)                                              \
	STRUCT_SECTION_FOREACH_ALTERNATE(struct_type, struct_type, iterator)
/** Stores the address of element @p i in @p dst. */
#define STRUCT_SECTION_GET(struct_type, i, dst)                                                    \
	TYPE_SECTION_GET(struct struct_type, struct_type, i, dst)
/** Stores the number of elements in @p dst. */
#define STRUCT_SECTION_COUNT(struct_type, dst)                                                     \
	TYPE_SECTION_COUNT(struct struct_type, struct_type, dst)

#endif /* ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_ */
