// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where messages go: the console, a syslog server, and backends of the application.
 *
 * A backend is called by whoever logs, once for each message that its levels let through.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zephyr/logging/log_msg.h>
#include <zephyr/logging/log_output.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct log_backend;

/** What a backend may be told of. */
enum log_backend_evt {
	LOG_BACKEND_EVT_PROCESS_THREAD_DONE, /**< Never: there is no such thread */
	LOG_BACKEND_EVT_MAX,
};

/** With an event. */
union log_backend_evt_arg {
	void *raw;
};

/** What a backend does; only `process` has to be there. */
struct log_backend_api {
	/** Takes a message, which is gone when it returns. */
	void (*process)(const struct log_backend *const backend, union log_msg_generic *msg);
	/** Is told how many messages were lost. */
	void (*dropped)(const struct log_backend *const backend, uint32_t cnt);
	/** Is told that from now on nothing may wait. */
	void (*panic)(const struct log_backend *const backend);
	/** Called by log_backend_init(). */
	void (*init)(const struct log_backend *const backend);
	/** 0, or a negative errno as long as it can't take messages. */
	int (*is_ready)(const struct log_backend *const backend);
	/** Chooses a format. */
	int (*format_set)(const struct log_backend *const backend, uint32_t log_type);
	/** Is told of an event. */
	void (*notify)(const struct log_backend *const backend, enum log_backend_evt event,
		       union log_backend_evt_arg *arg);
};

/** What changes of a backend. */
struct log_backend_control_block {
	void *ctx;
	uint8_t id;
	bool active;
	bool initialized;
	/** Least urgent level that is passed on. */
	uint8_t level;
};

/** A backend. */
struct log_backend {
	const struct log_backend_api *api;
	struct log_backend_control_block *cb;
	const char *name;
	bool autostart;
};

/** Defines a backend; a fourth argument is its context. With @p _autostart it begins with the log. */
#define LOG_BACKEND_DEFINE(_name, _api, _autostart, ...)                                           \
	static struct log_backend_control_block UTIL_CAT(backend_cb_, _name) = {                   \
		COND_CODE_0(NUM_VA_ARGS_LESS_1(_, ##__VA_ARGS__), (), (.ctx = __VA_ARGS__,))       \
		.id = 0,                                                                           \
	};                                                                                         \
	static const STRUCT_SECTION_ITERABLE(log_backend, _name) = {                               \
		.api = &_api,                                                                      \
		.cb = &UTIL_CAT(backend_cb_, _name),                                               \
		.name = STRINGIFY(_name),                                                          \
		.autostart = _autostart,                                                           \
	}

/** Prepares a backend. */
static inline void log_backend_init(const struct log_backend *const backend)
{
	if (backend->api->init != NULL) {
		backend->api->init(backend);
	}
	backend->cb->initialized = true;
}

/** 0 if it can take messages. */
static inline int log_backend_is_ready(const struct log_backend *const backend)
{
	return backend->api->is_ready != NULL ? backend->api->is_ready(backend) : 0;
}

/** Hands a message to it. */
static inline void log_backend_msg_process(const struct log_backend *const backend,
					   union log_msg_generic *msg)
{
	backend->api->process(backend, msg);
}

/** Tells it of lost messages. */
static inline void log_backend_dropped(const struct log_backend *const backend, uint32_t cnt)
{
	if (backend->api->dropped != NULL) {
		backend->api->dropped(backend, cnt);
	}
}

/** Tells it that nothing may wait any more. */
static inline void log_backend_panic(const struct log_backend *const backend)
{
	if (backend->api->panic != NULL) {
		backend->api->panic(backend);
	}
}

/** Its number. */
static inline void log_backend_id_set(const struct log_backend *const backend, uint8_t id)
{
	backend->cb->id = id;
}
/** Its number, from 1 once the log has begun. */
static inline uint8_t log_backend_id_get(const struct log_backend *const backend)
{
	return backend->cb->id;
}

/** The one at a place of the list. */
static inline const struct log_backend *log_backend_get(uint32_t idx)
{
	const struct log_backend *backend;

	STRUCT_SECTION_GET(log_backend, idx, &backend);
	return backend;
}
/** How many there are. */
static inline int log_backend_count_get(void)
{
	int count;

	STRUCT_SECTION_COUNT(log_backend, &count);
	return count;
}

/** Lets messages through to it. */
static inline void log_backend_activate(const struct log_backend *const backend, void *ctx)
{
	backend->cb->ctx = ctx;
	backend->cb->active = true;
}
/** Keeps messages from it. */
static inline void log_backend_deactivate(const struct log_backend *const backend)
{
	backend->cb->active = false;
}
/** Whether messages come to it. */
static inline bool log_backend_is_active(const struct log_backend *const backend)
{
	return backend->cb->active;
}

/** Lets messages of at most @p level through, initialising it if that was not done. */
void log_backend_enable(struct log_backend const *const backend, void *ctx, uint32_t level);
/** Keeps messages from it. */
void log_backend_disable(struct log_backend const *const backend);
/** The one of a name, or NULL. */
const struct log_backend *log_backend_get_by_name(const char *backend_name);

/** Chooses its format: 0, -EINVAL for one that is not there, -ENOTSUP. */
static inline int log_backend_format_set(const struct log_backend *backend, uint32_t log_type)
{
	if (backend == NULL || log_format_func_t_get(log_type) == NULL) {
		return -EINVAL;
	}
	if (backend->api->format_set == NULL) {
		return -ENOTSUP;
	}
	return backend->api->format_set(backend, log_type);
}

/** Tells it of an event. */
static inline void log_backend_notify(const struct log_backend *const backend,
				      enum log_backend_evt event, union log_backend_evt_arg *arg)
{
	if (backend->api->notify != NULL) {
		backend->api->notify(backend, event, arg);
	}
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_ */
