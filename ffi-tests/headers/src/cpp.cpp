// SPDX-License-Identifier: Apache-2.0
//
// The macros in C++: those that define things are the ones where the languages differ.

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/dlist.h>
#include <zephyr/sys/slist.h>
#include <zephyr/ztest.h>

LOG_MODULE_REGISTER(cpp, LOG_LEVEL_INF);

K_SEM_DEFINE(cpp_sem, 1, 1);
K_MUTEX_DEFINE(cpp_mutex);

static int started;

static int cpp_start(void)
{
	started++;
	return 0;
}

SYS_INIT(cpp_start, APPLICATION, 1);

static int device_data;

DEVICE_DEFINE(cpp_device, "cpp", NULL, NULL, &device_data, NULL, POST_KERNEL, 60, NULL);

struct element {
	int value;
	sys_snode_t node;
};

ZTEST_SUITE(cplusplus, NULL, NULL, NULL, NULL, NULL);

ZTEST(cplusplus, test_definitions)
{
	zassert_equal(started, 1);
	zassert_equal_ptr(device_get_binding("cpp"), DEVICE_GET(cpp_device));
	zassert_ok(k_sem_take(&cpp_sem, K_NO_WAIT));
	zassert_equal(k_sem_take(&cpp_sem, K_MSEC(1)), -EAGAIN);
	zassert_ok(k_mutex_lock(&cpp_mutex, K_FOREVER));
	zassert_ok(k_mutex_unlock(&cpp_mutex));
	LOG_DBG("%d", started);
}

ZTEST(cplusplus, test_lists)
{
	element elements[2] = {{1, {}}, {2, {}}};
	sys_slist_t list = SYS_SLIST_STATIC_INIT(&list);
	element *at;
	int sum = 0;

	zassert_equal(ARRAY_SIZE(elements), 2);
	for (auto &element : elements) {
		sys_slist_append(&list, &element.node);
	}
	SYS_SLIST_FOR_EACH_CONTAINER(&list, at, node) {
		sum = 10 * sum + at->value;
	}
	zassert_equal(sum, 12);
	zassert_equal(sys_cpu_to_be16(0x0102), 0x0201);
}
