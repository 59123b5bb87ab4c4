/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Dates to seconds, and one clock told by another.
 */
#ifndef ZEPHYR_INCLUDE_SYS_TIMEUTIL_H_
#define ZEPHYR_INCLUDE_SYS_TIMEUTIL_H_

#include <time.h>

#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TIME_UTILS_BASE_YEAR 1900 /**< Year 0 of struct tm */

/** Seconds from 1970 to a date of UTC; tm_wday and tm_yday do not count. */
int64_t timeutil_timegm64(const struct tm *tm);
/** The same; (time_t)-1 with ERANGE if time_t can't hold it. */
time_t timeutil_timegm(const struct tm *tm);

/** Frequencies of the two clocks, as they should be. */
struct timeutil_sync_config {
	uint32_t ref_Hz;
	uint32_t local_Hz;
};

/** What both clocks said at one time. */
struct timeutil_sync_instant {
	uint64_t ref;
	uint64_t local;
};

/** What is known of the two clocks. A `latest.local` of 0 is none. */
struct timeutil_sync_state {
	const struct timeutil_sync_config *cfg;
	struct timeutil_sync_instant base;
	struct timeutil_sync_instant latest;
	float skew; /**< What local time is multiplied with: below 1 for a fast clock; 0 is not known */
};

/** Takes a newer instant: 0 for the first, 1 for a later one, -EINVAL for one that is not later. */
int timeutil_sync_state_update(struct timeutil_sync_state *tsp,
			       const struct timeutil_sync_instant *inst);
/** Sets the skew, and a new base if @p base is not NULL; -EINVAL for a skew that is not positive. */
int timeutil_sync_state_set_skew(struct timeutil_sync_state *tsp, float skew,
				 const struct timeutil_sync_instant *base);
/** The skew from base to latest; 0 as long as it can't be told. */
float timeutil_sync_estimate_skew(const struct timeutil_sync_state *tsp);
/** Reference time of a local one: 0, 1 if the skew counted, -EINVAL, -ERANGE. */
int timeutil_sync_ref_from_local(const struct timeutil_sync_state *tsp, uint64_t local,
				 uint64_t *refp);
/** Local time of a reference one: 0, 1 if the skew counted, -EINVAL, -ERANGE. */
int timeutil_sync_local_from_ref(const struct timeutil_sync_state *tsp, uint64_t ref,
				 int64_t *localp);
/** A skew in parts per billion that the local clock is fast; INT32_MIN for what does not fit. */
int32_t timeutil_sync_skew_to_ppb(float skew);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_TIMEUTIL_H_ */
