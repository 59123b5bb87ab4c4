/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The C library's <unistd.h>, with close() for sockets.
 */
#if __has_include_next(<unistd.h>)
#include_next <unistd.h>
#endif
#include <zephyr/posix/unistd.h>
