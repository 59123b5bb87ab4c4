// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/data/json.h>.
 * Written by `cargo xtask headers` from src/kernel/json/encode.rs, src/kernel/json/parse.rs.
 */
#ifndef ZEPHYR_DATA_GENERATED_JSON_H_
#define ZEPHYR_DATA_GENERATED_JSON_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_JSON_LIBRARY)
int (json_obj_encode)(const struct json_obj_descr *descr,
		    size_t descr_len,
		    const void *val,
		    json_append_bytes_t append_bytes,
		    void *data);

int (json_arr_encode)(const struct json_obj_descr *descr,
		    const void *val,
		    json_append_bytes_t append_bytes,
		    void *data);

int (json_obj_encode_buf)(const struct json_obj_descr *descr,
			size_t descr_len,
			const void *val,
			char *buffer,
			size_t buf_size);

int (json_arr_encode_buf)(const struct json_obj_descr *descr,
			const void *val,
			char *buffer,
			size_t buf_size);

ssize_t (json_calc_encoded_len)(const struct json_obj_descr *descr,
				size_t descr_len,
				const void *val);

ssize_t (json_calc_encoded_arr_len)(const struct json_obj_descr *descr, const void *val);

size_t (json_calc_escaped_len)(const char *text, size_t len);

ssize_t (json_escape)(char *text, size_t *len, size_t buf_size);

int64_t (json_obj_parse)(char *json,
		       size_t len,
		       const struct json_obj_descr *descr,
		       size_t descr_len,
		       void *val);

int (json_arr_parse)(char *json, size_t len, const struct json_obj_descr *descr, void *val);

int (json_arr_separate_object_parse_init)(struct json_obj *json, char *payload, size_t len);

int (json_arr_separate_parse_object)(struct json_obj *json,
				   const struct json_obj_descr *descr,
				   size_t descr_len,
				   void *val);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_DATA_GENERATED_JSON_H_ */
