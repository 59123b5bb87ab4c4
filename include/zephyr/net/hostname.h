// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The device's host name.
 */

#ifndef ZEPHYR_INCLUDE_NET_HOSTNAME_H_
#define ZEPHYR_INCLUDE_NET_HOSTNAME_H_

#include <errno.h>
#include <stdint.h>

#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest host name in bytes. */
#if defined(CONFIG_NET_HOSTNAME_MAX_LEN)
#define NET_HOSTNAME_MAX_LEN CONFIG_NET_HOSTNAME_MAX_LEN
#elif defined(CONFIG_NET_HOSTNAME)
#define NET_HOSTNAME_MAX_LEN                                                                       \
	MAX(sizeof(CONFIG_NET_HOSTNAME) - 1 +                                                      \
		    (IS_ENABLED(CONFIG_NET_HOSTNAME_UNIQUE) ? sizeof("0011223344556677") - 1 : 0), \
	    63)
#else
#define NET_HOSTNAME_MAX_LEN 63
#endif

/** Size of a buffer that holds a host name and its terminator. */
#define NET_HOSTNAME_SIZE (NET_HOSTNAME_MAX_LEN + 1)

#if defined(CONFIG_NET_HOSTNAME_ENABLE)
/** The host name, NUL-terminated. */
const char *net_hostname_get(void);

/** Puts the configured name in force. Called once at start-up. */
void net_hostname_init(void);
#else
static inline const char *net_hostname_get(void)
{
	return "zephyr";
}

static inline void net_hostname_init(void)
{
}
#endif

#if defined(CONFIG_NET_HOSTNAME_DYNAMIC)
/**
 * Changes the host name.
 *
 * @return 0, -ENOMEM when it is longer than NET_HOSTNAME_MAX_LEN
 */
int net_hostname_set(const char *host, size_t len);
#else
static inline int net_hostname_set(const char *host, size_t len)
{
	ARG_UNUSED(host);
	ARG_UNUSED(len);

	return -ENOTSUP;
}
#endif

#if defined(CONFIG_NET_HOSTNAME_UNIQUE)
/**
 * Appends bytes in hexadecimal to the configured name, once.
 *
 * @return 0, -EALREADY when it has been done, -EMSGSIZE when there is no room
 */
int net_hostname_set_postfix(const uint8_t *hostname_postfix, int postfix_len);

/** The same with text that is appended as it is. */
int net_hostname_set_postfix_str(const uint8_t *hostname_postfix, int postfix_len);
#else
static inline int net_hostname_set_postfix(const uint8_t *hostname_postfix, int postfix_len)
{
	ARG_UNUSED(hostname_postfix);
	ARG_UNUSED(postfix_len);

	return -EMSGSIZE;
}

static inline int net_hostname_set_postfix_str(const uint8_t *hostname_postfix, int postfix_len)
{
	ARG_UNUSED(hostname_postfix);
	ARG_UNUSED(postfix_len);

	return -EMSGSIZE;
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_NET_HOSTNAME_H_ */
