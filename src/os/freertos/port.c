/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The port to FreeRTOS: what <zephyr/znet_port.h> asks for, on one processor.
 *
 * FreeRTOSConfig.h owes it: static allocation, task notifications, a thread-local pointer, vTaskDelete(), vTaskSuspend(),
 * vTaskPrioritySet(), uxTaskPriorityGet(), xTaskGetSchedulerState(), preemption, and enough priorities. The interrupt
 * mask must be one that an interrupt may take and give back (portSET_INTERRUPT_MASK_FROM_ISR), as on every Cortex-M.
 *
 * A thread of a negative priority is not preempted by other threads: it suspends FreeRTOS's scheduler while it runs.
 */
#include <string.h>

#include <zephyr/sys/util.h>

#include "port.h"

#if configSUPPORT_STATIC_ALLOCATION != 1 || configUSE_PREEMPTION != 1
#error "znet wants configSUPPORT_STATIC_ALLOCATION and configUSE_PREEMPTION"
#endif
#if configNUM_THREAD_LOCAL_STORAGE_POINTERS <= ZNET_FREERTOS_LOCAL
#error "znet wants a thread-local pointer: configNUM_THREAD_LOCAL_STORAGE_POINTERS"
#endif

/* FreeRTOS's priority for one of Zephyr's: greater numbers are more urgent, and 0 is the idle task's. */
#ifndef ZNET_FREERTOS_PRIORITY
#define ZNET_FREERTOS_PRIORITY(prio)                                                               \
	CLAMP(CONFIG_NUM_PREEMPT_PRIORITIES - (prio), 0, configMAX_PRIORITIES - 1)
#endif

/* For a FreeRTOSConfig.h that guards the end of the running task's stack: guards another, or none (NULL). */
#ifndef ZNET_FREERTOS_GUARD
#define ZNET_FREERTOS_GUARD(lowest)
#endif

/* Lies behind the stack, in the bytes reserved there: a stack that overflows runs away from it. */
struct made {
	StaticTask_t tcb;
	struct znet_task task;
};

BUILD_ASSERT(sizeof(struct made) + portBYTE_ALIGNMENT <= CONFIG_ZNET_STACK_RESERVED,
	     "raise CONFIG_ZNET_STACK_RESERVED");

/* A task that the library did not make, and the block of its thread. */
struct foreign {
	struct _thread_base thread;
	struct znet_task task;
};

/* The caller of znet_boot() before there are tasks. */
static struct foreign boot = {.task = {.thread = &boot.thread, .block = &boot.thread}};
static struct foreign foreigners[CONFIG_ZNET_FREERTOS_FOREIGN_TASKS];
/* The tasks made by znet_port_start() that have not been forgotten. */
static struct znet_task *made_tasks;
static bool some_are_over;
static bool started;

/* ---- who calls ------------------------------------------------------------------------------- */

bool znet_freertos_started(void)
{
	if (!started) {
		started = xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED;
	}
	return started;
}

bool znet_port_in_isr(void)
{
	return xPortIsInsideInterrupt() != pdFALSE;
}

void znet_freertos_not_in_isr(const char *what)
{
	if (unlikely(znet_port_in_isr())) {
		znet_port_misuse(what);
	}
}

/* Gives a task of the firmware's own a block. */
static struct znet_task *adopt(void)
{
	TaskHandle_t handle = xTaskGetCurrentTaskHandle();

	for (size_t i = 0; i < ARRAY_SIZE(foreigners); i++) {
		struct foreign *foreign = &foreigners[i];
		uint32_t key = znet_port_irq_lock();
		bool mine = foreign->task.handle == NULL;

		if (mine) {
			foreign->task.handle = handle;
		}
		znet_port_irq_unlock(key);
		if (mine) {
			foreign->thread.prio =
				CONFIG_NUM_PREEMPT_PRIORITIES - (int)uxTaskPriorityGet(NULL);
			foreign->thread.base_prio = foreign->thread.prio;
			foreign->thread.port = &foreign->task;
			foreign->task.thread = &foreign->thread;
			foreign->task.block = &foreign->thread;
			vTaskSetThreadLocalStoragePointer(NULL, ZNET_FREERTOS_LOCAL, &foreign->task);
			return &foreign->task;
		}
	}
	znet_freertos_fail("another task of the firmware's own",
			   ": raise CONFIG_ZNET_FREERTOS_FOREIGN_TASKS");
}

struct znet_task *znet_freertos_task(void)
{
	struct znet_task *task;

	if (unlikely(!znet_freertos_started())) {
		return &boot.task;
	}
	task = pvTaskGetThreadLocalStoragePointer(NULL, ZNET_FREERTOS_LOCAL);
	if (likely(task != NULL)) {
		return task;
	}
	/* What an interrupt calls says nothing about the task that it interrupts, perhaps the idle task. */
	return znet_port_in_isr() ? &boot.task : adopt();
}

struct _thread_base *znet_port_current(void)
{
	return znet_freertos_task()->thread;
}

int *znet_freertos_errno(void)
{
	return &znet_freertos_task()->error;
}

/* ---- locks ----------------------------------------------------------------------------------- */

uint32_t znet_port_irq_lock(void)
{
	if (unlikely(znet_port_in_isr())) {
#if configASSERT_DEFINED == 1
		/* Interrupts too urgent to be locked out must not come here. */
		portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
#endif
		return taskENTER_CRITICAL_FROM_ISR();
	}
	/* FreeRTOS's own, so that its functions for tasks may be called inside: what they want to switch to waits. */
	taskENTER_CRITICAL();
	return 0;
}

void znet_port_irq_unlock(uint32_t key)
{
	if (unlikely(znet_port_in_isr())) {
		taskEXIT_CRITICAL_FROM_ISR(key);
	} else {
		taskEXIT_CRITICAL();
	}
}

/* Keeps the processor if the task is entitled to that. One of the firmware's own is not by its priority. */
static void hold(struct znet_task *task)
{
	const bool cooperative = task->stack != NULL && task->thread->prio < 0;

	if (!task->holds && (cooperative || task->locks > 0)) {
		vTaskSuspendAll();
		task->holds = true;
	}
}

static void let_go(struct znet_task *task)
{
	if (task->holds) {
		task->holds = false;
		(void)xTaskResumeAll();
	}
}

void znet_port_sched_lock(void)
{
	znet_freertos_not_in_isr("k_sched_lock()");
	if (znet_freertos_started()) {
		struct znet_task *task = znet_freertos_task();

		task->locks++;
		hold(task);
	}
}

void znet_port_sched_unlock(void)
{
	znet_freertos_not_in_isr("k_sched_unlock()");
	if (znet_freertos_started()) {
		struct znet_task *task = znet_freertos_task();

		if (task->locks > 0) {
			task->locks--;
		}
		if (task->locks == 0 && (task->stack == NULL || task->thread->prio >= 0)) {
			let_go(task);
		}
	}
}

/* The running thread gives way to its like of its own will. */
static volatile bool yielding;

void znet_port_yield(void)
{
	struct znet_task *task = znet_freertos_task();

	if (znet_freertos_started()) {
		let_go(task);
		taskENTER_CRITICAL();
		yielding = true;
		taskYIELD(); /* takes place when the section ends */
		taskEXIT_CRITICAL();
		hold(task);
	}
}

void znet_freertos_switched_out(void *state_item, void *ready_list)
{
	const ListItem_t *item = state_item;
	List_t *list = ready_list;

	/* FreeRTOS goes on behind the index. */
	if (!yielding && listLIST_ITEM_CONTAINER(item) == list) {
		list->pxIndex = item->pxPrevious;
	}
	yielding = false;
}

void znet_port_checkpoint(void)
{
	if (znet_freertos_started()) {
		hold(znet_freertos_task());
	}
}

/* ---- sleep ----------------------------------------------------------------------------------- */

/* Ticks of FreeRTOS until then, rounded up. */
static TickType_t ticks_until(uint64_t deadline_us)
{
	const uint32_t tick_us = 1000000U / configTICK_RATE_HZ;
	uint64_t now, left;

	if (deadline_us == UINT64_MAX) {
		return portMAX_DELAY;
	}
	now = znet_port_now_us();
	if (deadline_us <= now) {
		return 0;
	}
	left = deadline_us - now;
	/* Whoever sleeps longer than an hour is woken in between and comes back. */
	left = MIN(left, 3600ULL * 1000000U);
	return ((uint32_t)left + tick_us - 1) / tick_us;
}

void znet_port_park(uint64_t deadline_us)
{
	struct znet_task *task;

	znet_freertos_not_in_isr("sleeping");
	if (unlikely(!znet_freertos_started())) {
		/* The end of znet_boot(): it keeps its caller, and the threads begin. */
		vTaskStartScheduler();
		znet_freertos_fail("FreeRTOS", " did not start");
	}
	task = znet_freertos_task();
	let_go(task);
	(void)ulTaskNotifyTakeIndexed(ZNET_FREERTOS_NOTIFICATION, pdTRUE, ticks_until(deadline_us));
	hold(task);
}

void znet_port_unpark(struct _thread_base *thread)
{
	struct znet_task *task = thread->port;

	if (task == NULL) {
		return;
	}
	if (znet_port_in_isr()) {
		BaseType_t woken = pdFALSE;

		vTaskNotifyGiveIndexedFromISR(task->handle, ZNET_FREERTOS_NOTIFICATION, &woken);
		portYIELD_FROM_ISR(woken);
	} else {
		(void)xTaskNotifyGiveIndexed(task->handle, ZNET_FREERTOS_NOTIFICATION);
	}
}

/* ---- life ------------------------------------------------------------------------------------ */

static void body(void *argument)
{
	struct _thread_base *thread = argument;

	hold(thread->port);
	znet_port_run(thread);
	znet_port_finish();
}

/* Takes a task that is not the caller out of FreeRTOS: nothing refers to its stack any more. */
static void forget(struct znet_task *task)
{
	struct znet_task **link = &made_tasks;

	while (*link != NULL && *link != task) {
		link = &(*link)->next;
	}
	if (*link == task) {
		*link = task->next;
	}
	if (task->block->port == task) {
		task->block->port = NULL;
	}
	vTaskDelete(task->handle);
	task->handle = NULL;
}

/*
 * Forgets the tasks that had the memory from `low` to `high` as a stack: whoever hands it over again knows that they are
 * over, perhaps before they could say so themselves.
 */
static void forget_on(const uint8_t *low, const uint8_t *high)
{
	uint32_t key = znet_port_irq_lock();
	struct znet_task *task = made_tasks;

	while (task != NULL) {
		struct znet_task *next = task->next;

		if (task->stack < high && low < (const uint8_t *)&task[1]) {
			configASSERT(task->handle != xTaskGetCurrentTaskHandle());
			forget(task);
		}
		task = next;
	}
	znet_port_irq_unlock(key);
}

static void forget_over(void)
{
	uint32_t key = znet_port_irq_lock();
	struct znet_task *task = made_tasks;

	while (task != NULL) {
		struct znet_task *next = task->next;

		if (task->over) {
			forget(task);
		}
		task = next;
	}
	znet_port_irq_unlock(key);
}

int znet_port_start(struct _thread_base *thread, void *stack, size_t stack_size, const char *name,
		    int prio)
{
	const uintptr_t low = ROUND_UP((uintptr_t)stack, portBYTE_ALIGNMENT);
	const uintptr_t high = ROUND_UP((uintptr_t)stack + stack_size, portBYTE_ALIGNMENT);
	struct made *made = (struct made *)high;
	bool running = znet_freertos_started();
	uint32_t key;

	znet_freertos_not_in_isr("starting a thread");
	if (!running) {
		znet_freertos_check_entropy();
	}
	if (stack == NULL || stack_size < 32 * sizeof(StackType_t)) {
		return -1;
	}
	forget_on(stack, (const uint8_t *)&made[1]);
	memset(made, 0, sizeof(*made));
	made->task.thread = thread;
	made->task.block = thread;
	made->task.stack = stack;

	/* It may be more urgent than the caller, and must find all this in place. */
	if (running) {
		vTaskSuspendAll();
	}
	made->task.handle = xTaskCreateStatic(body, name != NULL ? name : "",
					      (high - low) / sizeof(StackType_t), thread,
					      ZNET_FREERTOS_PRIORITY(prio), (StackType_t *)low,
					      &made->tcb);
	vTaskSetThreadLocalStoragePointer(made->task.handle, ZNET_FREERTOS_LOCAL, &made->task);
	key = znet_port_irq_lock();
	thread->port = &made->task;
	made->task.next = made_tasks;
	made_tasks = &made->task;
	znet_port_irq_unlock(key);
	if (running) {
		(void)xTaskResumeAll();
	}
	return 0;
}

void znet_port_kill(struct _thread_base *thread)
{
	struct znet_task *task = thread->port;

	if (task == NULL) {
		return;
	}
	znet_freertos_not_in_isr("ending a thread");
	if (task == znet_freertos_task()) {
		/* The block may serve another thread before znet_port_finish(), which follows. */
		task->thread = &boot.thread;
	} else {
		forget(task);
	}
}

void znet_port_finish(void)
{
	struct znet_task *task = znet_freertos_task();
	uint32_t key = znet_port_irq_lock();

	/* Not vTaskDelete(): FreeRTOS would look at the stack's end later, when it may be somebody else's already. */
	task->over = true;
	some_are_over = true;
	let_go(task);
	znet_port_irq_unlock(key);
	while (true) {
		vTaskSuspend(NULL);
	}
}

void znet_freertos_idle(void)
{
	if (some_are_over) {
		some_are_over = false;
		forget_over();
	}
}

void znet_port_suspend(struct _thread_base *thread)
{
	struct znet_task *task = thread->port;

	znet_freertos_not_in_isr("suspending a thread");
	if (task == NULL) {
		return;
	}
	if (task == znet_freertos_task()) {
		let_go(task); /* znet_port_checkpoint() takes it back */
	}
	vTaskSuspend(task->handle);
}

void znet_port_resume(struct _thread_base *thread)
{
	struct znet_task *task = thread->port;

	if (task == NULL || task->handle == xTaskGetCurrentTaskHandle()) {
		return;
	}
	if (znet_port_in_isr()) {
		portYIELD_FROM_ISR(xTaskResumeFromISR(task->handle));
	} else {
		vTaskResume(task->handle);
	}
}

void znet_port_set_priority(struct _thread_base *thread, int prio)
{
	struct znet_task *task = thread->port;

	if (task == NULL) {
		return;
	}
	znet_freertos_not_in_isr("changing a priority");
	vTaskPrioritySet(task->handle, ZNET_FREERTOS_PRIORITY(prio));
	if (task == znet_freertos_task()) {
		if (prio < 0) {
			hold(task);
		} else if (task->locks == 0) {
			let_go(task);
		}
	}
}

size_t znet_port_stack_unused(struct _thread_base *thread)
{
#if INCLUDE_uxTaskGetStackHighWaterMark == 1
	const uint8_t *own_stack = znet_freertos_task()->stack;
	const uint32_t key = znet_port_irq_lock();
	struct znet_task *task = thread->port;
	size_t unused = SIZE_MAX;

	if (task != NULL && task->stack != NULL && own_stack != NULL) {
		/* FreeRTOS looks at the stack's end, guarded or not. */
		ZNET_FREERTOS_GUARD(NULL);
		unused = uxTaskGetStackHighWaterMark(task->handle) * sizeof(StackType_t);
		ZNET_FREERTOS_GUARD(own_stack);
	}
	znet_port_irq_unlock(key);
	return unused;
#else
	ARG_UNUSED(thread);
	return SIZE_MAX;
#endif
}
