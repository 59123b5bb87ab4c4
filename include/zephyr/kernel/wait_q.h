// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The queue of waiting threads inside kernel objects.
 */
#ifndef ZEPHYR_INCLUDE_KERNEL_WAIT_Q_H_
#define ZEPHYR_INCLUDE_KERNEL_WAIT_Q_H_

#ifdef __cplusplus
extern "C" {
#endif

/** Waiting threads, the most urgent first. Zeroed memory is an empty queue. */
typedef struct {
	const void *head;
	const void *tail;
} _wait_q_t;

#define Z_WAIT_Q_INIT(wait_q) {0, 0}

/* Objects that k_poll() knows have a second queue, of those who poll. */
#if defined(CONFIG_POLL)
#define Z_DECL_POLL_EVENT _wait_q_t poll_q;
#define Z_POLL_Q_INIT     {0, 0},
#else
#define Z_DECL_POLL_EVENT
#define Z_POLL_Q_INIT
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_WAIT_Q_H_ */
