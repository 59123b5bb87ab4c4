/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this port share. */
#ifndef ZNET_FREERTOS_PORT_H
#define ZNET_FREERTOS_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/fatal.h>
#include <zephyr/toolchain.h>
#include <zephyr/znet_freertos.h>
#include <zephyr/znet_port.h>

#include <FreeRTOS.h>
#include <task.h>

/* Which of the task's local pointers and notifications are the library's. */
#ifndef ZNET_FREERTOS_LOCAL
#define ZNET_FREERTOS_LOCAL 0
#endif
#ifndef ZNET_FREERTOS_NOTIFICATION
#define ZNET_FREERTOS_NOTIFICATION (configTASK_NOTIFICATION_ARRAY_ENTRIES - 1)
#endif

/* What the port knows of a task beside what FreeRTOS does. */
struct znet_task {
	struct znet_task *next;
	struct _thread_base *thread; /* whom it runs */
	struct _thread_base *block;  /* whose `port` leads here */
	TaskHandle_t handle;
	/* Lowest address of its stack, NULL for a task that the library did not make. */
	uint8_t *stack;
	int error; /* errno */
	uint16_t locks; /* depth of znet_port_sched_lock() */
	bool holds;     /* FreeRTOS's scheduler is suspended on its behalf */
	bool over;      /* it never runs again and waits to be forgotten */
};

/* The calling task's. */
struct znet_task *znet_freertos_task(void);
/* Threads run: FreeRTOS's scheduler has been started. */
bool znet_freertos_started(void);
/* Ends the program if the caller is an interrupt, which may not do `what`. */
void znet_freertos_not_in_isr(const char *what);
/* Ends the program with a message. */
FUNC_NORETURN void znet_freertos_fail(const char *what, const char *why);
/* Ends the program if random numbers could be guessed and the configuration does not allow it. */
void znet_freertos_check_entropy(void);

#endif /* ZNET_FREERTOS_PORT_H */
