/* SPDX-License-Identifier: Apache-2.0 */
#include "own.h"
#include "../src/test.h"

int library_sum(void)
{
	/* 6 + 7 + 8 + 1 */
	return TEST_LIBRARY_ONLY + TEST_OPTION + TEST_OWN_HEADER + TEST_EVERYWHERE;
}

/* Nothing refers to this file's item by name: it must reach the table all the same. */
TEST_ITEM(from_library, 300);
