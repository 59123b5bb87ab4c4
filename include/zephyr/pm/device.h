// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Power management of devices: the types that drivers name.
 *
 * Nothing is ever suspended; PM_DEVICE_DEFINE() and its kin in device.h leave the driver's function
 * out.
 */
#ifndef ZEPHYR_INCLUDE_PM_DEVICE_H_
#define ZEPHYR_INCLUDE_PM_DEVICE_H_

#include <errno.h>

#include <zephyr/device.h>

#ifdef __cplusplus
extern "C" {
#endif

enum pm_device_state {
	PM_DEVICE_STATE_ACTIVE,
	PM_DEVICE_STATE_SUSPENDED,
	PM_DEVICE_STATE_SUSPENDING,
	PM_DEVICE_STATE_OFF,
};

enum pm_device_action {
	PM_DEVICE_ACTION_SUSPEND,
	PM_DEVICE_ACTION_RESUME,
	PM_DEVICE_ACTION_TURN_OFF,
	PM_DEVICE_ACTION_TURN_ON,
};

/** A driver's function for an action: 0 or a negative errno. */
typedef int (*pm_device_action_cb_t)(const struct device *dev, enum pm_device_action action);

/** -ENOSYS: there is no power management. */
static inline int pm_device_action_run(const struct device *dev, enum pm_device_action action)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(action);
	return -ENOSYS;
}

/** Every device is active. */
static inline int pm_device_state_get(const struct device *dev, enum pm_device_state *state)
{
	ARG_UNUSED(dev);
	*state = PM_DEVICE_STATE_ACTIVE;
	return 0;
}

static inline void pm_device_busy_set(const struct device *dev)
{
	ARG_UNUSED(dev);
}

static inline void pm_device_busy_clear(const struct device *dev)
{
	ARG_UNUSED(dev);
}

static inline bool pm_device_is_busy(const struct device *dev)
{
	ARG_UNUSED(dev);
	return false;
}

static inline void pm_device_init_suspended(const struct device *dev)
{
	ARG_UNUSED(dev);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_PM_DEVICE_H_ */
