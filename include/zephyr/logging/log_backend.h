// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where messages go besides the console.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct log_backend;

struct log_backend_api {
	/** May be NULL: called by log_backend_init(). */
	void (*init)(const struct log_backend *const backend);
};

struct log_backend_control_block {
	void *ctx;
	uint8_t id;
	bool active;
	bool initialized;
	/** Least urgent level that is passed on. */
	uint32_t level;
};

struct log_backend {
	const struct log_backend_api *api;
	struct log_backend_control_block *cb;
	const char *name;
	bool autostart;
};

/** Prepares a backend; it passes nothing on yet. */
static inline void log_backend_init(const struct log_backend *const backend)
{
	if (backend->api->init != NULL) {
		backend->api->init(backend);
	}
	backend->cb->initialized = true;
}

/** Passes messages up to @p level on from here on. */
static inline void log_backend_enable(const struct log_backend *const backend, void *ctx,
				      uint32_t level)
{
	backend->cb->ctx = ctx;
	backend->cb->level = level;
	backend->cb->active = true;
}

static inline void log_backend_disable(const struct log_backend *const backend)
{
	backend->cb->active = false;
}

static inline bool log_backend_is_active(const struct log_backend *const backend)
{
	return backend->cb->active;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_H_ */
