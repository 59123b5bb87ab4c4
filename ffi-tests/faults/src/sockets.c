/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets over contexts: datagrams, streams, raw ones, and those that see whole packets. */

#include "faults.h"

#include <zephyr/net/ethernet.h>

#define PORT 4242

/* Sends what `to` shall hear of, and has it hear it. */
static bool datagram_to(int to)
{
	struct sockaddr_in name = loopback(PORT);
	int from = zsock_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	char in[128];
	bool done;

	done = from >= 0 &&
	       zsock_sendto(from, "abc", 3, 0, (struct sockaddr *)&name, sizeof(name)) == 3 &&
	       zsock_recv(to, in, sizeof(in), 0) >= 3;
	done_with(from);
	return done;
}

static bool datagrams(void)
{
	struct sockaddr_in name = loopback(PORT);
	int sock = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	bool done = sock >= 0 && zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)) == 0 &&
		    datagram_to(sock);

	done_with(sock);
	return done;
}

ZTEST(faults, test_datagrams)
{
	at_every_allocation(datagrams);
}

static bool datagrams_ipv6(void)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6,
				    .sin6_port = htons(PORT),
				    .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int sock = opened(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	char in[8];
	bool done = sock >= 0 && zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)) == 0 &&
		    zsock_sendto(sock, "abc", 3, 0, (struct sockaddr *)&name, sizeof(name)) == 3 &&
		    zsock_recv(sock, in, sizeof(in), 0) == 3;

	done_with(sock);
	return done;
}

ZTEST(faults, test_datagrams_ipv6)
{
	at_every_allocation(datagrams_ipv6);
}

static bool raw(void)
{
	struct sockaddr_in name = loopback(0);
	int sock = opened(AF_INET, SOCK_RAW, IPPROTO_UDP), port = -1;
	bool done = sock >= 0 && zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)) == 0;

	if (done) {
		/* Else an error would answer. */
		name = loopback(PORT);
		port = opened(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		done = port >= 0 &&
		       zsock_bind(port, (struct sockaddr *)&name, sizeof(name)) == 0 &&
		       datagram_to(sock);
	}
	done_with(sock);
	done_with(port);
	return done;
}

ZTEST(faults, test_raw_sockets)
{
	at_every_allocation(raw);
}

static bool packets(void)
{
	struct sockaddr_ll name = {.sll_family = AF_PACKET,
				   .sll_protocol = htons(ETH_P_ALL),
				   .sll_ifindex = net_if_get_by_iface(net_if_get_default())};
	int sock = opened(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL));
	/* The stack drops it when it comes back. */
	bool done = sock >= 0 && zsock_bind(sock, (struct sockaddr *)&name, sizeof(name)) == 0 &&
		    zsock_sendto(sock, "no packet", 9, 0, (struct sockaddr *)&name,
				 sizeof(name)) == 9;

	done_with(sock);
	return done;
}

ZTEST(faults, test_packet_sockets)
{
	at_every_allocation(packets);
}

/* A connection that is accepted and carries some bytes each way. */
static bool stream(void)
{
	const struct zsock_timeval long_time = {.tv_sec = 60};
	struct sockaddr_in name = loopback(PORT);
	int listener = opened(AF_INET, SOCK_STREAM, IPPROTO_TCP), client = -1, server = -1;
	static char out[3000], in[3000];
	bool done = listener >= 0 &&
		    zsock_bind(listener, (struct sockaddr *)&name, sizeof(name)) == 0 &&
		    zsock_listen(listener, 2) == 0;

	if (done) {
		client = opened(AF_INET, SOCK_STREAM, IPPROTO_TCP);
		done = client >= 0 &&
		       zsock_setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &long_time,
					sizeof(long_time)) == 0 &&
		       zsock_connect(client, (struct sockaddr *)&name, sizeof(name)) == 0;
	}
	if (done) {
		server = zsock_accept(listener, NULL, NULL);
		done = server >= 0 &&
		       zsock_setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &long_time,
					sizeof(long_time)) == 0 &&
		       zsock_send(client, out, sizeof(out), 0) > 0 &&
		       zsock_recv(server, in, sizeof(in), 0) > 0 &&
		       zsock_send(server, "abc", 3, 0) == 3 &&
		       zsock_recv(client, in, sizeof(in), 0) == 3;
	}
	done_with(client);
	done_with(server);
	done_with(listener);
	return done;
}

ZTEST(faults, test_streams)
{
	at_every_allocation(stream);
}
