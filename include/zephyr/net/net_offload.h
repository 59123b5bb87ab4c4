/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Devices with their own IP stack behind contexts.
 */
#ifndef ZEPHYR_INCLUDE_NET_NET_OFFLOAD_H_
#define ZEPHYR_INCLUDE_NET_NET_OFFLOAD_H_

#include <zephyr/net/net_context.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net_buf.h>
#include <zephyr/sys/__assert.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A time-out in milliseconds: -1 for ever. */
static inline int32_t timeout_to_int32(k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return 0;
	}
	return K_TIMEOUT_EQ(timeout, K_FOREVER) ? -1 : (int32_t)k_ticks_to_ms_floor32(timeout.ticks);
}

/** Functions of such a device; time-outs are in milliseconds. */
struct net_offload {
	/** Takes a context of the device's. */
	int (*get)(sa_family_t family, enum net_sock_type type, enum net_ip_protocol ip_proto,
		  struct net_context **context);
	/** Gives the context its local address. */
	int (*bind)(struct net_context *context, const struct sockaddr *addr,
		  socklen_t addrlen);
	/** Accepts connections from now on. */
	int (*listen)(struct net_context *context, int backlog);
	/** Connects. */
	int (*connect)(struct net_context *context, const struct sockaddr *addr,
		  socklen_t addrlen, net_context_connect_cb_t cb, int32_t timeout,
		  void *user_data);
	/** Has connections given to @p cb. */
	int (*accept)(struct net_context *context, net_tcp_accept_cb_t cb, int32_t timeout,
		  void *user_data);
	/** Sends to whom the context is connected. */
	int (*send)(struct net_pkt *pkt, net_context_send_cb_t cb, int32_t timeout,
		  void *user_data);
	/** Sends to an address. */
	int (*sendto)(struct net_pkt *pkt, const struct sockaddr *dst_addr, socklen_t addrlen,
		  net_context_send_cb_t cb, int32_t timeout, void *user_data);
	/** Has what is received given to @p cb. */
	int (*recv)(struct net_context *context, net_context_recv_cb_t cb, int32_t timeout,
		  void *user_data);
	/** Gives the context back. */
	int (*put)(struct net_context *context);
};

/*
 * Each calls the function of the device behind @p iface, which has it. Without CONFIG_NET_OFFLOAD there is no
 * such device, and nothing is done.
 */

/** Takes a context of the device's. */
static inline int net_offload_get(struct net_if *iface, sa_family_t family,
				enum net_sock_type type, enum net_ip_protocol ip_proto,
				struct net_context **context)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->get != NULL);
	return net_if_offload(iface)->get(family, type, ip_proto, context);
}

/** Gives the context its local address. */
static inline int net_offload_bind(struct net_if *iface, struct net_context *context,
				const struct sockaddr *addr, socklen_t addrlen)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->bind != NULL);
	return net_if_offload(iface)->bind(context, addr, addrlen);
}

/** Accepts connections from now on. */
static inline int net_offload_listen(struct net_if *iface, struct net_context *context,
				int backlog)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->listen != NULL);
	return net_if_offload(iface)->listen(context, backlog);
}

/** Connects. */
static inline int net_offload_connect(struct net_if *iface, struct net_context *context,
				const struct sockaddr *addr, socklen_t addrlen,
				net_context_connect_cb_t cb, k_timeout_t timeout,
				void *user_data)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->connect != NULL);
	return net_if_offload(iface)->connect(context, addr, addrlen, cb,
				timeout_to_int32(timeout), user_data);
}

/** Has connections given to @p cb. */
static inline int net_offload_accept(struct net_if *iface, struct net_context *context,
				net_tcp_accept_cb_t cb, k_timeout_t timeout, void *user_data)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->accept != NULL);
	return net_if_offload(iface)->accept(context, cb, timeout_to_int32(timeout), user_data);
}

/** Sends to whom the context is connected. */
static inline int net_offload_send(struct net_if *iface, struct net_pkt *pkt,
				net_context_send_cb_t cb, k_timeout_t timeout, void *user_data)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->send != NULL);
	return net_if_offload(iface)->send(pkt, cb, timeout_to_int32(timeout), user_data);
}

/** Sends to an address. */
static inline int net_offload_sendto(struct net_if *iface, struct net_pkt *pkt,
				const struct sockaddr *dst_addr, socklen_t addrlen,
				net_context_send_cb_t cb, k_timeout_t timeout, void *user_data)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->sendto != NULL);
	return net_if_offload(iface)->sendto(pkt, dst_addr, addrlen, cb,
				timeout_to_int32(timeout), user_data);
}

/** Has what is received given to @p cb. */
static inline int net_offload_recv(struct net_if *iface, struct net_context *context,
				net_context_recv_cb_t cb, k_timeout_t timeout, void *user_data)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->recv != NULL);
	return net_if_offload(iface)->recv(context, cb, timeout_to_int32(timeout), user_data);
}

/** Gives the context back. */
static inline int net_offload_put(struct net_if *iface, struct net_context *context)
{
	if (!IS_ENABLED(CONFIG_NET_OFFLOAD)) {
		return 0;
	}
	__ASSERT_NO_MSG(net_if_offload(iface) != NULL && net_if_offload(iface)->put != NULL);
	return net_if_offload(iface)->put(context);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_OFFLOAD_H_ */
