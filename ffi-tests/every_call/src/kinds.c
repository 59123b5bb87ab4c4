// SPDX-License-Identifier: Apache-2.0

#include "kinds.h"

#define PORT 4000
#define PEER 4001

socklen_t here(sa_family_t family, struct sockaddr *addr, uint16_t port)
{
	struct net_if *const iface = net_if_get_default();

	memset(addr, 0, sizeof(union address));
	addr->sa_family = family;
	switch (family) {
	case AF_PACKET:
		((struct sockaddr_ll *)addr)->sll_protocol = htons(ETH_P_ALL);
		((struct sockaddr_ll *)addr)->sll_ifindex = net_if_get_by_iface(iface);
		return sizeof(struct sockaddr_ll);
	case AF_NET_MGMT:
		((struct sockaddr_nm *)addr)->nm_ifindex = 0;
		((struct sockaddr_nm *)addr)->nm_mask = NET_EVENT_IF_UP;
		return sizeof(struct sockaddr_nm);
	default:
		net_sin(addr)->sin_addr.s_addr = htonl(0x7f000001);
		net_sin(addr)->sin_port = htons(port);
		return sizeof(struct sockaddr_in);
	}
}

static int opened(int family, int type, int proto)
{
	const int fd = zsock_socket(family, type, proto);

	zassert_true(fd >= 0, "errno %d", errno);
	return fd;
}

static void bound(int fd, sa_family_t family, uint16_t port)
{
	union address addr;
	const socklen_t len = here(family, &addr.any, port);
	const int yes = 1;

	/* Connections of the cell before may still be in TIME-WAIT. */
	(void)zsock_setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	zassert_ok(zsock_bind(fd, &addr.any, len), "errno %d", errno);
}

static void stream_fresh(struct cell *cell)
{
	cell->fd = opened(AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

static void stream_bound(struct cell *cell)
{
	stream_fresh(cell);
	bound(cell->fd, AF_INET, PORT);
}

static void stream_listening(struct cell *cell)
{
	stream_bound(cell);
	zassert_ok(zsock_listen(cell->fd, 1));
}

static void stream_open(struct cell *cell)
{
	const struct linger linger = {.l_onoff = 1};
	union address addr;
	const socklen_t len = here(AF_INET, &addr.any, PEER);

	cell->other = opened(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	bound(cell->other, AF_INET, PEER);
	zassert_ok(zsock_listen(cell->other, 1));
	stream_fresh(cell);
	zassert_ok(zsock_connect(cell->fd, &addr.any, len), "errno %d", errno);
	cell->peer = zsock_accept(cell->other, NULL, NULL);
	zassert_true(cell->peer >= 0, "errno %d", errno);
	/* They end at once, so that the port is free for the next. */
	zassert_ok(zsock_setsockopt(cell->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	zassert_ok(zsock_setsockopt(cell->peer, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
}

static void stream_shut(struct cell *cell)
{
	stream_open(cell);
	zassert_ok(zsock_shutdown(cell->fd, ZSOCK_SHUT_RDWR));
}

static void stream_ended(struct cell *cell)
{
	stream_open(cell);
	zassert_ok(zsock_shutdown(cell->peer, ZSOCK_SHUT_WR));
	k_msleep(10);
}

static void datagram_fresh(struct cell *cell)
{
	cell->fd = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	cell->peer = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	bound(cell->peer, AF_INET, PEER);
}

static void datagram_bound(struct cell *cell)
{
	datagram_fresh(cell);
	bound(cell->fd, AF_INET, PORT);
}

static void datagram_connected(struct cell *cell)
{
	union address addr;
	const socklen_t len = here(AF_INET, &addr.any, PEER);

	datagram_bound(cell);
	zassert_ok(zsock_connect(cell->fd, &addr.any, len));
}

static void datagram_shut(struct cell *cell)
{
	datagram_connected(cell);
	zassert_ok(zsock_shutdown(cell->fd, ZSOCK_SHUT_RDWR));
}

static void raw_fresh(struct cell *cell)
{
	cell->fd = opened(AF_INET, SOCK_RAW, IPPROTO_ICMP);
}

static void raw_bound(struct cell *cell)
{
	raw_fresh(cell);
	bound(cell->fd, AF_INET, 0);
}

static void packet_fresh(struct cell *cell)
{
	cell->fd = opened(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
}

static void packet_bound(struct cell *cell)
{
	packet_fresh(cell);
	bound(cell->fd, AF_PACKET, 0);
}

static void mgmt_fresh(struct cell *cell)
{
	cell->fd = opened(AF_NET_MGMT, SOCK_DGRAM, NET_MGMT_EVENT_PROTO);
}

static void mgmt_bound(struct cell *cell)
{
	mgmt_fresh(cell);
	bound(cell->fd, AF_NET_MGMT, 0);
}

static void pair_open(struct cell *cell)
{
	int ends[2];

	zassert_ok(zsock_socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "errno %d", errno);
	cell->fd = ends[0];
	cell->peer = ends[1];
}

static void pair_shut(struct cell *cell)
{
	pair_open(cell);
	zassert_ok(zsock_shutdown(cell->fd, ZSOCK_SHUT_RDWR));
}

static void pair_ended(struct cell *cell)
{
	pair_open(cell);
	zassert_ok(zsock_close(cell->peer));
	cell->peer = -1;
}

static void counter(struct cell *cell)
{
	cell->fd = zvfs_eventfd(0, ZVFS_EFD_NONBLOCK);
	zassert_true(cell->fd >= 0, "errno %d", errno);
}

static void closed(struct cell *cell)
{
	datagram_fresh(cell);
	zassert_ok(zsock_close(cell->fd));
}

const struct kind kinds[KINDS] = {
	[STREAM_FRESH] = {"stream, fresh", stream_fresh, AF_INET},
	[STREAM_BOUND] = {"stream, bound", stream_bound, AF_INET},
	[STREAM_LISTENING] = {"stream, listening", stream_listening, AF_INET},
	[STREAM_OPEN] = {"stream, open", stream_open, AF_INET},
	[STREAM_SHUT] = {"stream, shut both ways", stream_shut, AF_INET},
	[STREAM_ENDED] = {"stream, the peer sends no more", stream_ended, AF_INET},
	[DATAGRAM_FRESH] = {"datagram, fresh", datagram_fresh, AF_INET},
	[DATAGRAM_BOUND] = {"datagram, bound", datagram_bound, AF_INET},
	[DATAGRAM_CONNECTED] = {"datagram, connected", datagram_connected, AF_INET},
	[DATAGRAM_SHUT] = {"datagram, shut both ways", datagram_shut, AF_INET},
	[RAW_FRESH] = {"raw, fresh", raw_fresh, AF_INET},
	[RAW_BOUND] = {"raw, bound", raw_bound, AF_INET},
	[PACKET_FRESH] = {"packet, fresh", packet_fresh, AF_PACKET},
	[PACKET_BOUND] = {"packet, bound", packet_bound, AF_PACKET},
	[MGMT_FRESH] = {"mgmt, fresh", mgmt_fresh, AF_NET_MGMT},
	[MGMT_BOUND] = {"mgmt, bound", mgmt_bound, AF_NET_MGMT},
	[PAIR_OPEN] = {"pair, open", pair_open, AF_INET},
	[PAIR_SHUT] = {"pair, shut both ways", pair_shut, AF_INET},
	[PAIR_ENDED] = {"pair, the other end closed", pair_ended, AF_INET},
	[COUNTER] = {"counter", counter, AF_INET},
	[CLOSED] = {"closed", closed, AF_INET},
};

void unmake(struct cell *cell)
{
	const int fds[] = {cell->fd, cell->peer, cell->other};

	ARRAY_FOR_EACH(fds, i) {
		if (fds[i] >= 0) {
			(void)zsock_close(fds[i]);
		}
	}
	k_msleep(20);
}
