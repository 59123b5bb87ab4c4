/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of every kind, in every state. */

#ifndef KINDS_H_
#define KINDS_H_

#include <errno.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/net/socket_net_mgmt.h>
#include <zephyr/posix/fcntl.h>
#include <zephyr/sys/fdtable.h>
#include <zephyr/zvfs/eventfd.h>
#include <zephyr/ztest.h>

/* What there is for one cell of the matrix: the descriptor, and others that it needs. */
struct cell {
	int fd;
	int peer;
	int other;
};

/* A kind of descriptor in a state. */
struct kind {
	const char *name;
	void (*make)(struct cell *cell);
	sa_family_t family;
};

enum {
	STREAM_FRESH,
	STREAM_BOUND,
	STREAM_LISTENING,
	STREAM_OPEN,
	STREAM_SHUT,
	STREAM_ENDED,
	DATAGRAM_FRESH,
	DATAGRAM_BOUND,
	DATAGRAM_CONNECTED,
	DATAGRAM_SHUT,
	RAW_FRESH,
	RAW_BOUND,
	PACKET_FRESH,
	PACKET_BOUND,
	MGMT_FRESH,
	MGMT_BOUND,
	PAIR_OPEN,
	PAIR_SHUT,
	PAIR_ENDED,
	COUNTER,
	CLOSED,
	KINDS,
};

extern const struct kind kinds[KINDS];

/* Room for an address of every family. */
union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_ll ll;
	struct sockaddr_nm nm;
};

/* The address of a family that a cell's calls name: this host, or the interface. */
socklen_t here(sa_family_t family, struct sockaddr *addr, uint16_t port); /* in a union address */

/* Closes all there is of a cell. */
void unmake(struct cell *cell);

#endif /* KINDS_H_ */
