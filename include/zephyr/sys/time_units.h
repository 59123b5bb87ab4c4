// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Conversions between seconds, their parts, clock ticks and hardware cycles.
 *
 * `k_<from>_to_<to>_<rounding><width>(t)`: rounding is floor (down), ceil (up) or near (to the nearest, halves up);
 * width is 32 or 64, the bits of the result. All are constant expressions if @p t is. Values whose product with the
 * target's frequency passes 2^64 are out of range.
 */
#ifndef ZEPHYR_INCLUDE_TIME_UNITS_H_
#define ZEPHYR_INCLUDE_TIME_UNITS_H_

#include <stdint.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** "For ever" where a time-out is an integer. */
#define SYS_FOREVER_MS (-1)
#define SYS_FOREVER_US (-1)

/** A time-out of @p ms milliseconds, or K_FOREVER for SYS_FOREVER_MS. */
#define SYS_TIMEOUT_MS_INIT(ms)                                                                    \
	Z_TIMEOUT_TICKS_INIT((ms) == SYS_FOREVER_MS ? K_TICKS_FOREVER : Z_TIMEOUT_MS_TICKS(ms))
#define SYS_TIMEOUT_MS(ms) ((k_timeout_t)SYS_TIMEOUT_MS_INIT(ms))

/** Frequency of the hardware clock in Hz. */
#define sys_clock_hw_cycles_per_sec() CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC

/* Ratio of two frequencies, never 0 so that the branch not taken divides by something. */
#define Z_TIME_RATIO(a, b) ((uint64_t)(a) / (b) + ((uint64_t)(a) / (b) == 0U))

/* t, in units of 1/from s, in units of 1/to s. `add` is what the dividend gains before a division by n. */
#define Z_TIME_CONVERT(t, from, to, add)                                                           \
	((to) % (from) == 0U ? (uint64_t)(t) * Z_TIME_RATIO(to, from)                              \
	 : (from) % (to) == 0U                                                                     \
		 ? ((uint64_t)(t) + add(Z_TIME_RATIO(from, to))) / Z_TIME_RATIO(from, to)          \
		 : ((uint64_t)(t) * (to) + add((uint64_t)(from))) / (from))
#define Z_TIME_ADD_FLOOR(n) 0U
#define Z_TIME_ADD_CEIL(n)  ((n) - 1U)
#define Z_TIME_ADD_NEAR(n)  ((n) / 2U)

#define Z_HZ_sec   1U
#define Z_HZ_ms    1000U
#define Z_HZ_us    1000000U
#define Z_HZ_ns    1000000000U
#define Z_HZ_cyc   ((uint32_t)sys_clock_hw_cycles_per_sec())
#define Z_HZ_ticks ((uint32_t)CONFIG_SYS_CLOCK_TICKS_PER_SEC)

/* sec to ms */
#define k_sec_to_ms_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_sec_to_ms_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_sec_to_ms_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_sec_to_ms_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_sec_to_ms_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_NEAR))
#define k_sec_to_ms_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ms, Z_TIME_ADD_NEAR))

/* sec to us */
#define k_sec_to_us_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_sec_to_us_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_sec_to_us_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_sec_to_us_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_sec_to_us_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_NEAR))
#define k_sec_to_us_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_us, Z_TIME_ADD_NEAR))

/* sec to ns */
#define k_sec_to_ns_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_sec_to_ns_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_sec_to_ns_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_sec_to_ns_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_sec_to_ns_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_NEAR))
#define k_sec_to_ns_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ns, Z_TIME_ADD_NEAR))

/* sec to cyc */
#define k_sec_to_cyc_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_sec_to_cyc_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_sec_to_cyc_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_sec_to_cyc_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_sec_to_cyc_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_NEAR))
#define k_sec_to_cyc_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_cyc, Z_TIME_ADD_NEAR))

/* sec to ticks */
#define k_sec_to_ticks_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_sec_to_ticks_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_sec_to_ticks_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_sec_to_ticks_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_sec_to_ticks_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_NEAR))
#define k_sec_to_ticks_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_sec, Z_HZ_ticks, Z_TIME_ADD_NEAR))

/* ms to sec */
#define k_ms_to_sec_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ms_to_sec_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ms_to_sec_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ms_to_sec_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ms_to_sec_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_NEAR))
#define k_ms_to_sec_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_sec, Z_TIME_ADD_NEAR))

/* ms to us */
#define k_ms_to_us_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ms_to_us_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ms_to_us_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ms_to_us_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ms_to_us_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_NEAR))
#define k_ms_to_us_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_us, Z_TIME_ADD_NEAR))

/* ms to ns */
#define k_ms_to_ns_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_ms_to_ns_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_ms_to_ns_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_ms_to_ns_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_ms_to_ns_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_NEAR))
#define k_ms_to_ns_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ns, Z_TIME_ADD_NEAR))

/* ms to cyc */
#define k_ms_to_cyc_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ms_to_cyc_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ms_to_cyc_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ms_to_cyc_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ms_to_cyc_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_NEAR))
#define k_ms_to_cyc_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_cyc, Z_TIME_ADD_NEAR))

/* ms to ticks */
#define k_ms_to_ticks_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_ms_to_ticks_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_ms_to_ticks_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_ms_to_ticks_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_ms_to_ticks_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_NEAR))
#define k_ms_to_ticks_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ms, Z_HZ_ticks, Z_TIME_ADD_NEAR))

/* us to sec */
#define k_us_to_sec_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_us_to_sec_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_us_to_sec_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_us_to_sec_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_us_to_sec_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_NEAR))
#define k_us_to_sec_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_sec, Z_TIME_ADD_NEAR))

/* us to ms */
#define k_us_to_ms_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_us_to_ms_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_us_to_ms_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_us_to_ms_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_us_to_ms_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_NEAR))
#define k_us_to_ms_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ms, Z_TIME_ADD_NEAR))

/* us to ns */
#define k_us_to_ns_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_us_to_ns_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_us_to_ns_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_us_to_ns_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_us_to_ns_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_NEAR))
#define k_us_to_ns_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ns, Z_TIME_ADD_NEAR))

/* us to cyc */
#define k_us_to_cyc_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_us_to_cyc_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_us_to_cyc_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_us_to_cyc_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_us_to_cyc_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_NEAR))
#define k_us_to_cyc_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_cyc, Z_TIME_ADD_NEAR))

/* us to ticks */
#define k_us_to_ticks_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_us_to_ticks_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_us_to_ticks_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_us_to_ticks_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_us_to_ticks_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_NEAR))
#define k_us_to_ticks_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_us, Z_HZ_ticks, Z_TIME_ADD_NEAR))

/* ns to sec */
#define k_ns_to_sec_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ns_to_sec_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ns_to_sec_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ns_to_sec_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ns_to_sec_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_NEAR))
#define k_ns_to_sec_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_sec, Z_TIME_ADD_NEAR))

/* ns to ms */
#define k_ns_to_ms_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_ns_to_ms_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_ns_to_ms_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_ns_to_ms_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_ns_to_ms_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_NEAR))
#define k_ns_to_ms_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ms, Z_TIME_ADD_NEAR))

/* ns to us */
#define k_ns_to_us_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ns_to_us_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ns_to_us_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ns_to_us_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ns_to_us_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_NEAR))
#define k_ns_to_us_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_us, Z_TIME_ADD_NEAR))

/* ns to cyc */
#define k_ns_to_cyc_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ns_to_cyc_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ns_to_cyc_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ns_to_cyc_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ns_to_cyc_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_NEAR))
#define k_ns_to_cyc_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_cyc, Z_TIME_ADD_NEAR))

/* ns to ticks */
#define k_ns_to_ticks_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_ns_to_ticks_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_ns_to_ticks_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_ns_to_ticks_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_ns_to_ticks_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_NEAR))
#define k_ns_to_ticks_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ns, Z_HZ_ticks, Z_TIME_ADD_NEAR))

/* cyc to sec */
#define k_cyc_to_sec_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_cyc_to_sec_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_cyc_to_sec_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_cyc_to_sec_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_cyc_to_sec_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_NEAR))
#define k_cyc_to_sec_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_sec, Z_TIME_ADD_NEAR))

/* cyc to ms */
#define k_cyc_to_ms_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ms_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ms_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_cyc_to_ms_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_cyc_to_ms_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_NEAR))
#define k_cyc_to_ms_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ms, Z_TIME_ADD_NEAR))

/* cyc to us */
#define k_cyc_to_us_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_cyc_to_us_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_cyc_to_us_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_cyc_to_us_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_cyc_to_us_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_NEAR))
#define k_cyc_to_us_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_us, Z_TIME_ADD_NEAR))

/* cyc to ns */
#define k_cyc_to_ns_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ns_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ns_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_cyc_to_ns_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_cyc_to_ns_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_NEAR))
#define k_cyc_to_ns_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ns, Z_TIME_ADD_NEAR))

/* cyc to ticks */
#define k_cyc_to_ticks_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ticks_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_FLOOR))
#define k_cyc_to_ticks_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_cyc_to_ticks_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_CEIL))
#define k_cyc_to_ticks_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_NEAR))
#define k_cyc_to_ticks_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_cyc, Z_HZ_ticks, Z_TIME_ADD_NEAR))

/* ticks to sec */
#define k_ticks_to_sec_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ticks_to_sec_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_FLOOR))
#define k_ticks_to_sec_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ticks_to_sec_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_CEIL))
#define k_ticks_to_sec_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_NEAR))
#define k_ticks_to_sec_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_sec, Z_TIME_ADD_NEAR))

/* ticks to ms */
#define k_ticks_to_ms_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_ticks_to_ms_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_FLOOR))
#define k_ticks_to_ms_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_ticks_to_ms_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_CEIL))
#define k_ticks_to_ms_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_NEAR))
#define k_ticks_to_ms_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ms, Z_TIME_ADD_NEAR))

/* ticks to us */
#define k_ticks_to_us_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ticks_to_us_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_FLOOR))
#define k_ticks_to_us_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ticks_to_us_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_CEIL))
#define k_ticks_to_us_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_NEAR))
#define k_ticks_to_us_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_us, Z_TIME_ADD_NEAR))

/* ticks to ns */
#define k_ticks_to_ns_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_ticks_to_ns_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_FLOOR))
#define k_ticks_to_ns_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_ticks_to_ns_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_CEIL))
#define k_ticks_to_ns_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_NEAR))
#define k_ticks_to_ns_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_ns, Z_TIME_ADD_NEAR))

/* ticks to cyc */
#define k_ticks_to_cyc_floor32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ticks_to_cyc_floor64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_FLOOR))
#define k_ticks_to_cyc_ceil32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ticks_to_cyc_ceil64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_CEIL))
#define k_ticks_to_cyc_near32(t) ((uint32_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_NEAR))
#define k_ticks_to_cyc_near64(t) ((uint64_t)Z_TIME_CONVERT(t, Z_HZ_ticks, Z_HZ_cyc, Z_TIME_ADD_NEAR))

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_TIME_UNITS_H_ */
