// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The shell over Telnet (RFC 854).
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_TELNET_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_TELNET_H_

#include <zephyr/shell/shell.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The one there is. */
const struct shell *shell_backend_telnet_get_ptr(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_TELNET_H_ */
