// SPDX-License-Identifier: Apache-2.0
/* What the packet tests share. */

#ifndef TEST_COMMON_H_
#define TEST_COMMON_H_

#include <errno.h>
#include <string.h>

#include <zephyr/net/net_pkt.h>
#include <zephyr/ztest.h>

/* The interfaces of pkt_alloc.c: Ethernet and one without link header, with an MTU of 1,500 bytes each. */
struct net_if *ethernet_iface(void);
struct net_if *dummy_iface(void);

/* A received packet with the content of @p text in buffers of @p step bytes. */
struct net_pkt *packet_of(const char *text, size_t step);

/* Fails unless the content of @p pkt is @p text. */
void assert_packet(struct net_pkt *pkt, const char *text);

/* For suites: fails unless all packets and buffers of the stack are free. */
void all_is_free(void *fixture);

#endif /* TEST_COMMON_H_ */
