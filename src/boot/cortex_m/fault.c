/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults: the registers are printed, then the program ends by the fatal error handler.
 */
#include <zephyr/fatal.h>
#include <zephyr/sys/printk.h>
#include <zephyr/toolchain.h>
#include <zephyr/znet_freertos.h>

#include <FreeRTOS.h>
#include <task.h>

#include "cortex_m.h"

/* What the processor puts on the stack of whom it interrupts. */
struct arch_esf {
	uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

void znet_fault(void);
FUNC_NORETURN __used void znet_fault_report(const struct arch_esf *esf);

void znet_fault_report(const struct arch_esf *esf)
{
	uint32_t exception;

	__asm volatile("mrs %0, ipsr" : "=r"(exception));
	printk("znet: fault: exception %u at %08x, called from %08x\n", (unsigned int)exception,
	       (unsigned int)esf->pc, (unsigned int)esf->lr);
	printk("znet: r0 %08x r1 %08x r2 %08x r3 %08x r12 %08x psr %08x\n", (unsigned int)esf->r0,
	       (unsigned int)esf->r1, (unsigned int)esf->r2, (unsigned int)esf->r3,
	       (unsigned int)esf->r12, (unsigned int)esf->psr);
	printk("znet: cfsr %08x hfsr %08x address %08x\n", (unsigned int)SCB_CFSR,
	       (unsigned int)SCB_HFSR, (unsigned int)SCB_BFAR);
	printk("znet: thread %s, stack pointer %08x\n", pcTaskGetName(NULL),
	       (unsigned int)(uintptr_t)esf);
	k_sys_fatal_error_handler(K_ERR_CPU_EXCEPTION, esf);
	znet_board_exit(1);
}

/* The fault's frame is on the stack that was in use: bit 2 of the return value says which. */
__attribute__((naked)) void znet_fault(void)
{
	__asm volatile("tst lr, #4\n"
		       "ite eq\n"
		       "mrseq r0, msp\n"
		       "mrsne r0, psp\n"
		       "b znet_fault_report\n");
}
