// SPDX-License-Identifier: Apache-2.0

#include <zephyr/kernel.h>

#include "fatal.h"

jmp_buf fatal_back;
static volatile bool expected_here;
static void (*volatile rescue)(void);
static uintptr_t rescue_stack;
static volatile unsigned int reason_seen;

/* Where interrupts have their stack, from the linker script. */
extern char znet_isr_stack_end[];

void expect_fatal_here(bool expected)
{
	expected_here = expected;
}

void expect_fatal(void (*f)(void), uintptr_t stack_end)
{
	rescue = f;
	rescue_stack = stack_end;
}

unsigned int last_fatal(void)
{
	return reason_seen;
}

/* What the processor restores on its way out of an interrupt. */
struct frame {
	uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

/* Leaves the interrupt, into `rescue`, and forgets all that is on the interrupts' stack. */
FUNC_NORETURN static void leave(void)
{
	struct frame *frame = (struct frame *)ROUND_DOWN(rescue_stack - sizeof(*frame), 8);

	*frame = (struct frame){.pc = (uint32_t)rescue & ~1U, .psr = BIT(24)};
	rescue = NULL;
	__asm volatile("msr psp, %0\n"
		       "msr msp, %1\n"
		       "bx %2\n" ::"r"(frame),
		       "r"(znet_isr_stack_end), "r"(0xfffffffdU));
	CODE_UNREACHABLE;
}

void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf)
{
	ARG_UNUSED(esf);
	reason_seen = reason;
	if (expected_here) {
		longjmp(fatal_back, 1);
	}
	if (rescue != NULL) {
		leave();
	}
	k_fatal_halt(reason);
}
