/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Network contexts: end points with callbacks, which sockets do without.
 *
 * Packets go to the callback as they came in, without a copy. Callbacks run on the thread on which
 * the stack noticed what they tell, without any lock: they may call whatever they like.
 */
#ifndef ZEPHYR_INCLUDE_NET_NET_CONTEXT_H_
#define ZEPHYR_INCLUDE_NET_NET_CONTEXT_H_

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_stats.h>
#include <zephyr/sys/atomic.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The context is in use. */
#define NET_CONTEXT_IN_USE BIT(0)

/** What became of a context. */
enum net_context_state {
	NET_CONTEXT_IDLE = 0,        /**< Nothing yet */
	NET_CONTEXT_UNCONNECTED = 0, /**< The same */
	NET_CONTEXT_CONFIGURING = 1, /**< Getting ready */
	NET_CONTEXT_CONNECTING = 1,  /**< An attempt to connect is under way */
	NET_CONTEXT_READY = 2,       /**< Bound */
	NET_CONTEXT_CONNECTED = 2,   /**< Connected */
	NET_CONTEXT_LISTENING = 3,   /**< Accepts connections */
};

/** Where the address family is in the flags. */
#define NET_CONTEXT_FAMILY (BIT(3) | BIT(4) | BIT(5))

/** Where the socket type is in the flags. */
#define NET_CONTEXT_TYPE (BIT(6) | BIT(7))

/** A remote address is set. */
#define NET_CONTEXT_REMOTE_ADDR_SET BIT(8)

/** It accepts connections. */
#define NET_CONTEXT_ACCEPTING_SOCK BIT(9)

/** It is being closed. */
#define NET_CONTEXT_CLOSING_SOCK BIT(10)

/** It is bound to one interface. */
#define NET_CONTEXT_BOUND_TO_IFACE BIT(11)

struct net_context;

/**
 * Takes a received packet.
 *
 * @param pkt the packet, which belongs to the callback: net_pkt_unref() gives it back. Its cursor is
 *            at the payload. NULL when nothing more will come: @p status says why
 * @param ip_hdr IP header of a datagram; NULL for a stream
 * @param proto_hdr transport header of a datagram; NULL for a stream
 * @param status 0, or the negative errno value with which the connection ended
 * @param user_data as given to net_context_recv()
 */
typedef void (*net_context_recv_cb_t)(struct net_context *context, struct net_pkt *pkt,
				      union net_ip_header *ip_hdr,
				      union net_proto_header *proto_hdr, int status,
				      void *user_data);

/** Told when data was handed on: how many bytes, or a negative errno value. */
typedef void (*net_context_send_cb_t)(struct net_context *context, int status, void *user_data);

/**
 * Given a new connection.
 *
 * @param new_context the connection, with one reference, which belongs to the callback
 * @param addr the peer
 * @param user_data as given to net_context_accept()
 */
typedef void (*net_tcp_accept_cb_t)(struct net_context *new_context, struct sockaddr *addr,
				    socklen_t addrlen, int status, void *user_data);

/** Told how an attempt to connect ended: 0, or a negative errno value. */
typedef void (*net_context_connect_cb_t)(struct net_context *context, int status,
					 void *user_data);

/** Where packets to be sent are allocated. */
typedef struct k_mem_slab *(*net_pkt_get_slab_func_t)(void);

/** Where their data is allocated. */
typedef struct net_buf_pool *(*net_pkt_get_pool_func_t)(void);

/**
 * A context, as far as applications see it: the library has more behind it. Made by
 * net_context_get() only.
 */
struct net_context {
	/** Free for whoever puts the context into a k_fifo. */
	void *fifo_reserved;
	/** What was given to the call that was made last. */
	void *user_data;
	/** References. */
	atomic_t refcount;
	/** Takes packets. */
	net_context_recv_cb_t recv_cb;
	/** Told about data sent. */
	net_context_send_cb_t send_cb;
	/** Told about the connection. */
	net_context_connect_cb_t connect_cb;
#if defined(CONFIG_NET_CONTEXT_NET_PKT_POOL)
	/** Slab of the packets it sends. */
	net_pkt_get_slab_func_t tx_slab;
	/** Pool of their buffers. */
	net_pkt_get_pool_func_t data_pool;
#endif
#if defined(CONFIG_NET_OFFLOAD)
	/** The offloading driver's own. */
	void *offload_context;
	/** To whom an offloaded context is connected, with NET_CONTEXT_REMOTE_ADDR_SET. */
	struct sockaddr remote;
#endif
	/** IP protocol. */
	uint16_t proto;
	/** NET_CONTEXT_* */
	uint16_t flags;
	/** Interface by index, with NET_CONTEXT_BOUND_TO_IFACE. */
	int8_t iface;
	union {
		struct {
			uint8_t ipv6_hop_limit;       /**< Hop limit; 0 is the interface's */
			uint8_t ipv6_mcast_hop_limit; /**< The same to groups */
		};
		struct {
			uint8_t ipv4_ttl;       /**< Time to live; 0 is the interface's */
			uint8_t ipv4_mcast_ttl; /**< The same to groups */
		};
	};
};

/** Is the context in use? */
static inline bool net_context_is_used(struct net_context *context)
{
	return (context->flags & NET_CONTEXT_IN_USE) != 0;
}

/** Is it bound to one interface? */
static inline bool net_context_is_bound_to_iface(struct net_context *context)
{
	return (context->flags & NET_CONTEXT_BOUND_TO_IFACE) != 0;
}

/** @cond flags and their readers and writers, one pattern */
static inline void z_net_context_flag(struct net_context *context, uint16_t flag, bool on)
{
	context->flags = on ? (context->flags | flag) : (context->flags & (uint16_t)~flag);
}
/** @endcond */

/** Does it accept connections? */
static inline bool net_context_is_accepting(struct net_context *context)
{
	return (context->flags & NET_CONTEXT_ACCEPTING_SOCK) != 0;
}

/** Says whether it accepts connections. */
static inline void net_context_set_accepting(struct net_context *context, bool accepting)
{
	z_net_context_flag(context, NET_CONTEXT_ACCEPTING_SOCK, accepting);
}

/** Is it being closed? */
static inline bool net_context_is_closing(struct net_context *context)
{
	return (context->flags & NET_CONTEXT_CLOSING_SOCK) != 0;
}

/** Says whether it is being closed. */
static inline void net_context_set_closing(struct net_context *context, bool closing)
{
	z_net_context_flag(context, NET_CONTEXT_CLOSING_SOCK, closing);
}

/** Where the state is in the flags. */
#define NET_CONTEXT_STATE_SHIFT 1
/** How wide it is. */
#define NET_CONTEXT_STATE_MASK  0x03

/** What became of the context. */
static inline enum net_context_state net_context_get_state(struct net_context *context)
{
	return (enum net_context_state)((context->flags >> NET_CONTEXT_STATE_SHIFT) &
					NET_CONTEXT_STATE_MASK);
}

/** Says what became of it. */
static inline void net_context_set_state(struct net_context *context,
					 enum net_context_state state)
{
	uint16_t others = context->flags &
			  (uint16_t)~(NET_CONTEXT_STATE_MASK << NET_CONTEXT_STATE_SHIFT);

	context->flags = others | (uint16_t)((unsigned int)state << NET_CONTEXT_STATE_SHIFT);
}

/** Its address family. */
static inline sa_family_t net_context_get_family(struct net_context *context)
{
	return (sa_family_t)((context->flags & NET_CONTEXT_FAMILY) >> 3);
}

/** Says its address family. */
static inline void net_context_set_family(struct net_context *context, sa_family_t family)
{
	uint16_t bits = (uint16_t)((unsigned int)family << 3);

	context->flags = (context->flags & (uint16_t)~NET_CONTEXT_FAMILY) |
			 (bits & NET_CONTEXT_FAMILY);
}

/** Its type. */
static inline enum net_sock_type net_context_get_type(struct net_context *context)
{
	return (enum net_sock_type)((context->flags & NET_CONTEXT_TYPE) >> 6);
}

/** Says its type. */
static inline void net_context_set_type(struct net_context *context, enum net_sock_type type)
{
	uint16_t bits = (uint16_t)((unsigned int)type << 6);

	context->flags = (context->flags & (uint16_t)~NET_CONTEXT_TYPE) |
			 (bits & NET_CONTEXT_TYPE);
}

/** Does nothing: there are no CAN contexts. */
static inline void net_context_set_can_filter_id(struct net_context *context, int filter_id)
{
	ARG_UNUSED(context);
	ARG_UNUSED(filter_id);
}

/** -1: there are no CAN contexts. */
static inline int net_context_get_can_filter_id(struct net_context *context)
{
	ARG_UNUSED(context);
	return -1;
}

/** Its IP protocol. */
static inline uint16_t net_context_get_proto(struct net_context *context)
{
	return context->proto;
}

/** Says its IP protocol. */
static inline void net_context_set_proto(struct net_context *context, uint16_t proto)
{
	context->proto = proto;
}

/** The interface it is bound to; NULL for none. */
static inline struct net_if *net_context_get_iface(struct net_context *context)
{
	return net_if_get_by_index(context->iface);
}

/** Names its interface. */
static inline void net_context_set_iface(struct net_context *context, struct net_if *iface)
{
	context->iface = (int8_t)net_if_get_by_iface(iface);
}

/** Binds it to one interface: it sends and receives there only. */
static inline void net_context_bind_iface(struct net_context *context, struct net_if *iface)
{
	z_net_context_flag(context, NET_CONTEXT_BOUND_TO_IFACE, true);
	net_context_set_iface(context, iface);
}

/** Time to live of its packets; 0 is the interface's. */
static inline uint8_t net_context_get_ipv4_ttl(struct net_context *context)
{
	return context->ipv4_ttl;
}

/** Sets it. */
static inline void net_context_set_ipv4_ttl(struct net_context *context, uint8_t ttl)
{
	context->ipv4_ttl = ttl;
}

/** Time to live of its packets to groups; 0 is the interface's. */
static inline uint8_t net_context_get_ipv4_mcast_ttl(struct net_context *context)
{
	return context->ipv4_mcast_ttl;
}

/** Sets it. */
static inline void net_context_set_ipv4_mcast_ttl(struct net_context *context, uint8_t ttl)
{
	context->ipv4_mcast_ttl = ttl;
}

/** Hop limit of its packets; 0 is the interface's. */
static inline uint8_t net_context_get_ipv6_hop_limit(struct net_context *context)
{
	return context->ipv6_hop_limit;
}

/** Sets it. */
static inline void net_context_set_ipv6_hop_limit(struct net_context *context, uint8_t hop_limit)
{
	context->ipv6_hop_limit = hop_limit;
}

/** Hop limit of its packets to groups; 0 is the interface's. */
static inline uint8_t net_context_get_ipv6_mcast_hop_limit(struct net_context *context)
{
	return context->ipv6_mcast_hop_limit;
}

/** Sets it. */
static inline void net_context_set_ipv6_mcast_hop_limit(struct net_context *context,
							uint8_t hop_limit)
{
	context->ipv6_mcast_hop_limit = hop_limit;
}

/** Does nothing: there is no proxy. */
static inline void net_context_set_proxy_enabled(struct net_context *context, bool enable)
{
	ARG_UNUSED(context);
	ARG_UNUSED(enable);
}

/** False: there is no proxy. */
static inline bool net_context_is_proxy_enabled(struct net_context *context)
{
	ARG_UNUSED(context);
	return false;
}

/**
 * Takes a context.
 *
 * @param family AF_INET or AF_INET6
 * @param type SOCK_DGRAM or SOCK_STREAM
 * @param ip_proto IPPROTO_UDP or IPPROTO_TCP, to fit
 * @param context where to put it
 *
 * @return 0, -EAFNOSUPPORT, -EPROTOTYPE, -EPROTONOSUPPORT, -ENOENT when there is none left
 */
int net_context_get(sa_family_t family, enum net_sock_type type, uint16_t ip_proto,
		    struct net_context **context);

/**
 * Closes a context and gives up the reference of net_context_get(). No callback begins from then on.
 */
int net_context_put(struct net_context *context);

/** One reference more; returns how many there are. */
int net_context_ref(struct net_context *context);

/** One reference fewer; returns how many there are. With the last the context is closed. */
int net_context_unref(struct net_context *context);

#if defined(CONFIG_NET_IPV4)
/** Writes an IPv4 header of the context's at the cursor; NULL for @p src is the context's address. */
int net_context_create_ipv4_new(struct net_context *context, struct net_pkt *pkt,
				const struct in_addr *src, const struct in_addr *dst);
#else
static inline int net_context_create_ipv4_new(struct net_context *context, struct net_pkt *pkt,
					      const struct in_addr *src,
					      const struct in_addr *dst)
{
	ARG_UNUSED(context);
	ARG_UNUSED(pkt);
	ARG_UNUSED(src);
	ARG_UNUSED(dst);
	return -1;
}
#endif

/** -1: IPv6 headers are the stack's own affair. */
static inline int net_context_create_ipv6_new(struct net_context *context, struct net_pkt *pkt,
					      const struct in6_addr *src,
					      const struct in6_addr *dst)
{
	ARG_UNUSED(context);
	ARG_UNUSED(pkt);
	ARG_UNUSED(src);
	ARG_UNUSED(dst);
	return -1;
}

/** Gives the context its local address and port; port 0 asks for any. */
int net_context_bind(struct net_context *context, const struct sockaddr *addr, socklen_t addrlen);

/** Listens, with room for @p backlog connections that were not accepted yet. */
int net_context_listen(struct net_context *context, int backlog);

/**
 * Connects. A datagram context is connected at once.
 *
 * @param cb called when a stream is connected, or the attempt failed; may be NULL
 * @param timeout how long to wait for that
 * @param user_data for @p cb
 *
 * @return 0, -EINPROGRESS when it was not to wait, -ETIMEDOUT, or what went wrong
 */
int net_context_connect(struct net_context *context, const struct sockaddr *addr,
			socklen_t addrlen, net_context_connect_cb_t cb, k_timeout_t timeout,
			void *user_data);

/**
 * Accepts connections: each is given to @p cb.
 *
 * @param timeout how long to wait for one; K_NO_WAIT does not, and is the way to go
 * @param user_data for @p cb
 */
int net_context_accept(struct net_context *context, net_tcp_accept_cb_t cb, k_timeout_t timeout,
		       void *user_data);

/**
 * Sends to whom the context is connected.
 *
 * @param cb called when the data was handed on; may be NULL
 * @param timeout how long to wait for a free buffer or for room in the stream
 * @param user_data for @p cb
 *
 * @return how many bytes, or a negative errno value
 */
int net_context_send(struct net_context *context, const void *buf, size_t len,
		     net_context_send_cb_t cb, k_timeout_t timeout, void *user_data);

/** net_context_send() to another address. */
int net_context_sendto(struct net_context *context, const void *buf, size_t len,
		       const struct sockaddr *dst_addr, socklen_t addrlen,
		       net_context_send_cb_t cb, k_timeout_t timeout, void *user_data);

/** net_context_send() of several pieces, 16 at most, to the address in @p msghdr if there is one. */
int net_context_sendmsg(struct net_context *context, const struct msghdr *msghdr, int flags,
			net_context_send_cb_t cb, k_timeout_t timeout, void *user_data);

/**
 * Has what is received given to @p cb, from now on; NULL ends that.
 *
 * @param timeout how long to wait for the first packet; K_NO_WAIT does not. Means nothing without
 *                CONFIG_NET_CONTEXT_SYNC_RECV
 * @param user_data for @p cb
 *
 * @return 0, -ETIMEDOUT when none came, or what went wrong
 */
int net_context_recv(struct net_context *context, net_context_recv_cb_t cb, k_timeout_t timeout,
		     void *user_data);

/**
 * Moves the receive window of a stream: a negative @p delta for bytes that the callback keeps, a
 * positive one when it is done with them.
 *
 * @return 0, -EPROTOTYPE for datagrams, -EINVAL for more than was kept
 */
int net_context_update_recv_wnd(struct net_context *context, int32_t delta);

/** Options of a context. */
enum net_context_option {
	NET_OPT_PRIORITY = 1,           /**< Packet priority, uint8_t */
	NET_OPT_TXTIME = 2,             /**< As SO_TXTIME, bool */
	NET_OPT_SOCKS5 = 3,             /**< Not supported */
	NET_OPT_RCVTIMEO = 4,           /**< Receive time-out, k_timeout_t */
	NET_OPT_SNDTIMEO = 5,           /**< Send time-out, k_timeout_t */
	NET_OPT_RCVBUF = 6,             /**< Receive buffer in bytes, int */
	NET_OPT_SNDBUF = 7,             /**< Send buffer in bytes, int */
	NET_OPT_DSCP_ECN = 8,           /**< Type of service, int */
	NET_OPT_REUSEADDR = 9,          /**< As SO_REUSEADDR, int */
	NET_OPT_REUSEPORT = 10,         /**< As SO_REUSEPORT, int */
	NET_OPT_IPV6_V6ONLY = 11,       /**< As IPV6_V6ONLY, int */
	NET_OPT_RECV_PKTINFO = 12,      /**< As IP_PKTINFO, int */
	NET_OPT_MCAST_TTL = 13,         /**< As IP_MULTICAST_TTL, int */
	NET_OPT_MCAST_HOP_LIMIT = 14,   /**< As IPV6_MULTICAST_HOPS, int */
	NET_OPT_UNICAST_HOP_LIMIT = 15, /**< As IPV6_UNICAST_HOPS, int */
	NET_OPT_TTL = 16,               /**< As IP_TTL, int */
	NET_OPT_ADDR_PREFERENCES = 17,  /**< As IPV6_ADDR_PREFERENCES, uint16_t or int */
	NET_OPT_TIMESTAMPING = 18,      /**< As SO_TIMESTAMPING, uint8_t */
	NET_OPT_MCAST_IFINDEX = 19,     /**< Interface of packets to groups by index, int */
	NET_OPT_MTU = 20,               /**< Largest packet to the peer (read only), int */
	NET_OPT_LOCAL_PORT_RANGE = 21,  /**< As IP_LOCAL_PORT_RANGE, uint32_t */
};

/** Sets an option; -ENOTSUP for one that is not supported, -EINVAL for a value out of range. */
int net_context_set_option(struct net_context *context, enum net_context_option option,
			   const void *value, size_t len);

/** Reads an option; @p len says how much room there is, and then how much was written. */
int net_context_get_option(struct net_context *context, enum net_context_option option,
			   void *value, size_t *len);

/** Looks at a context. */
typedef void (*net_context_cb_t)(struct net_context *context, void *user_data);

/** Shows each context in use to @p cb. */
void net_context_foreach(net_context_cb_t cb, void *user_data);

/**
 * Has the context send packets of the application's own memory: datagrams with CONFIG_NET_CONTEXT_NET_PKT_POOL, and
 * what offloaded contexts send. Without it nothing happens.
 *
 * @param tx_slab names the slab of packets (NET_PKT_TX_SLAB_DEFINE()); NULL for the stack's
 * @param data_pool names the pool of their buffers (NET_PKT_DATA_POOL_DEFINE()); NULL for the stack's
 */
static inline void net_context_setup_pools(struct net_context *context,
					   net_pkt_get_slab_func_t tx_slab,
					   net_pkt_get_pool_func_t data_pool)
{
#if defined(CONFIG_NET_CONTEXT_NET_PKT_POOL)
	context->tx_slab = tx_slab;
	context->data_pool = data_pool;
#else
	ARG_UNUSED(context);
	ARG_UNUSED(tx_slab);
	ARG_UNUSED(data_pool);
#endif
}

/** Is this port taken at this address? */
bool net_context_port_in_use(enum net_ip_protocol ip_proto, uint16_t local_port,
			     const struct sockaddr *local_addr);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_CONTEXT_H_ */
