/* SPDX-License-Identifier: Apache-2.0 */
/* An interface of the test's own, and packets made by hand. */

#ifndef BY_HAND_H_
#define BY_HAND_H_

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

#include "icmpv4.h"
#include "icmpv6.h"
#include "ipv4.h"
#include "ipv6.h"
#include "net_private.h"
#include "udp_internal.h"

#define PORT 4242

static const struct in_addr here4 = {{{192, 0, 2, 1}}};
static const struct in_addr there4 = {{{192, 0, 2, 2}}};
static const struct in6_addr here6 = {
	{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};
static const struct in6_addr there6 = {
	{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}}};

extern struct net_if *iface;

/* A suite's setup and before. */
void *by_hand_setup(void);
void by_hand_before(void *fixture);

/* A packet from there to here, to PORT or as an echo request, the cursor at its begin. */
struct net_pkt *make(sa_family_t family, uint8_t proto, const void *message, size_t length);

#endif /* BY_HAND_H_ */
