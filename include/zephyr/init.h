// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Functions and devices that start up before main(), by level and priority.
 *
 * Levels in order: EARLY, PRE_KERNEL_1, PRE_KERNEL_2, POST_KERNEL, APPLICATION, SMP. Within a level
 * the smaller priority (0 to 99, a literal or a macro that is one) goes first. Everything here runs
 * on the main thread.
 */
#ifndef ZEPHYR_INCLUDE_INIT_H_
#define ZEPHYR_INCLUDE_INIT_H_

#include <stddef.h>

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

struct device;

/** One entry of a start-up list. */
struct init_entry {
	/** Called if @p dev is NULL. */
	int (*init_fn)(void);
	/** Device to bring up with its own init function. */
	const struct device *dev;
};

/* A misspelt level has no number: the error names it. */
#define Z_INIT_ORD_EARLY        0
#define Z_INIT_ORD_PRE_KERNEL_1 1
#define Z_INIT_ORD_PRE_KERNEL_2 2
#define Z_INIT_ORD_POST_KERNEL  3
#define Z_INIT_ORD_APPLICATION  4
#define Z_INIT_ORD_SMP          5
/** Number of a level. */
#define INIT_LEVEL_ORD(level)   _CONCAT(Z_INIT_ORD_, level)

#define Z_INIT_ENTRY_NAME(init_id) _CONCAT(__init_, init_id)
/* The linker sorts these by name, one digit before two before three. */
#define Z_INIT_ENTRY_SECTION(level, prio, sub_prio)                                                \
	__attribute__((__section__(".z_init_" #level "_P_" STRINGIFY(prio) "_SUB_"                 \
				   STRINGIFY(sub_prio) "_")))

#define Z_INIT_ENTRY_DEFINE(init_id, fn, device, level, prio, sub_prio)                            \
	static const __used Z_NOASAN_OBJECT __aligned(__alignof__(struct init_entry))              \
	struct init_entry Z_INIT_ENTRY_SECTION(level, prio, sub_prio)                              \
	Z_INIT_ENTRY_NAME(init_id) = {fn, device};                                                 \
	BUILD_ASSERT(INIT_LEVEL_ORD(level) >= 0, "no such start-up level")

/** Has `int init_fn(void)` called at start-up. */
#define SYS_INIT(init_fn, level, prio) SYS_INIT_NAMED(init_fn, init_fn, level, prio)
/** The same under a name of its own, so that a function may appear twice. */
#define SYS_INIT_NAMED(name, init_fn_, level, prio)                                                \
	Z_INIT_ENTRY_DEFINE(name, init_fn_, NULL, level, prio, 0)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_INIT_H_ */
