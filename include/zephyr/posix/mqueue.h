/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX's message queues: by name, in order of priority.
 *
 * Their memory comes from the system heap (HEAP_MEM_POOL_SIZE).
 */
#ifndef ZEPHYR_INCLUDE_POSIX_MESSAGE_PASSING_H_
#define ZEPHYR_INCLUDE_POSIX_MESSAGE_PASSING_H_

#include <zephyr/kernel.h>
#include <zephyr/posix/fcntl.h>
#include <zephyr/posix/posix_types.h>
#include <zephyr/posix/signal.h>
#include <zephyr/posix/sys/stat.h>
#include <zephyr/posix/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An open queue; `(mqd_t)-1` is none. */
typedef void *mqd_t;

/** What a queue is like. */
struct mq_attr {
	long mq_flags;   /**< O_NONBLOCK or 0 */
	long mq_maxmsg;  /**< Most messages that wait */
	long mq_msgsize; /**< Longest message, in bytes */
	long mq_curmsgs; /**< Messages that wait now */
};

/** Opens a queue. With O_CREAT two further arguments: mode_t, which is kept by nobody, and struct mq_attr *. */
mqd_t mq_open(const char *name, int oflags, ...) ZNET_NAME_FOR(znet_mq_open);
/** Gives it up. A queue without a name ends with the last that has it open. */
int mq_close(mqd_t mqdes) ZNET_NAME_FOR(znet_mq_close);
/** Takes the name away. */
int mq_unlink(const char *name) ZNET_NAME_FOR(znet_mq_unlink);
/** Tells what it is like. */
int mq_getattr(mqd_t mqdes, struct mq_attr *mqstat) ZNET_NAME_FOR(znet_mq_getattr);
/** Sets its flags, and tells what it was like. */
int mq_setattr(mqd_t mqdes, const struct mq_attr *mqstat, struct mq_attr *omqstat)
	ZNET_NAME_FOR(znet_mq_setattr);
/** Takes the oldest of the most urgent messages: its length. EMSGSIZE if @p msg_len is less than mq_msgsize. */
ssize_t mq_receive(mqd_t mqdes, char *msg_ptr, size_t msg_len, unsigned int *msg_prio)
	ZNET_NAME_FOR(znet_mq_receive);
/** The same until a time of CLOCK_REALTIME; then ETIMEDOUT. */
ssize_t mq_timedreceive(mqd_t mqdes, char *msg_ptr, size_t msg_len, unsigned int *msg_prio,
			const struct timespec *abstime) ZNET_NAME_FOR(znet_mq_timedreceive);
/** Puts a message in; more is more urgent. */
int mq_send(mqd_t mqdes, const char *msg_ptr, size_t msg_len, unsigned int msg_prio)
	ZNET_NAME_FOR(znet_mq_send);
/** The same until a time of CLOCK_REALTIME; then ETIMEDOUT. */
int mq_timedsend(mqd_t mqdes, const char *msg_ptr, size_t msg_len, unsigned int msg_prio,
		 const struct timespec *abstime) ZNET_NAME_FOR(znet_mq_timedsend);
/** Tells once when a message comes into the empty queue; NULL takes that back. EBUSY if somebody has asked. */
int mq_notify(mqd_t mqdes, const struct sigevent *notification) ZNET_NAME_FOR(znet_mq_notify);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_MESSAGE_PASSING_H_ */
