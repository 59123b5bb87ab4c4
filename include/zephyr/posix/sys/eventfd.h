/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX-like names of <zephyr/zvfs/eventfd.h>.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_EVENTFD_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_EVENTFD_H_

#include <zephyr/posix/posix_name.h>
#include <zephyr/zvfs/eventfd.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EFD_SEMAPHORE ZVFS_EFD_SEMAPHORE /**< A read takes one of the count */
#define EFD_NONBLOCK  ZVFS_EFD_NONBLOCK  /**< Calls return EAGAIN where they would wait */

/** A count. */
typedef zvfs_eventfd_t eventfd_t;

/** @cond one line a function: see zephyr/zvfs/eventfd.h */
int eventfd(unsigned int initval, int flags) ZNET_NAME_FOR(zvfs_eventfd);
int eventfd_read(int fd, eventfd_t *value) ZNET_NAME_FOR(zvfs_eventfd_read);
int eventfd_write(int fd, eventfd_t value) ZNET_NAME_FOR(zvfs_eventfd_write);
/** @endcond */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_EVENTFD_H_ */
