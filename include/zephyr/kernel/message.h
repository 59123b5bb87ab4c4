// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What copies data from thread to thread: message queues, pipes, mailboxes.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_MESSAGE_H_
#define ZEPHYR_INCLUDE_KERNEL_MESSAGE_H_

#include <zephyr/kernel/sync.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A queue of messages of one size. */
struct k_msgq {
	_wait_q_t wait_q;
	size_t msg_size;
	uint32_t max_msgs;
	uint32_t used_msgs;
	char *buffer_start;
	char *buffer_end;
	char *read_ptr;
	char *write_ptr;
	Z_DECL_POLL_EVENT
	uint8_t flags;
};

#define K_MSGQ_FLAG_ALLOC BIT(0)

/** What k_msgq_get_attrs() tells. */
struct k_msgq_attrs {
	size_t msg_size;
	uint32_t max_msgs;
	uint32_t used_msgs;
};

#define Z_MSGQ_INITIALIZER(obj, q_buffer, q_msg_size, q_max_msgs)                                  \
	{Z_WAIT_Q_INIT(&obj.wait_q), (q_msg_size), (q_max_msgs), 0, (q_buffer),                    \
	 (q_buffer) + ((q_max_msgs) * (q_msg_size)), (q_buffer), (q_buffer), Z_POLL_Q_INIT 0}
/** Defines a queue of @p q_max_msgs messages of @p q_msg_size bytes each. */
#define K_MSGQ_DEFINE(q_name, q_msg_size, q_max_msgs, q_align)                                     \
	static char __noinit __aligned(q_align) _k_fifo_buf_##q_name[(q_max_msgs) * (q_msg_size)]; \
	STRUCT_SECTION_ITERABLE(k_msgq, q_name) =                                                  \
		Z_MSGQ_INITIALIZER(q_name, _k_fifo_buf_##q_name, (q_msg_size), (q_max_msgs))

void k_msgq_init(struct k_msgq *msgq, char *buffer, size_t msg_size, uint32_t max_msgs);
/** With memory from the system heap; 0, -ENOMEM, or -EINVAL if the sizes are out of range. */
int k_msgq_alloc_init(struct k_msgq *msgq, size_t msg_size, uint32_t max_msgs);
/** Frees that memory; 0, or -EBUSY while somebody waits. */
int k_msgq_cleanup(struct k_msgq *msgq);
/**
 * Puts a message in.
 *
 * @retval 0 done
 * @retval -ENOMSG no room, and @p timeout is K_NO_WAIT; or purged while waiting
 * @retval -EAGAIN no room in time
 */
int k_msgq_put(struct k_msgq *msgq, const void *data, k_timeout_t timeout);
/** The same at the front, so that it is read next. */
int k_msgq_put_front(struct k_msgq *msgq, const void *data);
/** Takes the oldest. 0; -ENOMSG if there is none and @p timeout K_NO_WAIT; -EAGAIN if none came in time. */
int k_msgq_get(struct k_msgq *msgq, void *data, k_timeout_t timeout);
/** Copies the oldest and leaves it; 0 or -ENOMSG. */
int k_msgq_peek(struct k_msgq *msgq, void *data);
/** Copies number @p idx, counted from the oldest. */
int k_msgq_peek_at(struct k_msgq *msgq, void *data, uint32_t idx);
/** Drops all messages; those who wait to put one get -ENOMSG. */
void k_msgq_purge(struct k_msgq *msgq);
void k_msgq_get_attrs(struct k_msgq *msgq, struct k_msgq_attrs *attrs);

static inline uint32_t k_msgq_num_used_get(struct k_msgq *msgq)
{
	return __atomic_load_n(&msgq->used_msgs, __ATOMIC_RELAXED);
}

static inline uint32_t k_msgq_num_free_get(struct k_msgq *msgq)
{
	return msgq->max_msgs - k_msgq_num_used_get(msgq);
}

/** A stream of bytes. */
struct k_pipe {
	_wait_q_t readers;
	_wait_q_t writers;
	uint8_t *buffer;
	size_t size;
	size_t head;
	size_t used;
	Z_DECL_POLL_EVENT
	uint32_t resets;
	uint8_t flags;
};

enum pipe_flags {
	PIPE_FLAG_OPEN = BIT(0),
	PIPE_FLAG_RESET = BIT(1),
};

#define Z_PIPE_INITIALIZER(obj, pipe_buffer, pipe_buffer_size)                                     \
	{Z_WAIT_Q_INIT(&obj.readers), Z_WAIT_Q_INIT(&obj.writers), (pipe_buffer),                  \
	 (pipe_buffer_size), 0, 0, Z_POLL_Q_INIT 0, PIPE_FLAG_OPEN}
#define K_PIPE_DEFINE(name, pipe_buffer_size, pipe_align)                                          \
	static uint8_t __noinit __aligned(pipe_align) _k_pipe_buf_##name[pipe_buffer_size];        \
	STRUCT_SECTION_ITERABLE(k_pipe, name) =                                                    \
		Z_PIPE_INITIALIZER(name, _k_pipe_buf_##name, pipe_buffer_size)

void k_pipe_init(struct k_pipe *pipe, uint8_t *buffer, size_t buffer_size);
/**
 * Writes bytes, waiting until all are in or the time is up.
 *
 * @return bytes written; -EAGAIN if none in time, -ECANCELED if the pipe was reset, -EPIPE if it is closed
 */
int k_pipe_write(struct k_pipe *pipe, const uint8_t *data, size_t len, k_timeout_t timeout);
/** Reads bytes in the same way; from a closed pipe what is left, then -EPIPE. */
int k_pipe_read(struct k_pipe *pipe, uint8_t *data, size_t len, k_timeout_t timeout);
/** Drops what is in it and sends all waiters off with -ECANCELED. */
void k_pipe_reset(struct k_pipe *pipe);
/** No more writing; waiters get -EPIPE. */
void k_pipe_close(struct k_pipe *pipe);

/** A message of a mailbox. */
struct k_mbox_msg {
	/** Bytes: offered by the sender, accepted by the receiver; after the exchange the smaller of both. */
	size_t size;
	/** Exchanged between both sides. */
	uint32_t info;
	/** The sender's bytes. */
	void *tx_data;
	/** From whom the receiver takes; then from whom it took. K_ANY: all. */
	k_tid_t rx_source_thread;
	/** To whom the sender gives; then to whom it gave. K_ANY: all. */
	k_tid_t tx_target_thread;
	/* private */
	k_tid_t _syncing_thread;
	struct k_sem *_async_sem;
	struct k_mbox_msg *_next;
	_wait_q_t _done;
	uint8_t _state;
};

/** All threads. */
#define K_ANY NULL

/** A mailbox. */
struct k_mbox {
	struct k_mbox_msg *tx_head;
	struct k_mbox_msg *rx_head;
};

#define Z_MBOX_INITIALIZER(obj) {NULL, NULL}
#define K_MBOX_DEFINE(name)     STRUCT_SECTION_ITERABLE(k_mbox, name) = Z_MBOX_INITIALIZER(name)

void k_mbox_init(struct k_mbox *mbox);
/**
 * Sends a message and waits until its receiver has the data.
 *
 * @retval 0 received
 * @retval -ENOMSG no receiver waits, and @p timeout is K_NO_WAIT
 * @retval -EAGAIN no receiver came in time
 */
int k_mbox_put(struct k_mbox *mbox, struct k_mbox_msg *tx_msg, k_timeout_t timeout);
/** Sends without waiting; @p tx_msg stays the mailbox's until @p sem is given (NULL: until received). */
void k_mbox_async_put(struct k_mbox *mbox, struct k_mbox_msg *tx_msg, struct k_sem *sem);
/**
 * Receives a message into @p buffer; NULL leaves the data for k_mbox_data_get(), which must follow.
 *
 * @return 0, -ENOMSG or -EAGAIN as for k_mbox_put()
 */
int k_mbox_get(struct k_mbox *mbox, struct k_mbox_msg *rx_msg, void *buffer, k_timeout_t timeout);
/** Fetches the data of a received message (NULL: drops it) and lets its sender go. */
void k_mbox_data_get(struct k_mbox_msg *rx_msg, void *buffer);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_MESSAGE_H_ */
