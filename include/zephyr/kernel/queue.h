// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Queues of items that bring their own link: k_queue, k_fifo, k_lifo; and the stack of words.
 *
 * The first word of an item belongs to the queue while the item is in it. The `alloc` variants take any pointer
 * and allocate the link from the system heap.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_QUEUE_H_
#define ZEPHYR_INCLUDE_KERNEL_QUEUE_H_

#include <zephyr/kernel/thread.h>
#include <zephyr/sys/sflist.h>
#include <zephyr/sys/slist.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A queue. */
struct k_queue {
	sys_sflist_t data_q;
	_wait_q_t wait_q;
	Z_DECL_POLL_EVENT
};

#define Z_QUEUE_INITIALIZER(obj) {{NULL, NULL}, Z_WAIT_Q_INIT(&obj.wait_q), Z_POLL_Q_INIT}
#define K_QUEUE_DEFINE(name)     STRUCT_SECTION_ITERABLE(k_queue, name) = Z_QUEUE_INITIALIZER(name)

void k_queue_init(struct k_queue *queue);
/** Sends the first waiter off with NULL, and pollers with K_POLL_STATE_CANCELLED. */
void k_queue_cancel_wait(struct k_queue *queue);
/** Adds an item at the end, or hands it to the most urgent waiter. For interrupts too, like most of the following. */
void k_queue_append(struct k_queue *queue, void *data);
/** The same with an allocated link; 0 or -ENOMEM. */
int32_t k_queue_alloc_append(struct k_queue *queue, void *data);
/** Adds an item at the front. */
void k_queue_prepend(struct k_queue *queue, void *data);
int32_t k_queue_alloc_prepend(struct k_queue *queue, void *data);
/** Adds an item behind @p prev, which is in the queue, or at the front if it is NULL. */
void k_queue_insert(struct k_queue *queue, void *prev, void *data);
/** Adds a chain of items linked by their first words; 0, or -EINVAL for NULL. */
int k_queue_append_list(struct k_queue *queue, void *head, void *tail);
/** Moves all of a list to the end of the queue; 0, or -EINVAL if it is empty. */
int k_queue_merge_slist(struct k_queue *queue, sys_slist_t *list);
/** Takes the first item, NULL if none came in time. */
void *k_queue_get(struct k_queue *queue, k_timeout_t timeout);
/** Takes an item out wherever it is; says whether it was in. */
bool k_queue_remove(struct k_queue *queue, void *data);
/** Appends an item unless it is in already; says whether it did. */
bool k_queue_unique_append(struct k_queue *queue, void *data);
/** The first or last item without taking it, NULL if there is none. */
void *k_queue_peek_head(struct k_queue *queue);
void *k_queue_peek_tail(struct k_queue *queue);
static inline int k_queue_is_empty(struct k_queue *queue)
{
	return __atomic_load_n(&queue->data_q.head, __ATOMIC_RELAXED) == NULL;
}

/** First in, first out. */
struct k_fifo {
	struct k_queue _queue;
};

#define Z_FIFO_INITIALIZER(obj) {Z_QUEUE_INITIALIZER(obj._queue)}
#define K_FIFO_DEFINE(name)     STRUCT_SECTION_ITERABLE(k_fifo, name) = Z_FIFO_INITIALIZER(name)

#define k_fifo_init(fifo)                 k_queue_init(&(fifo)->_queue)
#define k_fifo_cancel_wait(fifo)          k_queue_cancel_wait(&(fifo)->_queue)
#define k_fifo_put(fifo, data)            k_queue_append(&(fifo)->_queue, data)
#define k_fifo_alloc_put(fifo, data)      k_queue_alloc_append(&(fifo)->_queue, data)
#define k_fifo_put_list(fifo, head, tail) ((void)k_queue_append_list(&(fifo)->_queue, head, tail))
#define k_fifo_put_slist(fifo, list)      ((void)k_queue_merge_slist(&(fifo)->_queue, list))
#define k_fifo_get(fifo, timeout)         k_queue_get(&(fifo)->_queue, timeout)
#define k_fifo_is_empty(fifo)             k_queue_is_empty(&(fifo)->_queue)
#define k_fifo_peek_head(fifo)            k_queue_peek_head(&(fifo)->_queue)
#define k_fifo_peek_tail(fifo)            k_queue_peek_tail(&(fifo)->_queue)

/** Last in, first out. */
struct k_lifo {
	struct k_queue _queue;
};

#define Z_LIFO_INITIALIZER(obj) {Z_QUEUE_INITIALIZER(obj._queue)}
#define K_LIFO_DEFINE(name)     STRUCT_SECTION_ITERABLE(k_lifo, name) = Z_LIFO_INITIALIZER(name)

#define k_lifo_init(lifo)            k_queue_init(&(lifo)->_queue)
#define k_lifo_put(lifo, data)       k_queue_prepend(&(lifo)->_queue, data)
#define k_lifo_alloc_put(lifo, data) k_queue_alloc_prepend(&(lifo)->_queue, data)
#define k_lifo_get(lifo, timeout)    k_queue_get(&(lifo)->_queue, timeout)

typedef uintptr_t stack_data_t;

/** A stack of words. */
struct k_stack {
	_wait_q_t wait_q;
	stack_data_t *base, *next, *top;
	uint8_t flags;
};

#define K_STACK_FLAG_ALLOC ((uint8_t)1)

#define Z_STACK_INITIALIZER(obj, stack_buffer, stack_num_entries)                                  \
	{Z_WAIT_Q_INIT(&(obj).wait_q), (stack_buffer), (stack_buffer),                             \
	 (stack_buffer) + (stack_num_entries), 0}
#define K_STACK_DEFINE(name, stack_num_entries)                                                    \
	stack_data_t __noinit _k_stack_buf_##name[stack_num_entries];                              \
	STRUCT_SECTION_ITERABLE(k_stack, name) =                                                   \
		Z_STACK_INITIALIZER(name, _k_stack_buf_##name, stack_num_entries)

void k_stack_init(struct k_stack *stack, stack_data_t *buffer, uint32_t num_entries);
/** With memory from the system heap; 0 or -ENOMEM. */
int32_t k_stack_alloc_init(struct k_stack *stack, uint32_t num_entries);
/** Frees that memory; 0, or -EAGAIN while somebody waits. */
int k_stack_cleanup(struct k_stack *stack);
/** 0, or -ENOMEM if it is full. */
int k_stack_push(struct k_stack *stack, stack_data_t data);
/** 0, -EBUSY if it is empty and @p timeout K_NO_WAIT, -EAGAIN if nothing came in time. */
int k_stack_pop(struct k_stack *stack, stack_data_t *data, k_timeout_t timeout);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_QUEUE_H_ */
