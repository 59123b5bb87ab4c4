// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Helpers for IPv6 addresses. Part of net_ip.h, which includes it: include that.
 */

#ifndef ZNET_INCLUDE_NET_NET_IPV6_ADDR_H_
#define ZNET_INCLUDE_NET_NET_IPV6_ADDR_H_

#include <zephyr/net/net_ip.h>

#ifdef __cplusplus
extern "C" {
#endif

extern struct net_if_addr *net_if_ipv6_addr_lookup(const struct in6_addr *addr,
						   struct net_if **iface);
extern struct net_if_mcast_addr *net_if_ipv6_maddr_lookup(const struct in6_addr *addr,
							  struct net_if **iface);

/** ::. */
const struct in6_addr *net_ipv6_unspecified_address(void);

/** Copies an IPv6 address between byte arrays. */
static inline void net_ipv6_addr_copy_raw(uint8_t *dest, const uint8_t *src)
{
	memcpy(dest, src, NET_IPV6_ADDR_SIZE);
}

/** Whether two IPv6 addresses in byte arrays are the same. */
static inline bool net_ipv6_addr_cmp_raw(const uint8_t *addr1, const uint8_t *addr2)
{
	return memcmp(addr1, addr2, NET_IPV6_ADDR_SIZE) == 0;
}

/** Whether two IPv6 addresses are the same. */
static inline bool net_ipv6_addr_cmp(const struct in6_addr *addr1, const struct in6_addr *addr2)
{
	return net_ipv6_addr_cmp_raw(Z_NET_BYTES(addr1), Z_NET_BYTES(addr2));
}

/** Whether @p addr is ::. */
static inline bool net_ipv6_is_addr_unspecified(const struct in6_addr *addr)
{
	static const uint8_t zero[NET_IPV6_ADDR_SIZE] = {0};

	return net_ipv6_addr_cmp_raw(Z_NET_BYTES(addr), zero);
}

/** Whether @p addr is ::1. */
static inline bool net_ipv6_is_addr_loopback(struct in6_addr *addr)
{
	static const uint8_t one[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

	return net_ipv6_addr_cmp_raw(Z_NET_BYTES(addr), one);
}

/** Whether @p addr is in ff00::/8. */
static inline bool net_ipv6_is_addr_mcast(const struct in6_addr *addr)
{
	return Z_NET_BYTES(addr)[0] == 0xff;
}

/** Whether one of our interfaces has @p addr. */
static inline bool net_ipv6_is_my_addr(struct in6_addr *addr)
{
	return net_if_ipv6_addr_lookup(addr, NULL) != NULL;
}

/** Whether one of our interfaces is in the group @p maddr. */
static inline bool net_ipv6_is_my_maddr(struct in6_addr *maddr)
{
	return net_if_ipv6_maddr_lookup(maddr, NULL) != NULL;
}

/** Whether the first @p length bits of two addresses are the same; false above 128. */
static inline bool net_ipv6_is_prefix(const uint8_t *addr1, const uint8_t *addr2, uint8_t length)
{
	uint8_t whole = length / 8U;
	uint8_t rest = length % 8U;

	if (length > 128U || memcmp(addr1, addr2, whole) != 0) {
		return false;
	}

	return rest == 0U || (uint8_t)(addr1[whole] ^ addr2[whole]) >> (8U - rest) == 0U;
}

/** Clears all but the first @p prefix_len bits of an address. */
static inline void net_ipv6_addr_prefix_mask(const uint8_t *inaddr, uint8_t *outaddr,
					     uint8_t prefix_len)
{
	for (size_t i = 0; i < NET_IPV6_ADDR_SIZE; i++) {
		size_t before = i * 8U;
		uint8_t mask = 0;

		if (prefix_len >= before + 8U) {
			mask = 0xff;
		} else if (prefix_len > before) {
			mask = (uint8_t)(0xff00U >> (prefix_len - before));
		}

		outaddr[i] = inaddr[i] & mask;
	}
}

/** Whether @p addr is link-local. */
static inline bool net_ipv6_is_ll_addr(const struct in6_addr *addr)
{
	return sys_get_be16(Z_NET_BYTES(addr)) == 0xfe80;
}

/** Whether @p addr is site-local (withdrawn by RFC 3879). */
static inline bool net_ipv6_is_sl_addr(const struct in6_addr *addr)
{
	return sys_get_be16(Z_NET_BYTES(addr)) == 0xfec0;
}

/** Whether @p addr is unique local, locally assigned (RFC 4193). */
static inline bool net_ipv6_is_ula_addr(const struct in6_addr *addr)
{
	return Z_NET_BYTES(addr)[0] == 0xfd;
}

/** Whether @p addr is in 2000::/3. */
static inline bool net_ipv6_is_global_addr(const struct in6_addr *addr)
{
	return (Z_NET_BYTES(addr)[0] & 0xe0) == 0x20;
}

/** Whether @p addr is unique local, or for documentation (RFC 3849). */
static inline bool net_ipv6_is_private_addr(const struct in6_addr *addr)
{
	return (Z_NET_BYTES(addr)[0] & 0xfe) == 0xfc ||
	       sys_get_be32(Z_NET_BYTES(addr)) == 0x20010db8;
}

/** Whether @p addr is a solicited-node group (RFC 4291, 2.7.1). */
static inline bool net_ipv6_is_addr_solicited_node(const struct in6_addr *addr)
{
	static const uint8_t prefix[] = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff};

	return memcmp(Z_NET_BYTES(addr), prefix, sizeof(prefix)) == 0;
}

/** Whether @p addr is a group of this scope (RFC 4291, 2.7). */
static inline bool net_ipv6_is_addr_mcast_scope(const struct in6_addr *addr, int scope)
{
	return net_ipv6_is_addr_mcast(addr) && (Z_NET_BYTES(addr)[1] & 0x0f) == scope;
}

/** Whether both addresses are groups with the same flags and scope. */
static inline bool net_ipv6_is_same_mcast_scope(const struct in6_addr *addr_1,
						const struct in6_addr *addr_2)
{
	return net_ipv6_is_addr_mcast(addr_1) && net_ipv6_is_addr_mcast(addr_2) &&
	       Z_NET_BYTES(addr_1)[1] == Z_NET_BYTES(addr_2)[1];
}

/** Whether @p addr is a group of interface scope. */
static inline bool net_ipv6_is_addr_mcast_iface(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0x1);
}

/** Whether @p addr is a group of link scope. */
static inline bool net_ipv6_is_addr_mcast_link(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0x2);
}

/** Whether @p addr is a group of realm scope, which is a mesh. */
static inline bool net_ipv6_is_addr_mcast_mesh(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0x3);
}

/** Whether @p addr is a group of site scope. */
static inline bool net_ipv6_is_addr_mcast_site(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0x5);
}

/** Whether @p addr is a group of organisation scope. */
static inline bool net_ipv6_is_addr_mcast_org(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0x8);
}

/** Whether @p addr is a group of global scope. */
static inline bool net_ipv6_is_addr_mcast_global(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_scope(addr, 0xe);
}

/** Whether two groups are the same but for flags and scope. */
static inline bool net_ipv6_is_addr_mcast_group(const struct in6_addr *addr,
						const struct in6_addr *group)
{
	return memcmp(Z_NET_BYTES(addr) + 2, Z_NET_BYTES(group) + 2, NET_IPV6_ADDR_SIZE - 2) == 0;
}

/** Whether @p addr is the group of all nodes in some scope. */
static inline bool net_ipv6_is_addr_mcast_all_nodes_group(const struct in6_addr *addr)
{
	static const struct in6_addr all_nodes = {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};

	return net_ipv6_is_addr_mcast_group(addr, &all_nodes);
}

/** Whether @p addr is ff01::1. */
static inline bool net_ipv6_is_addr_mcast_iface_all_nodes(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_iface(addr) && net_ipv6_is_addr_mcast_all_nodes_group(addr);
}

/** Whether @p addr is ff02::1. */
static inline bool net_ipv6_is_addr_mcast_link_all_nodes(const struct in6_addr *addr)
{
	return net_ipv6_is_addr_mcast_link(addr) && net_ipv6_is_addr_mcast_all_nodes_group(addr);
}

/** Makes an address of eight groups in host byte order. */
static inline void net_ipv6_addr_create(struct in6_addr *addr, uint16_t addr0, uint16_t addr1,
					uint16_t addr2, uint16_t addr3, uint16_t addr4,
					uint16_t addr5, uint16_t addr6, uint16_t addr7)
{
	const uint16_t groups[] = {addr0, addr1, addr2, addr3, addr4, addr5, addr6, addr7};

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		sys_put_be16(groups[i], (uint8_t *)addr + 2 * i);
	}
}

/** Makes the solicited-node group of @p src (RFC 4291, 2.7.1). */
static inline void net_ipv6_addr_create_solicited_node(const struct in6_addr *src,
						       struct in6_addr *dst)
{
	uint8_t low[3];

	/* The two may be one. */
	memcpy(low, Z_NET_BYTES(src) + 13, sizeof(low));
	net_ipv6_addr_create(dst, 0xff02, 0, 0, 0, 0, 1, 0xff00, 0);
	memcpy((uint8_t *)dst + 13, low, sizeof(low));
}

/** Makes ff02::1. */
static inline void net_ipv6_addr_create_ll_allnodes_mcast(struct in6_addr *addr)
{
	net_ipv6_addr_create(addr, 0xff02, 0, 0, 0, 0, 0, 0, 1);
}

/** Makes ff02::2. */
static inline void net_ipv6_addr_create_ll_allrouters_mcast(struct in6_addr *addr)
{
	net_ipv6_addr_create(addr, 0xff02, 0, 0, 0, 0, 0, 0, 2);
}

/** Makes the IPv4-mapped address of @p addr4 (RFC 4291, 2.5.5.2). */
static inline void net_ipv6_addr_create_v4_mapped(const struct in_addr *addr4,
						  struct in6_addr *addr6)
{
	net_ipv6_addr_create(addr6, 0, 0, 0, 0, 0, 0xffff, sys_get_be16(Z_NET_BYTES(addr4) + 0),
			     sys_get_be16(Z_NET_BYTES(addr4) + 2));
}

/** Whether @p addr is IPv4-mapped. */
static inline bool net_ipv6_addr_is_v4_mapped(const struct in6_addr *addr)
{
	static const uint8_t prefix[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

	return memcmp(Z_NET_BYTES(addr), prefix, sizeof(prefix)) == 0;
}

/**
 * Forms an address from an interface identifier.
 *
 * With CONFIG_NET_IPV6_IID_STABLE, an interface and a prefix the identifier is opaque (RFC 7217) and
 * stands behind the prefix, else it is the modified EUI-64 of the link address, behind fe80::/64.
 *
 * @param iface interface, or NULL
 * @param prefix the first 64 bits, or NULL
 * @param network_id not needed: the prefix tells networks apart
 * @param network_id_len its length
 * @param dad_counter how many such addresses were taken already
 * @param addr where to write the address
 * @param lladdr link address of 2, 6 or 8 bytes
 * @return 0, or -EINVAL
 */
int net_ipv6_addr_generate_iid(struct net_if *iface, const struct in6_addr *prefix,
			       uint8_t *network_id, size_t network_id_len, uint8_t dad_counter,
			       struct in6_addr *addr, struct net_linkaddr *lladdr);

#if defined(CONFIG_NET_IPV6_PE)
/**
 * Says which prefixes have temporary addresses (RFC 8981). Without filters all have.
 *
 * @param addr prefix of 64 bits
 * @param is_denylist true when it shall have none, false when only prefixes added so shall have any;
 * the last call decides for all
 * @return 0, -EALREADY for a prefix in the list, -ENOMEM without room, -ENOTSUP when
 * CONFIG_NET_IPV6_PE_FILTER_PREFIX_COUNT is 0
 */
int net_ipv6_pe_add_filter(struct in6_addr *addr, bool is_denylist);

/** Takes a prefix off the list. Returns 0, -ENOENT when it is not in it, or -ENOTSUP. */
int net_ipv6_pe_del_filter(struct in6_addr *addr);
#else
static inline int net_ipv6_pe_add_filter(struct in6_addr *addr, bool is_denylist)
{
	ARG_UNUSED(addr);
	ARG_UNUSED(is_denylist);

	return -ENOTSUP;
}

static inline int net_ipv6_pe_del_filter(struct in6_addr *addr)
{
	ARG_UNUSED(addr);

	return -ENOTSUP;
}
#endif /* CONFIG_NET_IPV6_PE */

/** Forms the link-local address that goes with a link address. */
static inline void net_ipv6_addr_create_iid(struct in6_addr *addr, struct net_linkaddr *lladdr)
{
	(void)net_ipv6_addr_generate_iid(NULL, NULL, NULL, 0, 0, addr, lladdr);
}

/** Whether the interface identifier of @p addr is made of @p lladdr (RFC 4291, appendix A). */
static inline bool net_ipv6_addr_based_on_ll(const struct in6_addr *addr,
					     const struct net_linkaddr *lladdr)
{
	uint8_t iid[8] = {0, 0, 0, 0xff, 0xfe, 0, 0, 0};

	if (addr == NULL || lladdr == NULL) {
		return false;
	}

	switch (lladdr->len) {
	case 2:
		memcpy(&iid[6], lladdr->addr, 2);
		break;
	case 6:
		if (lladdr->type != NET_LINK_ETHERNET) {
			return false;
		}
		memcpy(&iid[0], &lladdr->addr[0], 3);
		memcpy(&iid[5], &lladdr->addr[3], 3);
		iid[0] ^= 0x02;
		break;
#if NET_LINK_ADDR_MAX_LENGTH >= 8
	case 8:
		memcpy(iid, lladdr->addr, 8);
		iid[0] ^= 0x02;
		break;
#endif
	default:
		return false;
	}

	return memcmp(Z_NET_BYTES(addr) + 8, iid, sizeof(iid)) == 0;
}

#ifdef __cplusplus
}
#endif

#endif /* ZNET_INCLUDE_NET_NET_IPV6_ADDR_H_ */
