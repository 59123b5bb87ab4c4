// SPDX-License-Identifier: Apache-2.0
/*
 * What is counted, of the host and of an interface, and who may read it.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#include "cable.h"
#include "net_stats.h"

static const struct in_addr loop = {{{127, 0, 0, 1}}};
static struct net_stats all;

static void settle(void)
{
	k_sleep(K_MSEC(2));
}

static const struct net_stats *of_cable(void)
{
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_ALL, CABLE, &all, sizeof(all)));
	return &all;
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	cable_setup();
	settle();
	net_stats_reset(NULL);
	net_stats_reset(CABLE);
}

ZTEST_SUITE(statistics, NULL, NULL, before, NULL, NULL);

ZTEST(statistics, test_a_datagram_that_nobody_waits_for)
{
	const struct net_stats *s;

	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, 0));
	settle();
	s = of_cable();
	zassert_equal(s->bytes.received, 50);
	zassert_equal(s->ipv4.recv, 1);
	zassert_equal(s->udp.recv, 1);
	zassert_equal(s->udp.drop, 1);
	zassert_equal(net_stats.udp.drop, 1, "the host's as well");
	zassert_equal(CABLE->stats.udp.recv, 1, "they can be read in place");
}

ZTEST(statistics, test_counted_by_hand)
{
	net_stats_update_udp_recv(CABLE);
	net_stats_update_ipv4_drop(CABLE);
	net_stats_update_ipv4_drop(CABLE);
	net_stats_update_bytes_sent(CABLE, 70);
	zassert_equal(GET_STAT(CABLE, udp.recv), 1);
	zassert_equal(GET_STAT((struct net_if *)NULL, udp.recv), 1);
	zassert_equal(of_cable()->ipv4.drop, 2);
	zassert_equal(of_cable()->bytes.sent, 70);
	zassert_equal(net_stats.bytes.sent, 70);
}

ZTEST(statistics, test_what_is_broken_is_told_apart)
{
	static const struct in_addr nowhere = {{{0, 0, 0, 0}}};
	struct net_stats_ip_errors errors;
	struct net_pkt *pkt;

	zassert_ok(cable_receive(cable_mac, &nowhere, &cable_addr, 8, 0));
	pkt = net_pkt_rx_alloc_with_buffer(CABLE, 60, AF_UNSPEC, 0, K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, cable_mac, 6));
	zassert_ok(net_pkt_memset(pkt, 0x20, 54));
	zassert_ok(net_recv_data(CABLE, pkt));
	settle();
	zassert_equal(of_cable()->ipv4.drop, 1);
	zassert_equal(of_cable()->processing_error, 1);
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IP_ERRORS, NULL, &errors, sizeof(errors)));
	zassert_equal(errors.chkerr, 0);
}

ZTEST(statistics, test_requests_for_parts)
{
	struct net_stats_ip ip;
	struct net_stats_udp udp;
	struct net_stats_icmp icmp;
	struct net_stats_tcp tcp;
	struct net_stats_bytes bytes;
	struct net_stats_ipv6_nd nd;
	net_stats_t unknown;

	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, 0));
	settle();
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IPV4, CABLE, &ip, sizeof(ip)));
	zassert_equal(ip.recv, 1);
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IPV6, NULL, &ip, sizeof(ip)));
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_IPV6_ND, NULL, &nd, sizeof(nd)));
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_UDP, NULL, &udp, sizeof(udp)));
	zassert_equal(udp.recv, 1);
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_ICMP, NULL, &icmp, sizeof(icmp)));
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_TCP, NULL, &tcp, sizeof(tcp)));
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_BYTES, CABLE, &bytes, sizeof(bytes)));
	zassert_equal(bytes.received, 50);
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_PROCESSING_ERROR, NULL, &unknown,
			    sizeof(unknown)));
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_UDP, NULL, &udp, sizeof(udp) - 1), -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_UDP, NULL, NULL, sizeof(udp)), -EINVAL);
}

ZTEST(statistics, test_counters_of_the_driver)
{
	struct net_stats_eth eth;
	struct net_if *dummy = net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY));

	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_ETHERNET, CABLE, &eth, sizeof(eth)));
	zassert_equal(eth.pkts.rx, 77);
	zassert_equal(eth.unknown_protocol, 78);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_ETHERNET, dummy, &eth, sizeof(eth)),
		      -ENOENT);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_ETHERNET, NULL, &eth, sizeof(eth)), -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_STATS_GET_ETHERNET, CABLE, &eth, 4), -EINVAL);
}

ZTEST(statistics, test_streams)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(4343)};
	int listener = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	int client = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	char bytes[10];
	int server;

	addr.sin_addr = loop;
	zassert_true(listener >= 0 && client >= 0);
	zassert_equal(zsock_connect(client, (struct sockaddr *)&addr, sizeof(addr)), -1);
	settle();
	zassert_equal(net_stats.tcp.connrst, 1, "nobody listens");
	zassert_equal(net_stats.tcp.rst, 1);
	zsock_close(client);
	zassert_ok(zsock_bind(listener, (struct sockaddr *)&addr, sizeof(addr)));
	zassert_ok(zsock_listen(listener, 1));
	client = zsock_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	zassert_ok(zsock_connect(client, (struct sockaddr *)&addr, sizeof(addr)));
	server = zsock_accept(listener, NULL, NULL);
	zassert_true(server >= 0);
	zassert_equal(zsock_send(client, "0123456789", 10, 0), 10);
	zassert_equal(zsock_recv(server, bytes, sizeof(bytes), 0), 10);
	settle();
	zassert_equal(net_stats.tcp.bytes.sent, 10);
	zassert_equal(net_stats.tcp.bytes.received, 10);
	zassert_true(net_stats.tcp.sent >= 4 && net_stats.tcp.sent == net_stats.tcp.recv);
	zassert_equal(net_stats.tcp.rexmit, 0);
	zsock_close(server);
	zsock_close(client);
	zsock_close(listener);
	settle();
}

ZTEST(statistics, test_traffic_classes)
{
	int top = NET_TC_RX_COUNT - 1;
	const struct net_stats *s;

	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, NET_PRIORITY_IC));
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, NET_PRIORITY_BK));
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 9, NET_PRIORITY_BK));
	settle();
	s = of_cable();
	zassert_equal(s->tc.recv[top].pkts, 1);
	zassert_equal(s->tc.recv[top].bytes, 50);
	zassert_equal(s->tc.recv[top].priority, NET_PRIORITY_IC);
	zassert_equal(s->tc.recv[0].pkts, 2);
	zassert_equal(s->tc.recv[0].bytes, 101);
	zassert_equal(s->tc.recv[0].priority, NET_PRIORITY_BK);
	zassert_equal(s->tc.recv[0].rx_time.count, 2);
}

ZTEST(statistics, test_time)
{
	struct sockaddr_in all_hosts = {.sin_family = AF_INET, .sin_port = htons(9)};
	int sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

	all_hosts.sin_addr.s_addr = htonl(0xc00002ff);
	zassert_equal(zsock_sendto(sock, "x", 1, 0, (struct sockaddr *)&all_hosts,
				   sizeof(all_hosts)), 1);
	zsock_close(sock);
	zassert_ok(cable_receive(cable_mac, &cable_peer, &cable_addr, 8, 0));
	settle();
	zassert_equal(of_cable()->rx_time.count, 1);
	zassert_true(of_cable()->rx_time.sum < 2000, "less than the pause");
	zassert_equal(of_cable()->tx_time.count, of_cable()->tc.sent[0].pkts);
	zassert_true(of_cable()->tx_time.count >= 1);
	for (int i = 0; i < 3; i++) {
		zassert_equal(of_cable()->tx_time_detail[i].count, of_cable()->tx_time.count, "station %d", i);
	}
	zassert_equal(of_cable()->udp.sent, 1);
}

ZTEST(statistics, test_suspended_interfaces)
{
	struct net_stats_pm pm;

	zassert_equal(net_if_resume(CABLE), -EALREADY);
	zassert_ok(net_if_suspend(CABLE));
	zassert_true(net_if_is_suspended(CABLE));
	zassert_equal(net_if_suspend(CABLE), -EALREADY);
	k_sleep(K_MSEC(100));
	zassert_ok(net_if_resume(CABLE));
	zassert_false(net_if_is_suspended(CABLE));
	zassert_ok(net_mgmt(NET_REQUEST_STATS_GET_PM, CABLE, &pm, sizeof(pm)));
	zassert_equal(pm.suspend_count, 1);
	zassert_between_inclusive(pm.last_suspend_time, 99, 102);
	zassert_equal(pm.overall_suspend_time, pm.last_suspend_time);
}
