/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults: the registers are printed, then the program ends by the fatal error handler.
 */
#include <zephyr/fatal.h>
#include <zephyr/sys/printk.h>
#include <zephyr/toolchain.h>
#include <zephyr/znet_freertos.h>
#include <zephyr/znet_port.h>

#include "cortex_m.h"

/* What the processor puts on the stack of whom it interrupts. */
struct arch_esf {
	uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

void znet_fault(void);
FUNC_NORETURN __used void znet_fault_report(const struct arch_esf *esf);

static uint32_t faulting_address(uint32_t cfsr)
{
	if (cfsr & CFSR_MMFAR_VALID) {
		return SCB_MMFAR;
	}
	return cfsr & CFSR_BFAR_VALID ? SCB_BFAR : 0;
}

static void print_registers(const struct arch_esf *esf)
{
	uint32_t exception;

	__asm volatile("mrs %0, ipsr" : "=r"(exception));
	printk("znet: fault: exception %u at %08x, called from %08x\n", exception, esf->pc, esf->lr);
	printk("znet: r0 %08x r1 %08x r2 %08x r3 %08x r12 %08x psr %08x\n", esf->r0, esf->r1, esf->r2,
	       esf->r3, esf->r12, esf->psr);
}

void znet_fault_report(const struct arch_esf *esf)
{
	const struct _thread_base *thread = znet_port_current();
	const uint32_t cfsr = SCB_CFSR;
	const uint32_t address = faulting_address(cfsr);
	const bool full = znet_hit_guard(address, cfsr & CFSR_STACKING ? (uintptr_t)esf : UINTPTR_MAX);

	/* What the processor could not save cannot be shown. */
	if ((cfsr & CFSR_STACKING) == 0) {
		print_registers(esf);
	}
	printk("znet: thread %p \"%s\", stack pointer %08x, address %08x, cfsr %08x hfsr %08x\n",
	       (void *)thread, thread->name != NULL ? thread->name : "",
	       (uint32_t)(uintptr_t)esf, address, cfsr, SCB_HFSR);
	SCB_CFSR = cfsr; /* by writing ones */
	if (full) {
		printk("znet: the stack is full\n");
	}
	k_sys_fatal_error_handler(full ? K_ERR_STACK_CHK_FAIL : K_ERR_CPU_EXCEPTION, esf);
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
