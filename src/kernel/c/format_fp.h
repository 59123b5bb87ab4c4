// SPDX-License-Identifier: Apache-2.0
/*
 * One conversion of the formatter, and floating-point numbers as text.
 */
#ifndef ZNET_KERNEL_FORMAT_FP_H_
#define ZNET_KERNEL_FORMAT_FP_H_

#include <stdbool.h>
#include <stddef.h>

enum znet_length {
	LENGTH_INT,
	LENGTH_CHAR,
	LENGTH_SHORT,
	LENGTH_LONG,
	LENGTH_LONG_LONG,
	LENGTH_MAX,
	LENGTH_SIZE,
	LENGTH_PTRDIFF,
	LENGTH_LONG_DOUBLE,
};

/* What stands between % and the conversion's letter. */
struct znet_spec {
	int width;
	int precision; /* -1: none given */
	enum znet_length length;
	bool left;
	bool plus;
	bool space;
	bool alternate;
	bool zero;
	char conversion;
};

/* 309 digits before the point, 40 after it, the point, an exponent. */
#define ZNET_NUMBER_MAX 360
#define ZNET_FRACTION_MAX 40

/* A number as text, the sign apart. */
struct znet_number {
	size_t len;
	bool negative;
	bool finite;
	char text[ZNET_NUMBER_MAX];
};

/*
 * Formats for f, e and g, and their capitals; correctly rounded, at most ZNET_FRACTION_MAX digits
 * of precision. False for other conversions, and for all without CONFIG_CBPRINTF_FP_SUPPORT.
 */
bool znet_format_double(const struct znet_spec *spec, double value, struct znet_number *number);

#endif /* ZNET_KERNEL_FORMAT_FP_H_ */
