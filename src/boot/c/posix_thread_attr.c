// SPDX-License-Identifier: Apache-2.0
/*
 * Attributes of POSIX's threads, and their priorities in the kernel's.
 */
#if defined(CONFIG_POSIX_THREADS)

#include "posix_internal.h"

BUILD_ASSERT(sizeof(struct znet_pthread_attr) <= sizeof(pthread_attr_t));

static struct znet_pthread_attr *valid(const pthread_attr_t *attr)
{
	struct znet_pthread_attr *a = (struct znet_pthread_attr *)attr;

	return a != NULL && a->valid ? a : NULL;
}

/* ---- priorities ------------------------------------------------------------------------------ */

int znet_sched_get_priority_min(int policy)
{
	if (policy != SCHED_FIFO && policy != SCHED_RR && policy != SCHED_OTHER) {
		return znet_posix_status(EINVAL);
	}
	return 0;
}

int znet_sched_get_priority_max(int policy)
{
	switch (policy) {
	case SCHED_FIFO:
		return CONFIG_NUM_COOP_PRIORITIES - 1;
	case SCHED_RR:
	case SCHED_OTHER:
		return CONFIG_NUM_PREEMPT_PRIORITIES - 1;
	default:
		return znet_posix_status(EINVAL);
	}
}

int znet_sched_check(int policy, int priority)
{
	if (policy != SCHED_FIFO && policy != SCHED_RR && policy != SCHED_OTHER) {
		return EINVAL;
	}
	return priority < 0 || priority > znet_sched_get_priority_max(policy) ? EINVAL : 0;
}

int znet_sched_to_kernel(int policy, int priority)
{
	return policy == SCHED_FIFO ? K_PRIO_COOP(CONFIG_NUM_COOP_PRIORITIES - 1 - priority)
				    : K_PRIO_PREEMPT(CONFIG_NUM_PREEMPT_PRIORITIES - 1 - priority);
}

int znet_sched_yield(void)
{
	k_yield();
	return 0;
}

/* ---- attributes ------------------------------------------------------------------------------ */

int znet_pthread_attr_init(pthread_attr_t *attr)
{
	if (attr == NULL) {
		return EINVAL;
	}
	*(struct znet_pthread_attr *)attr = (struct znet_pthread_attr){
		.stacksize = CONFIG_DYNAMIC_THREAD_STACK_SIZE,
		.policy = SCHED_RR,
		.explicit_sched = PTHREAD_INHERIT_SCHED,
		.scope = PTHREAD_SCOPE_SYSTEM,
		.valid = true,
	};
	return 0;
}

int znet_pthread_attr_destroy(pthread_attr_t *attr)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL) {
		return EINVAL;
	}
	a->valid = false;
	return 0;
}

/* PTHREAD_STACK_MIN may be 0, and no size below it then. */
static bool is_too_small(size_t stacksize)
{
	return stacksize == 0 || stacksize + 1 <= (size_t)PTHREAD_STACK_MIN;
}

int znet_pthread_attr_setstack(pthread_attr_t *attr, void *stackaddr, size_t stacksize)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL || stackaddr == NULL || is_too_small(stacksize)) {
		return EINVAL;
	}
	a->stack = stackaddr;
	a->stacksize = stacksize;
	return 0;
}

int znet_pthread_attr_getstack(const pthread_attr_t *attr, void **stackaddr, size_t *stacksize)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL || stackaddr == NULL || stacksize == NULL) {
		return EINVAL;
	}
	*stackaddr = a->stack;
	*stacksize = a->stacksize;
	return 0;
}

int znet_pthread_attr_setstacksize(pthread_attr_t *attr, size_t stacksize)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL || is_too_small(stacksize)) {
		return EINVAL;
	}
	/* A stack of another size has to be allocated. */
	if (a->stacksize != stacksize) {
		a->stack = NULL;
	}
	a->stacksize = stacksize;
	return 0;
}

int znet_pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *param)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL || param == NULL || znet_sched_check(a->policy, param->sched_priority) != 0) {
		return EINVAL;
	}
	a->priority = param->sched_priority;
	return 0;
}

int znet_pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *param)
{
	struct znet_pthread_attr *a = valid(attr);

	if (a == NULL || param == NULL) {
		return EINVAL;
	}
	param->sched_priority = a->priority;
	return 0;
}

int znet_pthread_attr_setscope(pthread_attr_t *attr, int scope)
{
	if (valid(attr) == NULL || (scope != PTHREAD_SCOPE_SYSTEM && scope != PTHREAD_SCOPE_PROCESS)) {
		return EINVAL;
	}
	return scope == PTHREAD_SCOPE_SYSTEM ? 0 : ENOTSUP;
}

/* Both functions of an attribute that is a number. */
#define ATTRIBUTE(name, type, member, is_right)                                                    \
	int znet_pthread_attr_set##name(pthread_attr_t *attr, type value)                          \
	{                                                                                          \
		struct znet_pthread_attr *a = valid(attr);                                         \
                                                                                                   \
		if (a == NULL || !(is_right)) {                                                    \
			return EINVAL;                                                             \
		}                                                                                  \
		a->member = value;                                                                 \
		return 0;                                                                          \
	}                                                                                          \
	ATTRIBUTE_READ(name, type, member)

#define ATTRIBUTE_READ(name, type, member)                                                         \
	int znet_pthread_attr_get##name(const pthread_attr_t *attr, type *value)                   \
	{                                                                                          \
		struct znet_pthread_attr *a = valid(attr);                                         \
                                                                                                   \
		if (a == NULL || value == NULL) {                                                  \
			return EINVAL;                                                             \
		}                                                                                  \
		*value = a->member;                                                                \
		return 0;                                                                          \
	}

ATTRIBUTE(detachstate, int, detached, value == PTHREAD_CREATE_JOINABLE || value == PTHREAD_CREATE_DETACHED)
ATTRIBUTE(schedpolicy, int, policy, znet_sched_check(value, 0) == 0)
ATTRIBUTE(inheritsched, int, explicit_sched, value == PTHREAD_INHERIT_SCHED || value == PTHREAD_EXPLICIT_SCHED)
ATTRIBUTE(guardsize, size_t, guardsize, true)
ATTRIBUTE_READ(scope, int, scope)
ATTRIBUTE_READ(stacksize, size_t, stacksize)

#endif /* CONFIG_POSIX_THREADS */
