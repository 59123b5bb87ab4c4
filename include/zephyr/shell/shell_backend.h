// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The shells of the program.
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_BACKEND_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_BACKEND_H_

#include <zephyr/shell/shell.h>
#include <zephyr/sys/iterable_sections.h>

#ifdef __cplusplus
extern "C" {
#endif

static inline const struct shell *shell_backend_get(uint32_t idx)
{
	const struct shell *backend;

	STRUCT_SECTION_GET(shell, idx, &backend);
	return backend;
}

static inline int shell_backend_count_get(void)
{
	int count;

	STRUCT_SECTION_COUNT(shell, &count);
	return count;
}

/** The shell of that name, NULL if there is none. */
const struct shell *shell_backend_get_by_name(const char *backend_name);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_BACKEND_H_ */
