// SPDX-License-Identifier: Apache-2.0
/*
 * Packet handlers that are no contexts: Zephyr's net_conn. The library decides whom a packet is for;
 * here is what an application sees of its handlers.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_ZNET_CONN_HANDLERS)

#include <string.h>

#include <zephyr/net/ethernet.h>
#include <zephyr/net/znet_conn.h>
#include <zephyr/sys/byteorder.h>

#define RANKS                                                                                      \
	(NET_CONN_LOCAL_ADDR_SET | NET_CONN_REMOTE_ADDR_SET | NET_CONN_LOCAL_ADDR_SPEC |           \
	 NET_CONN_REMOTE_ADDR_SPEC | NET_CONN_LOCAL_PORT_SPEC | NET_CONN_REMOTE_PORT_SPEC)

static struct net_conn conns[CONFIG_NET_MAX_CONN];
static K_MUTEX_DEFINE(lock);

static socklen_t length_of(sa_family_t family)
{
	return family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
}

/* Keeps one end: an address of `family`, the unspecified one without `addr`, and a port. */
static void keep(struct sockaddr *end, const struct sockaddr *addr, uint8_t family, uint16_t port)
{
	memset(end, 0, sizeof(*end));
	end->sa_family = family;
	if (addr != NULL) {
		memcpy(end, addr, length_of(addr->sa_family));
	}
	if (end->sa_family == AF_INET || end->sa_family == AF_INET6) {
		net_sin(end)->sin_port = htons(port);
	}
}

/* Slot of a handler; negative for what is none, or is not registered. */
static int slot_of(const struct net_conn_handle *handle)
{
	const uintptr_t offset = (uintptr_t)handle - (uintptr_t)conns;

	if (offset >= sizeof(conns) || offset % sizeof(conns[0]) != 0) {
		return -EINVAL;
	}
	return (conns[offset / sizeof(conns[0])].flags & NET_CONN_IN_USE) != 0
		       ? (int)(offset / sizeof(conns[0]))
		       : -ENOENT;
}

/* A packet that the library found a handler for; what the handler refuses is freed there. */
static enum net_verdict deliver(int slot, struct net_pkt *pkt, void *ip, void *transport)
{
	union net_ip_header ip_hdr = {.ipv4 = ip};
	union net_proto_header proto_hdr = {.udp = transport};
	net_conn_cb_t cb;
	void *user_data;

	k_mutex_lock(&lock, K_FOREVER);
	cb = (conns[slot].flags & NET_CONN_IN_USE) != 0 ? conns[slot].cb : NULL;
	user_data = conns[slot].user_data;
	k_mutex_unlock(&lock);
	return cb == NULL ? NET_DROP : cb(&conns[slot], pkt, &ip_hdr, &proto_hdr, user_data);
}

/* Tells the library what a handler wants, and keeps it. */
static int set(int slot, const struct znet_conn_filter *filter)
{
	struct net_conn *conn = &conns[slot];
	const int rank = znet_conn_set(slot, filter, deliver);

	if (rank < 0) {
		return rank;
	}
	keep(&conn->remote_addr, filter->remote_addr, conn->family, filter->remote_port);
	keep(&conn->local_addr, filter->local_addr, conn->family, filter->local_port);
	conn->flags = (uint8_t)(NET_CONN_IN_USE | (rank & RANKS));
	return 0;
}

static int register_locked(const struct znet_conn_filter *filter, struct net_conn fresh,
			   struct net_conn_handle **handle)
{
	for (int slot = 0; slot < CONFIG_NET_MAX_CONN; slot++) {
		int err;

		if ((conns[slot].flags & NET_CONN_IN_USE) != 0) {
			continue;
		}
		conns[slot] = fresh;
		err = set(slot, filter);
		if (err == 0 && handle != NULL) {
			*handle = (struct net_conn_handle *)&conns[slot];
		}
		return err;
	}
	return -ENOENT;
}

int net_conn_register(uint16_t proto, enum net_sock_type type, uint8_t family,
		      const struct sockaddr *remote_addr, const struct sockaddr *local_addr,
		      uint16_t remote_port, uint16_t local_port, struct net_context *context,
		      net_conn_cb_t cb, void *user_data, struct net_conn_handle **handle)
{
	const struct znet_conn_filter filter = {
		.remote_addr = remote_addr,
		.local_addr = local_addr,
		.remote_port = remote_port,
		.local_port = local_port,
		.proto = proto,
		.type = (uint16_t)type,
		.family = family,
	};
	const struct net_conn fresh = {
		.cb = cb,
		.context = context,
		.user_data = user_data,
		.proto = proto,
		.type = type,
		.family = family,
		.v6only = 1,
	};
	int err;

	if (cb == NULL) {
		return -EINVAL;
	}
	k_mutex_lock(&lock, K_FOREVER);
	err = register_locked(&filter, fresh, handle);
	k_mutex_unlock(&lock);
	return err;
}

int net_conn_unregister(struct net_conn_handle *handle)
{
	int slot;

	k_mutex_lock(&lock, K_FOREVER);
	slot = slot_of(handle);
	if (slot >= 0) {
		znet_conn_clear(slot);
		memset(&conns[slot], 0, sizeof(conns[slot]));
	}
	k_mutex_unlock(&lock);
	return MIN(slot, 0);
}

/* An end as it stays: NULL where it names no address. */
static const struct sockaddr *named(const struct net_conn *conn, const struct sockaddr *end,
				    uint8_t bits)
{
	return (conn->flags & bits) != 0 ? end : NULL;
}

int net_conn_update(struct net_conn_handle *handle, net_conn_cb_t cb, void *user_data,
		    const struct sockaddr *remote_addr, uint16_t remote_port,
		    const struct sockaddr *local_addr, uint16_t local_port)
{
	int slot;

	k_mutex_lock(&lock, K_FOREVER);
	slot = slot_of(handle);
	if (slot >= 0) {
		struct net_conn *conn = &conns[slot];
		const struct sockaddr remote = conn->remote_addr, local = conn->local_addr;
		const struct znet_conn_filter filter = {
			.remote_addr = remote_addr != NULL
					       ? remote_addr
					       : named(conn, &remote,
						       NET_CONN_REMOTE_ADDR_SET |
							       NET_CONN_REMOTE_ADDR_SPEC),
			.local_addr = local_addr != NULL
					      ? local_addr
					      : named(conn, &local,
						      NET_CONN_LOCAL_ADDR_SET |
							      NET_CONN_LOCAL_ADDR_SPEC),
			.remote_port = remote_port,
			.local_port = local_port,
			.proto = conn->proto,
			.type = (uint16_t)conn->type,
			.family = conn->family,
		};
		const int err = set(slot, &filter);

		if (err == 0) {
			conn->cb = cb;
			conn->user_data = user_data;
		}
		slot = err;
	}
	k_mutex_unlock(&lock);
	return MIN(slot, 0);
}

enum net_verdict net_conn_input(struct net_pkt *pkt, union net_ip_header *ip_hdr, uint8_t proto,
				union net_proto_header *proto_hdr)
{
	struct sockaddr remote = {0}, local = {0};
	int slot;

	remote.sa_family = local.sa_family = net_pkt_family(pkt);
	if (IS_ENABLED(CONFIG_NET_IPV6) && net_pkt_family(pkt) == AF_INET6) {
		memcpy(&net_sin6(&remote)->sin6_addr, ip_hdr->ipv6->src, sizeof(struct in6_addr));
		memcpy(&net_sin6(&local)->sin6_addr, ip_hdr->ipv6->dst, sizeof(struct in6_addr));
	} else {
		memcpy(&net_sin(&remote)->sin_addr, ip_hdr->ipv4->src, sizeof(struct in_addr));
		memcpy(&net_sin(&local)->sin_addr, ip_hdr->ipv4->dst, sizeof(struct in_addr));
	}
	/* Ports stand at the same place in both families, and in both protocols. */
	net_sin(&remote)->sin_port = proto_hdr->udp->src_port;
	net_sin(&local)->sin_port = proto_hdr->udp->dst_port;
	slot = znet_conn_find(proto, &remote, &local);
	return slot < 0 ? NET_DROP : deliver(slot, pkt, ip_hdr->ipv4, proto_hdr->udp);
}

/* Gives a copy of a packet to a handler. */
static void show(int slot, struct net_pkt *pkt)
{
	struct net_pkt *const copy = net_pkt_clone(pkt, K_NO_WAIT);

	if (copy != NULL && deliver(slot, copy, NULL, NULL) == NET_DROP) {
		net_pkt_unref(copy);
	}
}

static bool wants_frame(const struct net_conn *conn, uint16_t proto)
{
	return conn->family == AF_PACKET && (conn->proto == ETH_P_ALL || conn->proto == proto);
}

enum net_verdict net_conn_packet_input(struct net_pkt *pkt, uint16_t proto)
{
	for (int slot = 0; net_pkt_family(pkt) == AF_PACKET && slot < CONFIG_NET_MAX_CONN; slot++) {
		if ((conns[slot].flags & NET_CONN_IN_USE) != 0 &&
		    wants_frame(&conns[slot], proto)) {
			show(slot, pkt);
		}
	}
	return NET_CONTINUE;
}

/* Whether an end takes packets with this address. */
static bool takes(const struct sockaddr *end, bool named, bool six, const uint8_t *addr)
{
	const void *own = six ? (const void *)&net_sin6(end)->sin6_addr
			      : (const void *)&net_sin(end)->sin_addr;

	return !named ||
	       memcmp(own, addr, six ? sizeof(struct in6_addr) : sizeof(struct in_addr)) == 0;
}

static bool wants_packet(const struct net_conn *conn, sa_family_t family,
			 const union net_ip_header *ip_hdr, uint8_t proto)
{
	const bool six = family == AF_INET6;
	const uint8_t *src = six ? ip_hdr->ipv6->src : ip_hdr->ipv4->src;
	const uint8_t *dst = six ? ip_hdr->ipv6->dst : ip_hdr->ipv4->dst;

	return conn->type == SOCK_RAW && (conn->family == family || conn->family == AF_UNSPEC) &&
	       (conn->proto == 0 || conn->proto == proto) &&
	       takes(&conn->remote_addr, (conn->flags & NET_CONN_REMOTE_ADDR_SPEC) != 0, six, src) &&
	       takes(&conn->local_addr, (conn->flags & NET_CONN_LOCAL_ADDR_SPEC) != 0, six, dst);
}

enum net_verdict net_conn_raw_ip_input(struct net_pkt *pkt, union net_ip_header *ip_hdr,
				       uint8_t proto)
{
	const sa_family_t family = net_pkt_family(pkt);

	for (int slot = 0; slot < CONFIG_NET_MAX_CONN; slot++) {
		if ((conns[slot].flags & NET_CONN_IN_USE) != 0 &&
		    wants_packet(&conns[slot], family, ip_hdr, proto)) {
			show(slot, pkt);
		}
	}
	return NET_CONTINUE;
}

void net_conn_foreach(net_conn_foreach_cb_t cb, void *user_data)
{
	for (size_t slot = 0; slot < ARRAY_SIZE(conns); slot++) {
		if ((conns[slot].flags & NET_CONN_IN_USE) != 0) {
			cb(&conns[slot], user_data);
		}
	}
}

void net_conn_init(void)
{
	for (size_t slot = 0; slot < ARRAY_SIZE(conns); slot++) {
		(void)net_conn_unregister((struct net_conn_handle *)&conns[slot]);
	}
}

#endif /* CONFIG_ZNET_CONN_HANDLERS */
