// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Addresses, socket addresses and protocol headers of IPv4 and IPv6.
 *
 * The numbers are Zephyr's: AF_INET is 1. Addresses and ports are in network byte order unless a
 * comment says otherwise. The helpers accept addresses at any alignment, as they stand in packets.
 */

#ifndef ZEPHYR_INCLUDE_NET_NET_IP_H_
#define ZEPHYR_INCLUDE_NET_NET_IP_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zephyr/net/net_linkaddr.h>
#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* No VLAN. Stands here as well as in ethernet_vlan.h, which net_ip.h must not need. */
#define NET_VLAN_TAG_UNSPEC 0x0fff

/** @name Protocol families
 * @{
 */
#define PF_UNSPEC   0        /**< Unspecified */
#define PF_INET     1        /**< IPv4 */
#define PF_INET6    2        /**< IPv6 */
#define PF_PACKET   3        /**< Link-layer packets */
#define PF_CAN      4        /**< Controller Area Network */
#define PF_NET_MGMT 5        /**< Network management events */
#define PF_LOCAL    6        /**< Within the device */
#define PF_UNIX     PF_LOCAL /**< The same */
/** @} */

/** @name Address families
 * @{
 */
#define AF_UNSPEC   PF_UNSPEC   /**< Unspecified */
#define AF_INET     PF_INET     /**< IPv4 */
#define AF_INET6    PF_INET6    /**< IPv6 */
#define AF_PACKET   PF_PACKET   /**< Link-layer packets */
#define AF_CAN      PF_CAN      /**< Controller Area Network */
#define AF_NET_MGMT PF_NET_MGMT /**< Network management events */
#define AF_LOCAL    PF_LOCAL    /**< Within the device */
#define AF_UNIX     PF_UNIX     /**< The same */
/** @} */

/** Protocol numbers of IPv4 and IPv6, and a few of our own beyond 255. */
enum net_ip_protocol {
	IPPROTO_IP = 0,        /**< IPv4 itself */
	IPPROTO_ICMP = 1,      /**< ICMPv4 */
	IPPROTO_IGMP = 2,      /**< IGMP */
	IPPROTO_ETH_P_ALL = 3, /**< Every EtherType, on packet sockets */
	IPPROTO_IPIP = 4,      /**< IPv4 in IPv4 */
	IPPROTO_TCP = 6,       /**< TCP */
	IPPROTO_UDP = 17,      /**< UDP */
	IPPROTO_IPV6 = 41,     /**< IPv6 in IPv4 */
	IPPROTO_ICMPV6 = 58,   /**< ICMPv6 */
	IPPROTO_RAW = 255,     /**< Whole IP packets */
};

/** Protocols that encrypt what TCP or UDP carries. */
enum net_ip_protocol_secure {
	IPPROTO_TLS_1_0 = 256,  /**< TLS 1.0 */
	IPPROTO_TLS_1_1 = 257,  /**< TLS 1.1 */
	IPPROTO_TLS_1_2 = 258,  /**< TLS 1.2 */
	IPPROTO_TLS_1_3 = 259,  /**< TLS 1.3 */
	IPPROTO_DTLS_1_0 = 272, /**< DTLS 1.0 */
	IPPROTO_DTLS_1_2 = 273, /**< DTLS 1.2 */
};

/** Socket types. */
enum net_sock_type {
	SOCK_STREAM = 1, /**< Stream of bytes */
	SOCK_DGRAM = 2,  /**< Datagrams */
	SOCK_RAW = 3,    /**< Packets with their headers */
};

#define ntohs(x)  sys_be16_to_cpu(x) /**< 16 bits from network to host order */
#define ntohl(x)  sys_be32_to_cpu(x) /**< 32 bits from network to host order */
#define ntohll(x) sys_be64_to_cpu(x) /**< 64 bits from network to host order */
#define htons(x)  sys_cpu_to_be16(x) /**< 16 bits from host to network order */
#define htonl(x)  sys_cpu_to_be32(x) /**< 32 bits from host to network order */
#define htonll(x) sys_cpu_to_be64(x) /**< 64 bits from host to network order */

/** IPv6 address. */
struct in6_addr {
	union {
		uint8_t s6_addr[16];   /**< Bytes */
		uint16_t s6_addr16[8]; /**< Groups */
		uint32_t s6_addr32[4]; /**< Words */
	};
};

#define NET_IPV6_ADDR_SIZE 16 /**< Bytes of an IPv6 address */

/** IPv4 address. */
struct in_addr {
	union {
		uint8_t s4_addr[4];    /**< Bytes */
		uint16_t s4_addr16[2]; /**< Halves */
		uint32_t s4_addr32[1]; /**< The word */
		uint32_t s_addr;       /**< The word, POSIX's name */
	};
};

#define NET_IPV4_ADDR_SIZE 4 /**< Bytes of an IPv4 address */

/** Address family of a socket address. */
typedef unsigned short int sa_family_t;

/*
 * Length of a socket address. A C library may have its own socklen_t of another width, declared
 * before or after this; the macro keeps every file that includes this header on one type.
 */
typedef size_t znet_socklen_t;
#undef socklen_t
#define socklen_t znet_socklen_t
#if !defined(__socklen_t_defined)
#define __socklen_t_defined 1
#endif

/** IPv6 socket address. */
struct sockaddr_in6 {
	sa_family_t sin6_family;   /**< AF_INET6 */
	uint16_t sin6_port;        /**< Port */
	struct in6_addr sin6_addr; /**< Address */
	uint8_t sin6_scope_id;     /**< Interface index for link-local addresses */
};

/** IPv4 socket address. */
struct sockaddr_in {
	sa_family_t sin_family;  /**< AF_INET */
	uint16_t sin_port;       /**< Port */
	struct in_addr sin_addr; /**< Address */
};

/** Link-layer socket address. */
struct sockaddr_ll {
	sa_family_t sll_family; /**< AF_PACKET */
	uint16_t sll_protocol;  /**< EtherType */
	int sll_ifindex;        /**< Interface index */
	uint16_t sll_hatype;    /**< ARP hardware type */
	uint8_t sll_pkttype;    /**< PACKET_HOST and so on */
	uint8_t sll_halen;      /**< Bytes of sll_addr in use */
	uint8_t sll_addr[8];    /**< Link address */
};

/* Socket addresses that point to the address, as packets in flight use them. */

/** IPv6 socket address by reference. */
struct sockaddr_in6_ptr {
	sa_family_t sin6_family;    /**< AF_INET6 */
	uint16_t sin6_port;         /**< Port */
	struct in6_addr *sin6_addr; /**< Address */
	uint8_t sin6_scope_id;      /**< Interface index */
};

/** IPv4 socket address by reference. */
struct sockaddr_in_ptr {
	sa_family_t sin_family;   /**< AF_INET */
	uint16_t sin_port;        /**< Port */
	struct in_addr *sin_addr; /**< Address */
};

/** Link-layer socket address by reference. */
struct sockaddr_ll_ptr {
	sa_family_t sll_family; /**< AF_PACKET */
	uint16_t sll_protocol;  /**< EtherType */
	int sll_ifindex;        /**< Interface index */
	uint16_t sll_hatype;    /**< ARP hardware type */
	uint8_t sll_pkttype;    /**< PACKET_HOST and so on */
	uint8_t sll_halen;      /**< Bytes of sll_addr in use */
	uint8_t *sll_addr;      /**< Link address */
};

/** Path of a local socket by reference. */
struct sockaddr_un_ptr {
	sa_family_t sun_family; /**< AF_UNIX */
	char *sun_path;         /**< Path */
};

/** CAN socket address. */
struct sockaddr_can_ptr {
	sa_family_t can_family; /**< AF_CAN */
	int can_ifindex;        /**< Interface index */
};

#if !defined(HAVE_IOVEC) && !defined(__iovec_defined)
#define __iovec_defined 1
/** One piece of scattered memory. */
struct iovec {
	void *iov_base; /**< First byte */
	size_t iov_len; /**< Bytes */
};
#endif

/** A message for sendmsg() and recvmsg(). */
struct msghdr {
	void *msg_name;        /**< Socket address of the peer */
	socklen_t msg_namelen; /**< Its length */
	struct iovec *msg_iov; /**< Pieces of data */
	size_t msg_iovlen;     /**< Number of pieces */
	void *msg_control;     /**< Ancillary data */
	size_t msg_controllen; /**< Bytes of it */
	int msg_flags;         /**< MSG_TRUNC and so on, out */
};

/** Header of one item of ancillary data. */
struct cmsghdr {
	socklen_t cmsg_len;        /**< Header and data in bytes */
	int cmsg_level;            /**< Protocol */
	int cmsg_type;             /**< What it is */
	z_max_align_t cmsg_data[]; /**< The data */
};

/** @name Walking through ancillary data
 * @{
 */
#if !defined(ALIGN_H)
#define ALIGN_H(x) ROUND_UP(x, __alignof__(struct cmsghdr)) /**< To the alignment of a header */
#endif
#if !defined(ALIGN_D)
#define ALIGN_D(x) ROUND_UP(x, __alignof__(z_max_align_t)) /**< To the alignment of data */
#endif

#if !defined(CMSG_FIRSTHDR)
/** First item, or NULL. */
#define CMSG_FIRSTHDR(msghdr)                                                                      \
	((msghdr)->msg_controllen < sizeof(struct cmsghdr)                                         \
		 ? NULL                                                                            \
		 : (struct cmsghdr *)((msghdr)->msg_control))
#endif

#if !defined(CMSG_NXTHDR)
/** The item after @p cmsg, the first for NULL, NULL after the last. */
#define CMSG_NXTHDR(msghdr, cmsg)                                                                  \
	((cmsg) == NULL ? CMSG_FIRSTHDR(msghdr)                                                    \
	 : ((uint8_t *)(cmsg) + ALIGN_H((cmsg)->cmsg_len) + ALIGN_D(sizeof(struct cmsghdr)) >      \
	    (uint8_t *)((msghdr)->msg_control) + (msghdr)->msg_controllen)                         \
		 ? NULL                                                                            \
		 : (struct cmsghdr *)((uint8_t *)(cmsg) + ALIGN_H((cmsg)->cmsg_len)))
#endif

#if !defined(CMSG_DATA)
/** Data of an item. */
#define CMSG_DATA(cmsg) ((uint8_t *)(cmsg) + ALIGN_D(sizeof(struct cmsghdr)))
#endif

#if !defined(CMSG_SPACE)
/** Bytes an item with @p length bytes of data takes up. */
#define CMSG_SPACE(length) (ALIGN_D(sizeof(struct cmsghdr)) + ALIGN_H(length))
#endif

#if !defined(CMSG_LEN)
/** cmsg_len of an item with @p length bytes of data. */
#define CMSG_LEN(length) (ALIGN_D(sizeof(struct cmsghdr)) + (length))
#endif
/** @} */

/** @name Kinds of link-layer packets
 * @{
 */
#define PACKET_HOST      0 /**< To this host */
#define PACKET_BROADCAST 1 /**< To all */
#define PACKET_MULTICAST 2 /**< To a group */
#define PACKET_OTHERHOST 3 /**< To another host, seen in promiscuous mode */
#define PACKET_OUTGOING  4 /**< From this host */
#define PACKET_LOOPBACK  5 /**< Looped back */
#define PACKET_FASTROUTE 6 /**< Fast routed */
/** @} */

#define ARPHRD_ETHER 1 /**< ARP hardware type of Ethernet */

#define UNIX_PATH_MAX 108 /**< Longest path of a local socket */

/* The largest socket address of the configured families decides the size of all. */
#if defined(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS)
#define NET_SOCKADDR_MAX_SIZE (UNIX_PATH_MAX + sizeof(sa_family_t))
#elif defined(CONFIG_NET_IPV6) ||                                                                  \
	!(defined(CONFIG_NET_IPV4) || defined(CONFIG_NET_SOCKETS_PACKET))
#define NET_SOCKADDR_MAX_SIZE (sizeof(struct sockaddr_in6))
#elif defined(CONFIG_NET_SOCKETS_PACKET)
#define NET_SOCKADDR_MAX_SIZE (sizeof(struct sockaddr_ll))
#else
#define NET_SOCKADDR_MAX_SIZE (sizeof(struct sockaddr_in))
#endif

#if defined(CONFIG_NET_SOCKETS_PACKET)
#define NET_SOCKADDR_PTR_MAX_SIZE (sizeof(struct sockaddr_ll_ptr))
#elif defined(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS)
#define NET_SOCKADDR_PTR_MAX_SIZE (sizeof(struct sockaddr_un_ptr))
#elif defined(CONFIG_NET_IPV6) || !defined(CONFIG_NET_IPV4)
#define NET_SOCKADDR_PTR_MAX_SIZE (sizeof(struct sockaddr_in6_ptr))
#else
#define NET_SOCKADDR_PTR_MAX_SIZE (sizeof(struct sockaddr_in_ptr))
#endif

/** Socket address of any configured family. */
struct sockaddr {
	sa_family_t sa_family;                                  /**< Which family it is */
	char data[NET_SOCKADDR_MAX_SIZE - sizeof(sa_family_t)]; /**< The rest */
};

/** Socket address by reference of any configured family. */
struct sockaddr_ptr {
	sa_family_t family;                                         /**< Which family it is */
	char data[NET_SOCKADDR_PTR_MAX_SIZE - sizeof(sa_family_t)]; /**< The rest */
};

/** Room for a socket address of any configured family. */
struct sockaddr_storage {
	sa_family_t ss_family;                                  /**< Which family it is */
	char data[NET_SOCKADDR_MAX_SIZE - sizeof(sa_family_t)]; /**< The rest */
};

/** Socket address of a local socket. */
struct sockaddr_un {
	sa_family_t sun_family;                                     /**< AF_UNIX */
	char sun_path[NET_SOCKADDR_MAX_SIZE - sizeof(sa_family_t)]; /**< Path */
};

/** Address of either IP version. */
struct net_addr {
	sa_family_t family; /**< AF_INET or AF_INET6 */
	union {
		struct in6_addr in6_addr; /**< IPv6 */
		struct in_addr in_addr;   /**< IPv4 */
	};
};

extern const struct in6_addr in6addr_any;      /**< :: */
extern const struct in6_addr in6addr_loopback; /**< ::1 */

/** @name Initialisers and special addresses
 * @{
 */
#define IN6ADDR_ANY_INIT      {{{0}}}
#define IN6ADDR_LOOPBACK_INIT {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}
#define INADDR_ANY            0          /**< 0.0.0.0 */
#define INADDR_BROADCAST      0xffffffff /**< 255.255.255.255 */
#define INADDR_ANY_INIT       {{{INADDR_ANY}}}
#define INADDR_LOOPBACK_INIT  {{{127, 0, 0, 1}}}
/** @} */

/** @name Buffers for addresses in text, terminator included
 * @{
 */
#define INET_ADDRSTRLEN   16 /**< POSIX, IPv4 */
#define INET6_ADDRSTRLEN  46 /**< POSIX, IPv6 */
#define NET_IPV4_ADDR_LEN sizeof("255.255.255.255")
#define NET_IPV6_ADDR_LEN sizeof("xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx")
/** @} */

/** What every host must be able to receive, in bytes. */
enum net_ip_mtu {
#if defined(CONFIG_NET_NATIVE_IPV6) && defined(CONFIG_NET_IPV6_MTU)
	NET_IPV6_MTU = CONFIG_NET_IPV6_MTU, /**< IPv6, as configured */
#else
	NET_IPV6_MTU = 1280, /**< IPv6 (RFC 8200, 5) */
#endif
	NET_IPV4_MTU = 576, /**< IPv4 (RFC 791, 3.1) */
};

/** Packet priorities, with the numbers and order of IEEE 802.1Q. */
enum net_priority {
	NET_PRIORITY_BK = 1, /**< Background, the lowest */
	NET_PRIORITY_BE = 0, /**< Best effort, the default */
	NET_PRIORITY_EE = 2, /**< Excellent effort */
	NET_PRIORITY_CA = 3, /**< Critical applications */
	NET_PRIORITY_VI = 4, /**< Video, below 100 ms */
	NET_PRIORITY_VO = 5, /**< Voice, below 10 ms */
	NET_PRIORITY_IC = 6, /**< Internetwork control */
	NET_PRIORITY_NC = 7, /**< Network control, the highest */
} __packed;

#define NET_MAX_PRIORITIES 8 /**< Number of priorities */

/** Both ends of a flow. */
struct net_tuple {
	struct net_addr *remote_addr;  /**< Peer's address */
	struct net_addr *local_addr;   /**< Our address */
	uint16_t remote_port;          /**< Peer's port */
	uint16_t local_port;           /**< Our port */
	enum net_ip_protocol ip_proto; /**< Protocol */
};

/** Whether an address of an interface may be used. */
enum net_addr_state {
	NET_ADDR_ANY_STATE = -1, /**< Any of these, in searches */
	NET_ADDR_TENTATIVE = 0,  /**< Not yet known to be unique */
	NET_ADDR_PREFERRED = 1,  /**< Usable */
	NET_ADDR_DEPRECATED = 2, /**< Not for new connections */
} __packed;

/** How an address of an interface came to be. */
enum net_addr_type {
	NET_ADDR_ANY = 0,         /**< Any of these, in searches */
	NET_ADDR_AUTOCONF = 1,    /**< Autoconfigured */
	NET_ADDR_DHCP = 2,        /**< From a DHCP server */
	NET_ADDR_MANUAL = 3,      /**< Set by the application */
	NET_ADDR_OVERRIDABLE = 4, /**< The same, giving way to DHCP */
} __packed;

/** Name of an address type. */
static inline const char *net_addr_type2str(enum net_addr_type type)
{
	switch (type) {
	case NET_ADDR_AUTOCONF:
		return "AUTO";
	case NET_ADDR_DHCP:
		return "DHCP";
	case NET_ADDR_MANUAL:
		return "MANUAL";
	case NET_ADDR_OVERRIDABLE:
		return "OVERRIDE";
	default:
		return "<unknown>";
	}
}

/** IPv6 header (RFC 8200, 3). */
struct net_ipv6_hdr {
	uint8_t vtc;                     /**< Version and upper half of the traffic class */
	uint8_t tcflow;                  /**< Lower half, and upper bits of the flow label */
	uint16_t flow;                   /**< Lower bits of the flow label */
	uint16_t len;                    /**< Payload length */
	uint8_t nexthdr;                 /**< Next header */
	uint8_t hop_limit;               /**< Hop limit */
	uint8_t src[NET_IPV6_ADDR_SIZE]; /**< Source */
	uint8_t dst[NET_IPV6_ADDR_SIZE]; /**< Destination */
} __packed;

/** IPv6 fragment header (RFC 8200, 4.5). */
struct net_ipv6_frag_hdr {
	uint8_t nexthdr;  /**< Next header */
	uint8_t reserved; /**< Zero */
	uint16_t offset;  /**< Offset in units of 8 bytes, and the M flag */
	uint32_t id;      /**< Identification */
} __packed;

/** IPv4 header without options (RFC 791, 3.1). */
struct net_ipv4_hdr {
	uint8_t vhl;                     /**< Version and header length in words */
	uint8_t tos;                     /**< DSCP and ECN */
	uint16_t len;                    /**< Total length */
	uint8_t id[2];                   /**< Identification */
	uint8_t offset[2];               /**< Flags and fragment offset */
	uint8_t ttl;                     /**< Time to live */
	uint8_t proto;                   /**< Protocol */
	uint16_t chksum;                 /**< Header checksum */
	uint8_t src[NET_IPV4_ADDR_SIZE]; /**< Source */
	uint8_t dst[NET_IPV4_ADDR_SIZE]; /**< Destination */
} __packed;

/** First word of every ICMP message. */
struct net_icmp_hdr {
	uint8_t type;    /**< Type */
	uint8_t code;    /**< Code */
	uint16_t chksum; /**< Checksum */
} __packed;

/** UDP header (RFC 768). */
struct net_udp_hdr {
	uint16_t src_port; /**< Source port */
	uint16_t dst_port; /**< Destination port */
	uint16_t len;      /**< Header and data */
	uint16_t chksum;   /**< Checksum, 0 for none */
} __packed;

/** TCP header (RFC 9293, 3.1). */
struct net_tcp_hdr {
	uint16_t src_port; /**< Source port */
	uint16_t dst_port; /**< Destination port */
	uint8_t seq[4];    /**< Sequence number */
	uint8_t ack[4];    /**< Acknowledgement number */
	uint8_t offset;    /**< Header length in words, upper half */
	uint8_t flags;     /**< Control bits */
	uint8_t wnd[2];    /**< Window */
	uint16_t chksum;   /**< Checksum */
	uint8_t urg[2];    /**< Urgent pointer */
	uint8_t optdata[]; /**< Options */
} __packed;

/** @name IPv6 extension headers
 * @{
 */
#define NET_IPV6_NEXTHDR_HBHO    0  /**< Hop-by-hop options */
#define NET_IPV6_NEXTHDR_ROUTING 43 /**< Routing */
#define NET_IPV6_NEXTHDR_FRAG    44 /**< Fragment */
#define NET_IPV6_NEXTHDR_NONE    59 /**< Nothing follows */
#define NET_IPV6_NEXTHDR_DESTO   60 /**< Destination options */
/** @} */

/** Network header of a packet. */
union net_ip_header {
	struct net_ipv4_hdr *ipv4; /**< IPv4 */
	struct net_ipv6_hdr *ipv6; /**< IPv6 */
};

/** Transport header of a packet. */
union net_proto_header {
	struct net_udp_hdr *udp; /**< UDP */
	struct net_tcp_hdr *tcp; /**< TCP */
};

/** @name Header lengths in bytes
 * @{
 */
#define NET_UDPH_LEN       8             /**< UDP */
#define NET_TCPH_LEN       20            /**< TCP without options */
#define NET_ICMPH_LEN      4             /**< ICMP */
#define NET_IPV6H_LEN      40            /**< IPv6 */
#define NET_ICMPV6H_LEN    NET_ICMPH_LEN /**< ICMPv6 */
#define NET_IPV6UDPH_LEN   (NET_IPV6H_LEN + NET_UDPH_LEN)
#define NET_IPV6TCPH_LEN   (NET_IPV6H_LEN + NET_TCPH_LEN)
#define NET_IPV6ICMPH_LEN  (NET_IPV6H_LEN + NET_ICMPH_LEN)
#define NET_IPV6_FRAGH_LEN 8             /**< IPv6 fragment header */
#define NET_IPV4H_LEN      20            /**< IPv4 without options */
#define NET_ICMPV4H_LEN    NET_ICMPH_LEN /**< ICMPv4 */
#define NET_IPV4UDPH_LEN   (NET_IPV4H_LEN + NET_UDPH_LEN)
#define NET_IPV4TCPH_LEN   (NET_IPV4H_LEN + NET_TCPH_LEN)
#define NET_IPV4ICMPH_LEN  (NET_IPV4H_LEN + NET_ICMPH_LEN)
/** @} */

#define NET_IPV6H_LENGTH_OFFSET    0x04   /**< Where the IPv6 payload length stands */
#define NET_IPV6_FRAGH_OFFSET_MASK 0xfff8 /**< Offset in an IPv6 fragment header */
#define NET_IPV4_FRAGH_OFFSET_MASK 0x1fff /**< Offset in an IPv4 header */
#define NET_IPV4_MORE_FRAG_MASK    0x2000 /**< More fragments follow */
#define NET_IPV4_DO_NOT_FRAG_MASK  0x4000 /**< Not to be fragmented */

struct net_if;
struct net_if_addr;
struct net_if_config;
struct net_if_mcast_addr;

extern struct net_if_addr *net_if_ipv4_addr_lookup(const struct in_addr *addr,
						   struct net_if **iface);
extern bool net_if_ipv4_addr_mask_cmp(struct net_if *iface, const struct in_addr *addr);
extern bool net_if_ipv4_is_addr_bcast(struct net_if *iface, const struct in_addr *addr);

/* The bytes of an address that may stand anywhere in a packet. */
#define Z_NET_BYTES(addr) ((const uint8_t *)(const void *)(addr))

/** Copies an address; @p src decides how much. */
#define net_ipaddr_copy(dest, src) ((void)memcpy((dest), (src), sizeof(*(src))))

/** @name IPv4 addresses
 * @{
 */

/** Whether @p addr is in 127.0.0.0/8. */
static inline bool net_ipv4_is_addr_loopback(struct in_addr *addr)
{
	return Z_NET_BYTES(addr)[0] == 127U;
}

/** Whether @p addr is 0.0.0.0. */
static inline bool net_ipv4_is_addr_unspecified(const struct in_addr *addr)
{
	return sys_get_be32(Z_NET_BYTES(addr)) == INADDR_ANY;
}

/** Whether @p addr is in 224.0.0.0/4. */
static inline bool net_ipv4_is_addr_mcast(const struct in_addr *addr)
{
	return (Z_NET_BYTES(addr)[0] & 0xf0U) == 0xe0U;
}

/** Whether @p addr is in 169.254.0.0/16 (RFC 3927). */
static inline bool net_ipv4_is_ll_addr(const struct in_addr *addr)
{
	return sys_get_be16(Z_NET_BYTES(addr)) == 0xa9fe;
}

/**
 * Whether @p addr is of no use outside its own network: private (RFC 1918), shared (RFC 6598) or
 * for documentation (RFC 5737).
 */
static inline bool net_ipv4_is_private_addr(const struct in_addr *addr)
{
	static const struct {
		uint32_t net;
		uint8_t bits;
	} nets[] = {
		{0x0a000000, 8}, {0xac100000, 12}, {0xc0a80000, 16}, {0x64400000, 10},
		{0xc0000200, 24}, {0xc6336400, 24}, {0xcb007100, 24},
	};
	uint32_t value = sys_get_be32(Z_NET_BYTES(addr));

	for (size_t i = 0; i < ARRAY_SIZE(nets); i++) {
		if ((value ^ nets[i].net) >> (32 - nets[i].bits) == 0) {
			return true;
		}
	}

	return false;
}

/** Copies an IPv4 address between byte arrays. */
static inline void net_ipv4_addr_copy_raw(uint8_t *dest, const uint8_t *src)
{
	memcpy(dest, src, NET_IPV4_ADDR_SIZE);
}

/** Whether two IPv4 addresses in byte arrays are the same. */
static inline bool net_ipv4_addr_cmp_raw(const uint8_t *addr1, const uint8_t *addr2)
{
	return memcmp(addr1, addr2, NET_IPV4_ADDR_SIZE) == 0;
}

/** Whether two IPv4 addresses are the same. */
static inline bool net_ipv4_addr_cmp(const struct in_addr *addr1, const struct in_addr *addr2)
{
	return net_ipv4_addr_cmp_raw(Z_NET_BYTES(addr1), Z_NET_BYTES(addr2));
}

/** 0.0.0.0. */
const struct in_addr *net_ipv4_unspecified_address(void);

/** 255.255.255.255. */
const struct in_addr *net_ipv4_broadcast_address(void);

/** Whether @p addr is in a subnet of @p iface. */
static inline bool net_ipv4_addr_mask_cmp(struct net_if *iface, const struct in_addr *addr)
{
	return net_if_ipv4_addr_mask_cmp(iface, addr);
}

/** Whether @p addr is a broadcast address of @p iface, of any interface when that is NULL. */
static inline bool net_ipv4_is_addr_bcast(struct net_if *iface, const struct in_addr *addr)
{
#if defined(CONFIG_NET_IPV4)
	return net_if_ipv4_is_addr_bcast(iface, addr);
#else
	ARG_UNUSED(iface);
	ARG_UNUSED(addr);

	return false;
#endif
}

/** Whether packets to @p addr are for us: an own address, or a broadcast address. */
static inline bool net_ipv4_is_my_addr(const struct in_addr *addr)
{
	return net_if_ipv4_addr_lookup(addr, NULL) != NULL || net_ipv4_is_addr_bcast(NULL, addr);
}
/** @} */

#include <zephyr/net/net_ipv6_addr.h>

/** @name Socket addresses
 * @{
 */

/** @p addr as an IPv6 socket address. */
static inline struct sockaddr_in6 *net_sin6(const struct sockaddr *addr)
{
	return (struct sockaddr_in6 *)(uintptr_t)addr;
}

/** @p addr as an IPv4 socket address. */
static inline struct sockaddr_in *net_sin(const struct sockaddr *addr)
{
	return (struct sockaddr_in *)(uintptr_t)addr;
}

/** @p addr as an IPv6 socket address by reference. */
static inline struct sockaddr_in6_ptr *net_sin6_ptr(const struct sockaddr_ptr *addr)
{
	return (struct sockaddr_in6_ptr *)(uintptr_t)addr;
}

/** @p addr as an IPv4 socket address by reference. */
static inline struct sockaddr_in_ptr *net_sin_ptr(const struct sockaddr_ptr *addr)
{
	return (struct sockaddr_in_ptr *)(uintptr_t)addr;
}

/** @p addr as a link-layer socket address by reference. */
static inline struct sockaddr_ll_ptr *net_sll_ptr(const struct sockaddr_ptr *addr)
{
	return (struct sockaddr_ll_ptr *)(uintptr_t)addr;
}

/** @p addr as a CAN socket address. */
static inline struct sockaddr_can_ptr *net_can_ptr(const struct sockaddr_ptr *addr)
{
	return (struct sockaddr_can_ptr *)(uintptr_t)addr;
}
/** @} */

/** @name Text
 * @{
 */

/**
 * Reads an address.
 *
 * @param family AF_INET or AF_INET6
 * @param src text, NUL-terminated, with nothing before or after the address
 * @param dst struct in_addr or struct in6_addr
 *
 * @return 0, -EINVAL when the text is no address, -EAFNOSUPPORT for another family
 */
int net_addr_pton(sa_family_t family, const char *src, void *dst);

/**
 * Writes an address, IPv6 as RFC 5952 recommends.
 *
 * @param size bytes of @p dst
 *
 * @return @p dst, or NULL when it is too small or the family unknown
 */
char *net_addr_ntop(sa_family_t family, const void *src, char *dst, size_t size);

/**
 * Reads an address that a port may follow: 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1]:80.
 *
 * @param str text, not necessarily NUL-terminated
 * @param str_len its length
 * @param addr filled in; the port is 0 when the text has none
 */
bool net_ipaddr_parse(const char *str, size_t str_len, struct sockaddr *addr);

/**
 * Sets the port of a socket address that has none.
 *
 * @return 0, -EINVAL for a NULL address or an unknown family
 */
int net_port_set_default(struct sockaddr *addr, uint16_t default_port);

/**
 * Reads bytes in hexadecimal with a separator between each two: 02:00:5e:00:53:01.
 *
 * @return 0, -EINVAL when the text is anything else or has another number of bytes
 */
int net_bytes_from_str(uint8_t *buf, int buf_len, const char *src);

/** Name of an address family, NULL when it is unknown. */
const char *net_family2str(sa_family_t family);
/** @} */

/** Distance from @p seq2 to @p seq1 in sequence space (RFC 9293, 3.4). */
static inline int32_t net_tcp_seq_cmp(uint32_t seq1, uint32_t seq2)
{
	return (int32_t)(seq1 - seq2);
}

/** Whether @p seq1 comes after @p seq2. */
static inline bool net_tcp_seq_greater(uint32_t seq1, uint32_t seq2)
{
	return net_tcp_seq_cmp(seq1, seq2) > 0;
}

/** Traffic class that sends packets of this priority. */
int net_tx_priority2tc(enum net_priority prio);

/** Traffic class that receives packets of this priority. */
int net_rx_priority2tc(enum net_priority prio);

/** Packet priority of a VLAN priority; best effort for a value that is none. */
static inline enum net_priority net_vlan2priority(uint8_t priority)
{
	/* The values are equal by definition of the enumeration. */
	return priority < NET_MAX_PRIORITIES ? (enum net_priority)priority : NET_PRIORITY_BE;
}

/** VLAN priority of a packet priority. */
static inline uint8_t net_priority2vlan(enum net_priority priority)
{
	return (uint8_t)net_vlan2priority((uint8_t)priority);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_NET_IP_H_ */
