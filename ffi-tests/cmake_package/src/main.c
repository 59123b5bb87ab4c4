/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at what the CMakeLists.txt of this directory asked for. Ends the process with the result. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <in_data.h>

#include "test.h"

extern struct test_item _test_item_list_start[], _test_item_list_end[];
extern struct test_both _test_both_list_start[], _test_both_list_end[];
extern int test_from_the_linker(void);

TEST_ITEM(from_main, 100);
static TEST_PLACED(test_both, both, 400);

static const char plain[] = {
#include "plain.txt.inc"
};
static const unsigned char zipped[] = {
#include "plain.txt.gz.inc"
};

static int passed, failed;

static void expect(int ok, const char *what)
{
	if (ok) {
		passed++;
	} else {
		failed++;
		printf("FAILED: %s\n", what);
	}
}
#define EXPECT(_condition) expect((_condition) != 0, #_condition)

static void configuration(void)
{
	EXPECT(CONFIG_TEST_ON == 1);
	EXPECT(CONFIG_TEST_NUMBER == 3);
	EXPECT(strcmp(CONFIG_TEST_TEXT, "some text") == 0);
	EXPECT(strcmp(CONFIG_BOARD, "native_sim") == 0);
#if defined(CONFIG_TEST_OFF) || defined(TEST_IF_OFF)
	expect(0, "CONFIG_TEST_OFF is not set");
#endif
}

static void sources_and_flags(void)
{
	EXPECT(on() == 10);
	EXPECT(not_off() == 11);
	EXPECT(plus() == 12);
	EXPECT(posix_names());
	EXPECT(library_sum() == 22);
	EXPECT(TEST_EVERYWHERE == 1);
	EXPECT(TEST_OPTION == 2);
	EXPECT(TEST_IF_ON == 3);
	EXPECT(TEST_IN_DATA == 5);
	EXPECT(test_from_the_linker() == on());
	EXPECT(sqrt((double)passed * passed) == passed);
#if defined(TEST_LIBRARY_ONLY)
	expect(0, "a library's definitions stay in it");
#endif
}

static void generated_files(void)
{
	EXPECT(sizeof(plain) == 21);
	EXPECT(memcmp(plain, "Twenty-one characters", 21) == 0);
	EXPECT(sizeof(zipped) > 18 && zipped[0] == 0x1f && zipped[1] == 0x8b);
	/* The modification time: zero, so that a build can be repeated. */
	EXPECT(zipped[4] == 0 && zipped[5] == 0 && zipped[6] == 0 && zipped[7] == 0);
}

static void sections(void)
{
	struct test_item *item;
	int sum = 0;

	for (item = _test_item_list_start; item < _test_item_list_end; item++) {
		sum += item->value;
	}
	EXPECT(_test_item_list_end - _test_item_list_start == 3);
	EXPECT(sum == 600);
	/* By name. */
	EXPECT(_test_item_list_start[0].value == 300 && _test_item_list_start[2].value == 200);
	EXPECT(_test_both_list_end - _test_both_list_start == 1);
	EXPECT(_test_both_list_start[0].value == 400);
}

int main(void)
{
	configuration();
	sources_and_flags();
	generated_files();
	sections();

	printf("%d passed, %d failed\n", passed, failed);
	fflush(stdout);
	exit(failed != 0);
}
