// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Packet handlers that are no contexts.
 *
 * What <connection.h> of subsys/net/ip holds in Zephyr: that header includes this one. A handler names as much of a packet's
 * way as it likes. Of those that fit, sockets and contexts among them, the one that names most gets a packet to one host: the
 * remote port counts most, then the local port, the remote address, the local address. To a group each that fits gets one.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_CONN_H_
#define ZEPHYR_INCLUDE_NET_ZNET_CONN_H_

#include <errno.h>
#include <stdbool.h>

#include <zephyr/net/net_context.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/slist.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_conn;

/** A handler, for who registered it. */
struct net_conn_handle;

/**
 * Given a packet.
 *
 * @param conn the handler
 * @param pkt the packet: the cursor is behind the transport header; a frame or an IP packet begins at the cursor
 * @param ip_hdr its IP header, or NULL members for a frame or an IP packet
 * @param proto_hdr its transport header, likewise
 * @param user_data as registered
 *
 * @return NET_OK or NET_CONTINUE when the packet was taken over, NET_DROP when it is to be freed
 */
typedef enum net_verdict (*net_conn_cb_t)(struct net_conn *conn, struct net_pkt *pkt,
					  union net_ip_header *ip_hdr,
					  union net_proto_header *proto_hdr, void *user_data);

/** @name Bits of a handler's flags: it is registered, and what of a packet's way it names
 * @{
 */
#define NET_CONN_IN_USE             BIT(0)
#define NET_CONN_LOCAL_ADDR_SET     BIT(1)
#define NET_CONN_REMOTE_ADDR_SET    BIT(2)
#define NET_CONN_LOCAL_ADDR_SPEC    BIT(3)
#define NET_CONN_REMOTE_ADDR_SPEC   BIT(4)
#define NET_CONN_LOCAL_PORT_SPEC    BIT(5)
#define NET_CONN_REMOTE_PORT_SPEC   BIT(6)
/** @} */

/** A handler. */
struct net_conn {
	sys_snode_t node;            /**< Place in a list */
	struct sockaddr remote_addr; /**< Where packets come from, port included */
	struct sockaddr local_addr;  /**< Where they go, port included */
	net_conn_cb_t cb;            /**< Is given them */
	struct net_context *context; /**< What it belongs to, or NULL */
	void *user_data;             /**< For the callback */
	uint16_t proto;              /**< Protocol, as IPPROTO_UDP, or EtherType */
	enum net_sock_type type;     /**< SOCK_RAW for packets as they are */
	uint8_t family;              /**< AF_INET, AF_INET6, AF_UNSPEC for both, AF_PACKET */
	uint8_t flags;               /**< NET_CONN_* */
	uint8_t v6only: 1;           /**< IPv4 does not count as mapped IPv6: always so */
};

/** Is shown each handler. */
typedef void (*net_conn_foreach_cb_t)(struct net_conn *conn, void *user_data);

#if defined(CONFIG_ZNET_CONN_HANDLERS)
/**
 * Has a callback given packets.
 *
 * @param proto protocol, as IPPROTO_UDP; 0 for any; an EtherType with AF_PACKET
 * @param type SOCK_RAW for copies of IP packets, or of frames with their header; SOCK_DGRAM with AF_PACKET for frames without
 * @param family AF_INET, AF_INET6, AF_UNSPEC or AF_PACKET
 * @param remote_addr address they come from; NULL or the unspecified one for any; its port means nothing
 * @param local_addr address they go to, likewise
 * @param remote_port port they come from, in host byte order; 0 for any
 * @param local_port port they go to, likewise
 * @param context what it belongs to, or NULL
 * @param cb the callback
 * @param user_data for the callback
 * @param handle where to put what net_conn_unregister() wants, or NULL
 *
 * @return 0, -EADDRINUSE when there is a handler for the same, -ENOENT when there are CONFIG_NET_MAX_CONN, -EINVAL for an
 *         address of another family or no callback, -EAFNOSUPPORT, -EPROTONOSUPPORT
 */
int net_conn_register(uint16_t proto, enum net_sock_type type, uint8_t family,
		      const struct sockaddr *remote_addr, const struct sockaddr *local_addr,
		      uint16_t remote_port, uint16_t local_port, struct net_context *context,
		      net_conn_cb_t cb, void *user_data, struct net_conn_handle **handle);

/** Takes a handler away. @return 0, -EINVAL for what is none, -ENOENT for one that is not registered */
int net_conn_unregister(struct net_conn_handle *handle);

/**
 * Changes the callback and both ends of a handler; an address that is NULL stays.
 *
 * @return 0, -EINVAL, -ENOENT, -EADDRINUSE
 */
int net_conn_update(struct net_conn_handle *handle, net_conn_cb_t cb, void *user_data,
		    const struct sockaddr *remote_addr, uint16_t remote_port,
		    const struct sockaddr *local_addr, uint16_t local_port);

/**
 * Gives a packet to the handler that it fits best, at once.
 *
 * @return what the handler said, NET_DROP when there is none: the packet is the caller's then
 */
enum net_verdict net_conn_input(struct net_pkt *pkt, union net_ip_header *ip_hdr, uint8_t proto,
				union net_proto_header *proto_hdr);

/**
 * Gives a copy of a frame, a packet of AF_PACKET, to each handler of AF_PACKET that it fits, at once.
 *
 * @param pkt the packet, the cursor at the frame's begin
 * @param proto its EtherType
 *
 * @return NET_CONTINUE: the packet is the caller's
 */
enum net_verdict net_conn_packet_input(struct net_pkt *pkt, uint16_t proto);

/**
 * Gives a copy of an IP packet to each SOCK_RAW handler of IP that it fits, at once.
 *
 * @param pkt the packet
 * @param ip_hdr its IP header
 * @param proto the protocol it carries
 *
 * @return NET_CONTINUE: the packet is the caller's
 */
enum net_verdict net_conn_raw_ip_input(struct net_pkt *pkt, union net_ip_header *ip_hdr,
				       uint8_t proto);

/** Shows all handlers to a callback. */
void net_conn_foreach(net_conn_foreach_cb_t cb, void *user_data);

/** Forgets all handlers. */
void net_conn_init(void);

/** @cond between the application's part of the image and the library */
struct znet_conn_filter {
	const struct sockaddr *remote_addr;
	const struct sockaddr *local_addr;
	uint16_t remote_port;
	uint16_t local_port;
	uint16_t proto;
	uint16_t type;
	uint16_t family;
};

typedef enum net_verdict (*znet_conn_deliver_t)(int slot, struct net_pkt *pkt, void *ip,
						void *transport);

int znet_conn_set(int slot, const struct znet_conn_filter *filter, znet_conn_deliver_t function);
void znet_conn_clear(int slot);
int znet_conn_find(uint8_t proto, const void *remote, const void *local);

enum net_verdict znet_ip_input(struct net_pkt *pkt);
int znet_icmp_error(struct net_pkt *pkt, uint8_t kind, uint8_t code, uint32_t value);
#if defined(CONFIG_NET_ARP)
enum net_verdict znet_arp_input(struct net_pkt *pkt);
int znet_arp_neighbour(size_t which, uint8_t *ip, uint8_t *mac);
void znet_arp_forget(struct net_if *iface);
#endif
/** @endcond */
#else
static inline int net_conn_register(uint16_t proto, enum net_sock_type type, uint8_t family,
				    const struct sockaddr *remote_addr,
				    const struct sockaddr *local_addr, uint16_t remote_port,
				    uint16_t local_port, struct net_context *context,
				    net_conn_cb_t cb, void *user_data,
				    struct net_conn_handle **handle)
{
	ARG_UNUSED(proto);
	ARG_UNUSED(type);
	ARG_UNUSED(family);
	ARG_UNUSED(remote_addr);
	ARG_UNUSED(local_addr);
	ARG_UNUSED(remote_port);
	ARG_UNUSED(local_port);
	ARG_UNUSED(context);
	ARG_UNUSED(cb);
	ARG_UNUSED(user_data);
	ARG_UNUSED(handle);
	return -ENOTSUP;
}

static inline int net_conn_unregister(struct net_conn_handle *handle)
{
	ARG_UNUSED(handle);
	return -ENOTSUP;
}

static inline int net_conn_update(struct net_conn_handle *handle, net_conn_cb_t cb, void *user_data,
				  const struct sockaddr *remote_addr, uint16_t remote_port,
				  const struct sockaddr *local_addr, uint16_t local_port)
{
	ARG_UNUSED(handle);
	ARG_UNUSED(cb);
	ARG_UNUSED(user_data);
	ARG_UNUSED(remote_addr);
	ARG_UNUSED(remote_port);
	ARG_UNUSED(local_addr);
	ARG_UNUSED(local_port);
	return -ENOTSUP;
}

static inline enum net_verdict net_conn_input(struct net_pkt *pkt, union net_ip_header *ip_hdr,
					      uint8_t proto, union net_proto_header *proto_hdr)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(ip_hdr);
	ARG_UNUSED(proto);
	ARG_UNUSED(proto_hdr);
	return NET_DROP;
}

static inline enum net_verdict net_conn_packet_input(struct net_pkt *pkt, uint16_t proto)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(proto);
	return NET_CONTINUE;
}

static inline enum net_verdict net_conn_raw_ip_input(struct net_pkt *pkt, union net_ip_header *ip_hdr,
						     uint8_t proto)
{
	ARG_UNUSED(pkt);
	ARG_UNUSED(ip_hdr);
	ARG_UNUSED(proto);
	return NET_CONTINUE;
}

static inline void net_conn_foreach(net_conn_foreach_cb_t cb, void *user_data)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(user_data);
}

static inline void net_conn_init(void)
{
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ZNET_CONN_H_ */
