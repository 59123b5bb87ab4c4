/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NET_CONTEXT_TEST_COMMON_H_
#define NET_CONTEXT_TEST_COMMON_H_

#include <zephyr/kernel.h>
#include <zephyr/net/net_context.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/ztest.h>

#define LOOPBACK_PORT(_port)                                                                       \
	((struct sockaddr_in){.sin_family = AF_INET,                                               \
			      .sin_port = htons(_port),                                            \
			      .sin_addr = INADDR_LOOPBACK_INIT})

#endif /* NET_CONTEXT_TEST_COMMON_H_ */
