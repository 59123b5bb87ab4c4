// SPDX-License-Identifier: Apache-2.0

#include <errno.h>

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/version.h>
#include <zephyr/ztest.h>

ZTEST_SUITE(startup, NULL, NULL, NULL, NULL, NULL);

static char steps[16];
static size_t count;

static int step(char name)
{
	steps[count++] = name;
	return 0;
}

#define STEP(name)                                                                                 \
	static int step_##name(void)                                                               \
	{                                                                                          \
		return step(STRINGIFY(name)[0]);                                                   \
	}

STEP(a)
STEP(b)
STEP(c)
STEP(d)
STEP(e)

#define PRIORITY_NINE 9

/* In no order: levels first, then priorities as numbers. */
SYS_INIT(step_e, APPLICATION, 90);
SYS_INIT(step_d, APPLICATION, PRIORITY_NINE);
SYS_INIT(step_b, POST_KERNEL, 10);
SYS_INIT(step_a, PRE_KERNEL_1, 99);
SYS_INIT_NAMED(step_d_again, step_d, APPLICATION, 50);

struct data {
	int value;
};

__subsystem struct thing_driver_api {
	int (*get)(const struct device *dev);
};

static int thing_get(const struct device *dev)
{
	return ((struct data *)dev->data)->value;
}

static DEVICE_API(thing, thing_api) = {.get = thing_get};

static int thing_init(const struct device *dev)
{
	((struct data *)dev->data)->value += *(const int *)dev->config;
	return step_c();
}

static int thing_fails(const struct device *dev)
{
	ARG_UNUSED(dev);
	return -EIO;
}

static struct data good_data = {40};
static const int good_config = 2;

DEVICE_DEFINE(good, "thing", thing_init, NULL, &good_data, &good_config, POST_KERNEL, 50, &thing_api);
DEVICE_DEFINE(bad, "broken", thing_fails, NULL, NULL, NULL, POST_KERNEL, 51, NULL);
DEVICE_DEFINE(plain, "plain", NULL, NULL, NULL, NULL, POST_KERNEL, 52, NULL);

ZTEST(startup, test_order)
{
	zassert_str_equal(steps, "abcdde");
}

ZTEST(startup, test_devices)
{
	const struct device *const dev = device_get_binding("thing");

	zassert_equal_ptr(dev, DEVICE_GET(good));
	zassert_true(device_is_ready(dev));
	zassert_equal(DEVICE_API_GET(thing, dev)->get(dev), 42);
	zassert_str_equal(dev->name, "thing");
	zassert_true(device_is_ready(DEVICE_GET(plain)));
	zassert_false(device_is_ready(DEVICE_GET(bad)));
	zassert_is_null(device_get_binding("broken"), "it did not come up");
	zassert_is_null(device_get_binding("unknown"));
	zassert_false(device_is_ready(NULL));
	zassert_equal(device_init(dev), -EALREADY);
}

struct fruit {
	const char *name;
	int weight;
};

STRUCT_SECTION_ITERABLE(fruit, plum) = {"plum", 30};
STRUCT_SECTION_ITERABLE_NAMED(fruit, a_first, apple) = {"apple", 150};
STRUCT_SECTION_ITERABLE_ARRAY(fruit, berries, 2) = {{"blackberry", 2}, {"raspberry", 3}};

ZTEST(startup, test_iterable_sections)
{
	struct fruit *first;
	struct fruit *second;
	size_t number;
	int weight = 0;

	STRUCT_SECTION_FOREACH(fruit, item) {
		weight += item->weight;
	}
	zassert_equal(weight, 185);
	STRUCT_SECTION_COUNT(fruit, &number);
	zassert_equal(number, 4);
	STRUCT_SECTION_GET(fruit, 1, &second);
	zassert_str_equal(second->name, "blackberry", "sorted by name");
	STRUCT_SECTION_GET(fruit, 0, &first);
	zassert_str_equal(first->name, "apple");
}

ZTEST(startup, test_version)
{
	BUILD_ASSERT(ZEPHYR_VERSION_CODE == ZEPHYR_VERSION(4, 2, 0), "the version of the API");
	zassert_equal(KERNEL_VERSION_NUMBER >> 8, 0x402);
}
