/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MPS2 with AN385: the console on the first serial port, the clock on the first timer (CMSDK APB UART and timer).
 */
#include <zephyr/znet_freertos.h>

#include "semihost.h"

#define REG(address) (*(volatile uint32_t *)(address))

#define UART0_DATA  REG(0x40004000)
#define UART0_STATE REG(0x40004004)
#define UART0_CTRL  REG(0x40004008)
#define UART0_BAUD  REG(0x40004010)

#define UART_STATE_FULL  0x1 /* nothing more can be written */
#define UART_CTRL_SENDER 0x1

#define TIMER0_CTRL   REG(0x40000000)
#define TIMER0_VALUE  REG(0x40000004)
#define TIMER0_RELOAD REG(0x40000008)

#define TIMER_CTRL_ENABLE 0x1

#define BAUD 115200U

void znet_board_init(void);

void znet_board_init(void)
{
	UART0_BAUD = CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC / BAUD;
	UART0_CTRL = UART_CTRL_SENDER;

	TIMER0_RELOAD = UINT32_MAX;
	TIMER0_VALUE = UINT32_MAX;
	TIMER0_CTRL = TIMER_CTRL_ENABLE;
}

void znet_board_console(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		while (UART0_STATE & UART_STATE_FULL) {
		}
		UART0_DATA = bytes[i];
	}
}

/* The timer counts down. */
uint32_t znet_board_cycles(void)
{
	return UINT32_MAX - TIMER0_VALUE;
}

void znet_board_exit(int code)
{
	semihost_exit(code);
}
