// SPDX-License-Identifier: Apache-2.0
/*
 * Tunnels of IP in IP, asked for by requests.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/virtual.h>
#include <zephyr/net/virtual_mgmt.h>
#include <zephyr/ztest.h>

#include "cable.h"

#define TUNNEL net_if_lookup_by_dev(device_get_binding("IP_TUNNEL0"))

#define PORT 4243
#define DATA "through"

static struct in_addr inner = {{{198, 51, 100, 1}}};
static const struct in_addr inner_peer = {{{198, 51, 100, 2}}};

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	cable_setup();
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_virtual_interface_attach(TUNNEL, NULL);
	(void)net_if_down(TUNNEL);
}

ZTEST_SUITE(tunnel, NULL, NULL, before, after, NULL);

static int set_peer(const struct in_addr *peer)
{
	struct virtual_interface_req_params params = {.family = AF_INET, .peer4addr = *peer};

	return net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS, TUNNEL, &params,
			sizeof(params));
}

static int mtu(uint64_t request, int value)
{
	struct virtual_interface_req_params params = {.mtu = value};
	int status;

	status = request == NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU
			 ? net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, TUNNEL, &params, sizeof(params))
			 : net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU, TUNNEL, &params, sizeof(params));
	return status < 0 ? status : params.mtu;
}

ZTEST(tunnel, test_what_it_is)
{
	zassert_not_null(TUNNEL);
	zassert_equal(net_virtual_get_iface_capabilities(TUNNEL), VIRTUAL_INTERFACE_IPIP);
	zassert_equal_ptr(net_if_l2(TUNNEL), &NET_L2_GET_NAME(VIRTUAL));
	zassert_true(net_if_flag_is_set(TUNNEL, NET_IF_POINTOPOINT));
	zassert_false(net_if_is_up(TUNNEL), "nobody has named the other end");
}

ZTEST(tunnel, test_naming_the_other_end)
{
	struct virtual_interface_req_params params = {0};

	zassert_ok(set_peer(&cable_peer));
	zassert_equal_ptr(net_virtual_get_iface(TUNNEL), CABLE, "it finds its way by itself");
	zassert_true(net_if_is_up(TUNNEL));
	zassert_ok(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_GET_PEER_ADDRESS, TUNNEL, &params,
			    sizeof(params)));
	zassert_equal(params.family, AF_INET);
	zassert_equal(params.peer4addr.s_addr, cable_peer.s_addr);
	zassert_equal(set_peer(&cable_peer), -EACCES, "not while it is up");
}

ZTEST(tunnel, test_peers_that_can_not_be)
{
	static const struct in_addr nobody, group = {{{224, 0, 0, 1}}};
	struct virtual_interface_req_params params = {.family = AF_UNIX};

	zassert_equal(set_peer(&cable_addr), -EINVAL, "ourselves");
	zassert_true(set_peer(&nobody) < 0);
	zassert_equal(set_peer(&group), -EINVAL);
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS, TUNNEL, &params,
			       sizeof(params)), -EAFNOSUPPORT);
	zassert_is_null(net_virtual_get_iface(TUNNEL));
	zassert_equal(net_mgmt(NET_REQUEST_VIRTUAL_INTERFACE_SET_LINK_TYPE, TUNNEL, &params,
			       sizeof(params)), -ENOTSUP);
}

ZTEST(tunnel, test_mtu)
{
	zassert_ok(set_peer(&cable_peer));
	zassert_equal(mtu(NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU, 0), 1480, "what the header leaves");
	zassert_equal(mtu(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, 1400), 1400, "also while it is up");
	zassert_equal(net_if_get_mtu(TUNNEL), 1400);
	zassert_equal(mtu(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, 1481), -EINVAL);
	zassert_equal(mtu(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, 67), -EINVAL);
	zassert_equal(mtu(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU, -1), -EINVAL);
	zassert_equal(net_if_get_mtu(TUNNEL), 1400);
}

/* An IPv4 header, with its checksum. */
static void header(uint8_t at[20], const struct in_addr *src, const struct in_addr *dst,
		   uint8_t proto, uint16_t len)
{
	uint32_t sum = 0;

	memset(at, 0, 20);
	at[0] = 0x45;
	at[2] = len >> 8;
	at[3] = len;
	at[8] = 64;
	at[9] = proto;
	memcpy(at + 12, src, 4);
	memcpy(at + 16, dst, 4);
	for (int i = 0; i < 20; i += 2) {
		sum += at[i] << 8 | at[i + 1];
	}
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~((sum & 0xffff) + (sum >> 16));
	at[10] = sum >> 8;
	at[11] = sum;
}

/* A datagram in the tunnel, in a frame from @p src. */
static int arrive(const struct in_addr *src)
{
	uint8_t frame[14 + 20 + 20 + 8 + sizeof(DATA)] = {0};
	struct net_pkt *pkt;
	int status;

	memcpy(frame, cable_mac, 6);
	frame[6] = 2;
	frame[12] = 8;
	header(frame + 14, src, &cable_addr, IPPROTO_IPIP, sizeof(frame) - 14);
	header(frame + 34, &inner_peer, &inner, IPPROTO_UDP, sizeof(frame) - 34);
	frame[54 + 1] = 9;
	frame[54 + 2] = PORT >> 8;
	frame[54 + 3] = PORT & 0xff;
	frame[54 + 5] = 8 + sizeof(DATA);
	memcpy(frame + 62, DATA, sizeof(DATA));
	pkt = net_pkt_rx_alloc_with_buffer(CABLE, sizeof(frame), AF_UNSPEC, 0, K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, frame, sizeof(frame)));
	status = net_recv_data(CABLE, pkt);
	k_sleep(K_MSEC(5));
	return status;
}

ZTEST(tunnel, test_datagrams_come_out)
{
	struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = inner};
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	char data[16];
	int sock;

	zassert_ok(set_peer(&cable_peer));
	zassert_not_null(net_if_ipv4_addr_add(TUNNEL, &inner, NET_ADDR_MANUAL, 0));
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(sock >= 0);
	zassert_ok(zsock_bind(sock, (struct sockaddr *)&own, sizeof(own)));
	zassert_ok(arrive(&cable_peer));
	zassert_equal(zsock_recvfrom(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT,
				     (struct sockaddr *)&from, &len), sizeof(DATA));
	zassert_str_equal(data, DATA);
	zassert_equal(from.sin_addr.s_addr, inner_peer.s_addr);
	zassert_ok(arrive(&inner_peer));
	zassert_equal(zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT), -1, "a stranger's");
	zassert_ok(net_if_down(TUNNEL));
	zassert_ok(arrive(&cable_peer));
	zassert_equal(zsock_recv(sock, data, sizeof(data), ZSOCK_MSG_DONTWAIT), -1, "it is down");
	zassert_ok(zsock_close(sock));
	zassert_true(net_if_ipv4_addr_rm(TUNNEL, &inner));
}

ZTEST(tunnel, test_what_goes_in_asks_for_the_other_end)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = inner_peer};
	struct in_addr mask = {{{255, 255, 255, 0}}};
	/* Nobody has asked for that one yet. */
	static const struct in_addr peer = {{{192, 0, 2, 77}}};
	size_t before_send;
	int sock;

	zassert_ok(set_peer(&peer));
	zassert_not_null(net_if_ipv4_addr_add(TUNNEL, &inner, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_set_netmask_by_addr(TUNNEL, &inner, &mask));
	sock = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	zassert_true(sock >= 0);
	before_send = cable_sent;
	zassert_equal(zsock_sendto(sock, DATA, sizeof(DATA), 0, (struct sockaddr *)&to, sizeof(to)),
		      sizeof(DATA));
	k_sleep(K_MSEC(5));
	zassert_true(cable_sent > before_send, "ARP for the peer, with the packet behind it");
	zassert_ok(zsock_close(sock));
	zassert_true(net_if_ipv4_addr_rm(TUNNEL, &inner));
}
