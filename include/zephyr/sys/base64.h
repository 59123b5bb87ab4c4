// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Base64 (RFC 4648, section 4).
 */
#ifndef ZEPHYR_INCLUDE_SYS_BASE64_H_
#define ZEPHYR_INCLUDE_SYS_BASE64_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes bytes as text with a final NUL.
 *
 * @param olen set to the length of the text without the NUL; without room, to the room needed with
 * it
 * @retval 0 done
 * @retval -ENOMEM @p dst is NULL or too small
 */
int base64_encode(uint8_t *dst, size_t dlen, size_t *olen, const uint8_t *src, size_t slen);

/**
 * Reads text; line ends, and spaces before them, are skipped.
 *
 * @param olen set to the number of bytes, also without room
 * @retval 0 done
 * @retval -EINVAL not Base64
 * @retval -ENOMEM @p dst is NULL or too small
 */
int base64_decode(uint8_t *dst, size_t dlen, size_t *olen, const uint8_t *src, size_t slen);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_BASE64_H_ */
