/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Scheduling of POSIX threads.
 *
 * Priorities count from 0 upwards, more is more urgent: SCHED_FIFO has Zephyr's cooperative ones, SCHED_RR and
 * SCHED_OTHER the preemptible.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SCHED_H_
#define ZEPHYR_INCLUDE_POSIX_SCHED_H_

#include <sched.h>
#include <sys/types.h>
#include <time.h>

#include <zephyr/posix/posix_name.h>

#ifndef SCHED_OTHER
#define SCHED_OTHER 0 /**< As SCHED_RR */
#endif
#ifndef SCHED_FIFO
#define SCHED_FIFO 1 /**< Runs until it waits */
#endif
#ifndef SCHED_RR
#define SCHED_RR 2 /**< May be preempted */
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Lets others of the same priority run; returns 0. */
int sched_yield(void) ZNET_NOTHROW ZNET_NAME_FOR(znet_sched_yield);
/** Least priority of @p policy, or -1 with EINVAL. */
int sched_get_priority_min(int policy) ZNET_NOTHROW ZNET_NAME_FOR(znet_sched_get_priority_min);
/** Greatest priority of @p policy, or -1 with EINVAL. */
int sched_get_priority_max(int policy) ZNET_NOTHROW ZNET_NAME_FOR(znet_sched_get_priority_max);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SCHED_H_ */
