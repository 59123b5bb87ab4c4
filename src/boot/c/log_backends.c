// SPDX-License-Identifier: Apache-2.0
/*
 * The log's backends: src/kernel/c/log.c asks here who else wants a message. With one at least that takes
 * messages, the text is formatted once, on the stack of who logs. The console is a backend without a function of its
 * own: log.c writes its lines.
 */
#if defined(CONFIG_LOG)

#include <string.h>

#include <zephyr/init.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log_backend.h>
#include <zephyr/logging/log_ctrl.h>
#include <zephyr/sys/printk.h>

/* Longest text of a message for backends; the console has no such bound. */
#define TEXT_MAX 256

TYPE_SECTION_START_EXTERN(const struct log_source_const_data, log_const);
TYPE_SECTION_START_EXTERN(struct log_backend, log_backend);
#if defined(CONFIG_LOG_RUNTIME_FILTERING)
TYPE_SECTION_START_EXTERN(struct log_source_dynamic_data, log_dynamic);
#endif

static const struct log_backend_api console_api;
static struct log_backend_control_block console_control = {
	.active = true, .initialized = true, .level = CONFIG_LOG_MAX_LEVEL};
#if defined(CONFIG_ARCH_POSIX)
#define CONSOLE log_backend_native_posix
#else
#define CONSOLE log_backend_uart
#endif
static const STRUCT_SECTION_ITERABLE(log_backend, CONSOLE) = {
	.api = &console_api,
	.cb = &console_control,
	.name = STRINGIFY(CONSOLE),
	.autostart = true,
};

/* How many backends with a function are active: without one nothing is formatted here. */
static atomic_t takers;

static void count_takers(void)
{
	int count = 0;

	STRUCT_SECTION_FOREACH(log_backend, backend) {
		count += backend->cb->active && backend->api->process != NULL ? 1 : 0;
	}
	atomic_set(&takers, count);
}

/* ---- levels ---------------------------------------------------------------------------------- */

static bool is_source(const struct log_source_const_data *source)
{
	return source >= TYPE_SECTION_START(log_const) &&
	       source < TYPE_SECTION_START(log_const) + log_src_cnt_get(0);
}

#if defined(CONFIG_LOG_RUNTIME_FILTERING)
/* Three bits a backend, from the lowest; 0 to 4. */
#define SLOT_BITS 3U
#define SLOT_MASK BIT_MASK(SLOT_BITS)
#define SLOTS     10

static uint32_t slot_of(const struct log_backend *backend)
{
	return MIN((uint32_t)(backend - TYPE_SECTION_START(log_backend)), SLOTS - 1);
}

static uint32_t *filters_of(const struct log_source_const_data *source)
{
	return &TYPE_SECTION_START(log_dynamic)[source - TYPE_SECTION_START(log_const)].filters;
}

static void set_slot(const struct log_source_const_data *source, uint32_t slot, uint32_t level)
{
	uint32_t *filters = filters_of(source);

	*filters = (*filters & ~(SLOT_MASK << slot * SLOT_BITS)) | level << slot * SLOT_BITS;
}
#endif

/* The least urgent level that a backend gets from a source. */
static uint32_t level_for(const struct log_backend *backend,
			  const struct log_source_const_data *source)
{
#if defined(CONFIG_LOG_RUNTIME_FILTERING)
	if (is_source(source)) {
		return *filters_of(source) >> slot_of(backend) * SLOT_BITS & SLOT_MASK;
	}
#else
	ARG_UNUSED(source);
#endif
	return backend->cb->level;
}

uint32_t log_filter_get(struct log_backend const *const backend, uint32_t domain_id,
			int16_t source_id, bool runtime)
{
	const struct log_source_const_data *source;

	if (domain_id != 0 || source_id < 0 || (uint32_t)source_id >= log_src_cnt_get(0)) {
		return 0;
	}
	source = TYPE_SECTION_START(log_const) + source_id;
	if (!runtime) {
		return source->level;
	}
	if (backend == NULL) {
		uint32_t most = 0;

		STRUCT_SECTION_FOREACH(log_backend, each) {
			most = MAX(most, each->cb->active ? level_for(each, source) : 0);
		}
		return MIN(most, source->level);
	}
	return MIN(level_for(backend, source), source->level);
}

uint32_t log_filter_set(struct log_backend const *const backend, uint32_t domain_id,
			int16_t source_id, uint32_t level)
{
	const uint32_t most = domain_id == 0 ? log_filter_get(NULL, 0, source_id, false) : 0;

	level = MIN(level, most);
#if defined(CONFIG_LOG_RUNTIME_FILTERING)
	if (domain_id == 0 && source_id >= 0 && (uint32_t)source_id < log_src_cnt_get(0)) {
		STRUCT_SECTION_FOREACH(log_backend, each) {
			if (backend == NULL || backend == each) {
				set_slot(TYPE_SECTION_START(log_const) + source_id, slot_of(each),
					 level);
			}
		}
	}
	return level;
#else
	ARG_UNUSED(backend);
	return most;
#endif
}

/* ---- backends -------------------------------------------------------------------------------- */

static void set_levels(const struct log_backend *backend, uint32_t level)
{
	backend->cb->level = (uint8_t)level;
#if defined(CONFIG_LOG_RUNTIME_FILTERING)
	for (uint32_t i = 0; i < log_src_cnt_get(0); i++) {
		const struct log_source_const_data *source = TYPE_SECTION_START(log_const) + i;

		set_slot(source, slot_of(backend), MIN(level, source->level));
	}
#endif
}

void log_backend_enable(struct log_backend const *const backend, void *ctx, uint32_t level)
{
	if (!backend->cb->initialized) {
		log_backend_init(backend);
	}
	set_levels(backend, MIN(level, LOG_LEVEL_DBG));
	log_backend_activate(backend, ctx);
	count_takers();
}

void log_backend_disable(struct log_backend const *const backend)
{
	log_backend_deactivate(backend);
	count_takers();
}

const struct log_backend *log_backend_get_by_name(const char *backend_name)
{
	STRUCT_SECTION_FOREACH(log_backend, backend) {
		if (strcmp(backend->name, backend_name) == 0) {
			return backend;
		}
	}
	return NULL;
}

void log_panic(void)
{
	STRUCT_SECTION_FOREACH(log_backend, backend) {
		if (backend->cb->active) {
			log_backend_panic(backend);
		}
	}
}

void log_init(void)
{
	static atomic_t done;
	uint8_t id = 1;

	if (atomic_set(&done, 1) != 0) {
		return;
	}
	STRUCT_SECTION_FOREACH(log_backend, backend) {
		log_backend_id_set(backend, id++);
		if (!backend->autostart || backend->api == NULL) {
			continue;
		}
		if (!backend->cb->initialized) {
			log_backend_init(backend);
		}
		if (log_backend_is_ready(backend) == 0) {
			log_backend_enable(backend, backend->cb->ctx, CONFIG_LOG_MAX_LEVEL);
		}
	}
}

static int begin(void)
{
	log_init();
	return 0;
}

SYS_INIT(begin, POST_KERNEL, CONFIG_LOG_CORE_INIT_PRIORITY);

/* ---- messages -------------------------------------------------------------------------------- */

int16_t log_msg_get_source_id(struct log_msg *msg)
{
	const struct log_source_const_data *source = msg->hdr.source;

	return is_source(source) ? (int16_t)(source - TYPE_SECTION_START(log_const)) : -1;
}

static void hand_out(const struct z_log_entry *entry)
{
	/* The text stands where log_msg_get_package() looks, which is before the end of the structure. */
	union {
		union log_msg_generic msg;
		char room[offsetof(struct log_msg, data) + TEXT_MAX];
	} made;
	char *const text = made.room + offsetof(struct log_msg, data);
	size_t len = 0;
	va_list ap;

	if (entry->func != NULL) {
		len = (size_t)snprintk(text, TEXT_MAX, "%s: ", entry->func);
		len = MIN(len, TEXT_MAX - 1);
	}
	va_copy(ap, *entry->ap);
	len += (size_t)vsnprintk(text + len, TEXT_MAX - len, entry->fmt, ap);
	va_end(ap);
	made.msg.log.hdr = (struct log_msg_hdr){
		.desc = {.level = entry->level,
			 .package_len = MIN(len, TEXT_MAX - 1) + 1,
			 .data_len = MIN(entry->data_len, BIT_MASK(12))},
		.timestamp = z_log_timestamp(),
		.source = entry->source,
		.tid = k_is_in_isr() ? NULL : k_current_get(),
	};
	made.msg.log.dump = entry->data;
	STRUCT_SECTION_FOREACH(log_backend, backend) {
		if (backend->cb->active && backend->api->process != NULL &&
		    entry->level <= level_for(backend, entry->source)) {
			log_backend_msg_process(backend, &made.msg);
		}
	}
}

bool z_log_backends_put(const struct z_log_entry *entry)
{
	if (atomic_get(&takers) > 0) {
		hand_out(entry);
	}
	return console_control.active &&
	       entry->level <= level_for(&CONSOLE, entry->source);
}

#endif /* CONFIG_LOG */
