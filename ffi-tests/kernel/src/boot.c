// SPDX-License-Identifier: Apache-2.0

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/sys/reboot.h>

#include "helper.h"

#if defined(CONFIG_ARCH_POSIX)
#include <nsi_tasks.h>
#endif

ZTEST_SUITE(boot, NULL, NULL, NULL, NULL, NULL);

static char order[16];
static size_t filled;

#define NOTE(name, letter)                                                                         \
	static int name(void)                                                                      \
	{                                                                                          \
		order[filled++] = letter;                                                          \
		return 0;                                                                          \
	}

NOTE(application_late, 'g')
NOTE(application_early, 'f')
NOTE(post_kernel, 'd')
NOTE(pre_kernel_2, 'c')
NOTE(pre_kernel_1, 'b')
NOTE(early, 'a')

SYS_INIT(application_late, APPLICATION, 90);
SYS_INIT(application_early, APPLICATION, 5);
SYS_INIT(post_kernel, POST_KERNEL, 50);
SYS_INIT(pre_kernel_2, PRE_KERNEL_2, 0);
SYS_INIT(pre_kernel_1, PRE_KERNEL_1, 0);
SYS_INIT(early, EARLY, 0);

static bool pre_kernel_seen;
static int look_at_phase(void)
{
	pre_kernel_seen = k_is_pre_kernel();
	return 0;
}
SYS_INIT(look_at_phase, PRE_KERNEL_1, 10);

static int good_init(const struct device *dev)
{
	order[filled++] = 'e';
	*(int *)dev->data = POINTER_TO_INT(dev->config);
	return 0;
}

static int bad_init(const struct device *dev)
{
	ARG_UNUSED(dev);
	return -EIO;
}

static int data;
DEVICE_DEFINE(good, "good", good_init, NULL, &data, INT_TO_POINTER(5), POST_KERNEL, 60, NULL);
DEVICE_DEFINE(bad, "bad", bad_init, NULL, NULL, NULL, POST_KERNEL, 61, NULL);

ZTEST(boot, test_levels_and_priorities)
{
	zassert_str_equal(order, "abcdefg");
	zassert_true(pre_kernel_seen);
}

ZTEST(boot, test_devices)
{
	zassert_true(device_is_ready(DEVICE_GET(good)));
	zassert_equal(data, 5);
	zassert_false(device_is_ready(DEVICE_GET(bad)));
	zassert_equal(DEVICE_GET(bad)->state->init_res, EIO);
	zassert_equal_ptr(device_get_binding("good"), DEVICE_GET(good));
	zassert_is_null(device_get_binding("bad"), "it has failed");
	zassert_is_null(device_get_binding("absent"));
	zassert_is_null(device_get_binding(NULL));
	zassert_false(device_is_ready(NULL));
	zassert_equal(device_init(DEVICE_GET(good)), -EALREADY);
}

ZTEST(boot, test_version)
{
	zassert_equal(SYS_KERNEL_VER_MAJOR(sys_kernel_version_get()), 4);
	zassert_equal(SYS_KERNEL_VER_MINOR(sys_kernel_version_get()), 2);
}

#if defined(CONFIG_ARCH_POSIX)
static int first_sleeps;
static void on_first_sleep(void)
{
	first_sleeps++;
}
NSI_TASK(on_first_sleep, FIRST_SLEEP, 1);

ZTEST(boot, test_first_sleep)
{
	k_msleep(10);
	k_msleep(10);
	zassert_equal(first_sleeps, 1);
}
#endif
