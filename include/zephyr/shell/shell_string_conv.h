// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Numbers in the arguments of commands. The whole text must be one.
 *
 * @p err is left alone on success, so that several conversions may share it, and set to -EINVAL for
 * text that is no number and to -ERANGE for one that does not fit.
 */
#ifndef ZEPHYR_INCLUDE_SHELL_SHELL_STRING_CONV_H_
#define ZEPHYR_INCLUDE_SHELL_SHELL_STRING_CONV_H_

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

long shell_strtol(const char *str, int base, int *err);
unsigned long shell_strtoul(const char *str, int base, int *err);
unsigned long long shell_strtoull(const char *str, int base, int *err);
/** "on", "enable" and "true" are true, "off", "disable" and "false" are false, and so are numbers. */
bool shell_strtobool(const char *str, int base, int *err);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SHELL_SHELL_STRING_CONV_H_ */
