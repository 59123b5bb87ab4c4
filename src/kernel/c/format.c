// SPDX-License-Identifier: Apache-2.0
/*
 * Formatted text without the C library. Needs no memory but some 100 bytes of stack, so it works in
 * an ISR and in a thread with a small stack.
 */
#include "format.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "format_fp.h"

/* Not all C libraries declare strnlen() for C11. */
static size_t length_up_to(const char *string, size_t most)
{
	size_t len = 0;

	while (len < most && string[len] != '\0') {
		len++;
	}
	return len;
}

struct output {
	znet_sink put;
	void *ctx;
	size_t len;
};

static void emit(struct output *out, const char *text, size_t len)
{
	if (len > 0) {
		out->put(out->ctx, text, len);
		out->len += len;
	}
}

static void fill(struct output *out, char c, int count)
{
	char run[16];

	if (count <= 0) {
		return;
	}
	memset(run, c, sizeof(run));
	while (count > 0) {
		const int now = count < (int)sizeof(run) ? count : (int)sizeof(run);

		emit(out, run, (size_t)now);
		count -= now;
	}
}

/* Text with what stands before it, padded to the width. */
static void field(struct output *out, const struct znet_spec *spec, const char *prefix,
		  const char *text, size_t len, int zeros)
{
	const int prefix_len = (int)strlen(prefix);
	const int room = spec->width - prefix_len - zeros - (int)len;

	if (!spec->left) {
		fill(out, ' ', room);
	}
	emit(out, prefix, (size_t)prefix_len);
	fill(out, '0', zeros);
	emit(out, text, len);
	if (spec->left) {
		fill(out, ' ', room);
	}
}

static void integer(struct output *out, const struct znet_spec *spec, const char *prefix,
		    uint64_t value, unsigned int base, bool upper)
{
	const char *const digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char text[24]; /* 22 octal digits are the most */
	char *at = text + sizeof(text);
	int zeros = 0;

	/* The precision 0 makes the value 0 no digit at all (C11 7.21.6.1). */
	while (value != 0 || (at == text + sizeof(text) && spec->precision != 0)) {
		*--at = digits[value % base];
		value /= base;
		if (value == 0) {
			break;
		}
	}

	const int len = (int)(text + sizeof(text) - at);

	if (spec->precision >= 0) {
		zeros = spec->precision - len;
	} else if (spec->zero && !spec->left) {
		zeros = spec->width - len - (int)strlen(prefix);
	}
	if (spec->alternate && base == 8 && zeros <= 0 && (len == 0 || *at != '0')) {
		zeros = 1;
	}
	field(out, spec, prefix, at, (size_t)len, zeros > 0 ? zeros : 0);
}

static const char *sign_of(const struct znet_spec *spec, bool negative)
{
	if (negative) {
		return "-";
	}
	return spec->plus ? "+" : spec->space ? " " : "";
}

/* The arguments, in a structure so that functions can take the next one whatever va_list is. */
struct arguments {
	va_list ap;
};

static int64_t signed_argument(struct arguments *args, enum znet_length length)
{
	switch (length) {
	case LENGTH_CHAR:
		return (signed char)va_arg(args->ap, int);
	case LENGTH_SHORT:
		return (short)va_arg(args->ap, int);
	case LENGTH_LONG:
		return va_arg(args->ap, long);
	case LENGTH_LONG_LONG:
		return va_arg(args->ap, long long);
	case LENGTH_MAX:
		return va_arg(args->ap, intmax_t);
	case LENGTH_SIZE:
	case LENGTH_PTRDIFF:
		return va_arg(args->ap, ptrdiff_t);
	default:
		return va_arg(args->ap, int);
	}
}

static uint64_t unsigned_argument(struct arguments *args, enum znet_length length)
{
	switch (length) {
	case LENGTH_CHAR:
		return (unsigned char)va_arg(args->ap, unsigned int);
	case LENGTH_SHORT:
		return (unsigned short)va_arg(args->ap, unsigned int);
	case LENGTH_LONG:
		return va_arg(args->ap, unsigned long);
	case LENGTH_LONG_LONG:
		return va_arg(args->ap, unsigned long long);
	case LENGTH_MAX:
		return va_arg(args->ap, uintmax_t);
	case LENGTH_SIZE:
	case LENGTH_PTRDIFF:
		return va_arg(args->ap, size_t);
	default:
		return va_arg(args->ap, unsigned int);
	}
}

static const char *flags_of(const char *at, struct znet_spec *spec)
{
	for (;; at++) {
		switch (*at) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alternate = true;
			break;
		case '0':
			spec->zero = true;
			break;
		default:
			return at;
		}
	}
}

/*
 * A decimal number or `*`; -1 if there is neither. Numbers past any sense are cut, so that sums of
 * them fit.
 */
static const char *number_of(const char *at, struct arguments *args, int *value)
{
	const int most = 1 << 20;

	*value = -1;
	if (*at == '*') {
		const int given = va_arg(args->ap, int);

		*value = given > most ? most : given < -most ? -most : given;
		return at + 1;
	}
	for (; *at >= '0' && *at <= '9'; at++) {
		*value = (*value < 0 ? 0 : *value) * 10 + (*at - '0');
		if (*value > most) {
			*value = most;
		}
	}
	return at;
}

static const char *length_of(const char *at, enum znet_length *length)
{
	static const struct {
		char name[3];
		enum znet_length length;
	} known[] = {
		{"hh", LENGTH_CHAR},      {"h", LENGTH_SHORT},
		{"ll", LENGTH_LONG_LONG}, {"l", LENGTH_LONG},
		{"j", LENGTH_MAX},        {"z", LENGTH_SIZE},
		{"t", LENGTH_PTRDIFF},    {"L", LENGTH_LONG_DOUBLE},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const size_t len = strlen(known[i].name);

		if (strncmp(at, known[i].name, len) == 0) {
			*length = known[i].length;
			return at + len;
		}
	}
	*length = LENGTH_INT;
	return at;
}

static const char *spec_of(const char *at, struct arguments *args, struct znet_spec *spec)
{
	*spec = (struct znet_spec){.width = 0, .precision = -1};
	at = flags_of(at, spec);
	at = number_of(at, args, &spec->width);
	if (spec->width < -1) { /* from `*`: a width with the flag - */
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*at == '.') {
		at = number_of(at + 1, args, &spec->precision);
		if (at[-1] == '.') {
			spec->precision = 0;
		}
	}
	at = length_of(at, &spec->length);
	spec->conversion = *at;
	return at;
}

static void text(struct output *out, const struct znet_spec *spec, const char *string)
{
	if (string == NULL) {
		string = "(null)";
	}

	const size_t len = spec->precision < 0 ? strlen(string)
					       : length_up_to(string, (size_t)spec->precision);

	field(out, spec, "", string, len, 0);
}

/* One conversion; false if it is unknown. */
static bool convert(struct output *out, struct znet_spec *spec, struct arguments *args)
{
	switch (spec->conversion) {
	case 'd':
	case 'i': {
		const int64_t value = signed_argument(args, spec->length);

		integer(out, spec, sign_of(spec, value < 0),
			value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, false);
		return true;
	}
	case 'u':
		integer(out, spec, "", unsigned_argument(args, spec->length), 10, false);
		return true;
	case 'o':
		integer(out, spec, "", unsigned_argument(args, spec->length), 8, false);
		return true;
	case 'x':
	case 'X': {
		const bool upper = spec->conversion == 'X';
		const uint64_t value = unsigned_argument(args, spec->length);

		const bool marked = spec->alternate && value != 0;

		integer(out, spec, !marked ? "" : upper ? "0X" : "0x", value, 16, upper);
		return true;
	}
	case 'p': {
		const void *const pointer = va_arg(args->ap, const void *);

		if (pointer == NULL) {
			text(out, spec, "(nil)");
		} else {
			integer(out, spec, "0x", (uintptr_t)pointer, 16, false);
		}
		return true;
	}
	case 'c': {
		const char c = (char)va_arg(args->ap, int);

		field(out, spec, "", &c, 1, 0);
		return true;
	}
	case 's':
		text(out, spec, va_arg(args->ap, const char *));
		return true;
	case '%':
		emit(out, "%", 1);
		return true;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G': {
		const double value = spec->length == LENGTH_LONG_DOUBLE
					     ? (double)va_arg(args->ap, long double)
					     : va_arg(args->ap, double);
		struct znet_number number;

		if (!znet_format_double(spec, value, &number)) {
			return false;
		}

		const int len = (int)number.len;
		const bool fill_zeros = spec->zero && !spec->left && number.finite;
		const char *const sign = sign_of(spec, number.negative);
		const int zeros = fill_zeros ? spec->width - len - (int)strlen(sign) : 0;

		field(out, spec, sign, number.text, number.len, zeros > 0 ? zeros : 0);
		return true;
	}
	default:
		return false;
	}
}

size_t znet_vformat(znet_sink put, void *ctx, const char *fmt, va_list ap)
{
	struct output out = {put, ctx, 0};
	struct arguments args;

	va_copy(args.ap, ap);
	while (*fmt != '\0') {
		const char *at = fmt;
		struct znet_spec spec;

		while (*at != '\0' && *at != '%') {
			at++;
		}
		emit(&out, fmt, (size_t)(at - fmt));
		if (*at == '\0') {
			break;
		}
		fmt = spec_of(at + 1, &args, &spec);
		if (spec.conversion != '\0') {
			fmt++;
		}
		if (!convert(&out, &spec, &args)) {
			emit(&out, at, (size_t)(fmt - at)); /* shown as it stands */
		}
	}
	va_end(args.ap);
	return out.len;
}
