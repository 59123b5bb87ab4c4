// SPDX-License-Identifier: Apache-2.0
/* The neighbours of an Ethernet interface, as ARP tells of them. */

#include "drivers.h"

#include <zephyr/sys/byteorder.h>

#include "arp.h"

static struct in_addr own = FOUR(198, 51, 100, 1), peer = FOUR(198, 51, 100, 9);
static const struct net_eth_addr peer_mac = {{0x00, 0x00, 0x5e, 0x00, 0x53, 0x99}};

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_up(ether.iface);
	zassert_not_null(net_if_ipv4_addr_add(ether.iface, &own, NET_ADDR_MANUAL, 0));
	settle();
	net_arp_clear_cache(NULL);
	fake_reset(&ether);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_ipv4_addr_rm(ether.iface, &own);
}

ZTEST_SUITE(doc_arp, NULL, NULL, before, after, NULL);

static struct net_arp_hdr arp(uint16_t opcode)
{
	struct net_arp_hdr hdr = {
		.hwtype = htons(NET_ARP_HTYPE_ETH),
		.protocol = htons(NET_ETH_PTYPE_IP),
		.hwlen = sizeof(struct net_eth_addr),
		.protolen = NET_IPV4_ADDR_SIZE,
		.opcode = htons(opcode),
		.src_hwaddr = peer_mac,
	};

	memcpy(hdr.src_ipaddr, &peer, sizeof(peer));
	memcpy(hdr.dst_ipaddr, &own, sizeof(own));
	return hdr;
}

static void note(struct arp_entry *entry, void *user_data)
{
	*(struct arp_entry *)user_data = *entry;
}

ZTEST(doc_arp, test_an_address_has_the_default_netmask)
{
	const struct in_addr mask = net_if_ipv4_get_netmask_by_addr(ether.iface, &own);

	zassert_equal(ntohl(mask.s_addr), UINT32_MAX << (32 - CONFIG_NET_IPV4_DEFAULT_NETMASK));
}

ZTEST(doc_arp, test_a_request_is_answered_and_its_sender_noted)
{
	struct {
		struct net_eth_hdr eth;
		struct net_arp_hdr arp;
	} __packed frame = {
		.eth = {.src = peer_mac, .type = htons(NET_ETH_PTYPE_ARP)},
		.arp = arp(NET_ARP_REQUEST),
	};
	const struct net_arp_hdr *const answer =
		(const void *)&ether.last[sizeof(struct net_eth_hdr)];
	struct arp_entry entry = {0};

	memset(frame.eth.dst.addr, 0xff, sizeof(frame.eth.dst.addr));
	zassert_ok(fake_receive(&ether, &frame, sizeof(frame)));
	zassert_ok(k_sem_take(&ether.some, K_SECONDS(1)));
	zassert_mem_equal(ether.last, &peer_mac, sizeof(peer_mac));
	zassert_equal(answer->opcode, htons(NET_ARP_REPLY));
	zassert_mem_equal(answer->src_hwaddr.addr, ether.mac, sizeof(ether.mac));
	zassert_mem_equal(answer->src_ipaddr, &own, sizeof(own));
	zassert_mem_equal(answer->dst_ipaddr, &peer, sizeof(peer));

	zassert_equal(net_arp_foreach(note, &entry), 1);
	zassert_equal_ptr(entry.iface, ether.iface);
	zassert_true(net_ipv4_addr_cmp(&entry.ip, &peer));
	zassert_mem_equal(&entry.eth, &peer_mac, sizeof(peer_mac));
	net_arp_clear_cache(ether.iface);
	zassert_equal(net_arp_foreach(note, &entry), 0);
}

ZTEST(doc_arp, test_a_packet_by_hand)
{
	struct net_arp_hdr hdr = arp(NET_ARP_REPLY);
	struct net_eth_addr src = peer_mac, dst = {{0}};
	struct arp_entry entry;
	struct net_pkt *pkt;

	for (int pass = 0; pass < 2; pass++) {
		pkt = net_pkt_rx_alloc_with_buffer(ether.iface, sizeof(hdr), AF_UNSPEC, 0, K_NO_WAIT);
		zassert_not_null(pkt);
		zassert_ok(net_pkt_write(pkt, &hdr, sizeof(hdr)));
		net_pkt_cursor_init(pkt);
		zassert_equal(NET_ARP_HDR(pkt)->opcode, htons(NET_ARP_REPLY));
		if (pass == 0) {
			NET_ARP_HDR(pkt)->hwlen = 5;
			zassert_equal(net_arp_input(pkt, &src, &dst), NET_DROP);
			net_pkt_unref(pkt);
			zassert_equal(net_arp_foreach(note, &entry), 0);
		} else {
			zassert_equal(net_arp_input(pkt, &src, &dst), NET_OK);
		}
	}
}
