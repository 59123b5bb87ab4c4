// SPDX-License-Identifier: Apache-2.0
/*
 * When the host is connected, and interfaces that have to be.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/conn_mgr.h>
#include <zephyr/net/conn_mgr_connectivity.h>
#include <zephyr/net/conn_mgr_connectivity_impl.h>
#include <zephyr/net/conn_mgr_monitor.h>
#include <zephyr/net/dummy.h>
#include <zephyr/net/net_event.h>
#include <zephyr/ztest.h>

#include "cable.h"

static int drop(const struct device *dev, struct net_pkt *pkt)
{
	ARG_UNUSED(dev);
	ARG_UNUSED(pkt);
	return 0;
}

static void init(struct net_if *iface)
{
	static uint8_t mac[3][6] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}};
	static int count;

	net_if_set_link_addr(iface, mac[count++], sizeof(mac[0]), NET_LINK_DUMMY);
	net_if_flag_set(iface, NET_IF_NO_AUTO_START);
}

static struct dummy_api api = {.iface_api.init = init, .send = drop};

#define DEVICE(_name)                                                                              \
	NET_DEVICE_INIT(_name, #_name, NULL, NULL, NULL, NULL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT,\
			&api, DUMMY_L2, NET_L2_GET_CTX_TYPE(DUMMY_L2), 1500)

DEVICE(left);
DEVICE(right);
DEVICE(modem);

#define LEFT  net_if_lookup_by_dev(DEVICE_GET(left))
#define RIGHT net_if_lookup_by_dev(DEVICE_GET(right))
#define MODEM net_if_lookup_by_dev(DEVICE_GET(modem))

/* A modem that is connected at once, when it is asked to. */
struct modem_data {
	size_t connects, disconnects;
	int option;
};

#define DIALLED_CTX_TYPE struct modem_data

static size_t inits;

static void modem_init(struct conn_mgr_conn_binding *const binding)
{
	inits++;
	net_if_dormant_on(binding->iface);
	conn_mgr_binding_set_flag(binding, CONN_MGR_IF_NO_AUTO_CONNECT, true);
}

static int modem_connect(struct conn_mgr_conn_binding *const binding)
{
	((struct modem_data *)binding->ctx)->connects++;
	net_if_dormant_off(binding->iface);
	return 0;
}

static int modem_disconnect(struct conn_mgr_conn_binding *const binding)
{
	((struct modem_data *)binding->ctx)->disconnects++;
	net_if_dormant_on(binding->iface);
	return 0;
}

static int modem_set_opt(struct conn_mgr_conn_binding *const binding, int name, const void *value,
			 size_t len)
{
	if (name != 1) {
		return -ENOPROTOOPT;
	}
	if (len != sizeof(int)) {
		return -ENOBUFS;
	}
	memcpy(&((struct modem_data *)binding->ctx)->option, value, len);
	return 0;
}

static int modem_get_opt(struct conn_mgr_conn_binding *const binding, int name, void *value,
			 size_t *len)
{
	if (name != 1 || *len < sizeof(int)) {
		*len = 0;
		return name != 1 ? -ENOPROTOOPT : -ENOBUFS;
	}
	*len = sizeof(int);
	memcpy(value, &((struct modem_data *)binding->ctx)->option, sizeof(int));
	return 0;
}

static struct conn_mgr_conn_api modem_api = {
	.connect = modem_connect,
	.disconnect = modem_disconnect,
	.init = modem_init,
	.set_opt = modem_set_opt,
	.get_opt = modem_get_opt,
};

CONN_MGR_CONN_DEFINE(DIALLED, &modem_api);
CONN_MGR_BIND_CONN(modem, DIALLED);

#define MODEM_DATA ((struct modem_data *)conn_mgr_if_get_binding(MODEM)->ctx)

static uint64_t events[16];
static struct net_if *ifaces[16];
static size_t count;

static void note(uint64_t event, struct net_if *iface, void *info, size_t len, void *user_data)
{
	ARG_UNUSED(info);
	ARG_UNUSED(len);
	ARG_UNUSED(user_data);
	if (count < ARRAY_SIZE(events)) {
		events[count] = event;
		ifaces[count] = iface;
	}
	count++;
}

NET_MGMT_REGISTER_EVENT_HANDLER(l4_events, NET_EVENT_L4_CONNECTED | NET_EVENT_L4_DISCONNECTED |
				NET_EVENT_L4_IPV4_CONNECTED | NET_EVENT_L4_IPV4_DISCONNECTED |
				NET_EVENT_L4_IPV6_CONNECTED | NET_EVENT_L4_IPV6_DISCONNECTED,
				note, NULL);

static void settle(void)
{
	k_sleep(K_MSEC(2));
}

/* Whether this was heard since the last look, of that interface. */
static bool heard(uint64_t event, struct net_if *iface)
{
	for (size_t i = 0; i < MIN(count, ARRAY_SIZE(events)); i++) {
		if (events[i] == event && ifaces[i] == iface) {
			return true;
		}
	}
	return false;
}

static struct in_addr addr_l = {{{198, 51, 100, 1}}}, addr_r = {{{203, 0, 113, 1}}};
static struct in6_addr addr_6 = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_down(CABLE);
	settle();
	count = 0;
	memset(MODEM_DATA, 0, sizeof(*MODEM_DATA));
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	(void)net_if_down(LEFT);
	(void)net_if_down(RIGHT);
	(void)conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_PERSISTENT, false);
	(void)conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_NO_AUTO_DOWN, false);
	(void)conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_NO_AUTO_CONNECT, true);
	(void)conn_mgr_if_disconnect(MODEM);
	(void)net_if_down(MODEM);
	(void)net_if_ipv4_addr_rm(LEFT, &addr_l);
	(void)net_if_ipv4_addr_rm(RIGHT, &addr_r);
	(void)net_if_ipv6_addr_rm(LEFT, &addr_6);
	conn_mgr_watch_l2(&NET_L2_GET_NAME(DUMMY));
	(void)net_if_up(CABLE);
	settle();
}

ZTEST_SUITE(conn_mgr, NULL, NULL, before, after, NULL);

ZTEST(conn_mgr, test_connected_with_the_first_address_of_the_first_interface)
{
	zassert_ok(net_if_up(LEFT));
	settle();
	zassert_equal(count, 0, "no address");
	zassert_not_null(net_if_ipv4_addr_add(LEFT, &addr_l, NET_ADDR_MANUAL, 0));
	settle();
	zassert_equal(count, 2);
	zassert_true(heard(NET_EVENT_L4_CONNECTED, LEFT));
	zassert_true(heard(NET_EVENT_L4_IPV4_CONNECTED, LEFT));

	zassert_not_null(net_if_ipv4_addr_add(RIGHT, &addr_r, NET_ADDR_MANUAL, 0));
	zassert_ok(net_if_up(RIGHT));
	settle();
	zassert_equal(count, 2, "not the first");

	zassert_ok(net_if_down(LEFT));
	settle();
	zassert_equal(count, 2, "not the last");
	zassert_true(net_if_ipv4_addr_rm(RIGHT, &addr_r));
	settle();
	zassert_equal(count, 4);
	zassert_true(heard(NET_EVENT_L4_DISCONNECTED, RIGHT));
	zassert_true(heard(NET_EVENT_L4_IPV4_DISCONNECTED, RIGHT));
}

ZTEST(conn_mgr, test_families_are_told_apart)
{
	zassert_ok(net_if_up(LEFT));
	zassert_not_null(net_if_ipv4_addr_add(LEFT, &addr_l, NET_ADDR_MANUAL, 0));
	settle();
	count = 0;
	zassert_not_null(net_if_ipv6_addr_add(LEFT, &addr_6, NET_ADDR_MANUAL, 0));
	k_sleep(K_MSEC(200));
	zassert_equal(count, 1);
	zassert_true(heard(NET_EVENT_L4_IPV6_CONNECTED, LEFT));
	zassert_true(net_if_ipv4_addr_rm(LEFT, &addr_l));
	settle();
	zassert_equal(count, 2);
	zassert_true(heard(NET_EVENT_L4_IPV4_DISCONNECTED, LEFT));
	zassert_true(net_if_ipv6_addr_rm(LEFT, &addr_6));
	settle();
	zassert_equal(count, 4);
	zassert_true(heard(NET_EVENT_L4_DISCONNECTED, LEFT));
}

ZTEST(conn_mgr, test_interfaces_can_be_ignored)
{
	zassert_ok(net_if_up(LEFT));
	zassert_not_null(net_if_ipv4_addr_add(LEFT, &addr_l, NET_ADDR_MANUAL, 0));
	settle();
	zassert_false(conn_mgr_is_iface_ignored(LEFT));
	conn_mgr_ignore_iface(LEFT);
	settle();
	zassert_true(conn_mgr_is_iface_ignored(LEFT));
	zassert_true(heard(NET_EVENT_L4_DISCONNECTED, LEFT));
	count = 0;
	conn_mgr_watch_iface(LEFT);
	settle();
	zassert_true(heard(NET_EVENT_L4_CONNECTED, LEFT));
	count = 0;
	conn_mgr_ignore_l2(&NET_L2_GET_NAME(DUMMY));
	settle();
	zassert_true(conn_mgr_is_iface_ignored(LEFT) && conn_mgr_is_iface_ignored(RIGHT));
	zassert_false(conn_mgr_is_iface_ignored(CABLE));
	zassert_true(heard(NET_EVENT_L4_DISCONNECTED, LEFT));
	conn_mgr_watch_l2(&NET_L2_GET_NAME(DUMMY));
	zassert_false(conn_mgr_is_iface_ignored(LEFT));
}

ZTEST(conn_mgr, test_late_comers_ask_how_things_stand)
{
	zassert_ok(net_if_up(LEFT));
	zassert_not_null(net_if_ipv4_addr_add(LEFT, &addr_l, NET_ADDR_MANUAL, 0));
	settle();
	count = 0;
	conn_mgr_resend_status();
	settle();
	zassert_equal(count, 3);
	zassert_true(heard(NET_EVENT_L4_CONNECTED, LEFT));
	zassert_true(heard(NET_EVENT_L4_IPV4_CONNECTED, LEFT));
	zassert_ok(net_if_down(LEFT));
	settle();
	count = 0;
	conn_mgr_mon_resend_status();
	settle();
	zassert_true(heard(NET_EVENT_L4_DISCONNECTED, LEFT));
}

ZTEST(conn_mgr, test_what_is_not_bound_can_not_be_connected)
{
	int value = 0;
	size_t len = sizeof(value);

	zassert_false(conn_mgr_if_is_bound(LEFT));
	zassert_is_null(conn_mgr_if_get_binding(LEFT));
	zassert_equal(conn_mgr_if_connect(LEFT), -ENOTSUP);
	zassert_equal(conn_mgr_if_disconnect(LEFT), -ENOTSUP);
	zassert_equal(conn_mgr_if_set_flag(LEFT, CONN_MGR_IF_PERSISTENT, true), -ENOTSUP);
	zassert_false(conn_mgr_if_get_flag(LEFT, CONN_MGR_IF_PERSISTENT));
	zassert_equal(conn_mgr_if_set_timeout(LEFT, 5), -ENOTSUP);
	zassert_equal(conn_mgr_if_get_timeout(LEFT), CONN_MGR_IF_NO_TIMEOUT);
	zassert_equal(conn_mgr_if_set_opt(LEFT, 1, &value, len), -ENOTSUP);
	zassert_equal(conn_mgr_if_get_opt(LEFT, 1, &value, &len), -ENOTSUP);
	zassert_equal(len, 0);
	zassert_equal(conn_mgr_if_connect(NULL), -ENOTSUP);
}

ZTEST(conn_mgr, test_settings_of_a_binding)
{
	int value = 7, read = 0;
	size_t len = sizeof(read);

	zassert_equal(inits, 1);
	zassert_true(conn_mgr_if_is_bound(MODEM));
	zassert_true(conn_mgr_if_get_flag(MODEM, CONN_MGR_IF_NO_AUTO_CONNECT));
	zassert_equal(conn_mgr_if_set_flag(MODEM, CONN_MGR_NUM_IF_FLAGS, true), -EINVAL);
	zassert_false(conn_mgr_if_get_flag(MODEM, CONN_MGR_NUM_IF_FLAGS));
	zassert_ok(conn_mgr_if_set_timeout(MODEM, 99));
	zassert_equal(conn_mgr_if_get_timeout(MODEM), 99);
	zassert_ok(conn_mgr_if_set_timeout(MODEM, CONN_MGR_IF_NO_TIMEOUT));
	zassert_ok(conn_mgr_if_set_opt(MODEM, 1, &value, sizeof(value)));
	zassert_ok(conn_mgr_if_get_opt(MODEM, 1, &read, &len));
	zassert_equal(read, 7);
	zassert_equal(conn_mgr_if_set_opt(MODEM, 2, &value, sizeof(value)), -ENOPROTOOPT);
	zassert_equal(conn_mgr_if_set_opt(MODEM, 1, NULL, sizeof(value)), -EINVAL);
	zassert_equal(conn_mgr_if_get_opt(MODEM, 1, NULL, &len), -EINVAL);
	zassert_equal(len, 0);
	zassert_equal(conn_mgr_if_get_opt(MODEM, 1, &read, NULL), -EINVAL);
}

ZTEST(conn_mgr, test_connecting_by_hand)
{
	zassert_ok(conn_mgr_if_disconnect(MODEM), "it is down");
	zassert_equal(MODEM_DATA->disconnects, 0);
	zassert_ok(net_if_up(MODEM));
	settle();
	zassert_equal(MODEM_DATA->connects, 0);
	zassert_false(net_if_is_up(MODEM));
	zassert_ok(conn_mgr_if_connect(MODEM));
	zassert_true(net_if_is_up(MODEM));
	zassert_ok(conn_mgr_if_disconnect(MODEM));
	settle();
	zassert_false(net_if_is_admin_up(MODEM), "it is taken down");
}

ZTEST(conn_mgr, test_connecting_takes_the_interface_up)
{
	zassert_ok(conn_mgr_if_connect(MODEM));
	zassert_true(net_if_is_admin_up(MODEM));
	settle();
	zassert_equal(MODEM_DATA->connects, 1);
	zassert_true(net_if_is_up(MODEM));
}

ZTEST(conn_mgr, test_a_persistent_interface_that_is_disconnected_stays_so)
{
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_PERSISTENT, true));
	zassert_ok(conn_mgr_if_connect(MODEM));
	settle();
	zassert_ok(conn_mgr_if_disconnect(MODEM));
	settle();
	zassert_equal(MODEM_DATA->connects, 1);
	zassert_false(net_if_is_admin_up(MODEM));
}

ZTEST(conn_mgr, test_connecting_by_itself)
{
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_NO_AUTO_CONNECT, false));
	zassert_ok(net_if_up(MODEM));
	settle();
	zassert_equal(MODEM_DATA->connects, 1);
	zassert_true(net_if_is_up(MODEM));
}

ZTEST(conn_mgr, test_a_lost_connection_takes_the_interface_down_unless_it_persists)
{
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_PERSISTENT, true));
	zassert_ok(net_if_up(MODEM));
	zassert_ok(conn_mgr_if_connect(MODEM));
	settle();
	net_if_dormant_on(MODEM);
	settle();
	zassert_true(net_if_is_admin_up(MODEM));
	net_if_dormant_off(MODEM);
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_PERSISTENT, false));
	settle();
	net_if_dormant_on(MODEM);
	settle();
	zassert_false(net_if_is_admin_up(MODEM));
}

ZTEST(conn_mgr, test_giving_up_takes_the_interface_down_unless_that_is_not_wanted)
{
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_NO_AUTO_DOWN, true));
	zassert_ok(net_if_up(MODEM));
	net_mgmt_event_notify(NET_EVENT_CONN_IF_TIMEOUT, MODEM);
	settle();
	zassert_true(net_if_is_admin_up(MODEM));
	zassert_ok(conn_mgr_if_set_flag(MODEM, CONN_MGR_IF_NO_AUTO_DOWN, false));
	net_mgmt_event_notify(NET_EVENT_CONN_IF_TIMEOUT, MODEM);
	settle();
	zassert_false(net_if_is_admin_up(MODEM));
	zassert_ok(net_if_up(MODEM));
	net_mgmt_event_notify(NET_EVENT_CONN_IF_FATAL_ERROR, MODEM);
	settle();
	zassert_false(net_if_is_admin_up(MODEM));
}

ZTEST(conn_mgr, test_all_at_once)
{
	conn_mgr_ignore_iface(RIGHT);
	zassert_ok(conn_mgr_all_if_up(true));
	zassert_true(net_if_is_admin_up(LEFT) && net_if_is_admin_up(MODEM));
	zassert_false(net_if_is_admin_up(RIGHT));
	zassert_ok(conn_mgr_all_if_up(false));
	zassert_true(net_if_is_admin_up(RIGHT));
	zassert_ok(conn_mgr_all_if_connect(false));
	zassert_equal(MODEM_DATA->connects, 1);
	zassert_ok(conn_mgr_all_if_disconnect(false));
	zassert_equal(MODEM_DATA->disconnects, 1);
	zassert_true(net_if_is_admin_up(LEFT));
	zassert_ok(conn_mgr_all_if_down(true));
	zassert_true(net_if_is_admin_up(RIGHT) && !net_if_is_admin_up(LEFT));
	zassert_ok(conn_mgr_all_if_down(false));
	zassert_false(net_if_is_admin_up(RIGHT));
	zassert_ok(conn_mgr_all_if_connect(true));
	zassert_true(net_if_is_admin_up(LEFT) && net_if_is_up(MODEM), "bound or not");
	zassert_false(net_if_is_admin_up(RIGHT));
	zassert_equal(MODEM_DATA->connects, 2);
	zassert_ok(conn_mgr_all_if_disconnect(false));
	zassert_ok(conn_mgr_all_if_down(false));
	conn_mgr_watch_iface(RIGHT);
}
