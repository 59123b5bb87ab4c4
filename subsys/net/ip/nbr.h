// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Where Zephyr keeps tables of neighbours, for sources that include them from there.
 */

#ifndef ZNET_SUBSYS_NET_IP_NBR_H_
#define ZNET_SUBSYS_NET_IP_NBR_H_

#include <zephyr/net/znet_nbr.h>
#include <zephyr/sys/printk.h>

/** Prints who is in a table. */
static inline void net_nbr_print(struct net_nbr_table *table)
{
	const uint8_t *at = (const uint8_t *)table->nbr;

	for (int i = 0; i < table->nbr_count; i++) {
		const struct net_nbr *nbr = (const struct net_nbr *)(const void *)at;

		if (nbr->ref > 0) {
			printk("[%d] ref %d iface %p idx %d\n", i, nbr->ref, (void *)nbr->iface,
			       nbr->idx);
		}
		at += sizeof(*nbr) + nbr->size + nbr->extra_data_size;
	}
}

#endif /* ZNET_SUBSYS_NET_IP_NBR_H_ */
