// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Lifetimes in seconds, measured with a 32-bit millisecond clock.
 *
 * A lifetime of up to 2^32 - 1 seconds exceeds what a 32-bit count of milliseconds can hold, so it
 * is kept as a number of whole spans of NET_TIMEOUT_MAX_VALUE milliseconds and a remainder.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_TIMEOUT_H_
#define ZEPHYR_INCLUDE_NET_NET_TIMEOUT_H_

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/sys/slist.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest span a single stretch of the timer covers, in milliseconds. */
#define NET_TIMEOUT_MAX_VALUE ((uint32_t)INT32_MAX)

/** A running lifetime. */
struct net_timeout {
	/** For the owner's list of timers. */
	sys_snode_t node;
	/** When the present stretch began, in milliseconds modulo 2^32. */
	uint32_t timer_start;
	/** Length of the last stretch in milliseconds. */
	uint32_t timer_timeout;
	/** Full stretches of NET_TIMEOUT_MAX_VALUE still to go before the last. */
	uint32_t wrap_counter;
};

/** Starts a lifetime of @p lifetime seconds at @p now (milliseconds modulo 2^32). */
void net_timeout_set(struct net_timeout *timeout, uint32_t lifetime, uint32_t now);

/** When the lifetime ends, on the 64-bit millisecond clock that now shows @p now. */
int64_t net_timeout_deadline(const struct net_timeout *timeout, int64_t now);

/** Seconds left at @p now (milliseconds modulo 2^32), 0 when it is over. */
uint32_t net_timeout_remaining(const struct net_timeout *timeout, uint32_t now);

/**
 * Moves on to the stretch that holds @p now.
 *
 * @return milliseconds until this must be called again, 0 when the lifetime is over
 */
uint32_t net_timeout_evaluate(struct net_timeout *timeout, uint32_t now);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_TIMEOUT_H_ */
