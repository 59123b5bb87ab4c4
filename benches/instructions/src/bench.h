/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this program share. */

#ifndef BENCH_H_
#define BENCH_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/net/net_ip.h>

/* The stacks, and the ends of the wire between them. */
#define CLIENT 0
#define SERVER 1
#define ENDS   2

/* Addresses of the ends: 192.0.2.1 and 192.0.2.2, 2001:db8::1 and 2001:db8::2. */
#define END_ADDRESS(end)  { { { 192, 0, 2, 1 + (end) } } }
#define END_NETMASK       { { { 255, 255, 255, 0 } } }
#define END_ADDRESS6(end) { { { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 + (end) } } }
#define END_PREFIX6       { { { 0x20, 0x01, 0x0d, 0xb8 } } }
#define END_PREFIX6_LEN   64

/* An address and port of either family. */
union endpoint {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

/* That of a socket at `end`; of one that listens at every address for ENDS. */
union endpoint endpoint_of(sa_family_t family, int end, uint16_t port);
/* Bytes of an address of that family. */
socklen_t endpoint_size(sa_family_t family);

/* Ends the program with what went wrong. */
void bench_fail(const char *what);

struct net_if;

/* The library's own: names the stack that later calls act on; gives an interface to a stack. */
int znet_instance_select(uint8_t index);
int znet_instance_adopt(struct net_if *iface, uint8_t index);

/* Gives both ends their addresses and takes them up. */
void wire_start(void);
/*
 * From now on frames wait until wire_run() delivers them, in the order in which they were sent: what one
 * frame makes a stack send does not overtake what that stack is about to send.
 */
void wire_hold(void);
void wire_run(void);
/* Keeps the next frame sent by `end` instead of delivering it. Returns its length. */
void wire_capture(int end, uint8_t *frame, size_t size);
size_t wire_captured(void);
/* From now on the frames sent by `end` go nowhere; how many of those were longer than questions and reports. */
void wire_discard(int end);
uint32_t wire_discarded(void);
/* Delivers a frame to `end`, as its driver would after an interrupt. */
void wire_inject(int end, const uint8_t *frame, size_t length);

/* Each does its work `count` times, over IPv4 (AF_INET) or IPv6 (AF_INET6). */
void udp_64_oneway(sa_family_t family, uint32_t count);
void udp_64_echo(sa_family_t family, uint32_t count);
void udp_rx_1(sa_family_t family, uint32_t count);
void udp_rx_10(sa_family_t family, uint32_t count);
void udp_rx_100(sa_family_t family, uint32_t count);
void udp_rx_1000(sa_family_t family, uint32_t count);
void tcp_stream_64k(sa_family_t family, uint32_t count);
void tcp_stream_2seg(sa_family_t family, uint32_t count);
void tcp_connect_close(sa_family_t family, uint32_t count);
void tcp_rx_1(sa_family_t family, uint32_t count);
void tcp_rx_10(sa_family_t family, uint32_t count);
void tcp_rx_100(sa_family_t family, uint32_t count);
void tcp_rx_1000(sa_family_t family, uint32_t count);

/* The same without sockets. */
void stack_udp_oneway(sa_family_t family, uint32_t count);
void stack_udp_echo(sa_family_t family, uint32_t count);
void stack_stream_64k(sa_family_t family, uint32_t count);
void stack_stream_2seg(sa_family_t family, uint32_t count);
void stack_connect_close(sa_family_t family, uint32_t count);

/* Asks which of a thousand sockets is ready: one is. */
void poll_1000(sa_family_t family, uint32_t count);

/* Finds the route to one of so many destinations, each behind a router. */
void route_find_10(sa_family_t family, uint32_t count);
void route_find_1000(sa_family_t family, uint32_t count);

/* Finds one of so many neighbours; sends a datagram to one of them. */
void neighbour_find_10(sa_family_t family, uint32_t count);
void neighbour_find_1000(sa_family_t family, uint32_t count);
void neighbour_send_10(sa_family_t family, uint32_t count);
void neighbour_send_1000(sa_family_t family, uint32_t count);

#endif /* BENCH_H_ */
