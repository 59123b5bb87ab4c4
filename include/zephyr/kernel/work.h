// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Work: functions that a thread of a work queue runs, at once or later.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_WORK_H_
#define ZEPHYR_INCLUDE_KERNEL_WORK_H_

#include <errno.h>

#include <zephyr/kernel/poll.h>
#include <zephyr/kernel/queue.h>
#include <zephyr/kernel/sync.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/slist.h>

#ifdef __cplusplus
extern "C" {
#endif

struct k_work;
struct k_work_q;
typedef void (*k_work_handler_t)(struct k_work *work);

/* Bits of k_work_busy_get(), and of the flags of items and queues. */
enum {
	K_WORK_RUNNING_BIT = 0,
	K_WORK_CANCELING_BIT = 1,
	K_WORK_QUEUED_BIT = 2,
	K_WORK_DELAYED_BIT = 3,
	K_WORK_FLUSHING_BIT = 4,
	/** A thread of a queue runs the handler. */
	K_WORK_RUNNING = BIT(K_WORK_RUNNING_BIT),
	/** Cancelled while running; can't be submitted until that ends. */
	K_WORK_CANCELING = BIT(K_WORK_CANCELING_BIT),
	/** Waits in a queue. */
	K_WORK_QUEUED = BIT(K_WORK_QUEUED_BIT),
	/** Waits for its time. */
	K_WORK_DELAYED = BIT(K_WORK_DELAYED_BIT),
	/** Marks the end of a flush. */
	K_WORK_FLUSHING = BIT(K_WORK_FLUSHING_BIT),
	K_WORK_MASK = K_WORK_RUNNING | K_WORK_CANCELING | K_WORK_QUEUED | K_WORK_DELAYED |
		      K_WORK_FLUSHING,
	K_WORK_DELAYABLE_BIT = 8,
	K_WORK_DELAYABLE = BIT(K_WORK_DELAYABLE_BIT),

	K_WORK_QUEUE_STARTED_BIT = 0,
	K_WORK_QUEUE_STARTED = BIT(K_WORK_QUEUE_STARTED_BIT),
	K_WORK_QUEUE_BUSY_BIT = 1,
	K_WORK_QUEUE_BUSY = BIT(K_WORK_QUEUE_BUSY_BIT),
	K_WORK_QUEUE_DRAIN_BIT = 2,
	K_WORK_QUEUE_DRAIN = BIT(K_WORK_QUEUE_DRAIN_BIT),
	K_WORK_QUEUE_PLUGGED_BIT = 3,
	K_WORK_QUEUE_PLUGGED = BIT(K_WORK_QUEUE_PLUGGED_BIT),
	K_WORK_QUEUE_STOP_BIT = 4,
	K_WORK_QUEUE_STOP = BIT(K_WORK_QUEUE_STOP_BIT),
	K_WORK_QUEUE_NO_YIELD_BIT = 8,
	K_WORK_QUEUE_NO_YIELD = BIT(K_WORK_QUEUE_NO_YIELD_BIT),
};

/** A work item. Its members are the kernel's. */
struct k_work {
	sys_snode_t node;
	k_work_handler_t handler;
	struct k_work_q *queue;
	uint32_t flags;
};

/** A work item with a timer. */
struct k_work_delayable {
	struct k_work work;
	struct _timeout timeout;
	struct k_work_q *queue;
};

/** Scratch of a call that waits for an item; lives until the call returns. */
struct k_work_sync {
	struct k_work work;
	struct k_sem sem;
};

/** How to run a queue. */
struct k_work_queue_config {
	/** Name of its thread, or NULL. */
	const char *name;
	/** Do not yield between items. */
	bool no_yield;
	/** The system can't do without its thread. */
	bool essential;
	/** Longest time one handler may take, in ms; not watched. */
	uint32_t work_timeout_ms;
};

/** A work queue. */
struct k_work_q {
	struct k_thread thread;
	sys_slist_t pending;
	_wait_q_t notifyq;
	_wait_q_t drainq;
	k_tid_t thread_id;
	uint32_t flags;
};

/** The queue of the system, which k_work_submit() and k_work_schedule() use. */
extern struct k_work_q k_sys_work_q;

#define Z_WORK_INITIALIZER(work_handler)           {{NULL}, (work_handler), NULL, 0}
#define Z_WORK_DELAYABLE_INITIALIZER(work_handler)                                                 \
	{{{NULL}, (work_handler), NULL, K_WORK_DELAYABLE}, {NULL, NULL, NULL, 0, 0}, NULL}
#define K_WORK_DEFINE(work, work_handler)                                                          \
	struct k_work work = Z_WORK_INITIALIZER(work_handler)
#define K_WORK_DELAYABLE_DEFINE(work, work_handler)                                                \
	struct k_work_delayable work = Z_WORK_DELAYABLE_INITIALIZER(work_handler)

void k_work_init(struct k_work *work, k_work_handler_t handler);
/** K_WORK_ bits; 0 if it is idle. */
int k_work_busy_get(const struct k_work *work);
static inline bool k_work_is_pending(const struct k_work *work)
{
	return k_work_busy_get(work) != 0;
}
/**
 * Puts an item into a queue. For interrupts too.
 *
 * @param queue NULL: the one it was last in
 * @retval 0 it waits already
 * @retval 1 it waits now
 * @retval 2 it is running, and waits now in the queue that runs it
 * @retval -EBUSY it is being cancelled, or the queue is draining or plugged
 * @retval -EINVAL no queue
 * @retval -ENODEV the queue is not started
 */
int k_work_submit_to_queue(struct k_work_q *queue, struct k_work *work);
int k_work_submit(struct k_work *work);
/** Waits until an item that is queued or running has run; says whether there was anything to wait for. */
bool k_work_flush(struct k_work *work, struct k_work_sync *sync);
/** Takes an item out; what is left of k_work_busy_get() is returned. A running handler is not stopped. */
int k_work_cancel(struct k_work *work);
/** The same and waits for a running handler; says whether the item was pending. */
bool k_work_cancel_sync(struct k_work *work, struct k_work_sync *sync);

void k_work_queue_init(struct k_work_q *queue);
/** Starts its thread. */
void k_work_queue_start(struct k_work_q *queue, k_thread_stack_t *stack, size_t stack_size,
			int prio, const struct k_work_queue_config *cfg);
/** Makes the calling thread the queue's; returns when the queue is stopped. */
void k_work_queue_run(struct k_work_q *queue, const struct k_work_queue_config *cfg);
/** Waits until it is empty, and with @p plug keeps it so. 1 if it waited, 0 if not, -EINTR if woken early. */
int k_work_queue_drain(struct k_work_q *queue, bool plug);
/** Lets a plugged queue take work again; 0, or -EALREADY. */
int k_work_queue_unplug(struct k_work_q *queue);
/** Ends its thread, which must be plugged and empty. 0, -EALREADY, -EBUSY, or -ETIMEDOUT. */
int k_work_queue_stop(struct k_work_q *queue, k_timeout_t timeout);
static inline k_tid_t k_work_queue_thread_get(struct k_work_q *queue)
{
	return queue->thread_id != NULL ? queue->thread_id : &queue->thread;
}

void k_work_init_delayable(struct k_work_delayable *dwork, k_work_handler_t handler);
static inline struct k_work_delayable *k_work_delayable_from_work(struct k_work *work)
{
	return CONTAINER_OF(work, struct k_work_delayable, work);
}
int k_work_delayable_busy_get(const struct k_work_delayable *dwork);
static inline bool k_work_delayable_is_pending(const struct k_work_delayable *dwork)
{
	return k_work_delayable_busy_get(dwork) != 0;
}
/** Uptime in ticks at which it is due; now if it is not scheduled. */
static inline k_ticks_t k_work_delayable_expires_get(const struct k_work_delayable *dwork)
{
	return z_timeout_expires(&dwork->timeout);
}
/** Ticks until then. */
static inline k_ticks_t k_work_delayable_remaining_get(const struct k_work_delayable *dwork)
{
	return z_timeout_remaining(&dwork->timeout);
}
/**
 * Has an item submitted after @p delay, unless it waits already.
 *
 * @retval 0 it waits already
 * @retval 1 scheduled
 * @return else as k_work_submit_to_queue(), which K_NO_WAIT calls
 */
int k_work_schedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
			      k_timeout_t delay);
int k_work_schedule(struct k_work_delayable *dwork, k_timeout_t delay);
/** The same, and a delay that runs is replaced. */
int k_work_reschedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
				k_timeout_t delay);
int k_work_reschedule(struct k_work_delayable *dwork, k_timeout_t delay);
/** Submits what waits for its time at once, and waits until it has run. */
bool k_work_flush_delayable(struct k_work_delayable *dwork, struct k_work_sync *sync);
int k_work_cancel_delayable(struct k_work_delayable *dwork);
bool k_work_cancel_delayable_sync(struct k_work_delayable *dwork, struct k_work_sync *sync);

/** Work that is submitted when one of several objects is ready. */
struct k_work_poll {
	struct k_work work;
	struct k_work_q *workq;
	struct k_poll_event *events;
	int num_events;
	k_work_handler_t real_handler;
	struct _timeout timeout;
	/** 0, or -EAGAIN if the time was up. */
	int poll_result;
	uintptr_t _waiter[8]; /* private */
};

void k_work_poll_init(struct k_work_poll *work, k_work_handler_t handler);
/** 0; -EINVAL for bad arguments or an item that waits already. */
int k_work_poll_submit_to_queue(struct k_work_q *work_q, struct k_work_poll *work,
				struct k_poll_event *events, int num_events, k_timeout_t timeout);
int k_work_poll_submit(struct k_work_poll *work, struct k_poll_event *events, int num_events,
		       k_timeout_t timeout);
/** 0; -EINVAL if it waits for nothing. */
int k_work_poll_cancel(struct k_work_poll *work);

/** Work for user mode, which is plain work here with a queue of its own kind. */
struct k_work_user;
typedef void (*k_work_user_handler_t)(struct k_work_user *work);
struct k_work_user_q {
	struct k_queue queue;
	struct k_thread thread;
};
enum {
	K_WORK_USER_STATE_PENDING,
};
struct k_work_user {
	void *_reserved;
	k_work_user_handler_t handler;
	atomic_t flags;
};

#define Z_WORK_USER_INITIALIZER(work_handler) {NULL, (work_handler), 0}
#define K_WORK_USER_DEFINE(work, work_handler)                                                     \
	struct k_work_user work = Z_WORK_USER_INITIALIZER(work_handler)

static inline void k_work_user_init(struct k_work_user *work, k_work_user_handler_t handler)
{
	work->_reserved = NULL;
	work->handler = handler;
	work->flags = 0;
}

static inline bool k_work_user_is_pending(struct k_work_user *work)
{
	return atomic_test_bit(&work->flags, K_WORK_USER_STATE_PENDING);
}

/** 0, -EBUSY if it is pending. */
static inline int k_work_user_submit_to_queue(struct k_work_user_q *work_q,
					      struct k_work_user *work)
{
	if (atomic_test_and_set_bit(&work->flags, K_WORK_USER_STATE_PENDING)) {
		return -EBUSY;
	}
	k_queue_append(&work_q->queue, work);
	return 0;
}

void k_work_user_queue_start(struct k_work_user_q *work_q, k_thread_stack_t *stack,
			     size_t stack_size, int prio, const char *name);
static inline k_tid_t k_work_user_queue_thread_get(struct k_work_user_q *work_q)
{
	return &work_q->thread;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_WORK_H_ */
