// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Bits, and programming with the preprocessor.
 *
 * The repetitive tables behind these macros are in generated/util_tables.h, which `cargo xtask
 * headers` writes.
 */
#ifndef ZEPHYR_INCLUDE_SYS_UTIL_MACROS_H_
#define ZEPHYR_INCLUDE_SYS_UTIL_MACROS_H_

#ifdef _ASMLANGUAGE
#define Z_UL(x)  x
#define Z_ULL(x) x
#else
#define Z_UL(x)  x##UL
#define Z_ULL(x) x##ULL
#endif

/* Bits. */

/** The unsigned long with bit @p n set. */
#define BIT(n)   (Z_UL(1) << (n))
/** The same in 64 bits. */
#define BIT64(n) (Z_ULL(1) << (n))
/** The @p n lowest bits set; n less than the width. */
#define BIT_MASK(n)   (BIT(n) - Z_UL(1))
/** The same in 64 bits. */
#define BIT64_MASK(n) (BIT64(n) - Z_ULL(1))
/** Sets bit @p bit of the lvalue @p var if @p set, else clears it. */
#define WRITE_BIT(var, bit, set) ((var) = (set) ? ((var) | BIT(bit)) : ((var) & ~BIT(bit)))
/** Whether bit @p bit of @p value is set. */
#define IS_BIT_SET(value, bit) ((((value) >> (bit)) & 0x1) != 0)
/** Whether exactly one bit of @p x is set. */
#define IS_POWER_OF_TWO(x) (((x) != 0U) && (((x) & ((x) - 1U)) == 0U))
/** Whether the set bits of @p m, shifted down by @p s, are neighbours that start at bit 0. */
#define IS_SHIFTED_BIT_MASK(m, s) (!(((m) >> (s)) & (((m) >> (s)) + 1U)))
/** Whether the set bits of @p m are neighbours that start at bit 0. */
#define IS_BIT_MASK(m) IS_SHIFTED_BIT_MASK(m, 0)
/** The lowest set bit of @p value. */
#define LSB_GET(value) ((value) & -(value))
/** The field of @p value under @p mask, shifted down. */
#define FIELD_GET(mask, value)  (((value) & (mask)) / LSB_GET(mask))
/** @p value shifted up to the field under @p mask. */
#define FIELD_PREP(mask, value) (((value) * LSB_GET(mask)) & (mask))

/* Tokens. */

/** Nothing. */
#define EMPTY
/** Its argument. */
#define IDENTITY(V) V
/** Both tokens, expanded, pasted. */
#define UTIL_CAT(a, ...)           UTIL_PRIMITIVE_CAT(a, __VA_ARGS__)
#define UTIL_PRIMITIVE_CAT(a, ...) a##__VA_ARGS__

/** Takes the parentheses off what follows it. */
#define __DEBRACKET(...) __VA_ARGS__

#define Z_UNPAREN(...)         __VA_ARGS__
#define Z_SECOND(a, b, ...)    b
#define Z_SECOND_OF(...)       Z_SECOND(__VA_ARGS__)
#define Z_SECOND_BARE(a, b, ...) Z_UNPAREN b
#define Z_SECOND_BARE_OF(...)  Z_SECOND_BARE(__VA_ARGS__)

/*
 * A flag becomes a choice like this: pasted to Z_WHEN_1_, the flag 1 makes a defined name that
 * expands to an argument and a comma, any other flag makes an unknown name without comma. So the
 * wanted code is the second argument if the flag is 1, and the other code is if not.
 */
#define Z_WHEN_1_1 ~,
#define Z_WHEN_0_0 ~,

/** 1 if the Kconfig symbol is defined as 1, else 0; for `#if` and for code. */
#define IS_ENABLED(config_macro)  Z_IS_ENABLED(config_macro)
#define Z_IS_ENABLED(value)       Z_SECOND_OF(Z_WHEN_1_##value 1, 0, ~)

/** The code in the second pair of parentheses if @p flag is 1, that in the third if not. */
#define COND_CODE_1(flag, if_1_code, else_code)   Z_COND_CODE_1(flag, if_1_code, else_code)
#define Z_COND_CODE_1(flag, if_1_code, else_code)                                                  \
	Z_SECOND_BARE_OF(Z_WHEN_1_##flag if_1_code, else_code, ~)
/** The code in the second pair of parentheses if @p flag is 0, that in the third if not. */
#define COND_CODE_0(flag, if_0_code, else_code)   Z_COND_CODE_0(flag, if_0_code, else_code)
#define Z_COND_CODE_0(flag, if_0_code, else_code)                                                  \
	Z_SECOND_BARE_OF(Z_WHEN_0_##flag if_0_code, else_code, ~)
/** The parenthesised code if @p flag is 1, else nothing. */
#define IF_ENABLED(flag, code)  COND_CODE_1(flag, code, ())
/** The parenthesised code unless @p flag is 1. */
#define IF_DISABLED(flag, code) COND_CODE_1(flag, (), code)

/** 1 if there is no argument, or only one that is empty after expansion. */
#define IS_EMPTY(...)       Z_IS_EMPTY(__VA_ARGS__)
#define Z_IS_EMPTY(...)     UTIL_PRIMITIVE_CAT(Z_IS_EMPTY_, __VA_OPT__(NOT))
#define Z_IS_EMPTY_         1
#define Z_IS_EMPTY_NOT      0

/** 1 if both are the same number from 0 to 512. */
#define IS_EQ(a, b)         Z_IS_EQ(a, b)
#define Z_IS_EQ(a, b)       Z_SECOND_OF(Z_EQ_##a##_##b 1, 0, ~)

/** Logical or of two flags that are 0 or 1. */
#define UTIL_OR(a, b)  COND_CODE_1(a, (1), (b))
/** Logical and of two flags that are 0 or 1. */
#define UTIL_AND(a, b) COND_CODE_1(a, (b), (0))
/** 1 if the flag is 0, else 0. */
#define UTIL_NOT(a)    COND_CODE_0(a, (1), (0))
/** @p x plus one as a token; 0 to 512. */
#define UTIL_INC(x)    UTIL_PRIMITIVE_CAT(Z_INC_, x)
/** @p x less one as a token; 0 to 512, and 0 gives 0. */
#define UTIL_DEC(x)    UTIL_PRIMITIVE_CAT(Z_DEC_, x)
/** Twice @p x as a token; 0 to 512. */
#define UTIL_X2(x)     UTIL_PRIMITIVE_CAT(Z_X2_, x)
/** 1 if @p x is anything but 0, as a token. */
#define UTIL_BOOL(x)   COND_CODE_0(x, (0), (1))

/* Argument lists of up to 64 arguments. */

/** Number of arguments, at least one of them. */
#define NUM_VA_ARGS_LESS_1(...) UTIL_DEC(Z_COUNT(__VA_ARGS__))
/** Number of arguments; 0 for an empty list. */
#define NUM_VA_ARGS(...)        COND_CODE_1(IS_EMPTY(__VA_ARGS__), (0), (Z_COUNT(__VA_ARGS__)))
/** Argument number N, counted from 1. */
#define GET_ARG_N(N, ...)       UTIL_CAT(Z_ARG_, N)(__VA_ARGS__, ~)
/** The arguments after the first N. */
#define GET_ARGS_LESS_N(N, ...) UTIL_CAT(Z_REST_, N)(__VA_ARGS__)
/** The arguments from the last to the first. */
#define REVERSE_ARGS(...)       UTIL_CAT(Z_REVERSE_, NUM_VA_ARGS(__VA_ARGS__))(__VA_ARGS__)
/** The list without its empty arguments. */
#define LIST_DROP_EMPTY(...)                                                                       \
	Z_REST_1_OF(~ Z_EACH(Z_CALL_KEEP, (), ~, ~, __VA_ARGS__))
#define Z_REST_1_OF(...)        Z_REST_1(__VA_ARGS__)

/* Repetition. A separator stands in parentheses: (), (,), (;), (||). */

/** F(0, args) sep F(1, args) sep ... F(LEN - 1, args); LEN is a number from 0 to 512. */
#define LISTIFY(LEN, F, sep, ...) UTIL_CAT(Z_LIST_, LEN)(F, sep, __VA_ARGS__)
/** F(x) for each x. */
#define FOR_EACH(F, sep, ...)     Z_EACH(Z_CALL, sep, F, ~, __VA_ARGS__)
/** F(x) term for each x that is not empty. */
#define FOR_EACH_NONEMPTY_TERM(F, term, ...) Z_EACH(Z_CALL_TERM, (), F, term, __VA_ARGS__)
/** F(index, x) for each x. */
#define FOR_EACH_IDX(F, sep, ...) Z_EACH(Z_CALL_IDX, sep, F, ~, __VA_ARGS__)
/** F(x, fixed_arg) for each x. */
#define FOR_EACH_FIXED_ARG(F, sep, fixed_arg, ...)                                                 \
	Z_EACH(Z_CALL_FIXED, sep, F, fixed_arg, __VA_ARGS__)
/** F(index, x, fixed_arg) for each x. */
#define FOR_EACH_IDX_FIXED_ARG(F, sep, fixed_arg, ...)                                             \
	Z_EACH(Z_CALL_IDX_FIXED, sep, F, fixed_arg, __VA_ARGS__)
/** F(a) and F(b) and ... pasted into one token. */
#define MACRO_MAP_CAT(F, ...)      MACRO_MAP_CAT_N(NUM_VA_ARGS(__VA_ARGS__), F, __VA_ARGS__)
/** The same with the number of arguments given. */
#define MACRO_MAP_CAT_N(N, F, ...) UTIL_CAT(Z_MAP_CAT_, N)(F, __VA_ARGS__)

#define Z_EACH(call, sep, F, fixed, ...)                                                           \
	UTIL_CAT(Z_EACH_, NUM_VA_ARGS(__VA_ARGS__))(call, sep, F, fixed, 0, __VA_ARGS__)
#define Z_CALL(idx, x, F, fixed)           F(x)
#define Z_CALL_IDX(idx, x, F, fixed)       F(idx, x)
#define Z_CALL_FIXED(idx, x, F, fixed)     F(x, fixed)
#define Z_CALL_IDX_FIXED(idx, x, F, fixed) F(idx, x, fixed)
#define Z_CALL_TERM(idx, x, F, term)       COND_CODE_1(IS_EMPTY(x), (), (F(x) Z_UNPAREN term))
#define Z_CALL_KEEP(idx, x, F, fixed)      COND_CODE_1(IS_EMPTY(x), (), (, x))

#include <zephyr/sys/generated/util_tables.h>

#endif /* ZEPHYR_INCLUDE_SYS_UTIL_MACROS_H_ */
