// SPDX-License-Identifier: Apache-2.0
#include "device.h"

#include <string.h>

#include <zephyr/net/dummy.h>
#include <zephyr/net/offloaded_netdev.h>

struct heard heard;
struct conduct conduct;

static int device_get(sa_family_t family, enum net_sock_type type, enum net_ip_protocol proto,
		      struct net_context **context)
{
	heard.get++;
	heard.family = family;
	heard.type = type;
	heard.proto = proto;
	heard.context = *context;
	if (conduct.status >= 0) {
		(*context)->offload_context = &heard;
	}
	return conduct.status;
}

static void hear_address(const struct sockaddr *addr, socklen_t len)
{
	heard.addrlen = len;
	memset(&heard.addr, 0, sizeof(heard.addr));
	memcpy(&heard.addr, addr, MIN((size_t)len, sizeof(heard.addr)));
}

static int device_bind(struct net_context *context, const struct sockaddr *addr, socklen_t len)
{
	heard.bind++;
	heard.context = context;
	hear_address(addr, len);
	return conduct.status;
}

static int device_listen(struct net_context *context, int backlog)
{
	heard.listen++;
	heard.context = context;
	heard.backlog = backlog;
	return conduct.status;
}

static int device_connect(struct net_context *context, const struct sockaddr *addr, socklen_t len,
			  net_context_connect_cb_t cb, int32_t timeout, void *user_data)
{
	heard.connect++;
	heard.context = context;
	heard.connect_cb = cb;
	heard.timeout = timeout;
	heard.connect_timeout = timeout;
	heard.user_data = user_data;
	hear_address(addr, len);
	if (conduct.tells && cb != NULL) {
		cb(context, conduct.status, user_data);
	}
	return conduct.status;
}

static int device_accept(struct net_context *context, net_tcp_accept_cb_t cb, int32_t timeout,
			 void *user_data)
{
	heard.accept++;
	heard.context = context;
	heard.accept_cb = cb;
	heard.timeout = timeout;
	heard.user_data = user_data;
	return conduct.status;
}

static int take(struct net_pkt *pkt, net_context_send_cb_t cb, int32_t timeout, void *user_data)
{
	heard.send_cb = cb;
	heard.timeout = timeout;
	heard.user_data = user_data;
	heard.pkt_context = net_pkt_context(pkt);
	heard.pkt_iface = net_pkt_iface(pkt);
	heard.len = net_pkt_get_len(pkt);
	memset(heard.text, 0, sizeof(heard.text));
	zassert_ok(net_pkt_read(pkt, heard.text, MIN(heard.len, sizeof(heard.text) - 1)));
	if (conduct.status < 0) {
		return conduct.status;
	}
	if (conduct.tells && cb != NULL) {
		cb(heard.pkt_context, (int)heard.len, user_data);
	}
	if (conduct.holds) {
		conduct.held = pkt;
	} else {
		net_pkt_unref(pkt);
	}
	return conduct.status;
}

static int device_send(struct net_pkt *pkt, net_context_send_cb_t cb, int32_t timeout,
		       void *user_data)
{
	heard.send++;
	return take(pkt, cb, timeout, user_data);
}

static int device_sendto(struct net_pkt *pkt, const struct sockaddr *addr, socklen_t len,
			 net_context_send_cb_t cb, int32_t timeout, void *user_data)
{
	heard.sendto++;
	hear_address(addr, len);
	return take(pkt, cb, timeout, user_data);
}

static int device_recv(struct net_context *context, net_context_recv_cb_t cb, int32_t timeout,
		       void *user_data)
{
	heard.recv++;
	heard.context = context;
	heard.recv_cb = cb;
	heard.timeout = timeout;
	heard.user_data = user_data;
	return conduct.status;
}

static int device_put(struct net_context *context)
{
	heard.put++;
	heard.context = context;
	zassert_equal_ptr(context->offload_context, &heard);
	if (conduct.meanwhile != NULL) {
		struct k_work_sync sync;

		(void)k_work_submit(conduct.meanwhile);
		(void)k_work_flush(conduct.meanwhile, &sync);
	}
	if (!conduct.keeps_reference) {
		(void)net_context_unref(context);
	}
	return conduct.status;
}

struct net_offload device_functions = {
	.get = device_get,
	.bind = device_bind,
	.listen = device_listen,
	.connect = device_connect,
	.accept = device_accept,
	.send = device_send,
	.sendto = device_sendto,
	.recv = device_recv,
	.put = device_put,
};

static void device_iface_init(struct net_if *iface)
{
	iface->if_dev->offload = &device_functions;
}

static struct offloaded_if_api device_api = {
	.iface_api.init = device_iface_init,
};

NET_DEVICE_OFFLOAD_INIT(modem, "modem", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,
			&device_api, 1280);

struct net_if *device_iface(void)
{
	return net_if_lookup_by_dev(DEVICE_GET(modem));
}

struct net_if *loopback_iface(void)
{
	return net_if_get_first_by_type(&NET_L2_GET_NAME(DUMMY));
}

void device_reset(void)
{
	static const struct in_addr own = {{{10, 7, 0, 1}}};

	memset(&heard, 0, sizeof(heard));
	memset(&conduct, 0, sizeof(conduct));
	if (net_if_ipv4_addr_lookup(&own, NULL) == NULL) {
		zassert_not_null(net_if_ipv4_addr_add(device_iface(), (struct in_addr *)&own,
						      NET_ADDR_MANUAL, 0));
	}
	net_if_set_default(device_iface());
}

void device_receives(struct net_context *context, net_context_recv_cb_t cb, void *user_data,
		     const char *text, const struct sockaddr_in *from)
{
	struct net_pkt *pkt = net_pkt_rx_alloc_with_buffer(device_iface(), strlen(text), AF_UNSPEC,
							   0, K_NO_WAIT);

	zassert_not_null(pkt);
	zassert_ok(net_pkt_write(pkt, text, strlen(text)));
	net_pkt_cursor_init(pkt);
	net_pkt_set_overwrite(pkt, true);
	net_pkt_set_family(pkt, AF_INET);
	net_pkt_set_context(pkt, context);
	if (from != NULL) {
		net_pkt_set_remote_address(pkt, (struct sockaddr *)from, sizeof(*from));
	}
	cb(context, pkt, NULL, NULL, 0, user_data);
}

struct in_use device_in_use(void)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	return (struct in_use){
		.rx = k_mem_slab_num_used_get(rx),
		.tx = k_mem_slab_num_used_get(tx),
		.rx_data = (int)(rx_data->buf_count - atomic_get(&rx_data->avail_count)),
		.tx_data = (int)(tx_data->buf_count - atomic_get(&tx_data->avail_count)),
	};
}
