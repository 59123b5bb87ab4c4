// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/ethernet_mgmt.h>.
 * Written by `cargo xtask headers` from src/capi/ethernet_mgmt.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ETHERNET_MGMT_H_
#define ZEPHYR_NET_GENERATED_ETHERNET_MGMT_H_

#ifdef __cplusplus
extern "C" {
#endif


#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ETHERNET_MGMT_H_ */
