/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief close(), read() and write() for descriptors; sleep.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_UNISTD_H_
#define ZEPHYR_INCLUDE_POSIX_UNISTD_H_

#include <stddef.h>
#include <sys/types.h>

#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Closes a descriptor. */
int close(int fd) ZNET_NAME_FOR(zsock_close);

/** Receives from a socket, or reads what the descriptor stands for. */
ssize_t read(int fd, void *buf, size_t len) ZNET_NAME_FOR(znet_read);

/** Sends on a socket, or writes to what the descriptor stands for. */
ssize_t write(int fd, const void *buf, size_t len) ZNET_NAME_FOR(znet_write);

/** Copies this host's name: -1 with errno when it does not fit. */
int gethostname(char *buf, size_t len) ZNET_NOTHROW ZNET_NAME_FOR(zsock_gethostname);

#if defined(CONFIG_POSIX_TIMERS)
/** Sleeps; the seconds left if it was cut short. */
unsigned int sleep(unsigned int seconds) ZNET_NAME_FOR(znet_sleep);
#if defined(CONFIG_ARCH_POSIX)
/** Sleeps. EINVAL for a second and more. */
int usleep(__useconds_t useconds) ZNET_NAME_FOR(znet_usleep);
#else
int usleep(useconds_t useconds) ZNET_NAME_FOR(znet_usleep);
#endif
#endif

/** A limit or an option of the system, -1 for one that is not there. EINVAL for a question nobody knows. */
long sysconf(int name) ZNET_NOTHROW ZNET_NAME_FOR(znet_sysconf);
/** Fills a buffer of at most 256 bytes with random numbers; EIO for more. */
int getentropy(void *buffer, size_t length) ZNET_NAME_FOR(znet_getentropy);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_UNISTD_H_ */
