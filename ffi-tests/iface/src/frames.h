// SPDX-License-Identifier: Apache-2.0
/*
 * Frames for tests to send and to look at.
 */

#ifndef FRAMES_H_
#define FRAMES_H_

#include "wire.h"

#include <zephyr/net/icmp.h>

/* Addresses of a packet. */
struct ends {
	struct in_addr src, dst;
};

/* Writes an IPv4 header with its checksum; returns its length. */
size_t frame_ipv4(uint8_t *at, const struct ends *ends, uint8_t proto, size_t payload);

/* Writes an ICMP message with its checksum; returns its length. */
size_t frame_icmp(uint8_t *at, uint8_t type, uint8_t code, uint32_t rest, const void *data,
		  size_t len);

/* Writes an Ethernet header from the peer to eth; returns its length. */
size_t frame_eth(uint8_t *at, uint16_t type);

/* Has the stack learn the peer's MAC address, as it does from its ARP request. */
void frame_introduce_peer(void);

/* Internet checksum of a block; 0 when the block has a right one in it. */
uint16_t frame_checksum(const void *data, size_t len);

#endif /* FRAMES_H_ */
