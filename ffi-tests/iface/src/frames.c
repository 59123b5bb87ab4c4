// SPDX-License-Identifier: Apache-2.0

#include "frames.h"

uint16_t frame_checksum(const void *data, size_t len)
{
	const uint8_t *bytes = data;
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i++) {
		sum += i % 2 == 0 ? (uint32_t)bytes[i] << 8 : bytes[i];
	}
	while (sum >> 16 != 0) {
		sum = (sum & 0xffff) + (sum >> 16);
	}

	return (uint16_t)~sum;
}

size_t frame_ipv4(uint8_t *at, const struct ends *ends, uint8_t proto, size_t payload)
{
	struct net_ipv4_hdr header = {
		.vhl = 0x45,
		.len = htons((uint16_t)(sizeof(header) + payload)),
		.ttl = 64,
		.proto = proto,
	};

	memcpy(header.src, ends->src.s4_addr, sizeof(header.src));
	memcpy(header.dst, ends->dst.s4_addr, sizeof(header.dst));
	header.chksum = htons(frame_checksum(&header, sizeof(header)));
	memcpy(at, &header, sizeof(header));

	return sizeof(header);
}

size_t frame_icmp(uint8_t *at, uint8_t type, uint8_t code, uint32_t rest, const void *data,
		  size_t len)
{
	at[0] = type;
	at[1] = code;
	sys_put_be16(0, &at[2]);
	sys_put_be32(rest, &at[4]);
	memcpy(&at[8], data, len);
	sys_put_be16(frame_checksum(at, 8 + len), &at[2]);

	return 8 + len;
}

size_t frame_eth(uint8_t *at, uint16_t type)
{
	struct net_eth_hdr header = {.type = htons(type)};

	memcpy(header.dst.addr, eth_mac, sizeof(eth_mac));
	memcpy(header.src.addr, peer_mac, sizeof(peer_mac));
	memcpy(at, &header, sizeof(header));

	return sizeof(header);
}

void frame_introduce_peer(void)
{
	uint8_t frame[42] = {0};
	static const uint8_t head[] = {0, 1, 8, 0, 6, 4, 0, 1};

	frame_eth(frame, NET_ETH_PTYPE_ARP);
	memcpy(&frame[14], head, sizeof(head));
	memcpy(&frame[22], peer_mac, 6);
	memcpy(&frame[28], eth_peer.s4_addr, 4);
	memcpy(&frame[38], eth_addr.s4_addr, 4);
	zassert_ok(wire_receive(ETH_IFACE, frame, sizeof(frame)));
	settle();
	zassert_equal(eth.sent, 1, "the answer");
	eth.sent = 0;
}
