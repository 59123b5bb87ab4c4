// SPDX-License-Identifier: Apache-2.0
/* Chains of fragments. */

#include <string.h>

#include <zephyr/net_buf.h>
#include <zephyr/ztest.h>

NET_BUF_POOL_FIXED_DEFINE(pieces, 16, 10, 0, NULL);

/* A chain with the content of @p text in fragments of @p step bytes. */
static struct net_buf *chain_of(const char *text, size_t step)
{
	struct net_buf *chain = NULL;

	while (*text != '\0') {
		size_t len = MIN(strlen(text), step);
		struct net_buf *frag = net_buf_alloc(&pieces, K_NO_WAIT);

		zassert_not_null(frag);
		net_buf_add_mem(frag, text, len);
		text += len;
		if (chain == NULL) {
			chain = frag;
		} else {
			zassert_equal_ptr(net_buf_frag_add(chain, frag), chain);
		}
	}

	return chain;
}

static void assert_content(const struct net_buf *chain, const char *text)
{
	char copy[64];
	size_t len = net_buf_linearize(copy, sizeof(copy), chain, 0, sizeof(copy));

	zassert_equal(len, strlen(text));
	zassert_mem_equal(copy, text, len);
	zassert_equal(net_buf_frags_len(chain), len);
}

static void nothing_is_lost(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_equal(atomic_get(&pieces.avail_count), 16);
}

ZTEST_SUITE(frags, NULL, NULL, NULL, nothing_is_lost, NULL);

ZTEST(frags, test_add_and_last)
{
	struct net_buf *chain = chain_of("abcdefgh", 3);

	zassert_equal(net_buf_frag_last(chain)->len, 2);
	assert_content(chain, "abcdefgh");
	net_buf_unref(chain);
}

ZTEST(frags, test_add_to_nothing_takes_a_reference)
{
	struct net_buf *buf = chain_of("a", 1);

	zassert_equal_ptr(net_buf_frag_add(NULL, buf), buf);
	zassert_equal(buf->ref, 2);
	net_buf_unref(buf);
	net_buf_unref(buf);
}

ZTEST(frags, test_insert)
{
	struct net_buf *chain = chain_of("abef", 2);

	net_buf_frag_insert(chain, chain_of("cd", 1));
	assert_content(chain, "abcdef");
	net_buf_unref(chain);
}

ZTEST(frags, test_delete_in_the_middle)
{
	struct net_buf *chain = chain_of("abcdef", 2);
	struct net_buf *last = net_buf_frag_last(chain);

	zassert_equal_ptr(net_buf_frag_del(chain, chain->frags), last);
	assert_content(chain, "abef");
	net_buf_unref(chain);
}

ZTEST(frags, test_delete_first)
{
	struct net_buf *chain = chain_of("abcd", 2);
	struct net_buf *rest = net_buf_frag_del(NULL, chain);

	assert_content(rest, "cd");
	zassert_is_null(net_buf_frag_del(NULL, rest));
}

ZTEST(frags, test_release_frees_the_chain)
{
	net_buf_unref(chain_of("abcdefghijkl", 1));
}

ZTEST(frags, test_shared_rest_survives)
{
	struct net_buf *chain = chain_of("abcdef", 2);
	struct net_buf *rest = net_buf_ref(chain->frags);

	net_buf_unref(chain);
	assert_content(rest, "cdef");
	net_buf_unref(rest);
}

ZTEST(frags, test_linearize_every_part)
{
	static const char text[] = "abcdefghijklm";
	const size_t total = sizeof(text) - 1;

	for (size_t step = 1; step <= 5; step += 2) {
		struct net_buf *chain = chain_of(text, step);

		for (size_t offset = 0; offset <= total + 1; offset++) {
			for (size_t len = 0; len <= total + 1; len++) {
				char copy[16] = {0};
				size_t left = offset < total ? total - offset : 0;
				size_t got = net_buf_linearize(copy, sizeof(copy), chain, offset,
							       len);

				zassert_equal(got, MIN(len, left));
				zassert_mem_equal(copy, text + MIN(offset, total), got);
			}
		}
		net_buf_unref(chain);
	}
}

ZTEST(frags, test_linearize_to_less_room)
{
	struct net_buf *chain = chain_of("abcdef", 2);
	char copy[4] = "....";

	zassert_equal(net_buf_linearize(copy, 3, chain, 1, 6), 3);
	zassert_mem_equal(copy, "bcd.", 4);
	zassert_equal(net_buf_linearize(copy, 0, chain, 0, 6), 0);
	zassert_equal(net_buf_linearize(copy, 4, NULL, 0, 6), 0);
	net_buf_unref(chain);
}

ZTEST(frags, test_match)
{
	struct net_buf *chain = chain_of("abcdefghij", 3);

	zassert_equal(net_buf_data_match(chain, 0, "abcdefghij", 10), 10);
	zassert_equal(net_buf_data_match(chain, 2, "cdef", 4), 4);
	zassert_equal(net_buf_data_match(chain, 2, "cdXf", 4), 2);
	zassert_equal(net_buf_data_match(chain, 8, "ijkl", 4), 2);
	zassert_equal(net_buf_data_match(chain, 10, "x", 1), 0);
	zassert_equal(net_buf_data_match(chain, 100, "x", 1), 0);
	zassert_equal(net_buf_data_match(NULL, 0, "x", 1), 0);
	net_buf_unref(chain);
}

ZTEST(frags, test_append_in_new_fragments)
{
	struct net_buf *chain = chain_of("ab", 2);

	zassert_equal(net_buf_append_bytes(chain, 26, "cdefghijklmnopqrstuvwxyz!?", K_NO_WAIT,
					   NULL, NULL),
		      26);
	assert_content(chain, "abcdefghijklmnopqrstuvwxyz!?");
	zassert_equal(chain->len, 10);
	net_buf_unref(chain);
}

static int callbacks;

static struct net_buf *limited(k_timeout_t timeout, void *user_data)
{
	int *left = user_data;

	callbacks++;
	return (*left)-- > 0 ? net_buf_alloc(&pieces, timeout) : NULL;
}

ZTEST(frags, test_append_with_own_allocator)
{
	struct net_buf *chain = chain_of("ab", 2);
	int left = 1;

	callbacks = 0;
	zassert_equal(net_buf_append_bytes(chain, 26, "cdefghijklmnopqrstuvwxyz!?", K_NO_WAIT,
					   limited, &left),
		      18);
	zassert_equal(callbacks, 2);
	assert_content(chain, "abcdefghijklmnopqrst");
	net_buf_unref(chain);
}

ZTEST(frags, test_append_nothing)
{
	struct net_buf *chain = chain_of("ab", 2);

	zassert_equal(net_buf_append_bytes(chain, 0, "", K_NO_WAIT, NULL, NULL), 0);
	net_buf_unref(chain);
}

ZTEST(frags, test_skip)
{
	struct net_buf *chain = chain_of("abcdefgh", 3);

	chain = net_buf_skip(chain, 4);
	assert_content(chain, "efgh");
	chain = net_buf_skip(chain, 2);
	assert_content(chain, "gh");
	zassert_is_null(net_buf_skip(chain, 100));
	zassert_is_null(net_buf_skip(NULL, 1));
}

ZTEST(frags, test_empty_fragments)
{
	struct net_buf *chain = net_buf_alloc(&pieces, K_NO_WAIT);

	net_buf_frag_add(chain, chain_of("ab", 1));
	net_buf_frag_insert(chain->frags, net_buf_alloc(&pieces, K_NO_WAIT));
	assert_content(chain, "ab");
	zassert_equal(net_buf_data_match(chain, 1, "b", 1), 1);
	chain = net_buf_skip(chain, 1);
	assert_content(chain, "b");
	net_buf_unref(chain);
}
