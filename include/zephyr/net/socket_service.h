/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Socket services: one thread waits for the sockets of many.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_SERVICE_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_SERVICE_H_

#include <sys/types.h>

#include <zephyr/logging/log.h>
#include <zephyr/net/socket.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_socket_service_event;

/** Called on the service thread when a socket of the service is ready. */
typedef void (*net_socket_service_handler_t)(struct net_socket_service_event *pev);

/** A socket of a service. */
struct net_socket_service_event {
	net_socket_service_handler_t callback; /**< Who is told */
	struct zsock_pollfd event;             /**< The socket, what is waited for, what holds */
	void *user_data;                       /**< Given with the registration */
	struct net_socket_service_desc *svc;   /**< The service */
};

/** A service. */
struct net_socket_service_desc {
#if CONFIG_NET_SOCKETS_LOG_LEVEL >= LOG_LEVEL_DBG
	const char *owner; /**< Where it was defined */
#endif
	struct net_socket_service_event *pev; /**< Its sockets */
	int pev_len;                          /**< How many there is room for */
	int *idx;                             /**< Where they stand among all */
};

#if CONFIG_NET_SOCKETS_LOG_LEVEL >= LOG_LEVEL_DBG
/** Where a service is defined. */
#define NET_SOCKET_SERVICE_OWNER .owner = __FILE__ ":" STRINGIFY(__LINE__),
#else
/** Where a service is defined: not kept. */
#define NET_SOCKET_SERVICE_OWNER
#endif

/** @cond how the two macros below define a service */
#define Z_NET_SOCKET_SERVICE(_scope, _name, _cb, _count)                                           \
	static int _CONCAT(z_net_socket_service_idx_, _name);                                      \
	static struct net_socket_service_event _CONCAT(z_net_socket_service_events_,               \
						       _name)[_count] = {                          \
		[0 ...((_count) - 1)] = {.callback = (_cb), .event.fd = -1},                       \
	};                                                                                         \
	_scope const STRUCT_SECTION_ITERABLE(net_socket_service_desc, _name) = {                   \
		NET_SOCKET_SERVICE_OWNER.pev = _CONCAT(z_net_socket_service_events_, _name),       \
		.pev_len = (_count),                                                               \
		.idx = &_CONCAT(z_net_socket_service_idx_, _name),                                 \
	}
/** @endcond */

/** Defines a service of at most @p count sockets whose handler is @p cb. */
#define NET_SOCKET_SERVICE_SYNC_DEFINE(name, cb, count) Z_NET_SOCKET_SERVICE(, name, cb, count)

/** The same for one source file. */
#define NET_SOCKET_SERVICE_SYNC_DEFINE_STATIC(name, cb, count)                                     \
	Z_NET_SOCKET_SERVICE(static, name, cb, count)

/**
 * @brief Has the service wait for @p len sockets from now on, and for no others.
 *
 * @param fds Sockets and what to wait for; NULL for none.
 * @param user_data For the handler.
 * @return 0, -ENOENT for a service that was not defined, -ENOMEM for more sockets than it has room for.
 */
int net_socket_service_register(const struct net_socket_service_desc *service,
				struct zsock_pollfd *fds, int len, void *user_data);

/** Has the service wait for nothing any more. */
static inline int net_socket_service_unregister(const struct net_socket_service_desc *service)
{
	return net_socket_service_register(service, NULL, 0, NULL);
}

/** Called with each service. */
typedef void (*net_socket_service_cb_t)(const struct net_socket_service_desc *svc, void *user_data);

/** Calls @p cb with each service. */
void net_socket_service_foreach(net_socket_service_cb_t cb, void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_SERVICE_H_ */
