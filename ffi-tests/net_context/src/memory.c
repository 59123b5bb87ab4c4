/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of an application's own, and what allocations cost. */

#include "common.h"

#include <zephyr/sys/iterable_sections.h>

#define PORT 4300

NET_PKT_TX_SLAB_DEFINE(own_packets, 2);
NET_PKT_DATA_POOL_DEFINE(own_buffers, 3);

static struct net_context *context;
static struct sockaddr_in here = LOOPBACK_PORT(PORT);
static struct k_mem_slab *tx;
static struct net_buf_pool *tx_data;

static struct k_mem_slab *get_packets(void)
{
	return &own_packets;
}

static struct net_buf_pool *get_buffers(void)
{
	return &own_buffers;
}


static void received(struct net_context *of, struct net_pkt *pkt, union net_ip_header *ip,
		     union net_proto_header *proto, int status, void *user_data)
{
	ARG_UNUSED(of);
	ARG_UNUSED(ip);
	ARG_UNUSED(proto);
	ARG_UNUSED(status);
	ARG_UNUSED(user_data);
	net_pkt_unref(pkt);
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	net_pkt_get_info(NULL, &tx, NULL, &tx_data);
	zassert_ok(net_context_get(AF_INET, SOCK_DGRAM, IPPROTO_UDP, &context));
	zassert_ok(net_context_bind(context, (struct sockaddr *)&here, sizeof(here)));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_ok(net_context_put(context));
	zassert_equal(k_mem_slab_num_used_get(&own_packets), 0);
	zassert_equal(atomic_get(&own_buffers.avail_count), 3);
	zassert_equal(k_mem_slab_num_used_get(tx), 0);
	zassert_equal(atomic_get(&tx_data->avail_count), tx_data->buf_count);
}

ZTEST_SUITE(memory, NULL, NULL, before, after, NULL);

static int send_to_self(const char *text, size_t len)
{
	return net_context_sendto(context, text, len, (struct sockaddr *)&here, sizeof(here), NULL,
				  K_NO_WAIT, NULL);
}

static uint32_t most_used(struct k_mem_slab *slab)
{
	return slab->num_touched;
}

ZTEST(memory, test_datagrams_from_memory_of_ones_own)
{
	uint32_t others = most_used(tx);

	net_context_setup_pools(context, get_packets, get_buffers);
	zassert_ok(net_context_recv(context, received, K_NO_WAIT, NULL));
	for (int i = 0; i < 5; i++) {
		zassert_equal(send_to_self("mine", 4), 4);
		k_sleep(K_MSEC(10));
	}
	zassert_true(most_used(&own_packets) > 0);
	zassert_equal(most_used(tx), others, "nobody else's was touched");
}

ZTEST(memory, test_no_more_than_one_has)
{
	static const char much[CONFIG_NET_BUF_DATA_SIZE * 4];
	struct net_pkt *first = net_pkt_alloc_from_slab(&own_packets, K_NO_WAIT);
	struct net_pkt *second = net_pkt_alloc_from_slab(&own_packets, K_NO_WAIT);

	net_context_setup_pools(context, get_packets, get_buffers);
	zassert_not_null(first);
	zassert_not_null(second);
	zassert_equal(send_to_self("x", 1), -EAGAIN, "no packet");
	net_pkt_unref(first);
	zassert_equal(send_to_self(much, sizeof(much)), -EAGAIN, "no buffers");
	zassert_equal(send_to_self("x", 1), 1);
	k_sleep(K_MSEC(10));
	net_pkt_unref(second);

	/* None of its own any more. */
	net_context_setup_pools(context, NULL, NULL);
	zassert_equal(send_to_self(much, sizeof(much)), sizeof(much));
	k_sleep(K_MSEC(10));
}

ZTEST(memory, test_packets_of_ones_own_and_buffers_of_all)
{
	net_context_setup_pools(context, get_packets, NULL);
	zassert_equal(send_to_self("half", 4), 4);
	k_sleep(K_MSEC(10));
	zassert_true(most_used(&own_packets) > 0);
}

ZTEST(memory, test_a_packet_of_the_context_gets_its_buffers)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);

	net_context_setup_pools(context, get_packets, get_buffers);
	net_pkt_set_context(pkt, context);
	zassert_ok(net_pkt_alloc_buffer_raw(pkt, 10, K_NO_WAIT));
	zassert_equal(atomic_get(&own_buffers.avail_count), 2);
	net_pkt_unref(pkt);
}

static struct net_pkt_alloc_stats_slab *stats_of(struct k_mem_slab *slab)
{
	STRUCT_SECTION_FOREACH(net_pkt_alloc_stats_slab, stats) {
		if (stats->slab == slab) {
			return stats;
		}
	}
	return NULL;
}

ZTEST(memory, test_allocations_are_counted)
{
	struct net_pkt_alloc_stats_slab *stats = stats_of(tx), before_it;
	struct net_pkt *pkt;

	zassert_not_null(stats);
	before_it = *stats;
	pkt = net_pkt_alloc_with_buffer(NULL, 100, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_equal_ptr(pkt->alloc_stats, stats);
	zassert_equal(stats->ok.count, before_it.ok.count + 1);
	zassert_equal(stats->ok.alloc_sum, before_it.ok.alloc_sum + 100);
	zassert_true(stats->ok.time_sum >= before_it.ok.time_sum);
	zassert_equal(stats->fail.count, before_it.fail.count);
	net_pkt_unref(pkt);

	/* What the stack sends itself. */
	zassert_equal(send_to_self("count", 5), 5);
	k_sleep(K_MSEC(10));
	zassert_true(stats->ok.count > before_it.ok.count + 1);
}

ZTEST(memory, test_failures_are_counted)
{
	struct net_pkt_alloc_stats_slab *stats = stats_of(&own_packets);
	struct net_pkt *first = net_pkt_alloc_from_slab(&own_packets, K_NO_WAIT);
	struct net_pkt *second = net_pkt_alloc_from_slab(&own_packets, K_NO_WAIT);
	uint32_t failed = stats->fail.count, fine = stats->ok.count;
	uint64_t bytes = stats->fail.alloc_sum;

	zassert_is_null(net_pkt_alloc_from_slab(&own_packets, K_NO_WAIT));
	zassert_equal(stats->fail.count, failed + 1);
	zassert_equal(net_pkt_alloc_buffer_raw(first, 60000, K_NO_WAIT), -ENOMEM);
	zassert_equal(stats->fail.count, failed + 2);
	zassert_equal(stats->fail.alloc_sum, bytes + 60000);
	zassert_ok(net_pkt_alloc_buffer_raw(first, 8, K_NO_WAIT));
	zassert_equal(stats->ok.count, fine + 1);
	net_pkt_unref(first);
	net_pkt_unref(second);
}
