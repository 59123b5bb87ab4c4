// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Link-layer addresses.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_LINKADDR_H_
#define ZEPHYR_INCLUDE_NET_NET_LINKADDR_H_

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest link address that the configured link layers use, in bytes. */
#if defined(CONFIG_NET_L2_IEEE802154) || defined(CONFIG_NET_L2_PPP)
#define NET_LINK_ADDR_MAX_LENGTH 8
#else
#define NET_LINK_ADDR_MAX_LENGTH 6
#endif

/** What kind of link an address belongs to. */
enum net_link_type {
	NET_LINK_UNKNOWN = 0,    /**< Not known */
	NET_LINK_IEEE802154 = 1, /**< IEEE 802.15.4 */
	NET_LINK_BLUETOOTH = 2,  /**< Bluetooth IPSP */
	NET_LINK_ETHERNET = 3,   /**< Ethernet and what looks like it */
	NET_LINK_DUMMY = 4,      /**< Dummy and loopback */
	NET_LINK_CANBUS_RAW = 5, /**< Raw CAN */
} __packed;

/**
 * A link-layer address. It starts on a word so that the receive path can compare it in whole
 * words.
 */
struct net_linkaddr {
	uint8_t type;                           /**< enum net_link_type */
	uint8_t len;                            /**< Bytes in use */
	uint8_t addr[NET_LINK_ADDR_MAX_LENGTH]; /**< In transmission order */
} __aligned(4);

/**
 * Compares two addresses.
 *
 * @return true when both have the same length and bytes; false also when one is NULL
 */
static inline bool net_linkaddr_cmp(struct net_linkaddr *lladdr1, struct net_linkaddr *lladdr2)
{
	return lladdr1 != NULL && lladdr2 != NULL && lladdr1->len == lladdr2->len &&
	       memcmp(lladdr1->addr, lladdr2->addr, lladdr1->len) == 0;
}

/**
 * Replaces the bytes of an address and keeps its type.
 *
 * @return 0, -EINVAL for a NULL argument, -EMSGSIZE when @p new_len is too long
 */
static inline int net_linkaddr_set(struct net_linkaddr *lladdr, const uint8_t *new_addr,
				   uint8_t new_len)
{
	if (lladdr == NULL || new_addr == NULL) {
		return -EINVAL;
	}

	if (new_len > NET_LINK_ADDR_MAX_LENGTH) {
		return -EMSGSIZE;
	}

	memcpy(lladdr->addr, new_addr, new_len);
	lladdr->len = new_len;

	return 0;
}

/**
 * Makes a complete address.
 *
 * @param addr bytes of the address, NULL for all zeros
 *
 * @return 0, -EINVAL when @p lladdr is NULL, -EMSGSIZE when @p len is too long
 */
static inline int net_linkaddr_create(struct net_linkaddr *lladdr, const uint8_t *addr,
				      uint8_t len, enum net_link_type type)
{
	if (lladdr == NULL) {
		return -EINVAL;
	}

	if (len > NET_LINK_ADDR_MAX_LENGTH) {
		return -EMSGSIZE;
	}

	memset(lladdr->addr, 0, sizeof(lladdr->addr));
	if (addr != NULL) {
		memcpy(lladdr->addr, addr, len);
	}

	lladdr->type = (uint8_t)type;
	lladdr->len = len;

	return 0;
}

/**
 * Copies an address.
 *
 * @return 0, -EINVAL for a NULL argument, -EMSGSIZE when the source's length is impossible
 */
static inline int net_linkaddr_copy(struct net_linkaddr *dst, const struct net_linkaddr *src)
{
	if (dst == NULL || src == NULL) {
		return -EINVAL;
	}

	return net_linkaddr_create(dst, src->addr, src->len, (enum net_link_type)src->type);
}

/**
 * Empties an address.
 *
 * @return 0, -EINVAL when @p lladdr is NULL
 */
static inline int net_linkaddr_clear(struct net_linkaddr *lladdr)
{
	return net_linkaddr_create(lladdr, NULL, 0, NET_LINK_UNKNOWN);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_LINKADDR_H_ */
