// SPDX-License-Identifier: Apache-2.0
/*
 * Floating-point numbers as decimal text, exactly.
 *
 * A double is mantissa * 2^exponent. Its integer part becomes limbs of nine digits by
 * multiplication with powers of two, its fraction stays binary and gives nine more digits with each
 * multiplication by 10^9. So every digit asked for is exact and the rest says how to round, in 0.6
 * KiB of stack.
 */
#include "format_fp.h"

#if defined(CONFIG_CBPRINTF_FP_SUPPORT)

#include <stdint.h>
#include <string.h>

#define LIMB_BASE      1000000000U
#define INTEGER_LIMBS  36 /* 2^1024 has 309 digits */
#define FRACTION_WORDS 34 /* 1,074 bits */

/* The decimal digits of a number from the left, one after the other. */
struct digits {
	uint32_t limbs[INTEGER_LIMBS];     /* integer part, least significant first */
	int limb_count;
	uint32_t fraction[FRACTION_WORDS]; /* fraction, most significant word first */
	uint32_t group;                    /* the nine digits at hand */
	int group_left;
};

/* A number rounded to the digits asked for. */
struct decimal {
	char digits[ZNET_NUMBER_MAX];
	int count;
	int exponent; /* of ten, of the first digit */
};

static void integer_from(struct digits *d, uint64_t mantissa, int shift)
{
	d->limb_count = 0;
	while (mantissa > 0) {
		d->limbs[d->limb_count++] = (uint32_t)(mantissa % LIMB_BASE);
		mantissa /= LIMB_BASE;
	}
	while (shift > 0) {
		const int now = shift < 29 ? shift : 29;
		uint64_t carry = 0;

		for (int i = 0; i < d->limb_count; i++) {
			carry += (uint64_t)d->limbs[i] << now;
			d->limbs[i] = (uint32_t)(carry % LIMB_BASE);
			carry /= LIMB_BASE;
		}
		if (carry > 0) {
			d->limbs[d->limb_count++] = (uint32_t)carry;
		}
		shift -= now;
	}
}

/* The fraction mantissa / 2^bits, mantissa below 2^bits, as a binary fraction. */
static void fraction_from(struct digits *d, uint64_t mantissa, int bits)
{
	for (int i = 0; i < 64; i++) {
		if ((mantissa >> i) & 1) {
			const int place = bits - i; /* weight 2^-place */

			d->fraction[(place - 1) / 32] |= UINT32_C(1) << (31 - (place - 1) % 32);
		}
	}
}

static void digits_start(struct digits *d, uint64_t mantissa, int exponent)
{
	memset(d, 0, sizeof(*d));
	if (exponent >= 0) {
		integer_from(d, mantissa, exponent);
	} else {
		const int bits = -exponent;
		const uint64_t whole = bits < 64 ? mantissa >> bits : 0;

		integer_from(d, whole, 0);
		fraction_from(d, bits < 64 ? mantissa - (whole << bits) : mantissa, bits);
	}
}

/* Takes the next nine digits of the fraction. */
static uint32_t next_group(struct digits *d)
{
	uint64_t carry = 0;

	for (int i = FRACTION_WORDS - 1; i >= 0; i--) {
		carry += (uint64_t)d->fraction[i] * LIMB_BASE;
		d->fraction[i] = (uint32_t)carry;
		carry >>= 32;
	}
	return (uint32_t)carry;
}

/* The next digit: of the integer part, then of the fraction without end. */
static int next_digit(struct digits *d)
{
	if (d->group_left == 0) {
		d->group = d->limb_count > 0 ? d->limbs[--d->limb_count] : next_group(d);
		d->group_left = 9;
	}

	uint32_t scale = 1;

	for (int i = 1; i < d->group_left; i++) {
		scale *= 10;
	}
	d->group_left--;

	const int digit = (int)(d->group / scale);

	d->group %= scale;
	return digit;
}

static bool rest_is_zero(const struct digits *d)
{
	if (d->group != 0) {
		return false;
	}
	for (int i = 0; i < d->limb_count; i++) {
		if (d->limbs[i] != 0) {
			return false;
		}
	}
	for (int i = 0; i < FRACTION_WORDS; i++) {
		if (d->fraction[i] != 0) {
			return false;
		}
	}
	return true;
}

/* Half goes to the even digit. */
static void round_off(struct decimal *out, struct digits *d)
{
	const int next = next_digit(d);
	const bool odd = (out->digits[out->count - 1] - '0') % 2 != 0;

	if (next < 5 || (next == 5 && rest_is_zero(d) && !odd)) {
		return;
	}
	for (int i = out->count - 1; i >= 0; i--) {
		if (out->digits[i] != '9') {
			out->digits[i]++;
			return;
		}
		out->digits[i] = '0';
	}
	memmove(out->digits + 1, out->digits, (size_t)out->count);
	out->digits[0] = '1';
	out->exponent++;
}

/*
 * Rounds to `fraction` digits after the point, or, if that is negative, to `significant` digits
 * from the first that is not 0.
 */
static void decimal_of(struct decimal *out, uint64_t mantissa, int exponent, int significant,
		       int fraction)
{
	struct digits d;

	digits_start(&d, mantissa, exponent);

	/* From the last leading zero of the top limb, or from the units. */
	int place = d.limb_count > 0 ? 9 * d.limb_count - 1 : 0;
	int digit = d.limb_count > 0 ? next_digit(&d) : 0;

	while (digit == 0 && (place > 0 || (fraction < 0 && mantissa != 0))) {
		digit = next_digit(&d);
		place--;
	}
	out->exponent = place;
	out->digits[0] = (char)('0' + digit);

	const int wanted = fraction < 0 ? significant : place + 1 + fraction;

	for (out->count = 1; out->count < wanted; out->count++) {
		out->digits[out->count] = (char)('0' + next_digit(&d));
	}

	const int before = out->exponent;

	round_off(out, &d);
	if (fraction >= 0 && out->exponent > before) {
		out->count++; /* a digit more before the point */
	}
}

static void append(struct znet_number *number, char c)
{
	number->text[number->len++] = c;
}

/* Digits from `first` on, `count` of them, with zeros where the decimal has none. */
static void append_digits(struct znet_number *number, const struct decimal *decimal, int first,
			  int count)
{
	for (int i = first; i < first + count; i++) {
		append(number, i >= 0 && i < decimal->count ? decimal->digits[i] : '0');
	}
}

static void fixed(struct znet_number *number, const struct decimal *decimal, int fraction,
		  bool point)
{
	if (decimal->exponent < 0) {
		append(number, '0');
	} else {
		append_digits(number, decimal, 0, decimal->exponent + 1);
	}
	if (fraction > 0 || point) {
		append(number, '.');
	}
	append_digits(number, decimal, decimal->exponent + 1, fraction);
}

static void scientific(struct znet_number *number, const struct decimal *decimal, int fraction,
		       bool point, bool upper)
{
	const int exponent = decimal->exponent;
	const int size = exponent < 0 ? -exponent : exponent;

	append_digits(number, decimal, 0, 1);
	if (fraction > 0 || point) {
		append(number, '.');
	}
	append_digits(number, decimal, 1, fraction);
	append(number, upper ? 'E' : 'e');
	append(number, exponent < 0 ? '-' : '+');
	if (size >= 100) {
		append(number, (char)('0' + size / 100));
	}
	append(number, (char)('0' + size / 10 % 10));
	append(number, (char)('0' + size % 10));
}

static void not_finite(struct znet_number *number, bool nan, bool upper)
{
	const char *const text = nan ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf");

	memcpy(number->text, text, 3);
	number->len = 3;
}

bool znet_format_double(const struct znet_spec *spec, double value, struct znet_number *number)
{
	const char lower = (char)(spec->conversion | 0x20);
	const bool upper = spec->conversion != lower;
	int precision = spec->precision < 0 ? 6 : spec->precision;
	struct decimal decimal;
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	number->len = 0;
	number->negative = (bits >> 63) != 0;

	const int biased = (int)((bits >> 52) & 0x7ff);
	const uint64_t field = bits & ((UINT64_C(1) << 52) - 1);

	number->finite = biased != 0x7ff;
	if (lower == 'a') {
		return false;
	}
	if (!number->finite) {
		not_finite(number, field != 0, upper);
		return true;
	}

	const uint64_t mantissa = biased != 0 ? field | (UINT64_C(1) << 52) : field;
	const int exponent = (biased != 0 ? biased : 1) - 1075;

	precision = precision > ZNET_FRACTION_MAX ? ZNET_FRACTION_MAX : precision;
	if (lower == 'f') {
		decimal_of(&decimal, mantissa, exponent, 0, precision);
		fixed(number, &decimal, precision, spec->alternate);
		return true;
	}
	if (lower == 'e') {
		decimal_of(&decimal, mantissa, exponent, precision + 1, -1);
		scientific(number, &decimal, precision, spec->alternate, upper);
		return true;
	}

	/* g: the shorter form, without zeros at the end (C11 7.21.6.1). */
	precision = precision == 0 ? 1 : precision;
	decimal_of(&decimal, mantissa, exponent, precision, -1);

	int last = precision;

	while (!spec->alternate && last > 1 && decimal.digits[last - 1] == '0') {
		last--;
	}
	if (decimal.exponent >= -4 && decimal.exponent < precision) {
		const int fraction = last - 1 - decimal.exponent;

		fixed(number, &decimal, fraction > 0 ? fraction : 0, spec->alternate);
	} else {
		scientific(number, &decimal, last - 1, spec->alternate, upper);
	}
	return true;
}

#else

bool znet_format_double(const struct znet_spec *spec, double value, struct znet_number *number)
{
	(void)spec;
	(void)value;
	(void)number;
	return false;
}

#endif
