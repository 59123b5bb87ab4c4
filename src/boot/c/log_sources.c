// SPDX-License-Identifier: Apache-2.0
/*
 * The list of the log's sources. Belongs to the application's part of the image, since the linker
 * makes the list there.
 */
#if defined(CONFIG_LOG)

#include <string.h>

#include <zephyr/logging/log_ctrl.h>
#include <zephyr/sys/iterable_sections.h>

TYPE_SECTION_START_EXTERN(const struct log_source_const_data, log_const);

uint32_t log_src_cnt_get(uint32_t domain_id)
{
	uint32_t count = 0;

	if (domain_id == 0) {
		TYPE_SECTION_COUNT(const struct log_source_const_data, log_const, &count);
	}
	return count;
}

const char *log_source_name_get(uint32_t domain_id, uint32_t source_id)
{
	return source_id < log_src_cnt_get(domain_id) ? TYPE_SECTION_START(log_const)[source_id].name
						      : NULL;
}

const char *log_domain_name_get(uint32_t domain_id)
{
	return domain_id == 0 ? "" : NULL;
}

int log_source_id_get(const char *name)
{
	const uint32_t count = log_src_cnt_get(0);

	for (uint32_t i = 0; i < count; i++) {
		if (strcmp(TYPE_SECTION_START(log_const)[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

#endif
