/* SPDX-License-Identifier: Apache-2.0 */
/* Structures from JSON and back. */

#include <errno.h>
#include <string.h>

#include <zephyr/data/json.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

struct point {
	int32_t x;
	int64_t y;
};

struct row {
	int32_t cells[3];
	size_t cells_len;
};

struct all {
	const char *text;
	char name[8];
	int32_t number;
	int64_t big;
	uint64_t huge;
	int16_t small;
	uint8_t byte;
	bool yes;
	struct json_obj_token price;
	struct json_obj_token secret;
	struct json_obj_token list;
	struct point at;
	struct point way[2];
	size_t way_len;
	const char *words[3];
	size_t words_len;
	struct row table[2];
	size_t table_len;
};

static const struct json_obj_descr point_descr[] = {
	JSON_OBJ_DESCR_PRIM(struct point, x, JSON_TOK_NUMBER),
	JSON_OBJ_DESCR_PRIM(struct point, y, JSON_TOK_INT64),
};

static const struct json_obj_descr row_descr[] = {
	JSON_OBJ_DESCR_ARRAY(struct row, cells, 3, cells_len, JSON_TOK_NUMBER),
};

static const struct json_obj_descr all_descr[] = {
	JSON_OBJ_DESCR_PRIM(struct all, text, JSON_TOK_STRING),
	JSON_OBJ_DESCR_PRIM(struct all, name, JSON_TOK_STRING_BUF),
	JSON_OBJ_DESCR_PRIM(struct all, number, JSON_TOK_NUMBER),
	JSON_OBJ_DESCR_PRIM(struct all, big, JSON_TOK_INT64),
	JSON_OBJ_DESCR_PRIM(struct all, huge, JSON_TOK_UINT64),
	JSON_OBJ_DESCR_PRIM(struct all, small, JSON_TOK_INT),
	JSON_OBJ_DESCR_PRIM(struct all, byte, JSON_TOK_UINT),
	JSON_OBJ_DESCR_PRIM_NAMED(struct all, "is-so", yes, JSON_TOK_TRUE),
	JSON_OBJ_DESCR_PRIM(struct all, price, JSON_TOK_FLOAT),
	JSON_OBJ_DESCR_PRIM(struct all, secret, JSON_TOK_OPAQUE),
	JSON_OBJ_DESCR_PRIM(struct all, list, JSON_TOK_OBJ_ARRAY),
	JSON_OBJ_DESCR_OBJECT(struct all, at, point_descr),
	JSON_OBJ_DESCR_OBJ_ARRAY(struct all, way, 2, way_len, point_descr, ARRAY_SIZE(point_descr)),
	JSON_OBJ_DESCR_ARRAY(struct all, words, 3, words_len, JSON_TOK_STRING),
	JSON_OBJ_DESCR_ARRAY_ARRAY(struct all, table, 2, table_len, row_descr, ARRAY_SIZE(row_descr)),
};

#define TEXT                                                                                       \
	"{\"text\":\"a b\",\"name\":\"zephyr\",\"number\":-2147483648,"                            \
	"\"big\":-9223372036854775808,\"huge\":18446744073709551615,\"small\":-32768,"             \
	"\"byte\":255,\"is-so\":true,\"price\":-1.25e3,\"secret\":\"x\\ny\",\"list\":[1,{\"a\":[]}]," \
	"\"at\":{\"x\":1,\"y\":2},\"way\":[{\"x\":3,\"y\":4},{\"x\":5,\"y\":6}],"                  \
	"\"words\":[\"one\",\"two\"],\"table\":[[1,2,3],[4]]}"

static int64_t parse(const char *text, struct all *all)
{
	static char copy[512];

	zassert_true(strlen(text) < sizeof(copy));
	strcpy(copy, text);
	memset(all, 0, sizeof(*all));
	return json_obj_parse(copy, strlen(text), all_descr, ARRAY_SIZE(all_descr), all);
}

ZTEST_SUITE(json, NULL, NULL, NULL, NULL, NULL);

ZTEST(json, test_all_kinds_are_read)
{
	struct all all;

	zassert_equal(parse(TEXT, &all), BIT64_MASK(ARRAY_SIZE(all_descr)));
	zassert_str_equal(all.text, "a b");
	zassert_str_equal(all.name, "zephyr");
	zassert_equal(all.number, INT32_MIN);
	zassert_equal(all.big, INT64_MIN);
	zassert_equal(all.huge, UINT64_MAX);
	zassert_equal(all.small, INT16_MIN);
	zassert_equal(all.byte, UINT8_MAX);
	zassert_true(all.yes);
	zassert_equal(all.price.length, 7);
	zassert_mem_equal(all.price.start, "-1.25e3", 7);
	zassert_mem_equal(all.secret.start, "x\\ny", 4, "escapes stay");
	zassert_equal(all.list.length, strlen("[1,{\"a\":[]}]"));
	zassert_equal(all.at.y, 2);
	zassert_equal(all.way_len, 2);
	zassert_equal(all.way[1].x, 5);
	zassert_equal(all.way[1].y, 6);
	zassert_equal(all.words_len, 2);
	zassert_str_equal(all.words[1], "two");
	zassert_equal(all.table_len, 2);
	zassert_equal(all.table[0].cells_len, 3);
	zassert_equal(all.table[0].cells[2], 3);
	zassert_equal(all.table[1].cells_len, 1);
	zassert_equal(all.table[1].cells[0], 4);
}

ZTEST(json, test_written_as_it_was_read)
{
	char buffer[512];
	struct all all;

	zassert_true(parse(TEXT, &all) > 0);
	zassert_ok(json_obj_encode_buf(all_descr, ARRAY_SIZE(all_descr), &all, buffer, sizeof(buffer)));
	zassert_str_equal(buffer, TEXT);
	zassert_equal(json_calc_encoded_len(all_descr, ARRAY_SIZE(all_descr), &all), strlen(TEXT));
	zassert_equal(json_obj_encode_buf(all_descr, ARRAY_SIZE(all_descr), &all, buffer, strlen(TEXT)),
		      -ENOMEM, "no room for the zero");
	zassert_ok(json_obj_encode_buf(all_descr, ARRAY_SIZE(all_descr), &all, buffer, strlen(TEXT) + 1));
	all.way_len = 3;
	zassert_equal(json_calc_encoded_len(all_descr, ARRAY_SIZE(all_descr), &all), -EINVAL);
}

ZTEST(json, test_what_is_not_described_is_skipped)
{
	struct all all;

	zassert_equal(parse("{\"other\":[{\"a\":{}},1],\"number\" : 7 ,\"number\":8}", &all), BIT(2));
	zassert_equal(all.number, 7, "what comes twice counts once");
	zassert_equal(parse("{}", &all), 0);
	zassert_equal(parse(" { } trailing", &all), 0);
}

ZTEST(json, test_refused)
{
	static const char *const wrong[] = {
		"", "[]", "{", "{\"number\"}", "{\"number\":}", "{\"number\":1,}", "{\"number\":1]",
		"{\"number\":\"1\"}", "{\"number\":1.5}", "{\"number\":2147483648}", "{\"number\":null}",
		"{\"small\":32768}", "{\"byte\":256}", "{\"byte\":-1}", "{\"huge\":18446744073709551616}",
		"{\"big\":9223372036854775808}", "{\"text\":1}", "{\"text\":\"open}", "{\"name\":\"12345678\"}",
		"{\"is-so\":1}", "{\"at\":[]}", "{\"words\":{}}", "{\"words\":[\"a\",]}", "{\"table\":[1]}",
		"{'number':1}", "{\"number\":01}", "{\"other\":[}}",
	};
	struct all all;

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		zassert_equal(parse(wrong[i], &all), -EINVAL, "%s", wrong[i]);
	}
	zassert_equal(parse("{\"words\":[\"1\",\"2\",\"3\",\"4\"]}", &all), -ENOSPC);
	zassert_equal(all.words_len, 3);
}

ZTEST(json, test_any_cut_text_is_refused)
{
	char copy[sizeof(TEXT)];
	struct all all;

	for (size_t len = 0; len < sizeof(TEXT) - 1; len++) {
		memcpy(copy, TEXT, sizeof(TEXT));
		zassert_true(json_obj_parse(copy, len, all_descr, ARRAY_SIZE(all_descr), &all) < 0, "%zu", len);
	}
}

struct path {
	struct point points[3];
	size_t len;
};

static const struct json_obj_descr path_descr[] = {
	JSON_OBJ_DESCR_OBJ_ARRAY(struct path, points, 3, len, point_descr, ARRAY_SIZE(point_descr)),
};

ZTEST(json, test_array_alone)
{
	char text[] = "[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4}]";
	char again[sizeof(text)];
	struct path path;

	strcpy(again, text);
	zassert_ok(json_arr_parse(text, strlen(text), path_descr, &path));
	zassert_equal(path.len, 2);
	zassert_equal(path.points[1].x, 3);
	zassert_equal(json_calc_encoded_arr_len(path_descr, &path), sizeof(again) - 1);
	zassert_ok(json_arr_encode_buf(path_descr, &path, text, sizeof(text)));
	zassert_str_equal(text, again);
	strcpy(text, "{}");
	zassert_equal(json_arr_parse(text, 2, path_descr, &path), -EINVAL);
}

ZTEST(json, test_one_by_one)
{
	char text[] = " [ {\"x\":1} , {\"y\":2,\"x\":3} ] ";
	char wrong[] = "[{\"x\":1} {\"x\":2}]";
	struct json_obj array;
	struct point point = {0};

	zassert_ok(json_arr_separate_object_parse_init(&array, text, strlen(text)));
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), BIT(0));
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), BIT(0) | BIT(1));
	zassert_equal(point.x, 3);
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), 0);
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), 0);
	zassert_ok(json_arr_separate_object_parse_init(&array, wrong, strlen(wrong)));
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), BIT(0));
	zassert_equal(json_arr_separate_parse_object(&array, point_descr, 2, &point), -EINVAL);
	zassert_equal(json_arr_separate_object_parse_init(&array, wrong + 1, 3), -EINVAL);
}

ZTEST(json, test_escapes)
{
	char text[32] = "a\"b\\c\nd\x01";
	size_t len = strlen(text);

	zassert_equal(json_calc_escaped_len(text, len), strlen("a\\\"b\\\\c\\nd\\u0001"));
	zassert_equal(json_escape(text, &len, 16), -ENOMEM);
	zassert_ok(json_escape(text, &len, sizeof(text)));
	zassert_str_equal(text, "a\\\"b\\\\c\\nd\\u0001");
	zassert_equal(len, strlen(text));
}

static int count_them(const char *bytes, size_t len, void *data)
{
	size_t *left = data;

	ARG_UNUSED(bytes);
	if (len > *left) {
		return -EPIPE;
	}
	*left -= len;
	return 0;
}

ZTEST(json, test_written_in_pieces)
{
	struct point point = {.x = -5, .y = 10};
	size_t left = strlen("{\"x\":-5,\"y\":10}");

	zassert_ok(json_obj_encode(point_descr, 2, &point, count_them, &left));
	zassert_equal(left, 0);
	left = 4;
	zassert_equal(json_obj_encode(point_descr, 2, &point, count_them, &left), -EPIPE);
}

struct floats {
	float some;
	double other;
	float row[3];
	size_t row_len;
};

static const struct json_obj_descr floats_descr[] = {
	JSON_OBJ_DESCR_PRIM(struct floats, some, JSON_TOK_FLOAT_FP),
	JSON_OBJ_DESCR_PRIM(struct floats, other, JSON_TOK_DOUBLE_FP),
	JSON_OBJ_DESCR_ARRAY(struct floats, row, 3, row_len, JSON_TOK_FLOAT_FP),
};

static int64_t parse_floats(const char *text, struct floats *floats)
{
	static char copy[128];

	zassert_true(strlen(text) < sizeof(copy));
	strcpy(copy, text);
	return json_obj_parse(copy, strlen(text), floats_descr, ARRAY_SIZE(floats_descr), floats);
}

ZTEST(json, test_floats)
{
	const char *text = "{\"some\":1.5,\"other\":-2.25e-10,\"row\":[0.5,3,-0.125]}";
	struct floats floats = {0};
	char buffer[128];

	zassert_equal(parse_floats(text, &floats), 7);
	zassert_equal(floats.some, 1.5f);
	zassert_equal(floats.other, -2.25e-10);
	zassert_equal(floats.row_len, 3);
	zassert_equal(floats.row[1], 3.0f);
	zassert_equal(floats.row[2], -0.125f);
	zassert_ok(json_obj_encode_buf(floats_descr, ARRAY_SIZE(floats_descr), &floats, buffer,
				       sizeof(buffer)));
	zassert_str_equal(buffer, text);
	zassert_equal(json_calc_encoded_len(floats_descr, ARRAY_SIZE(floats_descr), &floats),
		      strlen(text));
}

ZTEST(json, test_floats_without_a_number)
{
	const char *text = "{\"some\":NaN,\"other\":-Infinity,\"row\":[Infinity]}";
	struct floats floats = {0};
	char buffer[128];

	zassert_equal(parse_floats(text, &floats), 7);
	zassert_true(floats.some != floats.some);
	zassert_true(floats.other < -1e308);
	zassert_true(floats.row[0] > 1e38f);
	zassert_ok(json_obj_encode_buf(floats_descr, ARRAY_SIZE(floats_descr), &floats, buffer,
				       sizeof(buffer)));
	zassert_str_equal(buffer, text);
}

ZTEST(json, test_floats_that_are_none)
{
	static const char *const bad[] = {
		"{\"some\":1e40}",  "{\"other\":1e400}", "{\"some\":\"1\"}", "{\"some\":.5}",
		"{\"some\":1.}",    "{\"some\":Inf}",    "{\"some\":nan}",   "{\"some\":-NaN}",
		"{\"some\":-Infinit", "{\"some\":N",       "{\"some\":-I",     "{\"some\":0x1p3}",
	};
	struct floats floats;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		zassert_equal(parse_floats(bad[i], &floats), -EINVAL, "%s", bad[i]);
	}
}
