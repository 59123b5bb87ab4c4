// SPDX-License-Identifier: Apache-2.0
/*
 * What tests say beforehand about the stand-ins of functions, in a table in the order in which it
 * was said.
 */
#if defined(CONFIG_ZTEST_MOCKING)

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

enum kind {
	UNUSED,
	/* A value, or the address of data, that a parameter must have. */
	EXPECT_VALUE,
	EXPECT_DATA,
	/* Data to be written to where a parameter points. */
	RETURN_DATA,
	RETURN_VALUE,
};

struct saying {
	enum kind kind;
	const char *function;
	/* The parameter; "" for what the function returns. */
	const char *name;
	uintptr_t value;
	/* Position among all sayings: entries are reused, their order in the table says nothing. */
	uint32_t number;
};

static struct saying sayings[CONFIG_ZTEST_PARAMETER_COUNT];
static uint32_t next_number;

void z_init_mock(void)
{
	memset(sayings, 0, sizeof(sayings));
}

int z_cleanup_mock(void)
{
	int result = 0;

	for (size_t i = 0; i < ARRAY_SIZE(sayings); i++) {
		const struct saying *const entry = &sayings[i];

		if (entry->kind == RETURN_VALUE) {
			printk("    Return value for function %s was not used\n", entry->function);
			result = -EFAULT;
		} else if (entry->kind != UNUSED) {
			printk("    Parameter %s of function %s was not used\n", entry->name,
			       entry->function);
			result = -EFAULT;
		}
	}
	z_init_mock();
	return result;
}

static void say(enum kind kind, const char *function, const char *name, uintptr_t value)
{
	for (size_t i = 0; i < ARRAY_SIZE(sayings); i++) {
		if (sayings[i].kind == UNUSED) {
			sayings[i] = (struct saying){kind, function, name, value, next_number++};
			return;
		}
	}
	printk("    More than CONFIG_ZTEST_PARAMETER_COUNT expectations\n");
	ztest_test_fail();
}

/* Takes the oldest saying out of the table; fails the case when there is none. */
static uintptr_t take(enum kind kind, const char *function, const char *name)
{
	struct saying *oldest = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(sayings); i++) {
		struct saying *const entry = &sayings[i];

		if (entry->kind == kind && strcmp(entry->function, function) == 0 &&
		    strcmp(entry->name, name) == 0 &&
		    (oldest == NULL || (int32_t)(entry->number - oldest->number) < 0)) {
			oldest = entry;
		}
	}
	if (oldest == NULL) {
		printk("    Unexpected call of %s%s%s\n", function, name[0] == '\0' ? "" : ", parameter ",
		       name);
		ztest_test_fail();
		return 0;
	}
	oldest->kind = UNUSED;
	return oldest->value;
}

void z_ztest_expect_value(const char *fn, const char *name, uintptr_t value)
{
	say(EXPECT_VALUE, fn, name, value);
}

void z_ztest_check_expected_value(const char *fn, const char *name, uintptr_t value)
{
	const uintptr_t expected = take(EXPECT_VALUE, fn, name);

	if (expected != value) {
		printk("    %s:%s received wrong value: Got %lu, expected %lu\n", fn, name,
		       (unsigned long)value, (unsigned long)expected);
		ztest_test_fail();
	}
}

void z_ztest_expect_data(const char *fn, const char *name, void *data)
{
	say(EXPECT_DATA, fn, name, (uintptr_t)data);
}

void z_ztest_check_expected_data(const char *fn, const char *name, void *data, uint32_t length)
{
	const void *const expected = (const void *)take(EXPECT_DATA, fn, name);

	if ((expected == NULL) != (data == NULL)) {
		printk("    %s:%s received %s\n", fn, name, data == NULL ? "NULL" : "data for NULL");
		ztest_test_fail();
	} else if (data != NULL && memcmp(data, expected, length) != 0) {
		printk("    %s:%s data provided don't match\n", fn, name);
		ztest_test_fail();
	}
}

void z_ztest_return_data(const char *fn, const char *name, void *data)
{
	say(RETURN_DATA, fn, name, (uintptr_t)data);
}

void z_ztest_copy_return_data(const char *fn, const char *name, void *data, uint32_t length)
{
	const void *const source = (const void *)take(RETURN_DATA, fn, name);

	if (data == NULL) {
		printk("    %s:%s received null pointer\n", fn, name);
		ztest_test_fail();
	} else if (source != NULL) {
		memcpy(data, source, length);
	}
}

void z_ztest_returns_value(const char *fn, uintptr_t value)
{
	say(RETURN_VALUE, fn, "", value);
}

uintptr_t z_ztest_get_return_value(const char *fn)
{
	return take(RETURN_VALUE, fn, "");
}

#endif
