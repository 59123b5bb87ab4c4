// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Time in nanoseconds, as time-stamping hardware and schedulers speak of it.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_TIME_H_
#define ZEPHYR_INCLUDE_NET_NET_TIME_H_

#include <stdint.h>

#include <zephyr/sys_clock.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Nanoseconds, as a span or since an epoch that the context gives. */
typedef int64_t net_time_t;

#define NET_TIME_MAX     INT64_MAX                     /**< Last time there is */
#define NET_TIME_MIN     INT64_MIN                     /**< First time there is */
#define NET_TIME_SEC_MAX (NET_TIME_MAX / NSEC_PER_SEC) /**< The last in whole seconds */
#define NET_TIME_SEC_MIN (NET_TIME_MIN / NSEC_PER_SEC) /**< The first in whole seconds */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_TIME_H_ */
