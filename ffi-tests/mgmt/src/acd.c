// SPDX-License-Identifier: Apache-2.0
/*
 * Addresses that are tried before they are used, and those chosen without a server.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/ipv4_autoconf.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/ztest.h>

static uint8_t mac[6] = {2, 0, 0, 0, 0, 3};

static void init(struct net_if *iface)
{
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_ETHERNET);
	ethernet_init(iface);
}

static int drop(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(pkt);
	return 0;
}

static const struct ethernet_api api = {.iface_api.init = init, .send = drop};

ETH_NET_DEVICE_INIT(cable, "cable", NULL, NULL, NULL, NULL, CONFIG_ETH_INIT_PRIORITY, &api, 1500);

#define IFACE net_if_get_first_by_type(&NET_L2_GET_NAME(ETHERNET))

static size_t succeeded, failed;

static void count(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(iface);
	succeeded += event == NET_EVENT_IPV4_ACD_SUCCEED;
	failed += event == NET_EVENT_IPV4_ACD_FAILED;
}

/* Somebody else says that the address is theirs. */
static void claim(const struct in_addr *addr)
{
	uint8_t frame[42] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 9,
			     0x08, 0x06, 0,    1,    8,    0,    6, 4, 0, 1, 2, 0,
			     0,    0,    0,    9};
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(IFACE, sizeof(frame), AF_UNSPEC, 0,
							   K_NO_WAIT);

	memcpy(&frame[28], addr, sizeof(*addr));
	memcpy(&frame[38], addr, sizeof(*addr));
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, frame, sizeof(frame)));
	zassert_ok(net_recv_data(IFACE, pkt));
	k_sleep(K_MSEC(10));
}

static struct net_mgmt_event_callback on_acd;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	/* The link chose an address when it came up. */
	net_ipv4_autoconf_reset(IFACE);
	succeeded = failed = 0;
	net_mgmt_init_event_callback(&on_acd, count,
				     NET_EVENT_IPV4_ACD_SUCCEED | NET_EVENT_IPV4_ACD_FAILED);
	net_mgmt_add_event_callback(&on_acd);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_mgmt_del_event_callback(&on_acd);
	net_ipv4_autoconf_reset(IFACE);
}

ZTEST_SUITE(acd, NULL, NULL, before, after, NULL);

ZTEST(acd, test_an_address_is_tried_before_it_is_used)
{
	struct in_addr addr = {{{192, 0, 2, 30}}};
	struct net_if_addr *slot = net_if_ipv4_addr_add(IFACE, &addr, NET_ADDR_MANUAL, 0);

	zassert_not_null(slot);
	zassert_equal(slot->addr_state, NET_ADDR_TENTATIVE);
	k_sleep(K_SECONDS(9));
	zassert_equal(slot->addr_state, NET_ADDR_PREFERRED);
	zassert_equal(succeeded, 1);
	zassert_true(net_if_ipv4_addr_rm(IFACE, &addr));
}

ZTEST(acd, test_one_chosen_without_a_server_gives_way_and_another_is_chosen)
{
	struct in_addr *found, first;

	net_ipv4_autoconf_start(IFACE);
	k_sleep(K_SECONDS(9));
	found = net_if_ipv4_get_ll(IFACE, NET_ADDR_PREFERRED);
	zassert_not_null(found);
	first = *found;
	zassert_equal(net_if_ipv4_get_netmask_by_addr(IFACE, &first).s_addr, htonl(0xffff0000));
	net_ipv4_autoconf_reset(IFACE);
	zassert_is_null(net_if_ipv4_get_ll(IFACE, NET_ADDR_ANY_STATE));

	net_ipv4_autoconf_start(IFACE);
	k_sleep(K_MSEC(10));
	found = net_if_ipv4_get_ll(IFACE, NET_ADDR_TENTATIVE);
	zassert_not_null(found);
	zassert_mem_equal(found, &first, sizeof(first), "the same as before");
	claim(&first);
	zassert_equal(failed, 1);
	k_sleep(K_SECONDS(9));
	found = net_if_ipv4_get_ll(IFACE, NET_ADDR_PREFERRED);
	zassert_not_null(found);
	zassert_true(memcmp(found, &first, sizeof(first)) != 0, "another");
}
