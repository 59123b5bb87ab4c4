/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief BSD sockets.
 *
 * Each call is `zsock_<name>`; with CONFIG_POSIX_API the plain names are there too. All return -1
 * and set errno on failure. Constants are Zephyr's, not the host's.
 */
#ifndef ZEPHYR_INCLUDE_NET_SOCKET_H_
#define ZEPHYR_INCLUDE_NET_SOCKET_H_

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/types.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/net/dns_resolve.h>
#include <zephyr/net/net_core.h>
#include <zephyr/net/net_ip.h>
#include <zephyr/net/socket_poll.h>
#include <zephyr/net/socket_select.h>
#include <zephyr/sys/fdtable.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Events of zsock_poll(), Linux's values
 * @{
 */
#define ZSOCK_POLLIN   1    /**< A read would not block */
#define ZSOCK_POLLPRI  2    /**< Urgent data */
#define ZSOCK_POLLOUT  4    /**< A write would not block */
#define ZSOCK_POLLERR  8    /**< An error is pending; always reported */
#define ZSOCK_POLLHUP  0x10 /**< The connection is gone; always reported */
#define ZSOCK_POLLNVAL 0x20 /**< Not an open descriptor; always reported */
/** @} */

/** @name Flags of the calls that send and receive
 * @{
 */
#define ZSOCK_MSG_PEEK     0x02  /**< Leave the data in the queue */
#define ZSOCK_MSG_CTRUNC   0x08  /**< Ancillary data did not fit (from recvmsg) */
#define ZSOCK_MSG_TRUNC    0x20  /**< Return the datagram's full length; drop data of a stream */
#define ZSOCK_MSG_DONTWAIT 0x40  /**< This call does not wait */
#define ZSOCK_MSG_WAITALL  0x100 /**< Wait for all that was asked for (streams) */
/** @} */

/** @name Second parameter of zsock_shutdown()
 * @{
 */
#define ZSOCK_SHUT_RD   0 /**< Receive no more */
#define ZSOCK_SHUT_WR   1 /**< Send no more */
#define ZSOCK_SHUT_RDWR 2 /**< Neither */
/** @} */

/** What zsock_getaddrinfo() is asked for, and what it finds. */
struct zsock_addrinfo {
	struct zsock_addrinfo *ai_next; /**< The next address, or NULL */
	int ai_flags;                   /**< AI_* */
	int ai_family;                  /**< AF_INET, AF_INET6; AF_UNSPEC asks for any */
	int ai_socktype;                /**< SOCK_*; 0 asks for SOCK_STREAM */
	int ai_protocol;                /**< IPPROTO_*; 0 asks for that of the type */
	int ai_eflags;                  /**< Not used */
	socklen_t ai_addrlen;           /**< Bytes of the address */
	struct sockaddr *ai_addr;       /**< The address */
	char *ai_canonname;             /**< The name */

	struct sockaddr _ai_addr;                  /**< What ai_addr points to */
	char _ai_canonname[DNS_MAX_NAME_SIZE + 1]; /**< What ai_canonname points to */
};

/** @name Flags of zsock_getaddrinfo()
 * @{
 */
#define AI_PASSIVE     0x1   /**< Without a host: any address, to bind to */
#define AI_CANONNAME   0x2   /**< Tell the name */
#define AI_NUMERICHOST 0x4   /**< The host is an address */
#define AI_V4MAPPED    0x8   /**< IPv4 addresses as IPv6 ones, where no others are */
#define AI_ALL         0x10  /**< Both */
#define AI_ADDRCONFIG  0x20  /**< Only families in use */
#define AI_NUMERICSERV 0x400 /**< The service is a port */
#define AI_EXTFLAGS    0x800 /**< ai_eflags is used */
/** @} */

/** @name Flags of zsock_getnameinfo()
 * @{
 */
#define NI_NUMERICHOST 1  /**< The host as an address */
#define NI_NUMERICSERV 2  /**< The service as a port */
#define NI_NOFQDN      4  /**< Only the host's part of the name */
#define NI_NAMEREQD    8  /**< Fail without a name */
#define NI_DGRAM       16 /**< The service is one of UDP */
/** @} */

#if !defined(NI_MAXHOST)
#define NI_MAXHOST 64 /**< Longest name of a host */
#endif

/** Opens a socket: @p family AF_INET, @p type SOCK_DGRAM or SOCK_STREAM, @p proto 0 or to fit. */
int zsock_socket(int family, int type, int proto);

/**
 * Makes two sockets that are connected to each other, within the device: @p family AF_UNIX, @p type
 * SOCK_STREAM, @p proto 0.
 */
int zsock_socketpair(int family, int type, int proto, int *sv);

/** Closes a socket; whoever waits on it returns with EINTR. */
int zsock_close(int sock);

/** Stops receiving, sending or both on a connected socket. */
int zsock_shutdown(int sock, int how);

/** Gives a socket its local address and port; port 0 asks for any. */
int zsock_bind(int sock, const struct sockaddr *addr, socklen_t addrlen);

/**
 * Connects a stream, or ties a datagram socket to one peer; an address of family AF_UNSPEC unties
 * it. A stream waits for the time of SO_SNDTIMEO, and without one for
 * CONFIG_NET_SOCKETS_CONNECT_TIMEOUT milliseconds; one that does not wait fails with EINPROGRESS, and
 * tells by becoming writable how that went: see SO_ERROR.
 */
int zsock_connect(int sock, const struct sockaddr *addr, socklen_t addrlen);

/** Accepts connections, @p backlog of them before anybody asks; EOPNOTSUPP on a datagram socket. */
int zsock_listen(int sock, int backlog);

/** Takes the oldest connection; EOPNOTSUPP on a datagram socket. */
int zsock_accept(int sock, struct sockaddr *addr, socklen_t *addrlen);

/**
 * Sends one datagram to @p dest_addr, or with NULL to the connected peer, or bytes of a stream, for
 * which the address means nothing; returns how many.
 */
ssize_t zsock_sendto(int sock, const void *buf, size_t len, int flags,
		     const struct sockaddr *dest_addr, socklen_t addrlen);

/** zsock_sendto() to the connected peer. */
ssize_t zsock_send(int sock, const void *buf, size_t len, int flags);

/** Sends the pieces of @p msg, 16 at most, as one datagram or one behind the other. */
ssize_t zsock_sendmsg(int sock, const struct msghdr *msg, int flags);

/**
 * Receives one datagram and, where the pointers are not NULL, its sender's address; or bytes of a
 * stream, 0 at its end.
 */
ssize_t zsock_recvfrom(int sock, void *buf, size_t max_len, int flags, struct sockaddr *src_addr,
		       socklen_t *addrlen);

/** zsock_recvfrom() without the address. */
ssize_t zsock_recv(int sock, void *buf, size_t max_len, int flags);

/** Receives one datagram, with the ancillary data asked for, or bytes, into the pieces of @p msg. */
ssize_t zsock_recvmsg(int sock, struct msghdr *msg, int flags);

/** zsock_fcntl() with its argument taken out. */
int zsock_fcntl_impl(int sock, int cmd, int flags);

/** ZVFS_F_GETFL or, with an int of flags, ZVFS_F_SETFL. */
static inline int zsock_fcntl_wrapper(int sock, int cmd, ...)
{
	va_list rest;
	int flags = 0;

	if (cmd == ZVFS_F_SETFL) {
		va_start(rest, cmd);
		flags = va_arg(rest, int);
		va_end(rest);
	}
	return zsock_fcntl_impl(sock, cmd, flags);
}

#define zsock_fcntl zsock_fcntl_wrapper

/** zsock_ioctl() with its argument taken out. */
int znet_ioctl(int sock, unsigned long request, int *arg);

/** read() and write() for descriptors of any kind. */
ssize_t znet_read(int fd, void *buf, size_t len);
ssize_t znet_write(int fd, const void *buf, size_t len);

/** zsock_ioctl() with its arguments as a list. */
static inline int zsock_ioctl_impl(int sock, unsigned long request, va_list rest)
{
	return znet_ioctl(sock, request, va_arg(rest, int *));
}

/** ZFD_IOCTL_FIONREAD or ZFD_IOCTL_FIONBIO, with a pointer to an int. */
static inline int zsock_ioctl_wrapper(int sock, unsigned long request, ...)
{
	va_list rest;
	int result;

	va_start(rest, request);
	result = zsock_ioctl_impl(sock, request, rest);
	va_end(rest);
	return result;
}

#define zsock_ioctl zsock_ioctl_wrapper

/** Waits until one of @p nfds descriptors is ready; see zvfs_poll(). */
static inline int zsock_poll(struct zsock_pollfd *fds, int nfds, int timeout)
{
	return zvfs_poll(fds, nfds, timeout);
}

/** Reads a socket option. */
int zsock_getsockopt(int sock, int level, int optname, void *optval, socklen_t *optlen);

/** Sets a socket option. */
int zsock_setsockopt(int sock, int level, int optname, const void *optval, socklen_t optlen);

/** The peer a socket is connected to. */
int zsock_getpeername(int sock, struct sockaddr *addr, socklen_t *addrlen);

/** The address a socket is bound to. */
int zsock_getsockname(int sock, struct sockaddr *addr, socklen_t *addrlen);

/** Writes the text of an address; NULL with errno when it does not fit. */
static inline char *zsock_inet_ntop(sa_family_t family, const void *src, char *dst, size_t size)
{
	char *text = net_addr_ntop(family, src, dst, size);

	if (text == NULL) {
		errno = family == AF_INET || family == AF_INET6 ? ENOSPC : EAFNOSUPPORT;
	}
	return text;
}

/** Reads an address: 1, or 0 when @p src is none of @p family, or -1 for an unknown family. */
static inline int zsock_inet_pton(sa_family_t family, const char *src, void *dst)
{
	if (family != AF_INET && family != AF_INET6) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	return net_addr_pton(family, src, dst) == 0 ? 1 : 0;
}

/**
 * @brief Finds the addresses of a host.
 *
 * @param host An address, or a name where there is a resolver; NULL is this host, or with AI_PASSIVE
 *        any address.
 * @param service A port; NULL for none.
 * @param hints What is wanted; NULL for any stream.
 * @param res A list, to be given back by zsock_freeaddrinfo().
 * @return 0, or DNS_EAI_*.
 */
int zsock_getaddrinfo(const char *host, const char *service, const struct zsock_addrinfo *hints,
		      struct zsock_addrinfo **res);

/** Gives back what zsock_getaddrinfo() found. */
void zsock_freeaddrinfo(struct zsock_addrinfo *ai);

/** The name of a DNS_EAI_* code. */
const char *zsock_gai_strerror(int errcode);

/** Writes an address and its port as text: 0, or DNS_EAI_*. */
int zsock_getnameinfo(const struct sockaddr *addr, socklen_t addrlen, char *host, socklen_t hostlen,
		      char *serv, socklen_t servlen, int flags);

/** The object behind a socket, for those who grant access to it; NULL with EBADF. */
void *zsock_get_context_object(int sock);

/** Copies this host's name: -1 with errno when it does not fit. */
int zsock_gethostname(char *buf, size_t len);

#if defined(CONFIG_NET_INTERFACE_NAME)
#define IFNAMSIZ CONFIG_NET_INTERFACE_NAME_LEN /**< Longest name of an interface */
#else
#define IFNAMSIZ Z_DEVICE_MAX_NAME_LEN /**< Longest name of an interface */
#endif

/** Names an interface, for SO_BINDTODEVICE. */
struct ifreq {
	char ifr_name[IFNAMSIZ]; /**< Its name; empty unbinds */
};

/** Level of the options of every socket. */
#define SOL_SOCKET 1

/** @name Options of level SOL_SOCKET
 * @{
 */
#define SO_DEBUG        1  /**< Ignored */
#define SO_REUSEADDR    2  /**< Share a port with sockets of other addresses */
#define SO_TYPE         3  /**< SOCK_DGRAM ... (read only) */
#define SO_ERROR        4  /**< Pending error, which is cleared (read only) */
#define SO_DONTROUTE    5  /**< Ignored */
#define SO_BROADCAST    6  /**< Ignored: broadcasts need no leave */
#define SO_SNDBUF       7  /**< Send buffer in bytes */
#define SO_RCVBUF       8  /**< Receive buffer in bytes */
#define SO_KEEPALIVE    9  /**< Probe idle connections */
#define SO_OOBINLINE    10 /**< Urgent data in line */
#define SO_PRIORITY     12 /**< Packet priority, 0 to 7 */
#define SO_LINGER       13 /**< Close waits for data to be sent */
#define SO_REUSEPORT    15 /**< Share a port and address */
#define SO_RCVLOWAT     18 /**< Ignored */
#define SO_SNDLOWAT     19 /**< Ignored */
#define SO_RCVTIMEO     20 /**< Longest wait of a receive, struct timeval */
#define SO_SNDTIMEO     21 /**< Longest wait of a send, struct timeval */
#define SO_BINDTODEVICE 25 /**< One interface only, struct ifreq */
#define SO_ACCEPTCONN   30 /**< Is it listening? (read only) */
#define SO_TIMESTAMPING 37 /**< Packet time stamps */
#define SO_PROTOCOL     38 /**< IPPROTO_UDP ... (read only) */
#define SO_DOMAIN       39 /**< AF_INET ... (read only) */
#define SO_SOCKS5       60 /**< Connect through a SOCKS5 proxy */
#define SO_TXTIME       61 /**< Time to send at, in ancillary data */
/** @} */

/** Ancillary data: time to send at. */
#define SCM_TXTIME SO_TXTIME

#define SOF_TIMESTAMPING_RX_HARDWARE BIT(0) /**< Time stamps of received packets */
#define SOF_TIMESTAMPING_TX_HARDWARE BIT(1) /**< Time stamps of sent packets */

/** @name Options of level IPPROTO_TCP
 * @{
 */
#define TCP_NODELAY   1 /**< Send small segments at once */
#define TCP_KEEPIDLE  2 /**< Seconds before the first probe */
#define TCP_KEEPINTVL 3 /**< Seconds between probes */
#define TCP_KEEPCNT   4 /**< Probes before giving up */
/** @} */

/** @name Options of level IPPROTO_TCP that Zephyr does not have
 * @{
 */
#define TCP_MAXSEG       0x102 /**< Largest segment to send, in bytes */
#define TCP_INFO         0x10b /**< What there is to know, struct tcp_info (read only) */
#define TCP_CONGESTION   0x10d /**< Congestion control by name: "reno", "cubic" ... */
#define TCP_USER_TIMEOUT 0x112 /**< Milliseconds without an acknowledgement before giving up */
/** @} */

/** States of a connection, as tcpi_state has them. */
enum znet_tcp_state {
	ZNET_TCP_ESTABLISHED = 1, /**< Open */
	ZNET_TCP_SYN_SENT,        /**< Connecting */
	ZNET_TCP_SYN_RECV,        /**< Connecting, both at once */
	ZNET_TCP_FIN_WAIT1,       /**< We closed */
	ZNET_TCP_FIN_WAIT2,       /**< We closed, and the peer knows */
	ZNET_TCP_TIME_WAIT,       /**< Both closed */
	ZNET_TCP_CLOSE,           /**< No connection */
	ZNET_TCP_CLOSE_WAIT,      /**< The peer closed */
	ZNET_TCP_LAST_ACK,        /**< The peer closed, then we */
	ZNET_TCP_LISTEN,          /**< Accepts connections */
	ZNET_TCP_CLOSING,         /**< Both closed at once */
};

#define TCPI_OPT_TIMESTAMPS BIT(0) /**< Time stamps are in use */
#define TCPI_OPT_SACK       BIT(1) /**< Selective acknowledgements are in use */
#define TCPI_OPT_WSCALE     BIT(2) /**< Windows are scaled */
#define TCPI_OPT_ECN        BIT(3) /**< Congestion is notified explicitly */

/** What TCP_INFO tells. */
struct tcp_info {
	uint8_t tcpi_state;         /**< enum znet_tcp_state */
	uint8_t tcpi_retransmits;   /**< Time-outs in a row */
	uint8_t tcpi_options;       /**< TCPI_OPT_* */
	uint16_t tcpi_snd_mss;      /**< Largest segment it sends, in bytes */
	uint32_t tcpi_rto;          /**< Retransmission time-out, in microseconds */
	uint32_t tcpi_rtt;          /**< Smoothed round-trip time, in microseconds */
	uint32_t tcpi_rttvar;       /**< Its variance, in microseconds */
	uint32_t tcpi_snd_cwnd;     /**< Congestion window, in bytes */
	uint32_t tcpi_snd_ssthresh; /**< Slow start threshold, in bytes */
	uint32_t tcpi_snd_wnd;      /**< The peer's window, in bytes */
	uint32_t tcpi_rcv_wnd;      /**< Our window, in bytes */
	uint32_t tcpi_unacked;      /**< Bytes queued and not acknowledged */
	uint32_t tcpi_in_flight;    /**< Bytes on their way */
	uint32_t tcpi_unread;       /**< Bytes received and not read */
	uint16_t tcpi_rcv_ooopack;  /**< Segments that came too early */
};

/** What SO_LINGER takes. */
struct linger {
	int l_onoff;  /**< Not 0: close() waits until all is acknowledged; with no time it resets */
	int l_linger; /**< For how many seconds */
};

/** @name Options of level IPPROTO_IP
 * @{
 */
#define IP_TOS              1  /**< DSCP and ECN of sent packets */
#define IP_TTL              2  /**< Time to live of unicast packets */
#define IP_PKTINFO          8  /**< Ancillary data: interface and destination */
#define IP_RECVTTL          12 /**< Ancillary data: time to live, as IP_TTL with an int */
#define IP_RECVTOS          13 /**< Ancillary data: type of service, as IP_TOS with a byte */
#define IP_MTU              14 /**< Largest packet on the way to the peer (read only) */
#define IP_MULTICAST_IF     32 /**< Interface of multicast packets */
#define IP_MULTICAST_LOOP   34 /**< Packets to groups come back to this host too */
#define IP_MULTICAST_TTL    33 /**< Time to live of multicast packets */
#define IP_ADD_MEMBERSHIP   35 /**< Join a group, struct ip_mreqn or ip_mreq */
#define IP_DROP_MEMBERSHIP  36 /**< Leave a group */
#define IP_LOCAL_PORT_RANGE 51 /**< Ports the stack chooses from */
/** @} */

/** @name Options that Zephyr does not have: how datagrams heed what their path carries
 *
 * IP_MTU_DISCOVER is of level IPPROTO_IP, IPV6_MTU_DISCOVER of level IPPROTO_IPV6; both with CONFIG_ZNET_MTU_DISCOVER.
 * @{
 */
#define IP_MTU_DISCOVER   10 /**< One of IP_PMTUDISC_* */
#define IPV6_MTU_DISCOVER 23 /**< One of IPV6_PMTUDISC_* */

#define IP_PMTUDISC_DONT  0 /**< Routers may fragment: don't-fragment is not set */
#define IP_PMTUDISC_WANT  1 /**< In fragments when larger than the path carries, else whole: the default */
#define IP_PMTUDISC_DO    2 /**< Refused with EMSGSIZE when larger than the path carries */
#define IP_PMTUDISC_PROBE 3 /**< Whole as far as the link carries it, whatever is known of the path */

#define IPV6_PMTUDISC_DONT  IP_PMTUDISC_DONT
#define IPV6_PMTUDISC_WANT  IP_PMTUDISC_WANT
#define IPV6_PMTUDISC_DO    IP_PMTUDISC_DO
#define IPV6_PMTUDISC_PROBE IP_PMTUDISC_PROBE
/** @} */

/** @name Options that Zephyr does not have: senders to a group (RFC 3678)
 *
 * Of level IPPROTO_IP; MCAST_* are of level IPPROTO_IPV6 too, for groups of IPv6. Where nothing tells
 * senders apart (CONFIG_NET_IPV4_IGMPV3, CONFIG_ZNET_IF_MCAST_IPV6_SOURCE_COUNT) they fail with
 * ENOPROTOOPT.
 * @{
 */
#define IP_UNBLOCK_SOURCE         37 /**< Hear a sender again, struct ip_mreq_source */
#define IP_BLOCK_SOURCE           38 /**< Hear everybody but a sender, as a member */
#define IP_ADD_SOURCE_MEMBERSHIP  39 /**< Hear a sender; the first joins the group */
#define IP_DROP_SOURCE_MEMBERSHIP 40 /**< Hear it no more; the last leaves the group */
#define MCAST_JOIN_GROUP          42 /**< Join a group, struct group_req */
#define MCAST_BLOCK_SOURCE        43 /**< As IP_BLOCK_SOURCE, struct group_source_req */
#define MCAST_UNBLOCK_SOURCE      44 /**< As IP_UNBLOCK_SOURCE */
#define MCAST_LEAVE_GROUP         45 /**< Leave a group, struct group_req */
#define MCAST_JOIN_SOURCE_GROUP   46 /**< As IP_ADD_SOURCE_MEMBERSHIP */
#define MCAST_LEAVE_SOURCE_GROUP  47 /**< As IP_DROP_SOURCE_MEMBERSHIP */
/** @} */

/** A group, a sender, and the address of the interface. */
struct ip_mreq_source {
	struct in_addr imr_multiaddr;  /**< Group */
	struct in_addr imr_sourceaddr; /**< Sender */
	struct in_addr imr_interface;  /**< Address of the interface, or 0.0.0.0 */
};

/** A group of either family and the interface to join it on. */
struct group_req {
	uint32_t gr_interface;            /**< Interface by index; 0 leaves the choice */
	struct sockaddr_storage gr_group; /**< Group */
};

/** A group of either family, a sender to it, and the interface. */
struct group_source_req {
	uint32_t gsr_interface;             /**< Interface by index; 0 leaves the choice */
	struct sockaddr_storage gsr_group;  /**< Group */
	struct sockaddr_storage gsr_source; /**< Sender */
};

/** Ancillary data of IP_PKTINFO. */
struct in_pktinfo {
	unsigned int ipi_ifindex;    /**< Interface */
	struct in_addr ipi_spec_dst; /**< Local address */
	struct in_addr ipi_addr;     /**< Destination in the header */
};

/** A group and the interface to join it on. */
struct ip_mreqn {
	struct in_addr imr_multiaddr; /**< Group */
	struct in_addr imr_address;   /**< Address of the interface, when the index is 0 */
	int imr_ifindex;              /**< Interface; 0 leaves the choice */
};

/** A group and the address of the interface to join it on. */
struct ip_mreq {
	struct in_addr imr_multiaddr; /**< Group */
	struct in_addr imr_interface; /**< Address of the interface */
};

/** @name Options of level IPPROTO_IPV6
 * @{
 */
#define IPV6_UNICAST_HOPS     16 /**< Hop limit of unicast packets */
#define IPV6_MULTICAST_IF     17 /**< Interface of multicast packets, by index */
#define IPV6_MULTICAST_HOPS   18 /**< Hop limit of multicast packets */
#define IPV6_MULTICAST_LOOP   19 /**< Packets to groups come back to this host too */
#define IPV6_ADD_MEMBERSHIP   20 /**< Join a group, struct ipv6_mreq */
#define IPV6_DROP_MEMBERSHIP  21 /**< Leave a group */
#define IPV6_MTU              24 /**< Largest packet on the way to the peer (read only) */
#define IPV6_V6ONLY           26 /**< Carry no IPv4 */
#define IPV6_RECVPKTINFO      49 /**< Ancillary data: interface and destination, under this type */
#define IPV6_PKTINFO          50 /**< Type of what sendmsg() says of its own end, struct in6_pktinfo */
#define IPV6_RECVHOPLIMIT     51 /**< Ancillary data: hop limit, as IPV6_HOPLIMIT with an int */
#define IPV6_HOPLIMIT         52 /**< Type of that ancillary data */
#define IPV6_RECVTCLASS       66 /**< Ancillary data: DSCP and ECN, as IPV6_TCLASS with an int */
#define IPV6_TCLASS           67 /**< DSCP and ECN of sent packets; of received ones as ancillary data */
#define IPV6_ADDR_PREFERENCES 72 /**< Which own address is chosen, IPV6_PREFER_SRC_* (RFC 5014) */
#define IPV6_JOIN_GROUP       IPV6_ADD_MEMBERSHIP
#define IPV6_LEAVE_GROUP      IPV6_DROP_MEMBERSHIP
/** @} */

/** @name Values of IPV6_ADDR_PREFERENCES
 *
 * Two that contradict each other are refused. There are no mobile and no generated addresses, so that
 * the last four choose nothing.
 * @{
 */
#define IPV6_PREFER_SRC_TMP            0x0001 /**< A temporary address (RFC 8981) */
#define IPV6_PREFER_SRC_PUBLIC         0x0002 /**< A public address */
#define IPV6_PREFER_SRC_PUBTMP_DEFAULT 0x0100 /**< As the interface has it */
#define IPV6_PREFER_SRC_COA            0x0004 /**< A care-of address */
#define IPV6_PREFER_SRC_HOME           0x0400 /**< A home address */
#define IPV6_PREFER_SRC_CGA            0x0008 /**< A cryptographically generated address */
#define IPV6_PREFER_SRC_NONCGA         0x0800 /**< An address that is not */
/** @} */

/** A group and the interface to join it on. */
struct ipv6_mreq {
	struct in6_addr ipv6mr_multiaddr; /**< Group */
	int ipv6mr_ifindex;               /**< Interface; 0 leaves the choice */
};

/** Ancillary data of IPV6_RECVPKTINFO, and of IPV6_PKTINFO for sendmsg(). */
struct in6_pktinfo {
	struct in6_addr ipi6_addr; /**< Destination in the header */
	unsigned int ipi6_ifindex; /**< Interface */
};

/** @name Kinds of IPv6 addresses
 * @{
 */
#define IN6_IS_ADDR_UNSPECIFIED(addr) net_ipv6_is_addr_unspecified(addr)
#define IN6_IS_ADDR_LOOPBACK(addr)    net_ipv6_is_addr_loopback(addr)
#define IN6_IS_ADDR_MULTICAST(addr)   net_ipv6_is_addr_mcast(addr)
#define IN6_IS_ADDR_LINKLOCAL(addr)   net_ipv6_is_ll_addr(addr)
#define IN6_IS_ADDR_SITELOCAL(addr)   net_ipv6_is_sl_addr(addr)
#define IN6_IS_ADDR_V4MAPPED(addr)    net_ipv6_addr_is_v4_mapped(addr)
#define IN6_IS_ADDR_MC_GLOBAL(addr)   net_ipv6_is_addr_mcast_global(addr)
#define IN6_IS_ADDR_MC_NODELOCAL(addr) net_ipv6_is_addr_mcast_iface(addr)
#define IN6_IS_ADDR_MC_LINKLOCAL(addr) net_ipv6_is_addr_mcast_link(addr)
#define IN6_IS_ADDR_MC_SITELOCAL(addr) net_ipv6_is_addr_mcast_site(addr)
#define IN6_IS_ADDR_MC_ORGLOCAL(addr)  net_ipv6_is_addr_mcast_org(addr)
/** @} */

/** Somebody who makes sockets. */
struct net_socket_register {
	int family;         /**< Which family; AF_UNSPEC asks is_supported() for any */
	bool is_offloaded;  /**< They are not this library's */
	bool (*is_supported)(int family, int type, int proto); /**< Does it make such a socket? */
	int (*handler)(int family, int type, int proto);       /**< Makes one: a descriptor, or -1 */
#if defined(CONFIG_NET_SOCKETS_OBJ_CORE)
	const char *const name; /**< Who */
#endif
};

/** Where the library's own stand: the lowest number is asked first. */
#define NET_SOCKET_DEFAULT_PRIO CONFIG_NET_SOCKETS_PRIORITY_DEFAULT

/** Name of an entry in the list, which is sorted by it. */
#define NET_SOCKET_GET_NAME(socket_name, prio) __net_socket_register_##prio##_##socket_name

#if defined(CONFIG_NET_SOCKETS_OBJ_CORE)
#define NET_SOCKET_REGISTER_NAME(_name) .name = STRINGIFY(_name), /**< Who */
#else
#define NET_SOCKET_REGISTER_NAME(_name) /**< Who: not kept */
#endif

/** @cond how the two macros below put an entry into the list */
#define _NET_SOCKET_REGISTER(socket_name, prio, _family, _is_supported, _handler, _is_offloaded)   \
	static const STRUCT_SECTION_ITERABLE(net_socket_register,                                  \
					     NET_SOCKET_GET_NAME(socket_name, prio)) = {           \
		.family = _family,                                                                 \
		.is_offloaded = _is_offloaded,                                                     \
		.is_supported = _is_supported,                                                     \
		.handler = _handler,                                                               \
		NET_SOCKET_REGISTER_NAME(socket_name)}
/** @endcond */

/** Has zsock_socket() ask @p _handler for sockets of @p _family that it supports. */
#define NET_SOCKET_REGISTER(socket_name, prio, _family, _is_supported, _handler)                   \
	_NET_SOCKET_REGISTER(socket_name, prio, _family, _is_supported, _handler, false)

/** The same for sockets of a device with its own IP stack. */
#define NET_SOCKET_OFFLOAD_REGISTER(socket_name, prio, _family, _is_supported, _handler)           \
	_NET_SOCKET_REGISTER(socket_name, prio, _family, _is_supported, _handler, true)

#if defined(CONFIG_ZNET_SOCKET_REGISTRY)
/** @cond between the application's part of the image and the library */
void znet_socket_registry(int (*open)(int family, int type, int proto));
bool znet_socket_is_native(int family, int type, int proto);
int znet_socket_native(int family, int type, int proto);
int znet_socket_of_device(int family, int type, int proto);
/** @endcond */
#endif

/** Longest queue of connections that wait to be accepted. */
#define SOMAXCONN 128

#ifdef __cplusplus
}
#endif

#if defined(CONFIG_POSIX_API) || defined(CONFIG_NET_SOCKETS_POSIX_NAMES)
#include <zephyr/posix/arpa/inet.h>
#include <zephyr/posix/fcntl.h>
#include <zephyr/posix/netdb.h>
#include <zephyr/posix/poll.h>
#include <zephyr/posix/sys/ioctl.h>
#include <zephyr/posix/sys/select.h>
#include <zephyr/posix/sys/socket.h>
#include <zephyr/posix/unistd.h>
#endif

#endif /* ZEPHYR_INCLUDE_NET_SOCKET_H_ */
