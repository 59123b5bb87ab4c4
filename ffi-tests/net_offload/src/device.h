/* SPDX-License-Identifier: Apache-2.0 */
/* A device with its own IP stack, of which the tests play the network. */
#ifndef NET_OFFLOAD_TEST_DEVICE_H_
#define NET_OFFLOAD_TEST_DEVICE_H_

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_offload.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/ztest.h>

#define ADDRESS(_last, _port)                                                                      \
	((struct sockaddr_in){.sin_family = AF_INET,                                               \
			      .sin_port = htons(_port),                                            \
			      .sin_addr = {{{10, 7, 0, (_last)}}}})
#define OWN_ADDRESS(_port)  ADDRESS(1, _port)
#define PEER_ADDRESS(_port) ADDRESS(2, _port)
#define LOOPBACK_PORT(_port)                                                                       \
	((struct sockaddr_in){.sin_family = AF_INET,                                               \
			      .sin_port = htons(_port),                                            \
			      .sin_addr = INADDR_LOOPBACK_INIT})

/* How often each function was called, and what it was given last. */
struct heard {
	int get, bind, listen, connect, accept, send, sendto, recv, put;
	sa_family_t family;
	enum net_sock_type type;
	enum net_ip_protocol proto;
	struct net_context *context;
	struct sockaddr_in addr;
	socklen_t addrlen;
	int backlog;
	int32_t timeout, connect_timeout;
	void *user_data;
	net_context_connect_cb_t connect_cb;
	net_tcp_accept_cb_t accept_cb;
	net_context_recv_cb_t recv_cb;
	net_context_send_cb_t send_cb;
	/* Of the packet. */
	struct net_context *pkt_context;
	struct net_if *pkt_iface;
	size_t len;
	char text[64];
};

/* What the device does when it is called. */
struct conduct {
	/* Answer of every function. */
	int status;
	/* Tells the callbacks of connect and send at once. */
	bool tells;
	/* Leaves the reference of put to the library. */
	bool keeps_reference;
	/* What goes on elsewhere while put takes its time. */
	struct k_work *meanwhile;
	/* Does not give packets back yet: in `held`. */
	bool holds;
	struct net_pkt *held;
};

extern struct heard heard;
extern struct conduct conduct;
extern struct net_offload device_functions;

struct net_if *device_iface(void);
struct net_if *loopback_iface(void);

/* Forgets everything; the device's interface is the default one. */
void device_reset(void);

/* A datagram or a part of a stream comes in; with a sender it says so. */
void device_receives(struct net_context *context, net_context_recv_cb_t cb, void *user_data,
		     const char *text, const struct sockaddr_in *from);

/* Packets and buffers in use. */
struct in_use {
	uint32_t rx, tx;
	int rx_data, tx_data;
};

struct in_use device_in_use(void);

#define ASSERT_ALL_GIVEN_BACK(_before)                                                             \
	do {                                                                                       \
		struct in_use now = device_in_use();                                               \
                                                                                                   \
		zassert_mem_equal(&now, &(_before), sizeof(now));                                  \
	} while (false)

#endif /* NET_OFFLOAD_TEST_DEVICE_H_ */
