// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Stand-ins of functions that remember their calls, by the names of the Fake Function Framework.
 *
 * FAKE_VALUE_FUNC(int, read_it, void *, size_t) defines `int read_it(void *arg0, size_t arg1)` and,
 * beside it, `read_it_fake`: how often it was called, with what, and what it is to return. The
 * program needs DEFINE_FFF_GLOBALS in one file. A parameter's type must be a name that a
 * declaration can follow: a typedef for arrays and for pointers to functions.
 */
#ifndef ZEPHYR_INCLUDE_FFF_H_
#define ZEPHYR_INCLUDE_FFF_H_

#include <stdarg.h>
#include <string.h>

#include <zephyr/sys/util.h>

/** Calls of one function whose arguments are remembered. */
#ifndef FFF_ARG_HISTORY_LEN
#define FFF_ARG_HISTORY_LEN 50
#endif
/** Calls of all functions that are remembered. */
#ifndef FFF_CALL_HISTORY_LEN
#define FFF_CALL_HISTORY_LEN 50
#endif

#ifndef FFF_GCC_FUNCTION_ATTRIBUTES
#define FFF_GCC_FUNCTION_ATTRIBUTES
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*fff_function_t)(void);

typedef struct {
	/** The functions called, in order. */
	fff_function_t call_history[FFF_CALL_HISTORY_LEN];
	unsigned int call_history_idx;
} fff_globals_t;

extern fff_globals_t fff;

#ifdef __cplusplus
}
#endif

#define DEFINE_FFF_GLOBALS fff_globals_t fff;

#define FFF_RESET_HISTORY()                                                                        \
	do {                                                                                       \
		fff.call_history_idx = 0;                                                          \
		memset(fff.call_history, 0, sizeof(fff.call_history));                             \
	} while (0)

/** Forgets the calls of a function and what it was told. */
#define RESET_FAKE(name) name##_reset()

/** Values to return one after the other; the last one from then on. */
#define SET_RETURN_SEQ(name, values, count)                                                        \
	do {                                                                                       \
		name##_fake.return_val_seq = (values);                                             \
		name##_fake.return_val_seq_len = (count);                                          \
	} while (0)

/** Functions to call one after the other; the last one from then on. */
#define SET_CUSTOM_FAKE_SEQ(name, functions, count)                                                \
	do {                                                                                       \
		name##_fake.custom_fake_seq = (functions);                                         \
		name##_fake.custom_fake_seq_len = (count);                                         \
	} while (0)

/* ---- parts ------------------------------------------------------------------------------- */

#define Z_FFF_PARAM(idx, type)  type arg##idx
#define Z_FFF_ARG(idx, type)    arg##idx
#define Z_FFF_MEMBER(idx, type) type arg##idx##_val; type arg##idx##_history[FFF_ARG_HISTORY_LEN]
/* By memcpy(), since the type may be const. */
#define Z_FFF_SAVE(idx, fake)                                                                      \
	memcpy((void *)&fake->arg##idx##_val, (const void *)&arg##idx, sizeof(arg##idx));          \
	if (fake->call_count < FFF_ARG_HISTORY_LEN) {                                              \
		memcpy((void *)&fake->arg##idx##_history[fake->call_count],                        \
		       (const void *)&arg##idx, sizeof(arg##idx));                                 \
	}
#define Z_FFF_SAVE_ONE(idx, type) Z_FFF_SAVE(idx, fake)

#define Z_FFF_IF_ANY(then, ...) COND_CODE_1(IS_EMPTY(__VA_ARGS__), (), then)
#define Z_FFF_PARAMS(...)                                                                          \
	COND_CODE_1(IS_EMPTY(__VA_ARGS__), (void), (FOR_EACH_IDX(Z_FFF_PARAM, (,), __VA_ARGS__)))
#define Z_FFF_ARGS(...) Z_FFF_IF_ANY((FOR_EACH_IDX(Z_FFF_ARG, (,), __VA_ARGS__)), __VA_ARGS__)

/* Members and statements that only a function with a value has. */
#define Z_FFF_VALUE_MEMBERS(type)                                                                  \
	type return_val;                                                                           \
	type return_val_history[FFF_ARG_HISTORY_LEN];                                              \
	type *return_val_seq;                                                                      \
	int return_val_seq_len;                                                                    \
	int return_val_seq_idx;

#define Z_FFF_STRUCT(name, pointer, value_members, ...)                                            \
	struct name##_Fake {                                                                       \
		Z_FFF_IF_ANY((FOR_EACH_IDX(Z_FFF_MEMBER, (;), __VA_ARGS__);), __VA_ARGS__)         \
		unsigned int call_count;                                                           \
		unsigned int arg_history_len;                                                      \
		unsigned int arg_histories_dropped;                                                \
		value_members                                                                      \
		int custom_fake_seq_len;                                                           \
		int custom_fake_seq_idx;                                                           \
		pointer;                                                                           \
	};                                                                                         \
	extern struct name##_Fake name##_fake;                                                     \
	void name##_reset(void);

#define Z_FFF_RESET(name)                                                                          \
	struct name##_Fake name##_fake;                                                            \
	void name##_reset(void)                                                                    \
	{                                                                                          \
		memset((void *)&name##_fake, 0, sizeof(name##_fake));                              \
		name##_fake.arg_history_len = FFF_ARG_HISTORY_LEN;                                 \
	}

/* Remembers a call; the index of it is `call_`. */
#define Z_FFF_REMEMBER(name, ...)                                                                  \
	struct name##_Fake *const fake = &name##_fake;                                             \
	const unsigned int call_ = fake->call_count;                                               \
                                                                                                   \
	Z_FFF_IF_ANY((FOR_EACH_IDX(Z_FFF_SAVE_ONE, (), __VA_ARGS__)), __VA_ARGS__)                 \
	fake->arg_history_len = FFF_ARG_HISTORY_LEN;                                               \
	if (call_ >= FFF_ARG_HISTORY_LEN) {                                                        \
		fake->arg_histories_dropped++;                                                     \
	}                                                                                          \
	fake->call_count++;                                                                        \
	if (fff.call_history_idx < FFF_CALL_HISTORY_LEN) {                                         \
		fff.call_history[fff.call_history_idx++] = (fff_function_t)name;                   \
	}

/* The function to call in place of the fake, or NULL. */
#define Z_FFF_CHOOSE(fake)                                                                         \
	((fake)->custom_fake_seq_len > 0                                                           \
		 ? (fake)->custom_fake_seq[(fake)->custom_fake_seq_idx <                           \
							   (fake)->custom_fake_seq_len             \
						   ? (fake)->custom_fake_seq_idx++                 \
						   : (fake)->custom_fake_seq_len - 1]              \
		 : (fake)->custom_fake)

#define Z_FFF_RETURN(fake, type, value)                                                            \
	do {                                                                                       \
		type result_ = (value);                                                            \
                                                                                                   \
		if (call_ < FFF_ARG_HISTORY_LEN) {                                                 \
			memcpy((void *)&(fake)->return_val_history[call_], (const void *)&result_, \
			       sizeof(result_));                                                   \
		}                                                                                  \
		return result_;                                                                    \
	} while (0)

/* What a fake without a function of its own returns. */
#define Z_FFF_RESULT(fake)                                                                         \
	((fake)->return_val_seq_len > 0                                                            \
		 ? (fake)->return_val_seq[(fake)->return_val_seq_idx < (fake)->return_val_seq_len  \
						  ? (fake)->return_val_seq_idx++                   \
						  : (fake)->return_val_seq_len - 1]                \
		 : (fake)->return_val)

#define Z_FFF_POINTERS(ret, ...) ret (*custom_fake)(__VA_ARGS__); ret (**custom_fake_seq)(__VA_ARGS__)

/* ---- functions without a value ------------------------------------------------------------ */

#define DECLARE_FAKE_VOID_FUNC(name, ...)                                                          \
	Z_FFF_STRUCT(name, Z_FFF_POINTERS(void, Z_FFF_PARAMS(__VA_ARGS__)), , ##__VA_ARGS__)       \
	void name(Z_FFF_PARAMS(__VA_ARGS__));

#define DEFINE_FAKE_VOID_FUNC(name, ...)                                                           \
	Z_FFF_RESET(name)                                                                          \
	FFF_GCC_FUNCTION_ATTRIBUTES void name(Z_FFF_PARAMS(__VA_ARGS__))                           \
	{                                                                                          \
		Z_FFF_REMEMBER(name, ##__VA_ARGS__)                                                \
		void (*const custom_)(Z_FFF_PARAMS(__VA_ARGS__)) = Z_FFF_CHOOSE(fake);             \
                                                                                                   \
		if (custom_ != NULL) {                                                             \
			custom_(Z_FFF_ARGS(__VA_ARGS__));                                          \
		}                                                                                  \
	}

#define FAKE_VOID_FUNC(name, ...)                                                                  \
	DECLARE_FAKE_VOID_FUNC(name, ##__VA_ARGS__)                                                \
	DEFINE_FAKE_VOID_FUNC(name, ##__VA_ARGS__)

/* ---- functions with a value --------------------------------------------------------------- */

#define DECLARE_FAKE_VALUE_FUNC(ret, name, ...)                                                    \
	Z_FFF_STRUCT(name, Z_FFF_POINTERS(ret, Z_FFF_PARAMS(__VA_ARGS__)),                         \
		     Z_FFF_VALUE_MEMBERS(ret), ##__VA_ARGS__)                                      \
	ret name(Z_FFF_PARAMS(__VA_ARGS__));

#define DEFINE_FAKE_VALUE_FUNC(ret, name, ...)                                                     \
	Z_FFF_RESET(name)                                                                          \
	FFF_GCC_FUNCTION_ATTRIBUTES ret name(Z_FFF_PARAMS(__VA_ARGS__))                            \
	{                                                                                          \
		Z_FFF_REMEMBER(name, ##__VA_ARGS__)                                                \
		ret (*const custom_)(Z_FFF_PARAMS(__VA_ARGS__)) = Z_FFF_CHOOSE(fake);              \
                                                                                                   \
		if (custom_ != NULL) {                                                             \
			Z_FFF_RETURN(fake, ret, custom_(Z_FFF_ARGS(__VA_ARGS__)));                 \
		}                                                                                  \
		Z_FFF_RETURN(fake, ret, Z_FFF_RESULT(fake));                                       \
	}

#define FAKE_VALUE_FUNC(ret, name, ...)                                                            \
	DECLARE_FAKE_VALUE_FUNC(ret, name, ##__VA_ARGS__)                                          \
	DEFINE_FAKE_VALUE_FUNC(ret, name, ##__VA_ARGS__)

/* ---- functions of a variable number of arguments: the list of types ends with ... ---------- */

/* All arguments but the last. */
#define Z_FFF_FIXED(...) REVERSE_ARGS(GET_ARGS_LESS_N(1, REVERSE_ARGS(__VA_ARGS__)))

#define FAKE_VOID_FUNC_VARARG(name, ...)  Z_FFF_VOID_VARARG(name, Z_FFF_FIXED(__VA_ARGS__))
#define Z_FFF_VOID_VARARG(name, ...)                                                               \
	Z_FFF_STRUCT(name, Z_FFF_POINTERS(void, Z_FFF_PARAMS(__VA_ARGS__), va_list), ,             \
		     __VA_ARGS__)                                                                  \
	void name(Z_FFF_PARAMS(__VA_ARGS__), ...);                                                 \
	Z_FFF_RESET(name)                                                                          \
	FFF_GCC_FUNCTION_ATTRIBUTES void name(Z_FFF_PARAMS(__VA_ARGS__), ...)                      \
	{                                                                                          \
		Z_FFF_REMEMBER(name, __VA_ARGS__)                                                  \
		void (*const custom_)(Z_FFF_PARAMS(__VA_ARGS__), va_list) = Z_FFF_CHOOSE(fake);    \
                                                                                                   \
		if (custom_ != NULL) {                                                             \
			va_list ap_;                                                               \
                                                                                                   \
			va_start(ap_, UTIL_CAT(arg, NUM_VA_ARGS_LESS_1(__VA_ARGS__)));             \
			custom_(Z_FFF_ARGS(__VA_ARGS__), ap_);                                     \
			va_end(ap_);                                                               \
		}                                                                                  \
	}

#define FAKE_VALUE_FUNC_VARARG(ret, name, ...)                                                     \
	Z_FFF_VALUE_VARARG(ret, name, Z_FFF_FIXED(__VA_ARGS__))
#define Z_FFF_VALUE_VARARG(ret, name, ...)                                                         \
	Z_FFF_STRUCT(name, Z_FFF_POINTERS(ret, Z_FFF_PARAMS(__VA_ARGS__), va_list),                \
		     Z_FFF_VALUE_MEMBERS(ret), __VA_ARGS__)                                        \
	ret name(Z_FFF_PARAMS(__VA_ARGS__), ...);                                                  \
	Z_FFF_RESET(name)                                                                          \
	FFF_GCC_FUNCTION_ATTRIBUTES ret name(Z_FFF_PARAMS(__VA_ARGS__), ...)                       \
	{                                                                                          \
		Z_FFF_REMEMBER(name, __VA_ARGS__)                                                  \
		ret (*const custom_)(Z_FFF_PARAMS(__VA_ARGS__), va_list) = Z_FFF_CHOOSE(fake);     \
                                                                                                   \
		if (custom_ != NULL) {                                                             \
			va_list ap_;                                                               \
                                                                                                   \
			va_start(ap_, UTIL_CAT(arg, NUM_VA_ARGS_LESS_1(__VA_ARGS__)));             \
			ret value_ = custom_(Z_FFF_ARGS(__VA_ARGS__), ap_);                        \
			va_end(ap_);                                                               \
			Z_FFF_RETURN(fake, ret, value_);                                           \
		}                                                                                  \
		Z_FFF_RETURN(fake, ret, Z_FFF_RESULT(fake));                                       \
	}

#endif /* ZEPHYR_INCLUDE_FFF_H_ */
