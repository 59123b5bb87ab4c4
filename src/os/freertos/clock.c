/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Microseconds since start-up: from the board's counter if it has one, else from FreeRTOS's ticks.
 */
#include "port.h"

/* Weak: NULL on a board without. */
extern uint32_t znet_board_cycles(void) __weak;

#define CYCLES_PER_US (CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC / 1000000U)

/* The counter when it was last looked at, less what did not make a whole microsecond; the time then. */
static uint32_t last;
static uint64_t micros;

static void count_cycles(void)
{
#if CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC % 1000000U == 0
	const uint32_t passed = (znet_board_cycles() - last) / CYCLES_PER_US;

	last += passed * CYCLES_PER_US;
	micros += passed;
#else
	/* What is left over, in millionths of a cycle's time times the frequency: always below the frequency. */
	static uint32_t rest;
	const uint32_t now = znet_board_cycles();
	const uint64_t scaled = (uint64_t)(now - last) * 1000000U + rest;

	last = now;
	micros += scaled / CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
	rest = scaled % CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
#endif
}

static void count_ticks(void)
{
	const uint32_t now = xTaskGetTickCountFromISR();

	micros += (uint64_t)(now - last) * (1000000U / configTICK_RATE_HZ);
	last = now;
}

uint64_t znet_port_now_us(void)
{
	const uint32_t key = znet_port_irq_lock();
	uint64_t now;

	if (znet_board_cycles != NULL) {
		count_cycles();
	} else {
		count_ticks();
	}
	now = micros;
	znet_port_irq_unlock(key);
	return now;
}

void znet_freertos_tick(void)
{
	static uint32_t ticks;

	/* The counter must not come round unseen: a 32-bit one lasts 4 s even at 1 GHz. */
	if (++ticks % configTICK_RATE_HZ == 0) {
		(void)znet_port_now_us();
	}
}
