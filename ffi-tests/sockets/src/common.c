/* SPDX-License-Identifier: Apache-2.0 */

#include "common.h"

#include <zephyr/net/net_pkt.h>

const struct sockaddr_in here = {
	.sin_family = AF_INET,
	.sin_port = htons(PORT),
	.sin_addr = INADDR_LOOPBACK_INIT,
};

int stream(void)
{
	int sock = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

int listener(void)
{
	int sock = stream();

	set_int(sock, SOL_SOCKET, SO_REUSEADDR, 1);
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&here, sizeof(here)));
	zassert_ok(zsock_listen(sock, 4));
	return sock;
}

struct pair connected(void)
{
	struct pair pair = {.listener = listener(), .client = stream()};

	zassert_ok(zsock_connect(pair.client, (const struct sockaddr *)&here, sizeof(here)));
	pair.server = zsock_accept(pair.listener, NULL, NULL);
	zassert_true(pair.server >= 0, "errno %d", errno);
	return pair;
}

void close_pair(struct pair *pair)
{
	int socks[] = {pair->client, pair->server, pair->listener};

	for (size_t i = 0; i < ARRAY_SIZE(socks); i++) {
		if (socks[i] >= 0) {
			zassert_ok(zsock_close(socks[i]));
		}
	}
}

int polled(int sock)
{
	struct zsock_pollfd fd = {.fd = sock, .events = ALL_EVENTS};

	zassert_true(zsock_poll(&fd, 1, 0) >= 0);
	return fd.revents;
}

int error_of(int sock)
{
	return get_int(sock, SOL_SOCKET, SO_ERROR);
}

void set_int(int sock, int level, int name, int value)
{
	zassert_ok(zsock_setsockopt(sock, level, name, &value, sizeof(value)),
		   "option %d of level %d: errno %d", name, level, errno);
}

int get_int(int sock, int level, int name)
{
	socklen_t len = sizeof(int);
	int value = -1;

	zassert_ok(zsock_getsockopt(sock, level, name, &value, &len),
		   "option %d of level %d: errno %d", name, level, errno);
	zassert_equal(len, sizeof(value));
	return value;
}

void set_time(int sock, int name, int millis)
{
	struct timeval time = {.tv_sec = millis / 1000, .tv_usec = millis % 1000 * 1000};

	zassert_ok(zsock_setsockopt(sock, SOL_SOCKET, name, &time, sizeof(time)));
}

void lose_all(bool yes)
{
	zassert_ok(loopback_set_packet_drop_ratio(yes ? 1.0f : 0.0f));
}

static struct {
	struct k_work_delayable work;
	void (*function)(int arg);
	int arg;
} soon;

static void do_it(struct k_work *work)
{
	ARG_UNUSED(work);
	soon.function(soon.arg);
}

void later(int millis, void (*work)(int arg), int arg)
{
	soon.function = work;
	soon.arg = arg;
	k_work_init_delayable(&soon.work, do_it);
	(void)k_work_schedule(&soon.work, K_MSEC(millis));
}

static uint32_t free_rx, free_tx;

static void count(uint32_t *rx, uint32_t *tx)
{
	struct k_mem_slab *rx_slab, *tx_slab;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx_slab, &tx_slab, &rx_data, &tx_data);
	*rx = k_mem_slab_num_free_get(rx_slab);
	*tx = k_mem_slab_num_free_get(tx_slab);
}

void *remember(void)
{
	return NULL;
}

void before(void *fixture)
{
	ARG_UNUSED(fixture);
	lose_all(false);
	count(&free_rx, &free_tx);
}

void after(void *fixture)
{
	uint32_t rx, tx;

	ARG_UNUSED(fixture);
	lose_all(false);
	/* What is on its way arrives, and who closed first forgets. */
	k_sleep(K_SECONDS(10));
	count(&rx, &tx);
	zassert_equal(rx, free_rx, "%u received packets kept", free_rx - rx);
	zassert_equal(tx, free_tx, "%u packets to be sent kept", free_tx - tx);
}
