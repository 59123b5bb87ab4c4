// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief For those who implement how an interface is connected.
 */

#ifndef ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_IMPL_H_
#define ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_IMPL_H_

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/conn_mgr_connectivity.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/sys/iterable_sections.h>

#ifdef __cplusplus
extern "C" {
#endif

struct conn_mgr_conn_binding;

/** Functions of an implementation. All are called with the binding locked, and must not wait. */
struct conn_mgr_conn_api {
	/** Begins to connect the interface. */
	int (*connect)(struct conn_mgr_conn_binding *const binding);
	/** Disconnects it, or gives up connecting it. */
	int (*disconnect)(struct conn_mgr_conn_binding *const binding);
	/** Gets ready, once for each binding, before any other call; optional. */
	void (*init)(struct conn_mgr_conn_binding *const binding);
	/** Sets an option; optional. */
	int (*set_opt)(struct conn_mgr_conn_binding *const binding, int optname, const void *optval,
		       size_t optlen);
	/** Reads an option; optional. */
	int (*get_opt)(struct conn_mgr_conn_binding *const binding, int optname, void *optval,
		       size_t *optlen);
};

#define CONN_MGR_CONN_IMPL_GET_NAME(conn_id)     __conn_mgr_conn_##conn_id
#define CONN_MGR_CONN_IMPL_GET_CTX_TYPE(conn_id) conn_id##_CTX_TYPE

/** An implementation. */
struct conn_mgr_conn_impl {
	struct conn_mgr_conn_api *api; /**< Its functions */
};

/** Defines an implementation; the type @p conn_id _CTX_TYPE is its data for each binding. */
#define CONN_MGR_CONN_DEFINE(conn_id, conn_api)                                                    \
	const struct conn_mgr_conn_impl CONN_MGR_CONN_IMPL_GET_NAME(conn_id) = {.api = conn_api};

/** Declares one that is defined elsewhere. */
#define CONN_MGR_CONN_DECLARE_PUBLIC(conn_id)                                                      \
	extern const struct conn_mgr_conn_impl CONN_MGR_CONN_IMPL_GET_NAME(conn_id)

#define CONN_MGR_CONN_BINDING_GET_NAME(dev_id, sfx)  __conn_mgr_bndg_##dev_id##_##sfx
#define CONN_MGR_CONN_BINDING_GET_DATA(dev_id, sfx)  __conn_mgr_bndg_data_##dev_id##_##sfx
#define CONN_MGR_CONN_BINDING_GET_MUTEX(dev_id, sfx) __conn_mgr_bndg_mutex_##dev_id##_##sfx

/** An implementation bound to an interface. */
struct conn_mgr_conn_binding {
	struct net_if *iface;                  /**< The interface */
	const struct conn_mgr_conn_impl *impl; /**< The implementation */
	void *ctx;                             /**< Its data */
	uint32_t flags;                        /**< Bits by enum conn_mgr_if_flag */
	int timeout;                           /**< Seconds, or CONN_MGR_IF_NO_TIMEOUT */
	struct k_mutex *mutex;                 /**< Internal */
};

/** Binds an implementation to an instance of a device's interfaces, in the file that defines it. */
#define CONN_MGR_BIND_CONN_INST(dev_id, inst, conn_id)                                             \
	K_MUTEX_DEFINE(CONN_MGR_CONN_BINDING_GET_MUTEX(dev_id, inst));                             \
	static CONN_MGR_CONN_IMPL_GET_CTX_TYPE(conn_id)                                            \
		CONN_MGR_CONN_BINDING_GET_DATA(dev_id, inst);                                      \
	static STRUCT_SECTION_ITERABLE(conn_mgr_conn_binding,                                      \
				       CONN_MGR_CONN_BINDING_GET_NAME(dev_id, inst)) = {           \
		.iface = NET_IF_GET(dev_id, inst),                                                 \
		.impl = &(CONN_MGR_CONN_IMPL_GET_NAME(conn_id)),                                   \
		.ctx = &(CONN_MGR_CONN_BINDING_GET_DATA(dev_id, inst)),                            \
		.mutex = &(CONN_MGR_CONN_BINDING_GET_MUTEX(dev_id, inst)),                         \
	};

/** Binds an implementation to the interface of a device. */
#define CONN_MGR_BIND_CONN(dev_id, conn_id) CONN_MGR_BIND_CONN_INST(dev_id, 0, conn_id)

/** The binding of an interface, or NULL. */
static inline struct conn_mgr_conn_binding *conn_mgr_if_get_binding(struct net_if *iface)
{
	STRUCT_SECTION_FOREACH(conn_mgr_conn_binding, binding) {
		if (binding->iface == iface) {
			return binding->impl->api != NULL ? binding : NULL;
		}
	}
	return NULL;
}

/** Locks a binding, so that its members may be changed. Nests. */
static inline void conn_mgr_binding_lock(struct conn_mgr_conn_binding *binding)
{
	(void)k_mutex_lock(binding->mutex, K_FOREVER);
}

/** Unlocks a binding. */
static inline void conn_mgr_binding_unlock(struct conn_mgr_conn_binding *binding)
{
	(void)k_mutex_unlock(binding->mutex);
}

/** Changes a flag of a binding. */
static inline void conn_mgr_binding_set_flag(struct conn_mgr_conn_binding *binding,
					     enum conn_mgr_if_flag flag, bool value)
{
	conn_mgr_binding_lock(binding);
	WRITE_BIT(binding->flags, flag, value);
	conn_mgr_binding_unlock(binding);
}

/** A flag of a binding. */
static inline bool conn_mgr_binding_get_flag(struct conn_mgr_conn_binding *binding,
					     enum conn_mgr_if_flag flag)
{
	bool value;

	conn_mgr_binding_lock(binding);
	value = (binding->flags & BIT(flag)) != 0;
	conn_mgr_binding_unlock(binding);
	return value;
}

/** Hands the program's bindings over; the start-up code does it. */
void znet_conn_mgr_init(struct conn_mgr_conn_binding *first, struct conn_mgr_conn_binding *end);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_CONN_MGR_CONNECTIVITY_IMPL_H_ */
