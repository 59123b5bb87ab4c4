/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An Ethernet interface whose frames the tests make and count.
 */
#ifndef CABLE_H
#define CABLE_H

#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_pkt.h>

#define CABLE net_if_get_first_by_type(&NET_L2_GET_NAME(ETHERNET))

/** Address of the interface. */
extern const struct in_addr cable_addr;
/** Address of a neighbour that is not there. */
extern const struct in_addr cable_peer;
/** MAC address of the interface. */
extern uint8_t cable_mac[6];
/** Frames that the driver was given. */
extern size_t cable_sent;

/** The thread that gave the driver the last one. */
extern k_tid_t cable_sender;

/** Gives the interface its address. Once is enough. */
void cable_setup(void);

/**
 * Receives a datagram of @p len zeros from @p src_ip to port 4242 of @p dst_ip, in a frame to @p dst,
 * with this priority. Whether the driver was let in.
 */
int cable_receive(const uint8_t dst[6], const struct in_addr *src_ip, const struct in_addr *dst_ip,
		  size_t len, uint8_t priority);

#endif /* CABLE_H */
