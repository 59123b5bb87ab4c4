// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/device.h>.
 * Written by `cargo xtask headers` from src/kernel/device.rs.
 */
#ifndef ZEPHYR_GENERATED_DEVICE_H_
#define ZEPHYR_GENERATED_DEVICE_H_

#ifdef __cplusplus
extern "C" {
#endif

bool (device_is_ready)(const struct device *device);

const struct device *(device_get_binding)(const char *name);

int (device_init)(const struct device *device);

#if defined(CONFIG_DEVICE_DEINIT_SUPPORT)
int (device_deinit)(const struct device *device);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_GENERATED_DEVICE_H_ */
