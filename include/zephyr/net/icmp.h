// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief ICMP: handlers for messages, and echo requests.
 */

#ifndef ZEPHYR_INCLUDE_NET_ICMP_H
#define ZEPHYR_INCLUDE_NET_ICMP_H

#include <stddef.h>
#include <stdint.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_ICMPV4_ECHO_REQUEST 8   /**< RFC 792 */
#define NET_ICMPV4_ECHO_REPLY   0   /**< RFC 792 */
#define NET_ICMPV6_ECHO_REQUEST 128 /**< RFC 4443, 4.1 */
#define NET_ICMPV6_ECHO_REPLY   129 /**< RFC 4443, 4.2 */

struct net_icmp_ctx;
struct net_icmp_ip_hdr;
struct net_icmp_ping_params;

/**
 * Takes a message.
 *
 * @param pkt the packet; its cursor stands behind the ICMP header. It belongs to the stack and is
 *            gone when the function returns
 * @param ip_hdr its IP header
 * @param icmp_hdr its ICMP header, a copy
 * @param user_data as given to net_icmp_send_echo_request()
 *
 * @return 0, or a negative errno value; -EIO has the stack count the message as dropped
 */
typedef int (*net_icmp_handler_t)(struct net_icmp_ctx *ctx, struct net_pkt *pkt,
				  struct net_icmp_ip_hdr *ip_hdr, struct net_icmp_hdr *icmp_hdr,
				  void *user_data);

/** Sends an echo request from a device with its own IP stack. */
typedef int (*net_icmp_offload_ping_handler_t)(struct net_icmp_ctx *ctx, struct net_if *iface,
					       struct sockaddr *dst,
					       struct net_icmp_ping_params *params,
					       void *user_data);

/** A handler's registration, in the application's memory. */
struct net_icmp_ctx {
	/** The stack's list. */
	sys_snode_t node;
	/** The function. */
	net_icmp_handler_t handler;
	/** The interface the last echo request left by. */
	struct net_if *iface;
	/** Handed to the function. */
	void *user_data;
	/** ICMP type wanted. */
	uint8_t type;
	/** ICMP code wanted. */
	uint8_t code;
};

/** IP header of a message. */
struct net_icmp_ip_hdr {
	union {
		struct net_ipv4_hdr *ipv4; /**< IPv4 */
		struct net_ipv6_hdr *ipv6; /**< IPv6 */
	};
	/** Which of them. */
	sa_family_t family;
};

/** What an echo request contains. */
struct net_icmp_ping_params {
	/** Tells one sender's requests from another's. */
	uint16_t identifier;
	/** Number of the request. */
	uint16_t sequence;
	/** Type of service, or traffic class. */
	uint8_t tc_tos;
	/** Packet priority; negative to take it from tc_tos. */
	int priority;
	/** Payload; NULL has the stack fill in data_size bytes. */
	const void *data;
	/** Its size in bytes. */
	size_t data_size;
};

/**
 * Registers a handler.
 *
 * @return 0, -EINVAL for a NULL argument
 */
int net_icmp_init_ctx(struct net_icmp_ctx *ctx, uint8_t type, uint8_t code,
		      net_icmp_handler_t handler);

/**
 * Ends a registration.
 *
 * @return 0, -EINVAL for NULL, -ENOENT when it is not registered
 */
int net_icmp_cleanup_ctx(struct net_icmp_ctx *ctx);

/**
 * Sends an echo request; waits for a buffer if there is none.
 *
 * @param iface interface to send over, NULL for the one that leads to @p dst
 * @param params contents, NULL for none in particular
 * @param user_data for the handler
 *
 * @return 0; -EINVAL for a NULL argument or an unknown family, -ENOENT when no interface leads
 *         there, -ENETDOWN, -ENOMEM without buffer, -EIO when sending failed
 */
int net_icmp_send_echo_request(struct net_icmp_ctx *ctx, struct net_if *iface,
			       struct sockaddr *dst, struct net_icmp_ping_params *params,
			       void *user_data);

/** Sends an echo request without waiting; otherwise as net_icmp_send_echo_request(). */
int net_icmp_send_echo_request_no_wait(struct net_icmp_ctx *ctx, struct net_if *iface,
				       struct sockaddr *dst, struct net_icmp_ping_params *params,
				       void *user_data);

/** A device with its own IP stack that can send echo requests. */
struct net_icmp_offload {
	/** The stack's list. */
	sys_snode_t node;
	/** Takes replies. */
	net_icmp_handler_t handler;
	/** Sends requests. */
	net_icmp_offload_ping_handler_t ping_handler;
	/** The device's interface. */
	struct net_if *iface;
};

/**
 * Registers such a device.
 *
 * @return 0, -EINVAL for a NULL argument, -EALREADY when the interface has one
 */
int net_icmp_register_offload_ping(struct net_icmp_offload *ctx, struct net_if *iface,
				   net_icmp_offload_ping_handler_t ping_handler);

/**
 * Ends a registration.
 *
 * @return 0, -EINVAL for NULL, -ENOENT when it is not registered
 */
int net_icmp_unregister_offload_ping(struct net_icmp_offload *ctx);

/**
 * The function that takes the device's replies.
 *
 * @return 0, -EINVAL for a NULL argument, -ENOENT when it is not registered
 */
int net_icmp_get_offload_rsp_handler(struct net_icmp_offload *ctx,
				     net_icmp_handler_t *resp_handler);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ICMP_H */
