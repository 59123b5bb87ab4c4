// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Requests to the stack, and the shape of their numbers and of event numbers.
 *
 * A number has 64 bits, highest first: event (1), concerns an interface (1), layer (2),
 * delivered at once (1), layer code (7), command (52). The command of an event is one bit, so
 * that a mask can name several events of one layer code; the command of a request is a count.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_MGMT_H_
#define ZEPHYR_INCLUDE_NET_NET_MGMT_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/net/net_core.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_if;

#define NET_MGMT_EVENT_BIT      BIT64(63) /**< An event */
#define NET_MGMT_IFACE_BIT      BIT64(62) /**< Concerns an interface */
#define NET_MGMT_SYNC_EVENT_BIT BIT64(59) /**< Delivered before the notifier goes on */

#define NET_MGMT_EVENT_MASK      NET_MGMT_EVENT_BIT
#define NET_MGMT_ON_IFACE_MASK   NET_MGMT_IFACE_BIT
#define NET_MGMT_LAYER_MASK      (BIT64_MASK(2) << 60)
#define NET_MGMT_SYNC_EVENT_MASK NET_MGMT_SYNC_EVENT_BIT
#define NET_MGMT_LAYER_CODE_MASK (BIT64_MASK(7) << 52)
#define NET_MGMT_COMMAND_MASK    BIT64_MASK(52)

#define NET_MGMT_LAYER(_layer)     ((uint64_t)(_layer) << 60)
#define NET_MGMT_LAYER_CODE(_code) ((uint64_t)(_code) << 52)

#define NET_MGMT_EVENT(mgmt_request)             ((mgmt_request) & NET_MGMT_EVENT_MASK)
#define NET_MGMT_ON_IFACE(mgmt_request)          ((mgmt_request) & NET_MGMT_ON_IFACE_MASK)
#define NET_MGMT_EVENT_SYNCHRONOUS(mgmt_request) ((mgmt_request) & NET_MGMT_SYNC_EVENT_MASK)
#define NET_MGMT_GET_LAYER(mgmt_request)         (((mgmt_request) & NET_MGMT_LAYER_MASK) >> 60)
#define NET_MGMT_GET_LAYER_CODE(mgmt_request)                                                      \
	(((mgmt_request) & NET_MGMT_LAYER_CODE_MASK) >> 52)
#define NET_MGMT_GET_COMMAND(mgmt_request) ((mgmt_request) & NET_MGMT_COMMAND_MASK)

/** Events one layer code can have. */
#define NET_MGMT_MAX_COMMANDS 52

/** Enumerator of an event: the bit that the enumerator of the same name and _VAL counts. */
#define NET_MGMT_CMD(_cmd) _cmd = BIT64(_cmd##_VAL)

#define NET_MGMT_LAYER_L2 1 /**< Link layer */
#define NET_MGMT_LAYER_L3 2 /**< Network layer */
#define NET_MGMT_LAYER_L4 3 /**< Transport and above */

/** Who within a layer. */
enum net_mgmt_layer_code {
	NET_MGMT_LAYER_CODE_IFACE = 0x01,      /**< Interfaces */
	NET_MGMT_LAYER_CODE_CONN = 0x02,       /**< Connection manager */
	NET_MGMT_LAYER_CODE_IPV4 = 0x03,       /**< IPv4 */
	NET_MGMT_LAYER_CODE_IPV6 = 0x04,       /**< IPv6 */
	NET_MGMT_LAYER_CODE_L4 = 0x05,         /**< Transport and above */
	NET_MGMT_LAYER_CODE_ETHERNET = 0x06,   /**< Ethernet */
	NET_MGMT_LAYER_CODE_WIFI = 0x07,       /**< Wi-Fi */
	NET_MGMT_LAYER_CODE_PPP = 0x08,        /**< PPP */
	NET_MGMT_LAYER_CODE_IEEE802154 = 0x09, /**< IEEE 802.15.4 */
	NET_MGMT_LAYER_CODE_VIRTUAL = 0x0a,    /**< Virtual interfaces */
	NET_MGMT_LAYER_CODE_STATS = 0x0b,      /**< Statistics */
	NET_MGMT_LAYER_CODE_COAP = 0x0c,       /**< CoAP */

	NET_MGMT_LAYER_CODE_USER4 = 0x7c, /**< The application's */
	NET_MGMT_LAYER_CODE_USER3 = 0x7d, /**< The application's */
	NET_MGMT_LAYER_CODE_USER2 = 0x7e, /**< The application's */
	NET_MGMT_LAYER_CODE_USER1 = 0x7f, /**< The application's */
};

/** Answers a request: 0 or a negative errno value. */
typedef int (*net_mgmt_request_handler_t)(uint64_t mgmt_request, struct net_if *iface, void *data,
					  size_t len);

/** Makes a request. The request's name selects the function that answers it. */
#define net_mgmt(_mgmt_request, _iface, _data, _len)                                               \
	net_mgmt_##_mgmt_request(_mgmt_request, _iface, _data, _len)

/** Declares the function that answers a request. */
#define NET_MGMT_DEFINE_REQUEST_HANDLER(_mgmt_request)                                             \
	extern int net_mgmt_##_mgmt_request(uint64_t mgmt_request, struct net_if *iface,           \
					    void *data, size_t len)

/** Has @p _func answer a request. */
#define NET_MGMT_REGISTER_REQUEST_HANDLER(_mgmt_request, _func)                                    \
	FUNC_ALIAS(_func, net_mgmt_##_mgmt_request, int)

#ifdef __cplusplus
}
#endif

#include <zephyr/net/net_event.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_MGMT_H_ */
