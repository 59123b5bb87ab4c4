/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Guards at the ends of stacks, by the memory protection unit: one region that nobody may touch lies at the end of the
 * running thread's, another at that of the interrupts'. Who reaches it faults, and fault.c says whose stack was full.
 *
 * A function that leaves room for large arrays may step over a guard; FreeRTOS looks at the stack pointer too when
 * threads change.
 */
#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/util.h>

#include "cortex_m.h"

#if defined(CONFIG_HW_STACK_PROTECTION)

#define MPU_CTRL (*(volatile uint32_t *)0xe000ed94)
#define MPU_RBAR (*(volatile uint32_t *)0xe000ed9c)
#define MPU_RASR (*(volatile uint32_t *)0xe000eda0)

/* On, and what no region covers is as without; faults themselves are let through. */
#define CTRL_ON (BIT(0) | BIT(2))
/* The address names the region too. */
#define RBAR(address, region) ((address) | BIT(4) | (region))
/* 32 bytes, no access, no execution. */
#define RASR_GUARD (BIT(28) | (4 << 1) | BIT(0))

enum {
	THREAD_REGION,
	ISR_REGION,
};

static uintptr_t guard;

void znet_stack_guard(const void *lowest)
{
	static bool ready;

	if (lowest == NULL) {
		MPU_CTRL = 0;
	} else {
		guard = ROUND_UP((uintptr_t)lowest, GUARD_SIZE);
		MPU_RBAR = RBAR(guard, THREAD_REGION);
		if (!ready) {
			ready = true;
			MPU_RASR = RASR_GUARD;
			MPU_RBAR = RBAR(ROUND_UP((uintptr_t)znet_isr_stack_start, GUARD_SIZE), ISR_REGION);
			MPU_RASR = RASR_GUARD;
		}
		MPU_CTRL = CTRL_ON;
	}
	__asm volatile("dsb\n\tisb" ::: "memory");
}

bool znet_hit_guard(uintptr_t address, uintptr_t stack_pointer)
{
	const uintptr_t isr = ROUND_UP((uintptr_t)znet_isr_stack_start, GUARD_SIZE);

	return (address >= guard && address < guard + GUARD_SIZE) ||
	       (address >= isr && address < isr + GUARD_SIZE) ||
	       /* The processor itself, saving registers, tells no address. */
	       (stack_pointer < guard + GUARD_SIZE && stack_pointer + FRAME_SIZE > guard);
}

#else

bool znet_hit_guard(uintptr_t address, uintptr_t stack_pointer)
{
	ARG_UNUSED(address);
	ARG_UNUSED(stack_pointer);
	return false;
}

#endif
