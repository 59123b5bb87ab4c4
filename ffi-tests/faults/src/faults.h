/* SPDX-License-Identifier: Apache-2.0 */

#ifndef FAULTS_H_
#define FAULTS_H_

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

/* An errand says whether all of it was done. What it opened it has closed, either way; where a call failed, errno is
 * as the call left it.
 */
typedef bool (*errand_t)(void);

/* What is free. */
struct state {
	uint32_t rx, tx;
	long rx_data, tx_data;
	size_t sockets, heap;
};

struct state state_now(void);

/* Compares; `n` is for the message. */
void as_it_was(const struct state *before, uint32_t n);

/* What a caller may be told where memory was short, or where what was lost for want of it did not come. */
bool is_clear(int error);

/* Does the errand with each of its allocations failing in turn. */
void at_every_allocation(errand_t errand);

struct sockaddr_in loopback(uint16_t port);

/* Closes what was opened, and leaves errno alone. */
void done_with(int sock);

/* A socket with a receive time-out of a second, or -1. */
int opened(int family, int type, int protocol);

#endif /* FAULTS_H_ */
