// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The loopback interface.
 */

#ifndef ZEPHYR_INCLUDE_NET_LOOPBACK_H_
#define ZEPHYR_INCLUDE_NET_LOOPBACK_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)
/**
 * Sets which part of the packets the loopback interface loses.
 *
 * @param ratio 0 for none to 1 for all
 *
 * @return 0, -EINVAL outside that range
 */
int loopback_set_packet_drop_ratio(float ratio);

/** Packets lost so since the ratio was set. */
int loopback_get_num_dropped_packets(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_LOOPBACK_H_ */
