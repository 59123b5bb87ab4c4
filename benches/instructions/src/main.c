/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program whose instructions are counted: two stacks on a wire in memory.
 *
 *   zephyr.exe --testargs FIGURE COUNT
 *
 * does what FIGURE stands for COUNT times. Who counts takes the difference of two runs, so nothing
 * but the work itself may depend on COUNT.
 */

#include <stdlib.h>
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#include <cmdline.h>
#include <nsi_main.h>

#include "bench.h"

static const struct {
	const char *name;
	sa_family_t family;
	void (*run)(sa_family_t family, uint32_t count);
} figures[] = {
	{"udp4_64_oneway", AF_INET, udp_64_oneway},
	{"udp4_64_echo", AF_INET, udp_64_echo},
	{"udp4_rx_1", AF_INET, udp_rx_1},
	{"udp4_rx_10", AF_INET, udp_rx_10},
	{"udp4_rx_100", AF_INET, udp_rx_100},
	{"udp4_rx_1000", AF_INET, udp_rx_1000},
	{"tcp4_1460_64k", AF_INET, tcp_stream_64k},
	{"tcp4_1460_2seg", AF_INET, tcp_stream_2seg},
	{"tcp4_connect_close", AF_INET, tcp_connect_close},
	{"tcp4_rx_1", AF_INET, tcp_rx_1},
	{"tcp4_rx_10", AF_INET, tcp_rx_10},
	{"tcp4_rx_100", AF_INET, tcp_rx_100},
	{"tcp4_rx_1000", AF_INET, tcp_rx_1000},
	{"udp6_64_oneway", AF_INET6, udp_64_oneway},
	{"udp6_64_echo", AF_INET6, udp_64_echo},
	{"tcp6_1460_64k", AF_INET6, tcp_stream_64k},
	{"tcp6_1460_2seg", AF_INET6, tcp_stream_2seg},
	{"tcp6_connect_close", AF_INET6, tcp_connect_close},
	{"udp4_64_oneway_stack", AF_INET, stack_udp_oneway},
	{"udp4_64_echo_stack", AF_INET, stack_udp_echo},
	{"tcp4_1460_64k_stack", AF_INET, stack_stream_64k},
	{"tcp4_1460_2seg_stack", AF_INET, stack_stream_2seg},
	{"tcp4_connect_close_stack", AF_INET, stack_connect_close},
	{"udp6_64_oneway_stack", AF_INET6, stack_udp_oneway},
	{"tcp6_1460_64k_stack", AF_INET6, stack_stream_64k},
	{"sck4_poll_1000", AF_INET, poll_1000},
#if defined(CONFIG_NET_ROUTE)
	{"rte6_find_10", AF_INET6, route_find_10},
	{"rte6_find_1000", AF_INET6, route_find_1000},
#endif
#if defined(CONFIG_NET_IPV6_NBR_CACHE)
	{"nbr6_find_10", AF_INET6, neighbour_find_10},
	{"nbr6_find_1000", AF_INET6, neighbour_find_1000},
#endif
	{"nbr4_send_10", AF_INET, neighbour_send_10},
	{"nbr4_send_1000", AF_INET, neighbour_send_1000},
	{"nbr6_send_10", AF_INET6, neighbour_send_10},
	{"nbr6_send_1000", AF_INET6, neighbour_send_1000},
};

void bench_fail(const char *what)
{
	printk("%s\n", what);
	nsi_exit(1);
}

union endpoint endpoint_of(sa_family_t family, int end, uint16_t port)
{
	static const struct in_addr addresses[ENDS + 1] = {END_ADDRESS(CLIENT), END_ADDRESS(SERVER)};
	static const struct in6_addr addresses6[ENDS + 1] = {END_ADDRESS6(CLIENT),
							      END_ADDRESS6(SERVER)};

	if (family == AF_INET) {
		return (union endpoint){.in = {
			.sin_family = AF_INET,
			.sin_port = htons(port),
			.sin_addr = addresses[end],
		}};
	}

	return (union endpoint){.in6 = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = addresses6[end],
	}};
}

socklen_t endpoint_size(sa_family_t family)
{
	return family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

int main(void)
{
	char **argv;
	int argc;

	native_get_test_cmd_line_args(&argc, &argv);
	if (argc != 2) {
		bench_fail("--testargs FIGURE COUNT is missing");
	}

	for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
		if (strcmp(argv[0], figures[i].name) == 0) {
			wire_start();
			figures[i].run(figures[i].family, strtoul(argv[1], NULL, 10));
			nsi_exit(0);
		}
	}

	bench_fail("there is no such figure");
	return 0;
}
