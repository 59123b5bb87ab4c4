// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Network management requests and events of Ethernet interfaces.
 */

#ifndef ZEPHYR_INCLUDE_NET_ETHERNET_MGMT_H_
#define ZEPHYR_INCLUDE_NET_ETHERNET_MGMT_H_

#include <zephyr/net/ethernet.h>
#include <zephyr/net/net_mgmt.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_ETHERNET_LAYER NET_MGMT_LAYER_L2
#define NET_ETHERNET_CODE  NET_MGMT_LAYER_CODE_ETHERNET
#define NET_ETHERNET_BASE                                                                          \
	(NET_MGMT_IFACE_BIT | NET_MGMT_LAYER(NET_ETHERNET_LAYER) |                                 \
	 NET_MGMT_LAYER_CODE(NET_ETHERNET_CODE))
#define NET_ETHERNET_EVENT (NET_ETHERNET_BASE | NET_MGMT_EVENT_BIT)

/** Requests. */
enum net_request_ethernet_cmd {
	NET_REQUEST_ETHERNET_CMD_SET_MAC_ADDRESS = 1,
	NET_REQUEST_ETHERNET_CMD_SET_QAV_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_QBV_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_QBU_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_TXTIME_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_PROMISC_MODE,
	NET_REQUEST_ETHERNET_CMD_GET_PRIORITY_QUEUES_NUM,
	NET_REQUEST_ETHERNET_CMD_GET_QAV_PARAM,
	NET_REQUEST_ETHERNET_CMD_GET_PORTS_NUM,
	NET_REQUEST_ETHERNET_CMD_GET_QBV_PARAM,
	NET_REQUEST_ETHERNET_CMD_GET_QBU_PARAM,
	NET_REQUEST_ETHERNET_CMD_GET_TXTIME_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_T1S_PARAM,
	NET_REQUEST_ETHERNET_CMD_SET_TXINJECTION_MODE,
	NET_REQUEST_ETHERNET_CMD_GET_TXINJECTION_MODE,
	NET_REQUEST_ETHERNET_CMD_SET_MAC_FILTER,
};

/** @name Requests
 *
 * The data of each is a struct ethernet_req_params. Besides what the driver says, an answer may be
 * -ENOENT for an interface that is not Ethernet, -EINVAL for data of the wrong size, -ENOTSUP for
 * hardware that cannot, and -EACCES for a parameter that must not change while the interface is up.
 * @{
 */
/** Sets the MAC address. */
#define NET_REQUEST_ETHERNET_SET_MAC_ADDRESS                                                       \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_MAC_ADDRESS)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_MAC_ADDRESS);

/** Sets a parameter of shaping. */
#define NET_REQUEST_ETHERNET_SET_QAV_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_QAV_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_QAV_PARAM);

/** Sets a parameter of the schedule. */
#define NET_REQUEST_ETHERNET_SET_QBV_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_QBV_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_QBV_PARAM);

/** Sets a parameter of pre-emption. */
#define NET_REQUEST_ETHERNET_SET_QBU_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_QBU_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_QBU_PARAM);

/** Sets a parameter of sending at a given time. */
#define NET_REQUEST_ETHERNET_SET_TXTIME_PARAM                                                      \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_TXTIME_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_TXTIME_PARAM);

/** Switches promiscuous mode. */
#define NET_REQUEST_ETHERNET_SET_PROMISC_MODE                                                      \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_PROMISC_MODE)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_PROMISC_MODE);

/** Reads the number of queues. */
#define NET_REQUEST_ETHERNET_GET_PRIORITY_QUEUES_NUM                                               \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_PRIORITY_QUEUES_NUM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_PRIORITY_QUEUES_NUM);

/** Reads a parameter of shaping. */
#define NET_REQUEST_ETHERNET_GET_QAV_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_QAV_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_QAV_PARAM);

/** Reads the number of ports. */
#define NET_REQUEST_ETHERNET_GET_PORTS_NUM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_PORTS_NUM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_PORTS_NUM);

/** Reads a parameter of the schedule. */
#define NET_REQUEST_ETHERNET_GET_QBV_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_QBV_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_QBV_PARAM);

/** Reads a parameter of pre-emption. */
#define NET_REQUEST_ETHERNET_GET_QBU_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_QBU_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_QBU_PARAM);

/** Reads a parameter of sending at a given time. */
#define NET_REQUEST_ETHERNET_GET_TXTIME_PARAM                                                      \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_TXTIME_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_TXTIME_PARAM);

/** Sets a parameter of 10BASE-T1S. */
#define NET_REQUEST_ETHERNET_SET_T1S_PARAM                                                         \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_T1S_PARAM)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_T1S_PARAM);

/** Switches sending of frames as they are. */
#define NET_REQUEST_ETHERNET_SET_TXINJECTION_MODE                                                  \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_TXINJECTION_MODE)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_TXINJECTION_MODE);

/** Reads whether frames are sent as they are. */
#define NET_REQUEST_ETHERNET_GET_TXINJECTION_MODE                                                  \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_GET_TXINJECTION_MODE)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_GET_TXINJECTION_MODE);

/** Sets or removes a MAC address filter. */
#define NET_REQUEST_ETHERNET_SET_MAC_FILTER                                                        \
	(NET_ETHERNET_BASE | NET_REQUEST_ETHERNET_CMD_SET_MAC_FILTER)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_ETHERNET_SET_MAC_FILTER);
/** @} */

/** Data of a request. */
struct ethernet_req_params {
	union {
		bool promisc_mode;                         /**< Promiscuous mode */
		bool txinjection_mode;                     /**< Frames go as they are */
		struct net_eth_addr mac_address;           /**< MAC address */
		struct ethernet_qav_param qav_param;       /**< Shaping */
		struct ethernet_qbv_param qbv_param;       /**< Schedule */
		struct ethernet_qbu_param qbu_param;       /**< Pre-emption */
		struct ethernet_txtime_param txtime_param; /**< Sending time */
		struct ethernet_t1s_param t1s_param;       /**< 10BASE-T1S */
		struct ethernet_filter filter;             /**< Filter */
		int priority_queues_num;                   /**< Queues */
		int ports_num;                             /**< Ports */
	};
};

enum {
	NET_EVENT_ETHERNET_CMD_CARRIER_ON_VAL,
	NET_EVENT_ETHERNET_CMD_CARRIER_OFF_VAL,
	NET_EVENT_ETHERNET_CMD_VLAN_TAG_ENABLED_VAL,
	NET_EVENT_ETHERNET_CMD_VLAN_TAG_DISABLED_VAL,

	NET_EVENT_ETHERNET_CMD_MAX
};

BUILD_ASSERT(NET_EVENT_ETHERNET_CMD_MAX <= NET_MGMT_MAX_COMMANDS, "too many events");

/** Events. */
enum net_event_ethernet_cmd {
	NET_MGMT_CMD(NET_EVENT_ETHERNET_CMD_CARRIER_ON),
	NET_MGMT_CMD(NET_EVENT_ETHERNET_CMD_CARRIER_OFF),
	NET_MGMT_CMD(NET_EVENT_ETHERNET_CMD_VLAN_TAG_ENABLED),
	NET_MGMT_CMD(NET_EVENT_ETHERNET_CMD_VLAN_TAG_DISABLED),
};

/** The carrier has come. */
#define NET_EVENT_ETHERNET_CARRIER_ON  (NET_ETHERNET_EVENT | NET_EVENT_ETHERNET_CMD_CARRIER_ON)
/** The carrier has gone. */
#define NET_EVENT_ETHERNET_CARRIER_OFF (NET_ETHERNET_EVENT | NET_EVENT_ETHERNET_CMD_CARRIER_OFF)
/** A VLAN has been added. */
#define NET_EVENT_ETHERNET_VLAN_TAG_ENABLED                                                        \
	(NET_ETHERNET_EVENT | NET_EVENT_ETHERNET_CMD_VLAN_TAG_ENABLED)
/** A VLAN has been removed. */
#define NET_EVENT_ETHERNET_VLAN_TAG_DISABLED                                                       \
	(NET_ETHERNET_EVENT | NET_EVENT_ETHERNET_CMD_VLAN_TAG_DISABLED)

/** @name Raising these events, for link layers and drivers
 * @{
 */
#if defined(CONFIG_NET_L2_ETHERNET_MGMT) && defined(CONFIG_NET_MGMT_EVENT)
/** The carrier has come. */
static inline void ethernet_mgmt_raise_carrier_on_event(struct net_if *iface)
{
	net_mgmt_event_notify(NET_EVENT_ETHERNET_CARRIER_ON, iface);
}

/** The carrier has gone. */
static inline void ethernet_mgmt_raise_carrier_off_event(struct net_if *iface)
{
	net_mgmt_event_notify(NET_EVENT_ETHERNET_CARRIER_OFF, iface);
}

/** A VLAN has been added; the event brings its tag along. */
static inline void ethernet_mgmt_raise_vlan_enabled_event(struct net_if *iface, uint16_t tag)
{
	net_mgmt_event_notify_with_info(NET_EVENT_ETHERNET_VLAN_TAG_ENABLED, iface, &tag,
					sizeof(tag));
}

/** A VLAN has been removed; the event brings its tag along. */
static inline void ethernet_mgmt_raise_vlan_disabled_event(struct net_if *iface, uint16_t tag)
{
	net_mgmt_event_notify_with_info(NET_EVENT_ETHERNET_VLAN_TAG_DISABLED, iface, &tag,
					sizeof(tag));
}
#else
static inline void ethernet_mgmt_raise_carrier_on_event(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void ethernet_mgmt_raise_carrier_off_event(struct net_if *iface)
{
	ARG_UNUSED(iface);
}

static inline void ethernet_mgmt_raise_vlan_enabled_event(struct net_if *iface, uint16_t tag)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(tag);
}

static inline void ethernet_mgmt_raise_vlan_disabled_event(struct net_if *iface, uint16_t tag)
{
	ARG_UNUSED(iface);
	ARG_UNUSED(tag);
}
#endif
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ETHERNET_MGMT_H_ */
