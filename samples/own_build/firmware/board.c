/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this firmware knows of its board, ARM's MPS2 with the image AN385: start-up, the vector
 * table, the serial port, and the end for QEMU. Time comes from FreeRTOS's tick.
 */

#include <stddef.h>
#include <stdint.h>

#include <FreeRTOS.h>

#include <zephyr/irq.h>
#include <zephyr/sys/util.h>
#include <zephyr/znet_freertos.h>

#define REG(address) (*(volatile uint32_t *)(address))

#define UART_DATA  REG(0x40004000)
#define UART_STATE REG(0x40004004)
#define UART_CTRL  REG(0x40004008)
#define UART_BAUD  REG(0x40004010)

#define NVIC_ENABLE  REG(0xe000e100)
#define NVIC_DISABLE REG(0xe000e180)
#define NVIC_PRIORITY ((volatile uint8_t *)0xe000e400)

#define ETHERNET_LINE 13

extern uint32_t stack_end[], data_image[], data_start[], data_end[], bss_start[], bss_end[];

int main(void);
FUNC_NORETURN void reset(void);
void vPortSVCHandler(void);
void xPortPendSVHandler(void);
void xPortSysTickHandler(void);

/* ---- interrupts: the controller's only line in use is the Ethernet controller's ---- */

static void (*ethernet_isr)(const void *arg);
static const void *ethernet_arg;

static void ethernet(void)
{
	ethernet_isr(ethernet_arg);
}

static void fault(void)
{
	znet_board_exit(2);
}

__attribute__((section(".vectors"), used)) static void *const vectors[] = {
	stack_end, reset, fault, fault, fault, fault, fault, NULL, NULL, NULL, NULL,
	vPortSVCHandler, fault, NULL, xPortPendSVHandler, xPortSysTickHandler,
	[16 + ETHERNET_LINE] = ethernet,
};

/* What IRQ_CONNECT() of the driver comes to. */
int arch_irq_connect_dynamic(unsigned int irq, unsigned int priority, void (*isr)(const void *arg),
			     const void *arg, uint32_t flags)
{
	ARG_UNUSED(flags);
	if (irq != ETHERNET_LINE) {
		return -1;
	}
	ethernet_isr = isr;
	ethernet_arg = arg;
	/* They count from the most urgent one that may call FreeRTOS; the processor knows eight. */
	NVIC_PRIORITY[irq] = MIN(configMAX_SYSCALL_INTERRUPT_PRIORITY + 32 * priority, 224);

	return (int)irq;
}

void arch_irq_enable(unsigned int irq)
{
	NVIC_ENABLE = BIT(irq);
}

void arch_irq_disable(unsigned int irq)
{
	NVIC_DISABLE = BIT(irq);
}

int arch_irq_is_enabled(unsigned int irq)
{
	return (NVIC_ENABLE & BIT(irq)) != 0;
}

/* ---- what the library's port asks for ---- */

void znet_board_console(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		while ((UART_STATE & 1) != 0) {
		}
		UART_DATA = bytes[i];
	}
}

/* Tells QEMU the status, by a request of semihosting. */
void znet_board_exit(int code)
{
	const uint32_t reason[] = {0x20026, (uint32_t)code};
	register uint32_t operation __asm__("r0") = 0x20;
	register const uint32_t *argument __asm__("r1") = reason;

	__asm volatile("bkpt 0xab" : "+r"(operation) : "r"(argument) : "memory");
	while (1) {
	}
}

/* newlib's errno is one for each task, and the library's is the same. */
int *__errno(void)
{
	return znet_freertos_errno();
}

/* ---- start-up ---- */

void reset(void)
{
	const uint32_t *from = data_image;

	for (uint32_t *to = data_start; to < data_end; to++) {
		*to = *from++;
	}
	for (uint32_t *to = bss_start; to < bss_end; to++) {
		*to = 0;
	}
	UART_BAUD = configCPU_CLOCK_HZ / 115200;
	UART_CTRL = 1;
	(void)main();
	znet_board_exit(1);
}
