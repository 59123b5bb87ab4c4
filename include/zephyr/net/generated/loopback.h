// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/loopback.h>.
 * Written by `cargo xtask headers` from src/capi/loopback.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_LOOPBACK_H_
#define ZEPHYR_NET_GENERATED_LOOPBACK_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)
int (loopback_set_packet_drop_ratio)(float ratio);

int (loopback_get_num_dropped_packets)(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_LOOPBACK_H_ */
