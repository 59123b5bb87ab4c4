// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/kernel.h>.
 * Written by `cargo xtask headers` from .
 */
#ifndef ZEPHYR_GENERATED_KERNEL_H_
#define ZEPHYR_GENERATED_KERNEL_H_

#ifdef __cplusplus
extern "C" {
#endif


#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_GENERATED_KERNEL_H_ */
