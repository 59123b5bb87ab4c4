/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief close() for sockets.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_UNISTD_H_
#define ZEPHYR_INCLUDE_POSIX_UNISTD_H_

#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Closes a socket. */
int close(int fd) ZNET_NAME_FOR(zsock_close);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_UNISTD_H_ */
