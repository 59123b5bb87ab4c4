// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Cyclic redundancy checks.
 */
#ifndef ZEPHYR_INCLUDE_SYS_CRC_H_
#define ZEPHYR_INCLUDE_SYS_CRC_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CRC8_CCITT_INITIAL_VALUE 0xFF
#define CRC8_ROHC_INITIAL_VALUE  0xFF
#define CRC24_PGP_INITIAL_VALUE  0x00B704CEUL
#define CRC24_FINAL_VALUE_MASK   0x00FFFFFFUL

/**
 * Eight bits. @p reversed: the lowest bit of each byte first, and @p polynomial reversed as well.
 */
uint8_t crc8(const uint8_t *src, size_t len, uint8_t polynomial, uint8_t initial_value,
	     bool reversed);
/** Polynomial 0x07, highest bit first. */
uint8_t crc8_ccitt(uint8_t initial_value, const void *buf, size_t len);
/** Polynomial 0xE0, lowest bit first. */
uint8_t crc8_rohc(uint8_t initial_value, const void *buf, size_t len);
/** Seven bits in the upper part of the byte, polynomial 0x12; for SD cards. */
uint8_t crc7_be(uint8_t seed, const uint8_t *src, size_t len);
/** Sixteen bits, highest bit first. */
uint16_t crc16(uint16_t poly, uint16_t seed, const uint8_t *src, size_t len);
/** Sixteen bits, lowest bit first; @p poly is the reversed polynomial. */
uint16_t crc16_reflect(uint16_t poly, uint16_t seed, const uint8_t *src, size_t len);
/** Reversed polynomial 0x8408. */
uint16_t crc16_ccitt(uint16_t seed, const uint8_t *src, size_t len);
/** Polynomial 0x1021, highest bit first. */
uint16_t crc16_itu_t(uint16_t seed, const uint8_t *src, size_t len);

/** Reversed polynomial 0xA001, starting from all ones; as Modbus has it. */
static inline uint16_t crc16_ansi(const uint8_t *src, size_t len)
{
	return crc16_reflect(0xA001, 0xFFFF, src, len);
}

/** OpenPGP's 24 bits. */
uint32_t crc24_pgp(const uint8_t *data, size_t len);
/** The same, continued from an earlier result. */
uint32_t crc24_pgp_update(uint32_t crc, const uint8_t *data, size_t len);
/** That of Ethernet. */
uint32_t crc32_ieee(const uint8_t *data, size_t len);
/** The same, continued from an earlier result; 0 begins. */
uint32_t crc32_ieee_update(uint32_t crc, const uint8_t *data, size_t len);
/** Castagnoli's, in pieces: @p first_pkt begins, @p last_pkt ends. */
uint32_t crc32_c(uint32_t crc, const uint8_t *data, size_t len, bool first_pkt, bool last_pkt);

/** Four bits at a time of @p polynomial, reflected or not; the upper half of a byte goes first, as in Zephyr. */
static inline uint8_t crc4(const uint8_t *src, size_t len, uint8_t polynomial,
			   uint8_t initial_value, bool reflect)
{
	uint8_t crc = initial_value & 0xf;

	for (size_t i = 0; i < 2 * len; i++) {
		crc ^= (uint8_t)(i % 2 == 0 ? src[i / 2] >> 4 : src[i / 2] & 0xf);
		for (int bit = 0; bit < 4; bit++) {
			if (reflect) {
				crc = (uint8_t)((crc & 1) != 0 ? crc >> 1 ^ polynomial : crc >> 1);
			} else {
				crc = (uint8_t)((crc & 8) != 0 ? crc << 1 ^ polynomial : crc << 1);
			}
		}
		crc &= 0xf;
	}
	return crc;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_CRC_H_ */
