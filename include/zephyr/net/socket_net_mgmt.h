/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Sockets on which management events are heard (AF_NET_MGMT).
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_NET_MGMT_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_NET_MGMT_H_

#include <zephyr/net/ethernet_mgmt.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Protocol of these sockets. */
#define NET_MGMT_EVENT_PROTO 0x01

#define SOL_NET_MGMT_BASE 100                     /**< First level of their options */
#define SOL_NET_MGMT_RAW  (SOL_NET_MGMT_BASE + 1) /**< Requests as options */

/** Which events are heard, and which one was. */
struct sockaddr_nm {
	sa_family_t nm_family; /**< AF_NET_MGMT */
	int nm_ifindex;        /**< Interface; 0 hears all */
	uintptr_t nm_pid;      /**< Thread; only told back */
	uint64_t nm_mask;      /**< The events, as net_mgmt_init_event_callback() takes them */
};

/** What is received. */
struct net_mgmt_msghdr {
	uint32_t nm_msg_version; /**< NET_MGMT_SOCKET_VERSION_1 */
	uint32_t nm_msg_len;     /**< Bytes of what the event brings along */
	uint8_t nm_msg[];        /**< These */
};

#define NET_MGMT_SOCKET_VERSION_1 0x0001 /**< The form above */

#if defined(CONFIG_NET_L2_ETHERNET_MGMT)
/** @name Options of level SOL_NET_MGMT_RAW: credit-based shaping, struct ethernet_req_params
 * @{
 */
#define SO_NET_MGMT_ETHERNET_SET_QAV_PARAM NET_REQUEST_ETHERNET_SET_QAV_PARAM
#define SO_NET_MGMT_ETHERNET_GET_QAV_PARAM NET_REQUEST_ETHERNET_GET_QAV_PARAM
/** @} */
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_NET_MGMT_H_ */
