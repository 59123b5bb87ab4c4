/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A port that does nothing: the kernel's part is not measured. The vector table is the root of what the linker keeps.
 */

#include <zephyr/znet_port.h>

FUNC_NORETURN void znet_start(void);
void receive(void);

extern char stack_top[];

const void *const vectors[] __attribute__((section(".vectors"), used)) = {
	stack_top,
	znet_start,
	receive,
};

static struct _thread_base thread;

uint32_t znet_port_irq_lock(void)
{
	return 0;
}

void znet_port_irq_unlock(uint32_t key)
{
	ARG_UNUSED(key);
}

bool znet_port_in_isr(void)
{
	return false;
}

struct _thread_base *znet_port_current(void)
{
	return &thread;
}

int znet_port_start(struct _thread_base *started, void *stack, size_t size, const char *name, int prio)
{
	ARG_UNUSED(stack);
	ARG_UNUSED(size);
	ARG_UNUSED(name);
	ARG_UNUSED(prio);
	znet_port_run(started);
	return 0;
}

void znet_port_park(uint64_t deadline_us)
{
	ARG_UNUSED(deadline_us);
}

void znet_port_checkpoint(void)
{
}

void znet_port_unpark(struct _thread_base *parked)
{
	ARG_UNUSED(parked);
}

void znet_port_kill(struct _thread_base *killed)
{
	ARG_UNUSED(killed);
}

void znet_port_suspend(struct _thread_base *stopped)
{
	ARG_UNUSED(stopped);
}

void znet_port_resume(struct _thread_base *resumed)
{
	ARG_UNUSED(resumed);
}

void znet_port_set_priority(struct _thread_base *changed, int prio)
{
	ARG_UNUSED(changed);
	ARG_UNUSED(prio);
}

void znet_port_yield(void)
{
}

void znet_port_sched_lock(void)
{
}

void znet_port_sched_unlock(void)
{
}

FUNC_NORETURN void znet_port_finish(void)
{
	for (;;) {
	}
}

uint64_t znet_port_now_us(void)
{
	return 0;
}

int znet_port_entropy(uint8_t *bytes, size_t len)
{
	ARG_UNUSED(bytes);
	ARG_UNUSED(len);
	return 0;
}

void znet_port_console(const uint8_t *bytes, size_t len)
{
	ARG_UNUSED(bytes);
	ARG_UNUSED(len);
}

FUNC_NORETURN void znet_port_misuse(const char *function)
{
	ARG_UNUSED(function);
	for (;;) {
	}
}

FUNC_NORETURN void znet_port_exit(int code)
{
	ARG_UNUSED(code);
	for (;;) {
	}
}
