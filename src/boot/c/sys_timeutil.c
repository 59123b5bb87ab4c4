// SPDX-License-Identifier: Apache-2.0
/*
 * <zephyr/sys/timeutil.h>.
 */
#include <errno.h>
#include <limits.h>

#include <zephyr/sys/timeutil.h>
#include <zephyr/sys/util.h>

/* Days from 1970-01-01 to the first of March of a year, counted in eras of 400 years. */
static int64_t days_to_march(int64_t year)
{
	const int64_t era = (year >= 0 ? year : year - 399) / 400;
	const int64_t in_era = year - era * 400;

	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 - 719468;
}

int64_t timeutil_timegm64(const struct tm *tm)
{
	/* Years begin with March here, so that the leap day is the last. */
	const int64_t months = (int64_t)tm->tm_mon - 2;
	const int64_t carry = (months >= 0 ? months : months - 11) / 12;
	const int64_t month = months - carry * 12;
	const int64_t year = (int64_t)tm->tm_year + TIME_UTILS_BASE_YEAR + carry;
	const int64_t days = days_to_march(year) + (153 * month + 2) / 5 + tm->tm_mday - 1;

	return ((days * 24 + tm->tm_hour) * 60 + tm->tm_min) * 60 + tm->tm_sec;
}

time_t timeutil_timegm(const struct tm *tm)
{
	const int64_t seconds = timeutil_timegm64(tm);

	if ((int64_t)(time_t)seconds != seconds) {
		errno = ERANGE;
		return (time_t)-1;
	}
	errno = 0;
	return (time_t)seconds;
}

int timeutil_sync_state_update(struct timeutil_sync_state *tsp,
			       const struct timeutil_sync_instant *inst)
{
	if (tsp->base.ref == 0 && tsp->base.local == 0) {
		tsp->base = *inst;
		tsp->latest = (struct timeutil_sync_instant){0};
		tsp->skew = 1.0f;
		return 0;
	}
	if (inst->ref <= MAX(tsp->base.ref, tsp->latest.ref) ||
	    inst->local <= MAX(tsp->base.local, tsp->latest.local)) {
		return -EINVAL;
	}
	tsp->latest = *inst;
	return 1;
}

int timeutil_sync_state_set_skew(struct timeutil_sync_state *tsp, float skew,
				 const struct timeutil_sync_instant *base)
{
	if (!(skew > 0)) {
		return -EINVAL;
	}
	tsp->skew = skew;
	if (base != NULL) {
		tsp->base = *base;
		tsp->latest = (struct timeutil_sync_instant){0};
	}
	return 0;
}

float timeutil_sync_estimate_skew(const struct timeutil_sync_state *tsp)
{
	const struct timeutil_sync_config *cfg = tsp->cfg;
	double ref;
	double local;

	if (cfg->ref_Hz == 0 || cfg->local_Hz == 0 || tsp->latest.ref <= tsp->base.ref ||
	    tsp->latest.local <= tsp->base.local) {
		return 0;
	}
	ref = (double)(tsp->latest.ref - tsp->base.ref) / cfg->ref_Hz;
	local = (double)(tsp->latest.local - tsp->base.local) / cfg->local_Hz;
	return (float)(ref / local);
}

static bool has_skew(const struct timeutil_sync_state *tsp)
{
	return tsp->skew != 1.0f;
}

int timeutil_sync_ref_from_local(const struct timeutil_sync_state *tsp, uint64_t local,
				 uint64_t *refp)
{
	const struct timeutil_sync_config *cfg;
	int64_t passed;

	if (tsp == NULL || refp == NULL || !(tsp->skew > 0)) {
		return -EINVAL;
	}
	cfg = tsp->cfg;
	passed = (int64_t)(local - tsp->base.local);
	if (has_skew(tsp)) {
		passed = (int64_t)((double)tsp->skew * (double)passed);
	}
	/* Whole seconds apart, so that the product stays small. */
	passed = passed / (int64_t)cfg->local_Hz * (int64_t)cfg->ref_Hz +
		 passed % (int64_t)cfg->local_Hz * (int64_t)cfg->ref_Hz / (int64_t)cfg->local_Hz;
	if (passed < 0 && (uint64_t)-passed > tsp->base.ref) {
		return -ERANGE;
	}
	*refp = tsp->base.ref + (uint64_t)passed;
	return has_skew(tsp) ? 1 : 0;
}

int timeutil_sync_local_from_ref(const struct timeutil_sync_state *tsp, uint64_t ref,
				 int64_t *localp)
{
	const struct timeutil_sync_config *cfg;
	int64_t passed;

	if (tsp == NULL || localp == NULL || !(tsp->skew > 0)) {
		return -EINVAL;
	}
	cfg = tsp->cfg;
	passed = (int64_t)(ref - tsp->base.ref);
	passed = passed / (int64_t)cfg->ref_Hz * (int64_t)cfg->local_Hz +
		 passed % (int64_t)cfg->ref_Hz * (int64_t)cfg->local_Hz / (int64_t)cfg->ref_Hz;
	if (has_skew(tsp)) {
		passed = (int64_t)((double)passed / (double)tsp->skew);
	}
	if (tsp->base.local > INT64_MAX ||
	    (passed > 0 && (int64_t)tsp->base.local > INT64_MAX - passed)) {
		return -ERANGE;
	}
	*localp = (int64_t)tsp->base.local + passed;
	return has_skew(tsp) ? 1 : 0;
}

int32_t timeutil_sync_skew_to_ppb(float skew)
{
	const double ppb = (1.0 - (double)skew) * 1e9;

	/* Nor is a NaN between them. */
	return ppb >= INT32_MIN && ppb <= INT32_MAX ? (int32_t)ppb : INT32_MIN;
}
