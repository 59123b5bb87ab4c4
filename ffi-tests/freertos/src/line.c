// SPDX-License-Identifier: Apache-2.0

#include "line.h"

#define LINE (CONFIG_NUM_IRQS - 1)

/* The interrupt controller's: a bit makes a line pending. */
#define NVIC_ISPR ((volatile uint32_t *)0xe000e200)
#define NVIC_IPR  ((volatile uint8_t *)0xe000e400)

volatile int interrupts;
static void (*volatile next)(void);

static void handler(const void *arg)
{
	ARG_UNUSED(arg);
	interrupts++;
	next();
}

static int connect(void)
{
	IRQ_CONNECT(LINE, 1, handler, NULL, 0);
	irq_enable(LINE);
	return 0;
}
SYS_INIT(connect, APPLICATION, 0);

void raise_interrupt(void (*f)(void))
{
	next = f;
	NVIC_ISPR[LINE / 32] = BIT(LINE % 32);
	__asm volatile("dsb\n\tisb" ::: "memory");
}

void set_interrupt_urgency(uint8_t urgency)
{
	NVIC_IPR[LINE] = urgency;
}
