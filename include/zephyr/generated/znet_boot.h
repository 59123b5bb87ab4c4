// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/znet_boot.h>.
 * Written by `cargo xtask headers` from src/kernel/boot.rs.
 */
#ifndef ZEPHYR_GENERATED_ZNET_BOOT_H_
#define ZEPHYR_GENERATED_ZNET_BOOT_H_

#ifdef __cplusplus
extern "C" {
#endif

bool (k_is_pre_kernel)(void);

void (znet_boot)(const struct znet_sections *sections) FUNC_NORETURN;

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_GENERATED_ZNET_BOOT_H_ */
