/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX threads: begin, end, cancellation, attributes, keys. */

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

#define STACK_SIZE 1024
#define STACKS     4

static K_THREAD_STACK_ARRAY_DEFINE(stacks, STACKS, STACK_SIZE);

static pthread_attr_t attr_of(int which)
{
	pthread_attr_t attr;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_setstack(&attr, stacks[which], STACK_SIZE));
	return attr;
}

static pthread_t start(int which, void *(*routine)(void *), void *arg)
{
	pthread_attr_t attr = attr_of(which);
	pthread_t th;

	zassert_ok(pthread_create(&th, &attr, routine, arg));
	return th;
}

ZTEST_SUITE(posix_thread, NULL, NULL, NULL, NULL, NULL);

static void *return_it(void *arg)
{
	return arg;
}

ZTEST(posix_thread, test_join_gives_what_the_thread_returned)
{
	void *ret = NULL;
	int here;
	pthread_t th = start(0, return_it, &here);

	zassert_ok(pthread_join(th, &ret));
	zassert_equal_ptr(ret, &here);
	zassert_equal(pthread_join(th, NULL), ESRCH, "joined twice");
}

static void *exit_with_it(void *arg)
{
	pthread_exit(arg);
}

ZTEST(posix_thread, test_exit)
{
	void *ret = NULL;
	int here;

	zassert_ok(pthread_join(start(0, exit_with_it, &here), &ret));
	zassert_equal_ptr(ret, &here);
}

static void *see_myself(void *arg)
{
	*(pthread_t *)arg = pthread_self();
	return NULL;
}

ZTEST(posix_thread, test_self)
{
	pthread_t seen = 0;
	pthread_t th = start(0, see_myself, &seen);

	zassert_ok(pthread_join(th, NULL));
	zassert_true(pthread_equal(th, seen));
	zassert_false(pthread_equal(th, pthread_self()), "the tester is none of these");
}

static void *sleep_long(void *arg)
{
	ARG_UNUSED(arg);
	sleep(1000);
	return NULL;
}

ZTEST(posix_thread, test_as_many_as_configured)
{
	pthread_t th[CONFIG_POSIX_THREAD_THREADS_MAX];
	pthread_attr_t attr = attr_of(0);
	pthread_t one_more;

	BUILD_ASSERT(CONFIG_POSIX_THREAD_THREADS_MAX == STACKS);
	for (int i = 0; i < STACKS; i++) {
		th[i] = start(i, sleep_long, NULL);
	}
	zassert_equal(pthread_create(&one_more, &attr, return_it, NULL), EAGAIN);
	for (int i = 0; i < STACKS; i++) {
		void *ret;

		zassert_equal(pthread_tryjoin_np(th[i], NULL), EBUSY);
		zassert_ok(pthread_cancel(th[i]));
		zassert_ok(pthread_join(th[i], &ret));
		zassert_equal_ptr(ret, PTHREAD_CANCELED);
	}
	zassert_ok(pthread_join(start(0, return_it, NULL), NULL));
}

ZTEST(posix_thread, test_join_waits_until_a_time)
{
	pthread_t th = start(0, sleep_long, NULL);
	struct timespec until;

	zassert_ok(clock_gettime(CLOCK_REALTIME, &until));
	until.tv_sec += 2;
	zassert_equal(pthread_timedjoin_np(th, NULL, &until), ETIMEDOUT);
	until.tv_nsec = -1;
	zassert_equal(pthread_timedjoin_np(th, NULL, &until), EINVAL);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, NULL));
}

static void *join_me(void *arg)
{
	*(int *)arg = pthread_join(pthread_self(), NULL);
	return NULL;
}

ZTEST(posix_thread, test_nobody_joins_himself)
{
	int err = 0;

	zassert_ok(pthread_join(start(0, join_me, &err), NULL));
	zassert_equal(err, EDEADLK);
}

ZTEST(posix_thread, test_detached)
{
	pthread_attr_t attr = attr_of(0);
	pthread_t th;

	zassert_ok(pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED));
	/* More than there are blocks: each is used again. */
	for (int i = 0; i < 2 * CONFIG_POSIX_THREAD_THREADS_MAX; i++) {
		zassert_ok(pthread_create(&th, &attr, return_it, NULL), "thread %d", i);
		usleep(1000);
	}
	zassert_not_ok(pthread_join(th, NULL));
	th = start(0, sleep_long, NULL);
	zassert_ok(pthread_detach(th));
	zassert_equal(pthread_detach(th), EINVAL);
	zassert_equal(pthread_join(th, NULL), EINVAL);
	zassert_ok(pthread_cancel(th));
	usleep(1000);
	zassert_equal(pthread_detach((pthread_t)0), ESRCH);
}

ZTEST(posix_thread, test_stack_from_the_heap)
{
	pthread_attr_t attr;
	void *ret = NULL;
	pthread_t th;
	int here;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_setstacksize(&attr, STACK_SIZE));
	/* As often as would use up the heap if it were not given back. */
	for (int i = 0; i < 20; i++) {
		zassert_ok(pthread_create(&th, &attr, return_it, &here), "thread %d", i);
		zassert_ok(pthread_join(th, &ret));
		zassert_equal_ptr(ret, &here);
	}
}

ZTEST(posix_thread, test_wrong_arguments)
{
	pthread_attr_t never_made = {0};
	pthread_t th;

	zassert_equal(pthread_create(&th, &never_made, return_it, NULL), EINVAL);
	zassert_equal(pthread_cancel((pthread_t)0), ESRCH);
	zassert_equal(pthread_setschedprio((pthread_t)12345, 0), ESRCH);
	zassert_equal(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL), EINVAL, "no POSIX thread");
}

/* ---- cancellation ---------------------------------------------------------------------------- */

static char trace[8];

static void note(void *arg)
{
	size_t at = strlen(trace);

	zassert_true(at + 1 < sizeof(trace));
	trace[at] = *(const char *)arg;
}

static void *with_handlers(void *arg)
{
	ARG_UNUSED(arg);
	pthread_cleanup_push(note, "a");
	pthread_cleanup_push(note, "b");
	pthread_cleanup_push(note, "c");
	pthread_cleanup_pop(0);
	sleep(1000);
	pthread_cleanup_pop(1);
	pthread_cleanup_pop(1);
	return NULL;
}

ZTEST(posix_thread, test_handlers_run_backwards)
{
	pthread_t th;

	memset(trace, 0, sizeof(trace));
	th = start(0, with_handlers, NULL);
	usleep(1000);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, NULL));
	zassert_str_equal(trace, "ba");
}

static void *not_now(void *arg)
{
	int old = -1;
	int *got_there = arg;

	zassert_ok(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
	zassert_equal(old, PTHREAD_CANCEL_ENABLE);
	sleep(1);
	pthread_testcancel();
	*got_there = 1;
	zassert_ok(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old));
	pthread_testcancel();
	*got_there = 2;
	return NULL;
}

ZTEST(posix_thread, test_cancelled_when_it_allows_it)
{
	int got_there = 0;
	void *ret = NULL;
	pthread_t th = start(0, not_now, &got_there);

	usleep(1000);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, &ret));
	zassert_equal_ptr(ret, PTHREAD_CANCELED);
	zassert_equal(got_there, 1);
}

static void *at_any_point(void *arg)
{
	ARG_UNUSED(arg);
	zassert_ok(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL));
	pthread_cleanup_push(note, "x");
	/* No point of cancellation. */
	k_sleep(K_FOREVER);
	pthread_cleanup_pop(0);
	return NULL;
}

ZTEST(posix_thread, test_cancelled_at_any_point)
{
	void *ret = NULL;
	pthread_t th;

	memset(trace, 0, sizeof(trace));
	th = start(0, at_any_point, NULL);
	usleep(1000);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, &ret));
	zassert_equal_ptr(ret, PTHREAD_CANCELED);
	zassert_str_equal(trace, "x");
}

/* ---- attributes ------------------------------------------------------------------------------ */

ZTEST(posix_thread, test_attributes)
{
	struct sched_param param = {.sched_priority = 3};
	pthread_attr_t attr;
	void *stack;
	size_t size;
	int value;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_getdetachstate(&attr, &value));
	zassert_equal(value, PTHREAD_CREATE_JOINABLE);
	zassert_equal(pthread_attr_setdetachstate(&attr, 7), EINVAL);
	zassert_ok(pthread_attr_setstack(&attr, stacks[1], STACK_SIZE));
	zassert_ok(pthread_attr_getstack(&attr, &stack, &size));
	zassert_equal_ptr(stack, stacks[1]);
	zassert_equal(size, STACK_SIZE);
	zassert_equal(pthread_attr_setstack(&attr, stacks[1], 0), EINVAL);
	zassert_ok(pthread_attr_setschedpolicy(&attr, SCHED_FIFO));
	zassert_equal(pthread_attr_setschedpolicy(&attr, 77), EINVAL);
	zassert_ok(pthread_attr_setschedparam(&attr, &param));
	param.sched_priority = sched_get_priority_max(SCHED_FIFO) + 1;
	zassert_equal(pthread_attr_setschedparam(&attr, &param), EINVAL);
	zassert_ok(pthread_attr_getschedparam(&attr, &param));
	zassert_equal(param.sched_priority, 3);
	zassert_equal(pthread_attr_setscope(&attr, PTHREAD_SCOPE_PROCESS), ENOTSUP);
	zassert_ok(pthread_attr_setguardsize(&attr, 64));
	zassert_ok(pthread_attr_getguardsize(&attr, &size));
	zassert_equal(size, 64);
	zassert_ok(pthread_attr_destroy(&attr));
	zassert_equal(pthread_attr_getdetachstate(&attr, &value), EINVAL);
	zassert_equal(pthread_attr_destroy(&attr), EINVAL);
}

static void *my_priority(void *arg)
{
	*(int *)arg = k_thread_priority_get(k_current_get());
	return NULL;
}

ZTEST(posix_thread, test_priority)
{
	struct sched_param param = {.sched_priority = sched_get_priority_max(SCHED_RR)};
	pthread_attr_t attr = attr_of(0);
	int seen = -100;
	int policy;
	pthread_t th;

	zassert_ok(pthread_join(start(1, my_priority, &seen), NULL));
	zassert_equal(seen, k_thread_priority_get(k_current_get()), "inherited");
	zassert_ok(pthread_attr_setschedparam(&attr, &param));
	zassert_ok(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED));
	zassert_ok(pthread_create(&th, &attr, my_priority, &seen));
	zassert_ok(pthread_join(th, NULL));
	zassert_equal(seen, K_PRIO_PREEMPT(0), "the most urgent that may be preempted");

	th = start(0, sleep_long, NULL);
	param.sched_priority = 2;
	zassert_ok(pthread_setschedparam(th, SCHED_FIFO, &param));
	param.sched_priority = -1;
	zassert_ok(pthread_getschedparam(th, &policy, &param));
	zassert_equal(policy, SCHED_FIFO);
	zassert_equal(param.sched_priority, 2);
	zassert_equal(pthread_setschedprio(th, 1000), EINVAL);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, NULL));
}

ZTEST(posix_thread, test_name)
{
	pthread_t th = start(0, sleep_long, NULL);
	char name[8];

	zassert_ok(pthread_setname_np(th, "worker"));
	zassert_ok(pthread_getname_np(th, name, sizeof(name)));
	zassert_str_equal(name, "worker");
	zassert_equal(pthread_getname_np(th, name, 3), ERANGE);
	zassert_ok(pthread_cancel(th));
	zassert_ok(pthread_join(th, NULL));
}

/* ---- keys ------------------------------------------------------------------------------------ */

static pthread_key_t key;
static int ended;

static void again(void *value)
{
	ended++;
	if (ended < 3) {
		zassert_ok(pthread_setspecific(key, value));
	}
}

static void *keep(void *arg)
{
	zassert_is_null(pthread_getspecific(key));
	zassert_ok(pthread_setspecific(key, arg));
	zassert_equal_ptr(pthread_getspecific(key), arg);
	return NULL;
}

ZTEST(posix_thread, test_keys)
{
	pthread_key_t others[CONFIG_POSIX_THREAD_KEYS_MAX];
	int a, b;

	ended = 0;
	zassert_ok(pthread_key_create(&key, again));
	zassert_ok(pthread_join(start(0, keep, &a), NULL));
	zassert_equal(ended, 3, "a destructor that sets the value anew runs again");
	zassert_ok(pthread_join(start(1, keep, &b), NULL));
	for (int i = 1; i < CONFIG_POSIX_THREAD_KEYS_MAX; i++) {
		zassert_ok(pthread_key_create(&others[i], NULL));
	}
	zassert_equal(pthread_key_create(&others[0], NULL), EAGAIN);
	for (int i = 1; i < CONFIG_POSIX_THREAD_KEYS_MAX; i++) {
		zassert_ok(pthread_key_delete(others[i]));
	}
	zassert_ok(pthread_key_delete(key));
	zassert_equal(pthread_key_delete(key), EINVAL);
	zassert_equal(pthread_setspecific(key, &a), EINVAL);
}
