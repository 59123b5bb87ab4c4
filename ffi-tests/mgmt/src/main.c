// SPDX-License-Identifier: Apache-2.0
/*
 * Who hears which events, in which order, and what they bring along.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/hostname.h>
#include <zephyr/net/net_event.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_mgmt.h>
#include <zephyr/ztest.h>

static int drop(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	net_pkt_unref(pkt);
	return 0;
}

static void init(struct net_if *iface)
{
	static uint8_t mac[2][6] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}};
	static int count;

	net_if_set_link_addr(iface, mac[count], sizeof(mac[0]), NET_LINK_DUMMY);
	count = 1;
}

static struct dummy_api api = {.iface_api.init = init, .send = drop};

NET_DEVICE_INIT(left, "left", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &api,
		DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1500);
NET_DEVICE_INIT(right, "right", NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT, &api,
		DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1500);

#define LEFT  net_if_lookup_by_dev(DEVICE_GET(left))
#define RIGHT net_if_lookup_by_dev(DEVICE_GET(right))

static const struct in_addr own = {{{192, 0, 2, 1}}};

/* What was heard, in order. */
struct heard {
	uint64_t event;
	struct net_if *iface;
	uint8_t info[16];
	size_t length;
};

static struct heard heard[16];
static size_t count;
static size_t static_count;
static struct net_mgmt_event_callback on_if, on_ipv4;

static void note(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	struct heard *h = &heard[count % ARRAY_SIZE(heard)];

	h->event = event;
	h->iface = iface;
	h->length = cb->info_length;
	if (cb->info != NULL) {
		memcpy(h->info, cb->info, MIN(cb->info_length, sizeof(h->info)));
	}
	count++;
}

static void note_static(uint64_t event, struct net_if *iface, void *info, size_t length,
			void *user_data)
{
	bool as_it_should = event == NET_EVENT_IPV4_ADDR_ADD && iface == RIGHT &&
			    length == sizeof(own) && memcmp(info, &own, sizeof(own)) == 0 &&
			    user_data == &static_count;

	static_count += as_it_should;
}

NET_MGMT_REGISTER_EVENT_HANDLER(compiled_in, NET_EVENT_IPV4_ADDR_ADD, note_static, &static_count);

/* Lets the thread that tells events have its turn. */
static void settle(void)
{
	k_sleep(K_MSEC(1));
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	net_mgmt_init_event_callback(&on_if, note,
				     NET_EVENT_IF_UP | NET_EVENT_IF_DOWN | NET_EVENT_IF_ADMIN_DOWN);
	net_mgmt_init_event_callback(&on_ipv4, note,
				     NET_EVENT_IPV4_ADDR_ADD | NET_EVENT_IPV4_ADDR_DEL |
					     NET_EVENT_IPV4_MADDR_ADD | NET_EVENT_IPV4_MADDR_DEL |
					     NET_EVENT_IPV4_ROUTER_ADD |
					     NET_EVENT_IPV4_ROUTER_DEL);
	net_mgmt_add_event_callback(&on_if);
	net_mgmt_add_event_callback(&on_ipv4);
	settle();
	count = 0;
	static_count = 0;
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	net_mgmt_del_event_callback(&on_if);
	net_mgmt_del_event_callback(&on_ipv4);
	(void)net_if_up(LEFT);
	(void)net_if_up(RIGHT);
	net_if_ipv4_addr_rm(RIGHT, &own);
	settle();
}

ZTEST_SUITE(mgmt, NULL, NULL, before, after, NULL);

ZTEST(mgmt, test_numbers_come_apart_as_they_were_put_together)
{
	const uint64_t own = NET_MGMT_EVENT_BIT | NET_MGMT_LAYER(NET_MGMT_LAYER_L4) |
			     NET_MGMT_LAYER_CODE(NET_MGMT_LAYER_CODE_USER1) | BIT64(3);

	zassert_equal(NET_MGMT_GET_LAYER(own), NET_MGMT_LAYER_L4);
	zassert_equal(NET_MGMT_GET_LAYER_CODE(own), NET_MGMT_LAYER_CODE_USER1);
	zassert_equal(NET_MGMT_GET_COMMAND(own), BIT64(3));
	zassert_true(NET_MGMT_EVENT(own) && !NET_MGMT_ON_IFACE(own) &&
		     !NET_MGMT_EVENT_SYNCHRONOUS(own));
	zassert_equal(NET_MGMT_GET_COMMAND(NET_EVENT_IPV6_PMTU_CHANGED),
		      NET_EVENT_IPV6_CMD_PMTU_CHANGED, "one of the late ones");
	zassert_equal(NET_MGMT_GET_LAYER_CODE(NET_EVENT_IPV6_PMTU_CHANGED),
		      NET_MGMT_LAYER_CODE_IPV6);
	/* What a handler for 32 bits is told says the same. */
	zassert_equal((uint32_t)NET_EVENT_L4_CONNECTED, NET_EVENT_L4_CONNECTED);
	zassert_equal((uint32_t)NET_EVENT_IF_UP, NET_EVENT_IF_UP);
	zassert_equal((uint32_t)NET_EVENT_IPV4_ACD_CONFLICT, NET_EVENT_IPV4_ACD_CONFLICT);
}

ZTEST(mgmt, test_down_and_up_are_told_in_order_and_by_mask)
{
	zassert_ok(net_if_down(LEFT));
	zassert_ok(net_if_up(LEFT));
	settle();
	zassert_equal(count, 3, "admin up is not in the mask");
	zassert_equal(heard[0].event, NET_EVENT_IF_ADMIN_DOWN);
	zassert_equal(heard[1].event, NET_EVENT_IF_DOWN);
	zassert_equal(heard[2].event, NET_EVENT_IF_UP);
	zassert_equal_ptr(heard[2].iface, LEFT);
}

ZTEST(mgmt, test_an_address_comes_and_goes_with_its_bytes)
{
	zassert_not_null(net_if_ipv4_addr_add(RIGHT, (struct in_addr *)&own, NET_ADDR_MANUAL, 0));
	zassert_true(net_if_ipv4_addr_rm(RIGHT, &own));
	settle();
	zassert_equal(count, 2);
	zassert_equal(static_count, 1);
	zassert_equal(heard[0].event, NET_EVENT_IPV4_ADDR_ADD);
	zassert_equal(heard[0].length, sizeof(own));
	zassert_mem_equal(heard[0].info, &own, sizeof(own));
	zassert_equal(heard[1].event, NET_EVENT_IPV4_ADDR_DEL);
	zassert_equal_ptr(heard[1].iface, RIGHT);
}

ZTEST(mgmt, test_an_address_that_is_there_is_no_news)
{
	zassert_not_null(net_if_ipv4_addr_add(RIGHT, (struct in_addr *)&own, NET_ADDR_MANUAL, 0));
	zassert_not_null(net_if_ipv4_addr_add(RIGHT, (struct in_addr *)&own, NET_ADDR_MANUAL, 0));
	settle();
	zassert_equal(count, 1);
}

ZTEST(mgmt, test_groups_and_routers_are_told)
{
	static const struct in_addr group = {{{224, 1, 2, 3}}};
	static const struct in_addr gateway = {{{192, 0, 2, 254}}};
	struct net_if_router *router;

	zassert_not_null(net_if_ipv4_maddr_add(LEFT, &group));
	zassert_true(net_if_ipv4_maddr_rm(LEFT, &group));
	router = net_if_ipv4_router_add(LEFT, (struct in_addr *)&gateway, true, 10);
	zassert_not_null(router);
	zassert_true(net_if_ipv4_router_rm(router));
	settle();
	zassert_equal(count, 4);
	zassert_equal(heard[0].event, NET_EVENT_IPV4_MADDR_ADD);
	zassert_equal(heard[1].event, NET_EVENT_IPV4_MADDR_DEL);
	zassert_equal(heard[2].event, NET_EVENT_IPV4_ROUTER_ADD);
	zassert_equal(heard[3].event, NET_EVENT_IPV4_ROUTER_DEL);
	zassert_mem_equal(heard[3].info, &gateway, sizeof(gateway));
}

ZTEST(mgmt, test_who_has_gone_is_told_nothing)
{
	net_mgmt_del_event_callback(&on_if);
	zassert_ok(net_if_down(LEFT));
	settle();
	zassert_equal(count, 0);
	net_mgmt_del_event_callback(&on_if);
}

static struct net_mgmt_event_callback self;

static void leave(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(event);
	ARG_UNUSED(iface);
	net_mgmt_del_event_callback(cb);
	net_mgmt_add_event_callback(&on_if);
	net_mgmt_event_notify(NET_EVENT_IF_ADMIN_UP, RIGHT);
}

ZTEST(mgmt, test_a_handler_may_register_and_raise)
{
	net_mgmt_del_event_callback(&on_if);
	on_if.event_mask = NET_EVENT_IF_ADMIN_UP;
	net_mgmt_init_event_callback(&self, leave, NET_EVENT_IF_DOWN);
	net_mgmt_add_event_callback(&self);
	zassert_ok(net_if_down(LEFT));
	settle();
	zassert_equal(count, 1);
	zassert_equal(heard[0].event, NET_EVENT_IF_ADMIN_UP);
	zassert_equal_ptr(heard[0].iface, RIGHT);
}

ZTEST(mgmt, test_a_name_that_changes_is_told_with_no_interface)
{
	static struct net_mgmt_event_callback on_name;

	net_mgmt_init_event_callback(&on_name, note, NET_EVENT_HOSTNAME_CHANGED);
	net_mgmt_add_event_callback(&on_name);
	zassert_ok(net_hostname_set("lighthouse", 10));
	settle();
	net_mgmt_del_event_callback(&on_name);
	zassert_equal(count, 1);
	zassert_is_null(heard[0].iface);
	zassert_equal(heard[0].length, NET_HOSTNAME_SIZE);
	zassert_mem_equal(heard[0].info, "lighthouse", 11);
}

static void flap(struct k_work *work)
{
	ARG_UNUSED(work);
	(void)net_if_down(LEFT);
	(void)net_if_down(RIGHT);
}

static K_WORK_DELAYABLE_DEFINE(later, flap);

ZTEST(mgmt, test_a_wait_ends_with_the_event_it_waits_for)
{
	uint64_t raised = 0;
	struct net_if *iface = NULL;

	k_work_schedule(&later, K_MSEC(20));
	zassert_ok(net_mgmt_event_wait(NET_EVENT_IF_DOWN, &raised, &iface, NULL, NULL, K_SECONDS(1)));
	zassert_equal(raised, NET_EVENT_IF_DOWN);
	zassert_equal_ptr(iface, LEFT);
}

ZTEST(mgmt, test_a_wait_for_one_interface_passes_over_others)
{
	uint64_t raised = 0;

	k_work_schedule(&later, K_MSEC(20));
	zassert_ok(net_mgmt_event_wait_on_iface(RIGHT, NET_EVENT_IF_DOWN, &raised, NULL, NULL,
						K_SECONDS(1)));
	zassert_false(net_if_is_up(RIGHT));
	zassert_equal(net_mgmt_event_wait_on_iface(NULL, NET_EVENT_IF_DOWN, NULL, NULL, NULL,
						   K_NO_WAIT),
		      -EINVAL);
	zassert_equal(net_mgmt_event_wait_on_iface(RIGHT, NET_MGMT_EVENT_BIT, NULL, NULL, NULL,
						   K_NO_WAIT),
		      -EINVAL);
}

ZTEST(mgmt, test_a_wait_in_vain_times_out)
{
	int64_t start = k_uptime_get();

	zassert_equal(net_mgmt_event_wait(NET_EVENT_IF_UP, NULL, NULL, NULL, NULL, K_MSEC(50)),
		      -ETIMEDOUT);
	zassert_true(k_uptime_get() - start >= 50);
	zassert_equal(net_mgmt_event_wait(NET_EVENT_IF_UP, NULL, NULL, NULL, NULL, K_NO_WAIT),
		      -ETIMEDOUT);
}

static void bring(struct k_work *work)
{
	ARG_UNUSED(work);
	(void)net_if_ipv4_addr_add(RIGHT, (struct in_addr *)&own, NET_ADDR_MANUAL, 0);
}

static K_WORK_DELAYABLE_DEFINE(bring_later, bring);

ZTEST(mgmt, test_a_wait_gets_what_the_event_brings)
{
	const void *info = NULL;
	size_t length = 0;

	k_work_schedule(&bring_later, K_MSEC(5));
	zassert_ok(net_mgmt_event_wait(NET_EVENT_IPV4_ADDR_ADD, NULL, NULL, &info, &length,
				       K_SECONDS(1)));
	zassert_equal(length, sizeof(own));
	zassert_mem_equal(info, &own, sizeof(own));
}

static size_t slow_count;
static uint64_t slow_last;

static void slow(struct net_mgmt_event_callback *cb, uint64_t event, struct net_if *iface)
{
	ARG_UNUSED(cb);
	ARG_UNUSED(iface);
	slow_last = event;
	slow_count++;
	k_sleep(K_MSEC(10));
}

ZTEST(mgmt, test_a_slow_handler_is_told_how_things_ended)
{
	static struct net_mgmt_event_callback on_slow;

	net_mgmt_init_event_callback(&on_slow, slow, NET_EVENT_IF_UP | NET_EVENT_IF_DOWN);
	net_mgmt_add_event_callback(&on_slow);
	for (int i = 0; i < 100; i++) {
		zassert_ok(net_if_down(LEFT));
		zassert_ok(net_if_up(LEFT));
	}
	zassert_ok(net_if_down(LEFT));
	k_sleep(K_SECONDS(5));
	net_mgmt_del_event_callback(&on_slow);
	if (!IS_ENABLED(CONFIG_NET_MGMT_EVENT_DIRECT)) {
		zassert_true(slow_count < 100, "there is no room for all");
	}
	zassert_equal(slow_last, NET_EVENT_IF_DOWN);
}

ZTEST(mgmt, test_what_is_too_long_to_bring_is_not_raised)
{
	static const uint8_t much[200];

	net_mgmt_event_notify_with_info(NET_EVENT_IPV4_ADDR_ADD, RIGHT, much, sizeof(much));
	settle();
	zassert_equal(count, 0);
}
