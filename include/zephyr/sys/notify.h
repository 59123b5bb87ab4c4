/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief How somebody who started something hears that it is done: by looking, by a signal for k_poll(), or by a
 * function that is called.
 */
#ifndef ZEPHYR_INCLUDE_SYS_NOTIFY_H_
#define ZEPHYR_INCLUDE_SYS_NOTIFY_H_

#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SYS_NOTIFY_METHOD_COMPLETED 0 /**< It is done */
#define SYS_NOTIFY_METHOD_SPINWAIT  1 /**< By sys_notify_fetch_result() */
#define SYS_NOTIFY_METHOD_SIGNAL    2 /**< By a signal */
#define SYS_NOTIFY_METHOD_CALLBACK  3 /**< By a function */

#define SYS_NOTIFY_METHOD_MASK   0x03U
#define SYS_NOTIFY_METHOD_POS    0
#define SYS_NOTIFY_EXTENSION_POS 2 /**< Flags from here on belong to the service */
#define SYS_NOTIFY_EXTENSION_MASK (~BIT_MASK(SYS_NOTIFY_EXTENSION_POS))

/** A function of whatever arguments the service has. */
typedef void (*sys_notify_generic_callback)();

/** Who is told, and the result. */
struct sys_notify {
	union method {
		struct k_poll_signal *signal;
		sys_notify_generic_callback callback;
	} method;
	uint32_t volatile flags;
	int volatile result;
};

/** One of the methods. */
static inline uint32_t sys_notify_get_method(const struct sys_notify *notify)
{
	return (notify->flags >> SYS_NOTIFY_METHOD_POS) & SYS_NOTIFY_METHOD_MASK;
}

/** 0, or -EINVAL for a request without a method or without what it needs. */
int sys_notify_validate(struct sys_notify *notify);
/** Ends a request: raises its signal, or returns the function to be called. */
sys_notify_generic_callback sys_notify_finalize(struct sys_notify *notify, int res);

/** The result, or -EAGAIN as long as there is none. */
static inline int sys_notify_fetch_result(const struct sys_notify *notify, int *result)
{
	if (sys_notify_get_method(notify) != SYS_NOTIFY_METHOD_COMPLETED) {
		return -EAGAIN;
	}
	*result = notify->result;
	return 0;
}

/** Prepares for SYS_NOTIFY_METHOD_SPINWAIT. */
static inline void sys_notify_init_spinwait(struct sys_notify *notify)
{
	notify->method.callback = NULL;
	notify->result = 0;
	notify->flags = SYS_NOTIFY_METHOD_SPINWAIT;
}

/** Prepares for SYS_NOTIFY_METHOD_SIGNAL. */
static inline void sys_notify_init_signal(struct sys_notify *notify, struct k_poll_signal *sigp)
{
	notify->method.signal = sigp;
	notify->result = 0;
	notify->flags = SYS_NOTIFY_METHOD_SIGNAL;
}

/** Prepares for SYS_NOTIFY_METHOD_CALLBACK. */
static inline void sys_notify_init_callback(struct sys_notify *notify,
					    sys_notify_generic_callback handler)
{
	notify->method.callback = handler;
	notify->result = 0;
	notify->flags = SYS_NOTIFY_METHOD_CALLBACK;
}

/** Whether it is by a function. */
static inline bool sys_notify_uses_callback(const struct sys_notify *notify)
{
	return sys_notify_get_method(notify) == SYS_NOTIFY_METHOD_CALLBACK;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_NOTIFY_H_ */
