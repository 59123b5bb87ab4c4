// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/net/znet_plpmtud.h>.
 * Written by `cargo xtask headers` from src/capi/znet_plpmtud.rs.
 */
#ifndef ZEPHYR_NET_GENERATED_ZNET_PLPMTUD_H_
#define ZEPHYR_NET_GENERATED_ZNET_PLPMTUD_H_

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CONFIG_ZNET_UDP_PLPMTUD)
int (znet_plpmtud_start)(int sock);

int (znet_plpmtud_stop)(int sock);

int (znet_plpmtud_due)(int sock, uint32_t *wait_ms);

int (znet_plpmtud_confirm)(int sock, size_t len);

int (znet_plpmtud_size)(int sock);

int (znet_plpmtud_state)(int sock);
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_NET_GENERATED_ZNET_PLPMTUD_H_ */
