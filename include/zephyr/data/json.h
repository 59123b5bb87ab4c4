// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief JSON (RFC 8259): C structures from text and back.
 *
 * A table of descriptors says which member of a structure has which name, and what it is. Text is read in place:
 * strings stay where they are and get a zero in place of their last quote; escapes within them are not resolved.
 * Names that no descriptor has are skipped, up to 64 levels deep.
 */
#ifndef ZEPHYR_INCLUDE_DATA_JSON_H_
#define ZEPHYR_INCLUDE_DATA_JSON_H_

#include <stddef.h>
#include <sys/types.h>

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a value is in the structure. */
enum json_tokens {
	JSON_TOK_NONE = '_',
	JSON_TOK_OBJECT_START = '{', /**< A structure */
	JSON_TOK_OBJECT_END = '}',
	JSON_TOK_ARRAY_START = '[', /**< An array, with a size_t for its length */
	JSON_TOK_ARRAY_END = ']',
	JSON_TOK_STRING = '"', /**< `const char *` */
	JSON_TOK_STRING_BUF = 's', /**< `char[]` */
	JSON_TOK_COLON = ':',
	JSON_TOK_COMMA = ',',
	JSON_TOK_NUMBER = '0', /**< `int32_t` */
	JSON_TOK_FLOAT = '1', /**< struct json_obj_token with the digits */
	JSON_TOK_OPAQUE = '2', /**< struct json_obj_token with the text of a string */
	JSON_TOK_OBJ_ARRAY = '3', /**< struct json_obj_token with an array's text */
	JSON_TOK_ENCODED_OBJ = '4', /**< struct json_obj_token with an object's text */
	JSON_TOK_INT64 = '5', /**< `int64_t` */
	JSON_TOK_UINT64 = '6', /**< `uint64_t` */
	JSON_TOK_FLOAT_FP = '7', /**< `float`, with CONFIG_JSON_LIBRARY_FP_SUPPORT */
	JSON_TOK_DOUBLE_FP = '8', /**< `double`, the same */
	JSON_TOK_INT = 'i', /**< A signed integer of any size */
	JSON_TOK_UINT = 'u', /**< An unsigned integer of any size */
	JSON_TOK_TRUE = 't', /**< `bool` */
	JSON_TOK_FALSE = 'f', /**< The same */
	JSON_TOK_NULL = 'n',
	JSON_TOK_ERROR = '!',
	JSON_TOK_EOF = '\0',
};

/** A piece of text and what it is. */
struct json_token {
	enum json_tokens type;
	char *start;
	char *end;
};

/** Where a reader is. */
struct json_lexer {
	void *(*state)(struct json_lexer *lex);
	char *start;
	char *pos;
	char *end;
	struct json_token tok;
};

/** An array whose objects are read one by one. */
struct json_obj {
	struct json_lexer lex;
};

/** A piece of text. */
struct json_obj_token {
	char *start;
	size_t length;
};

/** A member of a structure; made by the macros below. */
struct json_obj_descr {
	const char *field_name;
	uint32_t align_shift: 2; /**< Power of two of the structure's alignment */
	uint32_t field_name_len: 7;
	uint32_t type: 7; /**< enum json_tokens */
	uint32_t offset: 16;
	union {
		struct {
			const struct json_obj_descr *sub_descr;
			size_t sub_descr_len;
		} object;
		struct {
			const struct json_obj_descr *element_descr;
			size_t n_elements;
		} array;
		struct {
			size_t size;
		} field;
	};
};

/** Takes a piece of text that is being written; a negative number ends it. */
typedef int (*json_append_bytes_t)(const char *bytes, size_t len, void *data);

#define Z_ALIGN_SHIFT(type)                                                                        \
	(__alignof__(type) == 1 ? 0 : __alignof__(type) == 2 ? 1 : __alignof__(type) == 4 ? 2 : 3)

/* What all descriptors begin with; @p name is a string. */
#define Z_JSON_DESCR(struct_, name, field, kind)                                                   \
	.field_name = (name), .align_shift = Z_ALIGN_SHIFT(struct_),                               \
	.field_name_len = sizeof(name) - 1, .type = (kind), .offset = offsetof(struct_, field)

/* The descriptor of an array's elements: its place is that of their number. */
#define Z_JSON_ELEMENTS(struct_, len_field, kind, ...)                                             \
	(const struct json_obj_descr[])                                                            \
	{                                                                                          \
		{                                                                                  \
			.align_shift = Z_ALIGN_SHIFT(struct_), .type = (kind),                     \
			.offset = offsetof(struct_, len_field), __VA_ARGS__                        \
		}                                                                                  \
	}

/**
 * A member that is neither object nor array.
 *
 * @param struct_ type of the structure
 * @param json_field_name_ name in JSON, a string
 * @param struct_field_name_ the member
 * @param type_ one of enum json_tokens
 */
#define JSON_OBJ_DESCR_PRIM_NAMED(struct_, json_field_name_, struct_field_name_, type_)            \
	{                                                                                          \
		Z_JSON_DESCR(struct_, json_field_name_, struct_field_name_, type_),                \
		.field = {.size = sizeof(((struct_ *)0)->struct_field_name_)},                     \
	}
/** The same, of the same name in both. */
#define JSON_OBJ_DESCR_PRIM(struct_, field_name_, type_)                                           \
	JSON_OBJ_DESCR_PRIM_NAMED(struct_, #field_name_, field_name_, type_)

/** A structure within the structure, by the table @p sub_descr_. */
#define JSON_OBJ_DESCR_OBJECT_NAMED(struct_, json_field_name_, struct_field_name_, sub_descr_)     \
	{                                                                                          \
		Z_JSON_DESCR(struct_, json_field_name_, struct_field_name_, JSON_TOK_OBJECT_START), \
		.object = {.sub_descr = sub_descr_, .sub_descr_len = ARRAY_SIZE(sub_descr_)},      \
	}
/** The same, of the same name in both. */
#define JSON_OBJ_DESCR_OBJECT(struct_, field_name_, sub_descr_)                                    \
	JSON_OBJ_DESCR_OBJECT_NAMED(struct_, #field_name_, field_name_, sub_descr_)

/** An array of at most @p max_len_ values, whose number is in the size_t @p len_field_. */
#define JSON_OBJ_DESCR_ARRAY_NAMED(struct_, json_field_name_, struct_field_name_, max_len_,        \
				   len_field_, elem_type_)                                         \
	{                                                                                          \
		Z_JSON_DESCR(struct_, json_field_name_, struct_field_name_, JSON_TOK_ARRAY_START), \
		.array = {                                                                         \
			.element_descr = Z_JSON_ELEMENTS(                                          \
				struct_, len_field_, elem_type_,                                   \
				.field = {.size = sizeof(((struct_ *)0)->struct_field_name_[0])}), \
			.n_elements = (max_len_),                                                  \
		},                                                                                 \
	}
/** The same, of the same name in both. */
#define JSON_OBJ_DESCR_ARRAY(struct_, field_name_, max_len_, len_field_, elem_type_)               \
	JSON_OBJ_DESCR_ARRAY_NAMED(struct_, #field_name_, field_name_, max_len_, len_field_,       \
				   elem_type_)

/** An array of structures, each by a table of @p elem_descr_len_ descriptors. */
#define JSON_OBJ_DESCR_OBJ_ARRAY_NAMED(struct_, json_field_name_, struct_field_name_, max_len_,    \
				       len_field_, elem_descr_, elem_descr_len_)                   \
	{                                                                                          \
		Z_JSON_DESCR(struct_, json_field_name_, struct_field_name_, JSON_TOK_ARRAY_START), \
		.array = {                                                                         \
			.element_descr = Z_JSON_ELEMENTS(                                          \
				struct_, len_field_, JSON_TOK_OBJECT_START,                        \
				.object = {.sub_descr = elem_descr_,                               \
					   .sub_descr_len = elem_descr_len_}),                     \
			.n_elements = (max_len_),                                                  \
		},                                                                                 \
	}
/** The same, of the same name in both. */
#define JSON_OBJ_DESCR_OBJ_ARRAY(struct_, field_name_, max_len_, len_field_, elem_descr_,          \
				 elem_descr_len_)                                                  \
	JSON_OBJ_DESCR_OBJ_ARRAY_NAMED(struct_, #field_name_, field_name_, max_len_, len_field_,   \
				       elem_descr_, elem_descr_len_)

/** An array of arrays: of structures with one array each, which the one descriptor of @p elem_descr_ tells of. */
#define Z_JSON_ARRAY_ARRAY(struct_, name, field, max_len_, len_field_, elem_descr_, elem_descr_len_) \
	{                                                                                          \
		Z_JSON_DESCR(struct_, name, field, JSON_TOK_ARRAY_START),                          \
		.array = {                                                                         \
			.element_descr = Z_JSON_ELEMENTS(                                          \
				struct_, len_field_, JSON_TOK_ARRAY_START,                         \
				.array = {.element_descr = elem_descr_,                            \
					  .n_elements = 1 + ZERO_OR_COMPILE_ERROR(                 \
							    (elem_descr_len_) == 1)}),             \
			.n_elements = (max_len_),                                                  \
		},                                                                                 \
	}
/** See there; here the name in JSON is not a string either. */
#define JSON_OBJ_DESCR_ARRAY_ARRAY_NAMED(struct_, json_field_name_, struct_field_name_, max_len_,  \
					 len_field_, elem_descr_, elem_descr_len_)                 \
	Z_JSON_ARRAY_ARRAY(struct_, #json_field_name_, struct_field_name_, max_len_, len_field_,   \
			   elem_descr_, elem_descr_len_)
/** The same, of the same name in both. */
#define JSON_OBJ_DESCR_ARRAY_ARRAY(struct_, field_name_, max_len_, len_field_, elem_descr_,        \
				   elem_descr_len_)                                                \
	Z_JSON_ARRAY_ARRAY(struct_, #field_name_, field_name_, max_len_, len_field_, elem_descr_,  \
			   elem_descr_len_)

/**
 * Reads an object.
 *
 * @param json the text, which is changed
 * @param descr at most 62 descriptors
 * @param val the structure; members that are not in the text keep their values
 *
 * @return a bit for each descriptor whose member was there; -EINVAL for what is no JSON, or a value of another
 * kind, or a number out of range; -ENOSPC for an array with more elements than there is room for
 */
int64_t json_obj_parse(char *json, size_t len, const struct json_obj_descr *descr,
		       size_t descr_len, void *val);
/** Reads an array into the member of @p val that @p descr describes. 0, or as json_obj_parse(). */
int json_arr_parse(char *json, size_t len, const struct json_obj_descr *descr, void *val);
/** Begins an array whose objects are read one by one. 0 or -EINVAL. */
int json_arr_separate_object_parse_init(struct json_obj *json, char *payload, size_t len);
/** Reads its next object by at most 30 descriptors: bits as of json_obj_parse(), 0 behind the last. */
int json_arr_separate_parse_object(struct json_obj *json, const struct json_obj_descr *descr,
				   size_t descr_len, void *val);

/** Puts escapes into @p *len bytes of text in place. 0, or -ENOMEM when @p buf_size bytes do not do. */
ssize_t json_escape(char *str, size_t *len, size_t buf_size);
/** Length of @p len bytes with escapes. */
size_t json_calc_escaped_len(const char *str, size_t len);
/** Length of an object's text without the final zero, or a negative errno. */
ssize_t json_calc_encoded_len(const struct json_obj_descr *descr, size_t descr_len,
			      const void *val);
/** The same of an array. */
ssize_t json_calc_encoded_arr_len(const struct json_obj_descr *descr, const void *val);
/** Writes an object, and a zero: 0, -ENOMEM when it does not fit, -EINVAL for an array that is too long. */
int json_obj_encode_buf(const struct json_obj_descr *descr, size_t descr_len, const void *val,
			char *buffer, size_t buf_size);
/** The same with an array. */
int json_arr_encode_buf(const struct json_obj_descr *descr, const void *val, char *buffer,
			size_t buf_size);
/** Writes an object piece by piece through @p append_bytes, whose negative number it returns. */
int json_obj_encode(const struct json_obj_descr *descr, size_t descr_len, const void *val,
		    json_append_bytes_t append_bytes, void *data);
/** The same with an array. */
int json_arr_encode(const struct json_obj_descr *descr, const void *val,
		    json_append_bytes_t append_bytes, void *data);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_DATA_JSON_H_ */
