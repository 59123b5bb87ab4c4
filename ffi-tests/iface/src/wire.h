// SPDX-License-Identifier: Apache-2.0
/*
 * The interfaces under test, and what their drivers have seen.
 */

#ifndef WIRE_H_
#define WIRE_H_

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/ztest.h>

#define FRAME_MAX 256
#define FRAMES    8

/* What a driver has been asked to do. */
struct wire {
	struct net_if *iface;
	int inits;
	int starts;
	int stops;
	/* Returned by start, stop and send instead of success. */
	int start_result;
	int send_result;
	/* Parameters set and filters asked for. */
	enum ethernet_config_type config_type;
	struct ethernet_config config;
	int configs;
	/* Frames sent. */
	uint8_t frames[FRAMES][FRAME_MAX];
	size_t lengths[FRAMES];
	int sent;
	/* The driver is in its send function; it must not be entered twice. */
	atomic_t busy;
	int overlaps;
};

extern struct wire eth, spare, pipe0, pipe1;

/* Interfaces in the order in which they are defined below. */
#define ETH_IFACE   eth.iface
#define SPARE_IFACE spare.iface
#define PIPE0_IFACE pipe0.iface
#define PIPE1_IFACE pipe1.iface

/* Addresses that tests begin with: eth has 192.0.2.1/24, pipe0 198.51.100.1/24. */
extern const struct in_addr eth_addr, eth_peer, pipe_addr, mask24;
extern const uint8_t eth_mac[6], peer_mac[6];

/* Puts all interfaces back into the state in which tests begin. */
void wire_reset(void *fixture);

/* Hands a frame to an interface as its driver would. Returns what net_recv_data() says. */
int wire_receive(struct net_if *iface, const void *frame, size_t len);

/* The last frame sent. */
const uint8_t *wire_last(const struct wire *wire);

/* Lets the stack's threads work. */
static inline void settle(void)
{
	k_msleep(2);
}

#define ADDR4(a, b, c, d) ((struct in_addr){{{a, b, c, d}}})

#endif /* WIRE_H_ */
