// SPDX-License-Identifier: Apache-2.0

#include <errno.h>

#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/hash_function.h>
#include <zephyr/sys/math_extras.h>
#include <zephyr/sys/util.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(util, NULL, NULL, NULL, NULL, NULL);

#define TEXT(...) STRINGIFY((__VA_ARGS__))
#define SET_FLAG   1
#define CLEAR_FLAG 0
#define NOTHING
#define CALL(x)             <x>
#define CALL_IDX(i, x)      <i:x>
#define CALL_FIXED(x, y)    <x y>
#define CALL_ALL(i, x, y)   <i:x y>
#define ITEM(i, ...)        i __VA_ARGS__

ZTEST(util, test_flags_choose_code)
{
	zassert_equal(IS_ENABLED(SET_FLAG), 1);
	zassert_equal(IS_ENABLED(CLEAR_FLAG), 0);
	zassert_equal(IS_ENABLED(CONFIG_NO_SUCH_SYMBOL), 0);
	zassert_str_equal(TEXT(COND_CODE_1(SET_FLAG, (a, b), (c))), "(a, b)");
	zassert_str_equal(TEXT(COND_CODE_1(CONFIG_NO_SUCH_SYMBOL, (a), (b, c))), "(b, c)");
	zassert_str_equal(TEXT(COND_CODE_0(CLEAR_FLAG, (a), (b))), "(a)");
	zassert_str_equal(TEXT(COND_CODE_0(SET_FLAG, (a), (b))), "(b)");
	zassert_str_equal(TEXT(IF_ENABLED(SET_FLAG, (a))), "(a)");
	zassert_str_equal(TEXT(IF_DISABLED(SET_FLAG, (a))), "()");
	zassert_str_equal(TEXT(COND_CODE_1(SET_FLAG, (COND_CODE_1(SET_FLAG, (in), ())), ())), "(in)");
	zassert_equal(UTIL_OR(0, 1) + UTIL_AND(1, 0) + UTIL_NOT(0), 2);
}

ZTEST(util, test_lists_of_arguments)
{
	zassert_equal(IS_EMPTY() + IS_EMPTY(NOTHING), 2);
	zassert_equal(IS_EMPTY(a) + IS_EMPTY(a, b) + IS_EMPTY((a)), 0);
	zassert_equal(NUM_VA_ARGS(), 0);
	zassert_equal(NUM_VA_ARGS(a), 1);
	zassert_equal(NUM_VA_ARGS(a, b, c), 3);
	zassert_equal(NUM_VA_ARGS_LESS_1(a, b, c), 2);
	zassert_str_equal(TEXT(GET_ARG_N(1, a, b)), "(a)");
	zassert_str_equal(TEXT(GET_ARG_N(3, a, b, c)), "(c)");
	zassert_str_equal(TEXT(GET_ARGS_LESS_N(1, a, b, c)), "(b, c)");
	zassert_str_equal(TEXT(REVERSE_ARGS(a, b, c)), "(c, b, a)");
	zassert_str_equal(TEXT(LIST_DROP_EMPTY(a, , NOTHING, b)), "(a , b)");
	zassert_str_equal(TEXT(CONCAT(a, b, 1)), "(ab1)");
	zassert_equal(IS_EQ(7, 7), 1);
	zassert_equal(IS_EQ(7, 8), 0);
}

ZTEST(util, test_repetition)
{
	zassert_str_equal(TEXT(FOR_EACH(CALL, (;), a, b)), "(<a> ; <b>)");
	zassert_str_equal(TEXT(FOR_EACH(CALL, (, ), a)), "(<a>)");
	zassert_str_equal(TEXT(FOR_EACH_IDX(CALL_IDX, (), a, b, c)), "(<0:a> <1:b> <2:c>)");
	zassert_str_equal(TEXT(FOR_EACH_FIXED_ARG(CALL_FIXED, (), z, a, b)), "(<a z> <b z>)");
	zassert_str_equal(TEXT(FOR_EACH_IDX_FIXED_ARG(CALL_ALL, (), z, a, b)), "(<0:a z> <1:b z>)");
	zassert_str_equal(TEXT(FOR_EACH_NONEMPTY_TERM(CALL, (;), a, , b)), "(<a> ; <b> ;)");
	zassert_str_equal(TEXT(LISTIFY(3, ITEM, (, ), x)), "(0 x , 1 x , 2 x)");
	zassert_equal(LISTIFY(512, ITEM, (+)), 511 * 512 / 2);
	zassert_str_equal(TEXT(MACRO_MAP_CAT(IDENTITY, a, b, c)), "(abc)");
	zassert_equal(UTIL_INC(511), 512);
	zassert_equal(UTIL_DEC(0), 0);
	zassert_equal(UTIL_X2(9), 18);
}

struct box {
	int head;
	char content[6];
	long tail;
};

ZTEST(util, test_memory_and_numbers)
{
	struct box boxes[3];

	zassert_equal(ARRAY_SIZE(boxes), 3);
	zassert_equal_ptr(CONTAINER_OF(&boxes[1].tail, struct box, tail), &boxes[1]);
	zassert_equal(SIZEOF_FIELD(struct box, content), 6);
	zassert_true(PART_OF_ARRAY(boxes, &boxes[2].tail));
	zassert_false(PART_OF_ARRAY(boxes, &boxes[3]));
	zassert_false(IS_ARRAY_ELEMENT(boxes, &boxes[2].tail));
	zassert_equal(ARRAY_INDEX_FLOOR(boxes, &boxes[2].tail), 2);
	zassert_equal(BIT(5) | BIT_MASK(3), 39);
	zassert_equal(GENMASK(7, 4), 0xf0);
	zassert_equal(FIELD_GET(GENMASK(7, 4), 0xab), 0xa);
	zassert_equal(FIELD_PREP(GENMASK(7, 4), 0xa), 0xa0);
	zassert_equal(ROUND_UP(13, 8), 16);
	zassert_equal(ROUND_DOWN(13, 8), 8);
	zassert_equal(DIV_ROUND_UP(9, 4), 3);
	zassert_equal(DIV_ROUND_CLOSEST(-9, 4), -2);
	zassert_equal(CLAMP(9, 1, 5), 5);
	zassert_true(IN_RANGE(5, 5, 9) && !IN_RANGE(10, 5, 9));
	zassert_equal(LOG2(1) + LOG2(1024), 10);
	zassert_equal(LOG2CEIL(1025), 11);
	zassert_equal(NHPOT(17), 32);
	zassert_equal(arithmetic_shift_right(-5, 1), -3);
	zassert_equal(sign_extend(0x1f, 4), -1);
	zassert_equal(bcd2bin(0x42), 42);
	zassert_equal(bin2bcd(42), 0x42);
	zassert_true(Z_DETECT_POINTER_OVERFLOW(UINTPTR_MAX, 2));
	zassert_false(Z_DETECT_POINTER_OVERFLOW(UINTPTR_MAX, 0));
}

ZTEST(util, test_text)
{
	const uint8_t bytes[] = {0x00, 0x9f, 0xc4};
	char hex[2 * sizeof(bytes) + 1];
	uint8_t back[sizeof(bytes)];
	uint8_t value;
	char euro[] = "ab\xe2\x82";

	zassert_equal(bin2hex(bytes, sizeof(bytes), hex, sizeof(hex)), 6);
	zassert_str_equal(hex, "009fc4");
	zassert_equal(bin2hex(bytes, sizeof(bytes), hex, sizeof(hex) - 1), 0);
	zassert_equal(hex2bin("009Fc4", 6, back, sizeof(back)), 3);
	zassert_mem_equal(back, bytes, sizeof(bytes));
	zassert_equal(hex2bin("0x", 2, back, sizeof(back)), 0);
	zassert_ok(char2hex('B', &value));
	zassert_equal(value, 11);
	zassert_equal(char2hex('g', &value), -EINVAL);
	zassert_ok(hex2char(12, hex));
	zassert_equal(hex[0], 'c');
	zassert_equal(u8_to_dec(hex, 4, 107), 3);
	zassert_str_equal(hex, "107");
	zassert_str_equal(utf8_trunc(euro), "ab");
}

ZTEST(util, test_byte_order)
{
	uint8_t bytes[8];

	sys_put_be16(0x1234, bytes);
	zassert_mem_equal(bytes, "\x12\x34", 2);
	sys_put_le24(0x123456, bytes);
	zassert_mem_equal(bytes, "\x56\x34\x12", 3);
	sys_put_be48(UINT64_C(0x123456789abc), bytes);
	zassert_mem_equal(bytes, "\x12\x34\x56\x78\x9a\xbc", 6);
	zassert_equal(sys_get_be48(bytes), UINT64_C(0x123456789abc));
	zassert_equal(sys_get_le40(bytes), UINT64_C(0x9a78563412));
	zassert_equal(sys_get_be24(bytes), 0x123456);
	sys_put_le64(UINT64_C(0x8877665544332211), bytes);
	zassert_equal(sys_get_le64(bytes), UINT64_C(0x8877665544332211));
	zassert_equal(sys_get_be32(bytes), 0x11223344);
	zassert_equal(sys_be24_to_cpu(sys_cpu_to_be24(0x123456)), 0x123456);
	zassert_equal(BSWAP_48(UINT64_C(0x0000123456789abc)), UINT64_C(0xbc9a78563412));
	sys_mem_swap(bytes, 3);
	zassert_mem_equal(bytes, "\x33\x22\x11\x44", 4);
	sys_memcpy_swap(bytes + 4, bytes, 3);
	zassert_mem_equal(bytes + 4, "\x11\x22\x33", 3);

	const uint16_t port = sys_cpu_to_be16(0x1234);

	zassert_mem_equal(&port, "\x12\x34", 2);
}

ZTEST(util, test_arithmetic_that_overflows)
{
	uint32_t sum;
	size_t product;

	zassert_false(u32_add_overflow(UINT32_MAX - 1, 1, &sum));
	zassert_true(u32_add_overflow(UINT32_MAX, 2, &sum));
	zassert_equal(sum, 1);
	zassert_true(size_mul_overflow(SIZE_MAX, 2, &product));
	zassert_equal(u32_count_leading_zeros(0), 32);
	zassert_equal(u64_count_trailing_zeros(UINT64_C(1) << 40), 40);
	zassert_equal(sys_hash32_djb2("a", 1), 5381 * 33 + 'a');
}
