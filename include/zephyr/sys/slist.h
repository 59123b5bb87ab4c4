// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Singly linked list with a tail pointer. Nodes live inside the caller's structures.
 *
 * Nothing here locks.
 */
#ifndef ZEPHYR_INCLUDE_SYS_SLIST_H_
#define ZEPHYR_INCLUDE_SYS_SLIST_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

struct _snode {
	struct _snode *next;
};

/** Link inside an element. */
typedef struct _snode sys_snode_t;

struct _slist {
	sys_snode_t *head;
	sys_snode_t *tail;
};

/** A list. All zero is the empty one. */
typedef struct _slist sys_slist_t;

/** Initialiser of an empty list; the argument is kept for symmetry with the other lists. */
#define SYS_SLIST_STATIC_INIT(ptr_to_list) {NULL, NULL}

static inline void sys_slist_init(sys_slist_t *list)
{
	list->head = NULL;
	list->tail = NULL;
}

/** First node, or NULL. */
static inline sys_snode_t *sys_slist_peek_head(sys_slist_t *list)
{
	return list->head;
}

/** Last node, or NULL. */
static inline sys_snode_t *sys_slist_peek_tail(sys_slist_t *list)
{
	return list->tail;
}

static inline bool sys_slist_is_empty(sys_slist_t *list)
{
	return list->head == NULL;
}

/** Node after @p node, which is not NULL; NULL after the last. */
static inline sys_snode_t *sys_slist_peek_next_no_check(sys_snode_t *node)
{
	return node->next;
}

/** Node after @p node; NULL after the last and after NULL. */
static inline sys_snode_t *sys_slist_peek_next(sys_snode_t *node)
{
	return node != NULL ? node->next : NULL;
}

static inline void sys_slist_prepend(sys_slist_t *list, sys_snode_t *node)
{
	node->next = list->head;
	list->head = node;
	if (list->tail == NULL) {
		list->tail = node;
	}
}

/** Joins the chain of nodes from @p head to @p tail to the end; a NULL head does nothing. */
static inline void sys_slist_append_list(sys_slist_t *list, void *head, void *tail)
{
	if (head == NULL) {
		return;
	}
	if (list->tail == NULL) {
		list->head = (sys_snode_t *)head;
	} else {
		list->tail->next = (sys_snode_t *)head;
	}
	list->tail = (sys_snode_t *)tail;
}

static inline void sys_slist_append(sys_slist_t *list, sys_snode_t *node)
{
	node->next = NULL;
	sys_slist_append_list(list, node, node);
}

/** Moves all of @p list_to_append to the end of @p list. */
static inline void sys_slist_merge_slist(sys_slist_t *list, sys_slist_t *list_to_append)
{
	sys_slist_append_list(list, list_to_append->head, list_to_append->tail);
	sys_slist_init(list_to_append);
}

/** Puts @p node after @p prev, or first if that is NULL. */
static inline void sys_slist_insert(sys_slist_t *list, sys_snode_t *prev, sys_snode_t *node)
{
	if (prev == NULL) {
		sys_slist_prepend(list, node);
		return;
	}
	node->next = prev->next;
	prev->next = node;
	if (list->tail == prev) {
		list->tail = node;
	}
}

/** Takes the first node off a list that has one. */
static inline sys_snode_t *sys_slist_get_not_empty(sys_slist_t *list)
{
	sys_snode_t *node = list->head;

	list->head = node->next;
	if (list->tail == node) {
		list->tail = NULL;
	}
	return node;
}

/** Takes the first node off, or gives NULL. */
static inline sys_snode_t *sys_slist_get(sys_slist_t *list)
{
	return sys_slist_is_empty(list) ? NULL : sys_slist_get_not_empty(list);
}

/** Takes @p node out; @p prev_node is the one before it, NULL if it is the first. */
static inline void sys_slist_remove(sys_slist_t *list, sys_snode_t *prev_node, sys_snode_t *node)
{
	if (prev_node == NULL) {
		list->head = node->next;
	} else {
		prev_node->next = node->next;
	}
	if (list->tail == node) {
		list->tail = prev_node;
	}
	node->next = NULL;
}

/**
 * Looks for @p node.
 *
 * @param prev if not NULL: set to the node before it (NULL for the first); if absent, to the last
 * node.
 */
static inline bool sys_slist_find(sys_slist_t *list, sys_snode_t *node, sys_snode_t **prev)
{
	sys_snode_t *before = NULL;
	sys_snode_t *at = list->head;

	while (at != NULL && at != node) {
		before = at;
		at = at->next;
	}
	if (prev != NULL) {
		*prev = before;
	}
	return at != NULL && node != NULL;
}

/** Takes @p node out wherever it is; false if it is not there. */
static inline bool sys_slist_find_and_remove(sys_slist_t *list, sys_snode_t *node)
{
	sys_snode_t *prev;

	if (!sys_slist_find(list, node, &prev)) {
		return false;
	}
	sys_slist_remove(list, prev, node);
	return true;
}

/** Number of nodes; walks the list. */
static inline size_t sys_slist_len(sys_slist_t *list)
{
	size_t len = 0;

	for (sys_snode_t *node = list->head; node != NULL; node = node->next) {
		len++;
	}
	return len;
}

/** Loops over the nodes; none may be removed on the way. */
#define SYS_SLIST_FOR_EACH_NODE(sl, sn)                                                            \
	for ((sn) = sys_slist_peek_head(sl); (sn) != NULL; (sn) = sys_slist_peek_next(sn))

/** Loops over the nodes after @p sn, or over all of them if it is NULL. */
#define SYS_SLIST_ITERATE_FROM_NODE(sl, sn)                                                        \
	for ((sn) = (sn) != NULL ? sys_slist_peek_next_no_check(sn) : sys_slist_peek_head(sl);     \
	     (sn) != NULL; (sn) = sys_slist_peek_next(sn))

/** Loops over the nodes; the current one may be removed. @p sns is scratch. */
#define SYS_SLIST_FOR_EACH_NODE_SAFE(sl, sn, sns)                                                  \
	for ((sn) = sys_slist_peek_head(sl), (sns) = sys_slist_peek_next(sn); (sn) != NULL;        \
	     (sn) = (sns), (sns) = sys_slist_peek_next(sn))

/** The element that holds node @p ln, of the type of @p cn; NULL for NULL. */
#define SYS_SLIST_CONTAINER(ln, cn, n)                                                             \
	((ln) != NULL ? CONTAINER_OF(ln, __typeof__(*(cn)), n) : NULL)

/** First element, or NULL. */
#define SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n) SYS_SLIST_CONTAINER(sys_slist_peek_head(sl), cn, n)

/** Last element, or NULL. */
#define SYS_SLIST_PEEK_TAIL_CONTAINER(sl, cn, n) SYS_SLIST_CONTAINER(sys_slist_peek_tail(sl), cn, n)

/** Element after @p cn; NULL after the last and after NULL. */
#define SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n)                                                       \
	((cn) != NULL ? SYS_SLIST_CONTAINER(sys_slist_peek_next(&((cn)->n)), cn, n) : NULL)

/** Loops over the elements; none may be removed on the way. */
#define SYS_SLIST_FOR_EACH_CONTAINER(sl, cn, n)                                                    \
	for ((cn) = SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n); (cn) != NULL;                        \
	     (cn) = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n))

/** Loops over the elements; the current one may be removed. @p cns is scratch. */
#define SYS_SLIST_FOR_EACH_CONTAINER_SAFE(sl, cn, cns, n)                                          \
	for ((cn) = SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n),                                      \
	    (cns) = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n);                                          \
	     (cn) != NULL; (cn) = (cns), (cns) = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n))

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_SLIST_H_ */
