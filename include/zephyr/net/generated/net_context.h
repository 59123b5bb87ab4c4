// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/net_context.h>.
 * Written by `cargo xtask headers` from src/capi/net_context/mod.rs, src/capi/net_context/option.rs, src/capi/net_context/receive.rs, src/capi/net_context/send.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_NET_CONTEXT_H_
#define ZEPHYR_NET_GENERATED_NET_CONTEXT_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_CONTEXTS)
int (net_context_put)(struct net_context *context);

int (net_context_ref)(struct net_context *context);

int (net_context_unref)(struct net_context *context);

int (net_context_listen)(struct net_context *context, int backlog);

int (net_context_accept)(struct net_context *context,
		       net_tcp_accept_cb_t cb,
		       k_timeout_t timeout,
		       void *user_data);

void (net_context_foreach)(net_context_cb_t cb, void *user_data);

int (net_context_recv)(struct net_context *context,
		     net_context_recv_cb_t cb,
		     k_timeout_t timeout,
		     void *user_data);

int (net_context_update_recv_wnd)(struct net_context *context, int32_t delta);

int (net_context_send)(struct net_context *context,
		     const void *buf,
		     size_t len,
		     net_context_send_cb_t cb,
		     k_timeout_t timeout,
		     void *user_data);

int (net_context_sendmsg)(struct net_context *context,
			const struct msghdr *msg,
			int _flags,
			net_context_send_cb_t cb,
			k_timeout_t timeout,
			void *user_data);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_NET_CONTEXT_H_ */
