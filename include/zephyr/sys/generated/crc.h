// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/sys/crc.h>.
 * Written by `cargo xtask headers` from src/kernel/crc.rs.
 */
#ifndef ZEPHYR_SYS_GENERATED_CRC_H_
#define ZEPHYR_SYS_GENERATED_CRC_H_

#ifdef __cplusplus
extern "C" {
#endif

uint8_t (crc8)(const uint8_t *src,
	     size_t len,
	     uint8_t polynomial,
	     uint8_t initial_value,
	     bool reversed);

uint8_t (crc8_ccitt)(uint8_t initial_value, const void *buf, size_t len);

uint8_t (crc8_rohc)(uint8_t initial_value, const void *buf, size_t len);

uint8_t (crc7_be)(uint8_t seed, const uint8_t *src, size_t len);

uint16_t (crc16)(uint16_t poly, uint16_t seed, const uint8_t *src, size_t len);

uint16_t (crc16_reflect)(uint16_t poly, uint16_t seed, const uint8_t *src, size_t len);

uint16_t (crc16_ccitt)(uint16_t seed, const uint8_t *src, size_t len);

uint16_t (crc16_itu_t)(uint16_t seed, const uint8_t *src, size_t len);

uint32_t (crc24_pgp)(const uint8_t *data, size_t len);

uint32_t (crc24_pgp_update)(uint32_t crc, const uint8_t *data, size_t len);

uint32_t (crc32_ieee)(const uint8_t *data, size_t len);

uint32_t (crc32_ieee_update)(uint32_t crc, const uint8_t *data, size_t len);

uint32_t (crc32_c)(uint32_t crc, const uint8_t *data, size_t len, bool first_pkt, bool last_pkt);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_SYS_GENERATED_CRC_H_ */
