// SPDX-License-Identifier: Apache-2.0
/*
 * What allocations of packets cost: the counters of the library's own slabs, among those of the
 * application's. Belongs to the application's part of the image, where the linker makes the list.
 */

#include <zephyr/kernel.h>

#if defined(CONFIG_NET_PKT_ALLOC_STATS)

#include <zephyr/init.h>
#include <zephyr/net/net_pkt.h>
#include <zephyr/sys/iterable_sections.h>

STRUCT_SECTION_ITERABLE(net_pkt_alloc_stats_slab, pkt_alloc_stats_rx_pkts);
STRUCT_SECTION_ITERABLE(net_pkt_alloc_stats_slab, pkt_alloc_stats_tx_pkts);

static int alloc_stats_init(void)
{
	struct net_pkt_alloc_stats_slab *first, *end;

	net_pkt_get_info(&pkt_alloc_stats_rx_pkts.slab, &pkt_alloc_stats_tx_pkts.slab, NULL, NULL);
	STRUCT_SECTION_START_EXTERN(net_pkt_alloc_stats_slab);
	STRUCT_SECTION_END_EXTERN(net_pkt_alloc_stats_slab);
	first = STRUCT_SECTION_START(net_pkt_alloc_stats_slab);
	end = STRUCT_SECTION_END(net_pkt_alloc_stats_slab);
	znet_pkt_alloc_stats(first, end);
	return 0;
}

SYS_INIT(alloc_stats_init, PRE_KERNEL_1, 0);

#endif /* CONFIG_NET_PKT_ALLOC_STATS */
