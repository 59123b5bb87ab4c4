// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <stdio.h>

#include <zephyr/sys/cbprintf.h>
#include <zephyr/sys/printk.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(format, NULL, NULL, NULL, NULL, NULL);

/* What the C library writes is what is wanted, and its length. */
#define SAME(...)                                                                                  \
	do {                                                                                       \
		char wanted[512];                                                                  \
		char got[512];                                                                     \
		const int wanted_len = snprintf(wanted, sizeof(wanted), __VA_ARGS__);              \
		const int got_len = snprintk(got, sizeof(got), __VA_ARGS__);                       \
		zassert_str_equal(got, wanted, "'%s' instead of '%s'", got, wanted);               \
		zassert_equal(got_len, wanted_len);                                                \
	} while (false)

/* `wanted` is, which newlib in the form that distributions build does not know how to write. */
#define GIVES(wanted, ...)                                                                         \
	do {                                                                                       \
		char got[512];                                                                     \
		const int got_len = snprintk(got, sizeof(got), __VA_ARGS__);                       \
		zassert_str_equal(got, wanted);                                                    \
		zassert_equal(got_len, sizeof(wanted) - 1);                                        \
	} while (false)

ZTEST(format, test_integers)
{
	SAME("%d %i %u", -5, 7, 3000000000U);
	SAME("%d %d", INT_MIN, INT_MAX);
	SAME("%x %X %o", 0xbeef, 0xbeef, 0755);
	SAME("%#x %#X %#o %#x", 255, 255, 8, 0);
	SAME("%hhd %hhu %hd %hu", -3, 200, -30000, 60000);
	SAME("%ld %lu %lld %llu", LONG_MIN, ULONG_MAX, LLONG_MIN, ULLONG_MAX);
	GIVES("4 -1 -2 -3", "%zu %zd %jd %td", sizeof(int), (ssize_t)-1, (intmax_t)-2, (ptrdiff_t)-3);
	SAME("[%5d] [%-5d] [%05d] [%+d] [% d]", 42, 42, 42, 42, 42);
	SAME("[%8.3d] [%-8.3d] [%.0d]", 7, 7, 0);
	SAME("[%*d] [%-*d] [%.*d]", 6, 1, 6, 2, 3, 4);
	SAME("%02x:%02x", 1, 0xab);
}

ZTEST(format, test_text_and_pointers)
{
	SAME("%s|%10s|%-10s|%.2s|%10.3s", "abc", "abc", "abc", "abc", "abcdef");
	SAME("%c|%3c|%-3c|", 'x', 'y', 'z');
	SAME("%p|%20p", (void *)"x", (void *)0x1234);
	SAME("100 %%");
	SAME("%s", "");
}

ZTEST(format, test_floating_point)
{
	SAME("%f %f %f", 0.0, -1.5, 3.14159265358979);
	SAME("%.0f %.0f %.0f %.0f", 0.5, 1.5, 2.5, -0.5);
	SAME("%.2f %.3f %10.2f %-10.2f| %010.2f", 9.995, 0.0005, 2.5, 2.5, -2.5);
	SAME("%e %.2e %E", 12345.678, 9.996e-5, 1e300);
	SAME("%g %g %g %g %g", 0.0001, 0.00001, 123456.0, 1234567.0, 100.0);
	SAME("%f", DBL_MAX);
	SAME("%.17g %.17g", DBL_MIN, 4.9406564584124654e-324);
	GIVES("inf -INF 0.000000e+00", "%f %F %e", 1.0 / 0.0, -1.0 / 0.0, 0.0);
	SAME("%+.1f % .1f", 1.0, 1.0);
}

ZTEST(format, test_a_string_has_an_end)
{
	char text[8];

	memset(text, 'x', sizeof(text));
	zassert_equal(snprintk(text, 5, "%s", "abcdefgh"), 8);
	zassert_mem_equal(text, "abcd\0xxx", 8);
	zassert_equal(snprintk(text, 1, "%d", 42), 2);
	zassert_equal(text[0], '\0');
	zassert_equal(snprintk(NULL, 0, "%d", 1234), 4);
}

/* An unknown conversion is shown, and what follows is not lost. */
ZTEST(format, test_unknown_conversions_stand)
{
	char text[32];
	const char *volatile format = "<%y> %d <%";

	snprintk(text, sizeof(text), format, 5);
	zassert_str_equal(text, "<%y> 5 <%");
}

static int collect(int c, void *ctx)
{
	char **const at = ctx;

	*(*at)++ = (char)c;
	return c == '!' ? -EIO : 0;
}

ZTEST(format, test_characters_one_by_one)
{
	char text[32] = {0};
	char *at = text;

	zassert_equal(cbprintf(collect, &at, "%d-%s", 12, "ab"), 5);
	zassert_str_equal(text, "12-ab");
	at = text;
	zassert_equal(cbprintf(collect, &at, "a!%s", "never"), -EIO);
	zassert_equal(at - text, 2);
}
