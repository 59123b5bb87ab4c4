/* SPDX-License-Identifier: Apache-2.0 */

#include "common.h"

int polled(int fd)
{
	struct zsock_pollfd one = {.fd = fd, .events = ALL_EVENTS};

	zassert_true(zsock_poll(&one, 1, 0) >= 0);
	return one.revents;
}

static struct {
	struct k_work_delayable work;
	void (*function)(int arg);
	int arg;
} soon;

static void do_it(struct k_work *work)
{
	ARG_UNUSED(work);
	soon.function(soon.arg);
}

void later(int millis, void (*work)(int arg), int arg)
{
	soon.function = work;
	soon.arg = arg;
	k_work_init_delayable(&soon.work, do_it);
	(void)k_work_schedule(&soon.work, K_MSEC(millis));
}

void after(void *fixture)
{
	int fds[CONFIG_ZVFS_OPEN_MAX];

	ARG_UNUSED(fixture);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
		fds[i] = zvfs_reserve_fd();
		zassert_equal(fds[i], i, "descriptor %zu is still open", i);
	}
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
		zvfs_free_fd(fds[i]);
	}
}
