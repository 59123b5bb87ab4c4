// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief A shell without a terminal: what commands print stays in a buffer, for tests.
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_DUMMY_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_DUMMY_H_

#include <zephyr/shell/shell.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef CONFIG_SHELL_BACKEND_DUMMY_BUF_SIZE
#define CONFIG_SHELL_BACKEND_DUMMY_BUF_SIZE 1
#endif

extern const struct shell_transport_api shell_dummy_transport_api;

struct shell_dummy {
	bool initialized;
	/** Bytes in buf; what does not fit is lost. */
	size_t len;
	char buf[CONFIG_SHELL_BACKEND_DUMMY_BUF_SIZE];
};

#define SHELL_DUMMY_DEFINE(_name)                                                                  \
	static struct shell_dummy _name##_shell_dummy;                                             \
	struct shell_transport _name = {                                                           \
		.api = &shell_dummy_transport_api, .ctx = &_name##_shell_dummy}

/** The one there is. */
const struct shell *shell_backend_dummy_get_ptr(void);
/** What was printed since the last call, terminated; its length goes to @p sizep. Empties the buffer. */
const char *shell_backend_dummy_get_output(const struct shell *sh, size_t *sizep);
/** Empties the buffer. */
void shell_backend_dummy_clear_output(const struct shell *sh);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_DUMMY_H_ */
