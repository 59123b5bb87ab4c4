// SPDX-License-Identifier: Apache-2.0
/*
 * The driver, and who listens to events.
 */

#include "link.h"

#include <string.h>

#define HEARD 64

struct wire wire;
const uint8_t link_mac[6] = {2, 0, 0, 0, 0, 0x11}, router_mac[6] = {2, 0, 0, 0, 0, 1};

static uint64_t heard[HEARD];
static size_t heard_count;
static struct net_mgmt_event_callback on_event;

static void init(struct net_if *iface)
{
	static uint8_t mac[6];

	memcpy(mac, link_mac, sizeof(mac));
	net_if_set_link_addr(iface, mac, sizeof(mac), NET_LINK_ETHERNET);
	net_if_flag_set(iface, NET_IF_NO_AUTO_START);
	ethernet_init(iface);
}

static enum ethernet_hw_caps capabilities(const struct device *dev)
{
	ARG_UNUSED(dev);
	return ETHERNET_HW_FILTERING;
}

static int set_config(const struct device *dev, enum ethernet_config_type type,
		      const struct ethernet_config *config)
{
	ARG_UNUSED(dev);
	if (type != ETHERNET_CONFIG_TYPE_FILTER) {
		return -ENOTSUP;
	}
	wire.filter = config->filter;
	wire.filters++;
	return 0;
}

static int send(const struct device *dev, struct net_pkt *pkt)
{
	size_t at = wire.sent % FRAMES;

	ARG_UNUSED(dev);
	wire.lengths[at] = MIN(net_pkt_get_len(pkt), FRAME_MAX);
	net_pkt_cursor_init(pkt);
	(void)net_pkt_read(pkt, wire.frames[at], wire.lengths[at]);
	wire.sent++;
	return 0;
}

static const struct ethernet_api api = {
	.iface_api.init = init,
	.get_capabilities = capabilities,
	.set_config = set_config,
	.send = send,
};

ETH_NET_DEVICE_INIT(link, "link", NULL, NULL, NULL, NULL, CONFIG_ETH_INIT_PRIORITY, &api,
		    NET_ETH_MTU);

struct net_if *link_iface(void)
{
	return net_if_lookup_by_dev(DEVICE_GET(link));
}

static void note(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(iface);
	if (heard_count < HEARD) {
		heard[heard_count++] = event;
	}
}

void link_fresh(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_down(link_iface());
	k_sleep(K_MSEC(10));
	(void)net_if_up(link_iface());
	k_sleep(K_SECONDS(10));
	memset(&wire, 0, sizeof(wire));
	net_mgmt_del_event_callback(&on_event);
	/* All there are of IPv6. */
	net_mgmt_init_event_callback(&on_event, note,
				     NET_EVENT_IPV6_ADDR_ADD | NET_EVENT_IPV6_ADDR_DEL |
					     NET_EVENT_IPV6_MADDR_ADD | NET_EVENT_IPV6_MADDR_DEL |
					     NET_EVENT_IPV6_MCAST_JOIN |
					     NET_EVENT_IPV6_MCAST_LEAVE |
					     NET_EVENT_IPV6_DAD_SUCCEED |
					     NET_EVENT_IPV6_DAD_FAILED |
					     NET_EVENT_IPV6_ADDR_DEPRECATED |
					     NET_EVENT_IPV6_PREFIX_ADD | NET_EVENT_IPV6_PREFIX_DEL |
					     NET_EVENT_IPV6_ROUTER_ADD | NET_EVENT_IPV6_ROUTER_DEL |
					     NET_EVENT_IPV6_NBR_ADD | NET_EVENT_IPV6_NBR_DEL |
					     NET_EVENT_IPV6_PE_ENABLED |
					     NET_EVENT_IPV6_PE_DISABLED |
					     NET_EVENT_IPV6_PE_FILTER_ADD |
					     NET_EVENT_IPV6_PE_FILTER_DEL);
	heard_count = 0;
	net_mgmt_add_event_callback(&on_event);
}

size_t link_heard(uint64_t event)
{
	size_t count = 0;

	k_sleep(K_MSEC(1));
	for (size_t i = 0; i < heard_count; i++) {
		count += heard[i] == event;
	}
	return count;
}

/* Where the ICMPv6 message begins: behind a hop-by-hop header there may be. */
static const uint8_t *message_of(const uint8_t *frame)
{
	const uint8_t *packet = frame + sizeof(struct net_eth_hdr);

	if (frame[12] != 0x86 || frame[13] != 0xdd) {
		return NULL;
	}
	switch (packet[6]) {
	case IPPROTO_ICMPV6:
		return packet + NET_IPV6H_LEN;
	case NET_IPV6_NEXTHDR_HBHO:
		return packet + NET_IPV6H_LEN + 8;
	default:
		return NULL;
	}
}

size_t link_sent(uint8_t type, const uint8_t **last)
{
	size_t count = 0;

	for (size_t i = 0; i < MIN(wire.sent, FRAMES); i++) {
		const uint8_t *message = message_of(wire.frames[i]);

		if (message != NULL && message[0] == type) {
			count++;
			if (last != NULL) {
				*last = message;
			}
		}
	}
	return count;
}

static uint32_t sum(uint32_t sum, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		sum += (i & 1) ? bytes[i] : (uint32_t)bytes[i] << 8;
	}
	return sum;
}

/* Hands a message of some protocol to the interface; its checksum lies `check_at` bytes into it. */
static void receive(const struct in6_addr *dst, uint8_t protocol, uint8_t *message, size_t len,
		    size_t check_at)
{
	static const uint8_t src[16] = {0xfe, 0x80, [15] = 1};
	uint8_t head[54] = {[12] = 0x86, 0xdd, 0x60};
	struct net_pkt *pkt;
	uint32_t check;

	if (net_ipv6_is_addr_mcast(dst)) {
		head[0] = head[1] = 0x33;
		memcpy(&head[2], &dst->s6_addr[12], 4);
	} else {
		memcpy(&head[0], link_mac, 6);
	}
	memcpy(&head[6], router_mac, 6);
	head[14 + 5] = len;
	head[14 + 6] = protocol;
	head[14 + 7] = 255;
	memcpy(&head[22], src, 16);
	memcpy(&head[38], dst, 16);
	message[check_at] = message[check_at + 1] = 0;
	check = sum(sum(len + protocol, &head[22], 32), message, len);
	check = (check >> 16) + (check & 0xffff);
	check = ~(check + (check >> 16));
	message[check_at] = check >> 8;
	message[check_at + 1] = check;

	pkt = net_pkt_rx_alloc_with_buffer(link_iface(), sizeof(head) + len, AF_UNSPEC, 0,
					   K_NO_WAIT);
	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, head, sizeof(head)));
	zassert_ok(net_pkt_write(pkt, message, len));
	zassert_ok(net_recv_data(link_iface(), pkt));
	k_sleep(K_MSEC(2));
}

void link_receive(const struct in6_addr *dst, uint8_t *message, size_t len)
{
	receive(dst, IPPROTO_ICMPV6, message, len, 2);
}

void link_receive_udp(const struct in6_addr *dst, uint8_t *datagram, size_t len)
{
	receive(dst, IPPROTO_UDP, datagram, len, 6);
}

void link_receive_tcp(const struct in6_addr *dst, uint8_t *segment, size_t len)
{
	receive(dst, IPPROTO_TCP, segment, len, 16);
}

const uint8_t *link_last(uint8_t protocol)
{
	for (size_t i = MIN(wire.sent, FRAMES); i-- > 0;) {
		const uint8_t *packet = wire.frames[i] + sizeof(struct net_eth_hdr);

		if (wire.frames[i][12] == 0x86 && packet[6] == protocol) {
			return packet + NET_IPV6H_LEN;
		}
	}
	return NULL;
}
