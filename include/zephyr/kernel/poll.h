// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Waiting for several objects at once.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_POLL_H_
#define ZEPHYR_INCLUDE_KERNEL_POLL_H_

#include <zephyr/kernel/message.h>
#include <zephyr/kernel/queue.h>
#include <zephyr/kernel/sync.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What an event waits for. */
#define K_POLL_TYPE_IGNORE              0
#define K_POLL_TYPE_SIGNAL              BIT(0)
#define K_POLL_TYPE_SEM_AVAILABLE       BIT(1)
#define K_POLL_TYPE_DATA_AVAILABLE      BIT(2)
#define K_POLL_TYPE_FIFO_DATA_AVAILABLE K_POLL_TYPE_DATA_AVAILABLE
#define K_POLL_TYPE_MSGQ_DATA_AVAILABLE BIT(3)
#define K_POLL_TYPE_PIPE_DATA_AVAILABLE BIT(4)

/* What came of it. */
#define K_POLL_STATE_NOT_READY           0
#define K_POLL_STATE_SIGNALED            BIT(0)
#define K_POLL_STATE_SEM_AVAILABLE       BIT(1)
#define K_POLL_STATE_DATA_AVAILABLE      BIT(2)
#define K_POLL_STATE_FIFO_DATA_AVAILABLE K_POLL_STATE_DATA_AVAILABLE
#define K_POLL_STATE_CANCELLED           BIT(3)
#define K_POLL_STATE_MSGQ_DATA_AVAILABLE BIT(4)
#define K_POLL_STATE_PIPE_DATA_AVAILABLE BIT(5)

/** The poller takes nothing; it only learns. */
enum k_poll_modes {
	K_POLL_MODE_NOTIFY_ONLY = 0,
	K_POLL_NUM_MODES
};

/** A signal for one or more pollers. */
struct k_poll_signal {
	_wait_q_t poll_q;
	/** Raised and not reset since. */
	unsigned int signaled;
	/** What k_poll_signal_raise() left. */
	int result;
};

#define K_POLL_SIGNAL_INITIALIZER(obj) {{0, 0}, 0, 0}

/** One object to wait for. */
struct k_poll_event {
	const void *_node[4]; /* private */
	/** The caller's. */
	uint8_t tag;
	/** K_POLL_TYPE_ */
	uint8_t type;
	/** K_POLL_STATE_ bits; the caller clears them before polling again. */
	uint8_t state;
	uint8_t mode;
	union {
		/* The typed names let the initialisers check what they are given. */
		void *obj, *typed_K_POLL_TYPE_IGNORE;
		struct k_poll_signal *signal, *typed_K_POLL_TYPE_SIGNAL;
		struct k_sem *sem, *typed_K_POLL_TYPE_SEM_AVAILABLE;
		struct k_fifo *fifo, *typed_K_POLL_TYPE_FIFO_DATA_AVAILABLE;
		struct k_queue *queue, *typed_K_POLL_TYPE_DATA_AVAILABLE;
		struct k_msgq *msgq, *typed_K_POLL_TYPE_MSGQ_DATA_AVAILABLE;
		struct k_pipe *pipe, *typed_K_POLL_TYPE_PIPE_DATA_AVAILABLE;
	};
};

/* Both paste the type's name, so neither can be made of the other: its argument would be expanded. */
#define K_POLL_EVENT_INITIALIZER(_event_type, _event_mode, _event_obj)                             \
	{                                                                                          \
		{0, 0, 0, 0}, 0, (_event_type), K_POLL_STATE_NOT_READY, (_event_mode),             \
		{                                                                                  \
			.typed_##_event_type = (_event_obj)                                        \
		}                                                                                  \
	}
#define K_POLL_EVENT_STATIC_INITIALIZER(_event_type, _event_mode, _event_obj, event_tag)           \
	{                                                                                          \
		{0, 0, 0, 0}, (event_tag), (_event_type), K_POLL_STATE_NOT_READY, (_event_mode),   \
		{                                                                                  \
			.typed_##_event_type = (_event_obj)                                        \
		}                                                                                  \
	}

void k_poll_event_init(struct k_poll_event *event, uint32_t type, int mode, void *obj);
/**
 * Waits until one of the events is ready; their `state` tells which.
 *
 * @retval 0 at least one is ready
 * @retval -EAGAIN none in time
 * @retval -EINTR a queue among them was cancelled
 * @retval -EINVAL bad arguments
 */
int k_poll(struct k_poll_event *events, int num_events, k_timeout_t timeout);

void k_poll_signal_init(struct k_poll_signal *sig);
void k_poll_signal_reset(struct k_poll_signal *sig);
/** Stores whether it is raised, and the result. */
void k_poll_signal_check(struct k_poll_signal *sig, unsigned int *signaled, int *result);
/** Raises it and wakes the pollers; returns 0. */
int k_poll_signal_raise(struct k_poll_signal *sig, int result);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_POLL_H_ */
