// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Ring buffers of bytes, and of items made of 32-bit words.
 *
 * One writer and one reader need no lock. Several of either must keep each other out.
 */
#ifndef ZEPHYR_INCLUDE_SYS_RING_BUFFER_H_
#define ZEPHYR_INCLUDE_SYS_RING_BUFFER_H_

#include <errno.h>

#include <zephyr/sys/util.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t ring_buf_idx_t;

/** Largest size of a ring buffer, in bytes. */
#define RING_BUFFER_MAX_SIZE UINT32_C(0x7fffffff)

/** One side: positions that only grow, and wrap with their type. */
struct ring_buf_index {
	/** After what is claimed. */
	ring_buf_idx_t head;
	/** After what is finished. */
	ring_buf_idx_t tail;
	/** Of the first byte of the storage, in this turn. */
	ring_buf_idx_t base;
};

struct ring_buf {
	uint8_t *buffer;
	struct ring_buf_index put;
	struct ring_buf_index get;
	uint32_t size;
};

/** Initialiser of an empty one over @p size8 bytes at @p buf. */
#define RING_BUF_INIT(buf, size8) {(buf), {0, 0, 0}, {0, 0, 0}, (size8)}

/** Defines a ring buffer with storage of @p size8 bytes. */
#define RING_BUF_DECLARE(name, size8)                                                              \
	BUILD_ASSERT((size8) <= RING_BUFFER_MAX_SIZE, "the ring buffer is too large");             \
	static uint8_t __noinit _ring_buffer_data_##name[size8];                                   \
	struct ring_buf name = RING_BUF_INIT(_ring_buffer_data_##name, size8)

/** Defines one with storage of @p size32 words, for items. */
#define RING_BUF_ITEM_DECLARE(name, size32)                                                        \
	BUILD_ASSERT((size32) <= RING_BUFFER_MAX_SIZE / 4, "the ring buffer is too large");        \
	static uint32_t __noinit _ring_buffer_data_##name[size32];                                 \
	struct ring_buf name = RING_BUF_INIT((uint8_t *)_ring_buffer_data_##name, 4 * (size32))
#define RING_BUF_ITEM_DECLARE_SIZE(name, size32) RING_BUF_ITEM_DECLARE(name, size32)
#define RING_BUF_ITEM_DECLARE_POW2(name, pow)    RING_BUF_ITEM_DECLARE(name, BIT(pow))
/** Words that hold the value of an expression. */
#define RING_BUF_ITEM_SIZEOF(expr)               DIV_ROUND_UP(sizeof(expr), sizeof(uint32_t))

/**
 * Claims up to @p size bytes in a row on one side.
 *
 * @param ring the `put` or `get` of @p buf
 * @param data set to the first of them
 * @return how many; fewer where the storage ends
 */
uint32_t ring_buf_area_claim(struct ring_buf *buf, struct ring_buf_index *ring, uint8_t **data,
			     uint32_t size);

/** Finishes @p size of the claimed bytes and gives up the rest. -EINVAL if fewer are claimed. */
int ring_buf_area_finish(struct ring_buf *buf, struct ring_buf_index *ring, uint32_t size);

/** Makes a ring buffer over @p size bytes at @p data. */
static inline void ring_buf_init(struct ring_buf *buf, uint32_t size, uint8_t *data)
{
	const struct ring_buf empty = RING_BUF_INIT(data, size);

	*buf = empty;
}

/** Makes one over @p size words, for items. */
static inline void ring_buf_item_init(struct ring_buf *buf, uint32_t size, uint32_t *data)
{
	ring_buf_init(buf, 4 * size, (uint8_t *)data);
}

/** Forgets the content. */
static inline void ring_buf_reset(struct ring_buf *buf)
{
	ring_buf_init(buf, buf->size, buf->buffer);
}

static inline bool ring_buf_is_empty(struct ring_buf *buf)
{
	return buf->get.head == buf->put.tail;
}

/** Bytes that can be put. */
static inline uint32_t ring_buf_space_get(struct ring_buf *buf)
{
	return buf->size - (buf->put.head - buf->get.tail);
}

/** Words that can be put, an item's own word included. */
static inline uint32_t ring_buf_item_space_get(struct ring_buf *buf)
{
	return ring_buf_space_get(buf) / 4;
}

/** Bytes it can hold. */
static inline uint32_t ring_buf_capacity_get(struct ring_buf *buf)
{
	return buf->size;
}

/** Bytes that can be got. */
static inline uint32_t ring_buf_size_get(struct ring_buf *buf)
{
	return buf->put.tail - buf->get.head;
}

/** Claims room for up to @p size bytes in a row; the number there is. */
static inline uint32_t ring_buf_put_claim(struct ring_buf *buf, uint8_t **data, uint32_t size)
{
	return ring_buf_area_claim(buf, &buf->put, data, MIN(size, ring_buf_space_get(buf)));
}

/** Puts the first @p size of the claimed bytes. */
static inline int ring_buf_put_finish(struct ring_buf *buf, uint32_t size)
{
	return ring_buf_area_finish(buf, &buf->put, size);
}

/** Claims up to @p size bytes of content in a row; the number there is. */
static inline uint32_t ring_buf_get_claim(struct ring_buf *buf, uint8_t **data, uint32_t size)
{
	return ring_buf_area_claim(buf, &buf->get, data, MIN(size, ring_buf_size_get(buf)));
}

/** Drops the first @p size of the claimed bytes. */
static inline int ring_buf_get_finish(struct ring_buf *buf, uint32_t size)
{
	return ring_buf_area_finish(buf, &buf->get, size);
}

/** Copies bytes in; how many there was room for. */
uint32_t ring_buf_put(struct ring_buf *buf, const uint8_t *data, uint32_t size);
/** Takes bytes out, or drops them if @p data is NULL; how many there were. */
uint32_t ring_buf_get(struct ring_buf *buf, uint8_t *data, uint32_t size);
/** Copies bytes out and keeps them; how many there were. */
uint32_t ring_buf_peek(struct ring_buf *buf, uint8_t *data, uint32_t size);

/**
 * Puts an item: a type, a value and @p size32 words.
 *
 * @retval 0 done
 * @retval -EMSGSIZE there is no room
 */
int ring_buf_item_put(struct ring_buf *buf, uint16_t type, uint8_t value, uint32_t *data32,
		      uint8_t size32);
/**
 * Takes an item out.
 *
 * @param data32 NULL to drop its words
 * @param size32 room at @p data32; set to the number of words of the item
 * @retval 0 done
 * @retval -EAGAIN there is none
 * @retval -EMSGSIZE it has more words; it stays
 */
int ring_buf_item_get(struct ring_buf *buf, uint16_t *type, uint8_t *value, uint32_t *data32,
		      uint8_t *size32);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_RING_BUFFER_H_ */
