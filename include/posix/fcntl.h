/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The C library's <fcntl.h>, with fcntl() and its flags for sockets.
 */
#if __has_include_next(<fcntl.h>)
#include_next <fcntl.h>
#endif
#include <zephyr/posix/fcntl.h>
