// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/kernel.h>.
 * Written by `cargo xtask headers` from src/kernel/condvar.rs, src/kernel/event.rs, src/kernel/fatal.rs, src/kernel/heap.rs, src/kernel/mbox.rs, src/kernel/msgq.rs, src/kernel/mutex.rs, src/kernel/pipe.rs, src/kernel/poll.rs, src/kernel/queue.rs, src/kernel/sched.rs, src/kernel/sem.rs, src/kernel/slab.rs, src/kernel/stack.rs, src/kernel/thread.rs, src/kernel/time.rs, src/kernel/timeout.rs, src/kernel/timer.rs, src/kernel/work/delayable.rs, src/kernel/work/item.rs, src/kernel/work/poll.rs, src/kernel/work/queue.rs, src/kernel/work/user.rs.
 */
#ifndef ZEPHYR_GENERATED_KERNEL_H_
#define ZEPHYR_GENERATED_KERNEL_H_

#ifdef __cplusplus
extern "C" {
#endif

int (k_condvar_init)(struct k_condvar *condvar);

int (k_condvar_signal)(struct k_condvar *condvar);

int (k_condvar_broadcast)(struct k_condvar *condvar);

int (k_condvar_wait)(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout);

#if defined(CONFIG_EVENTS)
void (k_event_init)(struct k_event *event);

uint32_t (k_event_post)(struct k_event *event, uint32_t events);

uint32_t (k_event_set)(struct k_event *event, uint32_t events);

uint32_t (k_event_set_masked)(struct k_event *event, uint32_t events, uint32_t mask);

uint32_t (k_event_clear)(struct k_event *event, uint32_t events);

uint32_t (k_event_wait)(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);

uint32_t (k_event_wait_all)(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);

uint32_t (k_event_wait_safe)(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);

uint32_t (k_event_wait_all_safe)(struct k_event *event,
			       uint32_t events,
			       bool reset,
			       k_timeout_t timeout);
#endif

void (sys_reboot)(int _kind) FUNC_NORETURN;

uint32_t (sys_kernel_version_get)(void);

void (k_heap_init)(struct k_heap *heap, void *memory, size_t bytes);

void *(k_heap_alloc)(struct k_heap *heap, size_t bytes, k_timeout_t timeout);

void *(k_heap_aligned_alloc)(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout);

void *(k_heap_calloc)(struct k_heap *heap, size_t count, size_t size, k_timeout_t timeout);

void *(k_heap_realloc)(struct k_heap *heap, void *memory, size_t bytes, k_timeout_t timeout);

void (k_heap_free)(struct k_heap *heap, void *memory);

void *(k_malloc)(size_t bytes);

void *(k_aligned_alloc)(size_t align, size_t bytes);

void *(k_calloc)(size_t count, size_t size);

void *(k_realloc)(void *memory, size_t bytes);

void (k_free)(void *memory);

void (sys_heap_init)(struct sys_heap *heap, void *memory, size_t bytes);

void *(sys_heap_alloc)(struct sys_heap *heap, size_t bytes);

void *(sys_heap_aligned_alloc)(struct sys_heap *heap, size_t align, size_t bytes);

void (sys_heap_free)(struct sys_heap *heap, void *memory);

void *(sys_heap_aligned_realloc)(struct sys_heap *heap, void *memory, size_t align, size_t bytes);

size_t (sys_heap_usable_size)(struct sys_heap *heap, void *memory);

int (sys_heap_runtime_stats_get)(struct sys_heap *heap, struct sys_memory_stats *stats);

void (k_mbox_init)(struct k_mbox *mbox);

int (k_mbox_put)(struct k_mbox *mbox, struct k_mbox_msg *message, k_timeout_t timeout);

int (k_mbox_get)(struct k_mbox *mbox, struct k_mbox_msg *message, void *buffer, k_timeout_t timeout);

void (k_mbox_data_get)(struct k_mbox_msg *message, void *buffer);

void (k_msgq_init)(struct k_msgq *msgq, char *buffer, size_t msg_size, uint32_t max_msgs);

int (k_msgq_alloc_init)(struct k_msgq *msgq, size_t msg_size, uint32_t max_msgs);

int (k_msgq_cleanup)(struct k_msgq *msgq);

int (k_msgq_put)(struct k_msgq *msgq, const void *data, k_timeout_t timeout);

int (k_msgq_put_front)(struct k_msgq *msgq, const void *data);

int (k_msgq_get)(struct k_msgq *msgq, void *data, k_timeout_t timeout);

int (k_msgq_peek)(struct k_msgq *msgq, void *data);

int (k_msgq_peek_at)(struct k_msgq *msgq, void *data, uint32_t index);

void (k_msgq_purge)(struct k_msgq *msgq);

void (k_msgq_get_attrs)(struct k_msgq *msgq, struct k_msgq_attrs *attrs);

int (k_mutex_init)(struct k_mutex *mutex);

int (k_mutex_lock)(struct k_mutex *mutex, k_timeout_t timeout);

int (k_mutex_unlock)(struct k_mutex *mutex);

void (k_pipe_init)(struct k_pipe *pipe, uint8_t *buffer, size_t size);

int (k_pipe_write)(struct k_pipe *pipe, const uint8_t *data, size_t len, k_timeout_t timeout);

int (k_pipe_read)(struct k_pipe *pipe, uint8_t *data, size_t len, k_timeout_t timeout);

void (k_pipe_reset)(struct k_pipe *pipe);

void (k_pipe_close)(struct k_pipe *pipe);

#if defined(CONFIG_POLL)
void (k_poll_event_init)(struct k_poll_event *event, uint32_t kind, int mode, void *object);

int (k_poll)(struct k_poll_event *events, int count, k_timeout_t timeout);

void (k_poll_signal_init)(struct k_poll_signal *signal);

void (k_poll_signal_reset)(struct k_poll_signal *signal);

void (k_poll_signal_check)(struct k_poll_signal *signal, unsigned int *signaled, int *result);

int (k_poll_signal_raise)(struct k_poll_signal *signal, int result);
#endif

void (k_queue_init)(struct k_queue *queue);

void (k_queue_cancel_wait)(struct k_queue *queue);

void (k_queue_append)(struct k_queue *queue, void *data);

void (k_queue_prepend)(struct k_queue *queue, void *data);

void (k_queue_insert)(struct k_queue *queue, void *prev, void *data);

int (k_queue_alloc_append)(struct k_queue *queue, void *data);

int (k_queue_alloc_prepend)(struct k_queue *queue, void *data);

int (k_queue_append_list)(struct k_queue *queue, void *head, void *tail);

void *(k_queue_get)(struct k_queue *queue, k_timeout_t timeout);

bool (k_queue_remove)(struct k_queue *queue, void *data);

bool (k_queue_unique_append)(struct k_queue *queue, void *data);

void *(k_queue_peek_head)(struct k_queue *queue);

void *(k_queue_peek_tail)(struct k_queue *queue);

struct k_thread *(k_sched_current_thread_query)(void);

int (k_thread_priority_get)(struct k_thread *thread);

void (k_thread_priority_set)(struct k_thread *thread, int priority);

void (k_thread_suspend)(struct k_thread *thread);

void (k_thread_resume)(struct k_thread *thread);

int32_t (k_sleep)(k_timeout_t timeout);

int32_t (k_usleep)(int32_t micros);

void (k_busy_wait)(uint32_t micros);

void (k_wakeup)(struct k_thread *thread);

void (k_yield)(void);

bool (k_can_yield)(void);

void (k_reschedule)(void);

void (k_sched_lock)(void);

void (k_sched_unlock)(void);

void (k_sched_time_slice_set)(int32_t _slice_ms, int _priority);

bool (k_is_in_isr)(void);

void (irq_offload)(void (*routine)(const void*), const void *parameter);

int (k_is_preempt_thread)(void);

uint32_t (irq_lock)(void);

void (irq_unlock)(uint32_t key);

void (k_cpu_idle)(void);

void (k_cpu_atomic_idle)(uint32_t key);

void (k_thread_custom_data_set)(void *value);

void *(k_thread_custom_data_get)(void);

int (k_thread_name_set)(struct k_thread *thread, const char *name);

const char *(k_thread_name_get)(struct k_thread *thread);

int (k_thread_name_copy)(struct k_thread *thread, char *buffer, size_t size);

const char *(k_thread_state_str)(struct k_thread *thread, char *buffer, size_t size);

void (k_thread_foreach)(k_thread_user_cb_t f, void *data);

void (k_thread_foreach_unlocked)(k_thread_user_cb_t f, void *data);

int (k_sem_init)(struct k_sem *sem, unsigned int initial, unsigned int limit);

int (k_sem_take)(struct k_sem *sem, k_timeout_t timeout);

void (k_sem_give)(struct k_sem *sem);

void (k_sem_reset)(struct k_sem *sem);

int (sys_sem_init)(struct k_sem *sem, unsigned int initial, unsigned int limit);

int (sys_sem_give)(struct k_sem *sem);

int (sys_sem_take)(struct k_sem *sem, k_timeout_t timeout);

unsigned int (sys_sem_count_get)(struct k_sem *sem);

int (k_mem_slab_init)(struct k_mem_slab *slab, void *buffer, size_t block_size, uint32_t num_blocks);

int (k_mem_slab_alloc)(struct k_mem_slab *slab, void **block, k_timeout_t timeout);

void (k_mem_slab_free)(struct k_mem_slab *slab, void *block);

int (k_mem_slab_runtime_stats_reset_max)(struct k_mem_slab *slab);

void (k_stack_init)(struct k_stack *stack, size_t *buffer, uint32_t entries);

int (k_stack_alloc_init)(struct k_stack *stack, uint32_t entries);

int (k_stack_cleanup)(struct k_stack *stack);

int (k_stack_push)(struct k_stack *stack, size_t data);

int (k_stack_pop)(struct k_stack *stack, size_t *data, k_timeout_t timeout);

void (k_thread_start)(struct k_thread *thread);

void (k_thread_abort)(struct k_thread *thread);

int (k_thread_join)(struct k_thread *thread, k_timeout_t timeout);

void (k_thread_user_mode_enter)(k_thread_entry_t entry, void *p1, void *p2, void *p3) FUNC_NORETURN;

int64_t (k_uptime_ticks)(void);

int64_t (sys_clock_tick_get)(void);

uint32_t (sys_clock_tick_get_32)(void);

uint64_t (k_cycle_get_64)(void);

k_timepoint_t (sys_timepoint_calc)(k_timeout_t timeout);

k_timeout_t (sys_timepoint_timeout)(k_timepoint_t timepoint);

void (z_timer_expiration_handler)(struct _timeout *entry);

void (k_timer_init)(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_expiry_t stop_fn);

void (k_timer_start)(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);

void (k_timer_stop)(struct k_timer *timer);

uint32_t (k_timer_status_get)(struct k_timer *timer);

uint32_t (k_timer_status_sync)(struct k_timer *timer);

void (k_work_init_delayable)(struct k_work_delayable *work, k_work_handler_t handler);

int (k_work_schedule_for_queue)(struct k_work_q *queue,
			      struct k_work_delayable *work,
			      k_timeout_t delay);

int (k_work_schedule)(struct k_work_delayable *work, k_timeout_t delay);

int (k_work_reschedule_for_queue)(struct k_work_q *queue,
				struct k_work_delayable *work,
				k_timeout_t delay);

int (k_work_reschedule)(struct k_work_delayable *work, k_timeout_t delay);

bool (k_work_flush_delayable)(struct k_work_delayable *work, struct k_work_sync *sync);

int (k_work_cancel_delayable)(struct k_work_delayable *work);

bool (k_work_cancel_delayable_sync)(struct k_work_delayable *work, struct k_work_sync *_sync);

void (k_work_init)(struct k_work *work, k_work_handler_t handler);

int (k_work_submit_to_queue)(struct k_work_q *queue, struct k_work *work);

int (k_work_submit)(struct k_work *work);

bool (k_work_flush)(struct k_work *work, struct k_work_sync *sync);

int (k_work_cancel)(struct k_work *work);

bool (k_work_cancel_sync)(struct k_work *work, struct k_work_sync *_sync);

#if defined(CONFIG_POLL)
void (k_work_poll_init)(struct k_work_poll *work, k_work_handler_t handler);

int (k_work_poll_cancel)(struct k_work_poll *work);
#endif

void (k_work_queue_init)(struct k_work_q *queue);

int (k_work_queue_drain)(struct k_work_q *queue, bool plug);

int (k_work_queue_unplug)(struct k_work_q *queue);

int (k_work_queue_stop)(struct k_work_q *queue, k_timeout_t timeout);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_GENERATED_KERNEL_H_ */
