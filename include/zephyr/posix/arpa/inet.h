/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Addresses as text.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_ARPA_INET_H_
#define ZEPHYR_INCLUDE_POSIX_ARPA_INET_H_

#include <zephyr/net/socket.h>
#include <zephyr/posix/netinet/in.h>
#include <zephyr/posix/posix_name.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An IPv4 address from text, in network byte order; all ones for what is none. */
in_addr_t inet_addr(const char *cp) ZNET_NAME_FOR(znet_inet_addr);

/** The text of an IPv4 address; the next call overwrites it. */
char *inet_ntoa(struct in_addr in) ZNET_NAME_FOR(znet_inet_ntoa);

/** Writes the text of an address. */
static inline char *inet_ntop(sa_family_t family, const void *src, char *dst, size_t size)
{
	return zsock_inet_ntop(family, src, dst, size);
}

/** Reads an address from text. */
static inline int inet_pton(sa_family_t family, const char *src, void *dst)
{
	return zsock_inet_pton(family, src, dst);
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_ARPA_INET_H_ */
