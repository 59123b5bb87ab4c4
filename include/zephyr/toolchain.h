// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What the headers ask of a compiler: attributes, hints, compile-time checks.
 *
 * GCC 8 and Clang 12 or newer, as C99, C11 or C++17. Both know the GNU attributes, so one file
 * serves them.
 */
#ifndef ZEPHYR_INCLUDE_TOOLCHAIN_H_
#define ZEPHYR_INCLUDE_TOOLCHAIN_H_

#if !defined(__GNUC__)
#error "znet needs a compiler that knows the GNU attributes: GCC or Clang"
#endif

#include <zephyr/toolchain/common.h>

#if defined(__clang__)
#define TOOLCHAIN_CLANG_VERSION                                                                    \
	((__clang_major__ * 10000) + (__clang_minor__ * 100) + __clang_patchlevel__)
#define TOOLCHAIN_GCC_VERSION 0
#else
#define TOOLCHAIN_GCC_VERSION                                                                      \
	((__GNUC__ * 10000) + (__GNUC_MINOR__ * 100) + __GNUC_PATCHLEVEL__)
#define TOOLCHAIN_CLANG_VERSION 0
#endif

/** 1 if the compiler has `_Pragma("GCC diagnostic ...")`. */
#define TOOLCHAIN_HAS_PRAGMA_DIAG 1
/** 1 if arrays of length zero are accepted. */
#define TOOLCHAIN_HAS_ZLA         1
#if defined(__cplusplus)
#define TOOLCHAIN_HAS_C_GENERIC   0
#define TOOLCHAIN_HAS_C_AUTO_TYPE 0
#else
/** 1 if `_Generic` is understood. */
#define TOOLCHAIN_HAS_C_GENERIC   1
/** 1 if `__auto_type` is understood. */
#define TOOLCHAIN_HAS_C_AUTO_TYPE 1
#endif

/** 1 if the compiler has the builtin function @p x. */
#if defined(__has_builtin)
#define HAS_BUILTIN(x) __has_builtin(x)
#else
#define HAS_BUILTIN(x) 0
#endif

/* Attributes of types and objects. */

/** No padding between members, alignment 1. */
#define __packed          __attribute__((__packed__))
/** At least this alignment, in bytes. */
#define __aligned(x)      __attribute__((__aligned__(x)))
/** Accesses through this type may alias any other. */
#define __may_alias       __attribute__((__may_alias__))
/** Keep the object or function although nothing refers to it. */
#define __used            __attribute__((__used__))
/** Silence the warning about an unused thing. */
#define __unused          __attribute__((__unused__))
/** Used in some configurations only. */
#define __maybe_unused    __attribute__((__unused__))
/** Another definition of this symbol takes precedence. */
#define __weak            __attribute__((__weak__))
/** Put the object into the section @p seg. */
#define Z_GENERIC_SECTION(seg) __attribute__((__section__(STRINGIFY(seg))))
#define __GENERIC_SECTION(seg) Z_GENERIC_SECTION(seg)

/* Attributes of functions. */

/** Never inlined. */
#ifndef __noinline /* newlib has it too */
#define __noinline            __attribute__((__noinline__))
#endif
/** Marks a name that users should leave behind. */
#define __deprecated          __attribute__((__deprecated__))
/** The result depends on the arguments alone. */
#ifndef __attribute_const__ /* glibc has it too */
#define __attribute_const__   __attribute__((__const__))
#endif
/** Ignoring the result is a mistake. */
#define __must_check          __attribute__((__warn_unused_result__))
/** The listed pointer arguments (all, without a list) are never NULL. */
#define __attribute_nonnull(...) __attribute__((__nonnull__(__VA_ARGS__)))
/** Argument @p f is a printf format, argument @p a the first it formats (0: a va_list). */
#define __printf_like(f, a)   __attribute__((__format__(__printf__, f, a)))
/** Not optimised. */
#if defined(__clang__)
#define __no_optimization     __attribute__((__optnone__))
#else
#define __no_optimization     __attribute__((__optimize__("-O0")))
#endif
/** Does not return. */
#define FUNC_NORETURN         __attribute__((__noreturn__))
/** Left alone by AddressSanitizer. */
#define __noasan              __attribute__((__no_sanitize__("address")))
/** The same for objects; GCC leaves objects in a named section alone anyway. */
#if defined(__clang__)
#define Z_NOASAN_OBJECT       __attribute__((__no_sanitize__("address")))
#else
#define Z_NOASAN_OBJECT
#endif
/** Left alone by UndefinedBehaviorSanitizer. */
#define __noubsan             __attribute__((__no_sanitize__("undefined")))
/** Without stack protector; of use only to code that runs before the guard value is set. */
#define FUNC_NO_STACK_PROTECTOR
/** Code that runs from RAM; no target of ours moves code yet. */
#define __ramfunc

/** The object is not set to zero at start-up where the target has such memory. */
#if defined(CONFIG_ARCH_POSIX)
#define __noinit
#define __noinit_named(name)
#else
#define __noinit             __attribute__((__section__(".noinit." STRINGIFY(__COUNTER__))))
#define __noinit_named(name) __attribute__((__section__(".noinit." STRINGIFY(name))))
#endif

/** Sections named after up to three parts; the linker places them by the first. */
#define __in_section(a, b, c)                                                                      \
	__attribute__((__section__("." STRINGIFY(a) "." STRINGIFY(b) "." STRINGIFY(c))))
/** A section of its own for each use, below @p seg. */
#define __in_section_unique(seg) __in_section(seg, __FILE__, __COUNTER__)
/** The same with a chosen name. */
#define __in_section_unique_named(seg, name) __in_section(seg, __FILE__, name)

/** A `case` that runs into the next one on purpose. */
#if defined(__cplusplus)
#define __fallthrough [[fallthrough]]
#else
#define __fallthrough __attribute__((__fallthrough__))
#endif

/** The condition is nearly always true. */
#define likely(x)   __builtin_expect((bool)!!(x), true)
/** The condition is nearly always false. */
#define unlikely(x) __builtin_expect((bool)!!(x), false)

/** Number of set bits. */
#define POPCOUNT(x) __builtin_popcount(x)

/** The parameter is unused on purpose. */
#define ARG_UNUSED(x) ((void)(x))

/** The compiler may not move memory accesses across this point. */
#define compiler_barrier() __asm__ __volatile__("" ::: "memory")

/** Control never comes here. */
#define CODE_UNREACHABLE __builtin_unreachable()

/** `restrict`, spelt so that C++ takes it. */
#define ZRESTRICT __restrict

/**
 * Stops the build with the message unless @p EXPR, a constant, holds. A declaration: stands at file
 * scope or in a block.
 */
#if defined(__cplusplus)
#define BUILD_ASSERT(EXPR, MSG...) static_assert(EXPR, "" MSG)
#else
#define BUILD_ASSERT(EXPR, MSG...) _Static_assert((EXPR), "" MSG)
#endif

/** Value at a pointer that may be misaligned. */
#define UNALIGNED_GET(g)                                                                           \
	__extension__({                                                                            \
		struct __attribute__((__packed__, __may_alias__)) {                                \
			__typeof__(*(g)) value;                                                    \
		} *z_from = (__typeof__(z_from))(g);                                               \
		z_from->value;                                                                     \
	})

/** Stores @p v at a pointer that may be misaligned. */
#define UNALIGNED_PUT(v, p)                                                                        \
	do {                                                                                       \
		struct __attribute__((__packed__, __may_alias__)) {                                \
			__typeof__(*(p)) value;                                                    \
		} *z_to = (__typeof__(z_to))(p);                                                   \
		z_to->value = (v);                                                                 \
	} while (false)

/** Makes @p new_alias another name of @p real_func. */
#define ALIAS_OF(of) __attribute__((__alias__(#of)))
#define FUNC_ALIAS(real_func, new_alias, return_type)                                              \
	return_type new_alias() ALIAS_OF(real_func)

/*
 * Warnings switched around a passage. `warning` is a string made by the TOOLCHAIN_WARNING_* names.
 */
#define TOOLCHAIN_PRAGMA(x) _Pragma(#x)
#define TOOLCHAIN_DISABLE_WARNING(warning)                                                         \
	TOOLCHAIN_PRAGMA(GCC diagnostic push)                                                      \
	TOOLCHAIN_PRAGMA(GCC diagnostic ignored warning)
#define TOOLCHAIN_ENABLE_WARNING(warning) TOOLCHAIN_PRAGMA(GCC diagnostic pop)
#if defined(__clang__)
#define TOOLCHAIN_DISABLE_CLANG_WARNING(warning) TOOLCHAIN_DISABLE_WARNING(warning)
#define TOOLCHAIN_ENABLE_CLANG_WARNING(warning)  TOOLCHAIN_ENABLE_WARNING(warning)
#define TOOLCHAIN_DISABLE_GCC_WARNING(warning)
#define TOOLCHAIN_ENABLE_GCC_WARNING(warning)
#else
#define TOOLCHAIN_DISABLE_CLANG_WARNING(warning)
#define TOOLCHAIN_ENABLE_CLANG_WARNING(warning)
#define TOOLCHAIN_DISABLE_GCC_WARNING(warning) TOOLCHAIN_DISABLE_WARNING(warning)
#define TOOLCHAIN_ENABLE_GCC_WARNING(warning)  TOOLCHAIN_ENABLE_WARNING(warning)
#endif
#define TOOLCHAIN_IGNORE_WSHADOW_BEGIN TOOLCHAIN_DISABLE_WARNING("-Wshadow")
#define TOOLCHAIN_IGNORE_WSHADOW_END   TOOLCHAIN_ENABLE_WARNING("-Wshadow")

#define TOOLCHAIN_WARNING_ADDRESS_OF_PACKED_MEMBER       "-Waddress-of-packed-member"
#define TOOLCHAIN_WARNING_ALLOCA                         "-Walloca"
#define TOOLCHAIN_WARNING_ARRAY_BOUNDS                   "-Warray-bounds"
#define TOOLCHAIN_WARNING_ATTRIBUTES                     "-Wattributes"
#define TOOLCHAIN_WARNING_CAST_QUAL                      "-Wcast-qual"
#define TOOLCHAIN_WARNING_DEPRECATED_DECLARATIONS        "-Wdeprecated-declarations"
#define TOOLCHAIN_WARNING_FORMAT_TRUNCATION              "-Wformat-truncation"
#define TOOLCHAIN_WARNING_INFINITE_RECURSION             "-Winfinite-recursion"
#define TOOLCHAIN_WARNING_NONNULL                        "-Wnonnull"
#define TOOLCHAIN_WARNING_POINTER_ARITH                  "-Wpointer-arith"
#define TOOLCHAIN_WARNING_SHADOW                         "-Wshadow"
#define TOOLCHAIN_WARNING_SIZEOF_ARRAY_DECAY             "-Wsizeof-array-decay"
#define TOOLCHAIN_WARNING_STRINGOP_OVERREAD              "-Wstringop-overread"
#define TOOLCHAIN_WARNING_STRINGOP_TRUNCATION            "-Wstringop-truncation"
#define TOOLCHAIN_WARNING_UNUSED_FUNCTION                "-Wunused-function"
#define TOOLCHAIN_WARNING_UNUSED_LABEL                   "-Wunused-label"
#define TOOLCHAIN_WARNING_UNUSED_VARIABLE                "-Wunused-variable"

#endif /* ZEPHYR_INCLUDE_TOOLCHAIN_H_ */
