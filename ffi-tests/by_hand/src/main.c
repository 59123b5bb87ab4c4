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

ZTEST(by_hand, test_input_at_once)
{
	struct net_pkt *pkt = make(AF_INET, IPPROTO_ICMP, "\0\1\0\2ping!", 9);

	zassert_equal(net_ipv4_input(pkt), NET_OK);
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent[20], NET_ICMPV4_ECHO_REPLY);
	pkt = make(AF_INET6, IPPROTO_ICMPV6, "\0\1\0\2ping!", 9);
	zassert_equal(net_ipv6_input(pkt, false), NET_OK);
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent[40], NET_ICMPV6_ECHO_REPLY);

	pkt = make(AF_INET, IPPROTO_ICMP, "\0\1\0\2ping!", 9);
	pkt->buffer->data[30] ^= 1;
	zassert_equal(net_ipv4_input(pkt, false), NET_DROP);
	zassert_equal(net_icmpv4_input(pkt, NULL), NET_DROP);
	net_pkt_unref(pkt);
	zassert_equal(k_sem_take(&sent_sem, K_MSEC(20)), -EAGAIN);
}

ZTEST(by_hand, test_errors_about_packets)
{
	struct net_pkt *pkt = make(AF_INET, IPPROTO_UDP, "hello", 5);

	zassert_ok(net_icmpv4_send_error(pkt, NET_ICMPV4_DST_UNREACH,
					 NET_ICMPV4_DST_UNREACH_NO_PORT));
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent[20], NET_ICMPV4_DST_UNREACH);
	zassert_equal(sent[21], NET_ICMPV4_DST_UNREACH_NO_PORT);
	zassert_mem_equal(&sent[16], &there4, 4);
	zassert_mem_equal(&sent[28], pkt->buffer->data, 28, "what it is about");
	zassert_equal(net_icmpv4_send_error(pkt, NET_ICMPV4_ECHO_REPLY, 0), -EINVAL);
	net_pkt_unref(pkt);

	pkt = make(AF_INET6, IPPROTO_UDP, "hello", 5);
	zassert_ok(net_icmpv6_send_error(pkt, NET_ICMPV6_PARAM_PROBLEM,
					 NET_ICMPV6_PARAM_PROB_OPTION, 41));
	zassert_ok(k_sem_take(&sent_sem, K_SECONDS(1)));
	zassert_equal(sent[40], NET_ICMPV6_PARAM_PROBLEM);
	zassert_equal(sent[41], NET_ICMPV6_PARAM_PROB_OPTION);
	zassert_equal(sys_get_be32(&sent[44]), 41);
	zassert_equal(net_icmpv6_send_error(pkt, NET_ICMPV6_ECHO_REPLY, 0, 0), -EINVAL);
	net_pkt_unref(pkt);
	pkt = make(AF_INET6, IPPROTO_ICMPV6, "\0\0\0\0", 4);
	pkt->buffer->data[40] = NET_ICMPV6_DST_UNREACH;
	zassert_equal(net_icmpv6_send_error(pkt, NET_ICMPV6_DST_UNREACH, 0, 0), -EINVAL,
		      "never about an error");
	net_pkt_unref(pkt);
	zassert_equal(net_icmpv6_send_error(NULL, NET_ICMPV6_DST_UNREACH, 0, 0), -EINVAL);
}

ZTEST(by_hand, test_checksums)
{
	static const uint8_t bytes[] = {0x12, 0x34, 0xff, 0xff, 0x80};
	struct net_pkt *pkt = make(AF_INET, IPPROTO_UDP, "abc", 3);

	/* RFC 1071: 0x1234 + 0xffff is 0x1234 again. */
	zassert_equal(calc_chksum(0, bytes, 4), 0x1234);
	zassert_equal(calc_chksum(0x0001, bytes, 5), 0x9235);
	zassert_equal(calc_chksum(7, bytes, 0), 7);
	zassert_equal(net_calc_verify_chksum_udp(pkt), 0);
	net_pkt_set_overwrite(pkt, true);
	net_pkt_cursor_init(pkt);
	zassert_ok(net_pkt_skip(pkt, 20));
	zassert_ok(net_udp_finalize(pkt, true));
	zassert_equal(net_calc_verify_chksum_udp(pkt), 0);
	net_pkt_unref(pkt);

	pkt = make(AF_INET, IPPROTO_ICMP, "\0\1\0\2", 4);
	pkt->buffer->data[22] ^= 1;
	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 20));
	zassert_ok(net_icmpv4_finalize(pkt, true));
	zassert_equal(net_calc_chksum_icmpv4(pkt), 0);
	net_pkt_unref(pkt);
	pkt = make(AF_INET6, IPPROTO_ICMPV6, "\0\1\0\2", 4);
	pkt->buffer->data[42] ^= 1;
	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 40));
	zassert_ok(net_icmpv6_finalize(pkt, true));
	zassert_equal(net_calc_chksum_icmpv6(pkt), 0);
	net_pkt_unref(pkt);
}

ZTEST(by_hand, test_texts)
{
	char text[3];

	zassert_equal_ptr(net_byte_to_hex(text, 0xab, 'A', false), &text[2]);
	zassert_str_equal(text, "AB");
	zassert_equal_ptr(net_byte_to_hex(text, 0x0c, 'a', false), &text[1]);
	zassert_str_equal(text, "c");
	zassert_equal_ptr(net_byte_to_hex(text, 0x00, 'a', true), &text[2]);
	zassert_str_equal(text, "00");
	zassert_str_equal(net_verdict2str(NET_DROP), "NET_DROP");
	zassert_str_equal(net_verdict2str((enum net_verdict)99), "<unknown>");
	zassert_str_equal(net_proto2str(AF_INET6, IPPROTO_UDP), "UDP");
	zassert_str_equal(net_proto2str(AF_INET, 99), "UNK_PROTO");
	zassert_equal_ptr(net_if_ipv4_addr_get_first_by_index(net_if_get_by_iface(iface)),
			  net_if_ipv4_addr_lookup(&here4, NULL));
	zassert_is_null(net_if_ipv4_addr_get_first_by_index(99));
}

/* What net_ipv4_parse_hdr_options() showed. */
static uint8_t shown[16];
static size_t shown_length;

static int show(uint8_t opt_type, uint8_t *opt_data, uint8_t opt_len, void *user_data)
{
	zassert_equal_ptr(user_data, shown);
	shown[shown_length++] = opt_type;
	shown[shown_length++] = opt_len;
	shown[shown_length++] = opt_len > 0 ? opt_data[0] : 0xff;
	return opt_type == NET_IPV4_OPTS_TS && opt_len == 0 ? -ENOENT : 0;
}

static int parse(const void *options, size_t length)
{
	struct net_pkt *pkt = net_pkt_alloc_with_buffer(iface, length, AF_UNSPEC, 0, K_NO_WAIT);
	int err;

	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, options, length));
	net_pkt_cursor_init(pkt);
	net_pkt_set_ipv4_opts_len(pkt, length);
	shown_length = 0;
	err = net_ipv4_parse_hdr_options(pkt, show, shown);
	zassert_equal(net_pkt_remaining_data(pkt), length, "the cursor stays");
	net_pkt_unref(pkt);
	return err;
}

ZTEST(by_hand, test_options_of_a_header)
{
	zassert_ok(parse("\x01\x07\x03\x04\x94\x04\0\0\x44\x04\x09\0\0\x07", 14));
	zassert_mem_equal(shown, "\x07\x01\x04\x44\x02\x09", 6);
	zassert_equal(shown_length, 6, "not the alert, and nothing behind the end");
	zassert_ok(parse("\x01\x01\x01\x01", 4));
	zassert_equal(shown_length, 0);
	zassert_equal(parse("\x01\x01\x01\x07", 4), -EINVAL);
	zassert_equal(parse("\x07\x01\x01\x01", 4), -EINVAL);
	zassert_equal(parse("\x07\x05\x01\x01", 4), -EINVAL);
	zassert_equal(parse("\x44\x02\x01\x01", 4), -ENOENT, "what the callback says");
}

ZTEST(by_hand, test_types_of_service)
{
	uint8_t tos = 0xba;

	zassert_equal(net_ipv4_get_dscp(tos), 46);
	zassert_equal(net_ipv4_get_ecn(tos), 2);
	zassert_equal(net_ipv4_dscp_to_priority(46), 5);
	net_ipv4_set_dscp(&tos, 10);
	net_ipv4_set_ecn(&tos, 1);
	zassert_equal(tos, 0x29);
	zassert_equal(sizeof(struct net_ipv4_igmp_v3_query), 12);
	zassert_equal(sizeof(struct net_ipv4_igmp_v3_report), 8);
	zassert_equal(sizeof(struct net_icmpv6_nd_opt_route_info), 6);
}
