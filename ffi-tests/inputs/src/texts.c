/* SPDX-License-Identifier: Apache-2.0 */
/* What is read from text: addresses and names, JSON, the names of settings. */

#include "inputs.h"

#include <string.h>

#include <zephyr/data/json.h>
#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>
#include <zephyr/settings/settings.h>
#include <zephyr/ztest.h>

/* ---- addresses and names: what getaddrinfo() and the network configuration are given ----------- */

static void addresses(const char *text, size_t len)
{
	struct sockaddr_storage addr;
	struct room out;
	struct in6_addr six, again;
	struct in_addr four;

	memset(&out, GUARD, sizeof(out));
	(void)net_ipaddr_parse(text, len, (struct sockaddr *)&addr);
	if (zsock_inet_pton(AF_INET6, text, &six) == 1) {
		zassert_not_null(zsock_inet_ntop(AF_INET6, &six, (char *)out.bytes, ROOM));
		zassert_equal(zsock_inet_pton(AF_INET6, (char *)out.bytes, &again), 1, "%s: %s",
			      text, (char *)out.bytes);
		zassert_mem_equal(&six, &again, sizeof(six));
	}
	if (net_addr_pton(AF_INET, text, &four) == 0) {
		zassert_not_null(net_addr_ntop(AF_INET, &four, (char *)out.bytes, ROOM));
		zassert_ok(net_addr_pton(AF_INET, (char *)out.bytes, &six));
		zassert_mem_equal(&four, &six, sizeof(four));
	}
	(void)net_if_get_by_name(text);
	(void)zsock_inet_ntop(AF_INET6, text, (char *)out.bytes, len % 50);
	watch_room(&out);
}

static void texts(struct input *input)
{
	struct zsock_addrinfo hints = {.ai_family = take_byte(input) % 4};
	struct zsock_addrinfo *found = NULL;
	const uint8_t how = take_byte(input);
	struct sockaddr_storage addr;
	socklen_t len = take_byte(input) % (sizeof(addr) + 1);
	char host[300], service[24];
	struct room out;

	hints.ai_flags = take_byte(input);
	hints.ai_socktype = take_byte(input) % 4;
	memset(&addr, 0, sizeof(addr));
	(void)take_bytes(input, &addr, take_byte(input) % sizeof(addr));
	memset(&out, GUARD, sizeof(out));
	(void)zsock_getnameinfo((struct sockaddr *)&addr, len, (char *)out.bytes, how,
				(char *)out.bytes + how, ROOM - how, hints.ai_flags);
	watch_room(&out);
	(void)take_text(input, service, (how & 1) != 0 ? sizeof(service) : 3);
	addresses(host, take_text(input, host, sizeof(host)));
	if (zsock_getaddrinfo(host, (how & 2) != 0 ? service : NULL, (how & 4) != 0 ? &hints : NULL,
			      &found) == 0) {
		zassert_not_null(found);
		zsock_freeaddrinfo(found);
	}
}

static const char *const text_words[] = {
	"127.0.0.1", "255.255.255.255", "0.0.0.0", "192.0.2.", "::", "::1", "fe80::", "ff02::1",
	"2001:db8:", "::ffff:", "[", "]", "]:", ":80", "%lo", "%1", "/64", "/128", "/0", "1.", ":",
	"65535", "65536", "0x", "00", "lo0", "localhost", "a.b", "4294967296", "-1", ".", " ", "",
};

const struct target texts_target = {"texts", texts, text_words, 100000};

/* ---- JSON ------------------------------------------------------------------------------------ */

struct inner {
	bool flag;
	const char *word;
};

struct outer {
	int32_t number;
	const char *text;
	char copy[12];
	bool flag;
	int64_t large;
	uint64_t natural;
	struct json_obj_token digits, opaque, rest;
	struct inner one, several[3];
	size_t several_len;
	int32_t numbers[4];
	size_t numbers_len;
};

static const struct json_obj_descr inner_descr[] = {
	JSON_OBJ_DESCR_PRIM(struct inner, flag, JSON_TOK_TRUE),
	JSON_OBJ_DESCR_PRIM(struct inner, word, JSON_TOK_STRING),
};

static const struct json_obj_descr outer_descr[] = {
	JSON_OBJ_DESCR_PRIM(struct outer, number, JSON_TOK_NUMBER),
	JSON_OBJ_DESCR_PRIM(struct outer, text, JSON_TOK_STRING),
	JSON_OBJ_DESCR_PRIM(struct outer, copy, JSON_TOK_STRING_BUF),
	JSON_OBJ_DESCR_PRIM(struct outer, flag, JSON_TOK_FALSE),
	JSON_OBJ_DESCR_PRIM(struct outer, large, JSON_TOK_INT64),
	JSON_OBJ_DESCR_PRIM(struct outer, natural, JSON_TOK_UINT64),
	JSON_OBJ_DESCR_PRIM(struct outer, digits, JSON_TOK_FLOAT),
	JSON_OBJ_DESCR_PRIM(struct outer, opaque, JSON_TOK_OPAQUE),
	JSON_OBJ_DESCR_PRIM(struct outer, rest, JSON_TOK_ENCODED_OBJ),
	JSON_OBJ_DESCR_OBJECT(struct outer, one, inner_descr),
	JSON_OBJ_DESCR_OBJ_ARRAY(struct outer, several, 3, several_len, inner_descr,
				 ARRAY_SIZE(inner_descr)),
	JSON_OBJ_DESCR_ARRAY(struct outer, numbers, 4, numbers_len, JSON_TOK_NUMBER),
};

static void json(struct input *input)
{
	char text[512], out[1024];
	struct outer read = {.text = "", .one.word = "", .several = {{.word = ""}, {.word = ""},
								   {.word = ""}}};
	const size_t len = take_bytes(input, text, sizeof(text));
	const int64_t found = json_obj_parse(text, len, outer_descr, ARRAY_SIZE(outer_descr), &read);

	zassert_true(found < 1 << ARRAY_SIZE(outer_descr));
	zassert_not_null(memchr(read.copy, 0, sizeof(read.copy)));
	if (found < 0) {
		return;
	}
	zassert_true(read.several_len <= 3 && read.numbers_len <= 4);
	/* What has a token that was not there can't be written. */
	if ((found & BIT_MASK(12)) != BIT_MASK(12)) {
		return;
	}
	const ssize_t size = json_calc_encoded_len(outer_descr, ARRAY_SIZE(outer_descr), &read);

	if (size >= 0 && size < (ssize_t)sizeof(out)) {
		zassert_ok(json_obj_encode_buf(outer_descr, ARRAY_SIZE(outer_descr), &read, out,
					       sizeof(out)));
		zassert_equal(strlen(out), (size_t)size);
	}
}

static const char *const json_words[] = {
	"{", "}", "[", "]", ",", ":", "\"", "\"number\":", "\"text\":", "\"copy\":", "\"flag\":",
	"\"large\":", "\"natural\":", "\"digits\":", "\"opaque\":", "\"rest\":", "\"one\":",
	"\"several\":", "\"numbers\":", "\"word\":", "true", "false", "null", "\\u0041", "\\n",
	"\\", "-", "0", "1e5", "1.5", "9223372036854775808", "-2147483649", "[1,2]",
	"{\"flag\":true,\"word\":\"w\"}", "[{\"flag\":false}]", "\"s\"", "{\"number\":1",
	"{\"number\":1,\"text\":\"t\",\"copy\":\"c\",\"flag\":true,\"large\":-5,\"natural\":6,"
	"\"digits\":1.5,\"opaque\":\"o\",\"rest\":{\"a\":1},\"one\":{\"flag\":true,\"word\":\"w\"},"
	"\"several\":[{\"flag\":true,\"word\":\"x\"}],\"numbers\":[1,2,3]}", "",
};

const struct target json_target = {"json", json, json_words, 200000};

/* ---- settings: names, and a store whose content somebody else wrote ----------------------------- */

static struct input *stored;

static int keep(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg)
{
	struct room room = {0};
	ssize_t got;

	memset(room.guard, GUARD, sizeof(room.guard));
	zassert_true(key == NULL || strlen(key) < 64);
	got = read_cb(cb_arg, room.bytes, MIN(len, ROOM));
	zassert_true(got <= ROOM);
	watch_room(&room);
	return got < 0 ? (int)got : 0;
}

static int tell(const char *key, char *val, int val_len_max)
{
	const int len = MIN(val_len_max, 5);

	ARG_UNUSED(key);
	memset(val, 1, MAX(len, 0));
	return len;
}

SETTINGS_STATIC_HANDLER_DEFINE(short_tree, "a", tell, keep, NULL, NULL);
SETTINGS_STATIC_HANDLER_DEFINE(long_tree, "a/long/tree", tell, keep, NULL, NULL);

static ssize_t read_stored(void *cb_arg, void *data, size_t len)
{
	ARG_UNUSED(cb_arg);
	return (ssize_t)take_bytes(stored, data, len);
}

static int load_stored(struct settings_store *store, const struct settings_load_arg *arg)
{
	char name[64];

	ARG_UNUSED(store);
	while (stored != NULL && stored->left > 0) {
		(void)take_text(stored, name, sizeof(name));
		(void)settings_call_set_handler(name, take_byte(stored), read_stored, NULL, arg);
	}
	return 0;
}

static const struct settings_store_itf store_api = {.csi_load = load_stored};
static struct settings_store store = {.cs_itf = &store_api};

static int each_value(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg,
		      void *param)
{
	ARG_UNUSED(param);
	return keep(key, len, read_cb, cb_arg);
}

static void settings(struct input *input)
{
	static bool registered;
	char name[64], key[64];
	struct room room;
	const char *next;
	const uint8_t how = take_byte(input);

	if (!registered) {
		settings_src_register(&store);
		registered = true;
	}
	(void)take_text(input, name, sizeof(name));
	(void)take_text(input, key, sizeof(key));
	if (settings_name_steq(name, key, &next) != 0) {
		zassert_ok(strncmp(name, key, strlen(key)));
	}
	const int first = settings_name_next(name, &next);

	zassert_true(first >= 0 && first <= (int)strlen(name));
	zassert_true(next == NULL || next == &name[first + 1]);
	(void)fill_room(input, &room);
	(void)settings_runtime_set(name, room.bytes, how);
	(void)settings_runtime_get(key, room.bytes, how);
	(void)settings_runtime_commit(name);
	watch_room(&room);
	(void)settings_save_one(name, room.bytes, how);
	stored = input;
	if ((how & 1) != 0) {
		(void)settings_load_subtree_direct((how & 2) != 0 ? key : NULL, each_value, NULL);
	} else {
		(void)settings_load_subtree((how & 2) != 0 ? key : NULL);
	}
	stored = NULL;
}

static const char *const settings_words[] = {
	"a", "a/", "a/long/tree", "/long", "/tree", "/", "=", "a=", "b/c", "//", "a/long/tree/x", "",
};

const struct target settings_target = {"settings", settings, settings_words, 100000};
