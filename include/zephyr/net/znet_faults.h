// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Allocations that fail on demand. For tests; Zephyr v4.2 has none: the names are this library's.
 */

#ifndef ZEPHYR_INCLUDE_NET_ZNET_FAULTS_H_
#define ZEPHYR_INCLUDE_NET_ZNET_FAULTS_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_FAULTS)
/**
 * Makes one allocation fail, whoever asks for it: of a packet, a buffer, heap memory, a context, a connection, a
 * descriptor, or what stands behind one.
 *
 * @param n how many others succeed before it; negative for none to fail
 */
void znet_faults_fail(int32_t n);

/** @return how many allocations were tried since znet_faults_fail() */
uint32_t znet_faults_tried(void);
#endif /* CONFIG_ZNET_FAULTS */

#ifdef __cplusplus
}
#endif

#include <zephyr/net/generated/znet_faults.h>

#endif /* ZEPHYR_INCLUDE_NET_ZNET_FAULTS_H_ */
