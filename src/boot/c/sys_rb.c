// SPDX-License-Identifier: Apache-2.0
/*
 * <zephyr/sys/rb.h>: a red-black tree without links to parents. Changes keep the way from the root, as pointers to
 * the links that were followed, and mend the colours upwards along it.
 *
 * The rules: the root is black, a red node has black children, each way to a leaf has equally many black nodes.
 */
#include <string.h>

#include <zephyr/sys/__assert.h>
#include <zephyr/sys/rb.h>

#define LEFT  0U
#define RIGHT 1U

struct rbnode *z_rb_child(struct rbnode *node, uint8_t side)
{
	return side == LEFT ? (struct rbnode *)((uintptr_t)node->children[LEFT] & ~(uintptr_t)1)
			    : node->children[RIGHT];
}

int z_rb_is_black(struct rbnode *node)
{
	return (int)((uintptr_t)node->children[LEFT] & 1);
}

static bool is_red(struct rbnode *node)
{
	return node != NULL && z_rb_is_black(node) == 0;
}

static void set_child(struct rbnode *node, uint8_t side, struct rbnode *child)
{
	node->children[side] =
		side == LEFT ? (struct rbnode *)((uintptr_t)child | (uintptr_t)z_rb_is_black(node))
			     : child;
}

static void paint(struct rbnode *node, bool black)
{
	node->children[LEFT] = (struct rbnode *)((uintptr_t)z_rb_child(node, LEFT) | (black ? 1 : 0));
}

struct rbnode *z_rb_get_minmax(struct rbtree *tree, uint8_t side)
{
	struct rbnode *node = tree->root;

	while (node != NULL && z_rb_child(node, side) != NULL) {
		node = z_rb_child(node, side);
	}
	return node;
}

/* The nodes from the root down, and to which side each was left. */
struct way {
	struct rbnode *nodes[Z_MAX_RBTREE_DEPTH];
	uint8_t sides[Z_MAX_RBTREE_DEPTH];
	int len;
};

static void follow(struct way *way, struct rbnode *node, uint8_t side)
{
	__ASSERT_NO_MSG(way->len < (int)Z_MAX_RBTREE_DEPTH);
	way->nodes[way->len] = node;
	way->sides[way->len] = side;
	way->len++;
}

/* Puts `node` where the way's node number `at` hangs. */
static void hang(struct rbtree *tree, struct way *way, int at, struct rbnode *node)
{
	if (at == 0) {
		tree->root = node;
	} else {
		set_child(way->nodes[at - 1], way->sides[at - 1], node);
	}
}

/* Node number `at` goes down to `side`; its other child takes its place. */
static struct rbnode *rotate(struct rbtree *tree, struct way *way, int at, uint8_t side)
{
	struct rbnode *down = way->nodes[at];
	struct rbnode *up = z_rb_child(down, !side);

	set_child(down, !side, z_rb_child(up, side));
	set_child(up, side, down);
	hang(tree, way, at, up);
	return up;
}

void rb_insert(struct rbtree *tree, struct rbnode *node)
{
	struct way way = {.len = 0};

	for (struct rbnode *at = tree->root; at != NULL;) {
		const uint8_t side = tree->lessthan_fn(node, at) ? LEFT : RIGHT;

		follow(&way, at, side);
		at = z_rb_child(at, side);
	}
	node->children[LEFT] = NULL;
	node->children[RIGHT] = NULL;
	hang(tree, &way, way.len, node);
	tree->max_depth = MAX(tree->max_depth, way.len + 1);

	/* A red node below a red one: way.len is where `node` hangs. */
	while (way.len >= 2 && is_red(way.nodes[way.len - 1])) {
		const int top = way.len - 2;
		const uint8_t side = way.sides[top];
		struct rbnode *above = way.nodes[top];
		struct rbnode *uncle = z_rb_child(above, !side);

		if (is_red(uncle)) {
			paint(way.nodes[top + 1], true);
			paint(uncle, true);
			paint(above, false);
			node = above;
			way.len = top;
			continue;
		}
		if (way.sides[top + 1] != side) {
			(void)rotate(tree, &way, top + 1, side);
		}
		paint(rotate(tree, &way, top, !side), true);
		paint(above, false);
		break;
	}
	paint(tree->root, true);
}

/* The way to a node, which is its last. */
static bool find(struct rbtree *tree, struct rbnode *node, struct way *way)
{
	struct rbnode *at = tree->root;

	while (at != NULL && at != node) {
		const uint8_t side = tree->lessthan_fn(node, at) ? LEFT : RIGHT;

		follow(way, at, side);
		at = z_rb_child(at, side);
	}
	if (at != NULL) {
		follow(way, at, RIGHT);
	}
	return at != NULL;
}

bool rb_contains(struct rbtree *tree, struct rbnode *node)
{
	struct way way = {.len = 0};

	return find(tree, node, &way);
}

/* Lets the node at the way's end and its follower change places, so that it has at most one child. */
static void swap_with_follower(struct rbtree *tree, struct way *way)
{
	const int at = way->len - 1;
	struct rbnode *node = way->nodes[at];
	struct rbnode *next = z_rb_child(node, RIGHT);
	struct rbnode *below;
	bool black;

	while (z_rb_child(next, LEFT) != NULL) {
		follow(way, next, LEFT);
		next = z_rb_child(next, LEFT);
	}
	below = z_rb_child(next, RIGHT);
	black = z_rb_is_black(next) != 0;
	paint(next, z_rb_is_black(node) != 0);
	paint(node, black);
	set_child(next, LEFT, z_rb_child(node, LEFT));
	if (way->len - 1 == at) {
		set_child(next, RIGHT, node);
	} else {
		set_child(next, RIGHT, z_rb_child(node, RIGHT));
		set_child(way->nodes[way->len - 1], LEFT, node);
	}
	set_child(node, LEFT, NULL);
	set_child(node, RIGHT, below);
	way->nodes[at] = next;
	hang(tree, way, at, next);
	follow(way, node, RIGHT);
}

/* Below the way's end a black node is missing. */
static void mend(struct rbtree *tree, struct way *way)
{
	while (way->len > 0) {
		const int at = way->len - 1;
		const uint8_t side = way->sides[at];
		struct rbnode *parent = way->nodes[at];
		struct rbnode *sibling = z_rb_child(parent, !side);

		if (is_red(sibling)) {
			(void)rotate(tree, way, at, side);
			paint(sibling, true);
			paint(parent, false);
			way->nodes[at] = sibling;
			way->sides[at] = side;
			follow(way, parent, side);
			continue;
		}
		if (!is_red(z_rb_child(sibling, LEFT)) && !is_red(z_rb_child(sibling, RIGHT))) {
			paint(sibling, false);
			if (is_red(parent)) {
				paint(parent, true);
				return;
			}
			way->len--;
			continue;
		}
		if (!is_red(z_rb_child(sibling, !side))) {
			/* The sibling's red child is on the inner side. */
			way->sides[at] = !side;
			way->nodes[at + 1] = sibling;
			sibling = rotate(tree, way, at + 1, !side);
		}
		paint(sibling, z_rb_is_black(parent) != 0);
		paint(parent, true);
		paint(z_rb_child(sibling, !side), true);
		(void)rotate(tree, way, at, side);
		return;
	}
}

void rb_remove(struct rbtree *tree, struct rbnode *node)
{
	struct way way = {.len = 0};
	struct rbnode *child;

	if (!find(tree, node, &way)) {
		return;
	}
	if (z_rb_child(node, LEFT) != NULL && z_rb_child(node, RIGHT) != NULL) {
		swap_with_follower(tree, &way);
	}
	child = z_rb_child(node, z_rb_child(node, LEFT) != NULL ? LEFT : RIGHT);
	way.len--;
	hang(tree, &way, way.len, child);
	if (is_red(child)) {
		paint(child, true);
	} else if (z_rb_is_black(node) != 0) {
		mend(tree, &way);
	}
	node->children[LEFT] = NULL;
	node->children[RIGHT] = NULL;
}

void z_rb_walk(struct rbnode *node, rb_visit_t visit_fn, void *cookie)
{
	while (node != NULL) {
		struct rbnode *right = z_rb_child(node, RIGHT);

		z_rb_walk(z_rb_child(node, LEFT), visit_fn, cookie);
		visit_fn(node, cookie);
		node = right;
	}
}

struct rbnode *z_rb_foreach_next(struct rbtree *tree, struct _rb_foreach *f)
{
	struct rbnode *down;

	if (!f->begun) {
		f->begun = true;
		down = tree->root;
	} else if (f->top == 0) {
		return NULL;
	} else {
		down = z_rb_child(f->stack[--f->top], RIGHT);
	}
	/* What is on the stack is still to come, with all to its right. */
	for (; down != NULL; down = z_rb_child(down, LEFT)) {
		f->stack[f->top++] = down;
	}
	return f->top > 0 ? f->stack[f->top - 1] : NULL;
}
