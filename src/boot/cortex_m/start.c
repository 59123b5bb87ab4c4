/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to znet_start(): the vector table, memory, C's and C++'s constructors.
 */
#include <stddef.h>

#include <zephyr/toolchain.h>
#include <zephyr/znet_freertos.h>

#include "cortex_m.h"

FUNC_NORETURN void znet_start(void);
FUNC_NORETURN void znet_reset(void);
void znet_fault(void);
void vPortSVCHandler(void);
void xPortPendSVHandler(void);
void xPortSysTickHandler(void);

/* The board's, if it has something to do before anything else runs. */
extern void znet_board_init(void) __weak;

typedef void (*constructor_t)(void);
extern const constructor_t __preinit_array_start[], __preinit_array_end[];
extern const constructor_t __init_array_start[], __init_array_end[];

/* All of the chip, by the reset request of the processor. */
void znet_board_restart(void)
{
	__asm volatile("dsb" ::: "memory");
	SCB_AIRCR = AIRCR_KEY | AIRCR_RESET;
	while (1) {
	}
}

struct vectors {
	const void *stack;
	constructor_t exceptions[EXCEPTIONS - 1];
	constructor_t lines[CONFIG_NUM_IRQS];
};

__attribute__((section(".vectors"), used)) static const struct vectors vectors = {
	.stack = znet_isr_stack_end,
	.exceptions = {
		[0] = znet_reset,
		[1] = znet_fault, /* NMI */
		[2] = znet_fault, /* hard fault */
		[3] = znet_fault, /* memory management */
		[4] = znet_fault, /* bus */
		[5] = znet_fault, /* usage */
		[6] = znet_fault,
		[7] = znet_fault,
		[8] = znet_fault,
		[9] = znet_fault,
		[10] = vPortSVCHandler,
		[11] = znet_fault, /* debug monitor */
		[12] = znet_fault,
		[13] = xPortPendSVHandler,
		[14] = xPortSysTickHandler,
	},
	.lines = {[0 ... CONFIG_NUM_IRQS - 1] = znet_isr},
};

static void run(const constructor_t *first, const constructor_t *end)
{
	while (first != end) {
		(*first++)();
	}
}

void znet_reset(void)
{
	const uint32_t *from = znet_ram_image;

	for (uint32_t *to = znet_ram_start; to < znet_ram_end; to++) {
		*to = *from++;
	}
	for (uint32_t *to = znet_bss_start; to < znet_bss_end; to++) {
		*to = 0;
	}
	SCB_VTOR = (uint32_t)&vectors;
	if (znet_board_init != NULL) {
		znet_board_init();
	}
	run(__preinit_array_start, __preinit_array_end);
	run(__init_array_start, __init_array_end);
	znet_start();
}
