// SPDX-License-Identifier: Apache-2.0
/*
 * A transfer whose reader is slow: the window fills and opens all the time. However threads are
 * scheduled, it may take no longer than the reader's pauses together. A lost wake-up or a window
 * update that does not come would cost at least a timer of 200 ms, many times the tolerance.
 *
 * Built once with cooperative and once with preemptible threads; as each build stays within a
 * twentieth of the same time, they differ by less than a tenth.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#define PORT  4242
#define TOTAL (512 * 1024)
#define CHUNK 1024

#ifdef CONFIG_NET_TC_THREAD_PREEMPTIVE
#define PRIORITY K_PRIO_PREEMPT(2)
#else
#define PRIORITY K_PRIO_COOP(2)
#endif

static K_THREAD_STACK_DEFINE(stack, 4096);
static struct k_thread thread;
static uint8_t out[4096];
static uint8_t in[CHUNK];

static uint8_t byte_at(uint32_t offset)
{
	return (uint8_t)(offset * 31 + (offset >> 8));
}

static struct sockaddr_in loopback(void)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr = {{{127, 0, 0, 1}}},
	};

	return addr;
}

static void writer(void *p1, void *p2, void *p3)
{
	struct sockaddr_in addr = loopback();
	int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	uint32_t sent = 0;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_true(sock >= 0);
	zassert_ok(zsock_connect(sock, (struct sockaddr *)&addr, sizeof(addr)));
	while (sent < TOTAL) {
		uint32_t len = MIN(sizeof(out), TOTAL - sent);
		ssize_t done;

		for (uint32_t i = 0; i < len; i++) {
			out[i] = byte_at(sent + i);
		}
		done = zsock_send(sock, out, len, 0);
		zassert_true(done > 0, "send: %d", errno);
		sent += done;
	}
	zassert_ok(zsock_close(sock));
}

/* How long the pauses of the reader take by themselves. */
static int pauses(int count)
{
	int64_t begin = k_uptime_get();

	for (int i = 0; i < count; i++) {
		k_msleep(1);
	}
	return (int)(k_uptime_get() - begin);
}

ZTEST(tcp_turns, test_a_slow_reader_takes_its_own_time_only)
{
	struct sockaddr_in addr = loopback();
	int server = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	int ideal = pauses(TOTAL / CHUNK);
	uint32_t received = 0;
	int64_t begin;
	int took, sock;

	zassert_true(server >= 0);
	zassert_ok(zsock_bind(server, (struct sockaddr *)&addr, sizeof(addr)));
	zassert_ok(zsock_listen(server, 1));
	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), writer, NULL, NULL, NULL,
			PRIORITY, 0, K_NO_WAIT);
	sock = zsock_accept(server, NULL, NULL);
	zassert_true(sock >= 0);

	begin = k_uptime_get();
	while (true) {
		ssize_t len = zsock_recv(sock, in, sizeof(in), ZSOCK_MSG_WAITALL);

		zassert_true(len >= 0, "recv: %d", errno);
		if (len == 0) {
			break;
		}
		for (ssize_t i = 0; i < len; i++) {
			zassert_equal(in[i], byte_at(received + i), "at %u", received + (uint32_t)i);
		}
		received += len;
		k_msleep(1);
	}
	took = (int)(k_uptime_get() - begin);

	zassert_equal(received, TOTAL);
	zassert_ok(k_thread_join(&thread, K_FOREVER));
	zassert_ok(zsock_close(sock));
	zassert_ok(zsock_close(server));
	printk("%u bytes in %d ms, of which %d ms were pauses\n", received, took, ideal);
	zassert_between_inclusive(took, ideal * 19 / 20, ideal * 21 / 20, "%d ms, not %d ms", took, ideal);
}

ZTEST_SUITE(tcp_turns, NULL, NULL, NULL, NULL, NULL);
