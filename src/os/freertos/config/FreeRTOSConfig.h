/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FreeRTOS for boards of ours, out of Kconfig. A firmware with its own build has its own; port.c says what it wants of it.
 */
#ifndef FREERTOS_CONFIG_H
#define FREERTOS_CONFIG_H

#include <zephyr/autoconf.h>
#ifndef __ASSEMBLER__
#include <zephyr/znet_freertos.h>
#endif

/* Each of Zephyr's priorities has one of FreeRTOS's, the idle thread's and that of the time-outs too. */
#define configMAX_PRIORITIES     (CONFIG_NUM_COOP_PRIORITIES + CONFIG_NUM_PREEMPT_PRIORITIES + 2)
#define configUSE_PORT_OPTIMISED_TASK_SELECTION (configMAX_PRIORITIES <= 32)
#define configUSE_PREEMPTION     1
/* Threads of the same priority take turns when they yield, as in Zephyr. */
#define configUSE_TIME_SLICING   0
#define configCPU_CLOCK_HZ       CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC
#define configTICK_RATE_HZ       CONFIG_ZNET_FREERTOS_TICK_HZ
#define configTICK_TYPE_WIDTH_IN_BITS TICK_TYPE_WIDTH_32_BITS

/* Nothing is allocated; the stack of the idle task is in words. */
#define configSUPPORT_STATIC_ALLOCATION  1
#define configSUPPORT_DYNAMIC_ALLOCATION 0
#define configKERNEL_PROVIDED_STATIC_MEMORY 1
#define configMINIMAL_STACK_SIZE         (CONFIG_IDLE_STACK_SIZE / 4)
#define configMAX_TASK_NAME_LEN          16

#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 1
#define configUSE_TASK_NOTIFICATIONS            1
#define configUSE_IDLE_HOOK                     1
#define configUSE_TICK_HOOK                     1
#define configUSE_TIMERS                        0
#define configUSE_CO_ROUTINES                   0
#define configUSE_MUTEXES                       0

#define traceTASK_SWITCHED_OUT()           ZNET_FREERTOS_SWITCHED_OUT()

/* With a guard at its end, nobody may look at the end of the running thread's stack: the pointer into it must do. */
#if defined(CONFIG_HW_STACK_PROTECTION)
#ifndef __ASSEMBLER__
void znet_stack_guard(const void *lowest);
#endif
#define traceTASK_SWITCHED_IN()         znet_stack_guard(pxCurrentTCB->pxStack)
#define ZNET_FREERTOS_GUARD(lowest)     znet_stack_guard(lowest)
#define configCHECK_FOR_STACK_OVERFLOW  1
#else
#define configCHECK_FOR_STACK_OVERFLOW  2
#endif

#define INCLUDE_vTaskDelete                1
#define INCLUDE_vTaskSuspend               1
#define INCLUDE_vTaskPrioritySet           1
#define INCLUDE_uxTaskPriorityGet          1
#define INCLUDE_xTaskGetSchedulerState     1
#define INCLUDE_xTaskGetCurrentTaskHandle  1
#define INCLUDE_uxTaskGetStackHighWaterMark 1

/*
 * Interrupts from this level on (less urgent ones have greater numbers) may call the library. The lowest bit must be
 * clear: QEMU's processor has all eight.
 */
#define configKERNEL_INTERRUPT_PRIORITY      255
#define configMAX_SYSCALL_INTERRUPT_PRIORITY 160
#define configCHECK_HANDLER_INSTALLATION     1

#define configASSERT(x)                                                                            \
	do {                                                                                       \
		if (!(x)) {                                                                        \
			znet_freertos_assert(__FILE_NAME__, __LINE__);                             \
		}                                                                                  \
	} while (0)

#endif /* FREERTOS_CONFIG_H */
