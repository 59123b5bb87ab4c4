/* SPDX-License-Identifier: Apache-2.0 */
#include "../test.h"

int not_off(void)
{
	return 11;
}
