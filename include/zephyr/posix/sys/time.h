/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief gettimeofday().
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SYS_TIME_H_
#define ZEPHYR_INCLUDE_POSIX_SYS_TIME_H_

#include <sys/time.h>

#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

/** CLOCK_REALTIME in microseconds; @p tz is not used. Returns 0. */
int gettimeofday(struct timeval *tv, void *tz) ZNET_NOTHROW ZNET_NAME_FOR(znet_gettimeofday);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SYS_TIME_H_ */
