// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/sys/base64.h>.
 * Written by `cargo xtask headers` from src/kernel/base64.rs.
 */
#ifndef ZEPHYR_SYS_GENERATED_BASE64_H_
#define ZEPHYR_SYS_GENERATED_BASE64_H_

#ifdef __cplusplus
extern "C" {
#endif

int (base64_encode)(uint8_t *dst, size_t dlen, size_t *olen, const uint8_t *src, size_t slen);

int (base64_decode)(uint8_t *dst, size_t dlen, size_t *olen, const uint8_t *src, size_t slen);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_SYS_GENERATED_BASE64_H_ */
