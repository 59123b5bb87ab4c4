/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses from Kconfig at start-up. Stands on the public API alone, and is compiled with the
 * application so that its messages obey the application's log settings.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_CONFIG_SETTINGS)

#include <errno.h>

#include <zephyr/init.h>
#include <zephyr/logging/log.h>
#if defined(CONFIG_NET_DHCPV4)
#include <zephyr/net/dhcpv4.h>
#endif
#if defined(CONFIG_NET_DHCPV6)
#include <zephyr/net/dhcpv6.h>
#endif
#include <zephyr/net/net_config.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>

LOG_MODULE_REGISTER(net_config, CONFIG_NET_CONFIG_LOG_LEVEL);

/* Pause between two looks at what is not there yet. */
#define LOOK_AGAIN_MS 10

/* Reads an address of Kconfig's; an empty text is no error and leaves `addr` unspecified. */
#if defined(CONFIG_NET_IPV4)
static int parse_ipv4(const char *text, const char *what, struct in_addr *addr)
{
	addr->s_addr = 0;
	if (text[0] != '\0' && net_addr_pton(AF_INET, text, addr) < 0) {
		LOG_ERR("%s \"%s\" is no IPv4 address", what, text);
		return -EINVAL;
	}
	return 0;
}

static int add_ipv4(struct net_if *iface)
{
	struct in_addr addr, netmask, gateway;

	if (parse_ipv4(CONFIG_NET_CONFIG_MY_IPV4_ADDR, "NET_CONFIG_MY_IPV4_ADDR", &addr) < 0 ||
	    parse_ipv4(CONFIG_NET_CONFIG_MY_IPV4_NETMASK, "NET_CONFIG_MY_IPV4_NETMASK",
		       &netmask) < 0 ||
	    parse_ipv4(CONFIG_NET_CONFIG_MY_IPV4_GW, "NET_CONFIG_MY_IPV4_GW", &gateway) < 0) {
		return -EINVAL;
	}
	if (addr.s_addr == 0) {
		return 0;
	}
	if (net_if_ipv4_addr_add(iface, &addr, NET_ADDR_MANUAL, 0) == NULL) {
		LOG_ERR("no room for address %s", CONFIG_NET_CONFIG_MY_IPV4_ADDR);
		return -ENOMEM;
	}
	if (netmask.s_addr != 0) {
		(void)net_if_ipv4_set_netmask_by_addr(iface, &addr, &netmask);
	}
	if (gateway.s_addr != 0) {
		net_if_ipv4_set_gw(iface, &gateway);
	}
	LOG_INF("IPv4 address: %s", CONFIG_NET_CONFIG_MY_IPV4_ADDR);
	return 0;
}
#endif

#if defined(CONFIG_NET_IPV6)
static int add_ipv6(struct net_if *iface)
{
	struct in6_addr addr;

	if (CONFIG_NET_CONFIG_MY_IPV6_ADDR[0] == '\0') {
		return 0;
	}
	if (net_addr_pton(AF_INET6, CONFIG_NET_CONFIG_MY_IPV6_ADDR, &addr) < 0) {
		LOG_ERR("NET_CONFIG_MY_IPV6_ADDR \"%s\" is no IPv6 address",
			CONFIG_NET_CONFIG_MY_IPV6_ADDR);
		return -EINVAL;
	}
	if (net_if_ipv6_addr_add(iface, &addr, NET_ADDR_MANUAL, 0) == NULL) {
		LOG_ERR("no room for address %s", CONFIG_NET_CONFIG_MY_IPV6_ADDR);
		return -ENOMEM;
	}
	/* The usual length (RFC 4291, 2.5.4): hosts with the same 64 bits are neighbours. */
	(void)net_if_ipv6_prefix_add(iface, &addr, 64, UINT32_MAX);
	LOG_INF("IPv6 address: %s", CONFIG_NET_CONFIG_MY_IPV6_ADDR);
	return 0;
}
#endif /* CONFIG_NET_IPV6 */

/* What is waited for, one after the other within one time-out. */
struct stage {
	uint32_t flags;                        /* those that ask for it */
	bool (*is_there)(struct net_if *iface); /* whether it is there */
	int error;                             /* what is returned when it does not come */
	const char *what;
};

#if defined(CONFIG_NET_IPV4)
static bool has_ipv4(struct net_if *iface)
{
	return net_if_ipv4_get_global_addr(iface, NET_ADDR_PREFERRED) != NULL ||
	       net_if_ipv4_get_ll(iface, NET_ADDR_PREFERRED) != NULL;
}
#endif

#if defined(CONFIG_NET_IPV6)
/* Until somebody could have objected to an address it is tentative. */
static bool has_ipv6(struct net_if *iface)
{
	struct in6_addr given;
	struct net_if_addr *own = NULL;

	/* An address of the loopback net counts where it was asked for. */
	if (net_addr_pton(AF_INET6, CONFIG_NET_CONFIG_MY_IPV6_ADDR, &given) == 0) {
		own = net_if_ipv6_addr_lookup_by_iface(iface, &given);
	}
	if (own != NULL && own->addr_state == NET_ADDR_PREFERRED) {
		return true;
	}
	return net_if_ipv6_get_global_addr(NET_ADDR_PREFERRED, &iface) != NULL ||
	       net_if_ipv6_get_ll(iface, NET_ADDR_PREFERRED) != NULL;
}

static bool has_router(struct net_if *iface)
{
	return net_if_ipv6_router_find_default(iface, NULL) != NULL;
}
#endif

static const struct stage stages[] = {
	{NET_CONFIG_NEED_IPV4 | NET_CONFIG_NEED_IPV6 | NET_CONFIG_NEED_ROUTER, net_if_is_up,
	 -ENETDOWN, "link"},
#if defined(CONFIG_NET_IPV4)
	{NET_CONFIG_NEED_IPV4, has_ipv4, -ETIMEDOUT, "IPv4 address"},
#endif
#if defined(CONFIG_NET_IPV6)
	{NET_CONFIG_NEED_IPV6, has_ipv6, -ETIMEDOUT, "IPv6 address"},
	{NET_CONFIG_NEED_ROUTER, has_router, -ETIMEDOUT, "IPv6 router"},
#endif
};

static int wait_for_all(struct net_if *iface, uint32_t flags, int32_t timeout)
{
	k_timepoint_t end = sys_timepoint_calc(timeout < 0 ? K_FOREVER : K_MSEC(timeout));

	ARRAY_FOR_EACH_PTR(stages, stage) {
		while ((flags & stage->flags) != 0 && !stage->is_there(iface)) {
			if (sys_timepoint_expired(end)) {
				LOG_ERR("no %s after %d ms", stage->what, (int)timeout);
				return stage->error;
			}
			k_msleep(LOOK_AGAIN_MS);
		}
	}
	return 0;
}

/* Has those begin who ask others for an address. */
static void ask_for_addresses(struct net_if *iface)
{
#if defined(CONFIG_NET_DHCPV4)
	net_dhcpv4_start(iface);
#endif
#if defined(CONFIG_NET_DHCPV6)
	struct net_dhcpv6_params params = {.request_addr = true};

	net_dhcpv6_start(iface, &params);
#endif
	ARG_UNUSED(iface);
}

static int configure(struct net_if *iface, const char *app_info, uint32_t flags, int32_t timeout)
{
	int result = 0;

	if (app_info != NULL) {
		LOG_INF("%s", app_info);
	}
	if (iface == NULL) {
		LOG_ERR("there is no network interface");
		return -ENODEV;
	}
#if defined(CONFIG_NET_IPV4)
	result = add_ipv4(iface);
#endif
#if defined(CONFIG_NET_IPV6)
	if (result == 0) {
		result = add_ipv6(iface);
	}
#endif
	if (result != 0) {
		return result;
	}
	ask_for_addresses(iface);
	return wait_for_all(iface, flags, timeout);
}

/* What Kconfig says is needed before the application starts. */
static uint32_t needed(void)
{
	return (IS_ENABLED(CONFIG_NET_CONFIG_NEED_IPV4) ? NET_CONFIG_NEED_IPV4 : 0) |
	       (IS_ENABLED(CONFIG_NET_CONFIG_NEED_IPV6) ? NET_CONFIG_NEED_IPV6 : 0) |
	       (IS_ENABLED(CONFIG_NET_CONFIG_NEED_IPV6_ROUTER) ? NET_CONFIG_NEED_ROUTER : 0);
}

int net_config_init_by_iface(struct net_if *iface, const char *app_info, uint32_t flags,
			     int32_t timeout)
{
	return configure(iface == NULL ? net_if_get_default() : iface, app_info, flags, timeout);
}

int net_config_init(const char *app_info, uint32_t flags, int32_t timeout)
{
	return net_config_init_by_iface(NULL, app_info, flags, timeout);
}

int net_config_init_app(const struct device *dev, const char *app_info)
{
	struct net_if *iface = dev == NULL ? net_if_get_default() : net_if_lookup_by_dev(dev);

	return configure(iface, app_info, needed(),
			 CONFIG_NET_CONFIG_INIT_TIMEOUT * MSEC_PER_SEC);
}

#if defined(CONFIG_NET_CONFIG_AUTO_INIT)
static int net_config_auto_init(void)
{
	/* An application without a network is better than none: failures are logged, no more. */
	(void)net_config_init_app(NULL, "Initializing network");
	return 0;
}

SYS_INIT(net_config_auto_init, APPLICATION, CONFIG_NET_CONFIG_INIT_PRIO);
#endif

#endif /* CONFIG_NET_CONFIG_SETTINGS */
