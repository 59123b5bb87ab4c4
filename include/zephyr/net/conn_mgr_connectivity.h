// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Connecting interfaces to a network, where that takes more than taking them up.
 *
 * How it is done is an implementation's business, which the application binds to an interface with
 * the macros of conn_mgr_connectivity_impl.h. Functions that need one return -ENOTSUP where none is
 * bound.
 */

#ifndef ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_H_
#define ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/device.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/sys/iterable_sections.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_MGMT_CONN_LAYER NET_MGMT_LAYER(NET_MGMT_LAYER_L2)
#define NET_MGMT_CONN_CODE  NET_MGMT_LAYER_CODE(NET_MGMT_LAYER_CODE_CONN)
#define NET_MGMT_CONN_BASE  (NET_MGMT_CONN_LAYER | NET_MGMT_CONN_CODE | NET_MGMT_EVENT_BIT)
#define NET_MGMT_CONN_IF_EVENT (NET_MGMT_IFACE_BIT | NET_MGMT_CONN_BASE)

enum {
	NET_EVENT_CONN_CMD_IF_TIMEOUT_VAL,
	NET_EVENT_CONN_CMD_IF_FATAL_ERROR_VAL,

	NET_EVENT_CONN_CMD_MAX
};

BUILD_ASSERT(NET_EVENT_CONN_CMD_MAX <= NET_MGMT_MAX_COMMANDS, "too many events");

/** Events that implementations raise. */
enum net_event_conn_cmd {
	NET_MGMT_CMD(NET_EVENT_CONN_CMD_IF_TIMEOUT),
	NET_MGMT_CMD(NET_EVENT_CONN_CMD_IF_FATAL_ERROR),
};

/** The interface could not be connected in time. */
#define NET_EVENT_CONN_IF_TIMEOUT     (NET_MGMT_CONN_IF_EVENT | NET_EVENT_CONN_CMD_IF_TIMEOUT)
/** It has been disconnected and cannot be connected again. Brings an int along: why. */
#define NET_EVENT_CONN_IF_FATAL_ERROR (NET_MGMT_CONN_IF_EVENT | NET_EVENT_CONN_CMD_IF_FATAL_ERROR)

/** What the application may want of an interface; bits by number. */
enum conn_mgr_if_flag {
	/** It is connected again when its connection is lost. */
	CONN_MGR_IF_PERSISTENT,
	/** It is not connected when it is taken up. */
	CONN_MGR_IF_NO_AUTO_CONNECT,
	/** It is not taken down when it has given up. */
	CONN_MGR_IF_NO_AUTO_DOWN,

	CONN_MGR_NUM_IF_FLAGS,
};

/** The interface is tried to be connected for ever. */
#define CONN_MGR_IF_NO_TIMEOUT 0

/**
 * @brief Begins to connect an interface, which is taken up first if it is down; does not wait.
 * @return 0, -ENOTSUP, what net_if_up() says, or the implementation's error
 */
int conn_mgr_if_connect(struct net_if *iface);

/**
 * @brief Disconnects an interface, or gives up connecting it. Then it is taken down, unless its
 *        flags say otherwise. Does nothing while the interface is down.
 * @return 0, -ENOTSUP, or the implementation's error
 */
int conn_mgr_if_disconnect(struct net_if *iface);

/** Whether an implementation is bound to an interface. */
bool conn_mgr_if_is_bound(struct net_if *iface);

/**
 * @brief Sets an option that the implementation defines.
 * @return 0, -EINVAL for NULL, -ENOTSUP, or the implementation's: -ENOPROTOOPT for no option of its
 *         own, -ENOBUFS for a value too long
 */
int conn_mgr_if_set_opt(struct net_if *iface, int optname, const void *optval, size_t optlen);

/**
 * @brief Reads an option that the implementation defines.
 *
 * @param optlen room at @p optval in bytes; afterwards how many were written, 0 after an error
 * @return as conn_mgr_if_set_opt()
 */
int conn_mgr_if_get_opt(struct net_if *iface, int optname, void *optval, size_t *optlen);

/** A flag; false where there is none. */
bool conn_mgr_if_get_flag(struct net_if *iface, enum conn_mgr_if_flag flag);

/** Changes a flag: 0, -EINVAL for one that does not exist, -ENOTSUP. */
int conn_mgr_if_set_flag(struct net_if *iface, enum conn_mgr_if_flag flag, bool value);

/** How long connecting may take, in seconds. */
int conn_mgr_if_get_timeout(struct net_if *iface);

/** Changes how long connecting may take, in seconds: 0 or -ENOTSUP. */
int conn_mgr_if_set_timeout(struct net_if *iface, int timeout);

/** @name All interfaces, or those that conn_mgr_monitor.h is not told to ignore
 *
 * Each returns 0, or the first error.
 * @{
 */
/** Takes them up. */
int conn_mgr_all_if_up(bool skip_ignored);

/** Takes them down. */
int conn_mgr_all_if_down(bool skip_ignored);

/** Takes them up, and connects those that have an implementation. */
int conn_mgr_all_if_connect(bool skip_ignored);

/** Disconnects those that have one. */
int conn_mgr_all_if_disconnect(bool skip_ignored);
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_H_ */
