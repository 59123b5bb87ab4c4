// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief A message on its way to the backends.
 *
 * Its package is its text, formatted by whoever logs; cbpprintf() gives it out. It lives as long as the backends are
 * called.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_MSG_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_MSG_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/logging/log_instance.h>
#include <zephyr/sys/cbprintf.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A time of the log's clock. */
#if defined(CONFIG_LOG_TIMESTAMP_64BIT)
typedef uint64_t log_timestamp_t;
#else
typedef uint32_t log_timestamp_t;
#endif

#define Z_LOG_MSG_LOG 0

/** What a message is like. */
struct log_msg_desc {
	uint32_t valid: 1;
	uint32_t busy: 1;
	uint32_t type: 1;
	uint32_t domain: 3;       /**< 0 */
	uint32_t level: 3;
	uint32_t package_len: 11; /**< Bytes of text, with its zero */
	uint32_t data_len: 12;    /**< Bytes of a dump */
};

/** What stands before a message's text. */
struct log_msg_hdr {
	struct log_msg_desc desc;
	log_timestamp_t timestamp;
	const void *source; /**< struct log_source_const_data; NULL for raw text */
	void *tid;          /**< Thread that logs; NULL in an interrupt */
};

/** A message. */
struct log_msg {
	struct log_msg_hdr hdr;
	const uint8_t *dump; /**< What LOG_HEXDUMP_*() was given */
	uint8_t data[];      /**< The package */
};

/** Whatever is handed to backends: a message. */
union log_msg_generic {
	struct {
		uint32_t valid: 1;
		uint32_t busy: 1;
		uint32_t type: 1;
	} generic;
	struct log_msg log;
};

/** 0: this program. */
static inline uint8_t log_msg_get_domain(struct log_msg *msg)
{
	return (uint8_t)msg->hdr.desc.domain;
}

/** One of LOG_LEVEL_*; LOG_LEVEL_INTERNAL_RAW_STRING for raw text. */
static inline uint8_t log_msg_get_level(struct log_msg *msg)
{
	return (uint8_t)msg->hdr.desc.level;
}

/** Its source, or NULL. */
static inline const void *log_msg_get_source(struct log_msg *msg)
{
	return msg->hdr.source;
}

/** Number of its source, or -1. */
int16_t log_msg_get_source_id(struct log_msg *msg);

/** When it was made. */
static inline log_timestamp_t log_msg_get_timestamp(struct log_msg *msg)
{
	return msg->hdr.timestamp;
}

/** Who made it. */
static inline void *log_msg_get_tid(struct log_msg *msg)
{
	return msg->hdr.tid;
}

/** The bytes of LOG_HEXDUMP_*(). */
static inline uint8_t *log_msg_get_data(struct log_msg *msg, size_t *len)
{
	*len = msg->hdr.desc.data_len;
	return (uint8_t *)msg->dump;
}

/** The text, for cbpprintf(). */
static inline uint8_t *log_msg_get_package(struct log_msg *msg, size_t *len)
{
	*len = msg->hdr.desc.package_len;
	return msg->data;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_MSG_H_ */
