// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Interrupts: the lock that keeps them out, and on boards their handlers.
 */
#ifndef ZEPHYR_INCLUDE_IRQ_H_
#define ZEPHYR_INCLUDE_IRQ_H_

#include <stdint.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Keeps interrupts, and with them all other threads, out until irq_unlock(). Nests. On hosts it is
 * one lock for the whole process.
 *
 * @return key for irq_unlock()
 */
unsigned int irq_lock(void);

/** Ends the section that irq_lock() with this key began. */
void irq_unlock(unsigned int key);

#if !defined(CONFIG_ARCH_POSIX)

/* Hosts have no interrupt lines. On a board of ours these are defined in src/boot. */
int arch_irq_connect_dynamic(unsigned int irq, unsigned int priority,
			     void (*isr)(const void *arg), const void *arg, uint32_t flags);
void arch_irq_enable(unsigned int irq);
void arch_irq_disable(unsigned int irq);
int arch_irq_is_enabled(unsigned int irq);

/**
 * Has @p isr called with @p arg on interrupt @p irq. Runs where it stands, so once before irq_enable().
 *
 * @param priority 0 is the most urgent that may call the library; larger numbers are less urgent
 * @param flags    of the interrupt controller; 0
 */
#define IRQ_CONNECT(irq, priority, isr, arg, flags)                                                \
	((void)irq_connect_dynamic((irq), (priority), (void (*)(const void *))(isr),               \
				   (const void *)(arg), (flags)))

/** The same as a function. Returns the vector's number, negative if there is no such interrupt. */
static inline int irq_connect_dynamic(unsigned int irq, unsigned int priority,
				      void (*isr)(const void *arg), const void *arg, uint32_t flags)
{
	return arch_irq_connect_dynamic(irq, priority, isr, arg, flags);
}

/** Lets interrupt @p irq through. */
#define irq_enable(irq)     arch_irq_enable(irq)
/** Keeps it out. */
#define irq_disable(irq)    arch_irq_disable(irq)
/** Nonzero if it is let through. */
#define irq_is_enabled(irq) arch_irq_is_enabled(irq)

/**
 * IRQ_CONNECT() of a handler that ISR_DIRECT_DECLARE() declares. It is entered as any other here.
 */
#define IRQ_DIRECT_CONNECT(irq, priority, isr, flags)                                              \
	((void)irq_connect_dynamic((irq), (priority), isr, NULL, (flags)))
/** The head of such a handler; its body follows and returns whether threads may have become ready. */
#define ISR_DIRECT_DECLARE(name)                                                                   \
	static int z_direct_##name(void);                                                          \
	static void name(const void *z_arg)                                                        \
	{                                                                                          \
		ARG_UNUSED(z_arg);                                                                 \
		(void)z_direct_##name();                                                           \
	}                                                                                          \
	static int z_direct_##name(void)
/** Within one; nothing is left to be done. */
#define ISR_DIRECT_HEADER() ((void)0)
/** The same. */
#define ISR_DIRECT_FOOTER(check_reschedule) ((void)(check_reschedule))
/** The same. */
#define ISR_DIRECT_PM() ((void)0)

#endif /* !CONFIG_ARCH_POSIX */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_IRQ_H_ */
