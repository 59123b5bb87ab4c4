// SPDX-License-Identifier: Apache-2.0
#include "test.h"

#include <zephyr/sys/util.h>

namespace
{
/* Constructed before main(). */
class counter {
public:
	counter() : count(12)
	{
	}
	int get() const
	{
		return count;
	}

private:
	int count;
};

counter constructed;
} // namespace

int plus(void)
{
	return constructed.get();
}

TEST_ITEM(from_plus, 200);
