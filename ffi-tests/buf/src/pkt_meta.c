// SPDX-License-Identifier: Apache-2.0
/* What is known about a packet. */

#include "common.h"

static struct net_pkt *pkt;

static void make(void *fixture)
{
	ARG_UNUSED(fixture);
	pkt = net_pkt_alloc(K_NO_WAIT);
	zassert_not_null(pkt);
}

static void drop(void *fixture)
{
	net_pkt_unref(pkt);
	all_is_free(fixture);
}

ZTEST_SUITE(pkt_meta, NULL, NULL, make, drop, NULL);

/* Each yes-or-no member is no at first and is set without touching the others. */
#define FLAG(name, get, set)                                                                       \
	ZTEST(pkt_meta, test_##name)                                                               \
	{                                                                                          \
		zassert_false(get(pkt));                                                           \
		set(pkt, true);                                                                    \
		zassert_true(get(pkt));                                                            \
		zassert_equal(net_pkt_family(pkt), 0);                                             \
		set(pkt, false);                                                                   \
		zassert_false(get(pkt));                                                           \
	}

FLAG(overwrite, net_pkt_is_being_overwritten, net_pkt_set_overwrite)
FLAG(ptp, net_pkt_is_ptp, net_pkt_set_ptp)
FLAG(captured, net_pkt_is_captured, net_pkt_set_captured)
FLAG(l2_processed, net_pkt_is_l2_processed, net_pkt_set_l2_processed)
FLAG(chksum_done, net_pkt_is_chksum_done, net_pkt_set_chksum_done)
FLAG(forwarding, net_pkt_forwarding, net_pkt_set_forwarding)
FLAG(eof, net_pkt_eof, net_pkt_set_eof)
FLAG(tx_timestamping, net_pkt_is_tx_timestamping, net_pkt_set_tx_timestamping)
FLAG(rx_timestamping, net_pkt_is_rx_timestamping, net_pkt_set_rx_timestamping)

/* Each number is 0 at first and keeps what it is given. */
#define NUMBER(name, value)                                                                        \
	ZTEST(pkt_meta, test_##name)                                                               \
	{                                                                                          \
		zassert_equal(net_pkt_##name(pkt), 0);                                             \
		net_pkt_set_##name(pkt, value);                                                    \
		zassert_equal(net_pkt_##name(pkt), value);                                         \
	}

NUMBER(family, AF_INET)
NUMBER(ll_proto_type, 0x86dd)
NUMBER(ip_hdr_len, 20)
NUMBER(ip_dscp, 46)
NUMBER(ip_ecn, 3)
NUMBER(ipv4_ttl, 64)
NUMBER(ipv4_opts_len, 8)

ZTEST(pkt_meta, test_wide_traffic_class_is_cut)
{
	net_pkt_set_ip_dscp(pkt, 0xff);
	net_pkt_set_ip_ecn(pkt, 0xff);
	zassert_equal(net_pkt_ip_dscp(pkt), 0x3f);
	zassert_equal(net_pkt_ip_ecn(pkt), 0x03);
}

ZTEST(pkt_meta, test_context)
{
	struct net_context *context = (struct net_context *)&pkt;

	zassert_is_null(net_pkt_context(pkt));
	net_pkt_set_context(pkt, context);
	zassert_equal_ptr(net_pkt_context(pkt), context);
}

ZTEST(pkt_meta, test_interface)
{
	zassert_is_null(net_pkt_iface(pkt));
	net_pkt_set_iface(pkt, ethernet_iface());
	zassert_equal_ptr(net_pkt_iface(pkt), ethernet_iface());
	zassert_equal_ptr(net_pkt_orig_iface(pkt), ethernet_iface());
	zassert_equal_ptr(net_pkt_lladdr_if(pkt), net_if_get_link_addr(ethernet_iface()));
	zassert_equal(net_pkt_lladdr_src(pkt)->type, NET_LINK_ETHERNET);
	zassert_equal(net_pkt_lladdr_dst(pkt)->type, NET_LINK_ETHERNET);
}

ZTEST(pkt_meta, test_link_addresses)
{
	static const uint8_t one[] = {2, 0, 0, 0, 0, 1};
	static const uint8_t two[] = {2, 0, 0, 0, 0, 2};

	zassert_ok(net_linkaddr_set(net_pkt_lladdr_src(pkt), one, sizeof(one)));
	zassert_ok(net_linkaddr_set(net_pkt_lladdr_dst(pkt), two, sizeof(two)));
	net_pkt_lladdr_swap(pkt);
	zassert_mem_equal(net_pkt_lladdr_src(pkt)->addr, two, sizeof(two));
	zassert_mem_equal(net_pkt_lladdr_dst(pkt)->addr, one, sizeof(one));
	net_pkt_lladdr_clear(pkt);
	zassert_equal(net_pkt_lladdr_src(pkt)->len, 0);
	zassert_equal(net_pkt_lladdr_dst(pkt)->len, 6);
}

ZTEST(pkt_meta, test_timestamp)
{
	struct net_ptp_time time = {.nanosecond = 5};

	time.second = 3;
	net_pkt_set_timestamp(pkt, &time);
	zassert_equal(net_pkt_timestamp(pkt)->second, 3);
	zassert_equal(net_pkt_timestamp(pkt)->nanosecond, 5);
	zassert_equal(net_pkt_timestamp_ns(pkt), 3000000005);
	net_pkt_set_timestamp_ns(pkt, 7000000001);
	zassert_equal(net_pkt_timestamp(pkt)->second, 7);
}

ZTEST(pkt_meta, test_priority)
{
	net_pkt_set_priority(pkt, 7);
	zassert_equal(net_pkt_priority(pkt), 7);
}

ZTEST(pkt_meta, test_outside_of_vlans)
{
	zassert_equal(net_pkt_vlan_tag(pkt), NET_VLAN_TAG_UNSPEC);
	zassert_equal(net_pkt_vlan_priority(pkt), 0);
	zassert_false(net_pkt_vlan_dei(pkt));
}

/* What the configuration leaves out reads as nothing and takes no harm from being set. */
ZTEST(pkt_meta, test_absent_members)
{
	net_pkt_set_ipv6_hop_limit(pkt, 9);
	net_pkt_set_ipv6_next_hdr(pkt, 9);
	net_pkt_set_ipv6_ext_len(pkt, 9);
	net_pkt_set_ipv6_ext_opt_len(pkt, 9);
	net_pkt_set_ipv6_hdr_prev(pkt, 9);
	net_pkt_set_ipv6_fragment_start(pkt, 9);
	net_pkt_set_ipv6_fragment_flags(pkt, 9);
	net_pkt_set_ipv6_fragment_id(pkt, 9);
	net_pkt_set_ipv4_acd(pkt, true);
	net_pkt_set_lldp(pkt, true);
	net_pkt_set_ppp(pkt, true);
	net_pkt_set_cooked_mode(pkt, true);
	net_pkt_set_l2_bridged(pkt, true);
	net_pkt_set_create_time(pkt, 9);
	net_pkt_set_stats_tick(pkt, 9);
	zassert_equal(net_pkt_ipv6_hop_limit(pkt), 0);
	zassert_equal(net_pkt_ipv6_next_hdr(pkt), 0);
	zassert_equal(net_pkt_ipv6_ext_len(pkt), 0);
	zassert_equal(net_pkt_ipv6_hdr_prev(pkt), 0);
	zassert_equal(net_pkt_ipv6_fragment_id(pkt), 0);
	zassert_false(net_pkt_ipv4_acd(pkt));
	zassert_false(net_pkt_is_lldp(pkt));
	zassert_false(net_pkt_is_ppp(pkt));
	zassert_false(net_pkt_is_cooked_mode(pkt));
	zassert_false(net_pkt_is_l2_bridged(pkt));
	zassert_equal(net_pkt_create_time(pkt), 0);
	zassert_equal(net_pkt_stats_tick_count(pkt), 0);
	zassert_is_null(net_pkt_stats_tick(pkt));
	zassert_is_null(net_pkt_cb(pkt));
	zassert_equal(net_pkt_family(pkt), 0);
	zassert_equal(net_pkt_ipv4_ttl(pkt), 0);
}

ZTEST(pkt_meta, test_filters_pass)
{
	zassert_true(net_pkt_filter_send_ok(pkt));
	zassert_true(net_pkt_filter_recv_ok(pkt));
	zassert_true(net_pkt_filter_ip_recv_ok(pkt));
	zassert_true(net_pkt_filter_local_in_recv_ok(pkt));
}

ZTEST(pkt_meta, test_options_length_by_family)
{
	net_pkt_set_family(pkt, AF_INET);
	net_pkt_set_ipv4_opts_len(pkt, 12);
	zassert_equal(net_pkt_ip_opts_len(pkt), 12);
}
