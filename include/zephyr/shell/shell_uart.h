// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The shell on the serial port: on native_sim a pseudo terminal, or the standard streams.
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_UART_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_UART_H_

#include <zephyr/shell/shell.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The one there is. */
const struct shell *shell_backend_uart_get_ptr(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_UART_H_ */
