// SPDX-License-Identifier: Apache-2.0
/*
 * net iface, net mem, net ping.
 */
#if defined(CONFIG_NET_SHELL)

#include <stdlib.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/icmp.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/shell/shell.h>

/* ---- net iface ------------------------------------------------------------------------------- */

#if defined(CONFIG_NET_IP)
static const char *const how[] = {"not set", "autoconf", "DHCP", "manual", "overridable"};
static const char *const states[] = {"any state", "tentative", "preferred", "deprecated"};

static const char *word(const char *const *words, size_t count, unsigned int index)
{
	return index < count ? words[index] : "unknown";
}

static void print_address(const struct shell *sh, const struct net_if_addr *address)
{
	char text[NET_IPV6_ADDR_LEN];

	if (address->is_used) {
		net_addr_ntop(address->address.family, &address->address.in6_addr, text,
			      sizeof(text));
		shell_print(sh, "\t%s %s %s%s", text,
			    word(how, ARRAY_SIZE(how), address->addr_type),
			    word(states, ARRAY_SIZE(states), (unsigned int)address->addr_state + 1),
			    address->is_infinite ? " infinite" : "");
	}
}

static void print_group(const struct shell *sh, const struct net_if_mcast_addr *group)
{
	char text[NET_IPV6_ADDR_LEN];

	if (group->is_used) {
		net_addr_ntop(group->address.family, &group->address.in6_addr, text, sizeof(text));
		shell_print(sh, "\t%s", text);
	}
}
#endif /* CONFIG_NET_IP */

static void print_ipv4(const struct shell *sh, struct net_if *iface)
{
#if defined(CONFIG_NET_IPV4)
	const struct net_if_ipv4 *const ipv4 = iface->config.ip.ipv4;
	char text[NET_IPV4_ADDR_LEN];

	if (!net_if_flag_is_set(iface, NET_IF_IPV4) || ipv4 == NULL) {
		return;
	}
	shell_print(sh, "IPv4 unicast addresses:");
	ARRAY_FOR_EACH_PTR(ipv4->unicast, address) {
		print_address(sh, &address->ipv4);
	}
	shell_print(sh, "IPv4 multicast addresses:");
	ARRAY_FOR_EACH_PTR(ipv4->mcast, group) {
		print_group(sh, group);
	}
	shell_print(sh, "IPv4 gateway : %s", net_addr_ntop(AF_INET, &ipv4->gw, text, sizeof(text)));
#else
	ARG_UNUSED(sh);
	ARG_UNUSED(iface);
#endif
}

static void print_ipv6(const struct shell *sh, struct net_if *iface)
{
#if defined(CONFIG_NET_IPV6)
	const struct net_if_ipv6 *const ipv6 = iface->config.ip.ipv6;

	if (!net_if_flag_is_set(iface, NET_IF_IPV6) || ipv6 == NULL) {
		return;
	}
	shell_print(sh, "IPv6 unicast addresses:");
	ARRAY_FOR_EACH_PTR(ipv6->unicast, address) {
		print_address(sh, address);
	}
	shell_print(sh, "IPv6 multicast addresses:");
	ARRAY_FOR_EACH_PTR(ipv6->mcast, group) {
		print_group(sh, group);
	}
	shell_print(sh, "IPv6 hop limit : %u", ipv6->hop_limit);
#else
	ARG_UNUSED(sh);
	ARG_UNUSED(iface);
#endif
}

static void print_iface(struct net_if *iface, void *user_data)
{
	const struct shell *const sh = user_data;
	const struct net_linkaddr *const link = net_if_get_link_addr(iface);
	char name[16] = "";

	(void)net_if_get_name(iface, name, sizeof(name));
	shell_print(sh, "Interface %s (%p) [%d]%s", name, (void *)iface, net_if_get_by_iface(iface),
		    iface == net_if_get_default() ? ", the default" : "");
	shell_fprintf(sh, SHELL_NORMAL, "Link addr : ");
	for (size_t i = 0; i < link->len; i++) {
		shell_fprintf(sh, SHELL_NORMAL, "%s%02X", i > 0 ? ":" : "", link->addr[i]);
	}
	shell_print(sh, "\nMTU       : %u", net_if_get_mtu(iface));
	shell_print(sh, "Status    : %s, carrier %s", net_if_is_up(iface) ? "up" : "down",
		    net_if_is_carrier_ok(iface) ? "on" : "off");
	print_ipv6(sh, iface);
	print_ipv4(sh, iface);
}

/* The interface whose number was typed; says so if there is none. */
static struct net_if *typed_iface(const struct shell *sh, const char *text)
{
	int err = 0;
	const long index = shell_strtol(text, 10, &err);
	struct net_if *const iface = err == 0 && index > 0 && index < 256
					     ? net_if_get_by_index((int)index)
					     : NULL;

	if (iface == NULL) {
		shell_warn(sh, "No such interface: %s", text);
	}
	return iface;
}

static int cmd_iface(const struct shell *sh, size_t argc, char **argv)
{
	if (argc > 1) {
		struct net_if *const iface = typed_iface(sh, argv[1]);

		if (iface == NULL) {
			return -ENOEXEC;
		}
		print_iface(iface, (void *)sh);
	} else {
		net_if_foreach(print_iface, (void *)sh);
	}
	return 0;
}

static int set_state(const struct shell *sh, const char *index, int (*change)(struct net_if *iface),
		     const char *done)
{
	struct net_if *const iface = typed_iface(sh, index);

	if (iface == NULL) {
		return -ENOEXEC;
	}

	const int status = change(iface);

	if (status != 0) {
		shell_warn(sh, "Interface %s cannot be taken %s (%d)", index, done, status);
		return -ENOEXEC;
	}
	shell_print(sh, "Interface %s is %s", index, done);
	return 0;
}

static int cmd_up(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	return set_state(sh, argv[1], net_if_up, "up");
}

static int cmd_down(const struct shell *sh, size_t argc, char **argv)
{
	ARG_UNUSED(argc);
	return set_state(sh, argv[1], net_if_down, "down");
}

#if defined(CONFIG_NET_SHELL_DYN_CMD_COMPLETION)
static void iface_number(size_t idx, struct shell_static_entry *entry)
{
	static char numbers[16][4];

	if (idx < ARRAY_SIZE(numbers) && net_if_get_by_index((int)idx + 1) != NULL) {
		snprintk(numbers[idx], sizeof(numbers[idx]), "%u", (unsigned int)idx + 1);
		entry->syntax = numbers[idx];
		entry->handler = NULL;
	}
}

SHELL_DYNAMIC_CMD_CREATE(iface_numbers, iface_number);
#define IFACE_NUMBERS &iface_numbers
#else
#define IFACE_NUMBERS NULL
#endif

/* ---- net mem --------------------------------------------------------------------------------- */

static int cmd_mem(const struct shell *sh, size_t argc, char **argv)
{
	struct k_mem_slab *rx, *tx;
	struct net_buf_pool *rx_data, *tx_data;

	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	net_pkt_get_info(&rx, &tx, &rx_data, &tx_data);
	shell_print(sh, "Total Avail Name");
	shell_print(sh, "%5u %5u RX packets", rx->info.num_blocks, k_mem_slab_num_free_get(rx));
	shell_print(sh, "%5u %5u TX packets", tx->info.num_blocks, k_mem_slab_num_free_get(tx));
	shell_print(sh, "%5u       RX buffers", rx_data->buf_count);
	shell_print(sh, "%5u       TX buffers", tx_data->buf_count);
	return 0;
}

/* ---- net ping -------------------------------------------------------------------------------- */

#if defined(CONFIG_NET_IP)
#define PING_SIZE 16

static struct k_sem replied;

static int on_reply(struct net_icmp_ctx *ctx, struct net_pkt *pkt, struct net_icmp_ip_hdr *ip_hdr,
		    struct net_icmp_hdr *icmp_hdr, void *user_data)
{
	ARG_UNUSED(ctx);
	ARG_UNUSED(pkt);
	ARG_UNUSED(ip_hdr);
	ARG_UNUSED(icmp_hdr);
	ARG_UNUSED(user_data);
	k_sem_give(&replied);
	return 0;
}

static int ping(const struct shell *sh, const char *host, struct sockaddr *to, long count)
{
	const bool six = to->sa_family == AF_INET6;
	struct net_icmp_ctx ctx;
	long received = 0;
	int status = net_icmp_init_ctx(&ctx,
				       six ? NET_ICMPV6_ECHO_REPLY : NET_ICMPV4_ECHO_REPLY, 0,
				       on_reply);

	if (status != 0) {
		shell_warn(sh, "Cannot wait for replies (%d)", status);
		return -ENOEXEC;
	}
	k_sem_init(&replied, 0, K_SEM_MAX_LIMIT);
	shell_print(sh, "PING %s", host);
	for (long i = 0; i < count; i++) {
		struct net_icmp_ping_params params = {
			.identifier = (uint16_t)k_cycle_get_32(),
			.sequence = (uint16_t)i,
			.priority = -1,
			.data_size = PING_SIZE,
		};
		const int64_t start = k_uptime_get();

		status = net_icmp_send_echo_request(&ctx, NULL, to, &params, NULL);
		if (status != 0) {
			shell_warn(sh, "Cannot send (%d)", status);
			break;
		}
		if (k_sem_take(&replied, K_SECONDS(1)) == 0) {
			received++;
			shell_print(sh, "%d bytes from %s: icmp_seq=%ld time=%d ms", PING_SIZE, host, i,
				    (int)(k_uptime_get() - start));
		} else {
			shell_print(sh, "Ping timeout");
		}
	}
	(void)net_icmp_cleanup_ctx(&ctx);
	return received > 0 ? 0 : -EIO;
}
#else
static int ping(const struct shell *sh, const char *host, struct sockaddr *to, long count)
{
	ARG_UNUSED(to);
	ARG_UNUSED(count);
	shell_warn(sh, "There is no Internet protocol to reach %s with", host);
	return -ENOEXEC;
}
#endif /* CONFIG_NET_IP */

static int cmd_ping(const struct shell *sh, size_t argc, char **argv)
{
	struct sockaddr to = {0};
	long count = 3;
	int err = 0;
	size_t i = 1;

	if (argc > 3 && strcmp(argv[1], "-c") == 0) {
		count = shell_strtol(argv[2], 10, &err);
		i = 3;
	}
	if (err != 0 || count < 1 || !net_ipaddr_parse(argv[i], strlen(argv[i]), &to)) {
		shell_warn(sh, "Not an address: %s", argv[i]);
		return -ENOEXEC;
	}
	return ping(sh, argv[i], &to, count);
}

SHELL_STATIC_SUBCMD_SET_CREATE(net_iface_below,
	SHELL_CMD_ARG(up, IFACE_NUMBERS, "Take an interface up: <index>.", cmd_up, 2, 0),
	SHELL_CMD_ARG(down, IFACE_NUMBERS, "Take an interface down: <index>.", cmd_down, 2, 0),
	SHELL_CMD_ARG(show, IFACE_NUMBERS, "Print an interface, or all: [<index>].", cmd_iface, 1, 1),
	SHELL_SUBCMD_SET_END);

SHELL_STATIC_SUBCMD_SET_CREATE(net_below,
	SHELL_CMD_ARG(iface, &net_iface_below, "Print an interface, or all: [<index>].", cmd_iface, 1,
		      1),
	SHELL_CMD_ARG(mem, NULL, "Print packets and buffers.", cmd_mem, 1, 0),
	SHELL_CMD_ARG(ping, NULL, "Ping a host: [-c count] <address>.", cmd_ping, 2, 2),
	SHELL_SUBCMD_SET_END);

SHELL_CMD_REGISTER(net, &net_below, "Networking commands", NULL);

#endif /* CONFIG_NET_SHELL */
