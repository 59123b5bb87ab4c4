/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Names, addresses and services.
 *
 * There are no tables of hosts, networks, protocols and services here: who looks into one finds nothing.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_NETDB_H_
#define ZEPHYR_INCLUDE_POSIX_NETDB_H_

#include <zephyr/net/socket.h>
#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

#if !defined(NI_MAXSERV)
#define NI_MAXSERV 32 /**< Longest name of a service */
#endif

/** @name What getaddrinfo() answers
 * @{
 */
#define EAI_BADFLAGS DNS_EAI_BADFLAGS /**< Flags that are none */
#define EAI_NONAME   DNS_EAI_NONAME   /**< No such name or service */
#define EAI_AGAIN    DNS_EAI_AGAIN    /**< Not now */
#define EAI_FAIL     DNS_EAI_FAIL     /**< Not ever */
#define EAI_NODATA   DNS_EAI_NODATA   /**< The name has no address */
#define EAI_MEMORY   DNS_EAI_MEMORY   /**< Out of memory */
#define EAI_SYSTEM   DNS_EAI_SYSTEM   /**< See errno */
#define EAI_SERVICE  DNS_EAI_SERVICE  /**< The service is none of that type */
#define EAI_SOCKTYPE DNS_EAI_SOCKTYPE /**< No such type of socket */
#define EAI_FAMILY   DNS_EAI_FAMILY   /**< No such address family */
#define EAI_OVERFLOW DNS_EAI_OVERFLOW /**< The text does not fit */
/** @} */

/** A host. */
struct hostent {
	char *h_name;       /**< Its name */
	char **h_aliases;   /**< Its other names */
	int h_addrtype;     /**< Family of its addresses */
	int h_length;       /**< Bytes of one */
	char **h_addr_list; /**< Its addresses */
};

/** A network. */
struct netent {
	char *n_name;     /**< Its name */
	char **n_aliases; /**< Its other names */
	int n_addrtype;   /**< Family of its address */
	uint32_t n_net;   /**< Its address */
};

/** A protocol. */
struct protoent {
	char *p_name;     /**< Its name */
	char **p_aliases; /**< Its other names */
	int p_proto;      /**< Its number */
};

/** A service. */
struct servent {
	char *s_name;     /**< Its name */
	char **s_aliases; /**< Its other names */
	int s_port;       /**< Its port, in network byte order */
	char *s_proto;    /**< Its protocol */
};

#define addrinfo zsock_addrinfo /**< An address found */

/** @cond one line a function: see zephyr/net/socket.h */
void freeaddrinfo(struct zsock_addrinfo *ai) ZNET_NAME_FOR(zsock_freeaddrinfo);
const char *gai_strerror(int errcode) ZNET_NAME_FOR(zsock_gai_strerror);
int getaddrinfo(const char *host, const char *service, const struct zsock_addrinfo *hints,
		struct zsock_addrinfo **res) ZNET_NAME_FOR(zsock_getaddrinfo);
int getnameinfo(const struct sockaddr *addr, socklen_t addrlen, char *host, socklen_t hostlen,
		char *serv, socklen_t servlen, int flags) ZNET_NAME_FOR(zsock_getnameinfo);
void endhostent(void) ZNET_NAME_FOR(znet_no_table);
void endnetent(void) ZNET_NAME_FOR(znet_no_table);
void endprotoent(void) ZNET_NAME_FOR(znet_no_table);
void endservent(void) ZNET_NAME_FOR(znet_no_table);
void sethostent(int stayopen) ZNET_NAME_FOR(znet_no_table);
void setnetent(int stayopen) ZNET_NAME_FOR(znet_no_table);
void setprotoent(int stayopen) ZNET_NAME_FOR(znet_no_table);
void setservent(int stayopen) ZNET_NAME_FOR(znet_no_table);
struct hostent *gethostent(void) ZNET_NAME_FOR(znet_no_entry);
struct netent *getnetbyaddr(uint32_t net, int type) ZNET_NAME_FOR(znet_no_entry);
struct netent *getnetbyname(const char *name) ZNET_NAME_FOR(znet_no_entry);
struct netent *getnetent(void) ZNET_NAME_FOR(znet_no_entry);
struct protoent *getprotobyname(const char *name) ZNET_NAME_FOR(znet_no_entry);
struct protoent *getprotobynumber(int proto) ZNET_NAME_FOR(znet_no_entry);
struct protoent *getprotoent(void) ZNET_NAME_FOR(znet_no_entry);
struct servent *getservbyname(const char *name, const char *proto) ZNET_NAME_FOR(znet_no_entry);
struct servent *getservbyport(int port, const char *proto) ZNET_NAME_FOR(znet_no_entry);
struct servent *getservent(void) ZNET_NAME_FOR(znet_no_entry);
/** @endcond */

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_NETDB_H_ */
