// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The device model: named objects with a driver behind them.
 */
#ifndef ZEPHYR_INCLUDE_DEVICE_H_
#define ZEPHYR_INCLUDE_DEVICE_H_

#include <errno.h>

#include <zephyr/devicetree.h>
#include <zephyr/init.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What start-up has found out about a device. */
struct device_state {
	/** Positive errno value of a failed init function, 0 after success. */
	uint8_t init_res;
	/** The init function has run. */
	bool initialized;
};

/** What the driver does with the device as a whole. */
struct device_ops {
	/** Brings it up; 0 or a negative errno. May be NULL. */
	int (*init)(const struct device *dev);
#if defined(CONFIG_DEVICE_DEINIT_SUPPORT)
	/** Takes it down again. May be NULL. */
	int (*deinit)(const struct device *dev);
#endif
};

typedef uint8_t device_flags_t;

/** Not brought up at start-up but by device_init(). */
#define DEVICE_FLAG_INIT_DEFERRED BIT(0)

/** A device; constant, in a list ordered by start-up. */
struct device {
	/** Name for device_get_binding(). */
	const char *name;
	/** Constant data of the driver. */
	const void *config;
	/** Functions of its class. */
	const void *api;
	struct device_state *state;
	/** Variable data of the driver. */
	void *data;
	struct device_ops ops;
	device_flags_t flags;
};

/** Power management is absent: the argument of that name is ignored. */
#define PM_DEVICE_DEFINE(dev_id, pm_action_cb, ...)
#define PM_DEVICE_DT_DEFINE(node_id, pm_action_cb, ...)
#define PM_DEVICE_DT_INST_DEFINE(idx, pm_action_cb, ...)
#define PM_DEVICE_GET(dev_id)       NULL
#define PM_DEVICE_DT_GET(node_id)   NULL
#define PM_DEVICE_DT_INST_GET(idx)  NULL

/** Name of the object behind a device id. */
#define DEVICE_NAME_GET(dev_id) _CONCAT(__device_, dev_id)
/** Address of a device. */
#define DEVICE_GET(dev_id)      (&DEVICE_NAME_GET(dev_id))
/** Declares a device that is defined elsewhere in the same file. */
#define DEVICE_DECLARE(dev_id)  static const struct device DEVICE_NAME_GET(dev_id)
/** The start-up entry of a device. */
#define DEVICE_INIT_GET(dev_id) (&Z_INIT_ENTRY_NAME(DEVICE_NAME_GET(dev_id)))

#if defined(CONFIG_DEVICE_DEINIT_SUPPORT)
#define Z_DEVICE_OPS(init_fn, deinit_fn) {init_fn, deinit_fn}
#else
#define Z_DEVICE_OPS(init_fn, deinit_fn) {init_fn}
#endif

/** Longest name of a device, with its NUL. */
#define Z_DEVICE_MAX_NAME_LEN 48U

/* The parameter `linkage` is `static`, or empty for devices that other files may name. */
#define Z_DEVICE_DEFINE(linkage, dev_id, dev_name, init_fn, deinit_fn, devflags, data, config,     \
			level, prio, api)                                                          \
	BUILD_ASSERT(sizeof(dev_name) <= Z_DEVICE_MAX_NAME_LEN, "the device's name is too long");  \
	static struct device_state _CONCAT(__devstate_, dev_id);                                   \
	linkage const Z_DECL_ALIGN_LIST(struct device)                                             \
	DEVICE_NAME_GET(dev_id)                                                                    \
	__in_section(_device, static, Z_DEVICE_SORT_NAME(level, prio)) __used Z_NOASAN_OBJECT = {  \
		dev_name,                                                                          \
		config,                                                                            \
		api,                                                                               \
		&_CONCAT(__devstate_, dev_id),                                                     \
		data,                                                                              \
		Z_DEVICE_OPS(init_fn, deinit_fn),                                                  \
		devflags,                                                                          \
	};                                                                                         \
	Z_INIT_ENTRY_DEFINE(DEVICE_NAME_GET(dev_id), NULL, &DEVICE_NAME_GET(dev_id), level, prio, 0)

/*
 * A device of the device tree has a name of its own in the whole program; C++ constants need
 * telling.
 */
#define Z_DEVICE_DT_DEFINE(node_id, init_fn, deinit_fn, data, config, level, prio, api)            \
	EXTERN_C const struct device DEVICE_DT_NAME_GET(node_id);                                  \
	Z_DEVICE_DEFINE(, Z_DEVICE_DT_DEV_ID(node_id), DEVICE_DT_NAME(node_id), init_fn,           \
			deinit_fn, 0, data, config, level, prio, api)

/* Brings the list of devices into the order of start-up. */
#define Z_DEVICE_SORT_NAME(level, prio)                                                            \
	_CONCAT(L, _CONCAT(INIT_LEVEL_ORD(level), _CONCAT(_, _CONCAT(prio, _))))

/**
 * Defines a device that comes up by itself.
 *
 * @param dev_id   identifier for DEVICE_GET()
 * @param name     string for device_get_binding()
 * @param init_fn  `int (*)(const struct device *)` or NULL
 * @param pm       ignored; NULL
 * @param data     variable data of the driver
 * @param config   constant data of the driver
 * @param level    POST_KERNEL and so on, see init.h
 * @param prio     0 to 99
 * @param api      functions of the class
 */
#define DEVICE_DEFINE(dev_id, name, init_fn, pm, data, config, level, prio, api, ...)              \
	Z_DEVICE_DEFINE(static, dev_id, name, init_fn, NULL, 0, data, config, level, prio, api)
/** The same with a function that takes the device down. */
#define DEVICE_DEINIT_DEFINE(dev_id, name, init_fn, deinit_fn, pm, data, config, level, prio, api, \
			     ...)                                                                  \
	Z_DEVICE_DEFINE(static, dev_id, name, init_fn, deinit_fn, 0, data, config, level, prio, api)

/*
 * Devices from nodes of the device tree. The identifier of such a device is dts_ and the node's
 * name.
 */
#define Z_DEVICE_DT_DEV_ID(node_id) _CONCAT(dts_, node_id)
#define DEVICE_DT_NAME(node_id)     DT_PROP_OR(node_id, label, DT_NODE_FULL_NAME(node_id))
#define DEVICE_DT_NAME_GET(node_id) DEVICE_NAME_GET(Z_DEVICE_DT_DEV_ID(node_id))
#define DEVICE_DT_DEFINE(node_id, init_fn, pm, data, config, level, prio, api, ...)                \
	Z_DEVICE_DT_DEFINE(node_id, init_fn, NULL, data, config, level, prio, api)
#define DEVICE_DT_DEINIT_DEFINE(node_id, init_fn, deinit_fn, pm, data, config, level, prio, api,   \
				...)                                                               \
	Z_DEVICE_DT_DEFINE(node_id, init_fn, deinit_fn, data, config, level, prio, api)
#define DEVICE_DT_INST_DEFINE(inst, ...)       DEVICE_DT_DEFINE(DT_DRV_INST(inst), __VA_ARGS__)
#define DEVICE_DT_INST_DEINIT_DEFINE(inst, ...)                                                    \
	DEVICE_DT_DEINIT_DEFINE(DT_DRV_INST(inst), __VA_ARGS__)
/* What any file may name with DEVICE_DT_GET(); a node without a driver is missed by the linker. */
#define Z_DEVICE_DT_DECLARE(node_id) extern const struct device DEVICE_DT_NAME_GET(node_id);
DT_FOREACH_STATUS_OKAY_NODE(Z_DEVICE_DT_DECLARE)

/** Address of the device of a node that is switched on and has a driver. */
#define DEVICE_DT_GET(node_id)         (&DEVICE_DT_NAME_GET(node_id))
#define DEVICE_DT_INST_GET(inst)       DEVICE_DT_GET(DT_DRV_INST(inst))
/** The device of a node that is switched on, else NULL. */
#define DEVICE_DT_GET_OR_NULL(node_id)                                                             \
	COND_CODE_1(DT_NODE_HAS_STATUS_OKAY(node_id), (DEVICE_DT_GET(node_id)), (NULL))
/** The device of the first node of a kind that is switched on, else NULL. */
#define DEVICE_DT_GET_ANY(compat)                                                                  \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat),                                             \
		    (DEVICE_DT_GET(DT_COMPAT_GET_ANY_STATUS_OKAY(compat))), (NULL))
/** The same, and an error while compiling if there is none. */
#define DEVICE_DT_GET_ONE(compat)                                                                  \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat),                                             \
		    (DEVICE_DT_GET(DT_COMPAT_GET_ANY_STATUS_OKAY(compat))),                        \
		    (ZERO_OR_COMPILE_ERROR(0)))

/*
 * Instances of a driver class. Tagging is by type: struct <class>_driver_api must exist.
 */
#define Z_DEVICE_API_TYPE(_class) _CONCAT(_class, _driver_api)
/** `static DEVICE_API(class, name) = {...};` defines a driver's functions. */
#define DEVICE_API(_class, _name) const struct Z_DEVICE_API_TYPE(_class) _name
/** The functions of a device of that class. */
#define DEVICE_API_GET(_class, _dev) ((const struct Z_DEVICE_API_TYPE(_class) *)(_dev)->api)

/**
 * Looks a device up by name.
 *
 * @return NULL if there is none of that name, or it failed to come up.
 */
const struct device *device_get_binding(const char *name);

/** Whether the device has come up without an error; false for NULL. */
bool device_is_ready(const struct device *dev);

/**
 * Brings up a device whose start-up was deferred.
 *
 * @retval 0 done
 * @retval -EALREADY it has been brought up before
 * @return the negative errno of its init function otherwise
 */
int device_init(const struct device *dev);

#if defined(CONFIG_DEVICE_DEINIT_SUPPORT)
/**
 * Takes a device down.
 *
 * @retval 0 done
 * @retval -EPERM it is not up
 * @retval -ENOTSUP its driver cannot
 * @return the negative errno of its deinit function otherwise
 */
int device_deinit(const struct device *dev);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_DEVICE_H_ */
