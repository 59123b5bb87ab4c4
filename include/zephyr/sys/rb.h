/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Red-black trees of nodes that lie in the application's structures.
 */
#ifndef ZEPHYR_INCLUDE_SYS_RB_H_
#define ZEPHYR_INCLUDE_SYS_RB_H_

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A node: the lowest bit of the first link is its colour, 1 for black. */
struct rbnode {
	struct rbnode *children[2];
};

/* Deepest tree of nodes that fill all memory. */
#define Z_TBITS(t)         ((sizeof(t)) < sizeof(uint64_t) ? 2 : 3)
#define Z_PBITS(t)         (8 * sizeof(t))
#define Z_MAX_RBTREE_DEPTH (2 * (Z_PBITS(int *) - Z_TBITS(int *) - 1) + 1)

/** Whether @p a stands before @p b: an order of all nodes. */
typedef bool (*rb_lessthan_t)(struct rbnode *a, struct rbnode *b);

/** A tree; begins with zeros and its order. */
struct rbtree {
	struct rbnode *root;
	rb_lessthan_t lessthan_fn;
	int max_depth; /**< No way to a leaf has been longer */
};

/** Called with each node. */
typedef void (*rb_visit_t)(struct rbnode *node, void *cookie);

struct rbnode *z_rb_child(struct rbnode *node, uint8_t side);
int z_rb_is_black(struct rbnode *node);
void z_rb_walk(struct rbnode *node, rb_visit_t visit_fn, void *cookie);
struct rbnode *z_rb_get_minmax(struct rbtree *tree, uint8_t side);

/** Puts a node in. It is in no tree yet, and the order does not change as long as it is. */
void rb_insert(struct rbtree *tree, struct rbnode *node);
/** Takes a node out that is in it. */
void rb_remove(struct rbtree *tree, struct rbnode *node);
/** Whether a node is in it. */
bool rb_contains(struct rbtree *tree, struct rbnode *node);

/** The first node, or NULL. */
static inline struct rbnode *rb_get_min(struct rbtree *tree)
{
	return z_rb_get_minmax(tree, 0U);
}

/** The last node, or NULL. */
static inline struct rbnode *rb_get_max(struct rbtree *tree)
{
	return z_rb_get_minmax(tree, 1U);
}

/** Calls @p visit_fn with each node, in order; it may free the node. */
static inline void rb_walk(struct rbtree *tree, rb_visit_t visit_fn, void *cookie)
{
	z_rb_walk(tree->root, visit_fn, cookie);
}

/* The way from the root to the current node. */
struct _rb_foreach {
	struct rbnode *stack[Z_MAX_RBTREE_DEPTH];
	int32_t top;
	bool begun;
};

struct rbnode *z_rb_foreach_next(struct rbtree *tree, struct _rb_foreach *f);

/** Goes through the nodes in order; the tree may not change meanwhile. */
#define RB_FOR_EACH(tree, node)                                                                    \
	for (struct _rb_foreach z_way = {.top = 0, .begun = false};                                \
	     ((node) = z_rb_foreach_next((tree), &z_way)) != NULL;)

/** The same with what the nodes lie in. */
#define RB_FOR_EACH_CONTAINER(tree, node, field)                                                   \
	for (struct _rb_foreach z_way = {.top = 0, .begun = false}; ({                             \
		     struct rbnode *z_node = z_rb_foreach_next((tree), &z_way);                    \
		     (node) = z_node != NULL                                                       \
				      ? CONTAINER_OF(z_node, __typeof__(*(node)), field)           \
				      : NULL;                                                      \
		     (node) != NULL;                                                               \
	     });)

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_SYS_RB_H_ */
