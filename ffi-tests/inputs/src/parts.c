/* SPDX-License-Identifier: Apache-2.0 */
/* Trickle timers, rules for packets, virtual interfaces, requests, and threads that share it all. */

#include "inputs.h"

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/ethernet_mgmt.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/net_pkt_filter.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/trickle.h>
#include <zephyr/net/virtual.h>
#include <zephyr/net/virtual_mgmt.h>
#include <zephyr/ztest.h>

static const char *const no_words[] = {""};

/* ---- trickle (RFC 6206) ------------------------------------------------------------------------ */

static uint32_t intervals;

static void at_interval(struct net_trickle *trickle, bool may_speak, void *user_data)
{
	ARG_UNUSED(may_speak);
	zassert_equal_ptr(user_data, trickle);
	intervals++;
}

static void trickle(struct input *input)
{
	struct net_trickle timers[2];
	bool valid[2] = {false, false};

	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		struct net_trickle *const timer = &timers[how & 1];
		bool *const is_valid = &valid[how & 1];

		if (!*is_valid) {
			memset(timer, 0, sizeof(*timer));
			*is_valid = net_trickle_create(timer, take_word(input), take_byte(input) % 34,
						       take_byte(input)) == 0;
			continue;
		}
		switch (how >> 4) {
		case 0:
			(void)net_trickle_stop(timer);
			*is_valid = false;
			break;
		case 1:
		case 2:
		case 3:
			(void)net_trickle_start(timer, at_interval, timer);
			break;
		case 4:
			(void)net_trickle_stop(timer);
			zassert_false(net_trickle_is_running(timer));
			break;
		case 5:
		case 6:
			net_trickle_consistency(timer);
			break;
		case 7:
			net_trickle_inconsistency(timer);
			break;
		default:
			k_sleep(K_MSEC(take_word(input)));
			break;
		}
		if (net_trickle_is_running(timer)) {
			zassert_true(timer->I >= timer->Imin && timer->I <= timer->Imax_abs,
				     "%u of %u to %u", timer->I, timer->Imin, timer->Imax_abs);
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(timers); i++) {
		if (valid[i]) {
			(void)net_trickle_stop(&timers[i]);
		}
	}
	const uint32_t before = intervals;

	k_sleep(K_SECONDS(100));
	zassert_equal(intervals, before, "a stopped timer ran");
}

const struct target trickle_target = {"trickle", trickle, no_words, 1000};

/* ---- rules for packets ------------------------------------------------------------------------- */

static void filter(struct input *input)
{
	static struct net_eth_addr macs[2];
	static struct in_addr sources[2];
	static struct in6_addr sources6[1];
	static NPF_SIZE_BOUNDS(size, 0, 0);
	static NPF_SIZE_MIN(least, 0);
	static NPF_ETH_SRC_ADDR_MATCH(from, macs);
	static NPF_ETH_DST_ADDR_MASK_MATCH(to, macs, 0xff, 0xff, 0, 0, 0, 0);
	static NPF_ETH_TYPE_MATCH(type, NET_ETH_PTYPE_IP);
	static NPF_IFACE_MATCH(iface, NULL);
	static NPF_ORIG_IFACE_UNMATCH(orig, NULL);
	static NPF_IP_SRC_ADDR_ALLOWLIST(allowed, sources, ARRAY_SIZE(sources), AF_INET);
	static NPF_IP_SRC_ADDR_BLOCKLIST(blocked, sources6, ARRAY_SIZE(sources6), AF_INET6);
	static NPF_RULE(rule_0, NET_OK, size);
	static NPF_RULE(rule_1, NET_DROP, least, from);
	static NPF_RULE(rule_2, NET_OK, to, type);
	static NPF_RULE(rule_3, NET_CONTINUE, iface, orig);
	static NPF_RULE(rule_4, NET_OK, allowed);
	static NPF_RULE(rule_5, NET_DROP, blocked);
	static struct npf_rule *const rules[] = {&rule_0, &rule_1, &rule_2, &rule_3, &rule_4, &rule_5};
	static struct npf_rule_list *const lists[] = {
		&npf_send_rules, &npf_recv_rules, &npf_local_in_recv_rules, &npf_ipv4_recv_rules,
		&npf_ipv6_recv_rules,
	};
	/* A rule stands in one list, once. */
	int where[ARRAY_SIZE(rules)] = {-1, -1, -1, -1, -1, -1};
	const int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	const int sock6 = zsock_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(5000)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(5000)};
	struct room room;

	four.sin_addr.s_addr = htonl(0x7f000001);
	six.sin6_addr.s6_addr[15] = 1;
	(void)zsock_bind(sock, (struct sockaddr *)&four, sizeof(four));
	(void)zsock_bind(sock6, (struct sockaddr *)&six, sizeof(six));
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		const size_t which = how % ARRAY_SIZE(rules), list = take_byte(input) % ARRAY_SIZE(lists);

		switch (how >> 5) {
		case 0:
		case 1:
			if (where[which] < 0) {
				npf_append_rule(lists[list], rules[which]);
				where[which] = (int)list;
			}
			break;
		case 2:
			if (where[which] < 0) {
				npf_insert_rule(lists[list], rules[which]);
				where[which] = (int)list;
			}
			break;
		case 3:
			zassert_equal(npf_remove_rule(lists[list], rules[which]),
				      where[which] == (int)list);
			where[which] = where[which] == (int)list ? -1 : where[which];
			break;
		case 4:
			(void)npf_remove_all_rules(lists[list]);
			for (size_t i = 0; i < ARRAY_SIZE(where); i++) {
				where[i] = where[i] == (int)list ? -1 : where[i];
			}
			break;
		case 5:
			size.min = take_word(input) % 200;
			size.max = take_word(input) % 200;
			least.min = take_word(input) % 100;
			(void)take_bytes(input, macs, sizeof(macs));
			sources[how & 1].s_addr = (how & 2) != 0 ? htonl(0x7f000001) : how;
			sources6[0].s6_addr[15] = how & 3;
			iface.iface = orig.iface = net_if_get_by_index(how % 4);
			break;
		default:
			(void)fill_room(input, &room);
			(void)zsock_sendto(sock, room.bytes, how, 0, (struct sockaddr *)&four,
					   sizeof(four));
			(void)zsock_sendto(sock6, room.bytes, how, 0, (struct sockaddr *)&six,
					   sizeof(six));
			k_msleep(1);
			(void)zsock_recv(sock, room.bytes, ROOM, ZSOCK_MSG_DONTWAIT);
			(void)zsock_recv(sock6, room.bytes, ROOM, ZSOCK_MSG_DONTWAIT);
			watch_room(&room);
			break;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		(void)npf_remove_all_rules(lists[i]);
	}
	(void)zsock_close(sock);
	(void)zsock_close(sock6);
}

static const char *const filter_words[] = {"\xc1\x01\x20", "\xe1\x01\x30", "\xa1\x01\x10\x01", "\x01\x01", ""};

const struct target filter_target = {"filter", filter, filter_words, 20000};

/* ---- virtual interfaces ------------------------------------------------------------------------ */

static bool refuses;

static void upper_init(struct net_if *iface)
{
	net_if_flag_set(iface, NET_IF_NO_AUTO_START);
}

static int upper_start(const struct device *dev)
{
	ARG_UNUSED(dev);
	return refuses ? -EBUSY : 0;
}

static int upper_stop(const struct device *dev)
{
	ARG_UNUSED(dev);
	return 0;
}

static int upper_send(struct net_if *iface, struct net_pkt *pkt)
{
	ARG_UNUSED(iface);
	if (refuses) {
		return -ENOMEM;
	}
	net_pkt_unref(pkt);
	return 1;
}

static enum net_verdict upper_receive(struct net_if *iface, struct net_pkt *pkt)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(pkt);
	return refuses ? NET_DROP : NET_CONTINUE;
}

static int upper_attach(struct net_if *virtual_iface, struct net_if *iface)
{
	ARG_UNUSED(virtual_iface);
	ARG_UNUSED(iface);
	return 0;
}

static const struct virtual_interface_api upper_api = {
	.iface_api.init = upper_init,
	.start = upper_start,
	.stop = upper_stop,
	.send = upper_send,
	.recv = upper_receive,
	.attach = upper_attach,
};

NET_VIRTUAL_INTERFACE_INIT(upper_a, "upper_a", NULL, NULL, NULL, NULL,
			   CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &upper_api, 1400);
NET_VIRTUAL_INTERFACE_INIT(upper_b, "upper_b", NULL, NULL, NULL, NULL,
			   CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &upper_api, 1300);

static void virtual_interfaces(struct input *input)
{
	struct net_if *const uppers[] = {net_if_lookup_by_dev(DEVICE_GET(upper_a)),
					 net_if_lookup_by_dev(DEVICE_GET(upper_b))};

	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		struct net_if *const upper = uppers[how & 1];
		struct net_if *const other = net_if_get_by_index(take_byte(input) % 7);
		char name[40];

		refuses = (how & 0x90) == 0x90;
		switch (how >> 1 & 7) {
		case 0:
		case 1:
			/* The loopback goes on, for the other targets. */
			(void)net_virtual_interface_attach(upper, other);
			break;
		case 2:
			(void)net_if_up(upper);
			break;
		case 3:
			(void)net_if_down(upper);
			break;
		case 4: {
			struct net_pkt *const pkt = net_pkt_rx_alloc_with_buffer(
				upper, 1 + how, AF_UNSPEC, 0, K_NO_WAIT);

			if (pkt != NULL) {
				(void)net_pkt_memset(pkt, how, 1 + how);
				if ((how & 32) != 0
					    ? net_recv_data(upper, pkt) < 0
					    : net_if_send_data(upper, pkt) == NET_DROP) {
					net_pkt_unref(pkt);
				}
				k_msleep(1);
			}
			break;
		}
		case 5:
			(void)take_text(input, name, sizeof(name));
			net_virtual_set_name(upper, name);
			(void)net_virtual_get_name(upper, name, how >> 4);
			break;
		case 6:
			(void)net_virtual_set_flags(upper, (enum net_l2_flags)how);
			(void)net_virtual_get_iface(upper);
			break;
		default:
			if (other != NULL && (how & 16) != 0) {
				net_virtual_disable(other);
				net_virtual_enable(other);
			}
			break;
		}
		zassert_true(net_virtual_get_iface(upper) != upper, "it stands on itself");
	}
	refuses = false;
	for (size_t i = 0; i < ARRAY_SIZE(uppers); i++) {
		(void)net_if_down(uppers[i]);
		(void)net_virtual_interface_attach(uppers[i], NULL);
		(void)net_virtual_set_flags(uppers[i], (enum net_l2_flags)0);
	}
	for (int i = 1; net_if_get_by_index(i) != NULL; i++) {
		if (net_if_get_by_index(i) != uppers[0] && net_if_get_by_index(i) != uppers[1]) {
			(void)net_if_up(net_if_get_by_index(i));
		}
	}
	k_msleep(1);
}

const struct target virtual_target = {"virtual interfaces", virtual_interfaces, no_words, 10000};

ZTEST(inputs, test_virtual_interfaces_form_no_ring)
{
	struct net_if *const a = net_if_lookup_by_dev(DEVICE_GET(upper_a));
	struct net_if *const b = net_if_lookup_by_dev(DEVICE_GET(upper_b));

	zassert_ok(net_virtual_interface_attach(a, b));
	zassert_equal(net_virtual_interface_attach(b, a), -EINVAL);
	zassert_ok(net_if_up(a));
	zassert_ok(net_if_down(a));
	zassert_ok(net_if_down(b));
	zassert_ok(net_virtual_interface_attach(a, NULL));
}

/* ---- requests ---------------------------------------------------------------------------------- */

static void requests(struct input *input)
{
	while (input->left > 0) {
		const uint8_t how = take_byte(input);
		struct net_if *const iface = how >= 250 ? NULL : net_if_get_by_index(1 + how % 5);
		/* Aligned as structures are. */
		union {
			struct room room;
			uint64_t words[1];
		} data;
		const size_t len = take_byte(input);

		(void)fill_room(input, &data.room);
#define REQUEST(number, name)                                                                      \
	case number:                                                                               \
		(void)net_mgmt(NET_REQUEST_##name, iface, data.room.bytes, len);                   \
		break
		switch (take_byte(input) % 24) {
			REQUEST(0, STATS_GET_ALL);
			REQUEST(1, STATS_GET_BYTES);
			REQUEST(2, STATS_GET_ICMP);
			REQUEST(3, STATS_GET_IPV4);
			REQUEST(4, STATS_GET_IPV6);
			REQUEST(5, STATS_GET_IP_ERRORS);
			REQUEST(6, STATS_GET_PROCESSING_ERROR);
			REQUEST(7, STATS_GET_TCP);
			REQUEST(8, STATS_GET_UDP);
			REQUEST(9, VIRTUAL_INTERFACE_GET_MTU);
			REQUEST(10, VIRTUAL_INTERFACE_SET_MTU);
			REQUEST(11, VIRTUAL_INTERFACE_GET_PEER_ADDRESS);
			REQUEST(12, VIRTUAL_INTERFACE_SET_PEER_ADDRESS);
			REQUEST(13, VIRTUAL_INTERFACE_GET_LINK_TYPE);
			REQUEST(14, VIRTUAL_INTERFACE_SET_LINK_TYPE);
			REQUEST(15, ETHERNET_SET_MAC_ADDRESS);
			REQUEST(16, ETHERNET_GET_QAV_PARAM);
			REQUEST(17, ETHERNET_SET_QBV_PARAM);
			REQUEST(18, ETHERNET_SET_PROMISC_MODE);
			REQUEST(19, ETHERNET_GET_PRIORITY_QUEUES_NUM);
			REQUEST(20, ETHERNET_GET_PORTS_NUM);
			REQUEST(21, ETHERNET_SET_T1S_PARAM);
			REQUEST(22, ETHERNET_SET_MAC_FILTER);
			REQUEST(23, ETHERNET_GET_TXINJECTION_MODE);
		}
#undef REQUEST
		watch_room(&data.room);
	}
}

const struct target requests_target = {"requests", requests, no_words, 50000};

/* ---- threads ----------------------------------------------------------------------------------- */

#define THREADS 3

static K_THREAD_STACK_ARRAY_DEFINE(stacks, THREADS, 16384);
static struct k_thread thread_of[THREADS];
static struct input parts[THREADS];
static int shared[DESCRIPTORS];

/* Calls that wait are ended by whoever closes the descriptor, or by time. */
static void call(struct input *input)
{
	const uint8_t how = take_byte(input);
	const int fd = some_descriptor(input, shared, ARRAY_SIZE(shared));
	const uint8_t argument = take_byte(input);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5000 + argument % 3)};
	struct zsock_timeval limit = {.tv_usec = argument * 1000};
	struct zsock_pollfd poll = {.fd = fd, .events = ZSOCK_POLLIN | ZSOCK_POLLOUT};
	const int flags = (argument & 1) != 0 ? ZSOCK_MSG_DONTWAIT : 0;
	struct room room;

	address.sin_addr.s_addr = htonl(0x7f000001);
	memset(room.bytes, how, sizeof(room.bytes));
	memset(room.guard, GUARD, sizeof(room.guard));
	switch (how % 14) {
	case 0:
	case 1:
		open_some(input, shared, ARRAY_SIZE(shared));
		(void)zsock_setsockopt(shared[how % DESCRIPTORS], SOL_SOCKET, SO_RCVTIMEO, &limit,
				       sizeof(limit));
		(void)zsock_setsockopt(shared[how % DESCRIPTORS], SOL_SOCKET, SO_SNDTIMEO, &limit,
				       sizeof(limit));
		break;
	case 2:
	case 3:
		(void)zsock_bind(fd, (struct sockaddr *)&address, sizeof(address));
		break;
	case 4:
		(void)zsock_listen(fd, argument % 4);
		break;
	case 5:
		(void)zsock_connect(fd, (struct sockaddr *)&address, sizeof(address));
		break;
	case 6: {
		/* Only one that can't wait for ever: nobody may be left to connect. */
		const int more = zsock_poll(&poll, 1, argument % 32) == 1 && poll.revents == ZSOCK_POLLIN
					 ? zsock_accept(fd, NULL, NULL) : -1;

		if (more >= 0) {
			(void)zsock_send(more, room.bytes, argument, ZSOCK_MSG_DONTWAIT);
			(void)zsock_close(more);
		}
		break;
	}
	case 7:
		(void)zsock_send(fd, room.bytes, argument, flags);
		break;
	case 8:
		(void)zsock_sendto(fd, room.bytes, argument, flags, (struct sockaddr *)&address,
				   sizeof(address));
		break;
	case 9:
		(void)zsock_recv(fd, room.bytes, argument, ZSOCK_MSG_DONTWAIT);
		break;
	case 10:
		(void)zsock_poll(&poll, 1, argument % 64);
		break;
	case 11:
		(void)zsock_shutdown(fd, argument % 3);
		break;
	case 12:
		(void)zsock_close(fd);
		break;
	default:
		k_sleep(K_USEC(argument * 100));
		break;
	}
	watch_room(&room);
}

static void thread(void *which, void *p2, void *p3)
{
	struct input *const input = which;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (input->left > 0) {
		call(input);
	}
}

/* Each thread has its part of the input for a script; the descriptors are everybody's. */
static void threads(struct input *input)
{
	const size_t third = input->left / THREADS;

	no_descriptors(shared, ARRAY_SIZE(shared));
	for (size_t i = 0; i < THREADS; i++) {
		parts[i] = (struct input){.at = input->at + i * third, .left = third};
		k_thread_create(&thread_of[i], stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]), thread,
				&parts[i], NULL, NULL, K_PRIO_PREEMPT(i + 1), 0, K_NO_WAIT);
	}
	for (size_t i = 0; i < THREADS; i++) {
		zassert_ok(k_thread_join(&thread_of[i], K_SECONDS(2000)), "a thread hangs");
	}
	close_all(shared, ARRAY_SIZE(shared));
}

static const char *const thread_words[] = {
	"\x0e\x01\x01\x01\x01", "\x1c\x01\x21\x02\x03", "\x0e\x01\x21\x03\x03", "\x02\x02\x01", "\x04\x02\x02",
	"\x05\x03\x01", "\x06\x02\x20", "\x07\x03\x20", "\x08\x01\x21", "\x09\x02\x20", "\x0a\x02\x10",
	"\x0b\x03\x02", "\x0c\x03\x01", "\x0d\x01\x0a", "",
};

const struct target threads_target = {"threads", threads, thread_words, 1500};
