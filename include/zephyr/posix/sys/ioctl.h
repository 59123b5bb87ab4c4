/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief ioctl() for sockets.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_IOCTL_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_IOCTL_H_

#include <zephyr/posix/posix_name.h>
#include <zephyr/sys/fdtable.h>

#undef FIONREAD
#undef FIONBIO
#define FIONREAD ZFD_IOCTL_FIONREAD /**< Bytes of the next datagram, to an int */
#define FIONBIO  ZFD_IOCTL_FIONBIO  /**< O_NONBLOCK on or off, from an int */

#ifdef __cplusplus
extern "C" {
#endif

/** FIONREAD or FIONBIO, with a pointer to an int. */
int ioctl(int fd, unsigned long request, ...) ZNET_NOTHROW ZNET_NAME_FOR(znet_ioctl);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_IOCTL_H_ */
