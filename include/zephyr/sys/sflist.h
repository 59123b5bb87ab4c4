// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Singly linked list whose nodes carry two flag bits in the low bits of the link.
 */
#ifndef ZEPHYR_INCLUDE_SYS_SFLIST_H_
#define ZEPHYR_INCLUDE_SYS_SFLIST_H_

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct _sfnode {
	uintptr_t next_and_flags;
};

/** Link inside an element. */
typedef struct _sfnode sys_sfnode_t;

struct _sflist {
	sys_sfnode_t *head;
	sys_sfnode_t *tail;
};

/** A list. All zero is the empty one. */
typedef struct _sflist sys_sflist_t;

/** The bits of the link that are free for flags. */
#define SYS_SFLIST_FLAGS_MASK ((uintptr_t)(__alignof__(sys_sfnode_t) - 1))

BUILD_ASSERT(__alignof__(sys_sfnode_t) >= 4, "a link must leave two bits for flags");

/** Initialiser of an empty list. */
#define SYS_SFLIST_STATIC_INIT(ptr_to_list) {NULL, NULL}

static inline void sys_sflist_init(sys_sflist_t *list)
{
	list->head = NULL;
	list->tail = NULL;
}

static inline void z_sfnode_next_set(sys_sfnode_t *node, sys_sfnode_t *next)
{
	node->next_and_flags = (node->next_and_flags & SYS_SFLIST_FLAGS_MASK) | (uintptr_t)next;
}

static inline uint8_t sys_sfnode_flags_get(sys_sfnode_t *node)
{
	return (uint8_t)(node->next_and_flags & SYS_SFLIST_FLAGS_MASK);
}

/** Makes a node that is in no list and has these flags. */
static inline void sys_sfnode_init(sys_sfnode_t *node, uint8_t flags)
{
	node->next_and_flags = flags & SYS_SFLIST_FLAGS_MASK;
}

static inline void sys_sfnode_flags_set(sys_sfnode_t *node, uint8_t flags)
{
	node->next_and_flags = (node->next_and_flags & ~SYS_SFLIST_FLAGS_MASK) |
			       (flags & SYS_SFLIST_FLAGS_MASK);
}

static inline sys_sfnode_t *sys_sflist_peek_head(sys_sflist_t *list)
{
	return list->head;
}

static inline sys_sfnode_t *sys_sflist_peek_tail(sys_sflist_t *list)
{
	return list->tail;
}

static inline bool sys_sflist_is_empty(sys_sflist_t *list)
{
	return list->head == NULL;
}

static inline sys_sfnode_t *sys_sflist_peek_next_no_check(sys_sfnode_t *node)
{
	return (sys_sfnode_t *)(node->next_and_flags & ~SYS_SFLIST_FLAGS_MASK);
}

static inline sys_sfnode_t *sys_sflist_peek_next(sys_sfnode_t *node)
{
	return node != NULL ? sys_sflist_peek_next_no_check(node) : NULL;
}

static inline void sys_sflist_prepend(sys_sflist_t *list, sys_sfnode_t *node)
{
	z_sfnode_next_set(node, list->head);
	list->head = node;
	if (list->tail == NULL) {
		list->tail = node;
	}
}

/** Joins the chain of nodes from @p head to @p tail to the end; a NULL head does nothing. */
static inline void sys_sflist_append_list(sys_sflist_t *list, void *head, void *tail)
{
	if (head == NULL) {
		return;
	}
	if (list->tail == NULL) {
		list->head = (sys_sfnode_t *)head;
	} else {
		z_sfnode_next_set(list->tail, (sys_sfnode_t *)head);
	}
	list->tail = (sys_sfnode_t *)tail;
}

static inline void sys_sflist_append(sys_sflist_t *list, sys_sfnode_t *node)
{
	z_sfnode_next_set(node, NULL);
	sys_sflist_append_list(list, node, node);
}

static inline void sys_sflist_merge_sflist(sys_sflist_t *list, sys_sflist_t *list_to_append)
{
	sys_sflist_append_list(list, list_to_append->head, list_to_append->tail);
	sys_sflist_init(list_to_append);
}

/** Puts @p node after @p prev, or first if that is NULL. */
static inline void sys_sflist_insert(sys_sflist_t *list, sys_sfnode_t *prev, sys_sfnode_t *node)
{
	if (prev == NULL) {
		sys_sflist_prepend(list, node);
		return;
	}
	z_sfnode_next_set(node, sys_sflist_peek_next_no_check(prev));
	z_sfnode_next_set(prev, node);
	if (list->tail == prev) {
		list->tail = node;
	}
}

static inline sys_sfnode_t *sys_sflist_get_not_empty(sys_sflist_t *list)
{
	sys_sfnode_t *node = list->head;

	list->head = sys_sflist_peek_next_no_check(node);
	if (list->tail == node) {
		list->tail = NULL;
	}
	return node;
}

static inline sys_sfnode_t *sys_sflist_get(sys_sflist_t *list)
{
	return sys_sflist_is_empty(list) ? NULL : sys_sflist_get_not_empty(list);
}

/** Takes @p node out; @p prev_node is the one before it, NULL if it is the first. */
static inline void sys_sflist_remove(sys_sflist_t *list, sys_sfnode_t *prev_node,
				     sys_sfnode_t *node)
{
	if (prev_node == NULL) {
		list->head = sys_sflist_peek_next_no_check(node);
	} else {
		z_sfnode_next_set(prev_node, sys_sflist_peek_next_no_check(node));
	}
	if (list->tail == node) {
		list->tail = prev_node;
	}
	z_sfnode_next_set(node, NULL);
}

/** Takes @p node out wherever it is; false if it is not there. */
static inline bool sys_sflist_find_and_remove(sys_sflist_t *list, sys_sfnode_t *node)
{
	sys_sfnode_t *prev = NULL;

	for (sys_sfnode_t *at = list->head; at != NULL; at = sys_sflist_peek_next_no_check(at)) {
		if (at == node) {
			sys_sflist_remove(list, prev, node);
			return true;
		}
		prev = at;
	}
	return false;
}

static inline size_t sys_sflist_len(sys_sflist_t *list)
{
	size_t len = 0;

	for (sys_sfnode_t *at = list->head; at != NULL; at = sys_sflist_peek_next_no_check(at)) {
		len++;
	}
	return len;
}

/** Loops over the nodes; none may be removed on the way. */
#define SYS_SFLIST_FOR_EACH_NODE(sl, sn)                                                           \
	for ((sn) = sys_sflist_peek_head(sl); (sn) != NULL; (sn) = sys_sflist_peek_next(sn))

/** Loops over the nodes after @p sn, or over all of them if it is NULL. */
#define SYS_SFLIST_ITERATE_FROM_NODE(sl, sn)                                                       \
	for ((sn) = (sn) != NULL ? sys_sflist_peek_next_no_check(sn) : sys_sflist_peek_head(sl);   \
	     (sn) != NULL; (sn) = sys_sflist_peek_next(sn))

/** Loops over the nodes; the current one may be removed. @p sns is scratch. */
#define SYS_SFLIST_FOR_EACH_NODE_SAFE(sl, sn, sns)                                                 \
	for ((sn) = sys_sflist_peek_head(sl), (sns) = sys_sflist_peek_next(sn); (sn) != NULL;      \
	     (sn) = (sns), (sns) = sys_sflist_peek_next(sn))

#define SYS_SFLIST_CONTAINER(ln, cn, n)                                                            \
	((ln) != NULL ? CONTAINER_OF(ln, __typeof__(*(cn)), n) : NULL)
#define SYS_SFLIST_PEEK_HEAD_CONTAINER(sl, cn, n)                                                  \
	SYS_SFLIST_CONTAINER(sys_sflist_peek_head(sl), cn, n)
#define SYS_SFLIST_PEEK_TAIL_CONTAINER(sl, cn, n)                                                  \
	SYS_SFLIST_CONTAINER(sys_sflist_peek_tail(sl), cn, n)
#define SYS_SFLIST_PEEK_NEXT_CONTAINER(cn, n)                                                      \
	((cn) != NULL ? SYS_SFLIST_CONTAINER(sys_sflist_peek_next(&((cn)->n)), cn, n) : NULL)
#define SYS_SFLIST_FOR_EACH_CONTAINER(sl, cn, n)                                                   \
	for ((cn) = SYS_SFLIST_PEEK_HEAD_CONTAINER(sl, cn, n); (cn) != NULL;                       \
	     (cn) = SYS_SFLIST_PEEK_NEXT_CONTAINER(cn, n))
#define SYS_SFLIST_FOR_EACH_CONTAINER_SAFE(sl, cn, cns, n)                                         \
	for ((cn) = SYS_SFLIST_PEEK_HEAD_CONTAINER(sl, cn, n),                                     \
	    (cns) = SYS_SFLIST_PEEK_NEXT_CONTAINER(cn, n);                                         \
	     (cn) != NULL; (cn) = (cns), (cns) = SYS_SFLIST_PEEK_NEXT_CONTAINER(cn, n))

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_SFLIST_H_ */
