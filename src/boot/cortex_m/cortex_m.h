/* SPDX-License-Identifier: Apache-2.0 */
/* What the files here share: registers of the processor, the bounds of memory out of the linker script. */
#ifndef ZNET_CORTEX_M_H
#define ZNET_CORTEX_M_H

#include <stdbool.h>
#include <stdint.h>

#define SCB_VTOR (*(volatile uint32_t *)0xe000ed08)
#define SCB_AIRCR (*(volatile uint32_t *)0xe000ed0c)
#define SCB_CFSR (*(volatile uint32_t *)0xe000ed28)
#define SCB_HFSR (*(volatile uint32_t *)0xe000ed2c)
#define SCB_MMFAR (*(volatile uint32_t *)0xe000ed34)
#define SCB_BFAR (*(volatile uint32_t *)0xe000ed38)
#define SCB_CCR  (*(volatile uint32_t *)0xe000ed14)

/* Without the key a write to AIRCR is ignored. */
#define AIRCR_KEY   0x05fa0000
#define AIRCR_RESET 0x00000004

/* Which of the two address registers holds one; the processor failed to save or restore registers. */
#define CFSR_MMFAR_VALID 0x00000080
#define CFSR_BFAR_VALID  0x00008000
#define CFSR_STACKING    0x00000018

/* One bit a line in these, one byte a line in the priorities. */
#define NVIC_ISER ((volatile uint32_t *)0xe000e100)
#define NVIC_ICER ((volatile uint32_t *)0xe000e180)
#define NVIC_ISPR ((volatile uint32_t *)0xe000e200)
#define NVIC_ICPR ((volatile uint32_t *)0xe000e280)
#define NVIC_IPR  ((volatile uint8_t *)0xe000e400)

/* The processor's own exceptions come before the lines of the interrupt controller. */
#define EXCEPTIONS 16

extern uint32_t znet_ram_start[], znet_ram_end[], znet_ram_image[];
extern uint32_t znet_bss_start[], znet_bss_end[];
extern char znet_heap_start[], znet_heap_end[];
extern uint32_t znet_isr_stack_start[], znet_isr_stack_end[];

/* What the memory protection unit can guard at least, and what the processor saves when it is interrupted. */
#define GUARD_SIZE 32
#define FRAME_SIZE 32

/* Whether a fault at `address`, or one without an address while the stack pointer was this, came of a full stack. */
bool znet_hit_guard(uintptr_t address, uintptr_t stack_pointer);

/* Where all interrupts of the controller begin. */
void znet_isr(void);

#endif /* ZNET_CORTEX_M_H */
