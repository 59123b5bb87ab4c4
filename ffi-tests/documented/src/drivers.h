/* SPDX-License-Identifier: Apache-2.0 */
/* Drivers of the test's own, and what the events told. */

#ifndef DRIVERS_H_
#define DRIVERS_H_

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/ztest.h>

#define SENT_MAX 1600

/* A device, and what its send function was given. */
struct fake {
	struct net_if *iface;
	uint8_t mac[6];
	int starts, stops;
	int result;
	int sent;
	struct k_sem some;
	uint8_t last[SENT_MAX];
	size_t length;
};

extern struct fake plain, other, ether, sums;

/* Forgets what was sent. */
void fake_reset(struct fake *fake);

/* Has the interface receive bytes. */
int fake_receive(struct fake *fake, const void *data, size_t length);

/* An event as it was told. */
struct told {
	uint64_t event;
	struct net_if *iface;
	size_t length;
	uint8_t info[128];
};

/* Begins to listen, waits for an event, and whether one was told since. */
void events_listen(uint64_t layer);
void events_forget(void);
const struct told *events_find(uint64_t event);
int events_count(uint64_t event);

#define SIX(...) ((struct in6_addr){{{__VA_ARGS__}}})
#define FOUR(a, b, c, d) ((struct in_addr){{{a, b, c, d}}})
#define DOC(last) SIX(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last)

static inline void settle(void)
{
	k_msleep(20);
}

#endif /* DRIVERS_H_ */
