/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FreeRTOS's hooks, the console, and how all ends. A firmware that has hooks of its own overrides these weak ones.
 */
#include <string.h>

#include <zephyr/sys/printk.h>

#include "port.h"

/* Weak: NULL on a board without. */
extern void znet_board_restart(void) __weak;

static void say(const char *text)
{
	znet_board_console((const uint8_t *)text, strlen(text));
}

void znet_freertos_fail(const char *what, const char *why)
{
	say("znet: ");
	say(what);
	say(why);
	say("\n");
	k_sys_fatal_error_handler(K_ERR_KERNEL_PANIC, NULL);
	znet_board_exit(K_ERR_KERNEL_PANIC);
}

void znet_freertos_assert(const char *file, int line)
{
	char digits[12];
	char *at = &digits[sizeof(digits) - 1];

	*at = '\0';
	do {
		*--at = (char)('0' + line % 10);
		line /= 10;
	} while (line > 0);
	say("znet: ");
	say(file);
	say(":");
	say(at);
	say("\n");
	znet_freertos_fail("an assertion of FreeRTOS", " does not hold");
}

/* One message after the other; an interrupt's comes in between. */
void znet_port_console(const uint8_t *bytes, size_t len)
{
	const bool lock = znet_freertos_started() && !znet_port_in_isr();

	if (lock) {
		vTaskSuspendAll();
	}
	znet_board_console(bytes, len);
	if (lock) {
		(void)xTaskResumeAll();
	}
}

void znet_port_misuse(const char *what)
{
	znet_freertos_fail(what, " in an interrupt");
}

void znet_port_restart(void)
{
	if (znet_board_restart != NULL) {
		znet_board_restart();
	}
	znet_board_exit(0);
}

void znet_port_exit(int code)
{
	znet_board_exit(code);
}

__weak void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
	const struct znet_task *full = pvTaskGetThreadLocalStoragePointer(task, ZNET_FREERTOS_LOCAL);

	printk("znet: the stack is full of thread %p \"%s\"\n",
	       full != NULL ? (void *)full->thread : NULL, name);
	k_sys_fatal_error_handler(K_ERR_STACK_CHK_FAIL, NULL);
	znet_board_exit(K_ERR_STACK_CHK_FAIL);
}

__weak void vApplicationTickHook(void)
{
	znet_freertos_tick();
}

__weak void vApplicationIdleHook(void)
{
	znet_freertos_idle();
#if defined(CONFIG_ZNET_FREERTOS_IDLE_SLEEP)
	__asm volatile("dsb\n\twfi" ::: "memory");
#endif
}
