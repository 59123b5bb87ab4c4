// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's threads: a pool of the kernel's, each with what POSIX wants besides.
 */
#if defined(CONFIG_POSIX_THREADS)

#include <string.h>

#include "posix_internal.h"

enum {
	FREE,
	/* Made, and not at its end. */
	LIVE,
	/* It will not run a line of the application again; its block may still be in use. */
	ENDED,
};

static struct posix_thread {
	struct k_thread thread;
	/* To be freed when the block is: NULL if the application owns the stack. */
	k_thread_stack_t *stack;
	void *(*routine)(void *arg);
	void *arg;
	void *ret;
	struct znet_pthread_cleanup *cleanup;
	void *values[CONFIG_POSIX_THREAD_KEYS_MAX];
	/* Counts the uses of this block, so that old names are not taken for new ones. */
	uint32_t use;
	uint8_t state;
	uint8_t policy;
	uint8_t cancel_state;
	uint8_t cancel_type;
	bool detached;
	bool joined;
	bool cancelled;
	/* Waits where it may be cancelled. */
	bool waits;
} pool[CONFIG_POSIX_THREAD_THREADS_MAX];

#define INDEX_BITS 8
BUILD_ASSERT(ARRAY_SIZE(pool) < BIT(INDEX_BITS));

static int concurrency;

/* ---- names of threads ------------------------------------------------------------------------ */

static pthread_t name_of(const struct posix_thread *t)
{
	return (pthread_t)((t->use << INDEX_BITS) | (uint32_t)(t - pool + 1));
}

/* Under the lock. NULL if there is none of that name. */
static struct posix_thread *thread_of(pthread_t th)
{
	size_t index = ((uint32_t)th & BIT_MASK(INDEX_BITS)) - 1;

	if (index >= ARRAY_SIZE(pool) || pool[index].state == FREE || name_of(&pool[index]) != th) {
		return NULL;
	}
	return &pool[index];
}

static struct posix_thread *self(void)
{
	uintptr_t at = (uintptr_t)k_current_get() - (uintptr_t)pool;

	return at < sizeof(pool) ? &pool[at / sizeof(pool[0])] : NULL;
}

pthread_t znet_pthread_self(void)
{
	struct posix_thread *t = self();

	return t != NULL ? name_of(t) : 0;
}

int znet_pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

void **znet_pthread_values(void)
{
	struct posix_thread *t = self();

	return t != NULL ? t->values : NULL;
}

/* ---- begin and end --------------------------------------------------------------------------- */

static void end(struct posix_thread *t, void *ret)
{
	while (t->cleanup != NULL) {
		struct znet_pthread_cleanup *entry = t->cleanup;

		t->cleanup = entry->next;
		entry->routine(entry->arg);
	}
	znet_pthread_end_keys(t->values);
	znet_posix_enter();
	t->ret = ret;
	t->state = ENDED;
	znet_posix_leave();
}

static void body(void *p1, void *p2, void *p3)
{
	struct posix_thread *t = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	end(t, t->routine(t->arg));
}

FUNC_NORETURN void znet_pthread_exit(void *ret)
{
	struct posix_thread *t = self();

	if (t != NULL) {
		/* A cancellation that arrives now changes nothing. */
		t->cancel_state = PTHREAD_CANCEL_DISABLE;
		end(t, ret);
	}
	k_thread_abort(k_current_get());
	CODE_UNREACHABLE;
}

/* Under the lock: frees the block if nothing runs on it. */
static bool reap(struct posix_thread *t)
{
	if (k_thread_join(&t->thread, K_NO_WAIT) != 0) {
		return false;
	}
	if (t->stack != NULL) {
		(void)k_thread_stack_free(t->stack);
	}
	t->stack = NULL;
	t->use++;
	t->state = FREE;
	return true;
}

/* Under the lock. */
static struct posix_thread *find_free(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(pool); i++) {
		struct posix_thread *t = &pool[i];

		if (t->state == FREE || (t->state == ENDED && t->detached && reap(t))) {
			return t;
		}
	}
	return NULL;
}

/* Under the lock, on a free block. */
static int prepare(struct posix_thread *t, const struct znet_pthread_attr *a)
{
	k_thread_stack_t *stack = a->stack;
	int priority = k_thread_priority_get(k_current_get());

	/* Threads of a host have stacks of the host's. */
	if (stack == NULL && !IS_ENABLED(CONFIG_ARCH_POSIX)) {
		stack = k_thread_stack_alloc(a->stacksize, 0);
		if (stack == NULL) {
			return EAGAIN;
		}
		t->stack = stack;
	}
	t->policy = priority < 0 ? SCHED_FIFO : SCHED_RR;
	if (a->explicit_sched == PTHREAD_EXPLICIT_SCHED) {
		t->policy = a->policy;
		priority = znet_sched_to_kernel(a->policy, a->priority);
	}
	t->ret = NULL;
	t->cleanup = NULL;
	memset(t->values, 0, sizeof(t->values));
	t->cancel_state = PTHREAD_CANCEL_ENABLE;
	t->cancel_type = PTHREAD_CANCEL_DEFERRED;
	t->detached = a->detached == PTHREAD_CREATE_DETACHED;
	t->joined = false;
	t->cancelled = false;
	t->waits = false;
	t->state = LIVE;
	(void)k_thread_create(&t->thread, stack, a->stacksize, body, t, NULL, NULL, priority, 0, K_FOREVER);
	return 0;
}

int znet_pthread_create(pthread_t *th, const pthread_attr_t *attr, void *(*routine)(void *), void *arg)
{
	struct znet_pthread_attr a = {.stacksize = CONFIG_DYNAMIC_THREAD_STACK_SIZE};
	struct posix_thread *t;
	int err = EAGAIN;

	if (routine == NULL) {
		return EINVAL;
	}
	if (attr != NULL) {
		a = *(const struct znet_pthread_attr *)attr;
		if (!a.valid) {
			return EINVAL;
		}
	}
	znet_posix_enter();
	t = find_free();
	if (t != NULL) {
		t->routine = routine;
		t->arg = arg;
		err = prepare(t, &a);
	}
	if (err == 0) {
		if (th != NULL) {
			*th = name_of(t);
		}
		k_thread_start(&t->thread);
	}
	znet_posix_leave();
	return err;
}

static int join(pthread_t th, void **status, k_timeout_t timeout)
{
	struct posix_thread *t;
	int err;

	znet_pthread_wait_begins();
	znet_posix_enter();
	t = thread_of(th);
	if (t == NULL) {
		err = ESRCH;
	} else if (t == self()) {
		err = EDEADLK;
	} else if (t->detached || t->joined) {
		err = EINVAL;
	} else {
		err = 0;
		t->joined = true;
	}
	znet_posix_leave();
	if (err != 0) {
		return err;
	}
	err = k_thread_join(&t->thread, timeout);
	znet_posix_enter();
	t->joined = false;
	if (err == 0) {
		if (status != NULL) {
			*status = t->ret;
		}
		(void)reap(t);
	}
	znet_posix_leave();
	if (err != 0) {
		znet_pthread_wait_ends();
	}
	return err == -EAGAIN ? ETIMEDOUT : -err;
}

int znet_pthread_join(pthread_t th, void **status)
{
	int err;

	do {
		err = join(th, status, K_FOREVER);
	} while (err == ETIMEDOUT);
	return err;
}

int znet_pthread_timedjoin_np(pthread_t th, void **status, const struct timespec *abstime)
{
	if (!znet_is_span(abstime)) {
		return EINVAL;
	}
	return join(th, status, znet_until(abstime, false));
}

int znet_pthread_tryjoin_np(pthread_t th, void **status)
{
	return join(th, status, K_NO_WAIT);
}

int znet_pthread_detach(pthread_t th)
{
	struct posix_thread *t;
	int err = 0;

	znet_posix_enter();
	t = thread_of(th);
	if (t == NULL) {
		err = ESRCH;
	} else if (t->detached || t->joined) {
		err = EINVAL;
	} else {
		t->detached = true;
	}
	znet_posix_leave();
	return err;
}

/* ---- cancellation ---------------------------------------------------------------------------- */

static bool is_due(const struct posix_thread *t)
{
	return t != NULL && t->cancelled && t->cancel_state == PTHREAD_CANCEL_ENABLE;
}

void znet_pthread_testcancel(void)
{
	if (is_due(self())) {
		znet_pthread_exit(PTHREAD_CANCELED);
	}
}

void znet_pthread_wait_begins(void)
{
	struct posix_thread *t = self();

	if (t == NULL) {
		return;
	}
	znet_pthread_testcancel();
	t->waits = true;
}

void znet_pthread_wait_ends(void)
{
	struct posix_thread *t = self();

	if (t == NULL) {
		return;
	}
	t->waits = false;
	znet_pthread_testcancel();
}

int znet_pthread_cancel(pthread_t th)
{
	struct posix_thread *t;
	bool now = false;

	znet_posix_enter();
	t = thread_of(th);
	if (t == NULL) {
		znet_posix_leave();
		return ESRCH;
	}
	if (t->state == LIVE) {
		t->cancelled = true;
		now = is_due(t) && t->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS;
		if (is_due(t) && !now && t->waits) {
			k_wakeup(&t->thread);
		}
	}
	znet_posix_leave();
	if (!now) {
		return 0;
	}
	if (t == self()) {
		znet_pthread_exit(PTHREAD_CANCELED);
	}
	/* It stands still; its handlers and their stack are still there. */
	k_thread_abort(&t->thread);
	end(t, PTHREAD_CANCELED);
	return 0;
}

static int set_of_two(uint8_t *member, int value, int *old)
{
	if (value != 0 && value != 1) {
		return EINVAL;
	}
	if (old != NULL) {
		*old = *member;
	}
	*member = value;
	return 0;
}

int znet_pthread_setcancelstate(int state, int *oldstate)
{
	struct posix_thread *t = self();
	int err;

	if (t == NULL) {
		return EINVAL;
	}
	err = set_of_two(&t->cancel_state, state, oldstate);
	if (err == 0 && t->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS) {
		znet_pthread_testcancel();
	}
	return err;
}

int znet_pthread_setcanceltype(int type, int *oldtype)
{
	struct posix_thread *t = self();

	return t != NULL ? set_of_two(&t->cancel_type, type, oldtype) : EINVAL;
}

void znet_pthread_cleanup_push(struct znet_pthread_cleanup *entry, void (*routine)(void *arg), void *arg)
{
	struct posix_thread *t = self();

	*entry = (struct znet_pthread_cleanup){.routine = routine, .arg = arg};
	if (t != NULL) {
		entry->next = t->cleanup;
		t->cleanup = entry;
	}
}

void znet_pthread_cleanup_pop(int execute)
{
	struct posix_thread *t = self();

	if (t != NULL && t->cleanup != NULL) {
		struct znet_pthread_cleanup *entry = t->cleanup;

		t->cleanup = entry->next;
		if (execute != 0) {
			entry->routine(entry->arg);
		}
	}
}

/* ---- what one asks of a thread --------------------------------------------------------------- */

int znet_pthread_getschedparam(pthread_t th, int *policy, struct sched_param *param)
{
	struct posix_thread *t;

	if (policy == NULL || param == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	t = thread_of(th);
	if (t != NULL) {
		int priority = k_thread_priority_get(&t->thread);

		*policy = t->policy;
		param->sched_priority = (priority < 0 ? 0 : CONFIG_NUM_PREEMPT_PRIORITIES) - 1 - priority;
	}
	znet_posix_leave();
	return t != NULL ? 0 : ESRCH;
}

static int set_priority(pthread_t th, const int *policy, int priority)
{
	struct posix_thread *t;
	int err = ESRCH;

	znet_posix_enter();
	t = thread_of(th);
	if (t != NULL) {
		int wanted = policy != NULL ? *policy : t->policy;

		err = znet_sched_check(wanted, priority);
		if (err == 0) {
			t->policy = wanted;
			k_thread_priority_set(&t->thread, znet_sched_to_kernel(wanted, priority));
		}
	}
	znet_posix_leave();
	return err;
}

int znet_pthread_setschedparam(pthread_t th, int policy, const struct sched_param *param)
{
	return param != NULL ? set_priority(th, &policy, param->sched_priority) : EINVAL;
}

int znet_pthread_setschedprio(pthread_t th, int prio)
{
	return set_priority(th, NULL, prio);
}

int znet_pthread_setname_np(pthread_t th, const char *name)
{
	struct posix_thread *t;

	if (name == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	t = thread_of(th);
	if (t != NULL) {
		(void)k_thread_name_set(&t->thread, name);
	}
	znet_posix_leave();
	return t != NULL ? 0 : ESRCH;
}

int znet_pthread_getname_np(pthread_t th, char *name, size_t len)
{
	struct posix_thread *t;
	int err = ESRCH;

	if (name == NULL) {
		return EINVAL;
	}
	znet_posix_enter();
	t = thread_of(th);
	if (t != NULL) {
		const char *text = k_thread_name_get(&t->thread);

		text = text != NULL ? text : "";
		err = strlen(text) < len ? 0 : ERANGE;
		if (err == 0) {
			strcpy(name, text);
		}
	}
	znet_posix_leave();
	return err;
}

int znet_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	ARG_UNUSED(prepare);
	ARG_UNUSED(parent);
	ARG_UNUSED(child);
	return ENOSYS;
}

int znet_pthread_getconcurrency(void)
{
	return concurrency;
}

int znet_pthread_setconcurrency(int level)
{
	if (level < 0) {
		return EINVAL;
	}
	if (level > CONFIG_MP_MAX_NUM_CPUS) {
		return EAGAIN;
	}
	concurrency = level;
	return 0;
}

#endif /* CONFIG_POSIX_THREADS */
