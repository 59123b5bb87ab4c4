// SPDX-License-Identifier: Apache-2.0
/*
 * Transfers that wait for nothing but the applications. No time passes here except where somebody
 * sleeps or a timer has to mend something, so whatever is longer than the applications' own sleep is a
 * stall. Each bound leaves a tenth: builds with other kinds of threads differ by less than that.
 */

#include <stdint.h>

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define PORT  4242
#define STACK 16384

static K_THREAD_STACK_DEFINE(stack, STACK);
static struct k_thread thread;

/* What the other end does, and with which socket. */
struct task {
	void (*work)(int sock, const struct task *task);
	int listener;
	size_t total;
	size_t chunk;
	k_timeout_t pause;
};

static uint8_t byte_at(size_t offset)
{
	return (uint8_t)(offset * 7 + (offset >> 8));
}

static int listener(void)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	zassert_ok(zsock_bind(sock, (struct sockaddr *)&addr, sizeof(addr)));
	zassert_ok(zsock_listen(sock, 1));
	return sock;
}

static int client(void)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	addr.sin_addr = (struct in_addr)INADDR_LOOPBACK_INIT;
	zassert_ok(zsock_connect(sock, (struct sockaddr *)&addr, sizeof(addr)));
	return sock;
}

static void serve(void *p1, void *p2, void *p3)
{
	const struct task *task = p1;
	int sock = zsock_accept(task->listener, NULL, NULL);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_true(sock >= 0);
	task->work(sock, task);
	zassert_ok(zsock_close(sock));
}

/* Runs `task` at the server; returns the client's socket. */
static int start(struct task *task)
{
	task->listener = listener();
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), serve, task, NULL, NULL,
			K_PRIO_PREEMPT(1), 0, K_NO_WAIT);
	return client();
}

static void end(int sock, const struct task *task)
{
	zassert_ok(zsock_close(sock));
	zassert_ok(k_thread_join(&thread, K_SECONDS(60)));
	zassert_ok(zsock_close(task->listener));
}

/* Reads a chunk, then sleeps. */
static void read_all(int sock, const struct task *task)
{
	static uint8_t data[4096];
	size_t done = 0;

	while (done < task->total) {
		ssize_t len = zsock_recv(sock, data, task->chunk, 0);

		zassert_true(len > 0, "recv said %d after %zu bytes", (int)len, done);
		for (ssize_t i = 0; i < len; i++) {
			zassert_equal(data[i], byte_at(done + i));
		}
		done += len;
		k_sleep(task->pause);
	}
}

static void write_all(int sock, const struct task *task)
{
	static uint8_t data[4096];
	size_t done = 0;

	while (done < task->total) {
		size_t want = MIN(task->chunk, task->total - done);

		for (size_t i = 0; i < want; i++) {
			data[i] = byte_at(done + i);
		}
		zassert_equal(zsock_send(sock, data, want, 0), (ssize_t)want);
		done += want;
	}
}

static void answer(int sock, const struct task *task)
{
	uint8_t data[64];

	for (size_t i = 0; i < task->total; i++) {
		ssize_t len = zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_WAITALL);

		zassert_equal(len, (ssize_t)sizeof(data));
		zassert_equal(zsock_send(sock, data, sizeof(data), 0), (ssize_t)sizeof(data));
	}
}

/* Milliseconds that `work` takes at the client while the server does `task`. */
static int64_t measure(struct task *task, void (*work)(int sock, const struct task *task),
		       const struct task *mine)
{
	int64_t begin;
	int sock = start(task);

	begin = k_uptime_get();
	work(sock, mine);
	end(sock, task);
	return k_uptime_get() - begin;
}

ZTEST(stream_time, test_a_fast_reader_costs_no_time)
{
	struct task server = {.work = read_all, .total = 500000, .chunk = 4096, .pause = K_NO_WAIT};
	struct task mine = {.total = 500000, .chunk = 1000};
	int64_t took = measure(&server, write_all, &mine);

	printk("500,000 bytes in pieces of 1,000: %d ms\n", (int)took);
	zassert_true(took <= 5, "%d ms", (int)took);
}

ZTEST(stream_time, test_a_slow_reader_sets_the_pace)
{
	/* The window fills, opens by a little, and fills again. */
	struct task server = {.work = read_all, .total = 262144, .chunk = 512, .pause = K_MSEC(1)};
	struct task mine = {.total = 262144, .chunk = 4096};
	int64_t took = measure(&server, write_all, &mine);

	printk("262,144 bytes, 512 a millisecond: %d ms\n", (int)took);
	zassert_between_inclusive(took, 512, 563);
}

ZTEST(stream_time, test_small_requests_wait_for_no_timer)
{
	struct task server = {.work = answer, .total = 500};
	uint8_t data[64] = {0};
	int sock = start(&server);
	int64_t begin = k_uptime_get();

	for (size_t i = 0; i < server.total; i++) {
		zassert_equal(zsock_send(sock, data, sizeof(data), 0), (ssize_t)sizeof(data));
		zassert_equal(zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_WAITALL),
			      (ssize_t)sizeof(data));
	}
	printk("500 requests of 64 bytes: %d ms\n", (int)(k_uptime_get() - begin));
	zassert_true(k_uptime_get() - begin <= 5);
	end(sock, &server);
}

ZTEST_SUITE(stream_time, NULL, NULL, NULL, NULL, NULL);
