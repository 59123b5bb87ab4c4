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

#include <zephyr/logging/log_backend.h>
#include <zephyr/logging/log_core.h>

#ifdef __cplusplus
extern "C" {
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
/** Name of domain 0; NULL for any other. */
const char *log_domain_name_get(uint32_t domain_id);

/**
 * Changes how much a backend (NULL: each) gets from a source, at most what is compiled in.
 *
 * @return the level set; without CONFIG_LOG_RUNTIME_FILTERING nothing changes
 */
uint32_t log_filter_set(struct log_backend const *const backend, uint32_t domain_id,
			int16_t source_id, uint32_t level);
/** What a backend (NULL: the one that gets most) gets, or with @p runtime false what is compiled in. */
uint32_t log_filter_get(struct log_backend const *const backend, uint32_t domain_id,
			int16_t source_id, bool runtime);
/** Begins with the backends, at start-up already. */
void log_init(void);
/** From here on nothing may wait: backends are told. */
void log_panic(void);
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

static inline void log_init(void)
{
}

static inline void log_panic(void)
{
}
#endif

static inline void log_core_init(void)
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

/** Domains: this program. */
static inline uint8_t log_domains_count(void)
{
	return 1;
}

/** There is no thread for messages. */
static inline void log_thread_set(k_tid_t process_tid)
{
	ARG_UNUSED(process_tid);
}
static inline void log_thread_trigger(void)
{
}

/** No messages wait in memory: -EINVAL, as without a buffer in Zephyr. */
static inline int log_mem_get_usage(uint32_t *buf_size, uint32_t *usage)
{
	ARG_UNUSED(buf_size);
	ARG_UNUSED(usage);
	return -EINVAL;
}
/** The same. */
static inline int log_mem_get_max_usage(uint32_t *max)
{
	ARG_UNUSED(max);
	return -EINVAL;
}

#define LOG_CORE_INIT() log_core_init()
#define LOG_INIT()      log_init()
#define LOG_PROCESS()   log_process()
#define LOG_PANIC()     log_panic()

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_CTRL_H_ */
