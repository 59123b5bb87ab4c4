// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What happens when nothing can go on.
 */
#ifndef ZEPHYR_INCLUDE_FATAL_H_
#define ZEPHYR_INCLUDE_FATAL_H_

#include <zephyr/fatal_types.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Registers at the time of a trap; opaque here. */
struct arch_esf;

/** Ends the program: the process exits, a microcontroller stops with interrupts locked. */
FUNC_NORETURN void k_fatal_halt(unsigned int reason);

/**
 * Called on a fatal error; an application may define its own. The library's prints the reason and
 * halts.
 *
 * @param esf registers, NULL if unknown
 */
void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_FATAL_H_ */
