/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DOCUMENTED_COMMON_H_
#define DOCUMENTED_COMMON_H_

#include <errno.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <zephyr/kernel.h>
#include <zephyr/net/loopback.h>
#include <zephyr/net/net_if.h>
#include <zephyr/net/socket.h>
#include <zephyr/ztest.h>

/* Addresses of this host. */
#define V4  "192.0.2.1"
#define V6  "2001:db8::1"
#define FAILS(_call, _errno)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		int _got = (int)(_call);                                                           \
		int _why = errno;                                                                  \
		zexpect_equal(_got, -1, #_call " = %d", _got);                                     \
		zexpect_equal(_why, _errno, #_call ": errno %d, not " #_errno, _why);              \
	} while (false)

#define OK(_call)                                                                                  \
	do {                                                                                       \
		int _got = (int)(_call);                                                           \
		zexpect_equal(_got, 0, #_call " = %d, errno %d", _got, errno);                     \
	} while (false)

#define IS(_call, _n)                                                                              \
	do {                                                                                       \
		long _got = (long)(_call);                                                         \
		zexpect_equal(_got, (long)(_n), #_call " = %ld, errno %d", _got, errno);           \
	} while (false)

static inline struct sockaddr_in v4_at(const char *text, int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};

	zassert_equal(inet_pton(AF_INET, text, &at.sin_addr), 1);
	return at;
}

static inline struct sockaddr_in6 v6_at(const char *text, int port)
{
	struct sockaddr_in6 at = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

	zassert_equal(inet_pton(AF_INET6, text, &at.sin6_addr), 1);
	return at;
}

static inline int get_number(int sock, int level, int name)
{
	int value = -77;
	socklen_t len = sizeof(value);

	OK(getsockopt(sock, level, name, &value, &len));
	zexpect_equal(len, sizeof(value), "option %d/%d", level, name);
	return value;
}

static inline void set_number(int sock, int level, int name, int value)
{
	int got = setsockopt(sock, level, name, &value, sizeof(value));

	zexpect_equal(got, 0, "option %d/%d: errno %d", level, name, errno);
}

static inline int opened(int family, int type, int proto)
{
	int sock = socket(family, type, proto);

	zassert_true(sock >= 0, "errno %d", errno);
	return sock;
}

static inline int bound4(int type, const char *text, int port)
{
	struct sockaddr_in at = v4_at(text, port);
	int sock = opened(AF_INET, type, 0);

	zassert_ok(bind(sock, (struct sockaddr *)&at, sizeof(at)), "errno %d", errno);
	return sock;
}

static inline int bound6(int type, const char *text, int port)
{
	struct sockaddr_in6 at = v6_at(text, port);
	int sock = opened(AF_INET6, type, 0);

	zassert_ok(bind(sock, (struct sockaddr *)&at, sizeof(at)), "errno %d", errno);
	return sock;
}

static inline void timeout(int sock, int name, int millis)
{
	struct timeval time = {.tv_sec = millis / 1000, .tv_usec = millis % 1000 * 1000};

	OK(setsockopt(sock, SOL_SOCKET, name, &time, sizeof(time)));
}

#endif /* DOCUMENTED_COMMON_H_ */
