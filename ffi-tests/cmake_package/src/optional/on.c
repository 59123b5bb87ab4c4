/* SPDX-License-Identifier: Apache-2.0 */
#include "../test.h"

int on(void)
{
	return 10;
}
