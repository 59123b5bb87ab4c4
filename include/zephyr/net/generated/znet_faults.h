// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_faults.h>.
 * Written by `cargo xtask headers` from src/capi/znet_faults.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_FAULTS_H_
#define ZEPHYR_NET_GENERATED_ZNET_FAULTS_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_FAULTS)
void (znet_faults_fail)(int32_t n);

uint32_t (znet_faults_tried)(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_FAULTS_H_ */
