// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Macros that define interfaces. Part of net_if.h, which includes it: include that.
 *
 * Each puts a struct device, a struct net_if_dev and a struct net_if into the sections that
 * start-up walks through, and the link layer's data into ordinary memory.
 */

#ifndef ZNET_INCLUDE_NET_NET_IF_DEF_H_
#define ZNET_INCLUDE_NET_NET_IF_DEF_H_

#include <zephyr/net/net_if.h>

/** The collector of an interface's statistics, where they are kept for Prometheus. */
#define NET_PROMETHEUS_GET_COLLECTOR_NAME(dev_id, sfx)                                             \
	_CONCAT(net_stats_, _CONCAT(dev_id, _CONCAT(_, _CONCAT(sfx, _collector))))

/** The member of an interface that names it; nothing where they are not kept. */
#define NET_PROMETHEUS_INIT(dev_id, sfx)                                                           \
	IF_ENABLED(CONFIG_NET_STATISTICS_VIA_PROMETHEUS,                                           \
		   (.collector = &NET_PROMETHEUS_GET_COLLECTOR_NAME(dev_id, sfx),))

#define NET_IF_GET_NAME(dev_id, sfx)     _CONCAT(__net_if_, _CONCAT(dev_id, _CONCAT(_, sfx)))
#define NET_IF_DEV_GET_NAME(dev_id, sfx) _CONCAT(__net_if_dev_, _CONCAT(dev_id, _CONCAT(_, sfx)))

/** The interface that the macros below define for a device in the same file. */
#define NET_IF_GET(dev_id, sfx) ((struct net_if *)&NET_IF_GET_NAME(dev_id, sfx))

/** Initial configuration: no addresses. */
#define NET_IF_CONFIG_INIT .config = {}

/* Both halves of an interface. */
#define Z_NET_IF_INIT(dev_id, sfx, l2_name, l2_data_ptr, _mtu, _num_configs)                       \
	static STRUCT_SECTION_ITERABLE(net_if_dev, NET_IF_DEV_GET_NAME(dev_id, sfx)) = {           \
		.dev = &(DEVICE_NAME_GET(dev_id)),                                                 \
		.l2 = &(NET_L2_GET_NAME(l2_name)),                                                 \
		.l2_data = l2_data_ptr,                                                            \
		.flags = {BIT(NET_IF_LOWER_UP)},                                                   \
		.mtu = _mtu,                                                                       \
	};                                                                                         \
	static STRUCT_SECTION_ITERABLE_ARRAY(net_if, NET_IF_GET_NAME(dev_id, sfx),                 \
					     _num_configs) = {                                     \
		[0 ...(_num_configs - 1)] = {                                                      \
			.if_dev = &(NET_IF_DEV_GET_NAME(dev_id, sfx)),                             \
			NET_IF_CONFIG_INIT,                                                        \
		},                                                                                 \
	}

/** Defines the interface of a device that is defined already, with the link layer's data. */
#define NET_IF_INIT(dev_id, sfx, _l2, _mtu, _num_configs)                                          \
	Z_NET_IF_INIT(dev_id, sfx, _l2, &(NET_L2_GET_DATA(dev_id, sfx)), _mtu, _num_configs)

/** The same for a device with its own IP stack. */
#define NET_IF_OFFLOAD_INIT(dev_id, sfx, _mtu)                                                     \
	Z_NET_IF_INIT(dev_id, sfx, OFFLOADED_NETDEV, NULL, _mtu, NET_IF_MAX_CONFIGS)

/* The interface and the link layer's data. */
#define Z_NET_DEVICE_IF(dev_id, instance, l2, l2_ctx_type, mtu)                                    \
	NET_L2_DATA_INIT(dev_id, instance, l2_ctx_type);                                           \
	NET_IF_INIT(dev_id, instance, l2, mtu, NET_IF_MAX_CONFIGS)

/**
 * Defines a network device and its interface.
 *
 * @param dev_id identifier of the device
 * @param name its name, a string
 * @param instance tells several interfaces of one driver apart
 * @param init_fn brings the device up, or NULL
 * @param pm power management, or NULL
 * @param data the driver's data
 * @param config the driver's constant configuration
 * @param prio start-up priority within POST_KERNEL
 * @param api the driver's functions, beginning with struct net_if_api
 * @param l2 link layer, as ETHERNET_L2
 * @param l2_ctx_type type of the link layer's data, as NET_L2_GET_CTX_TYPE(ETHERNET_L2)
 * @param mtu largest network-layer packet in bytes
 */
#define NET_DEVICE_INIT_INSTANCE(dev_id, name, instance, init_fn, pm, data, config, prio, api, l2, \
				 l2_ctx_type, mtu)                                                 \
	DEVICE_DEFINE(dev_id, name, init_fn, pm, data, config, POST_KERNEL, prio, api);            \
	Z_NET_DEVICE_IF(dev_id, instance, l2, l2_ctx_type, mtu)

/** NET_DEVICE_INIT_INSTANCE() for a driver with one interface. */
#define NET_DEVICE_INIT(dev_id, name, init_fn, pm, data, config, prio, api, l2, l2_ctx_type, mtu)  \
	NET_DEVICE_INIT_INSTANCE(dev_id, name, 0, init_fn, pm, data, config, prio, api, l2,        \
				 l2_ctx_type, mtu)

/** NET_DEVICE_INIT_INSTANCE() for a device-tree node. */
#define NET_DEVICE_DT_DEFINE_INSTANCE(node_id, instance, init_fn, pm, data, config, prio, api, l2, \
				      l2_ctx_type, mtu)                                            \
	DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, POST_KERNEL, prio, api);              \
	Z_NET_DEVICE_IF(Z_DEVICE_DT_DEV_ID(node_id), instance, l2, l2_ctx_type, mtu)

/** NET_DEVICE_INIT() for a device-tree node. */
#define NET_DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, prio, api, l2, l2_ctx_type, mtu)  \
	NET_DEVICE_DT_DEFINE_INSTANCE(node_id, 0, init_fn, pm, data, config, prio, api, l2,        \
				      l2_ctx_type, mtu)

/** NET_DEVICE_DT_DEFINE() for an instance of DT_DRV_COMPAT. */
#define NET_DEVICE_DT_INST_DEFINE(inst, ...) NET_DEVICE_DT_DEFINE(DT_DRV_INST(inst), __VA_ARGS__)

/** NET_DEVICE_DT_DEFINE_INSTANCE() for an instance of DT_DRV_COMPAT. */
#define NET_DEVICE_DT_INST_DEFINE_INSTANCE(inst, ...)                                              \
	NET_DEVICE_DT_DEFINE_INSTANCE(DT_DRV_INST(inst), __VA_ARGS__)

/** Defines a device with its own IP stack, and its interface. */
#define NET_DEVICE_OFFLOAD_INIT(dev_id, name, init_fn, pm, data, config, prio, api, mtu)           \
	DEVICE_DEFINE(dev_id, name, init_fn, pm, data, config, POST_KERNEL, prio, api);            \
	NET_IF_OFFLOAD_INIT(dev_id, 0, mtu)

/** NET_DEVICE_OFFLOAD_INIT() for a device-tree node. */
#define NET_DEVICE_DT_OFFLOAD_DEFINE(node_id, init_fn, pm, data, config, prio, api, mtu)           \
	DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, POST_KERNEL, prio, api);              \
	NET_IF_OFFLOAD_INIT(Z_DEVICE_DT_DEV_ID(node_id), 0, mtu)

/** NET_DEVICE_DT_OFFLOAD_DEFINE() for an instance of DT_DRV_COMPAT. */
#define NET_DEVICE_DT_INST_OFFLOAD_DEFINE(inst, ...)                                               \
	NET_DEVICE_DT_OFFLOAD_DEFINE(DT_DRV_INST(inst), __VA_ARGS__)

/** Stores the number of interfaces in @p _dst. */
#define NET_IFACE_COUNT(_dst) STRUCT_SECTION_COUNT(net_if, _dst)

#endif /* ZNET_INCLUDE_NET_NET_IF_DEF_H_ */
