// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "helper.h"

static K_THREAD_STACK_DEFINE(stack, 1024);
static struct k_work_q queue;
static struct k_work_sync sync;
static struct k_sem gate;
static int64_t ran_at;

static void note(struct k_work *work)
{
	ARG_UNUSED(work);
	trace('n');
	ran_at = k_uptime_get();
}

static void slow(struct k_work *work)
{
	zassert_true(k_work_busy_get(work) & K_WORK_RUNNING);
	trace('<');
	k_sem_take(&gate, K_FOREVER);
	trace('>');
}

K_WORK_DEFINE(noting, note);
K_WORK_DEFINE(slow_work, slow);
K_WORK_DELAYABLE_DEFINE(delayed, note);

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_sem_init(&gate, 0, 10);
	trace_clear();
	k_work_init(&noting, note);
	k_work_init(&slow_work, slow);
	k_work_init_delayable(&delayed, note);
}

static void *setup(void)
{
	static const struct k_work_queue_config config = {.name = "testq"};

	k_work_queue_init(&queue);
	zassert_equal(k_work_submit_to_queue(&queue, &noting), -ENODEV, "not started");
	k_work_queue_start(&queue, stack, K_THREAD_STACK_SIZEOF(stack), 4, &config);
	zassert_str_equal(k_thread_name_get(k_work_queue_thread_get(&queue)), "testq");
	return NULL;
}

static void after(void *fixture)
{
	for (int i = 0; i < 3; i++) {
		k_sem_give(&gate);
	}
	k_work_cancel_delayable_sync(&delayed, &sync);
	k_work_cancel_sync(&slow_work, &sync);
	helpers_end(fixture);
}

ZTEST_SUITE(work, NULL, setup, before, after, NULL);

ZTEST(work, test_submit)
{
	zassert_equal(k_work_submit_to_queue(NULL, &noting), -EINVAL, "no queue ever");
	zassert_equal(k_work_submit_to_queue(&queue, &noting), 1);
	zassert_equal(k_work_submit_to_queue(&queue, &noting), 0, "it waits already");
	zassert_equal(k_work_busy_get(&noting), K_WORK_QUEUED);
	zassert_true(k_work_is_pending(&noting));
	k_msleep(1);
	zassert_trace("n");
	zassert_equal(k_work_busy_get(&noting), 0);
	zassert_equal(k_work_submit_to_queue(NULL, &noting), 1, "where it was");
	k_msleep(1);
	zassert_trace("nn");
}

ZTEST(work, test_system_queue_runs_at_once)
{
	/* It is cooperative, and so more urgent than this thread. */
	zassert_equal(k_work_submit(&noting), 1);
	zassert_trace("n");
}

ZTEST(work, test_submit_while_running)
{
	zassert_equal(k_work_submit_to_queue(&queue, &slow_work), 1);
	k_msleep(1);
	zassert_equal(k_work_busy_get(&slow_work), K_WORK_RUNNING);
	/* Whatever queue is named, it stays with the one that runs it. */
	zassert_equal(k_work_submit(&slow_work), 2);
	zassert_equal(k_work_submit(&slow_work), 0);
	k_sem_give(&gate);
	k_sem_give(&gate);
	k_msleep(1);
	zassert_trace("<><>");
}

ZTEST(work, test_flush)
{
	zassert_false(k_work_flush(&slow_work, &sync), "idle");
	k_work_submit_to_queue(&queue, &noting);
	zassert_true(k_work_flush(&noting, &sync));
	zassert_trace("n");
}

static void flush(void *p1, void *p2, void *p3)
{
	static struct k_work_sync own;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_true(k_work_flush(&slow_work, &own));
	trace('f');
}

ZTEST(work, test_flush_of_a_running_item_precedes_later_ones)
{
	k_work_submit_to_queue(&queue, &slow_work);
	k_msleep(1);
	k_work_submit_to_queue(&queue, &noting);
	helper_start(0, flush, NULL, NULL, 3);
	k_msleep(1);
	zassert_trace("<");
	k_sem_give(&gate);
	helpers_join();
	k_msleep(1);
	zassert_trace("<>fn");
}

ZTEST(work, test_cancel)
{
	zassert_equal(k_work_cancel(&noting), 0);
	zassert_false(k_work_cancel_sync(&noting, &sync));
	k_work_submit_to_queue(&queue, &slow_work);
	k_work_submit_to_queue(&queue, &noting);
	zassert_equal(k_work_cancel(&noting), 0, "taken out");
	k_msleep(1);
	zassert_equal(k_work_cancel(&slow_work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(k_work_submit_to_queue(&queue, &slow_work), -EBUSY);
	k_sem_give(&gate);
	zassert_true(k_work_cancel_sync(&slow_work, &sync));
	zassert_equal(k_work_busy_get(&slow_work), 0);
	zassert_trace("<>");
}

ZTEST(work, test_drain_and_plug)
{
	k_work_submit_to_queue(&queue, &noting);
	zassert_equal(k_work_queue_drain(&queue, true), 1);
	zassert_trace("n");
	zassert_equal(k_work_submit_to_queue(&queue, &noting), -EBUSY);
	zassert_equal(k_work_queue_drain(&queue, false), 0);
	zassert_ok(k_work_queue_unplug(&queue));
	zassert_equal(k_work_queue_unplug(&queue), -EALREADY);
	zassert_equal(k_work_submit_to_queue(&queue, &noting), 1);
	k_msleep(1);
	zassert_trace("nn");
}

ZTEST(work, test_stop)
{
	static struct k_work_q other;
	static K_THREAD_STACK_DEFINE(other_stack, 1024);

	k_work_queue_init(&other);
	zassert_equal(k_work_queue_stop(&other, K_FOREVER), -EALREADY);
	k_work_queue_start(&other, other_stack, K_THREAD_STACK_SIZEOF(other_stack), 4, NULL);
	zassert_equal(k_work_queue_stop(&other, K_FOREVER), -EBUSY, "not plugged");
	k_work_queue_drain(&other, true);
	zassert_ok(k_work_queue_stop(&other, K_SECONDS(1)));
	zassert_equal(k_work_submit_to_queue(&other, &noting), -ENODEV);
}

static struct k_work_q borrowed;

static void run_queue(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_work_queue_run(&borrowed, NULL);
	trace('.');
}

static void note_again(struct k_work *work)
{
	trace('a');
	if (strlen(trace_text()) < 3) {
		zassert_equal(k_work_submit_to_queue(&borrowed, work), 2, "its own may go on");
	}
}

ZTEST(work, test_queue_of_a_thread_one_has)
{
	k_tid_t tid;

	k_work_queue_init(&borrowed);
	k_work_init(&noting, note_again);
	tid = helper_start(0, run_queue, NULL, NULL, 4);
	k_msleep(1);
	zassert_equal_ptr(k_work_queue_thread_get(&borrowed), tid);
	zassert_equal(k_work_submit_to_queue(&borrowed, &noting), 1);
	zassert_equal(k_work_queue_drain(&borrowed, true), 1);
	zassert_trace("aaa");
	zassert_ok(k_work_queue_stop(&borrowed, K_SECONDS(1)));
	helpers_join();
	zassert_trace("aaa.");
}

ZTEST(work, test_schedule)
{
	int64_t begin = k_uptime_get();

	zassert_equal(k_work_schedule_for_queue(&queue, &delayed, K_MSEC(30)), 1);
	zassert_equal(k_work_delayable_busy_get(&delayed), K_WORK_DELAYED);
	k_msleep(10);
	zassert_equal(k_work_schedule_for_queue(&queue, &delayed, K_MSEC(100)), 0, "no change");
	zassert_between_inclusive(k_work_delayable_remaining_get(&delayed), 190, 201);
	k_msleep(30);
	zassert_trace("n");
	zassert_between_inclusive(ran_at - begin, 30, 31);
	zassert_false(k_work_delayable_is_pending(&delayed));
}

ZTEST(work, test_reschedule)
{
	int64_t begin = k_uptime_get();

	zassert_equal(k_work_reschedule(&delayed, K_MSEC(30)), 1);
	k_msleep(10);
	zassert_equal(k_work_reschedule(&delayed, K_MSEC(50)), 1);
	k_msleep(100);
	zassert_trace("n");
	zassert_between_inclusive(ran_at - begin, 60, 62);
	zassert_equal(k_work_reschedule(&delayed, K_NO_WAIT), 1);
	zassert_trace("nn");
}

ZTEST(work, test_cancel_delayed)
{
	k_work_schedule(&delayed, K_MSEC(10));
	zassert_equal(k_work_cancel_delayable(&delayed), 0);
	k_work_schedule(&delayed, K_MSEC(10));
	zassert_true(k_work_cancel_delayable_sync(&delayed, &sync));
	k_msleep(20);
	zassert_trace("");
	zassert_false(k_work_cancel_delayable_sync(&delayed, &sync));
}

ZTEST(work, test_flush_delayed_does_not_wait_for_its_time)
{
	int64_t begin = k_uptime_get();

	zassert_false(k_work_flush_delayable(&delayed, &sync));
	k_work_schedule_for_queue(&queue, &delayed, K_SECONDS(10));
	zassert_true(k_work_flush_delayable(&delayed, &sync));
	zassert_trace("n");
	zassert_true(k_uptime_get() - begin < 100);
}

static struct k_work_delayable periodic;
static void again(struct k_work *work)
{
	struct k_work_delayable *dwork = k_work_delayable_from_work(work);

	zassert_equal_ptr(dwork, &periodic);
	trace('p');
	k_work_reschedule(dwork, K_MSEC(10));
}

ZTEST(work, test_reschedules_itself)
{
	k_work_init_delayable(&periodic, again);
	k_work_schedule(&periodic, K_NO_WAIT);
	k_msleep(35);
	k_work_cancel_delayable_sync(&periodic, &sync);
	k_msleep(50);
	zassert_trace("pppp");
}

static struct k_poll_signal signal = K_POLL_SIGNAL_INITIALIZER(signal);
static struct k_poll_event event =
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal, 0);
static struct k_work_poll polled;

static void on_event(struct k_work *work)
{
	struct k_work_poll *poll = CONTAINER_OF(work, struct k_work_poll, work);

	trace(poll->poll_result == 0 ? 'e' : 't');
}

ZTEST(work, test_triggered)
{
	k_poll_signal_init(&signal);
	event.state = K_POLL_STATE_NOT_READY;
	k_work_poll_init(&polled, on_event);
	zassert_ok(k_work_poll_submit(&polled, &event, 1, K_FOREVER));
	zassert_equal(k_work_poll_submit(&polled, &event, 1, K_FOREVER), -EINVAL);
	k_msleep(10);
	zassert_trace("");
	k_poll_signal_raise(&signal, 0);
	zassert_trace("e");
	zassert_equal(event.state, K_POLL_STATE_SIGNALED);
	/* Ready at once. */
	zassert_ok(k_work_poll_submit(&polled, &event, 1, K_FOREVER));
	zassert_trace("ee");
	k_poll_signal_reset(&signal);
	event.state = K_POLL_STATE_NOT_READY;
	zassert_ok(k_work_poll_submit(&polled, &event, 1, K_MSEC(5)));
	k_msleep(10);
	zassert_trace("eet");
	zassert_ok(k_work_poll_submit(&polled, &event, 1, K_MSEC(5)));
	zassert_ok(k_work_poll_cancel(&polled));
	zassert_equal(k_work_poll_cancel(&polled), -EINVAL);
	k_poll_signal_raise(&signal, 0);
	k_msleep(10);
	zassert_trace("eet");
	zassert_equal(k_work_poll_submit(&polled, NULL, 0, K_FOREVER), -EINVAL);
}

static void user(struct k_work_user *work)
{
	ARG_UNUSED(work);
	trace('u');
}
K_WORK_USER_DEFINE(user_work, user);

ZTEST(work, test_user_work)
{
	static struct k_work_user_q user_queue;
	static K_THREAD_STACK_DEFINE(user_stack, 1024);

	k_work_user_queue_start(&user_queue, user_stack, K_THREAD_STACK_SIZEOF(user_stack), 4, "uq");
	zassert_ok(k_work_user_submit_to_queue(&user_queue, &user_work));
	zassert_equal(k_work_user_submit_to_queue(&user_queue, &user_work), -EBUSY);
	k_msleep(1);
	zassert_trace("u");
	zassert_ok(k_work_user_submit_to_queue(&user_queue, &user_work));
	k_thread_abort(k_work_user_queue_thread_get(&user_queue));
}
