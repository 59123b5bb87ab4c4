// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Control of the log.
 *
 * Messages are written when they are made, so there is nothing to initialise, to process or to
 * flush: those functions exist for programs that call them.
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_CTRL_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_CTRL_H_

#include <errno.h>

#include <zephyr/logging/log_core.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_LOG_TIMESTAMP_64BIT)
typedef uint64_t log_timestamp_t;
#else
typedef uint32_t log_timestamp_t;
#endif

/** Gives the time of a message, in ticks of its own. */
typedef log_timestamp_t (*log_timestamp_get_t)(void);

#if defined(CONFIG_LOG)
/**
 * Replaces the clock of the messages.
 *
 * @param freq ticks a second
 * @retval 0 done
 * @retval -EINVAL no function, or no frequency
 */
int log_set_timestamp_func(log_timestamp_get_t timestamp_getter, uint32_t freq);

/**
 * Puts @p tag before each line, up to CONFIG_LOG_TAG_MAX_LEN characters of it. -ENOTSUP if that is
 * 0.
 */
int log_set_tag(const char *tag);

/** Number of sources, in domain 0; 0 in any other. */
uint32_t log_src_cnt_get(uint32_t domain_id);
/** Name of a source by its number, or NULL. */
const char *log_source_name_get(uint32_t domain_id, uint32_t source_id);
/** Number of a source by its name, or -1. */
int log_source_id_get(const char *name);
#else
static inline int log_set_timestamp_func(log_timestamp_get_t timestamp_getter, uint32_t freq)
{
	ARG_UNUSED(timestamp_getter);
	ARG_UNUSED(freq);
	return 0;
}

static inline int log_set_tag(const char *tag)
{
	ARG_UNUSED(tag);
	return -ENOTSUP;
}

static inline uint32_t log_src_cnt_get(uint32_t domain_id)
{
	ARG_UNUSED(domain_id);
	return 0;
}
#endif

static inline void log_core_init(void)
{
}

static inline void log_init(void)
{
}

/** Nothing is ever left to process. */
static inline bool log_process(void)
{
	return false;
}

static inline bool log_data_pending(void)
{
	return false;
}

static inline uint32_t log_buffered_cnt(void)
{
	return 0;
}

static inline void log_flush(void)
{
}

/** From here on nothing may wait; nothing ever does. */
static inline void log_panic(void)
{
}

#define LOG_CORE_INIT() log_core_init()
#define LOG_INIT()      log_init()
#define LOG_PROCESS()   log_process()
#define LOG_PANIC()     log_panic()

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_CTRL_H_ */
