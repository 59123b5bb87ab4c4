/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this program share. */

#ifndef BENCH_H_
#define BENCH_H_

#include <stddef.h>
#include <stdint.h>

/* The stacks, and the ends of the wire between them. */
#define CLIENT 0
#define SERVER 1
#define ENDS   2

/* Addresses of the ends, 192.0.2.1 and 192.0.2.2, and their prefix. */
#define END_ADDRESS(end) { { { 192, 0, 2, 1 + (end) } } }
#define END_NETMASK      { { { 255, 255, 255, 0 } } }

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
/* Delivers a frame to `end`, as its driver would after an interrupt. */
void wire_inject(int end, const uint8_t *frame, size_t length);

/* Each does its work `count` times. */
void udp4_64_oneway(uint32_t count);
void udp4_64_echo(uint32_t count);
void udp4_rx_1(uint32_t count);
void udp4_rx_1000(uint32_t count);
void tcp4_1460_64k(uint32_t count);
void tcp4_1460_2seg(uint32_t count);
void tcp4_connect_close(uint32_t count);
void tcp4_rx_1(uint32_t count);
void tcp4_rx_1000(uint32_t count);

#endif /* BENCH_H_ */
