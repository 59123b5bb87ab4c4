/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays of bits, trees, notifications, dates, and functions called as interrupts. */

#include <errno.h>
#include <string.h>

#include <zephyr/irq_offload.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/bitarray.h>
#include <zephyr/sys/crc.h>
#include <zephyr/sys/notify.h>
#include <zephyr/sys/rb.h>
#include <zephyr/sys/timeutil.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(lib, NULL, NULL, NULL, NULL, NULL);

SYS_BITARRAY_DEFINE_STATIC(bits, 70);

ZTEST(lib, test_bits)
{
	int val = -1;

	zassert_ok(sys_bitarray_set_bit(&bits, 69));
	zassert_ok(sys_bitarray_test_bit(&bits, 69, &val));
	zassert_equal(val, 1);
	zassert_ok(sys_bitarray_test_and_clear_bit(&bits, 69, &val));
	zassert_equal(val, 1);
	zassert_ok(sys_bitarray_test_and_set_bit(&bits, 69, &val));
	zassert_equal(val, 0);
	zassert_ok(sys_bitarray_clear_bit(&bits, 69));
	zassert_equal(sys_bitarray_set_bit(&bits, 70), -EINVAL);
	zassert_equal(sys_bitarray_test_bit(&bits, 0, NULL), -EINVAL);
	zassert_equal(sys_bitarray_set_bit(NULL, 0), -EINVAL);
}

ZTEST(lib, test_runs_of_bits)
{
	size_t at = 99;
	size_t count = 99;

	zassert_ok(sys_bitarray_alloc(&bits, 40, &at));
	zassert_equal(at, 0);
	zassert_ok(sys_bitarray_alloc(&bits, 30, &at));
	zassert_equal(at, 40);
	zassert_equal(sys_bitarray_alloc(&bits, 1, &at), -ENOSPC);
	zassert_ok(sys_bitarray_free(&bits, 10, 30));
	zassert_equal(sys_bitarray_free(&bits, 10, 25), -EFAULT, "some are free");
	zassert_true(sys_bitarray_is_region_set(&bits, 30, 0), "and stay as they are");
	zassert_true(sys_bitarray_is_region_cleared(&bits, 10, 30));
	zassert_false(sys_bitarray_is_region_cleared(&bits, 11, 30));
	zassert_equal(sys_bitarray_alloc(&bits, 11, &at), -ENOSPC);
	zassert_ok(sys_bitarray_popcount_region(&bits, 70, 0, &count));
	zassert_equal(count, 60);
	zassert_ok(sys_bitarray_find_nth_set(&bits, 31, 70, 0, &at));
	zassert_equal(at, 40);
	zassert_equal(sys_bitarray_find_nth_set(&bits, 61, 70, 0, &at), 1);
	zassert_equal(sys_bitarray_test_and_set_region(&bits, 11, 30, true), -EEXIST);
	zassert_ok(sys_bitarray_test_and_set_region(&bits, 10, 30, true));
	zassert_ok(sys_bitarray_clear_region(&bits, 70, 0));
	zassert_true(sys_bitarray_is_region_cleared(&bits, 70, 0));
	zassert_equal(sys_bitarray_set_region(&bits, 2, 69), -EINVAL);
	zassert_equal(sys_bitarray_alloc(&bits, SIZE_MAX, &at), -EINVAL);
}

SYS_BITARRAY_DEFINE_STATIC(other_bits, 70);

ZTEST(lib, test_xor_of_bits)
{
	zassert_ok(sys_bitarray_set_region(&other_bits, 70, 0));
	zassert_ok(sys_bitarray_set_region(&bits, 10, 25));
	zassert_ok(sys_bitarray_xor(&bits, &other_bits, 20, 25));
	zassert_true(sys_bitarray_is_region_cleared(&bits, 35, 0));
	zassert_true(sys_bitarray_is_region_set(&bits, 10, 35));
	zassert_true(sys_bitarray_is_region_cleared(&bits, 25, 45));
	zassert_ok(sys_bitarray_clear_region(&bits, 70, 0));
}

#define NODES 200

struct number {
	struct rbnode node;
	int value;
	bool in;
};

static struct number numbers[NODES];

static bool less(struct rbnode *a, struct rbnode *b)
{
	return CONTAINER_OF(a, struct number, node)->value <
	       CONTAINER_OF(b, struct number, node)->value;
}

/* Black nodes on each way down; -1 when a rule of the tree does not hold. */
static int black_height(struct rbnode *node)
{
	int left;
	int right;

	if (node == NULL) {
		return 0;
	}
	for (uint8_t side = 0; side < 2; side++) {
		struct rbnode *child = z_rb_child(node, side);

		if (child != NULL && z_rb_is_black(node) == 0 && z_rb_is_black(child) == 0) {
			return -1;
		}
	}
	left = black_height(z_rb_child(node, 0));
	right = black_height(z_rb_child(node, 1));
	return left < 0 || left != right ? -1 : left + z_rb_is_black(node);
}

static void check_tree(struct rbtree *tree, int expected)
{
	struct number *n;
	int last = -1;
	int count = 0;

	zassert_true(tree->root == NULL || z_rb_is_black(tree->root) != 0);
	zassert_true(black_height(tree->root) >= 0);
	RB_FOR_EACH_CONTAINER(tree, n, node) {
		zassert_true(n->value > last);
		zassert_true(n->in);
		last = n->value;
		count++;
	}
	zassert_equal(count, expected);
}

static void count_them(struct rbnode *node, void *cookie)
{
	ARG_UNUSED(node);
	(*(int *)cookie)++;
}

ZTEST(lib, test_tree)
{
	struct rbtree tree = {.lessthan_fn = less};
	uint32_t random = 1;
	int count = 0;
	int walked = 0;

	zassert_is_null(rb_get_min(&tree));
	for (int i = 0; i < NODES; i++) {
		numbers[i].value = i;
	}
	for (int step = 0; step < 2000; step++) {
		struct number *n;

		random = random * 1103515245 + 12345;
		n = &numbers[(random >> 16) % NODES];
		zassert_equal(rb_contains(&tree, &n->node), n->in);
		if (n->in) {
			rb_remove(&tree, &n->node);
		} else {
			rb_insert(&tree, &n->node);
		}
		n->in = !n->in;
		count += n->in ? 1 : -1;
		if (step % 16 == 0) {
			check_tree(&tree, count);
		}
	}
	check_tree(&tree, count);
	rb_walk(&tree, count_them, &walked);
	zassert_equal(walked, count);
	for (int i = 0; i < NODES; i++) {
		if (numbers[i].in) {
			zassert_equal_ptr(rb_get_min(&tree), &numbers[i].node);
			rb_remove(&tree, &numbers[i].node);
			numbers[i].in = false;
			check_tree(&tree, --count);
		}
	}
	zassert_is_null(tree.root);
}

static void done(void)
{
}

ZTEST(lib, test_notify)
{
	struct sys_notify notify = {0};
	struct k_poll_signal signal = K_POLL_SIGNAL_INITIALIZER(signal);
	unsigned int signaled;
	int result;

	zassert_equal(sys_notify_validate(NULL), -EINVAL);
	zassert_equal(sys_notify_validate(&notify), -EINVAL);
	sys_notify_init_spinwait(&notify);
	zassert_ok(sys_notify_validate(&notify));
	zassert_equal(sys_notify_fetch_result(&notify, &result), -EAGAIN);
	zassert_is_null(sys_notify_finalize(&notify, 7));
	zassert_ok(sys_notify_fetch_result(&notify, &result));
	zassert_equal(result, 7);
	sys_notify_init_callback(&notify, (sys_notify_generic_callback)done);
	zassert_true(sys_notify_uses_callback(&notify));
	zassert_true(sys_notify_finalize(&notify, -3) == (sys_notify_generic_callback)done);
	zassert_ok(sys_notify_fetch_result(&notify, &result));
	zassert_equal(result, -3);
	sys_notify_init_signal(&notify, &signal);
	zassert_is_null(sys_notify_finalize(&notify, 5));
	k_poll_signal_check(&signal, &signaled, &result);
	zassert_equal(signaled, 1);
	zassert_equal(result, 5);
}

ZTEST(lib, test_dates)
{
	static const struct {
		struct tm tm;
		int64_t seconds;
	} dates[] = {
		{{.tm_year = 70, .tm_mon = 0, .tm_mday = 1}, 0},
		{{.tm_year = 100, .tm_mon = 1, .tm_mday = 29, .tm_hour = 23, .tm_min = 59, .tm_sec = 59},
		 951868799},
		{{.tm_year = 69, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59},
		 -1},
		{{.tm_year = 138, .tm_mon = 0, .tm_mday = 19, .tm_hour = 3, .tm_min = 14, .tm_sec = 8},
		 2147483648LL},
		{{.tm_year = -299, .tm_mon = 0, .tm_mday = 1}, -11644473600LL},
	};

	for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
		zassert_equal(timeutil_timegm64(&dates[i].tm), dates[i].seconds, "date %zu", i);
	}
	errno = 5;
	zassert_equal(timeutil_timegm(&dates[1].tm), 951868799);
	zassert_equal(errno, 0);
}

ZTEST(lib, test_two_clocks)
{
	static const struct timeutil_sync_config config = {.ref_Hz = 1000, .local_Hz = 32768};
	struct timeutil_sync_state state = {.cfg = &config};
	struct timeutil_sync_instant instant = {.ref = 5000, .local = 100};
	uint64_t ref;
	int64_t local;

	zassert_equal(timeutil_sync_ref_from_local(&state, 1, &ref), -EINVAL, "nothing known yet");
	zassert_equal(timeutil_sync_state_update(&state, &instant), 0);
	zassert_equal(timeutil_sync_state_update(&state, &instant), -EINVAL, "not later");
	zassert_equal(timeutil_sync_ref_from_local(&state, 100 + 32768 * 3, &ref), 0);
	zassert_equal(ref, 8000);
	zassert_equal(timeutil_sync_local_from_ref(&state, 4000, &local), 0);
	zassert_equal(local, 100 - 32768);
	instant = (struct timeutil_sync_instant){.ref = 15000, .local = 100 + 32768 * 20};
	zassert_equal(timeutil_sync_state_update(&state, &instant), 1);
	zassert_within(timeutil_sync_estimate_skew(&state), 0.5f, 0.001f);
	zassert_ok(timeutil_sync_state_set_skew(&state, 0.5f, NULL));
	zassert_equal(timeutil_sync_ref_from_local(&state, 100 + 32768 * 2, &ref), 1);
	zassert_equal(ref, 6000);
	zassert_equal(timeutil_sync_state_set_skew(&state, -1.0f, NULL), -EINVAL);
	zassert_equal(timeutil_sync_skew_to_ppb(1.0f), 0);
	zassert_equal(timeutil_sync_skew_to_ppb(0.5f), 500000000);
}

static bool was_in_isr;

static void as_interrupt(const void *parameter)
{
	was_in_isr = k_is_in_isr();
	k_sem_give((struct k_sem *)parameter);
}

ZTEST(lib, test_irq_offload)
{
	struct k_sem sem;

	zassert_ok(k_sem_init(&sem, 0, 1));
	was_in_isr = false;
	irq_offload(as_interrupt, &sem);
	zassert_true(was_in_isr);
	zassert_false(k_is_in_isr());
	zassert_ok(k_sem_take(&sem, K_NO_WAIT));
}

ZTEST(lib, test_crc4)
{
	static const uint8_t digits[] = "123456789";

	/* Reflected, but the upper half of a byte goes first still. */
	zassert_equal(crc4(digits, 9, 0xc, 0x0, true), 0xf);
	/* CRC-4/INTERLAKEN of the catalogue of parametrised CRC algorithms. */
	zassert_equal(crc4(digits, 9, 0x3, 0xf, false) ^ 0xf, 0xb);
}
