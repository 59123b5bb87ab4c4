// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Fields of the tag control information of IEEE 802.1Q.
 */

#ifndef ZEPHYR_INCLUDE_NET_ETHERNET_VLAN_H_
#define ZEPHYR_INCLUDE_NET_ETHERNET_VLAN_H_

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NET_VLAN_TAG_UNSPEC   0x0fff /**< No VLAN */
#define NET_VLAN_TAG_PRIORITY 0x0000 /**< Tagged for its priority only */

/** VLAN identifier, 12 bits. */
static inline uint16_t net_eth_vlan_get_vid(uint16_t tci)
{
	return tci & 0x0fff;
}

/** Drop eligible indicator. */
static inline uint8_t net_eth_vlan_get_dei(uint16_t tci)
{
	return (tci >> 12) & 1;
}

/** Priority code point, 3 bits. */
static inline uint8_t net_eth_vlan_get_pcp(uint16_t tci)
{
	return (uint8_t)(tci >> 13);
}

/** @p tci with another VLAN identifier. */
static inline uint16_t net_eth_vlan_set_vid(uint16_t tci, uint16_t vid)
{
	return (uint16_t)((tci & ~0x0fffU) | (vid & 0x0fffU));
}

/** @p tci with another drop eligible indicator. */
static inline uint16_t net_eth_vlan_set_dei(uint16_t tci, bool dei)
{
	return (uint16_t)((tci & ~0x1000U) | (dei ? 0x1000U : 0U));
}

/** @p tci with another priority. */
static inline uint16_t net_eth_vlan_set_pcp(uint16_t tci, uint8_t pcp)
{
	return (uint16_t)((tci & 0x1fffU) | ((pcp & 7U) << 13));
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_ETHERNET_VLAN_H_ */
