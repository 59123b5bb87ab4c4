// SPDX-License-Identifier: Apache-2.0
/*
 * Values by name: handlers, stores and what goes between them.
 */
#if defined(CONFIG_SETTINGS)

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/settings/settings.h>

static K_MUTEX_DEFINE(lock);
static sys_slist_t handlers = SYS_SLIST_STATIC_INIT(&handlers);
static sys_slist_t sources = SYS_SLIST_STATIC_INIT(&sources);
static struct settings_store *destination;

/* ---- names ----------------------------------------------------------------------------------- */

static bool ends(char c)
{
	return c == '\0' || c == SETTINGS_NAME_END;
}

int settings_name_steq(const char *name, const char *key, const char **next)
{
	if (next != NULL) {
		*next = NULL;
	}
	if (name == NULL || key == NULL) {
		return 0;
	}
	while (*key != '\0' && *key == *name) {
		key++;
		name++;
	}
	if (*key != '\0' || !(ends(*name) || *name == SETTINGS_NAME_SEPARATOR)) {
		return 0;
	}
	if (*name == SETTINGS_NAME_SEPARATOR && next != NULL) {
		*next = name + 1;
	}
	return 1;
}

int settings_name_next(const char *name, const char **next)
{
	int length = 0;

	if (next != NULL) {
		*next = NULL;
	}
	if (name == NULL) {
		return 0;
	}
	while (!ends(name[length]) && name[length] != SETTINGS_NAME_SEPARATOR) {
		length++;
	}
	if (name[length] == SETTINGS_NAME_SEPARATOR && next != NULL) {
		*next = &name[length + 1];
	}
	return length;
}

/* ---- handlers -------------------------------------------------------------------------------- */

/* A copy, so that both kinds of handler are one. */
static void take(struct settings_handler *out, const struct settings_handler_static *handler)
{
	out->name = handler->name;
	out->h_get = handler->h_get;
	out->h_set = handler->h_set;
	out->h_commit = handler->h_commit;
	out->h_export = handler->h_export;
	out->cprio = handler->cprio;
}

/* The handler of that number in the order of tables, false behind the last. */
static bool handler_at(size_t index, struct settings_handler *out)
{
	struct settings_handler *handler;

	STRUCT_SECTION_FOREACH(settings_handler_static, fixed) {
		if (index-- == 0) {
			take(out, fixed);
			return true;
		}
	}
	SYS_SLIST_FOR_EACH_CONTAINER(&handlers, handler, node) {
		if (index-- == 0) {
			*out = *handler;
			return true;
		}
	}
	return false;
}

/* The handler with the longest subtree that the name is in; the name below it goes to `key`. */
static bool handler_of(const char *name, struct settings_handler *out, const char **key)
{
	struct settings_handler one;
	size_t longest = 0;
	bool found = false;
	const char *next;

	*key = NULL;
	for (size_t i = 0; handler_at(i, &one); i++) {
		if (settings_name_steq(name, one.name, &next) && strlen(one.name) >= longest) {
			longest = strlen(one.name);
			*out = one;
			*key = next;
			found = true;
		}
	}
	return found;
}

int settings_register_with_cprio(struct settings_handler *cf, int cprio)
{
	struct settings_handler one;
	int status = 0;

	k_mutex_lock(&lock, K_FOREVER);
	for (size_t i = 0; handler_at(i, &one); i++) {
		if (strcmp(one.name, cf->name) == 0) {
			status = -EEXIST;
		}
	}
	if (status == 0) {
		cf->cprio = cprio;
		sys_slist_append(&handlers, &cf->node);
	}
	k_mutex_unlock(&lock);
	return status;
}

int settings_register(struct settings_handler *cf)
{
	return settings_register_with_cprio(cf, 0);
}

int settings_subsys_init(void)
{
	return 0;
}

/* ---- loading --------------------------------------------------------------------------------- */

int settings_call_set_handler(const char *name, size_t len, settings_read_cb read_cb,
			      void *read_cb_arg, const struct settings_load_arg *load_arg)
{
	struct settings_handler handler;
	const char *key = name;

	if (load_arg != NULL && load_arg->subtree != NULL &&
	    !settings_name_steq(name, load_arg->subtree, &key)) {
		return 0;
	}
	if (load_arg != NULL && load_arg->cb != NULL) {
		return load_arg->cb(key, len, read_cb, read_cb_arg, load_arg->param);
	}
	if (!handler_of(name, &handler, &key) || handler.h_set == NULL) {
		return 0;
	}
	/* One value that a handler does not like keeps no other from being loaded. */
	(void)handler.h_set(key, len, read_cb, read_cb_arg);
	return 0;
}

static void load(const struct settings_load_arg *arg)
{
	struct settings_store *store;

	SYS_SLIST_FOR_EACH_CONTAINER(&sources, store, cs_next) {
		(void)store->cs_itf->csi_load(store, arg);
	}
}

int settings_commit_subtree(const char *subtree)
{
	struct settings_handler one;
	int status = 0;
	int prio = INT_MIN;
	bool more = true;

	/* In the order of their numbers, each number a pass. */
	while (more) {
		int next = INT_MAX;

		more = false;
		for (size_t i = 0; handler_at(i, &one); i++) {
			if (one.cprio == prio && one.h_commit != NULL &&
			    (subtree == NULL || settings_name_steq(one.name, subtree, NULL))) {
				const int result = one.h_commit();

				status = status == 0 ? result : status;
			}
			if (one.cprio > prio && (!more || one.cprio < next)) {
				next = one.cprio;
				more = true;
			}
		}
		prio = next;
	}
	return status;
}

int settings_commit(void)
{
	return settings_commit_subtree(NULL);
}

int settings_load_subtree(const char *subtree)
{
	const struct settings_load_arg arg = {.subtree = subtree};

	k_mutex_lock(&lock, K_FOREVER);
	load(&arg);

	const int status = settings_commit_subtree(subtree);

	k_mutex_unlock(&lock);
	return status;
}

int settings_load(void)
{
	return settings_load_subtree(NULL);
}

int settings_load_subtree_direct(const char *subtree, settings_load_direct_cb cb, void *param)
{
	const struct settings_load_arg arg = {.subtree = subtree, .cb = cb, .param = param};

	k_mutex_lock(&lock, K_FOREVER);
	load(&arg);
	k_mutex_unlock(&lock);
	return 0;
}

/* ---- saving ---------------------------------------------------------------------------------- */

int settings_save_one(const char *name, const void *value, size_t val_len)
{
	int status = -ENOENT;

	k_mutex_lock(&lock, K_FOREVER);
	if (destination != NULL) {
		status = destination->cs_itf->csi_save(destination, name, value, val_len);
	}
	k_mutex_unlock(&lock);
	return status;
}

int settings_delete(const char *name)
{
	return settings_save_one(name, NULL, 0);
}

int settings_save_subtree(const char *subtree)
{
	struct settings_handler one;
	int status = 0;

	k_mutex_lock(&lock, K_FOREVER);
	if (destination == NULL) {
		status = -ENOENT;
	} else {
		const struct settings_store_itf *const store = destination->cs_itf;

		if (store->csi_save_start != NULL) {
			(void)store->csi_save_start(destination);
		}
		for (size_t i = 0; handler_at(i, &one); i++) {
			if (one.h_export != NULL &&
			    (subtree == NULL || settings_name_steq(one.name, subtree, NULL))) {
				const int result = one.h_export(settings_save_one);

				status = status == 0 ? result : status;
			}
		}
		if (store->csi_save_end != NULL) {
			(void)store->csi_save_end(destination);
		}
	}
	k_mutex_unlock(&lock);
	return status;
}

int settings_save(void)
{
	return settings_save_subtree(NULL);
}

/* ---- stores ---------------------------------------------------------------------------------- */

void settings_src_register(struct settings_store *cs)
{
	sys_slist_append(&sources, &cs->cs_next);
}

void settings_dst_register(struct settings_store *cs)
{
	destination = cs;
}

int settings_storage_get(void **storage)
{
	if (destination == NULL) {
		return -ENOENT;
	}
	if (destination->cs_itf->csi_storage_get == NULL) {
		return -ENOTSUP;
	}
	*storage = destination->cs_itf->csi_storage_get(destination);
	return 0;
}

/* ---- at run time ----------------------------------------------------------------------------- */

#if defined(CONFIG_SETTINGS_RUNTIME)

struct bytes {
	const void *data;
	size_t length;
};

static ssize_t read_bytes(void *cb_arg, void *data, size_t len)
{
	const struct bytes *const bytes = cb_arg;
	const size_t part = MIN(len, bytes->length);

	memcpy(data, bytes->data, part);
	return (ssize_t)part;
}

int settings_runtime_set(const char *name, const void *data, size_t len)
{
	struct bytes bytes = {data, len};
	struct settings_handler handler;
	const char *key;

	if (!handler_of(name, &handler, &key) || handler.h_set == NULL) {
		return -EINVAL;
	}
	return handler.h_set(key, len, read_bytes, &bytes);
}

int settings_runtime_get(const char *name, void *data, size_t len)
{
	struct settings_handler handler;
	const char *key;

	if (!handler_of(name, &handler, &key)) {
		return -EINVAL;
	}
	return handler.h_get != NULL ? handler.h_get(key, data, (int)len) : -ENOTSUP;
}

int settings_runtime_commit(const char *name)
{
	struct settings_handler handler;
	const char *key;

	if (!handler_of(name, &handler, &key)) {
		return -EINVAL;
	}
	return handler.h_commit != NULL ? handler.h_commit() : 0;
}

#endif /* CONFIG_SETTINGS_RUNTIME */

#endif /* CONFIG_SETTINGS */
