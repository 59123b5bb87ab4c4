// SPDX-License-Identifier: Apache-2.0
/* An interrupt line of the test's own, raised by software. */
#ifndef LINE_H
#define LINE_H

#include <zephyr/irq.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

/* Has `f` run as an interrupt, now or as soon as interrupts are let through. */
void raise_interrupt(void (*f)(void));

/* The interrupt controller's own number for how urgent it is: less is more. */
void set_interrupt_urgency(uint8_t urgency);
#define USUAL_URGENCY 192

/* Interrupts so far. */
extern volatile int interrupts;

#endif /* LINE_H */
