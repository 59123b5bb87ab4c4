/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX message queues, and what system this is. */

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>


#define NAME "/line"

static mqd_t open_one(int flags, long places)
{
	struct mq_attr attr = {.mq_maxmsg = places, .mq_msgsize = 8};
	mqd_t q = mq_open(NAME, O_CREAT | O_RDWR | flags, 0600, &attr);

	zassert_not_equal(q, (mqd_t)-1, "errno %d", errno);
	return q;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)mq_unlink(NAME);
}

static void expect(mqd_t q, const char *text, unsigned int prio)
{
	char got[8] = {0};
	unsigned int got_prio = 99;

	zassert_equal(mq_receive(q, got, sizeof(got), &got_prio), (ssize_t)strlen(text));
	zassert_mem_equal(got, text, strlen(text));
	zassert_equal(got_prio, prio);
}

ZTEST_SUITE(posix_mqueue, NULL, NULL, NULL, after, NULL);

ZTEST(posix_mqueue, test_order_of_priority)
{
	mqd_t q = open_one(0, 4);

	zassert_ok(mq_send(q, "a", 1, 1));
	zassert_ok(mq_send(q, "bb", 2, 7));
	zassert_ok(mq_send(q, "ccc", 3, 7));
	zassert_ok(mq_send(q, "", 0, 0));
	expect(q, "bb", 7);
	expect(q, "ccc", 7);
	expect(q, "a", 1);
	expect(q, "", 0);
	zassert_ok(mq_close(q));
}

ZTEST(posix_mqueue, test_attributes)
{
	mqd_t q = open_one(O_NONBLOCK, 3);
	struct mq_attr attr;
	struct mq_attr old;

	zassert_ok(mq_send(q, "x", 1, 0));
	zassert_ok(mq_getattr(q, &attr));
	zassert_equal(attr.mq_flags, O_NONBLOCK);
	zassert_equal(attr.mq_maxmsg, 3);
	zassert_equal(attr.mq_msgsize, 8);
	zassert_equal(attr.mq_curmsgs, 1);
	attr.mq_flags = 0;
	zassert_ok(mq_setattr(q, &attr, &old));
	zassert_equal(old.mq_flags, O_NONBLOCK);
	zassert_ok(mq_getattr(q, &attr));
	zassert_equal(attr.mq_flags, 0);
	attr.mq_flags = ~0L;
	zassert_equal(mq_setattr(q, &attr, NULL), -1);
	zassert_equal(errno, EINVAL);
	zassert_ok(mq_close(q));
}

ZTEST(posix_mqueue, test_full_and_empty)
{
	mqd_t q = open_one(O_NONBLOCK, 1);
	char got[8];

	zassert_equal(mq_receive(q, got, sizeof(got), NULL), -1);
	zassert_equal(errno, EAGAIN);
	zassert_ok(mq_send(q, "x", 1, 0));
	zassert_equal(mq_send(q, "y", 1, 0), -1);
	zassert_equal(errno, EAGAIN);
	zassert_equal(mq_send(q, "123456789", 9, 0), -1);
	zassert_equal(errno, EMSGSIZE);
	zassert_equal(mq_receive(q, got, 7, NULL), -1);
	zassert_equal(errno, EMSGSIZE, "not even for a short message");
	zassert_ok(mq_close(q));
}

static struct timespec after_100_ms(void)
{
	struct timespec t;

	zassert_ok(clock_gettime(CLOCK_REALTIME, &t));
	t.tv_nsec += 100 * NSEC_PER_MSEC;
	t.tv_sec += t.tv_nsec / NSEC_PER_SEC;
	t.tv_nsec %= NSEC_PER_SEC;
	return t;
}

ZTEST(posix_mqueue, test_time_runs_out)
{
	mqd_t q = open_one(0, 1);
	struct timespec until;
	int64_t start = k_uptime_get();
	char got[8];

	until = after_100_ms();
	zassert_equal(mq_timedreceive(q, got, sizeof(got), NULL, &until), -1);
	zassert_equal(errno, ETIMEDOUT);
	zassert_within(k_uptime_delta(&start), 100, 5);
	zassert_ok(mq_send(q, "x", 1, 0));
	until = after_100_ms();
	zassert_equal(mq_timedsend(q, "y", 1, 0, &until), -1);
	zassert_equal(errno, ETIMEDOUT);
	zassert_within(k_uptime_delta(&start), 100, 5);
	until.tv_nsec = -1;
	zassert_equal(mq_timedsend(q, "y", 1, 0, &until), -1);
	zassert_equal(errno, EINVAL);
	zassert_equal(mq_timedreceive(q, got, sizeof(got), NULL, &until), 1,
		      "a message that is there needs no time");
	zassert_ok(mq_close(q));
}

static K_THREAD_STACK_DEFINE(stack, 1024);

static void *send_later(void *arg)
{
	k_msleep(30);
	(void)mq_send(arg, "late", 4, 3);
	return NULL;
}

ZTEST(posix_mqueue, test_receiver_waits)
{
	mqd_t q = open_one(0, 1);
	pthread_attr_t attr;
	pthread_t th;

	zassert_ok(pthread_attr_init(&attr));
	zassert_ok(pthread_attr_setstack(&attr, stack, K_THREAD_STACK_SIZEOF(stack)));
	zassert_ok(pthread_create(&th, &attr, send_later, q));
	expect(q, "late", 3);
	zassert_ok(pthread_join(th, NULL));
	zassert_ok(mq_close(q));
}

ZTEST(posix_mqueue, test_names)
{
	mqd_t q = open_one(0, 2);
	mqd_t again;

	zassert_equal(mq_open(NAME, O_CREAT | O_EXCL | O_RDWR, 0600, NULL), (mqd_t)-1);
	zassert_equal(errno, EEXIST);
	again = mq_open(NAME, O_RDONLY);
	zassert_not_equal(again, (mqd_t)-1);
	zassert_equal(mq_send(again, "x", 1, 0), -1);
	zassert_equal(errno, EBADF, "opened for reading");
	zassert_ok(mq_send(q, "seen", 4, 0));
	expect(again, "seen", 0);
	zassert_ok(mq_unlink(NAME));
	zassert_equal(mq_unlink(NAME), -1);
	zassert_equal(errno, ENOENT);
	zassert_equal(mq_open(NAME, O_RDWR), (mqd_t)-1);
	zassert_equal(errno, ENOENT);
	zassert_ok(mq_send(q, "still", 5, 0), "open without a name");
	expect(again, "still", 0);
	zassert_ok(mq_close(q));
	zassert_ok(mq_close(again));
	zassert_equal(mq_close(again), -1);
	zassert_equal(errno, EBADF);
	zassert_equal(mq_open("/a_name_that_is_too_long", O_RDWR), (mqd_t)-1);
	zassert_equal(errno, ENAMETOOLONG);
}

static int told;

static void tell(union sigval value)
{
	told += value.sival_int;
}

ZTEST(posix_mqueue, test_notify)
{
	mqd_t q = open_one(0, 2);
	struct sigevent event;

	told = 0;
	memset(&event, 0, sizeof(event));
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_value.sival_int = 1;
	event.sigev_notify_function = tell;
	zassert_ok(mq_notify(q, &event));
	zassert_equal(mq_notify(q, &event), -1);
	zassert_equal(errno, EBUSY);
	zassert_ok(mq_send(q, "1", 1, 0));
	zassert_equal(told, 1);
	zassert_ok(mq_send(q, "2", 1, 0));
	zassert_equal(told, 1, "once");
	expect(q, "1", 0);
	expect(q, "2", 0);
	zassert_ok(mq_notify(q, &event));
	zassert_ok(mq_notify(q, NULL));
	zassert_ok(mq_send(q, "3", 1, 0));
	zassert_equal(told, 1, "taken back");
	zassert_ok(mq_close(q));
}

ZTEST(posix_mqueue, test_bounds)
{
	struct mq_attr attr = {.mq_maxmsg = CONFIG_POSIX_MQ_OPEN_MAX + 1, .mq_msgsize = 8};

	zassert_equal(mq_open(NAME, O_CREAT | O_RDWR, 0600, &attr), (mqd_t)-1);
	zassert_equal(errno, EINVAL);
	attr = (struct mq_attr){.mq_maxmsg = 1, .mq_msgsize = 0};
	zassert_equal(mq_open(NAME, O_CREAT | O_RDWR, 0600, &attr), (mqd_t)-1);
	zassert_equal(errno, EINVAL);
}

ZTEST(posix_mqueue, test_uname)
{
	struct utsname name;

	zassert_ok(uname(&name));
	zassert_str_equal(name.sysname, "Zephyr");
	zassert_str_equal(name.release, "4.2.0");
	zassert_true(strlen(name.nodename) > 0);
	zassert_str_equal(name.machine, CONFIG_ARCH);
	zassert_equal(uname(NULL), -1);
	zassert_equal(errno, EINVAL);
}

ZTEST(posix_mqueue, test_sysconf)
{
	zassert_equal(sysconf(_SC_NPROCESSORS_ONLN), 1);
	zassert_equal(sysconf(_SC_TIMER_MAX), CONFIG_POSIX_TIMER_MAX);
	zassert_equal(sysconf(_SC_THREAD_THREADS_MAX), CONFIG_POSIX_THREAD_THREADS_MAX);
	zassert_equal(sysconf(_SC_TIMERS), 200809L);
	errno = 0;
	zassert_equal(sysconf(_SC_ASYNCHRONOUS_IO), -1);
	zassert_equal(errno, 0, "a known question");
	zassert_equal(sysconf(-5), -1);
	zassert_equal(errno, EINVAL);
}

ZTEST(posix_mqueue, test_getentropy)
{
	uint8_t a[16] = {0};
	uint8_t b[16] = {0};
	static uint8_t many[257];

	zassert_ok(getentropy(a, sizeof(a)));
	zassert_ok(getentropy(b, sizeof(b)));
	zassert_true(memcmp(a, b, sizeof(a)) != 0);
	zassert_equal(getentropy(many, sizeof(many)), -1);
	zassert_equal(errno, EIO);
}
