// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What a firmware adds to the FreeRTOS port in src/os/freertos (CONFIG_ZNET_PORT_FREERTOS).
 *
 * The port implements <zephyr/znet_port.h> over FreeRTOS; the firmware compiles it with its own FreeRTOSConfig.h and
 * supplies what FreeRTOS does not know of: the functions znet_board_*() below. Boards of ours have them in
 * cmake/boards/<board>.
 */
#ifndef ZEPHYR_INCLUDE_ZNET_FREERTOS_H_
#define ZEPHYR_INCLUDE_ZNET_FREERTOS_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes to where messages go. From any context, also with interrupts locked: it polls. */
void znet_board_console(const uint8_t *bytes, size_t len);
/** Stops the machine; where someone can be told the status, with it. */
FUNC_NORETURN void znet_board_exit(int code);
/** Starts the machine anew. May be left out: then it stops. */
FUNC_NORETURN void znet_board_restart(void);
/**
 * A counter that runs up through all 32 bits, CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC to the second. May be left out: then
 * time is as fine as FreeRTOS's tick.
 */
uint32_t znet_board_cycles(void);
/**
 * Fills @p len bytes from a true source of entropy; 0, anything else on failure. May be left out with
 * CONFIG_TEST_RANDOM_GENERATOR only: otherwise a program with a network refuses to start.
 */
int znet_board_entropy(uint8_t *bytes, size_t len);

/** To be called by the firmware's vApplicationTickHook(), if it has one; the port's calls it. */
void znet_freertos_tick(void);
/** To be called by the firmware's vApplicationIdleHook(), if it has one; the port's calls it. */
void znet_freertos_idle(void);
/**
 * Leaves the running task in front of those of its priority unless it yields: Zephyr's threads do not preempt their like,
 * where FreeRTOS goes on to the next whenever a more urgent one has run. For FreeRTOSConfig.h:
 *
 *     #define traceTASK_SWITCHED_OUT() ZNET_FREERTOS_SWITCHED_OUT()
 */
void znet_freertos_switched_out(void *state_item, void *ready_list);
#define ZNET_FREERTOS_SWITCHED_OUT()                                                               \
	znet_freertos_switched_out(&pxCurrentTCB->xStateListItem,                                  \
				   &pxReadyTasksLists[pxCurrentTCB->uxPriority])

/** The calling thread's errno, for a C library that asks: newlib's __errno(). */
int *znet_freertos_errno(void);
/** For configASSERT(): says where, and ends the program by the fatal error handler. */
FUNC_NORETURN void znet_freertos_assert(const char *file, int line);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_ZNET_FREERTOS_H_ */
