// SPDX-License-Identifier: Apache-2.0
/* Packets: allocation, room, references, clones. */

#include <zephyr/net/dummy.h>
#include <zephyr/net/ethernet.h>

#include "common.h"

#define MTU 1500

static int send_nothing(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(pkt);
	return 0;
}

static uint8_t mac[] = {0x02, 0x00, 0x5e, 0x00, 0x53, 0x01};

static void set_mac(struct net_if *iface)
{
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_ETHERNET);
}

static void set_dummy_addr(struct net_if *iface)
{
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_DUMMY);
}

static const struct ethernet_api eth_api = {.iface_api.init = set_mac, .send = send_nothing};
static const struct dummy_api dummy_functions = {.iface_api.init = set_dummy_addr,
						 .send = send_nothing};

ETH_NET_DEVICE_INIT(test_eth, "test_eth", NULL, NULL, NULL, NULL, 80, &eth_api, MTU);
NET_DEVICE_INIT(test_dummy, "test_dummy", NULL, NULL, NULL, NULL, 80, &dummy_functions, DUMMY_L2,
		DUMMY_L2_CTX_TYPE, MTU);

struct net_if *ethernet_iface(void)
{
	return net_if_lookup_by_dev(DEVICE_GET(test_eth));
}

struct net_if *dummy_iface(void)
{
	return net_if_lookup_by_dev(DEVICE_GET(test_dummy));
}

struct net_pkt *packet_of(const char *text, size_t step)
{
	struct net_pkt *pkt = net_pkt_rx_alloc(K_NO_WAIT);

	zassert_not_null(pkt);
	while (*text != '\0') {
		size_t len = MIN(strlen(text), step);
		struct net_buf *frag = net_pkt_get_reserve_rx_data(step, K_NO_WAIT);

		zassert_not_null(frag);
		frag->size = step;
		net_buf_add_mem(frag, text, len);
		net_pkt_append_buffer(pkt, frag);
		text += len;
	}
	net_pkt_cursor_init(pkt);

	return pkt;
}

void assert_packet(struct net_pkt *pkt, const char *text)
{
	char copy[256];
	size_t len = net_buf_linearize(copy, sizeof(copy), pkt->buffer, 0, sizeof(copy));

	zassert_equal(len, strlen(text), "%zu bytes instead of %zu", len, strlen(text));
	zassert_mem_equal(copy, text, len);
	zassert_equal(net_pkt_get_len(pkt), len);
}

void all_is_free(void *fixture)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	ARG_UNUSED(fixture);
	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	zassert_equal(k_mem_slab_num_used_get(rx), 0);
	zassert_equal(k_mem_slab_num_used_get(tx), 0);
	zassert_equal(atomic_get(&rx_data->avail_count), CONFIG_NET_BUF_RX_COUNT);
	zassert_equal(atomic_get(&tx_data->avail_count), CONFIG_NET_BUF_TX_COUNT);
}

ZTEST_SUITE(pkt_alloc, NULL, NULL, NULL, all_is_free, NULL);

ZTEST(pkt_alloc, test_empty_packet)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_equal(atomic_get(&pkt->atomic_ref), 1);
	zassert_is_null(pkt->buffer);
	zassert_true(net_pkt_is_empty(pkt));
	zassert_equal(net_pkt_get_len(pkt), 0);
	zassert_equal(net_pkt_available_buffer(pkt), 0);
	zassert_is_null(net_pkt_cursor_get_pos(pkt));
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_on_interface)
{
	struct net_pkt *pkt = net_pkt_alloc_on_iface(ethernet_iface(), K_NO_WAIT);

	zassert_equal_ptr(net_pkt_iface(pkt), ethernet_iface());
	zassert_equal(net_pkt_lladdr_src(pkt)->type, NET_LINK_ETHERNET);
	net_pkt_unref(pkt);
	pkt = net_pkt_rx_alloc_on_iface(dummy_iface(), K_NO_WAIT);
	zassert_equal_ptr(net_pkt_iface(pkt), dummy_iface());
	zassert_equal(net_pkt_lladdr_dst(pkt)->type, NET_LINK_DUMMY);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_default_priorities)
{
	struct net_pkt *tx = net_pkt_alloc(K_NO_WAIT);
	struct net_pkt *rx = net_pkt_rx_alloc(K_NO_WAIT);

	zassert_equal(net_pkt_priority(tx), CONFIG_NET_TX_DEFAULT_PRIORITY);
	zassert_equal(net_pkt_priority(rx), CONFIG_NET_RX_DEFAULT_PRIORITY);
	net_pkt_unref(tx);
	net_pkt_unref(rx);
}

ZTEST(pkt_alloc, test_room_is_what_was_asked_for)
{
	static const size_t sizes[] = {1, 10, 127, 128, 129, 500, 1000, 1500};

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct net_pkt *pkt = net_pkt_alloc_with_buffer(dummy_iface(), sizes[i], AF_UNSPEC, 0,
								K_NO_WAIT);

		zassert_not_null(pkt);
		zassert_equal(net_pkt_available_buffer(pkt), sizes[i]);
		zassert_equal(net_pkt_get_len(pkt), 0);
		net_pkt_unref(pkt);
	}
}

ZTEST(pkt_alloc, test_room_for_headers)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(dummy_iface(), 100, AF_INET, IPPROTO_UDP,
							K_NO_WAIT);

	zassert_equal(net_pkt_family(pkt), AF_INET);
	zassert_equal(net_pkt_available_buffer(pkt), 100 + 20 + 8);
	zassert_equal(net_pkt_available_payload_buffer(pkt, IPPROTO_UDP), 100);
	zassert_equal(net_pkt_available_payload_buffer(pkt, IPPROTO_ICMP), 104);
	zassert_ok(net_pkt_memset(pkt, 0, 20));
	zassert_equal(net_pkt_available_payload_buffer(pkt, IPPROTO_UDP), 100);
	zassert_ok(net_pkt_memset(pkt, 0, 8));
	zassert_equal(net_pkt_available_payload_buffer(pkt, IPPROTO_UDP), 100);
	zassert_ok(net_pkt_memset(pkt, 0, 1));
	zassert_equal(net_pkt_available_payload_buffer(pkt, IPPROTO_UDP), 99);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_room_is_limited_by_the_interface)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(dummy_iface(), 2000, AF_INET, IPPROTO_UDP,
							K_NO_WAIT);

	zassert_equal(net_pkt_available_buffer(pkt), MTU);
	net_pkt_unref(pkt);
	pkt = net_pkt_alloc_with_buffer(ethernet_iface(), 2000, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_equal(net_pkt_available_buffer(pkt), MTU + sizeof(struct net_eth_hdr));
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_room_without_interface)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 2000, AF_INET, 0, K_NO_WAIT);

	zassert_equal(net_pkt_available_buffer(pkt), 576);
	net_pkt_unref(pkt);
	pkt = net_pkt_alloc_with_buffer(NULL, 2000, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_equal(net_pkt_available_buffer(pkt), 2000);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_link_header_has_headroom)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(ethernet_iface(), 40, AF_INET, IPPROTO_UDP,
							K_NO_WAIT);

	zassert_true(net_buf_headroom(pkt->buffer) >= sizeof(struct net_eth_hdr));
	zassert_equal(net_pkt_available_buffer(pkt), 40 + 28);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_no_room_asked_for)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 0, AF_UNSPEC, 0, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_is_null(pkt->buffer);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_add_room_in_steps)
{
	struct net_pkt *pkt = net_pkt_alloc_on_iface(dummy_iface(), K_NO_WAIT);

	net_pkt_set_family(pkt, AF_INET);
	zassert_ok(net_pkt_alloc_buffer(pkt, 30, IPPROTO_UDP, K_NO_WAIT));
	zassert_equal(net_pkt_available_buffer(pkt), 58);
	zassert_ok(net_pkt_alloc_buffer(pkt, 200, IPPROTO_UDP, K_NO_WAIT));
	zassert_equal(net_pkt_available_buffer(pkt), 258);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_raw_room)
{
	struct net_pkt *pkt = net_pkt_alloc_on_iface(dummy_iface(), K_NO_WAIT);

	net_pkt_set_family(pkt, AF_INET);
	zassert_ok(net_pkt_alloc_buffer_raw(pkt, 1900, K_NO_WAIT));
	zassert_equal(net_pkt_available_buffer(pkt), 1900);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_room_behind_reserve)
{
	struct net_pkt *pkt = net_pkt_alloc_on_iface(dummy_iface(), K_NO_WAIT);

	zassert_ok(net_pkt_alloc_buffer_with_reserve(pkt, 60, 33, 0, K_NO_WAIT));
	zassert_equal(net_buf_headroom(pkt->buffer), 33);
	zassert_equal(net_pkt_available_buffer(pkt), 60);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_packets_run_dry)
{
	struct net_pkt *taken[CONFIG_NET_PKT_TX_COUNT];

	for (int i = 0; i < CONFIG_NET_PKT_TX_COUNT; i++) {
		taken[i] = net_pkt_alloc(K_NO_WAIT);
		zassert_not_null(taken[i]);
	}
	zassert_is_null(net_pkt_alloc(K_NO_WAIT));
	zassert_is_null(net_pkt_alloc_with_buffer(NULL, 1, AF_UNSPEC, 0, K_MSEC(5)));
	for (int i = 0; i < CONFIG_NET_PKT_TX_COUNT; i++) {
		net_pkt_unref(taken[i]);
	}
}

ZTEST(pkt_alloc, test_buffers_run_dry)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);

	zassert_equal(net_pkt_alloc_buffer_raw(pkt, 100000, K_NO_WAIT), -ENOMEM);
	zassert_is_null(pkt->buffer);
	zassert_equal(net_pkt_alloc_buffer_raw(pkt, SIZE_MAX, K_FOREVER), -ENOMEM);
	net_pkt_unref(pkt);
	zassert_is_null(net_pkt_alloc_with_buffer(NULL, 100000, AF_UNSPEC, 0, K_NO_WAIT));
}

NET_PKT_SLAB_DEFINE(own_slab, 2);
NET_PKT_DATA_POOL_DEFINE(own_pool, 3);

ZTEST(pkt_alloc, test_own_slab)
{
	struct net_pkt *first = net_pkt_alloc_from_slab(&own_slab, K_NO_WAIT);
	struct net_pkt *second = net_pkt_alloc_from_slab(&own_slab, K_NO_WAIT);

	zassert_not_null(first);
	zassert_not_null(second);
	zassert_equal((uintptr_t)first % __alignof__(struct net_pkt), 0);
	zassert_equal((uintptr_t)second % __alignof__(struct net_pkt), 0);
	zassert_is_null(net_pkt_alloc_from_slab(&own_slab, K_NO_WAIT));
	zassert_is_null(net_pkt_alloc_from_slab(NULL, K_NO_WAIT));
	zassert_ok(net_pkt_alloc_buffer(first, 10, 0, K_NO_WAIT));
	zassert_equal(net_pkt_available_buffer(first), 10);
	net_pkt_unref(first);
	net_pkt_unref(second);
	zassert_equal(k_mem_slab_num_free_get(&own_slab), 2);
}

ZTEST(pkt_alloc, test_own_buffers)
{
	struct net_pkt *pkt = net_pkt_rx_alloc(K_NO_WAIT);
	struct net_buf *buf = net_pkt_get_reserve_data(&own_pool, 20, K_NO_WAIT);

	zassert_not_null(buf);
	net_pkt_append_buffer(pkt, buf);
	zassert_ok(net_pkt_write(pkt, "own", 3));
	assert_packet(pkt, "own");
	net_pkt_unref(pkt);
	zassert_equal(atomic_get(&own_pool.avail_count), 3);
	zassert_is_null(net_pkt_get_reserve_data(NULL, 20, K_NO_WAIT));
	zassert_is_null(net_pkt_get_reserve_data(&own_pool, 100000, K_NO_WAIT));
}

ZTEST(pkt_alloc, test_references)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);

	zassert_equal_ptr(net_pkt_ref(pkt), pkt);
	zassert_equal(atomic_get(&pkt->atomic_ref), 2);
	net_pkt_unref(pkt);
	net_pkt_unref(pkt);
	zassert_equal(atomic_get(&pkt->atomic_ref), 0);
	/* Free already: nothing happens, and nothing comes back. */
	net_pkt_unref(pkt);
	zassert_is_null(net_pkt_ref(pkt));
	net_pkt_unref(NULL);
	zassert_is_null(net_pkt_ref(NULL));
}

ZTEST(pkt_alloc, test_buffer_outlives_packet)
{
	struct net_pkt *pkt = packet_of("abcdef", 3);
	struct net_buf *buf = net_pkt_frag_ref(pkt->buffer);

	net_pkt_unref(pkt);
	zassert_equal(net_buf_frags_len(buf), 6);
	net_pkt_frag_unref(buf);
}

ZTEST(pkt_alloc, test_buffers_know_their_pool)
{
	struct net_buf_pool *rx, *tx;
	struct net_buf *from_rx = net_pkt_get_reserve_rx_data(10, K_NO_WAIT);
	struct net_buf *from_tx = net_pkt_get_reserve_tx_data(10, K_NO_WAIT);

	net_pkt_get_info(NULL, NULL, &rx, &tx);
	zassert_equal_ptr(net_buf_pool_get(from_rx->pool_id), rx);
	zassert_equal_ptr(net_buf_pool_get(from_tx->pool_id), tx);
	zassert_str_equal(rx->name, "RX");
	zassert_str_equal(tx->name, "TX");
	zassert_between_inclusive(net_buf_id(from_rx), 0, CONFIG_NET_BUF_RX_COUNT - 1);
	net_buf_unref(from_rx);
	net_buf_unref(from_tx);
}

ZTEST(pkt_alloc, test_queue)
{
	struct k_fifo fifo;
	struct net_pkt *first = net_pkt_alloc(K_NO_WAIT);
	struct net_pkt *second = net_pkt_alloc(K_NO_WAIT);

	k_fifo_init(&fifo);
	k_fifo_put(&fifo, first);
	k_fifo_put(&fifo, second);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), first);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), second);
	net_pkt_unref(first);
	net_pkt_unref(second);
}

/* An interrupt may not look an interface up; a driver knows its own. */
static struct net_if *isr_iface;

static void isr_alloc(struct k_timer *timer)
{
	k_timer_user_data_set(timer, net_pkt_rx_alloc_with_buffer(isr_iface, 60, AF_UNSPEC, 0,
								  K_FOREVER));
}

K_TIMER_DEFINE(pkt_from_isr, isr_alloc, NULL);

ZTEST(pkt_alloc, test_allocates_in_interrupt)
{
	struct net_pkt *pkt;

	isr_iface = ethernet_iface();
	k_timer_start(&pkt_from_isr, K_MSEC(1), K_NO_WAIT);
	k_timer_status_sync(&pkt_from_isr);
	pkt = k_timer_user_data_get(&pkt_from_isr);
	zassert_not_null(pkt);
	zassert_equal(net_pkt_available_buffer(pkt), 60);
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_clone_copies)
{
	struct net_pkt *pkt = packet_of("some content in pieces", 5);
	struct net_pkt *clone;
	uint8_t byte;

	net_pkt_set_family(pkt, AF_INET);
	net_pkt_set_ll_proto_type(pkt, 0x0800);
	net_pkt_set_priority(pkt, 5);
	net_pkt_set_iface(pkt, ethernet_iface());
	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 5));

	clone = net_pkt_clone(pkt, K_NO_WAIT);
	zassert_not_null(clone);
	zassert_equal(net_pkt_family(clone), AF_INET);
	zassert_equal(net_pkt_ll_proto_type(clone), 0x0800);
	zassert_equal(net_pkt_priority(clone), 5);
	zassert_equal_ptr(net_pkt_iface(clone), ethernet_iface());
	zassert_true(net_pkt_is_being_overwritten(clone));
	zassert_equal(net_pkt_get_current_offset(clone), 5);
	zassert_ok(net_pkt_read_u8(clone, &byte));
	zassert_equal(byte, 'c');
	zassert_equal(net_pkt_get_current_offset(pkt), 5, "the original stays");

	net_pkt_unref(pkt);
	assert_packet(clone, "some content in pieces");
	net_pkt_unref(clone);
}

ZTEST(pkt_alloc, test_clone_is_independent)
{
	struct net_pkt *pkt = packet_of("abc", 8);
	struct net_pkt *clone = net_pkt_clone(pkt, K_NO_WAIT);

	*net_pkt_data(pkt) = 'x';
	assert_packet(clone, "abc");
	net_pkt_unref(pkt);
	net_pkt_unref(clone);
}

ZTEST(pkt_alloc, test_clone_of_empty_packet)
{
	struct net_pkt *pkt = net_pkt_alloc(K_NO_WAIT);
	struct net_pkt *clone = net_pkt_clone(pkt, K_NO_WAIT);

	zassert_not_null(clone);
	zassert_true(net_pkt_is_empty(clone));
	net_pkt_unref(pkt);
	net_pkt_unref(clone);
}

ZTEST(pkt_alloc, test_rx_clone)
{
	struct k_mem_slab *rx;
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(NULL, 10, AF_UNSPEC, 0, K_NO_WAIT);
	struct net_pkt *clone;

	zassert_ok(net_pkt_write(pkt, "text", 4));
	net_pkt_get_info(&rx, NULL, NULL, NULL);
	clone = net_pkt_rx_clone(pkt, K_NO_WAIT);
	zassert_equal_ptr(clone->slab, rx);
	assert_packet(clone, "text");
	net_pkt_unref(pkt);
	net_pkt_unref(clone);
}

ZTEST(pkt_alloc, test_shallow_clone_shares)
{
	struct net_pkt *pkt = packet_of("shared content", 6);
	struct net_pkt *clone = net_pkt_shallow_clone(pkt, K_NO_WAIT);

	zassert_equal_ptr(clone->buffer, pkt->buffer);
	zassert_equal(pkt->buffer->ref, 2);
	net_pkt_unref(pkt);
	assert_packet(clone, "shared content");
	net_pkt_unref(clone);
}

ZTEST(pkt_alloc, test_clone_without_memory)
{
	struct net_pkt *pkt = packet_of("abc", 8);
	struct net_buf *taken[CONFIG_NET_BUF_RX_COUNT];
	int count = 0;

	while ((taken[count] = net_pkt_get_reserve_rx_data(1, K_NO_WAIT)) != NULL) {
		count++;
	}
	zassert_is_null(net_pkt_clone(pkt, K_NO_WAIT));
	while (count > 0) {
		net_buf_unref(taken[--count]);
	}
	net_pkt_unref(pkt);
}

ZTEST(pkt_alloc, test_clone_keeps_link_addresses)
{
	struct net_pkt *pkt = packet_of("abc", 8);
	struct net_pkt *clone;

	zassert_ok(net_linkaddr_set(net_pkt_lladdr_src(pkt), mac, sizeof(mac)));
	clone = net_pkt_clone(pkt, K_NO_WAIT);
	zassert_true(net_linkaddr_cmp(net_pkt_lladdr_src(pkt), net_pkt_lladdr_src(clone)));
	net_pkt_unref(pkt);
	net_pkt_unref(clone);
}
