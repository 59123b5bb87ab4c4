// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Requests to virtual interfaces.
 */

#ifndef ZEPHYR_INCLUDE_NET_VIRTUAL_MGMT_H_
#define ZEPHYR_INCLUDE_NET_VIRTUAL_MGMT_H_

#include <zephyr/net/net_mgmt.h>
#include <zephyr/net/virtual.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_VIRTUAL_INTERFACE_LAYER NET_MGMT_LAYER_L2
#define NET_VIRTUAL_INTERFACE_CODE  NET_MGMT_LAYER_CODE_VIRTUAL
#define NET_VIRTUAL_INTERFACE_BASE                                                                 \
	(NET_MGMT_IFACE_BIT | NET_MGMT_LAYER(NET_VIRTUAL_INTERFACE_LAYER) |                        \
	 NET_MGMT_LAYER_CODE(NET_VIRTUAL_INTERFACE_CODE))
#define NET_VIRTUAL_INTERFACE_EVENT (NET_VIRTUAL_INTERFACE_BASE | NET_MGMT_EVENT_BIT)

/** Data of a request. */
struct virtual_interface_req_params {
	sa_family_t family; /**< Of the address */
	union {
		struct in_addr peer4addr;                       /**< Address of the other end */
		struct in6_addr peer6addr;                      /**< Address of the other end */
		int mtu;                                        /**< MTU */
		struct virtual_interface_link_types link_types; /**< Link types */
	};
};

/** Requests. */
enum net_request_virtual_interface_cmd {
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_PEER_ADDR = 1,
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_PEER_ADDR,
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_MTU,
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_MTU,
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_LINK_TYPE,
	NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_LINK_TYPE,
};

/** @name Requests
 *
 * The data of each is a struct virtual_interface_req_params. -EINVAL for data of another size or an
 * interface that is not virtual, -ENOTSUP for a driver without settings, -EACCES for one that must
 * not change while the interface is up.
 * @{
 */
/** Sets the address of the other end. */
#define NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS                                             \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_PEER_ADDR)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_SET_PEER_ADDRESS);

/** Sets the MTU. */
#define NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU                                                      \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_MTU)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_SET_MTU);

/** Sets which links are captured. */
#define NET_REQUEST_VIRTUAL_INTERFACE_SET_LINK_TYPE                                                \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_SET_LINK_TYPE)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_SET_LINK_TYPE);

/** Reads the address of the other end. */
#define NET_REQUEST_VIRTUAL_INTERFACE_GET_PEER_ADDRESS                                             \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_PEER_ADDR)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_GET_PEER_ADDRESS);

/** Reads the MTU. */
#define NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU                                                      \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_MTU)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_GET_MTU);

/** Reads which links are captured. */
#define NET_REQUEST_VIRTUAL_INTERFACE_GET_LINK_TYPE                                                \
	(NET_VIRTUAL_INTERFACE_BASE | NET_REQUEST_VIRTUAL_INTERFACE_CMD_GET_LINK_TYPE)
NET_MGMT_DEFINE_REQUEST_HANDLER(NET_REQUEST_VIRTUAL_INTERFACE_GET_LINK_TYPE);
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_VIRTUAL_MGMT_H_ */
