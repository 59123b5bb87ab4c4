/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief What looking up a name can come to.
 */
#ifndef ZEPHYR_INCLUDE_NET_DNS_RESOLVE_H_
#define ZEPHYR_INCLUDE_NET_DNS_RESOLVE_H_

#ifdef __cplusplus
extern "C" {
#endif

#if !defined(DNS_MAX_NAME_SIZE)
#define DNS_MAX_NAME_SIZE 20 /**< Longest name that is told back */
#endif

/** What getaddrinfo() and a resolver answer. */
enum dns_resolve_status {
	DNS_EAI_BADFLAGS = -1,     /**< Flags that are none */
	DNS_EAI_NONAME = -2,       /**< No such name or service */
	DNS_EAI_AGAIN = -3,        /**< Not now */
	DNS_EAI_FAIL = -4,         /**< Not ever */
	DNS_EAI_NODATA = -5,       /**< The name has no address */
	DNS_EAI_FAMILY = -6,       /**< No such address family */
	DNS_EAI_SOCKTYPE = -7,     /**< No such type of socket */
	DNS_EAI_SERVICE = -8,      /**< The service is none of that type */
	DNS_EAI_ADDRFAMILY = -9,   /**< The host has no address of that family */
	DNS_EAI_MEMORY = -10,      /**< Out of memory */
	DNS_EAI_SYSTEM = -11,      /**< See errno */
	DNS_EAI_OVERFLOW = -12,    /**< The text does not fit */
	DNS_EAI_INPROGRESS = -100, /**< More is to come */
	DNS_EAI_CANCELED = -101,   /**< Called off */
	DNS_EAI_NOTCANCELED = -102, /**< Could not be called off */
	DNS_EAI_ALLDONE = -103,    /**< Nothing is to come any more */
	DNS_EAI_IDN_ENCODE = -105, /**< The name can't be encoded */
};

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_DNS_RESOLVE_H_ */
