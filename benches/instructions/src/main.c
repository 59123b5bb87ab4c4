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
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#include <cmdline.h>
#include <nsi_main.h>

#include "bench.h"

static const struct {
	const char *name;
	void (*run)(uint32_t count);
} figures[] = {
	{"udp4_64_oneway", udp4_64_oneway},
	{"udp4_64_echo", udp4_64_echo},
	{"udp4_rx_1", udp4_rx_1},
	{"udp4_rx_1000", udp4_rx_1000},
	{"tcp4_1460_64k", tcp4_1460_64k},
	{"tcp4_1460_2seg", tcp4_1460_2seg},
	{"tcp4_connect_close", tcp4_connect_close},
	{"tcp4_rx_1", tcp4_rx_1},
	{"tcp4_rx_1000", tcp4_rx_1000},
};

void bench_fail(const char *what)
{
	printk("%s\n", what);
	nsi_exit(1);
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
			figures[i].run(strtoul(argv[1], NULL, 10));
			nsi_exit(0);
		}
	}

	bench_fail("there is no such figure");
	return 0;
}
