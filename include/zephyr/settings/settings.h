// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Values by name, which parts of an application hand out and take back.
 *
 * A handler owns a subtree of names, such as "eth/mac" below "eth". Where values are kept from one
 * start to the next is for the application: settings_src_register() and settings_dst_register()
 * name a store. Without one, nothing is kept.
 */
#ifndef ZEPHYR_INCLUDE_SETTINGS_SETTINGS_H_
#define ZEPHYR_INCLUDE_SETTINGS_SETTINGS_H_

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/slist.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SETTINGS_MAX_DIR_DEPTH  8
#define SETTINGS_MAX_NAME_LEN   (8 * SETTINGS_MAX_DIR_DEPTH)
#define SETTINGS_MAX_VAL_LEN    256
#define SETTINGS_NAME_SEPARATOR '/'
#define SETTINGS_NAME_END       '='
/** Room for the longest name beside what a store puts around it. */
#define SETTINGS_EXTRA_LEN      ((SETTINGS_MAX_DIR_DEPTH - 1) + 2)

/** Reads the value at hand: the number of bytes, or a negative errno. */
typedef ssize_t (*settings_read_cb)(void *cb_arg, void *data, size_t len);

/** Owns a subtree of names. Each function may be NULL and returns 0, or a negative errno. */
struct settings_handler {
	/** The subtree. */
	const char *name;
	/** Gives a value at run time: its length, or a negative errno. */
	int (*h_get)(const char *key, char *val, int val_len_max);
	/** Takes a value. */
	int (*h_set)(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg);
	/** All values have been taken. */
	int (*h_commit)(void);
	/** Gives all values away, to be saved. */
	int (*h_export)(int (*export_func)(const char *name, const void *val, size_t val_len));
	/** Handlers of lower numbers commit first. */
	int cprio;
	sys_snode_t node;
};

/** The same, defined by a macro. */
struct settings_handler_static {
	const char *name;
	int (*h_get)(const char *key, char *val, int val_len_max);
	int (*h_set)(const char *key, size_t len, settings_read_cb read_cb, void *cb_arg);
	int (*h_commit)(void);
	int (*h_export)(int (*export_func)(const char *name, const void *val, size_t val_len));
	int cprio;
};

#define SETTINGS_STATIC_HANDLER_DEFINE_WITH_CPRIO(_hname, _tree, _get, _set, _commit, _export,     \
						  _cprio)                                          \
	const STRUCT_SECTION_ITERABLE(settings_handler_static, settings_handler_##_hname) = {      \
		.name = _tree,                                                                     \
		.h_get = _get,                                                                     \
		.h_set = _set,                                                                     \
		.h_commit = _commit,                                                               \
		.h_export = _export,                                                               \
		.cprio = _cprio,                                                                   \
	}
#define SETTINGS_STATIC_HANDLER_DEFINE(_hname, _tree, _get, _set, _commit, _export)                \
	SETTINGS_STATIC_HANDLER_DEFINE_WITH_CPRIO(_hname, _tree, _get, _set, _commit, _export, 0)

/** Makes everything ready; may be called again. */
int settings_subsys_init(void);
/** Adds a handler; -EEXIST if its subtree has one. */
int settings_register(struct settings_handler *cf);
int settings_register_with_cprio(struct settings_handler *cf, int cprio);

/** Hands all kept values to their handlers, then has them commit. */
int settings_load(void);
/** The same of one subtree; NULL for all. */
int settings_load_subtree(const char *subtree);

/** Gets each value of a subtree: its name below the subtree, its length, how to read it. */
typedef int (*settings_load_direct_cb)(const char *key, size_t len, settings_read_cb read_cb,
				       void *cb_arg, void *param);
/** Hands the kept values of a subtree to a function rather than to handlers. */
int settings_load_subtree_direct(const char *subtree, settings_load_direct_cb cb, void *param);

/** Saves what all handlers give away. */
int settings_save(void);
int settings_save_subtree(const char *subtree);
/** Saves one value; -ENOENT without a store. */
int settings_save_one(const char *name, const void *value, size_t val_len);
/** Saves a value without bytes, which is none. */
int settings_delete(const char *name);
int settings_commit(void);
int settings_commit_subtree(const char *subtree);

/** Hands a value to the handler of its name; -EINVAL if there is none. */
int settings_runtime_set(const char *name, const void *data, size_t len);
/** Gets a value from the handler of its name. */
int settings_runtime_get(const char *name, void *data, size_t len);
int settings_runtime_commit(const char *name);

/** Whether @p name begins with @p key as a whole part; what follows it goes to @p next. */
int settings_name_steq(const char *name, const char *key, const char **next);
/** Length of the first part; what follows it goes to @p next, NULL at the end. */
int settings_name_next(const char *name, const char **next);

/** What is loaded: handed through a store to settings_call_set_handler(). */
struct settings_load_arg {
	const char *subtree;
	settings_load_direct_cb cb;
	void *param;
};

struct settings_store_itf;

/** A store: where values are kept. */
struct settings_store {
	sys_snode_t cs_next;
	const struct settings_store_itf *cs_itf;
};

struct settings_store_itf {
	/** Calls settings_call_set_handler() for each value kept. */
	int (*csi_load)(struct settings_store *cs, const struct settings_load_arg *arg);
	/** May be NULL: before settings_save(). */
	int (*csi_save_start)(struct settings_store *cs);
	/** Keeps a value; one without bytes is forgotten. */
	int (*csi_save)(struct settings_store *cs, const char *name, const char *value,
			size_t val_len);
	/** May be NULL: after settings_save(). */
	int (*csi_save_end)(struct settings_store *cs);
	/** May be NULL: what the store stands on. */
	void *(*csi_storage_get)(struct settings_store *cs);
};

/** Adds a store to load from. */
void settings_src_register(struct settings_store *cs);
/** Names the store to save to. */
void settings_dst_register(struct settings_store *cs);
/** For stores: a value was found. */
int settings_call_set_handler(const char *name, size_t len, settings_read_cb read_cb,
			      void *read_cb_arg, const struct settings_load_arg *load_arg);
/** What the store to save to stands on; -ENOENT without one, -ENOTSUP if it does not tell. */
int settings_storage_get(void **storage);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SETTINGS_SETTINGS_H_ */
