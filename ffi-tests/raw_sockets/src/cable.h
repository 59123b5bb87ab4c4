/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RAW_SOCKETS_TEST_CABLE_H_
#define RAW_SOCKETS_TEST_CABLE_H_

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

/* A call that fails with this errno. */
#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		zassert_equal(_call, -1, #_call);                                                  \
		zassert_equal(errno, _errno, #_call ": errno %d", errno);                          \
	} while (false)

/* Two Ethernet devices: what one sends the other receives. */
struct end {
	struct net_if *iface;
	struct end *peer;
	uint8_t mac[6];
};

extern struct end left, right;

/* Takes a frame from nowhere, as if `end` had received it. */
void arrives(struct end *end, const void *frame, size_t len);
/* The time at which the last frame asked to be sent. */
extern struct net_ptp_time last_time;
int index_of(const struct end *end);
/* For suites: all packets are free. */
void before(void *fixture);
void after(void *fixture);

#endif /* RAW_SOCKETS_TEST_CABLE_H_ */
