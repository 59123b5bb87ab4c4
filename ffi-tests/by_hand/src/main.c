// SPDX-License-Identifier: Apache-2.0

#include "by_hand.h"

#include <zephyr/net/dummy.h>

/* What the stack sent last. */
static uint8_t sent[256];
static size_t sent_length;
static K_SEM_DEFINE(sent_sem, 0, 1);

static void by_hand_init(struct net_if *iface)
{
	static uint8_t link[] = {0x00, 0x00, 0x5e, 0x00, 0x53, 0x01};

	net_if_set_link_addr(iface, link, sizeof(link), NET_LINK_DUMMY);
}

static int by_hand_send(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	net_pkt_cursor_init(pkt);
	sent_length = MIN(net_pkt_get_len(pkt), sizeof(sent));
	(void)net_pkt_read(pkt, sent, sent_length);
	k_sem_give(&sent_sem);
	return 0;
}

static struct dummy_api by_hand_api = {.iface_api.init = by_hand_init, .send = by_hand_send};

NET_DEVICE_INIT(by_hand, "by_hand", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
		&by_hand_api, DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1280);

struct net_if *iface;

void *by_hand_setup(void)
{
	struct in_addr a4 = here4, mask = {{{255, 255, 255, 0}}};
	struct in6_addr a6 = here6;

	if (iface != NULL) {
		return NULL;
	}
	iface = net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY));
	zassert_not_null(iface);
	zassert_not_null(net_if_ipv4_addr_add(iface, &a4, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(iface, &a4, &mask));
	zassert_not_null(net_if_ipv6_addr_add(iface, &a6, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv6_prefix_add(iface, &a6, 64, 3600));
	return NULL;
}

void by_hand_before(void *fixture)
{
	ARG_UNUSED(fixture);
	/* What the interface itself had to say at the start. */
	k_msleep(20);
	k_sem_reset(&sent_sem);
}

ZTEST_SUITE(by_hand, NULL, by_hand_setup, by_hand_before, NULL, NULL);

struct net_pkt *make(sa_family_t family, uint8_t proto, const void *message, size_t length)
{
	struct net_pkt *const pkt =
		net_pkt_rx_alloc_with_buffer(iface, length + 8, family, proto, K_NO_WAIT);

	zassert_not_null(pkt);
	if (family == AF_INET) {
		zassert_ok(net_ipv4_create(pkt, &there4, &here4));
	} else {
		zassert_ok(net_ipv6_create(pkt, &there6, &here6));
	}
	switch (proto) {
	case IPPROTO_UDP:
		zassert_ok(net_udp_create(pkt, htons(1), htons(PORT)));
		break;
	case IPPROTO_ICMP:
		zassert_ok(net_icmpv4_create(pkt, NET_ICMPV4_ECHO_REQUEST, 0));
		break;
	default:
		zassert_ok(net_icmpv6_create(pkt, NET_ICMPV6_ECHO_REQUEST, 0));
		break;
	}
	zassert_ok(net_pkt_write(pkt, message, length));
	zassert_ok(family == AF_INET ? net_ipv4_finalize(pkt, proto)
				     : net_ipv6_finalize(pkt, proto));
	net_pkt_cursor_init(pkt);
	return pkt;
}

static void receive(sa_family_t family)
{
	const int sock = zsock_socket(family, SOCK_DGRAM, IPPROTO_UDP);
	struct sockaddr_in6 any = {0};
	char text[8];

	zassert_true(sock >= 0);
	any.sin6_family = family;
	any.sin6_port = htons(PORT);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&any,
			      family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(any)));
	zassert_ok(net_recv_data(iface, make(family, IPPROTO_UDP, "hello", 5)));

	struct zsock_pollfd poll = {.fd = sock, .events = ZSOCK_POLLIN};

	zassert_equal(zsock_poll(&poll, 1, 1000), 1, "dropped: a checksum?");
	zassert_equal(zsock_recv(sock, text, sizeof(text), 0), 5);
	zassert_mem_equal(text, "hello", 5);
	zassert_ok(zsock_close(sock));
}

ZTEST(by_hand, test_udp_over_ipv4)
{
	receive(AF_INET);
}

ZTEST(by_hand, test_udp_over_ipv6)
{
	receive(AF_INET6);
}

ZTEST(by_hand, test_echo_over_ipv4)
{
	zassert_ok(net_recv_data(iface, make(AF_INET, IPPROTO_ICMP, "\0\1\0\2ping!", 9)));
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent_length, 20 + 4 + 9);
	zassert_equal(sent[20], NET_ICMPV4_ECHO_REPLY);
	zassert_mem_equal(&sent[24], "\0\1\0\2ping!", 9);
	zassert_mem_equal(&sent[16], &there4, 4);
}

ZTEST(by_hand, test_echo_over_ipv6)
{
	zassert_ok(net_recv_data(iface, make(AF_INET6, IPPROTO_ICMPV6, "\0\1\0\2ping!", 9)));
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent_length, 40 + 4 + 9);
	zassert_equal(sent[40], NET_ICMPV6_ECHO_REPLY);
	zassert_mem_equal(&sent[24], &there6, 16);
}

ZTEST(by_hand, test_wrong_checksum_is_dropped)
{
	struct net_pkt *const pkt = make(AF_INET6, IPPROTO_ICMPV6, "\0\1\0\2ping!", 9);

	pkt->buffer->data[45] ^= 1;
	zassert_ok(net_recv_data(iface, pkt));
	zassert_equal(k_sem_take(&sent_sem, K_MSEC(50)), -EAGAIN);
}

ZTEST(by_hand, test_checksum_of_what_was_received)
{
	struct net_pkt *const four = make(AF_INET, IPPROTO_UDP, "abc", 3);
	struct net_pkt *const six = make(AF_INET6, IPPROTO_UDP, "abcd", 4);

	/* Over a message with its checksum in place the sum is zero, which UDP writes as all ones. */
	zassert_equal(net_calc_chksum_udp(four), 0xffff);
	zassert_equal(net_calc_chksum_udp(six), 0xffff);
	zassert_equal(net_calc_chksum_ipv4(four), 0);
	net_pkt_unref(four);
	net_pkt_unref(six);
}

ZTEST(by_hand, test_addresses_as_text)
{
	static const uint8_t link[] = {0x00, 0x0a, 0xff};

	zassert_str_equal(net_sprint_ipv4_addr(&here4), "192.0.2.1");
	zassert_str_equal(net_sprint_ipv6_addr(&here6), "2001:db8::1");
	zassert_str_equal(net_sprint_addr(AF_INET, NULL), "<null>");
	zassert_str_equal(net_sprint_ll_addr(link, sizeof(link)), "00:0A:FF");

	char *const one = net_sprint_ipv4_addr(&here4);
	char *const two = net_sprint_ipv4_addr(&there4);

	zassert_str_equal(one, "192.0.2.1", "two in one statement");
	zassert_str_equal(two, "192.0.2.2");
}
