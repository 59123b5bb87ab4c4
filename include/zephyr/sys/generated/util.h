// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/sys/util.h>.
 * Written by `cargo xtask headers` from src/kernel/text.rs.
 */
#ifndef ZEPHYR_SYS_GENERATED_UTIL_H_
#define ZEPHYR_SYS_GENERATED_UTIL_H_

#ifdef __cplusplus
extern "C" {
#endif

int (char2hex)(char c, uint8_t *x);

int (hex2char)(uint8_t x, char *c);

size_t (bin2hex)(const uint8_t *buf, size_t buflen, char *hex, size_t hexlen);

size_t (hex2bin)(const char *hex, size_t hexlen, uint8_t *buf, size_t buflen);

uint8_t (u8_to_dec)(char *buf, uint8_t buflen, uint8_t value);

char *(utf8_trunc)(char *utf8_str);

char *(utf8_lcpy)(char *dst, const char *src, size_t n);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_SYS_GENERATED_UTIL_H_ */
