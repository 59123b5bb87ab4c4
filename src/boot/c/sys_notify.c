// SPDX-License-Identifier: Apache-2.0
/*
 * <zephyr/sys/notify.h>.
 */
#include <zephyr/sys/notify.h>

int sys_notify_validate(struct sys_notify *notify)
{
	if (notify == NULL) {
		return -EINVAL;
	}
	switch (sys_notify_get_method(notify)) {
	case SYS_NOTIFY_METHOD_SPINWAIT:
		break;
#if defined(CONFIG_POLL)
	case SYS_NOTIFY_METHOD_SIGNAL:
		if (notify->method.signal == NULL) {
			return -EINVAL;
		}
		break;
#endif
	case SYS_NOTIFY_METHOD_CALLBACK:
		if (notify->method.callback == NULL) {
			return -EINVAL;
		}
		break;
	default:
		return -EINVAL;
	}
	notify->result = 0;
	return 0;
}

sys_notify_generic_callback sys_notify_finalize(struct sys_notify *notify, int res)
{
	const uint32_t method = sys_notify_get_method(notify);
	sys_notify_generic_callback callback = NULL;
	struct k_poll_signal *signal = NULL;

	if (method == SYS_NOTIFY_METHOD_CALLBACK) {
		callback = notify->method.callback;
	} else if (method == SYS_NOTIFY_METHOD_SIGNAL) {
		signal = notify->method.signal;
	}
	/* Once the flags say that it is over, the owner may use the memory again. */
	notify->result = res;
	notify->flags = SYS_NOTIFY_METHOD_COMPLETED;
#if defined(CONFIG_POLL)
	if (signal != NULL) {
		(void)k_poll_signal_raise(signal, res);
	}
#else
	ARG_UNUSED(signal);
#endif
	return callback;
}
