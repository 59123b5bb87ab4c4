// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Requests to the stack and events of it, and the shape of their numbers.
 *
 * A number has 64 bits, highest first: event (1), concerns an interface (1), layer (2),
 * delivered at once (1), layer code (7), command (52). The command of an event is one bit, so
 * that a mask can name several events of one layer code; the command of a request is a count.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_MGMT_H_
#define ZEPHYR_INCLUDE_NET_NET_MGMT_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_core.h>
#include <zephyr/sys/__assert.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/slist.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_if;

/*
 * A number has 64 bits. All but the seventeenth event of a layer code and those after it fit into the
 * lower half, so that handlers that were written for 32 bits still tell events apart.
 */
#define NET_MGMT_EVENT_BIT      BIT64(31) /**< An event */
#define NET_MGMT_IFACE_BIT      BIT64(30) /**< Concerns an interface */
#define NET_MGMT_SYNC_EVENT_BIT BIT64(27) /**< Delivered before the notifier goes on */

#define NET_MGMT_EVENT_MASK      NET_MGMT_EVENT_BIT
#define NET_MGMT_ON_IFACE_MASK   NET_MGMT_IFACE_BIT
#define NET_MGMT_LAYER_MASK      (BIT64_MASK(2) << 28)
#define NET_MGMT_SYNC_EVENT_MASK NET_MGMT_SYNC_EVENT_BIT
#define NET_MGMT_LAYER_CODE_MASK (BIT64_MASK(11) << 16)
#define NET_MGMT_COMMAND_MASK    ((BIT64_MASK(32) << 32) | BIT64_MASK(16))

#define NET_MGMT_LAYER(_layer)     ((uint64_t)(_layer) << 28)
#define NET_MGMT_LAYER_CODE(_code) ((uint64_t)(_code) << 16)

#define NET_MGMT_EVENT(mgmt_request)             ((mgmt_request) & NET_MGMT_EVENT_MASK)
#define NET_MGMT_ON_IFACE(mgmt_request)          ((mgmt_request) & NET_MGMT_ON_IFACE_MASK)
#define NET_MGMT_EVENT_SYNCHRONOUS(mgmt_request) ((mgmt_request) & NET_MGMT_SYNC_EVENT_MASK)
#define NET_MGMT_GET_LAYER(mgmt_request)         (((mgmt_request) & NET_MGMT_LAYER_MASK) >> 28)
#define NET_MGMT_GET_LAYER_CODE(mgmt_request)                                                      \
	(((mgmt_request) & NET_MGMT_LAYER_CODE_MASK) >> 16)
#define NET_MGMT_GET_COMMAND(mgmt_request) ((mgmt_request) & NET_MGMT_COMMAND_MASK)

/** Events one layer code can have. */
#define NET_MGMT_MAX_COMMANDS 48

/** Enumerator of an event: the bit that the enumerator of the same name and _VAL counts. */
#define NET_MGMT_CMD(_cmd) _cmd = BIT64((_cmd##_VAL) < 16 ? (_cmd##_VAL) : (_cmd##_VAL) + 16)

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

struct net_mgmt_event_callback;

/** Hears an event; @p iface is NULL for an event of no interface. */
typedef void (*net_mgmt_event_handler_t)(struct net_mgmt_event_callback *cb, uint64_t mgmt_event,
					 struct net_if *iface);

/** A registration; the application keeps it in place while it is registered. */
struct net_mgmt_event_callback {
	sys_snode_t node; /**< Internal */
	union {
		net_mgmt_event_handler_t handler; /**< Is called */
		struct k_sem *sync_call;          /**< Not used; Zephyr's waits keep theirs here */
	};
#ifdef CONFIG_NET_MGMT_EVENT_INFO
	const void *info;   /**< What the event brings along, while the handler runs; may be NULL */
	size_t info_length; /**< Its size in bytes */
#endif
	union {
		/** Events of one layer code that the handler hears: layer and code are compared, and one
		 * of the bits must be the event's. May be changed at any time.
		 */
		uint64_t event_mask;
		uint64_t raised_event; /**< Not used; Zephyr's waits keep theirs here */
	};
};

/** Hears an event of a static registration. */
typedef void (*net_mgmt_event_static_handler_t)(uint64_t mgmt_event, struct net_if *iface,
						void *info, size_t info_length, void *user_data);

/** A registration made at compile time. */
struct net_mgmt_event_static_handler {
	uint64_t event_mask;                     /**< As in struct net_mgmt_event_callback */
	net_mgmt_event_static_handler_t handler; /**< Is called */
	void *user_data;                         /**< Is given to it */
};

/** Registers @p _func for the events of @p _event_mask as long as the program runs. */
#define NET_MGMT_REGISTER_EVENT_HANDLER(_name, _event_mask, _func, _user_data)                     \
	const STRUCT_SECTION_ITERABLE(net_mgmt_event_static_handler, _name) = {                    \
		.event_mask = (_event_mask), .handler = (_func), .user_data = (void *)(_user_data)}

#ifdef CONFIG_NET_MGMT_EVENT
/** Fills in a registration. */
static inline void net_mgmt_init_event_callback(struct net_mgmt_event_callback *cb,
						net_mgmt_event_handler_t handler,
						uint64_t mgmt_event_mask)
{
	__ASSERT(cb, "no registration given");
	__ASSERT(handler, "no handler given");
	cb->handler = handler;
	cb->event_mask = mgmt_event_mask;
}

/** Registers; once, however often it is called. */
void net_mgmt_add_event_callback(struct net_mgmt_event_callback *cb);

/** Ends a registration. Unless a handler calls this, no handler runs for it any more on return. */
void net_mgmt_del_event_callback(struct net_mgmt_event_callback *cb);

/**
 * Raises an event that brings @p length bytes at @p info along, up to 64 or the size of a host
 * name; what is longer is not raised at all. Bytes are left out without
 * CONFIG_NET_MGMT_EVENT_INFO.
 */
void net_mgmt_event_notify_with_info(uint64_t mgmt_event, struct net_if *iface, const void *info,
				     size_t length);

/** Raises an event. */
static inline void net_mgmt_event_notify(uint64_t mgmt_event, struct net_if *iface)
{
	net_mgmt_event_notify_with_info(mgmt_event, iface, NULL, 0);
}

/**
 * Sleeps until an event of @p mgmt_event_mask is raised.
 *
 * @param mgmt_event_mask the events, as in struct net_mgmt_event_callback
 * @param raised_event which it was; may be NULL
 * @param iface the interface it concerns, written for such events only; may be NULL
 * @param info what it brings along, valid until another event that somebody waits for; may be NULL
 * @param info_length its size; may be NULL
 * @param timeout longest sleep
 * @return 0, or -ETIMEDOUT
 */
int net_mgmt_event_wait(uint64_t mgmt_event_mask, uint64_t *raised_event, struct net_if **iface,
			const void **info, size_t *info_length, k_timeout_t timeout);

/** The same for the events of one interface; -EINVAL for events that concern none. */
int net_mgmt_event_wait_on_iface(struct net_if *iface, uint64_t mgmt_event_mask,
				 uint64_t *raised_event, const void **info, size_t *info_length,
				 k_timeout_t timeout);

/** Gets ready to tell events; the start of the stack does it. */
void net_mgmt_event_init(void);

/** Tells where the program's static registrations are; the start-up code does it. */
void znet_mgmt_handlers(const struct net_mgmt_event_static_handler *first,
			const struct net_mgmt_event_static_handler *end);
#else
#define net_mgmt_init_event_callback(...)
#define net_mgmt_add_event_callback(...)
#define net_mgmt_del_event_callback(...)
#define net_mgmt_event_notify_with_info(...)
#define net_mgmt_event_notify(...)
#define net_mgmt_event_init(...)

static inline int net_mgmt_event_wait(uint64_t mgmt_event_mask, uint64_t *raised_event,
				      struct net_if **iface, const void **info, size_t *info_length,
				      k_timeout_t timeout)
{
	ARG_UNUSED(mgmt_event_mask);
	ARG_UNUSED(raised_event);
	ARG_UNUSED(iface);
	ARG_UNUSED(info);
	ARG_UNUSED(info_length);
	ARG_UNUSED(timeout);
	return 0;
}

static inline int net_mgmt_event_wait_on_iface(struct net_if *iface, uint64_t mgmt_event_mask,
					       uint64_t *raised_event, const void **info,
					       size_t *info_length, k_timeout_t timeout)
{
	ARG_UNUSED(iface);
	return net_mgmt_event_wait(mgmt_event_mask, raised_event, NULL, info, info_length, timeout);
}
#endif /* CONFIG_NET_MGMT_EVENT */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/net_mgmt.h>
#include <zephyr/net/net_event.h>

#endif /* ZEPHYR_INCLUDE_NET_NET_MGMT_H_ */
