/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Counters to wait for, as descriptors.
 */
#ifndef ZEPHYR_INCLUDE_ZVFS_EVENTFD_H_
#define ZEPHYR_INCLUDE_ZVFS_EVENTFD_H_

#include <stdint.h>

#include <zephyr/kernel.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ZVFS_EFD_SEMAPHORE 2      /**< A read takes one of the count */
#define ZVFS_EFD_NONBLOCK  0x4000 /**< Calls return EAGAIN where they would wait */

/** A count. */
typedef uint64_t zvfs_eventfd_t;

/**
 * @brief Opens a counter.
 *
 * @param initval Where it stands at first.
 * @param flags ZVFS_EFD_*.
 * @return A descriptor, or -1 with errno.
 */
int zvfs_eventfd(unsigned int initval, int flags);

/** Waits until the counter is not zero, and takes it, or one of it: 0, or -1 with errno. */
int zvfs_eventfd_read(int fd, zvfs_eventfd_t *value);

/** Adds to the counter; waits until there is room: 0, or -1 with errno. */
int zvfs_eventfd_write(int fd, zvfs_eventfd_t value);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZVFS_EVENTFD_H_ */
