// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief What every networking header needs: verdicts, logging, entry points of the stack.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_CORE_H_
#define ZEPHYR_INCLUDE_NET_NET_CORE_H_

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/net_linkaddr.h>
#include <zephyr/net/net_timeout.h>
#include <zephyr/sys/__assert.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Log messages of networking code. A debug message begins with the thread that writes it. */
#if defined(CONFIG_THREAD_NAME)
#define NET_DBG(fmt, ...)                                                                          \
	LOG_DBG("(%s): " fmt, k_thread_name_get(k_current_get()), ##__VA_ARGS__)
#else
#define NET_DBG(fmt, ...) LOG_DBG("(%p): " fmt, (void *)k_current_get(), ##__VA_ARGS__)
#endif
#define NET_INFO(fmt, ...) LOG_INF(fmt, ##__VA_ARGS__)
#define NET_WARN(fmt, ...) LOG_WRN(fmt, ##__VA_ARGS__)
#define NET_ERR(fmt, ...)  LOG_ERR(fmt, ##__VA_ARGS__)

#define NET_HEXDUMP_DBG(_data, _length, _str)  LOG_HEXDUMP_DBG(_data, _length, _str)
#define NET_HEXDUMP_INFO(_data, _length, _str) LOG_HEXDUMP_INF(_data, _length, _str)
#define NET_HEXDUMP_WARN(_data, _length, _str) LOG_HEXDUMP_WRN(_data, _length, _str)
#define NET_HEXDUMP_ERR(_data, _length, _str)  LOG_HEXDUMP_ERR(_data, _length, _str)

#define NET_ASSERT(cond, ...) __ASSERT(cond, "" __VA_ARGS__)

/* How many points of a packet's way are timed, when they are. */
#if !defined(NET_PKT_DETAIL_STATS_COUNT) &&                                                        \
	(defined(CONFIG_NET_PKT_TXTIME_STATS_DETAIL) || defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL))
#if defined(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)
#define NET_PKT_DETAIL_STATS_COUNT 4
#else
#define NET_PKT_DETAIL_STATS_COUNT 3
#endif
#endif

struct net_buf;
struct net_context;
struct net_if;
struct net_l2;
struct net_pkt;

/** What a handler has done with a packet. */
enum net_verdict {
	/** Taken it: the packet belongs to the handler now. */
	NET_OK,
	/** Nothing: the next handler is to be asked. */
	NET_CONTINUE,
	/** Refused it: the caller is to drop the packet. */
	NET_DROP,
};

/**
 * Hands a received packet to the stack. Called by drivers, from interrupt handlers too.
 *
 * @return 0: the stack owns the packet now; -EINVAL for a NULL argument, -ENODATA for an empty
 *         packet, -ENETDOWN when the interface is down: the caller keeps it
 */
int net_recv_data(struct net_if *iface, struct net_pkt *pkt);

/**
 * Sends a packet over the interface it names.
 *
 * @return 0: the stack owns the packet now; a negative errno value: the caller keeps it
 */
int net_send_data(struct net_pkt *pkt);

/* Traffic classes: threads that share the work of sending and of receiving. */
#if defined(CONFIG_NET_TC_TX_COUNT) && defined(CONFIG_NET_TC_RX_COUNT)
#define NET_TC_TX_COUNT CONFIG_NET_TC_TX_COUNT
#define NET_TC_RX_COUNT CONFIG_NET_TC_RX_COUNT
#else
#define NET_TC_TX_COUNT 0
#define NET_TC_RX_COUNT 0
#endif

#if NET_TC_TX_COUNT > NET_TC_RX_COUNT
#define NET_TC_COUNT NET_TC_TX_COUNT
#else
#define NET_TC_COUNT NET_TC_RX_COUNT
#endif

/** A handler of a network-layer protocol, by the type number its link layer carries. */
struct net_l3_register {
	/** Name, for listings. */
	const char *const name;
	/** The link layer. */
	const struct net_l2 *const l2;
	/** Takes a packet whose link header has been removed. */
	enum net_verdict (*handler)(struct net_if *iface, uint16_t ptype, struct net_pkt *pkt);
	/** Type number, an EtherType on Ethernet. */
	uint16_t ptype;
};

#define NET_L3_GET_NAME(l3_name, ptype) __net_l3_register_##l3_name##_##ptype

/** Registers a network-layer protocol with a link layer at build time. */
#define NET_L3_REGISTER(_l2_type, _name, _ptype, _handler)                                         \
	static const STRUCT_SECTION_ITERABLE(net_l3_register, NET_L3_GET_NAME(_name, _ptype)) = {  \
		.name = STRINGIFY(_name),                                                          \
		.l2 = _l2_type,                                                                    \
		.handler = _handler,                                                               \
		.ptype = _ptype,                                                                   \
	}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_CORE_H_ */
