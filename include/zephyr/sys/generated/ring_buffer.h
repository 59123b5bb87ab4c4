// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/sys/ring_buffer.h>.
 * Written by `cargo xtask headers` from src/kernel/ring_buffer.rs.
 */
#ifndef ZEPHYR_SYS_GENERATED_RING_BUFFER_H_
#define ZEPHYR_SYS_GENERATED_RING_BUFFER_H_

#ifdef __cplusplus
extern "C" {
#endif

uint32_t (ring_buf_area_claim)(struct ring_buf *buf,
			     struct ring_buf_index *ring,
			     uint8_t **data,
			     uint32_t size);

int (ring_buf_area_finish)(struct ring_buf *buf, struct ring_buf_index *ring, uint32_t size);

uint32_t (ring_buf_put)(struct ring_buf *buf, const uint8_t *data, uint32_t size);

uint32_t (ring_buf_get)(struct ring_buf *buf, uint8_t *data, uint32_t size);

uint32_t (ring_buf_peek)(struct ring_buf *buf, uint8_t *data, uint32_t size);

int (ring_buf_item_put)(struct ring_buf *buf,
		      uint16_t type_,
		      uint8_t value,
		      uint32_t *data32,
		      uint8_t size32);

int (ring_buf_item_get)(struct ring_buf *buf,
		      uint16_t *type_,
		      uint8_t *value,
		      uint32_t *data32,
		      uint8_t *size32);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_SYS_GENERATED_RING_BUFFER_H_ */
