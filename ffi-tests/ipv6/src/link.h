// SPDX-License-Identifier: Apache-2.0
/*
 * An Ethernet interface whose driver keeps what is sent, and the events it raises.
 */

#ifndef LINK_H_
#define LINK_H_

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/ztest.h>

#define FRAME_MAX 256
#define FRAMES    32

/* What the driver has seen. */
struct wire {
	uint8_t frames[FRAMES][FRAME_MAX];
	size_t lengths[FRAMES];
	size_t sent;
	/* The last filter asked for. */
	struct ethernet_filter filter;
	size_t filters;
};

extern struct wire wire;
extern const uint8_t link_mac[6], router_mac[6];

/* The interface. */
struct net_if *link_iface(void);

/* Brings the interface up from the beginning, lets it find its address, and forgets what it sent. */
void link_fresh(void *fixture);

/* Hands an ICMPv6 message to the interface, from fe80::1; its checksum is filled in. */
void link_receive(const struct in6_addr *dst, uint8_t *message, size_t len);

/* The same for a UDP datagram and a TCP segment. */
void link_receive_udp(const struct in6_addr *dst, uint8_t *datagram, size_t len);
void link_receive_tcp(const struct in6_addr *dst, uint8_t *segment, size_t len);

/* The last message of that protocol that was sent, NULL without one. */
const uint8_t *link_last(uint8_t protocol);

/* How often an event was raised since link_fresh(). */
size_t link_heard(uint64_t event);

/* How many ICMPv6 messages of the type were sent; the last one is stored, from its type on. */
size_t link_sent(uint8_t type, const uint8_t **last);

#endif /* LINK_H_ */
