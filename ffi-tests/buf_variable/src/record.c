// SPDX-License-Identifier: Apache-2.0
/* The record of allocations. */

#include "common.h"

ZTEST_SUITE(record, NULL, NULL, NULL, all_is_free, NULL);

struct search {
	struct net_pkt *pkt;
	struct net_buf *buf;
	const char *func_alloc;
	const char *func_free;
	int found;
	bool in_use;
};

static void look(struct net_pkt *pkt, struct net_buf *buf, const char *func_alloc, int line_alloc,
		 const char *func_free, int line_free, bool in_use, void *user_data)
{
	struct search *search = user_data;

	if (pkt == search->pkt && buf == search->buf) {
		zassert_true(line_alloc > 0);
		zassert_equal(line_free > 0, func_free != NULL);
		search->found++;
		search->func_alloc = func_alloc;
		search->func_free = func_free;
		search->in_use = in_use;
	}
}

static struct net_pkt *somebody_allocates(void)
{
	return net_pkt_alloc_with_buffer(NULL, 10, AF_UNSPEC, 0, K_NO_WAIT);
}

static void somebody_frees(struct net_pkt *pkt)
{
	net_pkt_unref(pkt);
}

ZTEST(record, test_packet)
{
	struct search search = {.pkt = somebody_allocates()};

	net_pkt_allocs_foreach(look, &search);
	zassert_equal(search.found, 1);
	zassert_true(search.in_use);
	zassert_str_equal(search.func_alloc, "somebody_allocates");
	zassert_is_null(search.func_free);

	somebody_frees(search.pkt);
	search.found = 0;
	net_pkt_allocs_foreach(look, &search);
	zassert_equal(search.found, 1);
	zassert_false(search.in_use);
	zassert_str_equal(search.func_free, "somebody_frees");
}

ZTEST(record, test_buffer)
{
	struct search search = {.buf = net_pkt_get_reserve_tx_data(20, K_NO_WAIT)};

	net_pkt_allocs_foreach(look, &search);
	zassert_equal(search.found, 1);
	zassert_true(search.in_use);
	net_pkt_frag_unref(search.buf);
	search.found = 0;
	net_pkt_allocs_foreach(look, &search);
	zassert_equal(search.found, 1);
	zassert_false(search.in_use);
}

ZTEST(record, test_release_of_one_reference)
{
	struct search search = {.pkt = net_pkt_ref(somebody_allocates())};

	somebody_frees(search.pkt);
	net_pkt_allocs_foreach(look, &search);
	zassert_true(search.in_use);
	zassert_is_null(search.func_free);
	somebody_frees(search.pkt);
}

ZTEST(record, test_names)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	zassert_str_equal(net_pkt_slab2str(rx), "RX");
	zassert_str_equal(net_pkt_slab2str(tx), "TX");
	zassert_str_equal(net_pkt_slab2str(NULL), "EXT");
	zassert_str_equal(net_pkt_pool2str(rx_data), "RDATA");
	zassert_str_equal(net_pkt_pool2str(tx_data), "TDATA");
	zassert_str_equal(net_pkt_pool2str(NULL), "EDATA");
}

ZTEST(record, test_prints)
{
	struct net_pkt *pkt = packet_of("in pieces", 3);

	net_pkt_print();
	net_pkt_print_frags(pkt);
	net_pkt_print_frags(NULL);
	net_pkt_unref(pkt);
}
