/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to a debugger or to QEMU. */
#ifndef ZNET_SEMIHOST_H
#define ZNET_SEMIHOST_H

#include <stdint.h>

#include <zephyr/toolchain.h>

/* Ends the program with a status; where nobody listens, the processor stops. */
static inline FUNC_NORETURN void semihost_exit(int code)
{
#if defined(CONFIG_SEMIHOST)
	/* SYS_EXIT_EXTENDED: the reason, here the end of an application, and the status. */
	const uint32_t reason[] = {0x20026, (uint32_t)code};
	register uint32_t operation __asm__("r0") = 0x20;
	register const uint32_t *argument __asm__("r1") = reason;

	__asm volatile("bkpt 0xab" : "+r"(operation) : "r"(argument) : "memory");
#else
	ARG_UNUSED(code);
#endif
	__asm volatile("cpsid i");
	while (1) {
		__asm volatile("wfi");
	}
}

#endif /* ZNET_SEMIHOST_H */
