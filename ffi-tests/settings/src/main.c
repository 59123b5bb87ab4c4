// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/settings/settings.h>
#include <zephyr/ztest.h>

/* ---- two handlers: one of a table, one registered -------------------------------------------- */

static uint32_t alpha_value, beta_value;
static char commits[8];

static void committed(char who)
{
	const size_t length = strlen(commits);

	if (length < sizeof(commits) - 1) {
		commits[length] = who;
	}
}

static int set_value(uint32_t *value, const char *key, size_t len, settings_read_cb read_cb,
		     void *cb_arg)
{
	if (key == NULL || strcmp(key, "value") != 0) {
		return -ENOENT;
	}
	if (len != sizeof(*value)) {
		return -EINVAL;
	}
	return read_cb(cb_arg, value, sizeof(*value)) == sizeof(*value) ? 0 : -EIO;
}

static int alpha_set(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg)
{
	return set_value(&alpha_value, key, len, read_cb, cb_arg);
}

static int alpha_get(const char *key, char *val, int val_len_max)
{
	if (strcmp(key, "value") != 0 || val_len_max < (int)sizeof(alpha_value)) {
		return -ENOENT;
	}
	memcpy(val, &alpha_value, sizeof(alpha_value));
	return sizeof(alpha_value);
}

static int alpha_commit(void)
{
	committed('a');
	return 0;
}

static int alpha_export(int (*export_func)(const char *name, const void *val, size_t val_len))
{
	return export_func("alpha/value", &alpha_value, sizeof(alpha_value));
}

SETTINGS_STATIC_HANDLER_DEFINE_WITH_CPRIO(alpha, "alpha", alpha_get, alpha_set, alpha_commit,
					  alpha_export, 5);

static int beta_set(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg)
{
	return set_value(&beta_value, key, len, read_cb, cb_arg);
}

static int beta_commit(void)
{
	committed('b');
	return 0;
}

static struct settings_handler beta = {
	.name = "alpha/beta", .h_set = beta_set, .h_commit = beta_commit};

/* ---- a store of four values ------------------------------------------------------------------ */

static struct {
	char name[32];
	uint8_t value[16];
	size_t length;
} kept[4];

static ssize_t kept_read(void *cb_arg, void *data, size_t len)
{
	const size_t i = (size_t)cb_arg;
	const size_t part = MIN(len, kept[i].length);

	memcpy(data, kept[i].value, part);
	return (ssize_t)part;
}

static int kept_load(struct settings_store *cs, const struct settings_load_arg *arg)
{
	ARG_UNUSED(cs);
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
		if (kept[i].length > 0) {
			(void)settings_call_set_handler(kept[i].name, kept[i].length, kept_read,
							(void *)i, arg);
		}
	}
	return 0;
}

static int kept_save(struct settings_store *cs, const char *name, const char *value, size_t val_len)
{
	ARG_UNUSED(cs);
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
		if (kept[i].name[0] == '\0' || strcmp(kept[i].name, name) == 0) {
			strncpy(kept[i].name, name, sizeof(kept[i].name) - 1);
			kept[i].length = val_len;
			if (val_len > 0) {
				memcpy(kept[i].value, value, val_len);
			}
			return 0;
		}
	}
	return -ENOSPC;
}

static void *kept_get(struct settings_store *cs)
{
	ARG_UNUSED(cs);
	return kept;
}

static const struct settings_store_itf kept_itf = {
	.csi_load = kept_load, .csi_save = kept_save, .csi_storage_get = kept_get};
static struct settings_store store = {.cs_itf = &kept_itf};

static void *settings_setup(void)
{
	void *storage;

	zassert_ok(settings_subsys_init());
	zassert_equal(settings_save_one("alpha/value", "x", 1), -ENOENT, "no store yet");
	zassert_equal(settings_save(), -ENOENT);
	zassert_equal(settings_storage_get(&storage), -ENOENT);
	settings_src_register(&store);
	settings_dst_register(&store);
	zassert_ok(settings_storage_get(&storage));
	zassert_equal_ptr(storage, kept);
	zassert_ok(settings_register(&beta));
	zassert_equal(settings_register(&beta), -EEXIST);
	return NULL;
}

static void settings_before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(kept, 0, sizeof(kept));
	memset(commits, 0, sizeof(commits));
	alpha_value = 0;
	beta_value = 0;
}

ZTEST_SUITE(settings, NULL, settings_setup, settings_before, NULL, NULL);

ZTEST(settings, test_names)
{
	const char *next;

	zassert_true(settings_name_steq("bt/a/b/c", "bt", &next));
	zassert_str_equal(next, "a/b/c");
	zassert_true(settings_name_steq("bt/a/b/c", "bt/a", &next));
	zassert_str_equal(next, "b/c");
	zassert_true(settings_name_steq("bt", "bt", &next));
	zassert_is_null(next);
	zassert_true(settings_name_steq("bt=value", "bt", &next));
	zassert_is_null(next);
	zassert_false(settings_name_steq("btx/a", "bt", &next));
	zassert_false(settings_name_steq("b", "bt", NULL));
	zassert_false(settings_name_steq(NULL, "bt", NULL));
	zassert_equal(settings_name_next("bt/a", &next), 2);
	zassert_str_equal(next, "a");
	zassert_equal(settings_name_next("a=1", &next), 1);
	zassert_is_null(next);
}

ZTEST(settings, test_save_and_load)
{
	const uint32_t seven = 7;

	alpha_value = 5;
	zassert_ok(settings_save());
	zassert_ok(settings_save_one("alpha/beta/value", &seven, sizeof(seven)));
	alpha_value = 0;
	zassert_ok(settings_load());
	zassert_equal(alpha_value, 5);
	zassert_equal(beta_value, 7, "the longer subtree owns the name");
	zassert_str_equal(commits, "ba", "in the order of their numbers");
}

ZTEST(settings, test_subtree)
{
	const uint32_t seven = 7;

	zassert_ok(settings_save_one("alpha/value", &seven, sizeof(seven)));
	zassert_ok(settings_save_one("alpha/beta/value", &seven, sizeof(seven)));
	zassert_ok(settings_load_subtree("alpha/beta"));
	zassert_equal(alpha_value, 0);
	zassert_equal(beta_value, 7);
	zassert_str_equal(commits, "b");
	zassert_ok(settings_delete("alpha/beta/value"));
	beta_value = 0;
	zassert_ok(settings_load());
	zassert_equal(beta_value, 0);
}

static int direct(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg, void *param)
{
	uint32_t value;

	zassert_str_equal(key, "value");
	zassert_equal(len, sizeof(value));
	zassert_equal(read_cb(cb_arg, &value, sizeof(value)), sizeof(value));
	*(uint32_t *)param = value;
	return 0;
}

ZTEST(settings, test_direct)
{
	const uint32_t seven = 7;
	uint32_t value = 0;

	zassert_ok(settings_save_one("gamma/value", &seven, sizeof(seven)));
	zassert_ok(settings_save_one("other", &seven, sizeof(seven)));
	zassert_ok(settings_load_subtree_direct("gamma", direct, &value));
	zassert_equal(value, 7);
}

ZTEST(settings, test_runtime)
{
	uint32_t value = 9;

	zassert_ok(settings_runtime_set("alpha/value", &value, sizeof(value)));
	zassert_equal(alpha_value, 9);
	value = 0;
	zassert_equal(settings_runtime_get("alpha/value", &value, sizeof(value)), sizeof(value));
	zassert_equal(value, 9);
	zassert_ok(settings_runtime_commit("alpha"));
	zassert_str_equal(commits, "a");
	zassert_equal(settings_runtime_set("alpha/value", &value, 1), -EINVAL);
	zassert_equal(settings_runtime_set("nobody/value", &value, 4), -EINVAL);
	zassert_equal(settings_runtime_get("alpha/beta/value", &value, 4), -ENOTSUP);
	zassert_equal(settings_runtime_get("nobody", &value, 4), -EINVAL);
}
