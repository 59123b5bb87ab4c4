// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Doubly linked list, a ring through the list head. Nodes live inside the caller's
 * structures.
 *
 * Nothing here locks.
 */
#ifndef ZEPHYR_INCLUDE_SYS_DLIST_H_
#define ZEPHYR_INCLUDE_SYS_DLIST_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct _dnode {
	union {
		struct _dnode *head; /* first node, in a list */
		struct _dnode *next; /* in a node */
	};
	union {
		struct _dnode *tail; /* last node, in a list */
		struct _dnode *prev; /* in a node */
	};
};

/** A list; empty if it points to itself. */
typedef struct _dnode sys_dlist_t;
/** Link inside an element; both pointers NULL while in no list. */
typedef struct _dnode sys_dnode_t;

/** Initialiser of an empty list, given its address. */
#define SYS_DLIST_STATIC_INIT(ptr_to_list) {{(ptr_to_list)}, {(ptr_to_list)}}

static inline void sys_dlist_init(sys_dlist_t *list)
{
	list->head = list;
	list->tail = list;
}

/** Makes a node that is in no list. */
static inline void sys_dnode_init(sys_dnode_t *node)
{
	node->next = NULL;
	node->prev = NULL;
}

static inline bool sys_dnode_is_linked(const sys_dnode_t *node)
{
	return node->next != NULL;
}

static inline bool sys_dlist_is_head(sys_dlist_t *list, sys_dnode_t *node)
{
	return list->head == node;
}

static inline bool sys_dlist_is_tail(sys_dlist_t *list, sys_dnode_t *node)
{
	return list->tail == node;
}

static inline bool sys_dlist_is_empty(sys_dlist_t *list)
{
	return list->head == list;
}

static inline bool sys_dlist_has_multiple_nodes(sys_dlist_t *list)
{
	return list->head != list->tail;
}

/** First node, or NULL. */
static inline sys_dnode_t *sys_dlist_peek_head(sys_dlist_t *list)
{
	return sys_dlist_is_empty(list) ? NULL : list->head;
}

/** First node of a list that has one. */
static inline sys_dnode_t *sys_dlist_peek_head_not_empty(sys_dlist_t *list)
{
	return list->head;
}

/** Node after @p node, which is not NULL; NULL after the last. */
static inline sys_dnode_t *sys_dlist_peek_next_no_check(sys_dlist_t *list, sys_dnode_t *node)
{
	return node->next == list ? NULL : node->next;
}

/** Node after @p node; NULL after the last and after NULL. */
static inline sys_dnode_t *sys_dlist_peek_next(sys_dlist_t *list, sys_dnode_t *node)
{
	return node != NULL ? sys_dlist_peek_next_no_check(list, node) : NULL;
}

/** Node before @p node, which is not NULL; NULL before the first. */
static inline sys_dnode_t *sys_dlist_peek_prev_no_check(sys_dlist_t *list, sys_dnode_t *node)
{
	return node->prev == list ? NULL : node->prev;
}

/** Node before @p node; NULL before the first and before NULL. */
static inline sys_dnode_t *sys_dlist_peek_prev(sys_dlist_t *list, sys_dnode_t *node)
{
	return node != NULL ? sys_dlist_peek_prev_no_check(list, node) : NULL;
}

/** Last node, or NULL. */
static inline sys_dnode_t *sys_dlist_peek_tail(sys_dlist_t *list)
{
	return sys_dlist_is_empty(list) ? NULL : list->tail;
}

/** Puts @p node before @p successor, which is linked (or the list itself: then it comes last). */
static inline void sys_dlist_insert(sys_dnode_t *successor, sys_dnode_t *node)
{
	sys_dnode_t *const before = successor->prev;

	node->prev = before;
	node->next = successor;
	before->next = node;
	successor->prev = node;
}

static inline void sys_dlist_append(sys_dlist_t *list, sys_dnode_t *node)
{
	sys_dlist_insert(list, node);
}

static inline void sys_dlist_prepend(sys_dlist_t *list, sys_dnode_t *node)
{
	sys_dlist_insert(list->head, node);
}

/**
 * Puts @p node before the first node for which @p cond is not 0, or last.
 *
 * @param cond called with each node and @p data
 */
static inline void sys_dlist_insert_at(sys_dlist_t *list, sys_dnode_t *node,
				       int (*cond)(sys_dnode_t *node, void *data), void *data)
{
	sys_dnode_t *at = list->head;

	while (at != list && cond(at, data) == 0) {
		at = at->next;
	}
	sys_dlist_insert(at, node);
}

/** Takes a linked node out and leaves its own pointers as they are. */
static inline void sys_dlist_dequeue(sys_dnode_t *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
}

/** Takes a linked node out. */
static inline void sys_dlist_remove(sys_dnode_t *node)
{
	sys_dlist_dequeue(node);
	sys_dnode_init(node);
}

/** Takes the first node off, or gives NULL. */
static inline sys_dnode_t *sys_dlist_get(sys_dlist_t *list)
{
	sys_dnode_t *const node = sys_dlist_peek_head(list);

	if (node != NULL) {
		sys_dlist_remove(node);
	}
	return node;
}

/** Number of nodes; walks the list. */
static inline size_t sys_dlist_len(sys_dlist_t *list)
{
	size_t len = 0;

	for (sys_dnode_t *at = list->head; at != list; at = at->next) {
		len++;
	}
	return len;
}

/** Loops over the nodes; none may be removed on the way. */
#define SYS_DLIST_FOR_EACH_NODE(dl, dn)                                                            \
	for ((dn) = sys_dlist_peek_head(dl); (dn) != NULL; (dn) = sys_dlist_peek_next(dl, dn))

/** Loops over the nodes after @p dn, or over all of them if it is NULL. */
#define SYS_DLIST_ITERATE_FROM_NODE(dl, dn)                                                        \
	for ((dn) = (dn) != NULL ? sys_dlist_peek_next_no_check(dl, dn) : sys_dlist_peek_head(dl); \
	     (dn) != NULL; (dn) = sys_dlist_peek_next(dl, dn))

/** Loops over the nodes; the current one may be removed. @p dns is scratch. */
#define SYS_DLIST_FOR_EACH_NODE_SAFE(dl, dn, dns)                                                  \
	for ((dn) = sys_dlist_peek_head(dl), (dns) = sys_dlist_peek_next(dl, dn); (dn) != NULL;    \
	     (dn) = (dns), (dns) = sys_dlist_peek_next(dl, dn))

/** The element that holds node @p dn, of the type of @p cn; NULL for NULL. */
#define SYS_DLIST_CONTAINER(dn, cn, n)                                                             \
	((dn) != NULL ? CONTAINER_OF(dn, __typeof__(*(cn)), n) : NULL)

/** First element, or NULL. */
#define SYS_DLIST_PEEK_HEAD_CONTAINER(dl, cn, n) SYS_DLIST_CONTAINER(sys_dlist_peek_head(dl), cn, n)

/** Element after @p cn; NULL after the last and after NULL. */
#define SYS_DLIST_PEEK_NEXT_CONTAINER(dl, cn, n)                                                   \
	((cn) != NULL ? SYS_DLIST_CONTAINER(sys_dlist_peek_next(dl, &((cn)->n)), cn, n) : NULL)

/** Loops over the elements; none may be removed on the way. */
#define SYS_DLIST_FOR_EACH_CONTAINER(dl, cn, n)                                                    \
	for ((cn) = SYS_DLIST_PEEK_HEAD_CONTAINER(dl, cn, n); (cn) != NULL;                        \
	     (cn) = SYS_DLIST_PEEK_NEXT_CONTAINER(dl, cn, n))

/** Loops over the elements; the current one may be removed. @p cns is scratch. */
#define SYS_DLIST_FOR_EACH_CONTAINER_SAFE(dl, cn, cns, n)                                          \
	for ((cn) = SYS_DLIST_PEEK_HEAD_CONTAINER(dl, cn, n),                                      \
	    (cns) = SYS_DLIST_PEEK_NEXT_CONTAINER(dl, cn, n);                                      \
	     (cn) != NULL; (cn) = (cns), (cns) = SYS_DLIST_PEEK_NEXT_CONTAINER(dl, cn, n))

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_DLIST_H_ */
