// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

static struct k_sem sem;
static struct k_fifo fifo;
static struct k_msgq msgq;
static struct k_pipe pipe;
static struct k_poll_signal signal = K_POLL_SIGNAL_INITIALIZER(signal);
static char buffer[4];
static uint8_t ring[4];
static void *item[2];

static struct k_poll_event events[] = {
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem, 17),
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_IGNORE, K_POLL_MODE_NOTIFY_ONLY, NULL, 0),
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_FIFO_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
					&fifo, 0),
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_MSGQ_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
					&msgq, 0),
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_PIPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
					&pipe, 0),
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal, 0),
};

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	k_sem_init(&sem, 0, 1);
	k_fifo_init(&fifo);
	k_msgq_init(&msgq, buffer, 1, sizeof(buffer));
	k_pipe_init(&pipe, ring, sizeof(ring));
	k_poll_signal_init(&signal);
	for (size_t i = 0; i < ARRAY_SIZE(events); i++) {
		events[i].state = K_POLL_STATE_NOT_READY;
	}
}

ZTEST_SUITE(poll, NULL, NULL, before, helpers_end, NULL);

static int poll_all(k_timeout_t timeout)
{
	return k_poll(events, ARRAY_SIZE(events), timeout);
}

static void zassert_states(int ready, uint8_t state)
{
	for (int i = 0; i < (int)ARRAY_SIZE(events); i++) {
		zassert_equal(events[i].state, i == ready ? state : K_POLL_STATE_NOT_READY,
			      "event %d", i);
	}
}

ZTEST(poll, test_nothing_is_ready)
{
	int64_t begin = k_uptime_get();

	zassert_equal(poll_all(K_NO_WAIT), -EAGAIN);
	zassert_equal(poll_all(K_MSEC(30)), -EAGAIN);
	zassert_between_inclusive(k_uptime_get() - begin, 30, 31);
	zassert_equal(k_poll(events, -1, K_NO_WAIT), -EINVAL);
	zassert_states(-1, 0);
	zassert_equal(events[0].tag, 17);
}

ZTEST(poll, test_ready_before)
{
	k_sem_give(&sem);
	zassert_ok(poll_all(K_NO_WAIT));
	zassert_states(0, K_POLL_STATE_SEM_AVAILABLE);
	zassert_ok(k_sem_take(&sem, K_NO_WAIT), "polling takes nothing");
}

enum what { GIVE, PUT, MESSAGE, BYTES, RAISE, CANCEL };

static void later(void *what, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_msleep(20);
	switch (POINTER_TO_INT(what)) {
	case GIVE:
		k_sem_give(&sem);
		break;
	case PUT:
		k_fifo_put(&fifo, item);
		break;
	case MESSAGE:
		k_msgq_put(&msgq, "x", K_NO_WAIT);
		break;
	case BYTES:
		k_pipe_write(&pipe, (const uint8_t *)"x", 1, K_NO_WAIT);
		break;
	case RAISE:
		k_poll_signal_raise(&signal, 99);
		break;
	default:
		k_fifo_cancel_wait(&fifo);
		break;
	}
}

static void zassert_woken_by(enum what what, int event, uint8_t state, int result)
{
	int64_t begin = k_uptime_get();

	helper_start(0, later, INT_TO_POINTER(what), NULL, 5);
	zassert_equal(poll_all(K_SECONDS(5)), result);
	zassert_between_inclusive(k_uptime_get() - begin, 20, 21);
	zassert_states(event, state);
	helpers_join();
}

ZTEST(poll, test_semaphore)
{
	zassert_woken_by(GIVE, 0, K_POLL_STATE_SEM_AVAILABLE, 0);
}

ZTEST(poll, test_fifo)
{
	zassert_woken_by(PUT, 2, K_POLL_STATE_FIFO_DATA_AVAILABLE, 0);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), item);
}

ZTEST(poll, test_msgq)
{
	zassert_woken_by(MESSAGE, 3, K_POLL_STATE_MSGQ_DATA_AVAILABLE, 0);
}

ZTEST(poll, test_pipe)
{
	zassert_woken_by(BYTES, 4, K_POLL_STATE_PIPE_DATA_AVAILABLE, 0);
}

ZTEST(poll, test_signal)
{
	unsigned int raised;
	int result;

	zassert_woken_by(RAISE, 5, K_POLL_STATE_SIGNALED, 0);
	k_poll_signal_check(&signal, &raised, &result);
	zassert_equal(raised, 1);
	zassert_equal(result, 99);
	k_poll_signal_reset(&signal);
	k_poll_signal_check(&signal, &raised, &result);
	zassert_equal(raised, 0);
}

ZTEST(poll, test_cancelled_fifo)
{
	zassert_woken_by(CANCEL, 2, K_POLL_STATE_CANCELLED, -EINTR);
}

ZTEST(poll, test_several_at_once)
{
	k_sem_give(&sem);
	k_poll_signal_raise(&signal, 0);
	zassert_ok(poll_all(K_FOREVER));
	zassert_equal(events[0].state, K_POLL_STATE_SEM_AVAILABLE);
	zassert_equal(events[5].state, K_POLL_STATE_SIGNALED);
}

ZTEST(poll, test_event_made_at_run_time)
{
	struct k_poll_event event;

	k_poll_event_init(&event, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);
	zassert_equal(k_poll(&event, 1, K_MSEC(1)), -EAGAIN);
	k_sem_give(&sem);
	zassert_ok(k_poll(&event, 1, K_MSEC(1)));
	zassert_equal(event.state, K_POLL_STATE_SEM_AVAILABLE);
}

static void poll_once(void *result, void *p2, void *p3)
{
	struct k_poll_event event =
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(int *)result = k_poll(&event, 1, K_SECONDS(1));
}

ZTEST(poll, test_an_ended_poller_leaves_the_queues)
{
	int results[2] = {77, 77};
	k_tid_t tid = helper_start(0, poll_once, &results[0], NULL, 5);

	helper_start(1, poll_once, &results[1], NULL, 6);
	k_msleep(1);
	k_thread_abort(tid);
	k_sem_give(&sem);
	helpers_join();
	zassert_equal(results[0], 77);
	zassert_ok(results[1]);
}
