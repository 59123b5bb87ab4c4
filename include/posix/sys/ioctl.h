/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The C library's <sys/ioctl.h>, with ioctl() and its requests for sockets.
 */
#if __has_include_next(<sys/ioctl.h>)
#include_next <sys/ioctl.h>
#endif
#include <zephyr/posix/sys/ioctl.h>
