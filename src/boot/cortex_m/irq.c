/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interrupts of the controller: one table of handlers with their arguments, filled by IRQ_CONNECT().
 *
 * Priorities begin at the most urgent one that may call the library: 0 there is configMAX_SYSCALL_INTERRUPT_PRIORITY
 * here.
 */
#include <zephyr/fatal.h>
#include <zephyr/irq.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#include <FreeRTOS.h>

#include "cortex_m.h"

/* Priorities that every Cortex-M3 tells apart. */
#define STEP 32

static struct {
	void (*isr)(const void *arg);
	const void *arg;
} handlers[CONFIG_NUM_IRQS];

static unsigned int current_line(void)
{
	unsigned int exception;

	__asm volatile("mrs %0, ipsr" : "=r"(exception));
	return exception - EXCEPTIONS;
}

void znet_isr(void)
{
	const unsigned int line = current_line();

	if (handlers[line].isr == NULL) {
		printk("znet: nobody handles interrupt %u\n", line);
		k_sys_fatal_error_handler(K_ERR_SPURIOUS_IRQ, NULL);
		k_fatal_halt(K_ERR_SPURIOUS_IRQ);
	}
	handlers[line].isr(handlers[line].arg);
}

int arch_irq_connect_dynamic(unsigned int irq, unsigned int priority,
			     void (*isr)(const void *arg), const void *arg, uint32_t flags)
{
	ARG_UNUSED(flags);
	if (irq >= CONFIG_NUM_IRQS) {
		return -1;
	}
	handlers[irq].arg = arg;
	handlers[irq].isr = isr;
	NVIC_IPR[irq] = MIN(configMAX_SYSCALL_INTERRUPT_PRIORITY + priority * STEP,
			    configKERNEL_INTERRUPT_PRIORITY - (STEP - 1));
	return (int)irq;
}

void arch_irq_enable(unsigned int irq)
{
	if (irq < CONFIG_NUM_IRQS) {
		NVIC_ISER[irq / 32] = BIT(irq % 32);
	}
}

void arch_irq_disable(unsigned int irq)
{
	if (irq < CONFIG_NUM_IRQS) {
		NVIC_ICER[irq / 32] = BIT(irq % 32);
		__asm volatile("dsb\n\tisb" ::: "memory");
	}
}

int arch_irq_is_enabled(unsigned int irq)
{
	return irq < CONFIG_NUM_IRQS && (NVIC_ISER[irq / 32] & BIT(irq % 32)) != 0;
}
