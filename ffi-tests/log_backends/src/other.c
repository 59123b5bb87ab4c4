/* SPDX-License-Identifier: Apache-2.0 */
/* Another source, quieter when compiled. */

#include <zephyr/logging/log.h>

LOG_MODULE_REGISTER(other, LOG_LEVEL_WRN);

void other_speaks(void);

void other_speaks(void)
{
	LOG_WRN("other warns");
	LOG_INF("never compiled");
}
