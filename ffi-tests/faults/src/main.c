/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything is done once to count its allocations, and then once for each of them with that one failing. Whatever
 * came of it, errno says something that a caller can act on, and packets, buffers, descriptors, contexts and heap
 * are as they were.
 */

#include "faults.h"

#include <zephyr/net/znet_faults.h>

/* Longer than TCP remembers connections that nobody owns. */
#define REST K_SECONDS(600)

static size_t sockets_left(void)
{
	int socks[CONFIG_ZVFS_OPEN_MAX];
	size_t count = 0, left;

	while (count < ARRAY_SIZE(socks)) {
		socks[count] = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		if (socks[count] < 0) {
			break;
		}
		count++;
	}
	left = count;
	while (count > 0) {
		zassert_ok(zsock_close(socks[--count]));
	}
	return left;
}

/* The largest piece there is: of a heap that nobody uses it is all of it. */
static size_t heap_left(void)
{
	size_t some = 0, much = CONFIG_HEAP_MEM_POOL_SIZE;

	while (much - some > 1) {
		const size_t half = some + (much - some) / 2;
		void *memory = k_malloc(half);

		if (memory != NULL) {
			some = half;
		} else {
			much = half;
		}
		k_free(memory);
	}
	return some;
}

struct state state_now(void)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	return (struct state){
		.rx = k_mem_slab_num_free_get(rx),
		.tx = k_mem_slab_num_free_get(tx),
		.rx_data = atomic_get(&rx_data->avail_count),
		.tx_data = atomic_get(&tx_data->avail_count),
		.sockets = sockets_left(),
		.heap = heap_left(),
	};
}

void as_it_was(const struct state *before, uint32_t n)
{
	const struct state now = state_now();

	zassert_equal(now.rx, before->rx, "%u: packets", n);
	zassert_equal(now.tx, before->tx, "%u: packets", n);
	zassert_equal(now.rx_data, before->rx_data, "%u: buffers", n);
	zassert_equal(now.tx_data, before->tx_data, "%u: buffers", n);
	zassert_equal(now.sockets, before->sockets, "%u: descriptors or contexts", n);
	zassert_equal(now.heap, before->heap, "%u: heap", n);
}

bool is_clear(int error)
{
	switch (error) {
	case ENOMEM:
	case ENOBUFS:
	case EMFILE:
	case ENFILE:
	case EAGAIN:
	case ETIMEDOUT:
	case ECONNRESET:
	case ECONNREFUSED:
		return true;
	default:
		return false;
	}
}

/* errno is read after the errand, not beside it. */
static void works(errand_t errand, const char *when)
{
	const bool done = errand();

	zassert_true(done, "%s: errno %d", when, errno);
}

void at_every_allocation(errand_t errand)
{
	struct state before;
	uint32_t all, failed = 0;

	works(errand, "without a fault");
	k_sleep(REST);
	before = state_now();
	znet_faults_fail(-1);
	works(errand, "without a fault");
	all = znet_faults_tried();
	k_sleep(REST);
	as_it_was(&before, UINT32_MAX);
	zassert_true(all > 0, "an errand without an allocation proves nothing");
	for (uint32_t n = 0; n < all; n++) {
		bool done;

		znet_faults_fail(n);
		errno = 0;
		done = errand();
		failed += !done;
		znet_faults_fail(-1);
		zassert_true(done || is_clear(errno), "allocation %u: errno %d", n, errno);
		k_sleep(REST);
		as_it_was(&before, n);
	}
	works(errand, "afterwards");
	k_sleep(REST);
	TC_PRINT("%u allocations, %u of them missed\n", all, failed);
}

struct sockaddr_in loopback(uint16_t port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons(port),
				    .sin_addr = INADDR_LOOPBACK_INIT};
}

void done_with(int sock)
{
	const int error = errno;

	if (sock >= 0) {
		zassert_ok(zsock_close(sock), "errno %d", errno);
	}
	errno = error;
}

int opened(int family, int type, int protocol)
{
	const struct zsock_timeval second = {.tv_sec = 1};
	int sock = zsock_socket(family, type, protocol);

	if (sock >= 0) {
		zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second)));
	}
	return sock;
}

ZTEST_SUITE(faults, NULL, NULL, NULL, NULL, NULL);
