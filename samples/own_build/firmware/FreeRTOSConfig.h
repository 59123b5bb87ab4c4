/* SPDX-License-Identifier: Apache-2.0 */
/* FreeRTOS as this firmware wants it. src/os/freertos/port.c says what the library asks for. */

#ifndef FREERTOS_CONFIG_H
#define FREERTOS_CONFIG_H

#define configCPU_CLOCK_HZ            25000000
#define configTICK_RATE_HZ            1000
#define configTICK_TYPE_WIDTH_IN_BITS TICK_TYPE_WIDTH_32_BITS
#define configMAX_PRIORITIES          32
#define configUSE_PREEMPTION          1
#define configUSE_TIME_SLICING        0
#define configUSE_TIMERS              0
#define configUSE_IDLE_HOOK           1
#define configUSE_TICK_HOOK           1
#define configMINIMAL_STACK_SIZE      128 /* words, of the idle task */
#define configMAX_TASK_NAME_LEN       16
#define configCHECK_FOR_STACK_OVERFLOW 2

#define configSUPPORT_STATIC_ALLOCATION    1
#define configSUPPORT_DYNAMIC_ALLOCATION   0
#define configKERNEL_PROVIDED_STATIC_MEMORY 1

#define configUSE_TASK_NOTIFICATIONS            1
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 1

#define INCLUDE_vTaskDelete                1
#define INCLUDE_vTaskSuspend               1
#define INCLUDE_vTaskPrioritySet           1
#define INCLUDE_uxTaskPriorityGet          1
#define INCLUDE_xTaskGetSchedulerState     1
#define INCLUDE_xTaskGetCurrentTaskHandle  1

#define configKERNEL_INTERRUPT_PRIORITY      255
#define configMAX_SYSCALL_INTERRUPT_PRIORITY 160

#ifndef __ASSEMBLER__
/* Of <zephyr/znet_freertos.h>, where FreeRTOS itself need not look. */
void znet_freertos_assert(const char *file, int line);
void znet_freertos_switched_out(void *state_item, void *ready_list);
#endif
/* Threads of one priority do not preempt each other. */
#define traceTASK_SWITCHED_OUT()                                                                   \
	znet_freertos_switched_out(&pxCurrentTCB->xStateListItem,                                  \
				   &pxReadyTasksLists[pxCurrentTCB->uxPriority])

#define configASSERT(condition)                                                                    \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			znet_freertos_assert(__FILE__, __LINE__);                                  \
		}                                                                                  \
	} while (0)

#endif /* FREERTOS_CONFIG_H */
