// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Messages to a syslog server (RFC 5424 over UDP, RFC 5426).
 */
#ifndef ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_NET_H_
#define ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_NET_H_

#include <stddef.h>

#include <zephyr/logging/log_backend.h>
#include <zephyr/net/net_ip.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Names the server as text, with a port perhaps; false for what is no address. */
bool log_backend_net_set_addr(const char *addr);
/** Names the server; false for a family that is not built. */
bool log_backend_net_set_ip(const struct sockaddr *addr);
/** Names this host in the messages from here on. */
void log_backend_net_hostname_set(char *hostname, size_t len);
const struct log_backend *log_backend_net_get(void);
/** Starts to send. */
void log_backend_net_start(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_LOGGING_LOG_BACKEND_NET_H_ */
