// SPDX-License-Identifier: Apache-2.0
/* Handlers of net_conn: whom a packet goes to. */

#include "by_hand.h"

#include <zephyr/net/ethernet.h>

#include "packet_socket.h"
#include "tcp_internal.h"

/* What a handler saw. */
struct seen {
	int count;
	struct net_conn *conn;
	uint16_t port;
	size_t payload;
	uint8_t first;
	bool headers;
	enum net_verdict verdict;
};

static struct seen seen[4];
static struct net_conn_handle *handles[8];
static size_t registered;

static enum net_verdict handler(struct net_conn *conn, struct net_pkt *pkt,
				union net_ip_header *ip_hdr, union net_proto_header *proto_hdr,
				void *user_data)
{
	struct seen *const by = user_data;

	by->count++;
	by->conn = conn;
	by->headers = ip_hdr->ipv4 != NULL && proto_hdr->udp != NULL;
	by->port = by->headers ? ntohs(proto_hdr->udp->dst_port) : 0;
	by->payload = net_pkt_remaining_data(pkt);
	by->first = 0;
	(void)net_pkt_read_u8(pkt, &by->first);
	if (by->verdict == NET_OK) {
		net_pkt_unref(pkt);
	}
	return by->verdict;
}

static void conn_before(void *fixture)
{
	by_hand_before(fixture);
	memset(seen, 0, sizeof(seen));
	registered = 0;
}

static void conn_after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_conn_init();
}

ZTEST_SUITE(conn, NULL, by_hand_setup, conn_before, conn_after, NULL);

static struct sockaddr *address(sa_family_t family, const void *addr)
{
	static struct sockaddr_in6 all[4];
	static size_t next;
	struct sockaddr_in6 *const one = &all[next++ % ARRAY_SIZE(all)];

	memset(one, 0, sizeof(*one));
	one->sin6_family = family;
	if (family == AF_INET) {
		memcpy(&((struct sockaddr_in *)one)->sin_addr, addr, sizeof(struct in_addr));
	} else {
		memcpy(&one->sin6_addr, addr, sizeof(struct in6_addr));
	}
	return (struct sockaddr *)one;
}

static int listen_to(struct seen *by, sa_family_t family, const void *remote, const void *local,
		     uint16_t remote_port, uint16_t local_port)
{
	return net_udp_register(family, remote == NULL ? NULL : address(family, remote),
				local == NULL ? NULL : address(family, local), remote_port, local_port,
				NULL, handler, by, &handles[registered++]);
}

static void receive(sa_family_t family)
{
	zassert_ok(net_recv_data(iface, make(family, IPPROTO_UDP, "hello", 5)));
	k_msleep(10);
}

ZTEST(conn, test_a_datagram_comes_with_its_headers)
{
	const sa_family_t families[] = {AF_INET, AF_INET6};

	ARRAY_FOR_EACH(families, i) {
		seen[0] = (struct seen){0};
		zassert_ok(listen_to(&seen[0], families[i], NULL, NULL, 0, PORT));
		receive(families[i]);
		zassert_equal(seen[0].count, 1);
		zassert_true(seen[0].headers);
		zassert_equal(seen[0].port, PORT);
		zassert_equal(seen[0].payload, 5);
		zassert_equal(seen[0].first, 'h');
		zassert_equal_ptr(seen[0].conn, (struct net_conn *)handles[i]);
		zassert_equal(seen[0].conn->family, families[i]);
		zassert_equal(seen[0].conn->proto, IPPROTO_UDP);
	}
}

/* Each names more than the one before it. */
ZTEST(conn, test_who_names_more_gets_it)
{
	const struct in_addr any = {0};

	zassert_ok(listen_to(&seen[0], AF_INET, NULL, &any, 0, PORT));
	receive(AF_INET);
	zassert_ok(listen_to(&seen[1], AF_INET, NULL, &here4, 0, PORT));
	receive(AF_INET);
	zassert_ok(listen_to(&seen[2], AF_INET, &there4, NULL, 0, PORT));
	receive(AF_INET);
	zassert_ok(listen_to(&seen[3], AF_INET, NULL, NULL, 1, 0));
	receive(AF_INET);
	for (size_t i = 0; i < ARRAY_SIZE(seen); i++) {
		zassert_equal(seen[i].count, 1, "handler %zu: %d", i, seen[i].count);
	}
	zassert_ok(net_udp_unregister(handles[3]));
	receive(AF_INET);
	zassert_equal(seen[2].count, 2);
}

ZTEST(conn, test_what_names_something_else_gets_nothing)
{
	zassert_ok(listen_to(&seen[0], AF_INET, &here4, NULL, 0, PORT));
	zassert_ok(listen_to(&seen[1], AF_INET, NULL, &there4, 0, PORT));
	zassert_ok(listen_to(&seen[2], AF_INET, NULL, NULL, 2, PORT));
	zassert_ok(listen_to(&seen[3], AF_INET6, NULL, NULL, 0, PORT));
	receive(AF_INET);
	for (size_t i = 0; i < ARRAY_SIZE(seen); i++) {
		zassert_equal(seen[i].count, 0, "handler %zu", i);
	}
}

ZTEST(conn, test_any_family)
{
	zassert_ok(listen_to(&seen[0], AF_UNSPEC, NULL, NULL, 0, PORT));
	receive(AF_INET);
	receive(AF_INET6);
	zassert_equal(seen[0].count, 2);
}

ZTEST(conn, test_a_socket_that_names_as_much_comes_first)
{
	const int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	char text[8];

	zassert_ok(listen_to(&seen[0], AF_INET, NULL, NULL, 0, PORT));
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)));
	receive(AF_INET);
	zassert_equal(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), 5);
	zassert_equal(seen[0].count, 0);
	zassert_ok(listen_to(&seen[1], AF_INET, &there4, NULL, 0, PORT));
	receive(AF_INET);
	zassert_equal(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), -1);
	zassert_equal(seen[1].count, 1);
	zassert_ok(zsock_close(sock));
}

/* Each gets a datagram of its own, with the headers in front. */
ZTEST(conn, test_a_datagram_to_all_is_for_all)
{
	static const struct in_addr all = {{{255, 255, 255, 255}}};
	const int sock = zsock_socket(AF_INET, SOCK_DGRAM, 0);
	const struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	char text[16];
	struct net_pkt *const pkt = net_pkt_rx_alloc_with_buffer(iface, 5 + 8, AF_INET, IPPROTO_UDP,
								 K_NO_WAIT);

	for (size_t i = 0; i < 2; i++) {
		zassert_ok(listen_to(&seen[i], AF_INET, i == 0 ? NULL : &there4, NULL, 0, PORT));
	}
	zassert_ok(zsock_bind(sock, (const struct sockaddr *)&name, sizeof(name)));
	zassert_ok(net_ipv4_create(pkt, &there4, &all));
	zassert_ok(net_udp_create(pkt, htons(1), htons(PORT)));
	zassert_ok(net_pkt_write(pkt, "hello", 5));
	zassert_ok(net_ipv4_finalize(pkt, IPPROTO_UDP));
	net_pkt_cursor_init(pkt);
	zassert_ok(net_recv_data(iface, pkt));
	k_msleep(10);
	for (size_t i = 0; i < 2; i++) {
		zassert_equal(seen[i].count, 1, "handler %zu", i);
		zassert_true(seen[i].headers, "handler %zu", i);
		zassert_equal(seen[i].port, PORT);
		zassert_equal(seen[i].payload, 5);
		zassert_equal(seen[i].first, 'h');
	}
	zassert_equal(zsock_recv(sock, text, sizeof(text), ZSOCK_MSG_DONTWAIT), 5);
	zassert_mem_equal(text, "hello", 5);
	zassert_ok(zsock_close(sock));
}

ZTEST(conn, test_what_is_refused_is_freed)
{
	seen[0].verdict = NET_DROP;
	zassert_ok(listen_to(&seen[0], AF_INET, NULL, NULL, 0, PORT));
	for (int i = 0; i < 3 * CONFIG_NET_PKT_RX_COUNT; i++) {
		receive(AF_INET);
	}
	zassert_equal(seen[0].count, 3 * CONFIG_NET_PKT_RX_COUNT);
}

ZTEST(conn, test_copies_of_packets_and_frames)
{
	struct net_conn_handle *packets, *frames;

	zassert_ok(net_conn_register(IPPROTO_UDP, SOCK_RAW, AF_INET, NULL, NULL, 0, 0, NULL, handler,
				     &seen[0], &packets));
	zassert_ok(net_conn_register(ETH_P_ALL, SOCK_RAW, AF_PACKET, NULL, NULL, 0, 0, NULL, handler,
				     &seen[1], &frames));
	zassert_ok(listen_to(&seen[2], AF_INET, NULL, NULL, 0, PORT));
	receive(AF_INET);
	for (size_t i = 0; i < 2; i++) {
		zassert_equal(seen[i].count, 1);
		zassert_false(seen[i].headers);
		zassert_equal(seen[i].payload, 20 + 8 + 5);
		zassert_equal(seen[i].first, 0x45);
	}
	zassert_equal(seen[2].count, 1);
	receive(AF_INET6);
	zassert_equal(seen[0].count, 1);
	zassert_equal(seen[1].count, 2);
}

ZTEST(conn, test_copies_by_hand)
{
	struct net_pkt *const pkt = make(AF_INET, IPPROTO_UDP, "hello", 5);
	union net_ip_header ip = {.ipv4 = (struct net_ipv4_hdr *)pkt->buffer->data};

	zassert_ok(net_conn_register(IPPROTO_UDP, SOCK_RAW, AF_INET, address(AF_INET, &there4), NULL,
				     0, 0, NULL, handler, &seen[0], NULL));
	zassert_ok(net_conn_register(IPPROTO_TCP, SOCK_RAW, AF_INET, NULL, NULL, 0, 0, NULL, handler,
				     &seen[1], NULL));
	zassert_ok(net_conn_register(ETH_P_IP, SOCK_DGRAM, AF_PACKET, NULL, NULL, 0, 0, NULL,
				     handler, &seen[2], NULL));
	zassert_ok(net_conn_register(ETH_P_ALL, SOCK_RAW, AF_PACKET, NULL, NULL, 0, 0, NULL, handler,
				     &seen[3], NULL));
	/* Who refuses a copy has it freed. */
	seen[3].verdict = NET_DROP;
	for (int i = 1; i <= 2 * CONFIG_NET_PKT_RX_COUNT; i++) {
		zassert_equal(net_conn_raw_ip_input(pkt, &ip, IPPROTO_UDP), NET_CONTINUE);
		zassert_equal(net_packet_socket_input(pkt, ETH_P_IP), NET_CONTINUE);
		zassert_equal(seen[0].count, i);
		zassert_equal(seen[2].count, i);
		zassert_equal(seen[3].count, i);
	}
	zassert_equal(seen[1].count, 0);
	zassert_equal(seen[0].payload, 33);
	zassert_equal(net_conn_packet_input(pkt, ETH_P_IP), NET_CONTINUE, "no frame");
	zassert_equal(net_packet_socket_input(pkt, ETH_P_ARP), NET_CONTINUE);
	zassert_equal(seen[2].count, 2 * CONFIG_NET_PKT_RX_COUNT);
	zassert_equal(seen[3].count, 2 * CONFIG_NET_PKT_RX_COUNT + 1);
	memcpy(ip.ipv4->src, &here4, sizeof(here4));
	zassert_equal(net_conn_raw_ip_input(pkt, &ip, IPPROTO_UDP), NET_CONTINUE);
	zassert_equal(seen[0].count, 2 * CONFIG_NET_PKT_RX_COUNT, "from somebody else");
	net_pkt_unref(pkt);
}

ZTEST(conn, test_what_cannot_be_registered)
{
	struct net_conn_handle *other;

	zassert_ok(listen_to(&seen[0], AF_INET, &there4, NULL, 1, PORT));
	zassert_equal(listen_to(&seen[1], AF_INET, &there4, NULL, 1, PORT), -EADDRINUSE);
	zassert_equal(net_udp_register(AF_INET, address(AF_INET6, &here6), NULL, 0, PORT, NULL, handler,
				       NULL, &other),
		      -EINVAL);
	zassert_equal(net_udp_register(AF_INET, NULL, NULL, 0, 1, NULL, NULL, NULL, &other), -EINVAL);
	zassert_equal(net_udp_register(AF_CAN, NULL, NULL, 0, 1, NULL, handler, NULL, &other),
		      -EAFNOSUPPORT);
	for (uint16_t port = 1; port < CONFIG_NET_MAX_CONN; port++) {
		zassert_ok(net_udp_register(AF_INET, NULL, NULL, 0, port, NULL, handler, NULL, &other));
	}
	zassert_equal(net_udp_register(AF_INET, NULL, NULL, 0, PORT, NULL, handler, NULL, &other),
		      -ENOENT);
}

ZTEST(conn, test_what_cannot_be_unregistered)
{
	zassert_ok(listen_to(&seen[0], AF_INET, NULL, NULL, 0, PORT));
	zassert_ok(net_udp_unregister(handles[0]));
	zassert_equal(net_udp_unregister(handles[0]), -ENOENT);
	zassert_equal(net_udp_unregister(NULL), -EINVAL);
	zassert_equal(net_udp_unregister((struct net_conn_handle *)&seen[0]), -EINVAL);
	zassert_equal(net_conn_update(handles[0], handler, NULL, NULL, 0, NULL, PORT), -ENOENT);
	receive(AF_INET);
	zassert_equal(seen[0].count, 0);
}

ZTEST(conn, test_update)
{
	zassert_ok(listen_to(&seen[0], AF_INET, NULL, NULL, 0, PORT + 1));
	receive(AF_INET);
	zassert_equal(seen[0].count, 0);
	zassert_ok(net_conn_update(handles[0], handler, &seen[1], address(AF_INET, &there4), 1, NULL,
				   PORT));
	receive(AF_INET);
	zassert_equal(seen[0].count, 0);
	zassert_equal(seen[1].count, 1);
}

static void count(struct net_conn *conn, void *user_data)
{
	zassert_true((conn->flags & NET_CONN_IN_USE) != 0);
	*(int *)user_data += ntohs(net_sin(&conn->local_addr)->sin_port);
}

ZTEST(conn, test_foreach)
{
	int ports = 0;

	zassert_ok(listen_to(&seen[0], AF_INET, NULL, NULL, 0, 1));
	zassert_ok(listen_to(&seen[0], AF_INET, &there4, &here4, 7, 20));
	zassert_ok(listen_to(&seen[0], AF_INET6, NULL, NULL, 0, 300));
	net_conn_foreach(count, &ports);
	zassert_equal(ports, 321);
	net_conn_init();
	net_conn_foreach(count, &ports);
	zassert_equal(ports, 321);
}

ZTEST(conn, test_input_by_hand)
{
	struct net_pkt *const pkt = make(AF_INET, IPPROTO_UDP, "hello", 5);
	union net_ip_header ip = {.ipv4 = (struct net_ipv4_hdr *)pkt->buffer->data};
	union net_proto_header proto = {.udp = (struct net_udp_hdr *)(pkt->buffer->data + 20)};

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 28));
	zassert_equal(net_conn_input(pkt, &ip, IPPROTO_UDP, &proto), NET_DROP);
	zassert_ok(listen_to(&seen[0], AF_INET, &there4, &here4, 1, PORT));
	zassert_equal(net_conn_input(pkt, &ip, IPPROTO_UDP, &proto), NET_OK);
	zassert_equal(seen[0].count, 1);
	zassert_equal(seen[0].payload, 5);
}

ZTEST(conn, test_headers_are_found_in_both_families)
{
	const sa_family_t families[] = {AF_INET, AF_INET6};

	ARRAY_FOR_EACH(families, i) {
		struct net_pkt *const pkt = make(families[i], IPPROTO_UDP, "hello", 5);
		struct net_udp_hdr room;
		struct net_udp_hdr *const hdr = net_udp_get_hdr(pkt, &room);

		zassert_not_null(hdr);
		zassert_equal(hdr->dst_port, htons(PORT));
		net_pkt_unref(pkt);
	}
}

static struct net_pkt *segment(const char *data)
{
	const struct net_tcp_hdr header = {
		.src_port = htons(1), .dst_port = htons(PORT), .offset = 5 << 4, .flags = ACK};
	struct net_pkt *const pkt =
		net_pkt_rx_alloc_with_buffer(iface, 40, AF_INET, IPPROTO_TCP, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_ok(net_ipv4_create(pkt, &there4, &here4));
	zassert_ok(net_pkt_write(pkt, &header, sizeof(header)));
	zassert_ok(net_pkt_write(pkt, data, strlen(data)));
	zassert_ok(net_ipv4_finalize(pkt, IPPROTO_TCP));
	net_pkt_cursor_init(pkt);
	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 20));
	zassert_ok(net_tcp_finalize(pkt, true));
	net_pkt_cursor_init(pkt);
	return pkt;
}

ZTEST(conn, test_a_segment_of_nobody_else)
{
	NET_PKT_DATA_ACCESS_DEFINE(access, struct net_tcp_hdr);
	struct net_pkt *pkt = segment("data");

	net_pkt_set_overwrite(pkt, true);
	zassert_ok(net_pkt_skip(pkt, 20));
	zassert_not_null(net_tcp_input(pkt, &access), "the checksum");
	zassert_equal(net_pkt_remaining_data(pkt), 4);
	net_pkt_cursor_init(pkt);
	zassert_ok(net_conn_register(IPPROTO_TCP, SOCK_STREAM, AF_INET, NULL, NULL, 0, PORT, NULL,
				     handler, &seen[0], &handles[0]));
	zassert_ok(net_recv_data(iface, pkt));
	k_msleep(10);
	zassert_equal(seen[0].count, 1);
	zassert_equal(seen[0].port, PORT);
	zassert_equal(seen[0].payload, 4);
	zassert_equal(seen[0].first, 'd');
	zassert_mem_equal(net_tcp_state_str(TCP_LISTEN), "LISTEN", 7);
}
