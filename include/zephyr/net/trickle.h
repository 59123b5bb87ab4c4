// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The Trickle algorithm (RFC 6206): nodes that agree speak ever more rarely, and soon when
 *        they do not.
 */

#ifndef ZEPHYR_INCLUDE_NET_TRICKLE_H_
#define ZEPHYR_INCLUDE_NET_TRICKLE_H_

#include <stdbool.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_core.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_trickle;

/**
 * Called once an interval, by the system's work queue.
 *
 * @param trickle the timer
 * @param do_suppress whether the node may speak: true until others have said it often enough
 * @param user_data that of net_trickle_start()
 */
typedef void (*net_trickle_cb_t)(struct net_trickle *trickle, bool do_suppress, void *user_data);

/** A timer; the members are for reading. */
struct net_trickle {
	uint32_t I;                   /**< Present interval in ms; 0 while stopped */
	uint32_t Imin;                /**< Shortest interval in ms */
	uint32_t Istart;              /**< When the present one began, in ms of uptime */
	uint32_t Imax_abs;            /**< Longest interval in ms */
	uint8_t Imax;                 /**< The same in doublings of the shortest */
	uint8_t k;                    /**< Redundancy constant */
	uint8_t c;                    /**< Times that others have spoken in this interval */
	bool double_to;               /**< Waits for the end of the interval */
	struct k_work_delayable timer; /**< Internal */
	net_trickle_cb_t cb;          /**< Callback */
	void *user_data;              /**< Its argument */
};

/** Redundancy constant of a node that always speaks. */
#define NET_TRICKLE_INFINITE_REDUNDANCY 0

/**
 * Prepares a timer.
 *
 * @param Imin shortest interval in ms, at least 2
 * @param Imax how often it may be doubled, at least once
 * @param k how many others must speak for this node to be silent
 * @return 0, -EINVAL for an interval that the clock can't measure
 */
int net_trickle_create(struct net_trickle *trickle, uint32_t Imin, uint8_t Imax, uint8_t k);

/** Starts a timer: 0, -EINVAL for NULL. */
int net_trickle_start(struct net_trickle *trickle, net_trickle_cb_t cb, void *user_data);

/** Stops a timer: 0, -EINVAL for NULL. */
int net_trickle_stop(struct net_trickle *trickle);

/** Tells that somebody else has said the same. */
void net_trickle_consistency(struct net_trickle *trickle);

/** Tells that somebody else has said something different. */
void net_trickle_inconsistency(struct net_trickle *trickle);

/** Whether a timer runs. */
static inline bool net_trickle_is_running(struct net_trickle *trickle)
{
	return trickle != NULL && trickle->I != 0U;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_TRICKLE_H_ */
