// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Network buffers: windows of content in storage, from pools, counted, chained.
 *
 * A buffer has headroom, content and tailroom:
 *
 *     __buf        data              data + len       __buf + size
 *       | headroom  | content (len)      | tailroom      |
 *
 * add and remove work at the end of the content, push and pull at its beginning. What does not fit, or is not
 * there, changes nothing: functions that return a pointer return NULL then, those that return a number 0.
 */

#ifndef ZEPHYR_INCLUDE_NET_BUF_H_
#define ZEPHYR_INCLUDE_NET_BUF_H_

#include <stddef.h>

#include <zephyr/kernel.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if CONFIG_NET_BUF_ALIGNMENT == 0
#define __net_buf_align __aligned(sizeof(void *))
#else
#define __net_buf_align __aligned(CONFIG_NET_BUF_ALIGNMENT)
#endif

/** A buffer without pool, references or user data: a window of content in some storage. */
struct net_buf_simple {
	uint8_t *data;  /**< First byte of the content */
	uint16_t len;   /**< Bytes of content */
	uint16_t size;  /**< Bytes of storage */
	uint8_t *__buf; /**< First byte of the storage */
};

/** Defines simple buffer @p _name with @p _size bytes of storage; in a function, on its stack. */
#define NET_BUF_SIMPLE_DEFINE(_name, _size)                                                        \
	uint8_t net_buf_data_##_name[_size];                                                       \
	struct net_buf_simple _name = {net_buf_data_##_name, 0, _size, net_buf_data_##_name}

/** Defines a static simple buffer. */
#define NET_BUF_SIMPLE_DEFINE_STATIC(_name, _size)                                                 \
	static __noinit uint8_t net_buf_data_##_name[_size];                                       \
	static struct net_buf_simple _name = {net_buf_data_##_name, 0, _size,                      \
					      net_buf_data_##_name}

/** Pointer to a simple buffer on the stack, to be given to net_buf_simple_init() first. C only. */
#define NET_BUF_SIMPLE(_size)                                                                      \
	(&(struct {                                                                                \
		  struct net_buf_simple buf;                                                       \
		  uint8_t data[_size];                                                             \
	  }){{NULL, 0, _size, NULL}, {0}}                                                          \
		  .buf)

/** Empties @p buf and leaves @p reserve_head bytes of headroom. */
static inline void net_buf_simple_init(struct net_buf_simple *buf, size_t reserve_head)
{
	/* NET_BUF_SIMPLE() puts the storage right behind the struct. */
	if (buf->__buf == NULL) {
		buf->__buf = (uint8_t *)(buf + 1);
	}

	buf->data = buf->__buf + reserve_head;
	buf->len = 0U;
}

/** Makes @p size bytes at @p data the content of @p buf. */
void net_buf_simple_init_with_data(struct net_buf_simple *buf, void *data, size_t size);

/** Empties @p buf; headroom becomes room for content. */
static inline void net_buf_simple_reset(struct net_buf_simple *buf)
{
	buf->len = 0U;
	buf->data = buf->__buf;
}

/** Makes @p clone another window on the content of @p original. */
void net_buf_simple_clone(const struct net_buf_simple *original, struct net_buf_simple *clone);
/** Starts the content of an empty buffer @p reserve bytes into its storage. */
void net_buf_simple_reserve(struct net_buf_simple *buf, size_t reserve);

/** Makes @p len bytes behind the content content. @return the first of them */
void *net_buf_simple_add(struct net_buf_simple *buf, size_t len);
/** Appends @p len bytes from @p mem. @return where they are */
void *net_buf_simple_add_mem(struct net_buf_simple *buf, const void *mem, size_t len);
/** Takes @p len bytes off the end. @return where they are */
void *net_buf_simple_remove_mem(struct net_buf_simple *buf, size_t len);
/** Makes @p len bytes before the content content. @return the first of them */
void *net_buf_simple_push(struct net_buf_simple *buf, size_t len);
/** Puts @p len bytes from @p mem in front. @return where they are */
void *net_buf_simple_push_mem(struct net_buf_simple *buf, const void *mem, size_t len);
/** Takes @p len bytes off the front. @return what comes after them */
void *net_buf_simple_pull(struct net_buf_simple *buf, size_t len);
/** Takes @p len bytes off the front. @return where they are */
void *net_buf_simple_pull_mem(struct net_buf_simple *buf, size_t len);

/* Numbers, of 8 to 64 bits. The name says where and, for more than one byte, which end comes first. */
uint8_t *net_buf_simple_add_u8(struct net_buf_simple *buf, uint8_t val);
uint8_t net_buf_simple_remove_u8(struct net_buf_simple *buf);
void net_buf_simple_push_u8(struct net_buf_simple *buf, uint8_t val);
uint8_t net_buf_simple_pull_u8(struct net_buf_simple *buf);
void net_buf_simple_add_le16(struct net_buf_simple *buf, uint16_t val);
void net_buf_simple_add_be16(struct net_buf_simple *buf, uint16_t val);
void net_buf_simple_add_le24(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_add_be24(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_add_le32(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_add_be32(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_add_le40(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_add_be40(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_add_le48(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_add_be48(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_add_le64(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_add_be64(struct net_buf_simple *buf, uint64_t val);
uint16_t net_buf_simple_remove_le16(struct net_buf_simple *buf);
uint16_t net_buf_simple_remove_be16(struct net_buf_simple *buf);
uint32_t net_buf_simple_remove_le24(struct net_buf_simple *buf);
uint32_t net_buf_simple_remove_be24(struct net_buf_simple *buf);
uint32_t net_buf_simple_remove_le32(struct net_buf_simple *buf);
uint32_t net_buf_simple_remove_be32(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_le40(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_be40(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_le48(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_be48(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_le64(struct net_buf_simple *buf);
uint64_t net_buf_simple_remove_be64(struct net_buf_simple *buf);
void net_buf_simple_push_le16(struct net_buf_simple *buf, uint16_t val);
void net_buf_simple_push_be16(struct net_buf_simple *buf, uint16_t val);
void net_buf_simple_push_le24(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_push_be24(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_push_le32(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_push_be32(struct net_buf_simple *buf, uint32_t val);
void net_buf_simple_push_le40(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_push_be40(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_push_le48(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_push_be48(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_push_le64(struct net_buf_simple *buf, uint64_t val);
void net_buf_simple_push_be64(struct net_buf_simple *buf, uint64_t val);
uint16_t net_buf_simple_pull_le16(struct net_buf_simple *buf);
uint16_t net_buf_simple_pull_be16(struct net_buf_simple *buf);
uint32_t net_buf_simple_pull_le24(struct net_buf_simple *buf);
uint32_t net_buf_simple_pull_be24(struct net_buf_simple *buf);
uint32_t net_buf_simple_pull_le32(struct net_buf_simple *buf);
uint32_t net_buf_simple_pull_be32(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_le40(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_be40(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_le48(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_be48(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_le64(struct net_buf_simple *buf);
uint64_t net_buf_simple_pull_be64(struct net_buf_simple *buf);

/** First byte behind the content. */
static inline uint8_t *net_buf_simple_tail(const struct net_buf_simple *buf)
{
	return buf->data + buf->len;
}

/** Bytes in front of the content. */
size_t net_buf_simple_headroom(const struct net_buf_simple *buf);
/** Bytes behind the content. */
size_t net_buf_simple_tailroom(const struct net_buf_simple *buf);
/** Longest content possible: the storage without the headroom. */
uint16_t net_buf_simple_max_len(const struct net_buf_simple *buf);

/** Where the content of a buffer was. */
struct net_buf_simple_state {
	uint16_t offset; /**< Headroom */
	uint16_t len;    /**< Bytes of content */
};

/** Notes where the content of @p buf is. */
static inline void net_buf_simple_save(const struct net_buf_simple *buf,
				       struct net_buf_simple_state *state)
{
	state->offset = (uint16_t)net_buf_simple_headroom(buf);
	state->len = buf->len;
}

/** Puts the content of @p buf back where it was. */
static inline void net_buf_simple_restore(struct net_buf_simple *buf,
					  struct net_buf_simple_state *state)
{
	buf->data = buf->__buf + state->offset;
	buf->len = state->len;
}

/** Flag of a buffer whose storage is the caller's, not the pool's. */
#define NET_BUF_EXTERNAL_DATA BIT(0)

struct net_buf_pool;

/** A buffer from a pool; one fragment of a chain. */
struct net_buf {
	/** Link for lists. First, so that k_fifo and its kin can hold the buffer. */
	sys_snode_t node;
	/** Next fragment; its reference belongs to this one. */
	struct net_buf *frags;
	/** References held; 0 while the buffer is free. */
	uint8_t ref;
	/** NET_BUF_EXTERNAL_DATA, and bits for users of the buffer. */
	uint8_t flags;
	/** For net_buf_pool_get(); 255 if the pool has no number. */
	uint8_t pool_id;
	/** Bytes of user_data. */
	uint8_t user_data_size;
	uint8_t kind; /* of allocator; the library's own */
	/** The content, as members or as a simple buffer. */
	union {
		struct {
			uint8_t *data;  /**< First byte of the content */
			uint16_t len;   /**< Bytes of content */
			uint16_t size;  /**< Bytes of storage */
			uint8_t *__buf; /**< First byte of the storage */
		};
		struct net_buf_simple b; /**< The same as a simple buffer */
	};
	/** Where the buffer returns to. */
	struct net_buf_pool *pool;
	/** The user's own. */
	uint8_t user_data[] __net_buf_align;
};

/** Functions that give storage to the buffers of a pool. */
struct net_buf_data_cb {
	/** Storage of @p size bytes, which may be made more; NULL if there was none in time. */
	uint8_t *__must_check (*alloc)(struct net_buf *buf, size_t *size, k_timeout_t timeout);
	/** One more buffer uses @p data; NULL if that can't be. */
	uint8_t *__must_check (*ref)(struct net_buf *buf, uint8_t *data);
	/** One buffer fewer. */
	void (*unref)(struct net_buf *buf, uint8_t *data);
};

/** Where the storage of a pool comes from. */
struct net_buf_data_alloc {
	const struct net_buf_data_cb *cb;
	void *alloc_data;      /**< For the functions */
	size_t max_alloc_size; /**< Longest request; 0 if there is no limit of that kind */
};

/** A pool of buffers. */
struct net_buf_pool {
	struct net_buf *free;   /**< Those given back, last first */
	_wait_q_t wait_q;       /**< Threads that wait for one */
	const uint16_t buf_count; /**< How many there are */
	uint16_t uninit_count;  /**< How many were never taken */
	uint16_t used;          /**< How many are out now */
	uint8_t user_data_size; /**< Bytes of user data in each */
	uint8_t own_id;         /* of pools outside the section; the library's own */
#if defined(CONFIG_NET_BUF_POOL_USAGE)
	atomic_t avail_count;     /**< How many are free */
	const uint16_t pool_size; /**< Bytes of storage in all */
	uint16_t max_used;        /**< Most that were ever in use at once */
	const char *name;
#endif
	/** Called when a buffer has lost its last reference; ends in net_buf_destroy(). NULL: just that. */
	void (*const destroy)(struct net_buf *buf);
	const struct net_buf_data_alloc *alloc;
	struct net_buf *const __bufs;
};

#if defined(CONFIG_NET_BUF_POOL_USAGE)
/** Initialisers of the members that count use. */
#define NET_BUF_POOL_USAGE_INIT(_pool, _count)                                                     \
	.avail_count = ATOMIC_INIT(_count), .pool_size = 0, .max_used = 0, .name = STRINGIFY(_pool),
#else
#define NET_BUF_POOL_USAGE_INIT(_pool, _count)
#endif

/** Initialiser of a pool of @p _count buffers at @p _bufs. */
#define NET_BUF_POOL_INITIALIZER(_pool, _alloc, _bufs, _count, _ud_size, _destroy)                 \
	{                                                                                          \
		.free = NULL, .wait_q = Z_WAIT_Q_INIT(&(_pool).wait_q), .buf_count = (_count),     \
		.uninit_count = (_count), .used = 0, .user_data_size = (_ud_size), .own_id = 0,               \
		NET_BUF_POOL_USAGE_INIT(_pool, _count).destroy = (_destroy), .alloc = (_alloc),    \
		.__bufs = (struct net_buf *)(_bufs),                                               \
	}

/* The buffers themselves, each with its user data behind it. */
#define _NET_BUF_ARRAY_DEFINE(_name, _count, _ud_size)                                             \
	BUILD_ASSERT((_ud_size) <= UINT8_MAX, "user data of more than 255 bytes");                 \
	struct _net_buf_##_name {                                                                  \
		uint8_t b[sizeof(struct net_buf)];                                                 \
		uint8_t ud[_ud_size];                                                              \
	} __net_buf_align;                                                                         \
	BUILD_ASSERT(offsetof(struct net_buf, user_data) == offsetof(struct _net_buf_##_name, ud), \
		     "user data is not where the struct ends");                                    \
	static struct _net_buf_##_name _net_buf_##_name[_count] __noinit

#if CONFIG_HEAP_MEM_POOL_SIZE > 0
/** Storage from the system heap. */
extern const struct net_buf_data_alloc net_buf_heap_alloc;

/** Defines a pool whose storage is from the system heap. */
#define NET_BUF_POOL_HEAP_DEFINE(_name, _count, _ud_size, _destroy)                                \
	_NET_BUF_ARRAY_DEFINE(_name, _count, _ud_size);                                            \
	static STRUCT_SECTION_ITERABLE(net_buf_pool, _name) = NET_BUF_POOL_INITIALIZER(            \
		_name, &net_buf_heap_alloc, _net_buf_##_name, _count, _ud_size, _destroy)
#endif

/** The pieces of a pool with storage of one size. */
struct net_buf_pool_fixed {
	uint8_t *data_pool;
};

/** Storage of one size. */
extern const struct net_buf_data_cb net_buf_fixed_cb;

/** Defines a pool of @p _count buffers with @p _data_size bytes of storage and @p _ud_size of user data each. */
#define NET_BUF_POOL_FIXED_DEFINE(_name, _count, _data_size, _ud_size, _destroy)                   \
	_NET_BUF_ARRAY_DEFINE(_name, _count, _ud_size);                                            \
	static uint8_t __noinit net_buf_data_##_name[_count][_data_size] __net_buf_align;          \
	static const struct net_buf_pool_fixed net_buf_fixed_##_name = {                           \
		(uint8_t *)net_buf_data_##_name,                                                   \
	};                                                                                         \
	static const struct net_buf_data_alloc net_buf_fixed_alloc_##_name = {                     \
		&net_buf_fixed_cb,                                                                 \
		(void *)&net_buf_fixed_##_name,                                                    \
		_data_size,                                                                        \
	};                                                                                         \
	static STRUCT_SECTION_ITERABLE(net_buf_pool, _name) =                                      \
		NET_BUF_POOL_INITIALIZER(_name, &net_buf_fixed_alloc_##_name, _net_buf_##_name,    \
					 _count, _ud_size, _destroy)

/** Storage as long as asked for, from a heap of the pool's own; clones share it. */
extern const struct net_buf_data_cb net_buf_var_cb;

/** Defines a pool of @p _count buffers that share @p _data_size bytes of storage. */
#define NET_BUF_POOL_VAR_DEFINE(_name, _count, _data_size, _ud_size, _destroy)                     \
	_NET_BUF_ARRAY_DEFINE(_name, _count, _ud_size);                                            \
	K_HEAP_DEFINE(net_buf_mem_pool_##_name, _data_size);                                       \
	static const struct net_buf_data_alloc net_buf_data_alloc_##_name = {                      \
		&net_buf_var_cb,                                                                   \
		&net_buf_mem_pool_##_name,                                                         \
		0,                                                                                 \
	};                                                                                         \
	static STRUCT_SECTION_ITERABLE(net_buf_pool, _name) =                                      \
		NET_BUF_POOL_INITIALIZER(_name, &net_buf_data_alloc_##_name, _net_buf_##_name,     \
					 _count, _ud_size, _destroy)

/** The same as NET_BUF_POOL_FIXED_DEFINE(). */
#define NET_BUF_POOL_DEFINE(_name, _count, _size, _ud_size, _destroy)                              \
	NET_BUF_POOL_FIXED_DEFINE(_name, _count, _size, _ud_size, _destroy)

/** The pool with number @p id, NULL if there is none. */
struct net_buf_pool *net_buf_pool_get(int id);
/** Place of a buffer in its pool, from 0. */
int net_buf_id(const struct net_buf *buf);

/* Allocation. NULL if there was nothing in time; interrupt handlers never wait. */

/** A buffer with all the storage a buffer of the pool has. */
struct net_buf *__must_check net_buf_alloc_fixed(struct net_buf_pool *pool, k_timeout_t timeout);
/** A buffer with @p size bytes of storage; also NULL if the pool can never give so much. */
struct net_buf *__must_check net_buf_alloc_len(struct net_buf_pool *pool, size_t size,
					       k_timeout_t timeout);
/** A buffer whose content is @p size bytes at @p data, which stay the caller's. */
struct net_buf *__must_check net_buf_alloc_with_data(struct net_buf_pool *pool, void *data,
						     size_t size, k_timeout_t timeout);
/** Gives one reference up; the last frees @p buf and gives up that to the next fragment. */
void net_buf_unref(struct net_buf *buf);
/**
 * Takes @p frag, which follows @p parent or with NULL is the first, out of its chain and gives its reference up.
 *
 * @return the fragment that followed
 */
struct net_buf *net_buf_frag_del(struct net_buf *parent, struct net_buf *frag);

#if defined(CONFIG_NET_BUF_LOG)
/* The same, knowing who calls. */
struct net_buf *__must_check net_buf_alloc_fixed_debug(struct net_buf_pool *pool,
						       k_timeout_t timeout, const char *func,
						       int line);
struct net_buf *__must_check net_buf_alloc_len_debug(struct net_buf_pool *pool, size_t size,
						     k_timeout_t timeout, const char *func,
						     int line);
struct net_buf *__must_check net_buf_alloc_with_data_debug(struct net_buf_pool *pool, void *data,
							   size_t size, k_timeout_t timeout,
							   const char *func, int line);
void net_buf_unref_debug(struct net_buf *buf, const char *func, int line);
struct net_buf *net_buf_frag_del_debug(struct net_buf *parent, struct net_buf *frag,
				       const char *func, int line);

#define net_buf_alloc_fixed(_pool, _timeout)                                                       \
	net_buf_alloc_fixed_debug(_pool, _timeout, __func__, __LINE__)
#define net_buf_alloc_len(_pool, _size, _timeout)                                                  \
	net_buf_alloc_len_debug(_pool, _size, _timeout, __func__, __LINE__)
#define net_buf_alloc_with_data(_pool, _data_, _size, _timeout)                                    \
	net_buf_alloc_with_data_debug(_pool, _data_, _size, _timeout, __func__, __LINE__)
#define net_buf_unref(_buf) net_buf_unref_debug(_buf, __func__, __LINE__)
#define net_buf_frag_del(_parent, _frag) net_buf_frag_del_debug(_parent, _frag, __func__, __LINE__)
#endif

/** The same as net_buf_alloc_fixed(). */
static inline struct net_buf *__must_check net_buf_alloc(struct net_buf_pool *pool,
							 k_timeout_t timeout)
{
	return net_buf_alloc_fixed(pool, timeout);
}

/** Returns a buffer without references to its pool; the end of a destroy callback. */
void net_buf_destroy(struct net_buf *buf);
/** Takes one reference more. @return @p buf */
struct net_buf *__must_check net_buf_ref(struct net_buf *buf);
/** A buffer with the same content, shared where the pool can do that, else copied. */
struct net_buf *__must_check net_buf_clone(struct net_buf *buf, k_timeout_t timeout);
/** Empties @p buf; headroom becomes room for content. */
void net_buf_reset(struct net_buf *buf);

/** The user data of @p buf. */
static inline void *__must_check net_buf_user_data(const struct net_buf *buf)
{
	return (void *)buf->user_data;
}

/** Copies user data; 0, or -EINVAL if @p dst has less room for it than @p src. */
int net_buf_user_data_copy(struct net_buf *dst, const struct net_buf *src);

/* Lists. k_fifo, k_lifo and k_queue take buffers too. */

/** Appends @p buf to @p list, which may be shared with other threads and interrupt handlers. */
void net_buf_slist_put(sys_slist_t *list, struct net_buf *buf);
/** Takes the first buffer off @p list, NULL if there is none. */
struct net_buf *__must_check net_buf_slist_get(sys_slist_t *list);

/** k_fifo_get() under an older name. */
__deprecated static inline struct net_buf *net_buf_get(struct k_fifo *fifo, k_timeout_t timeout)
{
	return (struct net_buf *)k_fifo_get(fifo, timeout);
}

/** k_fifo_put() under an older name. */
__deprecated static inline void net_buf_put(struct k_fifo *fifo, struct net_buf *buf)
{
	k_fifo_put(fifo, buf);
}

/* Content: what net_buf_simple has, for the buffer's own. */
static inline void net_buf_reserve(struct net_buf *buf, size_t reserve)
{
	net_buf_simple_reserve(&buf->b, reserve);
}

static inline void *net_buf_add(struct net_buf *buf, size_t len)
{
	return net_buf_simple_add(&buf->b, len);
}

static inline void *net_buf_add_mem(struct net_buf *buf, const void *mem, size_t len)
{
	return net_buf_simple_add_mem(&buf->b, mem, len);
}

static inline void *net_buf_remove_mem(struct net_buf *buf, size_t len)
{
	return net_buf_simple_remove_mem(&buf->b, len);
}

static inline void *net_buf_push(struct net_buf *buf, size_t len)
{
	return net_buf_simple_push(&buf->b, len);
}

static inline void *net_buf_push_mem(struct net_buf *buf, const void *mem, size_t len)
{
	return net_buf_simple_push_mem(&buf->b, mem, len);
}

static inline void *net_buf_pull(struct net_buf *buf, size_t len)
{
	return net_buf_simple_pull(&buf->b, len);
}

static inline void *net_buf_pull_mem(struct net_buf *buf, size_t len)
{
	return net_buf_simple_pull_mem(&buf->b, len);
}

static inline uint8_t *net_buf_add_u8(struct net_buf *buf, uint8_t val)
{
	return net_buf_simple_add_u8(&buf->b, val);
}

static inline uint8_t net_buf_remove_u8(struct net_buf *buf)
{
	return net_buf_simple_remove_u8(&buf->b);
}

static inline void net_buf_push_u8(struct net_buf *buf, uint8_t val)
{
	net_buf_simple_push_u8(&buf->b, val);
}

static inline uint8_t net_buf_pull_u8(struct net_buf *buf)
{
	return net_buf_simple_pull_u8(&buf->b);
}

/* Numbers of several bytes, in both orders. */
#define Z_NET_BUF_NUMBER(order, type)                                                              \
	static inline void net_buf_add_##order(struct net_buf *buf, type val)                      \
	{                                                                                          \
		net_buf_simple_add_##order(&buf->b, val);                                          \
	}                                                                                          \
	static inline type net_buf_remove_##order(struct net_buf *buf)                             \
	{                                                                                          \
		return net_buf_simple_remove_##order(&buf->b);                                     \
	}                                                                                          \
	static inline void net_buf_push_##order(struct net_buf *buf, type val)                     \
	{                                                                                          \
		net_buf_simple_push_##order(&buf->b, val);                                         \
	}                                                                                          \
	static inline type net_buf_pull_##order(struct net_buf *buf)                               \
	{                                                                                          \
		return net_buf_simple_pull_##order(&buf->b);                                       \
	}

Z_NET_BUF_NUMBER(le16, uint16_t)
Z_NET_BUF_NUMBER(be16, uint16_t)
Z_NET_BUF_NUMBER(le24, uint32_t)
Z_NET_BUF_NUMBER(be24, uint32_t)
Z_NET_BUF_NUMBER(le32, uint32_t)
Z_NET_BUF_NUMBER(be32, uint32_t)
Z_NET_BUF_NUMBER(le40, uint64_t)
Z_NET_BUF_NUMBER(be40, uint64_t)
Z_NET_BUF_NUMBER(le48, uint64_t)
Z_NET_BUF_NUMBER(be48, uint64_t)
Z_NET_BUF_NUMBER(le64, uint64_t)
Z_NET_BUF_NUMBER(be64, uint64_t)
#undef Z_NET_BUF_NUMBER

/** Bytes behind the content. */
static inline size_t net_buf_tailroom(const struct net_buf *buf)
{
	return net_buf_simple_tailroom(&buf->b);
}

/** Bytes in front of the content. */
static inline size_t net_buf_headroom(const struct net_buf *buf)
{
	return net_buf_simple_headroom(&buf->b);
}

/** Longest content possible: the storage without the headroom. */
static inline uint16_t net_buf_max_len(const struct net_buf *buf)
{
	return net_buf_simple_max_len(&buf->b);
}

/** First byte behind the content. */
static inline uint8_t *net_buf_tail(const struct net_buf *buf)
{
	return net_buf_simple_tail(&buf->b);
}

/* Chains. A chain is known by its first fragment. */

/** The last fragment. */
struct net_buf *net_buf_frag_last(struct net_buf *frags);
/** Puts the chain @p frag, whose reference it takes, behind @p parent. */
void net_buf_frag_insert(struct net_buf *parent, struct net_buf *frag);
/**
 * Appends the chain @p frag, whose reference it takes, to the chain @p head.
 *
 * @return @p head; if that is NULL, @p frag with one reference more
 */
struct net_buf *net_buf_frag_add(struct net_buf *head, struct net_buf *frag);
/** Drops @p len bytes off the front and frees what they empty. @return the rest, NULL if nothing is left */
struct net_buf *net_buf_skip(struct net_buf *buf, size_t len);

/**
 * Copies up to @p len bytes from @p offset of a chain to @p dst.
 *
 * @return how many: fewer if the chain ends or @p dst_len is less
 */
size_t net_buf_linearize(void *dst, size_t dst_len, const struct net_buf *src, size_t offset,
			 size_t len);

/** Gives net_buf_append_bytes() another fragment, NULL if there was none in time. */
typedef struct net_buf *__must_check (*net_buf_allocator_cb)(k_timeout_t timeout, void *user_data);

/**
 * Appends bytes to a chain, in new fragments as needed: from @p allocate_cb, without one from the pool of @p buf.
 *
 * @return how many bytes there was room for
 */
size_t net_buf_append_bytes(struct net_buf *buf, size_t len, const void *value, k_timeout_t timeout,
			    net_buf_allocator_cb allocate_cb, void *user_data);

/** How many bytes of a chain from @p offset on are the same as those at @p data, of which there are @p len. */
size_t net_buf_data_match(const struct net_buf *buf, size_t offset, const void *data, size_t len);

/** Bytes of content in a chain. */
static inline size_t net_buf_frags_len(const struct net_buf *buf)
{
	size_t len = 0;

	for (; buf != NULL; buf = buf->frags) {
		len += buf->len;
	}

	return len;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_BUF_H_ */
